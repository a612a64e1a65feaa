//! A board cut down to one of its contexts.

use std::collections::BTreeSet;

use crate::model::{Board, Id, Note};

/// A frame of a board and those in it.
pub(super) fn frames_in(board: &Board, context: Id) -> BTreeSet<Id> {
    let outer = board.contexts.get(&context).map(|context| context.rect);
    let is_inner = |rect| outer.is_some_and(|outer| outer.encloses(rect) && rect != outer);
    let inner = board.contexts.values().filter(|frame| is_inner(frame.rect)).map(|frame| frame.id);
    inner.chain([context]).collect()
}

/// One context of a board: the frames in it, the notes that belong to any of these, and what joins, counts and needs
/// those notes.
pub(super) fn part_of(board: &Board, context: Id) -> Board {
    let mut part = Board { lanes: Default::default(), decisions: Default::default(), ..board.clone() };
    let frames = frames_in(board, context);
    part.contexts.retain(|id, _| frames.contains(id));
    let belongs = |note: &Note| {
        board.context_at(note.rect().center()).is_some_and(|frame| part.contexts.contains_key(&frame.id))
    };
    let here: BTreeSet<Id> = board.notes.values().filter(|note| belongs(note)).map(|note| note.id).collect();
    part.notes.retain(|id, _| here.contains(id));
    part.notes.values_mut().for_each(|note| note.host = note.host.filter(|host| here.contains(host)));
    part.arrows.retain(|_, arrow| here.contains(&arrow.from) && here.contains(&arrow.to));
    part.votes.retain(|(note, _), _| here.contains(note));
    part.requirements.retain(|_, sentence| sentence.met_by().any(|note| here.contains(&note)));
    part
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NoteKind::{Command, DomainEvent};
    use crate::model::Rect;
    use crate::model::tests::{board, id, note};

    #[test]
    fn a_context_takes_along_what_belongs_to_it() {
        let places = [(0, 0), (30, 0), (90, 0)];
        let notes = (0..).zip(places).map(|(n, (x, y))| note(n, DomainEvent, "주문됨", x, y));
        let mut whole = board(notes.chain([note(3, Command, "주문하기", 34, 9)]))
            .framed(10, "주문", Rect::new(-2, -2, 60, 20))
            .framed(11, "접수", Rect::new(28, -1, 28, 18))
            .framed(12, "결제", Rect::new(80, -2, 40, 20));
        for (n, from, to) in [(20, 0, 1), (21, 1, 2)] {
            let arrow =
                crate::model::Arrow { id: id(n), from: id(from), to: id(to), details: Default::default() };
            whole.arrows.insert(arrow.id, arrow);
        }
        let keys = |board: &Board| {
            let ids = board.notes.keys().chain(board.arrows.keys()).chain(board.contexts.keys());
            ids.map(|id| id.index).collect::<Vec<_>>()
        };
        assert_eq!(keys(&part_of(&whole, id(10))), [0, 1, 3, 20, 10, 11]);
        assert_eq!(keys(&part_of(&whole, id(11))), [1, 3, 11]);
        assert_eq!(keys(&part_of(&whole, id(12))), [2, 12]);
    }
}
