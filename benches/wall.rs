//! Walls to measure on.

use squall::history::History;
use squall::model::{Author, Change, Deed, Details, Entry, EntryId, Line, NoteKind, PersonId, Point};

/// The author of everything on a measured wall.
pub(crate) fn author() -> Author {
    Author::from_random(20_261_122)
}

/// The line of an entry with one change.
pub(crate) fn line(counter: u64, change: Change) -> Line {
    let entry = Entry {
        id: EntryId { author: author(), counter },
        t: counter,
        at: "2026-11-22T09:00:00Z".into(),
        who: PersonId("bench".into()),
        by: "민수".into(),
        part: None,
        undo: None,
        redo: None,
        deeds: vec![(0, Deed { change, at_mark: None })],
        has_unread: false,
    };
    Line::write(entry).expect("one change fits a line")
}

/// The lines of a wall with so many notes, a hundred in a row.
pub(crate) fn lines(notes: u64) -> Vec<Line> {
    let kinds = [NoteKind::Actor, NoteKind::Command, NoteKind::DomainEvent, NoteKind::Policy];
    (0..notes)
        .map(|nth| {
            let kind = kinds[(nth % 4) as usize];
            let (column, row) = ((nth % 100) as i32, (nth / 100) as i32);
            let placed = Change::NotePlaced {
                id: EntryId { author: author(), counter: nth + 1 }.thing(0),
                kind,
                wording: format!("주문이 접수되었다 {nth}"),
                at: Point::new(column * 34, row * 8),
                size: kind.row().size,
                z: 0,
                host: None,
                author: String::new(),
                details: Details::new(),
            };
            line(nth + 1, placed)
        })
        .collect()
}

/// The history of a wall with so many notes.
pub(crate) fn history(notes: u64) -> History {
    let mut history = History::new("bench");
    history.absorb_all(lines(notes));
    history
}

/// The same, each note with an arrow to the next, and every tenth with one to the note ten rows below.
pub(crate) fn joined(notes: u64) -> History {
    let mut history = history(notes);
    let note = |nth: u64| EntryId { author: author(), counter: nth % notes + 1 }.thing(0);
    let ends = (0..notes).flat_map(|nth| [(nth, nth + 1), (nth, nth + 1_003)]);
    let ends = ends.filter(|(from, to)| to - from == 1 || from % 10 == 0);
    history.absorb_all((notes..).zip(ends).map(|(at, (from, to))| {
        let id = EntryId { author: author(), counter: at + 1 }.thing(0);
        line(at + 1, Change::NotesConnected { id, from: note(from), to: note(to), details: Details::new() })
    }));
    history
}
