//! What stops when a context or a system is down: whoever waits for its answers, and what then never happens.
//!
//! Callers go dark: whoever asks or orders something that does not answer cannot do their own work either, and so on
//! up to the people. What only waits for events goes on, but what it waits for does not come.

use std::collections::BTreeMap;

use super::outline::{Outline, Party};
use super::{Edge, Flow};
use crate::model::{Board, Id, Mode, NoteKind};

/// How a wall fares while some of it is down.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outage {
    /// What is down.
    pub down: Vec<Party>,
    /// The notes that are down with it.
    pub gone: Vec<Id>,
    /// Notes that stop because they wait for an answer, each with the note that does not answer.
    pub dark: BTreeMap<Id, Id>,
    /// Notes that wait for what does not happen, each with the note they wait for.
    pub striped: BTreeMap<Id, Id>,
}

/// How somebody fares.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fate {
    /// It is down.
    Down,
    /// It waits for an answer.
    Dark,
    /// It waits for events.
    Striped,
    /// It goes on.
    Alive,
}

impl Outage {
    /// The fate of a wall while these are down.
    pub fn of(board: &Board, flow: &Flow, outline: &Outline, down: &[Party]) -> Outage {
        let gone = outline.notes.iter().filter(|note| note.party.is_some_and(|party| down.contains(&party)));
        let mut outage =
            Outage { down: down.to_vec(), gone: gone.map(|note| note.id).collect(), ..Outage::default() };
        outage.darken(board, flow);
        outage.stripe(board, flow);
        outage
    }

    /// How a note fares.
    pub fn fate(&self, note: Id) -> Fate {
        if self.gone.binary_search(&note).is_ok() {
            Fate::Down
        } else if self.dark.contains_key(&note) {
            Fate::Dark
        } else if self.striped.contains_key(&note) {
            Fate::Striped
        } else {
            Fate::Alive
        }
    }

    /// How a context or a system fares: as the worst of its notes.
    pub fn fate_of(&self, party: Party, outline: &Outline) -> Fate {
        let notes = outline.notes.iter().filter(|note| note.party == Some(party));
        let worst = notes.map(|note| self.fate(note.id)).min().unwrap_or(Fate::Alive);
        if self.down.contains(&party) { Fate::Down } else { worst }
    }

    fn darken(&mut self, board: &Board, flow: &Flow) {
        let mut waits: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for (asker, asked) in flow.edges().filter_map(|edge| call(board, edge)) {
            waits.entry(asked).or_default().push(asker);
        }
        let mut open = self.gone.clone();
        while let Some(silent) = open.pop() {
            for asker in waits.get(&silent).into_iter().flatten() {
                if self.fate(*asker) == Fate::Alive {
                    self.dark.insert(*asker, silent);
                    open.push(*asker);
                }
            }
        }
    }

    /// What has causes, and none of them works, does not happen: over and over, until nothing more stops.
    fn stripe(&mut self, board: &Board, flow: &Flow) {
        let mut open: Vec<Id> = self.gone.iter().chain(self.dark.keys()).copied().collect();
        while let Some(still) = open.pop() {
            for edge in flow.from(still).filter(|edge| is_cause(board, edge)) {
                let mut causes = flow.to(edge.to).filter(|cause| is_cause(board, cause));
                if self.fate(edge.to) == Fate::Alive
                    && causes.all(|cause| self.fate(cause.from) != Fate::Alive)
                {
                    self.striped.insert(edge.to, still);
                    open.push(edge.to);
                }
            }
        }
    }
}

/// A step in which one waits for the other's answer: who waits, and for whom.
fn call(board: &Board, edge: &Edge) -> Option<(Id, Id)> {
    use NoteKind::{Actor, Aggregate, Command, ExternalSystem, Policy, ReadModel, UserInterface};
    let kind = |id| board.notes.get(&id).map(|note| note.kind);
    let is_async = match edge.evidence {
        super::Evidence::Drawn(arrow) => {
            board.arrows.get(&arrow).and_then(|arrow| arrow.mode()) == Some(Mode::Async)
        }
        _ => false,
    };
    if is_async {
        return None;
    }
    match (kind(edge.from)?, kind(edge.to)?) {
        (Actor | Policy | UserInterface | ExternalSystem, Command | UserInterface)
        | (Command | Policy, Aggregate | ExternalSystem) => Some((edge.from, edge.to)),
        (ReadModel, Actor | Command | Policy | UserInterface) => Some((edge.to, edge.from)),
        _ => None,
    }
}

/// A step by which one thing makes another happen.
fn is_cause(board: &Board, edge: &Edge) -> bool {
    use NoteKind::{Actor, Aggregate, Command, DomainEvent, ExternalSystem, Policy, ReadModel, Time};
    let kind = |id| board.notes.get(&id).map(|note| note.kind);
    matches!(
        (kind(edge.from), kind(edge.to)),
        (Some(Command | Aggregate | ExternalSystem | Time | DomainEvent | Policy), Some(DomainEvent))
            | (Some(DomainEvent | Time | ExternalSystem), Some(Policy | Command | ReadModel))
            | (Some(Actor | Policy), Some(Command))
            | (Some(Command | Policy), Some(Aggregate | ExternalSystem))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NoteKind::{Actor, Aggregate, Command, DomainEvent, ExternalSystem, Policy, ReadModel};
    use crate::model::tests::{board, id, note};
    use crate::model::{Arrow, Details, Rect};
    use crate::query::Projection;

    /// Orders on the left, payment in the middle with its card system, shipping on the right.
    fn shop(mode: Option<&str>) -> Board {
        let kinds = [
            (Actor, "손님"),
            (Command, "주문하기"),
            (Aggregate, "주문"),
            (DomainEvent, "주문됨"),
            (Policy, "주문되면 결제를 요청한다"),
            (Command, "결제 요청하기"),
            (ExternalSystem, "PG사"),
            (DomainEvent, "결제됨"),
            (Policy, "결제되면 배송을 준비한다"),
            (Command, "배송 준비하기"),
            (DomainEvent, "배송 준비됨"),
            (ReadModel, "주문 현황"),
        ];
        let notes =
            (0..).zip(kinds).map(|(n, (kind, text))| note(n, kind, text, i32::try_from(n).unwrap() * 100, 0));
        let mut board = board(notes)
            .framed(50, "주문", Rect::new(-10, -10, 370, 40))
            .framed(51, "결제", Rect::new(390, -10, 370, 40))
            .framed(52, "배송", Rect::new(790, -10, 270, 40));
        let steps = [
            (0, 1),
            (1, 2),
            (2, 3),
            (3, 4),
            (4, 5),
            (5, 6),
            (6, 7),
            (7, 8),
            (8, 9),
            (9, 10),
            (7, 11),
            (3, 11),
        ];
        for (n, (from, to)) in (100..).zip(steps) {
            let mode = mode.filter(|_| (from, to) == (5, 6));
            let details = mode.map(|mode| ("mode".to_owned(), mode.into())).into_iter().collect::<Details>();
            board.arrows.insert(id(n), Arrow { id: id(n), from: id(from), to: id(to), details });
        }
        board
    }

    fn fates(board: &Board, down: Party) -> String {
        let (flow, outline) = (Flow::of(board), Outline::of(board, &Projection::of(board)));
        let outage = Outage::of(board, &flow, &outline, &[down]);
        let sign = |note: Id| match outage.fate(note) {
            Fate::Down => 'x',
            Fate::Dark => '#',
            Fate::Striped => '/',
            Fate::Alive => '.',
        };
        board.notes.keys().map(|note| sign(*note)).collect()
    }

    #[test]
    fn who_waits_for_an_answer_goes_dark_and_who_waits_for_events_is_striped() {
        assert_eq!(fates(&shop(None), Party::System(id(6))), "....##x////.");
        assert_eq!(fates(&shop(None), Party::Context(Some(id(50)))), "xxxx////////");
        assert_eq!(fates(&shop(None), Party::Context(Some(id(52)))), "........xxx.");
    }

    #[test]
    fn who_does_not_wait_goes_on() {
        assert_eq!(fates(&shop(Some("async")), Party::System(id(6))), "......x////.");
    }

    #[test]
    fn a_circle_of_calls_ends() {
        let mut board = shop(None);
        for (n, (from, to)) in [(200, (10, 4)), (201, (7, 4))] {
            board
                .arrows
                .insert(id(n), Arrow { id: id(n), from: id(from), to: id(to), details: Details::new() });
        }
        assert_eq!(fates(&board, Party::System(id(6))), "....##x////.");
    }
}
