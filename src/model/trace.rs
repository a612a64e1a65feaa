//! What a deed did and what else was written there: all that taking it back needs to know.

use super::change::Change;
use super::entry::{Mark, Stamp};
use super::id::{EntryId, Id, PersonId};
use super::register::Register;

/// A deed, field by field. What a thing the deed made went through in the same deed is left out: the thing goes whole.
#[derive(Clone, PartialEq, Debug)]
pub struct Trace {
    /// Its first entry.
    pub deed: EntryId,
    /// Who did it.
    pub who: PersonId,
    /// The fields it wrote.
    pub fields: Vec<FieldTrace>,
    /// The notes it worded anew.
    pub wordings: Vec<WordingTrace>,
    /// Whether it holds anything this version cannot read.
    pub has_unread: bool,
}

/// Everything that was written to one field, ascending: the last is what holds.
#[derive(Clone, PartialEq, Debug)]
pub struct FieldTrace {
    /// The field.
    pub register: Register,
    /// What people call the thing.
    pub called: String,
    /// The change after which the field is as if none of this had been written.
    pub unwritten: Option<Change>,
    /// Whether a squash may have dropped what stood here before.
    pub is_squashed: bool,
    /// What was written.
    pub writes: Vec<Written>,
}

/// One write to a field.
#[derive(Clone, PartialEq, Debug)]
pub struct Written {
    /// Where it stands.
    pub stamp: Stamp,
    /// Who wrote it.
    pub by: PersonId,
    /// The deed at whose mark it stands.
    pub deed: EntryId,
    /// Who did that deed.
    pub who: PersonId,
    /// Whether that deed is taken back.
    pub is_taken_back: bool,
    /// The change that writes this value and nothing else.
    pub change: Change,
}

/// Everything a note was ever worded, by ascending time.
#[derive(Clone, PartialEq, Debug)]
pub struct WordingTrace {
    /// The note.
    pub note: Id,
    /// What people call it.
    pub called: String,
    /// Its wordings, replaced or not.
    pub values: Vec<WordingValue>,
}

/// One wording a note was given.
#[derive(Clone, PartialEq, Debug)]
pub struct WordingValue {
    /// Its name.
    pub id: Id,
    /// Where it stands.
    pub mark: Mark,
    /// Whether it stands at the mark of another, which it takes back or repeats.
    pub is_retold: bool,
    /// Whether it repeats it.
    pub is_again: bool,
    /// What it says.
    pub text: String,
    /// The wordings it takes the place of.
    pub over: Vec<Id>,
    /// Whether nobody has replaced it.
    pub is_alive: bool,
    /// The deed at whose mark it stands.
    pub deed: EntryId,
    /// Who did that deed.
    pub who: PersonId,
    /// Whether that deed is taken back.
    pub is_taken_back: bool,
}
