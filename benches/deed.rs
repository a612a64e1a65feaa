//! What a deed costs: deciding, folding and telling the read side that a note was moved.

use rstar::RTree;
use rstar::primitives::{GeomWithData, Rectangle};
use squall::command::{Command, decide_near};
use squall::history::History;
use squall::model::{EntryId, Id, Note, Point};
use squall::query::Projection;

use crate::{Ratio, wall};

const ROUNDS: usize = 2_001;

type Leaf = GeomWithData<Rectangle<[i32; 2]>, Id>;

fn leaf(note: &Note, at: Point) -> Leaf {
    let far = [at.x + note.size.w, at.y + note.size.h];
    GeomWithData::new(Rectangle::from_corners([at.x, at.y], far), note.id)
}

/// A wall, its read side, and the bare index a whiteboard cannot do without.
struct Wall {
    history: History,
    projection: Projection,
    tree: RTree<Leaf>,
    next: u64,
}

impl Wall {
    fn of(notes: u64) -> Wall {
        let history = wall::history(notes);
        let projection = Projection::of(history.board());
        let tree = RTree::bulk_load(history.board().notes.values().map(|note| leaf(note, note.at)).collect());
        Wall { history, projection, tree, next: notes + 1 }
    }

    fn some_note(&self) -> Id {
        EntryId {
            author: wall::author(),
            counter: self.next * 7_919 % self.history.board().notes.len() as u64 + 1,
        }
        .thing(0)
    }

    fn move_a_note(&mut self) {
        let entry = EntryId { author: wall::author(), counter: self.next };
        let by = Point::new(if self.next.is_multiple_of(2) { 3 } else { -3 }, 0);
        let command = Command::Move { things: vec![self.some_note()], by };
        let mut changes = decide_near(self.history.board(), &self.projection, entry, &command)
            .expect("a note may be moved");
        let line = wall::line(self.next, changes.swap_remove(0));
        for applied in self.history.absorb(line) {
            self.projection.absorb(&applied);
        }
        self.next += 1;
    }

    fn reindex_a_note(&mut self) {
        let note = &self.history.board().notes[&self.some_note()];
        let (old, new) = (leaf(note, note.at), leaf(note, note.at.shifted(Point::new(3, 0))));
        for (from, to) in [(&old, new), (&new, old)] {
            self.tree.remove(from);
            self.tree.insert(to);
        }
    }
}

/// A move against removing and inserting in an R-tree, twice, so that both leave the wall as they found it.
pub(crate) fn run() {
    for (name, notes) in [
        ("two moves / two R-tree remove + insert, 10,000 notes", 10_000),
        ("two moves / two R-tree remove + insert, 100,000 notes", 100_000),
    ] {
        let wall = std::cell::RefCell::new(Wall::of(notes));
        Ratio { name, most: 8.0 }.measure(
            ROUNDS,
            || {
                wall.borrow_mut().move_a_note();
                wall.borrow_mut().move_a_note();
            },
            || wall.borrow_mut().reindex_a_note(),
        );
    }
}

/// The same move on a large and on a small wall.
pub(crate) fn run_sizes() {
    let (mut large, mut small) = (Wall::of(100_000), Wall::of(10_000));
    Ratio { name: "a move, 100,000 notes / 10,000 notes", most: 1.5 }.measure(
        ROUNDS,
        || large.move_a_note(),
        || small.move_a_note(),
    );
}
