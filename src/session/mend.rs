//! What mends a finding, as a command.

use crate::command::{Command, NewArrow, NewNote};
use crate::model::{Board, Id, NoteKind, Point};
use crate::query::lint::{Finding, Fix};
use crate::words::{Key, Lang, Said};

/// The command that mends a finding, in the words of a language where it takes some; nothing where it cannot be mended so.
pub fn mending(finding: &Finding, board: &Board, lang: Lang) -> Option<Command> {
    let about = finding.about?;
    Some(match finding.fix.clone()? {
        Fix::Reword(wording) => Command::Reword { note: about, wording },
        Fix::SetAside(reason) => {
            Command::SetAside { notes: vec![about], reason: Some(Key(reason).say(lang).to_owned()) }
        }
        Fix::Recast(kind) => Command::Recast { notes: vec![about], kind },
        Fix::PlacePolicyBetween(from, to) => place_policy(board, from, to)?,
        Fix::Ask(said) => asking(board, about, &said, lang)?,
    })
}

/// A policy half-way between two notes, and the arrow that ran past it runs through it.
fn place_policy(board: &Board, from: Id, to: Id) -> Option<Command> {
    let (one, other) = (board.notes.get(&from)?.rect().center(), board.notes.get(&to)?.rect().center());
    let size = NoteKind::Policy.row().size;
    let at = Point::new(one.x.midpoint(other.x) - size.w / 2, one.y.midpoint(other.y) - size.h / 2);
    let policy = NewNote::new(NoteKind::Policy, board.notes.get(&from)?.text()).at(at);
    let through = [NewArrow::new(from, Id::made(0)), NewArrow::new(Id::made(0), to)];
    let placed = Command::PlaceNotes { notes: vec![policy], arrows: through.into() };
    Some(Command::All(vec![placed, Command::Disconnect { from, to }]))
}

/// A hotspot on the lower edge of a note; nothing where it is not there.
pub fn asking(board: &Board, about: Id, said: &Said, lang: Lang) -> Option<Command> {
    let rect = board.notes.get(&about)?.rect();
    let hotspot = NewNote::new(NoteKind::Hotspot, said.speak(lang)).at(Point::new(rect.at.x, rect.bottom()));
    let hotspot = NewNote { host: Some(about), ..hotspot };
    Some(Command::PlaceNotes { notes: vec![hotspot], arrows: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::decide;
    use crate::model::tests::{board, id, note};
    use crate::model::{Arrow, Details, EntryId};
    use crate::query::Projection;
    use crate::query::lint::Lint;

    #[test]
    fn every_fix_is_a_deed_the_wall_allows() {
        let texts = [
            "주문 취소",
            "Cancel order",
            "Order placed",
            "OrderPlaced",
            "Payment received",
            "Payment recieved",
        ];
        let mut notes: Vec<_> = (0..)
            .zip(texts)
            .map(|(n, text)| note(n, NoteKind::DomainEvent, text, 40 * n as i32, 20 * n as i32))
            .collect();
        notes.push(note(6, NoteKind::Command, "Ship order", 300, 0));
        let mut board = board(notes);
        board.details.insert("level".into(), "process".into());
        let arrow = Arrow { id: id(9), from: id(2), to: id(6), details: Details::new() };
        board.arrows.insert(arrow.id, arrow);
        let lint = Lint::of(&board, &Projection::of(&board));
        let mended: Vec<&str> = lint
            .findings()
            .filter_map(|finding| {
                let command = mending(finding, &board, Lang::Ko)?;
                let entry: EntryId = "mendauthor.1".parse().unwrap();
                assert!(!decide(&board, entry, &command).unwrap().is_empty(), "{command:?}");
                Some(finding.rule.id)
            })
            .collect();
        assert_eq!(mended, ["E1", "E2", "E8", "E9", "P4"]);
    }
}
