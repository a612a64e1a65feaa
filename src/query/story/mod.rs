//! The wall read aloud: sentences in the order of the story, forwards and backwards, each with the notes it tells of.
//! Where the wall has a gap, the sentence says so and stops.

mod backwards;
mod forwards;
mod ground;
#[cfg(test)]
mod tests;

pub use backwards::backwards;
pub use forwards::forwards;

use crate::model::Id;
use crate::words::{Lang, Said};

/// One step of the story.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Telling {
    /// Its sentences.
    pub sentences: Vec<Said>,
    /// The notes it tells of, in the order in which it names them.
    pub notes: Vec<Id>,
    /// Whether something is missing here.
    pub is_gap: bool,
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
        self.is_gap = true;
        self.say(said, notes);
    }
}
