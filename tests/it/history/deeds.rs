//! Random deeds: what a careless person, or a hostile peer, might do to a wall.

use serde_json::{Value, json};
use squall::model::{Board, Change, Details, Frame, Id, NoteKind, Point, Rect, Size};

use super::desk::Desk;
use super::dice::Dice;

/// Names of things anybody ever made, the removed and the unknown ones included.
#[derive(Default)]
pub(crate) struct Names {
    pub(crate) notes: Vec<Id>,
    others: Vec<Id>,
    wordings: Vec<Id>,
}

fn point(dice: &mut Dice) -> Point {
    Point::new(dice.bits() as i32 % 9, dice.bits() as i32 % 9)
}

fn size(dice: &mut Dice) -> Size {
    Size::new(1 + dice.below(9) as i32, 1 + dice.below(9) as i32)
}

fn kind(dice: &mut Dice) -> NoteKind {
    [NoteKind::DomainEvent, NoteKind::Command, NoteKind::Hotspot][dice.below(3)]
}

fn word(dice: &mut Dice) -> String {
    ["주문됨", "Ordered", "Paid", "Sent", "Lost"][dice.below(5)].into()
}

fn detail(dice: &mut Dice) -> (String, Value) {
    match dice.below(6) {
        0 => ("owner".into(), Value::from(word(dice))),
        1 => ("mood".into(), json!({ "of": dice.below(3), "in": [1, null] })),
        2 => ("pivotal".into(), Value::from(dice.one_in(2))),
        3 => ("class".into(), Value::from("core")),
        4 => ("name".into(), Value::from(word(dice))),
        _ => ("owner".into(), Value::Null),
    }
}

fn details(dice: &mut Dice) -> Details {
    (0..dice.below(3)).map(|_| detail(dice)).collect()
}

/// The wordings one sees who looks at a note.
fn seen(board: &Board, note: Id) -> Vec<Id> {
    let values = board.notes.get(&note).map(|note| note.wording.values.as_slice()).unwrap_or_default();
    values.iter().map(|(id, _)| *id).collect()
}

impl Names {
    /// A deed of one to three changes. Who is `fair` sees what they do; others name anything.
    pub(crate) fn deed(&mut self, desk: &Desk, dice: &mut Dice, fair: bool) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        let mut taken: Vec<Id> = Vec::new();
        for index in 0..1 + dice.below(3) as u32 {
            let Some(change) = self.change(desk, dice, fair, desk.made(index)) else { continue };
            // A fair deed does not close a loop of sticking together with itself.
            if matches!(change, Change::NoteStuck { .. }) && fair && !taken.is_empty() {
                continue;
            }
            let index = changes.len() as u32;
            taken.extend(change.about());
            if let Change::NoteReworded { .. } | Change::NotePlaced { .. } = change {
                self.wordings.push(desk.made(index));
            }
            changes.push(change);
        }
        // Ids follow the place in the deed.
        for (index, change) in (0..).zip(&mut changes) {
            if let Some(id) = change.makes_mut().filter(|id| id.entry == desk.made(0).entry) {
                *id = desk.made(index);
            }
            match (&*change, change.makes()) {
                (Change::NotePlaced { .. }, Some(id)) => self.notes.push(id),
                (_, Some(id)) => self.others.push(id),
                _ => {}
            }
        }
        changes
    }

    fn note(&self, desk: &Desk, dice: &mut Dice, fair: bool) -> Option<Id> {
        if fair || dice.one_in(2) {
            let notes: Vec<Id> = desk.board().notes.keys().copied().collect();
            return dice.pick(&notes);
        }
        dice.pick(&self.notes)
    }

    fn other(&self, desk: &Desk, dice: &mut Dice, fair: bool) -> Option<Id> {
        if !fair {
            return dice.pick(&self.others);
        }
        let board = desk.board();
        let ids = board.arrows.keys().chain(board.contexts.keys()).chain(board.lanes.keys());
        let ids: Vec<Id> =
            ids.chain(board.requirements.keys()).chain(board.decisions.keys()).copied().collect();
        dice.pick(&ids)
    }

    fn change(&self, desk: &Desk, dice: &mut Dice, fair: bool, made: Id) -> Option<Change> {
        let note = self.note(desk, dice, fair);
        let other = self.other(desk, dice, fair);
        let board = desk.board();
        Some(match dice.below(22) {
            0..=2 => Change::NotePlaced {
                // The same id twice comes of bringing one file in on two machines.
                id: if fair || !dice.one_in(8) { made } else { note? },
                kind: kind(dice),
                wording: word(dice),
                at: point(dice),
                size: size(dice),
                z: 0,
                host: note.filter(|_| dice.one_in(4)),
                author: String::new(),
                details: details(dice),
            },
            3 | 4 => Change::NoteMoved { note: note?, to: point(dice) },
            5 => Change::NoteResized { note: note?, size: size(dice) },
            6..=8 => {
                let note = note?;
                let mut over = seen(board, note);
                if !fair {
                    over.extend(dice.pick(&self.wordings));
                    over.extend(dice.pick(&self.wordings));
                }
                Change::NoteReworded { note, wording: word(dice), over }
            }
            9 => Change::NoteRecast { note: note?, kind: kind(dice) },
            10 | 11 => {
                let (note, host) = (note?, self.note(desk, dice, fair).filter(|_| !dice.one_in(4)));
                let on = |id: &Id| board.notes.get(id).and_then(|note| note.host);
                if fair && std::iter::successors(host, on).any(|id| id == note) {
                    return None;
                }
                Change::NoteStuck { note, host }
            }
            12 => Change::NoteLayered { note: note?, z: dice.below(5) as i64 },
            13 | 14 => Change::NoteRemoved { note: note?, saw: seen(board, note?) },
            15 => Change::NotesConnected {
                id: made,
                from: note?,
                to: self.note(desk, dice, fair)?,
                details: details(dice),
            },
            16 => match dice.below(4) {
                0 => Change::LaneDrawn { id: made, y: dice.below(9) as i32, details: details(dice) },
                1 => Change::RequirementWritten { id: made, details: details(dice) },
                2 => Change::DecisionWritten { id: made, details: details(dice) },
                _ => Change::ContextFramed {
                    id: made,
                    frame: Frame::Context,
                    rect: Rect { at: point(dice), size: size(dice) },
                    details: details(dice),
                },
            },
            17 => Change::VoteCast { note: note?, who: None, by: String::new(), votes: dice.below(3) as u32 },
            18 => {
                let (field, value) = detail(dice);
                let of = if dice.one_in(2) { note } else { other };
                Change::DetailSet { of, field, value }
            }
            19 => {
                let context = other?;
                if fair && !board.contexts.contains_key(&context) {
                    return None;
                }
                Change::ContextReshaped { context, rect: Rect { at: point(dice), size: size(dice) } }
            }
            20 => Change::ThingRemoved { thing: other? },
            _ => {
                let thing = if dice.one_in(2) { dice.pick(&self.notes) } else { dice.pick(&self.others) };
                Change::ThingRestored { thing: thing.filter(|_| !fair)? }
            }
        })
    }
}
