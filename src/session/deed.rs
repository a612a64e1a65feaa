//! One deed becomes one line, or several where it is too large for one.

use crate::model::entry::Part;
use crate::model::limit::{CHANGES_MAX, LINE_BYTES_MAX};
use crate::model::{Deed, Entry, EntryId, Line};

/// Bytes a line has beside its changes, at most: ids, times, names of forty characters.
const ENVELOPE_BYTES_MAX: usize = 1_024;

/// The lines of a deed; nothing where a single change of it is longer than a line may be.
///
/// `head` is the deed without its changes. The lines after the first take the ids and times that follow its own, and
/// the things they make keep the ids that `deeds` gave them.
pub(super) fn lines_of(head: &Entry, deeds: Vec<Deed>) -> Option<Vec<Line>> {
    let mut groups: Vec<Vec<Deed>> = Vec::new();
    let mut bytes = 0;
    for deed in deeds {
        let more = serde_json::to_string(&deed).expect("a deed is plain data").len() + 1;
        match groups.last_mut() {
            Some(group)
                if group.len() < CHANGES_MAX && bytes + more <= LINE_BYTES_MAX - ENVELOPE_BYTES_MAX =>
            {
                group.push(deed);
                bytes += more;
            }
            _ => {
                groups.push(vec![deed]);
                bytes = more;
            }
        }
    }
    let parts = groups.len() as u32;
    let line = |(group, nth): (Vec<Deed>, u32)| {
        let id = EntryId { counter: head.id.counter + u64::from(nth), ..head.id };
        let part = (parts > 1).then_some(Part { of: head.id, part: nth + 1, parts });
        let deeds = (0..).zip(group).collect();
        Line::write(Entry { id, t: head.t + u64::from(nth), part, deeds, ..head.clone() })
    };
    groups.into_iter().zip(0..).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Author, Change, NoteKind, PersonId, Point, Size};

    fn placed(id: EntryId, index: u32, wording: &str) -> Deed {
        let change = Change::NotePlaced {
            id: id.thing(index),
            kind: NoteKind::DomainEvent,
            wording: wording.into(),
            at: Point::new(0, 0),
            size: Size { w: 16, h: 5 },
            z: 0,
            host: None,
            author: String::new(),
            details: Default::default(),
        };
        Deed { change, at_mark: None }
    }

    fn head() -> Entry {
        Entry {
            id: EntryId { author: Author::from_random(1), counter: 4 },
            t: 70,
            at: "2026-11-22T13:40:02Z".into(),
            who: PersonId("p".repeat(40)),
            by: "민".repeat(40),
            part: None,
            undo: None,
            redo: None,
            deeds: Vec::new(),
            has_unread: false,
        }
    }

    #[test]
    fn a_large_deed_is_several_lines_that_name_the_first() {
        let check = |count: u32, wording: &str, parts: usize| {
            let head = head();
            let deeds: Vec<Deed> = (0..count).map(|index| placed(head.id, index, wording)).collect();
            let lines = lines_of(&head, deeds.clone()).unwrap();
            assert_eq!(lines.len(), parts);
            let read: Vec<Line> = lines.iter().map(|line| Line::read(&line.text).unwrap()).collect();
            assert_eq!(read, lines);
            let told = read.iter().flat_map(|line| line.entry.deeds.iter().map(|(_, deed)| deed.clone()));
            assert_eq!(told.collect::<Vec<_>>(), deeds);
            assert!(read.iter().zip(0..).all(|(line, nth)| line.entry.t == 70 + nth));
            assert!(read.iter().all(|line| line.entry.deed_id() == head.id));
        };
        check(1, "a", 1);
        check(300, "주문됨", 1);
        check(2_001, "a", 4);
        check(20, &"가".repeat(4_000), 4);
    }

    #[test]
    fn a_change_that_fits_no_line_is_refused() {
        let head = head();
        let mut deed = placed(head.id, 0, "a");
        if let Change::NotePlaced { details, .. } = &mut deed.change {
            details.extend((0..5).map(|nth| (format!("x{nth}"), "y".repeat(16_000).into())));
        }
        assert_eq!(lines_of(&head, vec![deed]), None);
    }
}
