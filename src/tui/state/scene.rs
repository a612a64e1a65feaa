//! What a screen shows without owning it, what it asks of the session around it, and what that answers.

use std::path::PathBuf;
use std::sync::Arc;

use super::Found;
use crate::command::Command;
use crate::format::Mapping;
use crate::model::{Board, EntryId, Id, Level};
use crate::query::lint::{Finding, Lint};
use crate::query::suggest::Cuts;
use crate::query::{Offers, Projection};
use crate::session::company::{Company, Control, Role};
use crate::session::config::Settings;
use crate::session::file::NotPut;
use crate::session::intake::Intake;
use crate::session::order::Order;
use crate::session::saves::{ReadOnly, Saved};
use crate::session::{News, Past, Wall};
use crate::tui::memo::Memo;
use crate::words::Said;

/// What the screen shows and reads, but does not own.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The wall.
    pub board: &'a Board,
    /// What is known about it.
    pub projection: &'a Projection,
    /// Whether what was done on it is on the disk.
    pub saved: &'a Saved,
    /// Why nothing can be done on it, if nothing can.
    pub read_only: Option<ReadOnly>,
    /// What undo would take back.
    pub undo: Option<&'a Said>,
    /// Who else is at it; nothing where it is in no room.
    pub company: Option<&'a Company>,
    /// How it came to be; nothing where only a picture is wanted.
    pub record: Option<Record<'a>>,
}

/// How a wall came to be.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    /// The wall as it is now.
    pub wall: &'a Wall,
    /// What was read of it already.
    pub memo: &'a Memo,
    /// The wall as it was, where that is shown.
    pub past: Option<&'a Past>,
}

impl<'a> Scene<'a> {
    /// A wall that is only looked at.
    pub fn still(board: &'a Board, projection: &'a Projection) -> Scene<'a> {
        Scene {
            board,
            projection,
            saved: &Saved::Saved,
            read_only: None,
            undo: None,
            company: None,
            record: None,
        }
    }

    /// What lint finds on the wall as it is now; nothing where it is shown as it was.
    pub fn lint(&self) -> Option<&'a Lint> {
        self.record.filter(|record| record.past.is_none()).map(|record| record.memo.lint(record.wall))
    }

    /// What lint tells of a note.
    pub fn findings_at(&self, note: Id) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let (lint, record) = (self.lint(), self.record);
        let found = lint.into_iter().flat_map(move |lint| lint.at(note).iter().map(move |it| (lint, it)));
        let tells =
            move |(lint, it): &(&Lint, &Finding)| record.is_some_and(|record| record.memo.tells(it, lint));
        found.filter(tells).map(|(_, finding)| finding)
    }

    /// How far this wall goes; to the end where nobody has said so.
    pub fn level(&self) -> Level {
        self.board.level().unwrap_or(Level::Design)
    }
}

/// What the screen asks of the session around it.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// Ask this of the wall.
    Perform(Command),
    /// Take my last deed back.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Put this into the clipboard.
    Copy(String),
    /// Have the wall changed as text in an editor.
    EditText,
    /// Report the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Write frames as synchronized updates, or do not.
    Sync(bool),
    /// Have signs of ASCII stand for glyphs that may be wide, or not; unless told, as the terminal wants it.
    Dress(Option<bool>),
    /// Set a setting to this.
    Set(&'static str, String),
    /// Ask this of the room.
    Control(Control),
    /// Take a deed away that the relay does not take.
    Withdraw(EntryId),
    /// Look for contexts.
    Propose,
    /// Make this.
    Make(Order),
    /// Read this file.
    Fetch(PathBuf),
    /// Read it once more, its labels standing for this.
    Remap(Found<Intake>, Mapping),
    /// Put what it brings on the wall.
    TakeIn(Found<Intake>),
    /// Say what this path may be completed to.
    Complete(String),
    /// Look for them no more, make it no more.
    LetGo,
    /// Leave.
    Quit,
}

/// What the session says to an effect.
#[derive(Clone, PartialEq, Debug)]
pub enum Reply {
    /// It happened, and made these things.
    Made(Vec<Id>),
    /// It did not happen.
    Refused(Said),
    /// Something to tell.
    Said(Said),
    /// A deed was taken back or done again, which brought these notes back.
    Back(Said, Vec<Id>),
    /// These settings are in force now.
    Settings(Settings),
    /// The net told this.
    News(News),
    /// So many of all steps of what takes long are done.
    Progress(usize, usize),
    /// What the search for contexts came to; nothing where the wall cannot be cut.
    Proposed(Option<Arc<Cuts>>),
    /// Where stands now what was made, or why it stands nowhere.
    Stands(Result<PathBuf, NotPut>),
    /// What a file brings, or why nothing.
    Fetched(Result<Found<Intake>, Said>),
    /// This of a file came onto the wall: these notes and contexts.
    TakenIn(Said, Vec<Id>),
    /// What this path may be completed to.
    Offers(String, Offers),
    /// Something about the others has changed, or they have changed the wall.
    Company,
    /// The link of this role is this one now.
    Renewed(Role, String),
    /// The wall is shown as it was; the last deed of then touched these.
    Then(Vec<Id>),
}
