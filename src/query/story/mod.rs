//! The wall read aloud: sentences in the order of the story, forwards and backwards, each with the notes it tells of.
//! Where the wall has a gap, the sentence says so and stops.

mod backwards;
mod forwards;
mod ground;
#[cfg(test)]
mod tests;

pub use backwards::backwards;
pub use forwards::forwards;

use crate::model::thing::text_of;
use crate::model::{Board, Id};
use crate::words::{Lang, Said};

/// One step of the story.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Telling {
    /// Its sentences.
    pub sentences: Vec<Said>,
    /// The notes it tells of, in the order in which it names them.
    pub notes: Vec<Id>,
    /// The note at which something is missing, where anything is.
    pub gap: Option<Id>,
    /// The last pivotal event before it, where the story is told forwards.
    pub chapter: Option<Id>,
}

impl Telling {
    /// The step in a language.
    pub fn speak(&self, lang: Lang) -> String {
        self.sentences.iter().map(|said| said.speak(lang)).collect::<Vec<_>>().join(" ")
    }

    fn say(&mut self, said: Said, notes: &[Id]) {
        self.sentences.push(said);
        let new: Vec<Id> = notes.iter().filter(|id| !self.notes.contains(id)).copied().collect();
        self.notes.extend(new);
    }

    /// Says what is missing.
    fn stop(&mut self, said: Said, notes: &[Id]) {
        self.say(said, notes);
        self.gap = self.gap.or(notes.last().or(self.notes.last()).copied());
    }
}

/// What the chapter behind a pivotal event is called, or else that event.
pub fn chapter_name(board: &Board, pivot: Option<Id>) -> &str {
    let Some(pivot) = pivot.and_then(|id| board.notes.get(&id)) else { return "…" };
    let chapter = text_of(&pivot.details, "chapter");
    if chapter.is_empty() { pivot.text() } else { chapter }
}
