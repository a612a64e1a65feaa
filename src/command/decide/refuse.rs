//! Why something is not done: every rejection, as a sentence with its numbers.

use super::Rejection;
use crate::model::limit::{ARROWS_MAX, CONTEXTS_MAX, NOTES_MAX, ROWS_MAX, VOTES_MAX, WORDING_CHARS_MAX};
use crate::model::{Id, Thing};
use crate::words::Said;

fn plain(key: &'static str) -> Rejection {
    Rejection(Said::new(key))
}

pub(super) fn nothing_changes() -> Rejection {
    plain("reject-nothing-changes")
}

pub(super) fn nothing_named() -> Rejection {
    plain("reject-nothing-named")
}

pub(super) fn empty_wording() -> Rejection {
    plain("reject-empty-wording")
}

pub(super) fn empty_name() -> Rejection {
    plain("reject-empty-name")
}

pub(super) fn no_reason() -> Rejection {
    plain("reject-no-reason")
}

pub(super) fn wording_too_long(length: usize) -> Rejection {
    Rejection(Said::new("reject-wording-too-long").with("length", length).with("max", WORDING_CHARS_MAX))
}

pub(super) fn text_too_long(field: &str, length: usize, max: usize) -> Rejection {
    Rejection(Said::new("reject-text-too-long").with("field", field).with("length", length).with("max", max))
}

pub(super) fn off_wall() -> Rejection {
    Rejection(Said::new("reject-off-wall").with("reach", crate::model::geometry::REACH))
}

/// A stand-in shows as `$` and its number, as people write it.
pub(super) fn unknown(id: Id) -> Rejection {
    let name = id.as_made().map_or_else(|| id.to_string(), |nth| format!("${nth}"));
    Rejection(Said::new("reject-unknown-thing").with("id", name))
}

pub(super) fn id_taken(id: Id) -> Rejection {
    Rejection(Said::new("reject-id-taken").with("id", id))
}

pub(super) fn wrong_thing(is: Thing, wanted: Thing) -> Rejection {
    Rejection(Said::new("reject-wrong-thing").with_said("is", name(is)).with_said("wanted", name(wanted)))
}

pub(super) fn cannot_move(is: Thing) -> Rejection {
    Rejection(Said::new("reject-cannot-move").with_said("is", name(is)))
}

fn name(thing: Thing) -> Said {
    Said::new(match thing {
        Thing::Note => "thing-note",
        Thing::Arrow => "thing-arrow",
        Thing::Context => "thing-context",
        Thing::Lane => "thing-lane",
        Thing::Requirement => "thing-requirement",
        Thing::Decision => "thing-decision",
        Thing::Board => "thing-board",
    })
}

pub(super) fn too_many(thing: Thing) -> Rejection {
    let max = match thing {
        Thing::Note => NOTES_MAX,
        Thing::Arrow => ARROWS_MAX,
        Thing::Context => CONTEXTS_MAX,
        Thing::Lane | Thing::Requirement | Thing::Decision | Thing::Board => ROWS_MAX,
    };
    Rejection(Said::new("reject-too-many").with_said("things", name(thing)).with("max", max))
}

pub(super) fn too_many_votes() -> Rejection {
    Rejection(Said::new("reject-too-many-votes").with("max", VOTES_MAX))
}

pub(super) fn arrow_to_itself() -> Rejection {
    plain("reject-arrow-to-itself")
}

pub(super) fn arrow_twice() -> Rejection {
    plain("reject-arrow-twice")
}

pub(super) fn no_arrow() -> Rejection {
    plain("reject-no-arrow")
}

pub(super) fn stuck_on_itself() -> Rejection {
    plain("reject-stuck-on-itself")
}

pub(super) fn stuck_in_a_loop() -> Rejection {
    plain("reject-stuck-in-a-loop")
}

pub(super) fn does_not_stick() -> Rejection {
    plain("reject-does-not-stick")
}

pub(super) fn locked(name: &str) -> Rejection {
    Rejection(Said::new("reject-locked").with("name", name))
}

pub(super) fn no_alternative(count: usize) -> Rejection {
    Rejection(Said::new("reject-no-alternative").with("count", count))
}

pub(super) fn unknown_field(field: &str, fields: &str) -> Rejection {
    Rejection(Said::new("reject-unknown-field").with("field", field).with("fields", fields))
}

pub(super) fn field_value(field: &str, wanted: Said) -> Rejection {
    Rejection(Said::new("reject-field-value").with("field", field).with_said("wanted", wanted))
}

pub(super) fn detail_too_large(field: &str) -> Rejection {
    Rejection(Said::new("reject-detail-too-large").with("field", field))
}

pub(super) fn too_many_details(max: usize) -> Rejection {
    Rejection(Said::new("reject-too-many-details").with("max", max))
}
