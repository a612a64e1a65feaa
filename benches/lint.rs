//! What lint and the outline cost: a whole wall against a plain pass over its notes and arrows, and one edit against the
//! whole lint.

use squall::model::{Applied, Board, Context, Details, EntryId, Frame, Id, Note, Rect, Turn};
use squall::query::lint::Lint;
use squall::query::{Outline, Projection};

use crate::{Ratio, wall};

const NOTES: u64 = 10_000;
const ROUNDS: usize = 11;

type Edit = fn(&mut Note);

/// A wall with arrows and ten contexts side by side.
fn framed() -> Board {
    let mut board = wall::joined(NOTES).board().clone();
    for nth in 0..10 {
        let id = EntryId { author: wall::author(), counter: 10 * NOTES + u64::from(nth) }.thing(nth);
        let rect = Rect::new(nth as i32 * 340 - 2, -2, 340, 900);
        let details = Details::from([("name".to_owned(), format!("맥락 {nth}").into())]);
        board.contexts.insert(id, Context { id, frame: Frame::Context, rect, details });
    }
    board
}

/// Reads what every note is, where it lies and what it says, and follows every arrow.
fn pass(board: &Board) -> usize {
    let read = |note: &Note| {
        let place = note.rect().center();
        note.text().chars().count() + note.kind as usize + place.x.unsigned_abs() as usize + place.y as usize
    };
    let ends = board.arrows.values().flat_map(|arrow| [arrow.from, arrow.to]);
    let joined = ends.filter_map(|end| board.notes.get(&end)).map(|note| note.kind as usize);
    board.standing().map(read).sum::<usize>() + joined.sum::<usize>()
}

/// A wall after an edit of one note, with what tells of it and the ends of the steps that turned.
struct Edited {
    board: Board,
    projection: Projection,
    applied: [Applied; 1],
    turned: Vec<Id>,
}

impl Edited {
    fn of(board: &Board, projection: &Projection, edit: impl FnOnce(&mut Note)) -> Edited {
        let (mut board, mut projection) = (board.clone(), projection.clone());
        let mut after = board.notes.values().nth(5_001).cloned().expect("there are more notes");
        let before = after.clone();
        edit(&mut after);
        board.notes.insert(after.id, after.clone());
        let applied = Applied::Note(Turn { before: Some(before), after: Some(after) });
        let turned = projection.absorb(&applied);
        Edited { board, projection, applied: [applied], turned }
    }

    fn take_in(&self, lint: &mut Lint) {
        lint.absorb(&self.applied, &self.turned, &self.board, &self.projection);
    }
}

pub(crate) fn run() {
    let board = framed();
    let projection = Projection::of(&board);
    let whole = |name, run: &dyn Fn()| Ratio { name, most: 60.0 }.measure(ROUNDS, run, || pass(&board));
    let lint = || drop(Lint::of(&board, &projection));
    let outline = || drop(Outline::of(&board, &projection));
    whole("lint: 10,000 notes, against a plain pass", &lint);
    whole("outline: 10,000 notes, against a plain pass", &outline);
    whole("lint + outline: 10,000 notes, against a plain pass", &|| {
        lint();
        outline();
    });
    let edits: [(&str, Edit); 2] = [
        ("lint: one note reworded, against the whole wall", |note| {
            note.wording.values =
                note.wording.values.iter().map(|(id, _)| (*id, "결제됨".to_owned())).collect();
        }),
        ("lint: one note moved, against the whole wall", |note| note.at.y += 3),
    ];
    for (name, edit) in edits {
        let there = Edited::of(&board, &projection, edit);
        let [Applied::Note(Turn { before: Some(before), .. })] = &there.applied else { continue };
        let back = Edited::of(&there.board, &there.projection, |note| *note = before.clone());
        let mut lint = Lint::of(&board, &projection);
        let there_and_back = || [&there, &back].map(|edited| edited.take_in(&mut lint));
        let whole = || [&there, &back].map(|edited| Lint::of(&edited.board, &edited.projection));
        Ratio { name, most: 1.0 / 30.0 }.measure(ROUNDS, there_and_back, whole);
    }
}
