//! A person before a wall: what they do becomes lines, in their own voice.

use std::collections::VecDeque;
use std::sync::Arc;

use super::clock::{Clock, utc};
use super::deed::lines_of;
use super::person::new_author;
use super::saves::{ReadOnly, Ticket};
use super::wall::Wall;
use crate::command::{Command, Rejection, decide_near};
use crate::model::limit::TIME_HEAD_START;
use crate::model::{Applied, Author, Change, Deed, Entry, EntryId, Id, PersonId};
use crate::words::Said;

/// A person before a wall.
///
/// The voice is drawn at the first deed and speaks on one wall only; a process that only reads leaves none. A voice that
/// somebody else speaks with, as after a machine was cloned, is left to them.
pub struct Seat {
    who: PersonId,
    by: String,
    clock: Arc<dyn Clock>,
    author: Option<Author>,
    voice: Option<Voice>,
    /// The last deed, which undo would take back while the wall has only so many lines.
    pub(super) last: Option<(EntryId, usize)>,
    /// What the deeds of this process did, the newest last.
    pub(super) told: VecDeque<(EntryId, Vec<Said>)>,
}

/// An author at work.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Voice {
    author: Author,
    /// The wall it speaks on.
    board: String,
    /// How many lines it has written.
    counter: u64,
    /// The time of its last line, or what its first one stands above.
    t: u64,
}

/// A deed that was done.
pub struct Performed {
    /// The deed: its first line.
    pub entry: EntryId,
    /// What it made, in the order it was asked for.
    pub made: Vec<Id>,
    /// What it did to the wall.
    pub applied: Vec<Applied>,
    /// The promise to save it, where the wall has a file.
    pub ticket: Option<Ticket>,
}

/// Why a deed is not done.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum Refusal {
    /// The wall says no.
    Rejected(Rejection),
    /// The wall is open for reading only.
    ReadOnly(ReadOnly),
    /// One change of it is longer than a line may be.
    TooLong,
    /// There is no deed of theirs to take back.
    NothingToUndo,
    /// There is no deed that they took back last.
    NothingToRedo,
}

impl Refusal {
    /// The sentence people read.
    pub fn said(&self) -> Said {
        match self {
            Refusal::Rejected(rejection) => rejection.0.clone(),
            Refusal::ReadOnly(why) => why.said(),
            Refusal::TooLong => Said::new("deed-too-long"),
            Refusal::NothingToUndo => Said::new("nothing-to-undo"),
            Refusal::NothingToRedo => Said::new("nothing-to-redo"),
        }
    }
}

impl Performed {
    /// Waits until the deed is on the disk, or until it is known why it is not.
    pub fn wait(&self) -> Result<(), Said> {
        self.ticket.as_ref().map_or(Ok(()), Ticket::wait)
    }
}

impl Seat {
    /// A seat for a person, who goes by this name.
    pub fn new(who: PersonId, by: impl Into<String>, clock: Arc<dyn Clock>) -> Seat {
        Seat { who, by: by.into(), clock, author: None, voice: None, last: None, told: VecDeque::new() }
    }

    /// The same seat with its voice chosen and not drawn, for boards that have to come out the same each time.
    #[must_use]
    pub fn speaking_as(self, author: Author) -> Seat {
        Seat { author: Some(author), ..self }
    }

    /// The person.
    pub fn who(&self) -> &PersonId {
        &self.who
    }

    /// The person's name.
    pub fn by(&self) -> &str {
        &self.by
    }

    /// Goes by this name from now on.
    pub fn sign_as(&mut self, name: &str) {
        self.by = name.to_owned();
    }

    /// Does what the command asks, or says why not.
    pub fn perform(&mut self, wall: &mut Wall, command: &Command) -> Result<Performed, Refusal> {
        let head = self.next_deed(wall);
        let changes =
            decide_near(wall.board(), wall.projection(), head.id, command).map_err(Refusal::Rejected)?;
        let deeds = changes.into_iter().map(|change| Deed { change, at_mark: None }).collect();
        let performed = self.carry_out(wall, &head, deeds)?;
        self.remember(performed.entry, wall, &performed.applied);
        Ok(performed)
    }

    /// The deed that would come next, without its changes.
    pub(super) fn next_deed(&mut self, wall: &Wall) -> Entry {
        let board = &wall.board().id;
        let clock = wall.history().clock();
        let is_usable = |voice: &Voice| voice.board == *board && !wall.has_lost(voice.author);
        if !self.voice.as_ref().is_some_and(is_usable) {
            let author = self.author.filter(|author| !wall.has_lost(*author)).unwrap_or_else(new_author);
            let t = clock + TIME_HEAD_START - 1;
            self.voice = Some(Voice { author, board: board.clone(), counter: 0, t });
        }
        let voice = self.voice.as_ref().expect("it was drawn just now");
        Entry {
            id: EntryId { author: voice.author, counter: voice.counter + 1 },
            t: voice.t.max(clock) + 1,
            at: utc(self.clock.now()),
            who: self.who.clone(),
            by: self.by.clone(),
            part: None,
            undo: None,
            redo: None,
            deeds: Vec::new(),
            has_unread: false,
        }
    }

    /// Has the changes happen as the deed `head`.
    pub(super) fn carry_out(
        &mut self,
        wall: &mut Wall,
        head: &Entry,
        deeds: Vec<Deed>,
    ) -> Result<Performed, Refusal> {
        let made = deeds.iter().filter_map(|deed| made_by(&deed.change, head.id)).collect();
        let lines = lines_of(head, deeds).ok_or(Refusal::TooLong)?;
        let count = lines.len() as u64;
        let (applied, ticket) = wall.add(lines).map_err(Refusal::ReadOnly)?;
        if let Some(voice) = &mut self.voice {
            voice.counter += count;
            voice.t = head.t + count - 1;
        }
        Ok(Performed { entry: head.id, made, applied, ticket })
    }
}

fn made_by(change: &Change, entry: EntryId) -> Option<Id> {
    change.makes().filter(|id| id.entry == entry)
}
