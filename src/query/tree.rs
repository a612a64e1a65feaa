//! The wall as a tree: context, aggregate, command, event.

use std::collections::{BTreeMap, BTreeSet};

use super::Projection;
use crate::model::{Board, Id, Note, NoteKind};

/// One line of the tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Branch {
    /// The context or the note; nothing for what lies in no context.
    pub id: Option<Id>,
    /// How far in it stands.
    pub depth: u8,
}

/// The tree of a wall: contexts left to right and then what lies in none; in each its aggregates with the commands they
/// take and the events these lead to, then what belongs to no aggregate.
pub fn tree(board: &Board, projection: &Projection) -> Vec<Branch> {
    let mut tree = Tree::of(board, projection);
    let mut contexts: Vec<_> = projection.frames.iter().map(|(id, rect)| (rect.at, id)).collect();
    contexts.sort_unstable();
    for home in contexts.into_iter().map(|(_, id)| Some(id)).chain([None]) {
        let notes = tree.homes.remove(&home).unwrap_or_default();
        if home.is_some() || !notes.is_empty() {
            tree.branches.push(Branch { id: home, depth: 0 });
            tree.context(&notes);
        }
    }
    tree.branches
}

/// The tree as it grows.
struct Tree<'a> {
    board: &'a Board,
    /// The notes that have a place in the tree by the context they lie in, in the order of time.
    homes: BTreeMap<Option<Id>, Vec<&'a Note>>,
    home_of: BTreeMap<Id, Option<Id>>,
    /// The steps of the flow from a note, and to it.
    from: BTreeMap<Id, Vec<Id>>,
    to: BTreeMap<Id, Vec<Id>>,
    branches: Vec<Branch>,
    /// What stands in the tree already.
    told: BTreeSet<Id>,
}

const KINDS_TOLD: [NoteKind; 3] = [NoteKind::Aggregate, NoteKind::Command, NoteKind::DomainEvent];

impl<'a> Tree<'a> {
    fn of(board: &'a Board, projection: &Projection) -> Tree<'a> {
        let mut tree = Tree {
            board,
            homes: BTreeMap::new(),
            home_of: BTreeMap::new(),
            from: BTreeMap::new(),
            to: BTreeMap::new(),
            branches: Vec::new(),
            told: BTreeSet::new(),
        };
        let notes = projection.timeline.iter().filter_map(|id| board.notes.get(&id));
        for note in notes.filter(|note| KINDS_TOLD.contains(&note.kind)) {
            let home = projection.frames.context_at(note.rect().center());
            tree.homes.entry(home).or_default().push(note);
            tree.home_of.insert(note.id, home);
        }
        for edge in projection.flow.edges() {
            tree.from.entry(edge.from).or_default().push(edge.to);
            tree.to.entry(edge.to).or_default().push(edge.from);
        }
        tree
    }

    fn context(&mut self, notes: &[&Note]) {
        let of = |kind| notes.iter().filter(move |note| note.kind == kind);
        for aggregate in of(NoteKind::Aggregate) {
            if self.told.contains(&aggregate.id) {
                continue;
            }
            // The same name twice in a context is one aggregate that stands on the wall twice.
            let named: Vec<&Note> =
                of(NoteKind::Aggregate).filter(|it| it.text() == aggregate.text()).copied().collect();
            self.put(aggregate, 1);
            self.told.extend(named.iter().map(|it| it.id));
            let commands = self.near(&named, &self.to, NoteKind::Command);
            let events = self.near(&named, &self.from, NoteKind::DomainEvent);
            for command in &commands {
                self.put(command, 2);
                // An event belongs to the command beside it, of those that the aggregate takes.
                let nearest = |event: &Note| commands.iter().min_by_key(|it| (event.at.y - it.at.y).abs());
                for event in &events {
                    if nearest(event).is_some_and(|nearest| nearest.id == command.id) {
                        self.put(event, 3);
                    }
                }
            }
            events.iter().for_each(|event| self.put(event, 2));
        }
        for command in of(NoteKind::Command) {
            if !self.told.contains(&command.id) {
                self.put(command, 1);
                let events = self.near(&[command], &self.from, NoteKind::DomainEvent);
                events.iter().for_each(|event| self.put(event, 2));
            }
        }
        of(NoteKind::DomainEvent).for_each(|event| self.put(event, 1));
    }

    /// Those of a kind one step from these notes of one context, and in it too, in the order of time.
    fn near(&self, of: &[&Note], steps: &BTreeMap<Id, Vec<Id>>, kind: NoteKind) -> Vec<&'a Note> {
        let home = of.first().and_then(|note| self.home_of.get(&note.id));
        let ids = of.iter().filter_map(|note| steps.get(&note.id)).flatten();
        let notes = ids.filter_map(|id| self.board.notes.get(id));
        let mut near: Vec<&Note> =
            notes.filter(|it| it.kind == kind && self.home_of.get(&it.id) == home).collect();
        near.sort_unstable_by_key(|note| (note.at, note.id));
        near.dedup_by_key(|note| note.id);
        near
    }

    /// Puts a note into the tree, once.
    fn put(&mut self, note: &Note, depth: u8) {
        if self.told.insert(note.id) {
            self.branches.push(Branch { id: Some(note.id), depth });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rect;
    use crate::model::tests::{board, note};

    #[test]
    fn a_wall_is_told_by_context_aggregate_command_and_event() {
        let board = board([
            note(0, NoteKind::Command, "주문하기", 0, 0),
            note(1, NoteKind::Aggregate, "주문", 24, 0),
            note(2, NoteKind::DomainEvent, "주문됨", 56, 0),
            note(3, NoteKind::Policy, "주문되면 알린다", 80, 0),
            note(4, NoteKind::DomainEvent, "배송됨", 200, 40),
        ])
        .framed(9, "주문 관리", Rect::new(-2, -2, 120, 12));
        let told: Vec<String> = tree(&board, &Projection::of(&board))
            .into_iter()
            .map(|Branch { id, depth }| {
                let note = id.and_then(|id| board.notes.get(&id));
                let context = id.and_then(|id| board.contexts.get(&id));
                let name = note.map(|it| it.text()).or(context.map(|it| it.name()));
                format!("{depth} {}", name.unwrap_or("-"))
            })
            .collect();
        assert_eq!(told, ["0 주문 관리", "1 주문", "2 주문하기", "3 주문됨", "0 -", "1 배송됨"]);
    }

    #[test]
    fn an_aggregate_that_stands_twice_in_a_context_is_told_once() {
        let board = board([
            note(0, NoteKind::Command, "주문하기", 0, 0),
            note(1, NoteKind::Aggregate, "주문", 24, 0),
            note(2, NoteKind::DomainEvent, "주문됨", 56, 0),
            note(3, NoteKind::Command, "취소하기", 0, 20),
            note(4, NoteKind::Aggregate, "주문", 24, 20),
            note(5, NoteKind::DomainEvent, "취소됨", 56, 20),
        ]);
        let told: Vec<String> = tree(&board, &Projection::of(&board))
            .into_iter()
            .filter_map(|Branch { id, depth }| Some(format!("{depth} {}", board.notes.get(&id?)?.text())))
            .collect();
        assert_eq!(told, ["1 주문", "2 주문하기", "3 주문됨", "2 취소하기", "3 취소됨"]);
    }
}
