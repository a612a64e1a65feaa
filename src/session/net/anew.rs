//! Lines that go from a wall: those of a deed that no relay takes, and those of a voice that somebody else has.

use std::collections::HashSet;
use std::sync::Mutex;

use crate::history::History;
use crate::model::limit::TIME_HEAD_START;
use crate::model::{Author, EntryId, Line};
use crate::query::Projection;
use crate::session::net::News;
use crate::session::person::new_author;
use crate::session::wall::{File, Wall, texts_of};
use crate::wire::peer::Again;
use crate::words::Said;

impl Wall {
    /// Takes a deed away that the relay does not take, as if it had never been done: nobody else has it. The file as it
    /// was goes to `backup/`. What it had done, in sentences; nothing where the relay does take it.
    pub fn withdraw(&mut self, deed: EntryId) -> Option<Vec<Said>> {
        self.not_accepted().iter().find(|(refused, _)| *refused == deed)?;
        let told = self.tell_deed(deed);
        let lines: Vec<Line> = self.history.deed(deed).into_iter().cloned().collect();
        self.forget(&lines, |_| Vec::new());
        self.flush();
        Some(told)
    }

    /// Somebody else speaks as this author: what of it the relay cannot have is told again with a fresh voice.
    pub(super) fn speak_anew(&mut self, author: Author, again: &[EntryId]) {
        self.net.voices.remove(&author);
        self.net.lost.insert(author);
        let unsaved = self.net.unsaved.iter().flat_map(|(_, lines)| lines).chain(&self.net.durable);
        let unsaved: HashSet<&str> = unsaved.map(|line| &*line.text).collect();
        let is_lost = |line: &&Line| {
            let id = line.entry.id;
            id.author == author && (again.contains(&id) || unsaved.contains(&*line.text))
        };
        let mut lost: Vec<Line> = self.history.lines().iter().filter(is_lost).cloned().collect();
        drop(unsaved);
        lost.sort_by_key(|line| line.entry.id.counter);
        let told_again = |clock: u64| {
            let (author, mut again) = (new_author(), Again::default());
            let places =
                (1..).map(|counter| (EntryId { author, counter }, clock + TIME_HEAD_START - 1 + counter));
            lost.iter().zip(places).filter_map(|(line, (id, t))| again.tell(line, id, t)).collect()
        };
        self.forget(&lost, told_again);
        self.net.news.push(News::FreshVoice(lost.len()));
    }

    /// Has lines go, here and from the file, and others come in their place, which are made for what the clock says
    /// then.
    fn forget(&mut self, gone: &[Line], come: impl FnOnce(u64) -> Vec<Line>) {
        let texts: HashSet<&str> = gone.iter().map(|line| &*line.text).collect();
        let stays = |line: &Line| !texts.contains(&*line.text);
        let mut history = History::new(&self.board().id);
        history.absorb_dropped(self.history.dropped());
        if !self.is_dropped_sure {
            history.void_dropped();
        }
        history.absorb_all(self.history.lines().iter().filter(|line| stays(line)).cloned());
        let come = come(history.clock());
        history.absorb_all(come.iter().cloned());
        self.history = history;
        self.projection = Projection::of(self.history.board());
        self.inspection = Mutex::default();
        self.changes += 1;
        let ticket = match &self.file {
            File::Kept(_, saver) => Some(saver.replace(texts_of(gone), texts_of(&come))),
            File::None | File::Looked(..) => None,
        };
        self.net.unsaved.iter_mut().for_each(|(_, lines)| lines.retain(stays));
        self.net.durable.retain(stays);
        self.net.forgets = true;
        self.net.speaks(&come);
        self.net.unsaved.push_back((ticket, come));
    }
}
