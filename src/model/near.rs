//! What hangs on a note.

use super::board::Board;
use super::id::Id;

/// What hangs on a note, by id: asked of an index where there is one, of the board itself where there is none.
pub trait Near {
    /// The notes stuck on a note.
    fn stuck_on(&self, host: Id) -> Vec<Id>;
    /// The arrows that start at a note or point to it.
    fn arrows_at(&self, note: Id) -> Vec<Id>;
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
}
