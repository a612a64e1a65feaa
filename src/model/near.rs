//! What is near a note.

use super::board::Board;
use super::geometry::Rect;
use super::id::Id;

/// What is near a note, by id: asked of an index where there is one, of the board itself where there is none.
pub trait Near {
    /// The notes stuck on a note.
    fn stuck_on(&self, host: Id) -> Vec<Id>;
    /// The arrows that start at a note or point to it.
    fn arrows_at(&self, note: Id) -> Vec<Id>;
    /// The notes standing on any cell of a rectangle, in no order.
    fn within(&self, rect: Rect) -> Vec<Id>;
}

/// Looks through the whole board: right everywhere, quick on small boards only.
impl Near for Board {
    fn stuck_on(&self, host: Id) -> Vec<Id> {
        self.notes.values().filter(|note| note.host == Some(host)).map(|note| note.id).collect()
    }

    fn arrows_at(&self, note: Id) -> Vec<Id> {
        let touches = |arrow: &&super::thing::Arrow| arrow.from == note || arrow.to == note;
        self.arrows.values().filter(touches).map(|arrow| arrow.id).collect()
    }

    fn within(&self, rect: Rect) -> Vec<Id> {
        self.standing().filter(|note| note.rect().overlaps(rect)).map(|note| note.id).collect()
    }
}
