//! The lines of a room, in chunks.

use std::fmt;

use super::answer::Answer;
use super::error::StoreError;
use super::journal::Record;

/// A reading of a room. Between two chunks it holds neither a thread nor a file nor a line, so it may take its time.
pub struct Replay(Box<dyn FnMut() -> Answer<Vec<Record>> + Send>);

impl Replay {
    /// A replay whose chunks are read by `read`; an empty one is the end.
    pub(super) fn of(read: impl FnMut() -> Answer<Vec<Record>> + Send + 'static) -> Replay {
        Replay(Box::new(read))
    }

    /// The next lines, or nothing where that was all.
    pub async fn next(&mut self) -> Result<Option<Vec<Record>>, StoreError> {
        let chunk = (self.0)().await?;
        Ok((!chunk.is_empty()).then_some(chunk))
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Replay")
    }
}
