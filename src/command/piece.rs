//! A piece of a wall that can be put on it once more: what is copied.

use std::collections::{BTreeSet, HashMap};

use super::{Area, Command, NewArrow, NewNote};
use crate::model::{Board, Id, Note, Point, Rect};

/// The things that are named, what lies in named frames, and the arrows between all that. What hangs on a note that is
/// not in the piece hangs on nothing there, and nothing in it is set aside.
pub fn piece_of(board: &Board, things: &[Id]) -> Board {
    let named: BTreeSet<Id> = things.iter().copied().collect();
    let outer: Vec<Rect> = named.iter().filter_map(|id| Some(board.contexts.get(id)?.rect)).collect();
    let is_framed = |rect: Rect| outer.iter().any(|outer| outer.encloses(rect));
    let frames = board.contexts.values().filter(|context| is_framed(context.rect));
    let frames: BTreeSet<Id> = frames.map(|context| context.id).collect();
    let lies_in = |note: &Note| {
        let frame = board.context_at(note.rect().center()).filter(|_| !frames.is_empty());
        note.aside().is_none() && frame.is_some_and(|frame| frames.contains(&frame.id))
    };
    let is_in = |note: &&Note| !note.text().is_empty() && (named.contains(&note.id) || lies_in(note));
    let notes: BTreeSet<Id> = board.notes.values().filter(is_in).map(|note| note.id).collect();
    let mut piece = Board::default();
    piece.notes.extend(notes.iter().map(|id| (*id, board.notes[id].clone())));
    for note in piece.notes.values_mut() {
        note.host = note.host.filter(|host| notes.contains(host));
        note.details.remove("aside");
    }
    let joins = |from: &Id, to: &Id| notes.contains(from) && notes.contains(to);
    let arrows = board.arrows.values().filter(|arrow| joins(&arrow.from, &arrow.to));
    piece.arrows.extend(arrows.map(|arrow| (arrow.id, arrow.clone())));
    piece.contexts.extend(frames.iter().map(|id| (*id, board.contexts[id].clone())));
    piece
}

/// What a piece covers.
pub fn extent_of(piece: &Board) -> Option<Rect> {
    let frames = piece.contexts.values().map(|context| context.rect);
    Rect::around(piece.notes.values().map(Note::rect).chain(frames))
}

/// Puts a piece on the wall, so far from where it was.
pub fn put_piece(piece: &Board, by: Point) -> Command {
    // Hosts first, and what lies above last.
    let depth = |note: &Note| {
        let above = std::iter::successors(note.host, |host| piece.notes.get(host)?.host);
        above.take(piece.notes.len()).count()
    };
    let mut order: Vec<&Note> = piece.notes.values().collect();
    order.sort_by_key(|note| (depth(note), note.z, note.id));
    let made: HashMap<Id, Id> = order.iter().map(|note| note.id).zip((0..).map(Id::made)).collect();
    let made = |id: Id| made.get(&id).copied();
    let notes = order.iter().map(|note| NewNote {
        at: Some(note.at.shifted(by)),
        size: Some(note.size),
        host: note.host.and_then(made),
        details: note.details.clone(),
        ..NewNote::new(note.kind, note.text())
    });
    let arrows = piece.arrows.values().filter_map(|arrow| {
        Some(NewArrow { from: made(arrow.from)?, to: made(arrow.to)?, details: arrow.details.clone() })
    });
    let placed = Command::PlaceNotes { notes: notes.collect(), arrows: arrows.collect() };
    let frames = piece.contexts.values().map(|context| Command::FrameContext {
        frame: context.frame,
        area: Area::Rect(Rect { at: context.rect.at.shifted(by), ..context.rect }),
        details: context.details.clone(),
    });
    Command::All(std::iter::once(placed).chain(frames).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::decide;
    use crate::model::NoteKind::{DomainEvent, Hotspot};
    use crate::model::tests::{board, id, note};
    use crate::model::{Arrow, Change};

    #[test]
    fn a_piece_is_put_down_with_its_arrows_and_what_hangs_on_it() {
        let mut wall = board([
            note(1, Hotspot, "왜?", 10, -3),
            note(2, DomainEvent, "주문됨", 0, 0),
            note(3, DomainEvent, "결제됨", 30, 0),
            note(4, DomainEvent, "배송됨", 90, 0),
        ])
        .framed(9, "주문", Rect::new(-2, -6, 60, 20));
        wall.notes.entry(id(1)).and_modify(|note| note.host = Some(id(2)));
        for (n, from, to) in [(20, 2, 3), (21, 3, 4)] {
            let arrow = Arrow { id: id(n), from: id(from), to: id(to), details: Default::default() };
            wall.arrows.insert(arrow.id, arrow);
        }
        let piece = piece_of(&wall, &[id(9)]);
        assert_eq!(piece.notes.keys().copied().collect::<Vec<_>>(), [id(1), id(2), id(3)]);
        assert_eq!(extent_of(&piece), Some(Rect::new(-2, -6, 60, 20)));
        let entry = "testauthor.9".parse().unwrap();
        let changes = decide(&wall, entry, &put_piece(&piece, Point::new(0, 40))).unwrap();
        let hosts: Vec<_> = changes
            .iter()
            .filter_map(|change| match change {
                Change::NotePlaced { wording, at, host, .. } => {
                    Some((wording.as_str(), at.y, host.is_some()))
                }
                _ => None,
            })
            .collect();
        assert_eq!(hosts, [("주문됨", 40, false), ("결제됨", 40, false), ("왜?", 37, true)]);
        assert_eq!(changes.len(), 5, "one arrow and one frame: {changes:?}");
    }
}
