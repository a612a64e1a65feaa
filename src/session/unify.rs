//! Two notes that say the same become one, or stay two with a question on them.

use std::collections::BTreeSet;

use crate::command::{Command, NewArrow};
use crate::model::thing::texts_of;
use crate::model::{Board, Id};

/// What makes one note of two: `gone` is removed; its arrows, what is stuck on it and the requirements it meets go over to
/// `kept`. Nothing where one of them is not there.
pub fn unifying(board: &Board, kept: Id, gone: Id) -> Option<Command> {
    let by = board.notes.get(&kept)?.at.minus(board.notes.get(&gone)?.at);
    let mut joined: BTreeSet<(Id, Id)> = board.arrows.values().map(|arrow| (arrow.from, arrow.to)).collect();
    let over = |id: Id| if id == gone { kept } else { id };
    let mut commands = Vec::new();
    for arrow in board.arrows.values().filter(|arrow| [arrow.from, arrow.to].contains(&gone)) {
        let (from, to) = (over(arrow.from), over(arrow.to));
        if from != to && joined.insert((from, to)) {
            commands.push(Command::Connect(NewArrow { from, to, details: arrow.details.clone() }));
        }
    }
    for note in board.notes.values().filter(|note| note.host == Some(gone)) {
        commands.push(Command::Stick { note: note.id, host: Some(kept) });
        commands.push(Command::Move { things: vec![note.id], by });
    }
    for sentence in board.requirements.values().filter(|it| it.met_by().any(|id| id == gone)) {
        commands.push(Command::Meet { requirement: sentence.id, notes: vec![kept] });
    }
    commands.push(Command::Remove { things: vec![gone] });
    Some(Command::All(commands))
}

/// What makes a rule silent about a note, or about the whole wall where none is named.
pub fn dismissing(board: &Board, rule: &str, note: Option<Id>) -> Command {
    let (details, field) = match note.and_then(|id| board.details_of(id)) {
        Some(details) => (details, "dismissed"),
        None => (&board.details, "lint_off"),
    };
    let mut rules: Vec<&str> = texts_of(details, field).filter(|it| *it != rule).collect();
    rules.push(rule);
    Command::Set { of: note, field: field.to_owned(), value: rules.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::decide;
    use crate::model::NoteKind;
    use crate::model::tests::{board, id, note};
    use crate::model::{Arrow, Details, EntryId};

    #[test]
    fn one_of_two_goes_and_what_hangs_on_it_goes_over() {
        let texts = ["주문하기", "주문됨", "주문이 완료됨", "결제 요청", "왜?"];
        let kinds = [
            NoteKind::Command,
            NoteKind::DomainEvent,
            NoteKind::DomainEvent,
            NoteKind::Command,
            NoteKind::Hotspot,
        ];
        let mut board = board((0..).zip(kinds.into_iter().zip(texts)).map(|(n, (kind, text))| {
            let mut note = note(n, kind, text, 40 * n as i32, 0);
            note.host = (kind == NoteKind::Hotspot).then_some(id(2));
            note
        }));
        for (n, from, to) in [(10, 0, 1), (11, 0, 2), (12, 2, 3), (13, 1, 2)] {
            let arrow = Arrow { id: id(n), from: id(from), to: id(to), details: Details::new() };
            board.arrows.insert(arrow.id, arrow);
        }
        let command = unifying(&board, id(1), id(2)).unwrap();
        let Command::All(commands) = &command else { panic!("{command:?}") };
        let told: Vec<String> = commands
            .iter()
            .map(|command| match command {
                Command::Connect(arrow) => format!("{} > {}", arrow.from, arrow.to),
                Command::Stick { note, host } => format!("{note} on {}", host.unwrap()),
                Command::Move { things, by } => format!("{} by {}", things[0], by.x),
                Command::Remove { things } => format!("- {}", things[0]),
                other => format!("{other:?}"),
            })
            .collect();
        let name = |n| id(n).to_string();
        assert_eq!(
            told,
            [
                format!("{} > {}", name(1), name(3)),
                format!("{} on {}", name(4), name(1)),
                format!("{} by -40", name(4)),
                format!("- {}", name(2)),
            ]
        );
        let entry: EntryId = "mendauthor.1".parse().unwrap();
        assert!(!decide(&board, entry, &command).unwrap().is_empty());
        assert_eq!(unifying(&board, id(1), id(9)), None);
    }
}
