use proptest::prelude::*;

use super::*;
use crate::command::decide;
use crate::history::History;
use crate::model::NoteKind::{DomainEvent, Hotspot};
use crate::model::tests::{Hand, board, boards_by, id, note};
use crate::model::{Change, Deed, Entry, EntryId, Frame, Line, PersonId, Rect, Wording};

/// Carries a command out on a wall, as the `n`th deed; how many changes that were.
fn perform(history: &mut History, n: u64, command: &Command) -> usize {
    let entry = EntryId { author: crate::model::Author::from_random(7), counter: n };
    let changes = match decide(history.board(), entry, command) {
        Ok(changes) => changes,
        Err(refused) if refused.0.key.0 == "reject-nothing-changes" => return 0,
        Err(refused) => panic!("{refused}"),
    };
    assert!(changes.iter().all(Change::is_within_limits));
    let count = changes.len();
    let deeds = changes.into_iter().map(|change| Deed { change, at_mark: None });
    let line = Line::write(Entry {
        id: entry,
        t: n,
        at: String::new(),
        who: PersonId("p7".into()),
        by: "Ana".into(),
        part: None,
        undo: None,
        redo: None,
        deeds: (0..).zip(deeds).collect(),
        has_unread: false,
    });
    history.absorb(line.expect("a small board fits a line"));
    count
}

fn wall(board: &Board) -> History {
    let mut history = History::new(&board.id);
    perform(&mut history, 1, &Command::Import(Box::new(board.clone())));
    history
}

/// What of a board can be compared, once it has been made anew: not who wrote its wordings.
fn plain(mut board: Board) -> Board {
    for note in board.notes.values_mut() {
        let texts = note.wording.alternatives().into_iter().map(|text| (id(0), text.to_owned()));
        note.wording = Wording { values: texts.collect() };
        note.author =
            Some(note.author.as_str()).filter(|author| !author.is_empty()).unwrap_or("Ana").to_owned();
    }
    board
}

/// An arrow, and a frame, whatever their ids.
type Ends = (Id, Id, Details);
type Shape = (Rect, Frame, Details);

/// What of a board an edit can reach. An arrow with other ends and a frame of the other sort are made anew.
fn reachable(mut board: Board) -> (Board, Vec<Ends>, Vec<Shape>) {
    for note in board.notes.values_mut() {
        note.wording = Wording { values: vec![(id(0), note.text().to_owned())] };
        (note.z, note.author) = (0, String::new());
    }
    let arrows = std::mem::take(&mut board.arrows).into_values();
    let mut arrows: Vec<_> = arrows.map(|arrow| (arrow.from, arrow.to, arrow.details)).collect();
    arrows.sort_by_key(|(from, to, _)| (*from, *to));
    let frames = std::mem::take(&mut board.contexts).into_values();
    let mut frames: Vec<_> = frames.map(|context| (context.rect, context.frame, context.details)).collect();
    frames.sort_by_key(|(rect, frame, details)| (*rect, *frame, format!("{details:?}")));
    (board, arrows, frames)
}

proptest! {
    #[test]
    fn an_imported_board_is_the_board(board in boards_by(Hand::Careful)) {
        let history = wall(&board);
        prop_assert_eq!(plain(history.board().clone()), plain(board));
    }

    #[test]
    fn one_board_becomes_the_other_in_one_deed(old in boards_by(Hand::Careful), new in boards_by(Hand::Careful)) {
        let mut history = wall(&old);
        perform(&mut history, 2, &changes_between(&old, &new, true));
        prop_assert_eq!(reachable(history.board().clone()), reachable(new));
        let now = history.board().clone();
        prop_assert_eq!(changes_between(&now, &now, true), Command::All(Vec::new()));
    }

    #[test]
    fn without_pruning_nothing_goes(old in boards_by(Hand::Careful), new in boards_by(Hand::Careful)) {
        let mut history = wall(&old);
        perform(&mut history, 2, &changes_between(&old, &new, false));
        let now = history.board();
        prop_assert!(old.notes.keys().chain(new.notes.keys()).all(|id| now.notes.contains_key(id)));
        prop_assert!(old.decisions.keys().chain(new.decisions.keys()).all(|id| now.decisions.contains_key(id)));
        for (id, note) in &old.notes {
            prop_assert!(note.details.keys().all(|field| now.notes[id].details.contains_key(field)));
        }
    }
}

#[test]
fn the_same_import_twice_changes_nothing() {
    let once = board([note(0, DomainEvent, "주문됨", 0, 0), note(1, DomainEvent, "결제됨", 30, 0)]);
    let mut history = wall(&once);
    let again = changes_between(history.board(), &once, false);
    assert_eq!(perform(&mut history, 2, &again), 0);
    let refused = decide(history.board(), "abcdefghij.1".parse().unwrap(), &Command::Import(Box::new(once)));
    assert_eq!(refused.unwrap_err().0.key.0, "reject-id-taken");
}

#[test]
fn a_host_and_what_hangs_on_it_move_in_one_command() {
    let mut pain = note(1, Hotspot, "누가?", 5, 5);
    pain.host = Some(id(0));
    let old = board([note(0, DomainEvent, "주문됨", 0, 0), pain]);
    let mut new = old.clone();
    new.notes.values_mut().for_each(|note| note.at.x += 7);
    let moved = Command::Move { things: vec![id(0)], by: Point::new(7, 0) };
    assert_eq!(changes_between(&old, &new, true), Command::All(vec![moved]));
}

#[test]
fn what_hung_on_something_removed_stays() {
    let stuck = |n, host| Note { host: Some(id(host)), ..note(n, Hotspot, "누가?", 0, 0) };
    let old = board([note(1, DomainEvent, "주문됨", 0, 0), stuck(7, 1), stuck(9, 7)]);
    let new = board([note(1, DomainEvent, "주문됨", 0, 1), note(9, DomainEvent, "누가?", 0, 0)]);
    let mut history = wall(&old);
    perform(&mut history, 2, &changes_between(&old, &new, true));
    assert_eq!(reachable(history.board().clone()), reachable(new));
}
