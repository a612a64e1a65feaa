//! What lint costs: a whole wall against a plain pass over its notes and arrows, and one edit against the whole wall.

use squall::model::{Applied, Board, Note, Turn};
use squall::query::Projection;
use squall::query::lint::Lint;

use crate::{Ratio, wall};

const NOTES: u64 = 10_000;
const ROUNDS: usize = 11;

type Edit = fn(&mut Note);

/// Reads every wording and follows every arrow.
fn pass(board: &Board) -> usize {
    let letters: usize = board.standing().map(|note| note.text().chars().count()).sum();
    let ends = board.arrows.values().flat_map(|arrow| [arrow.from, arrow.to]);
    letters + ends.filter_map(|end| board.notes.get(&end)).map(|note| note.kind as usize).sum::<usize>()
}

/// The board after an edit of one note, with what tells of it.
fn edited(board: &Board, projection: &Projection, edit: Edit) -> (Board, Projection, Applied) {
    let (mut board, mut projection) = (board.clone(), projection.clone());
    let mut after = board.notes.values().nth(5_001).cloned().expect("there are more notes");
    let before = after.clone();
    edit(&mut after);
    board.notes.insert(after.id, after.clone());
    let applied = Applied::Note(Turn { before: Some(before), after: Some(after) });
    projection.absorb(&applied);
    (board, projection, applied)
}

pub(crate) fn run() {
    let history = wall::joined(NOTES);
    let board = history.board();
    let projection = Projection::of(board);
    let whole = Ratio { name: "lint: 10,000 notes, against a plain pass", most: 60.0 };
    whole.measure(ROUNDS, || Lint::of(board, &projection), || pass(board));
    let edits: [(&str, Edit); 2] = [
        ("lint: one note reworded, against the whole wall", |note| {
            note.wording.values =
                note.wording.values.iter().map(|(id, _)| (*id, "결제됨".to_owned())).collect();
        }),
        ("lint: one note moved, against the whole wall", |note| note.at.y += 3),
    ];
    for (name, edit) in edits {
        let (board, projection, applied) = edited(board, &projection, edit);
        let mut lint = Lint::of(history.board(), &projection);
        let relint = || lint.absorb(std::slice::from_ref(&applied), &board, &projection);
        Ratio { name, most: 1.0 / 30.0 }.measure(ROUNDS, relint, || Lint::of(&board, &projection));
    }
}
