//! The lines of a room as they become durable.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast::{self, error::RecvError};

use super::error::StoreError;
use super::journal::Record;
use crate::model::RoomName;

/// Appends a tail may be behind before it is told so.
const BEHIND_MAX: usize = 256;

/// Follows a room.
#[derive(Debug)]
pub struct Tail(broadcast::Receiver<Arc<[Record]>>);

impl Tail {
    /// The lines of the next append, or nothing where the room is gone or the journal closed. One that fell behind is
    /// told [`StoreError::Behind`] once and then goes on; a replay gives what it has missed.
    pub async fn next(&mut self) -> Result<Option<Arc<[Record]>>, StoreError> {
        match self.0.recv().await {
            Ok(records) => Ok(Some(records)),
            Err(RecvError::Closed) => Ok(None),
            Err(RecvError::Lagged(_)) => Err(StoreError::Behind),
        }
    }
}

/// Who follows which room.
#[derive(Debug, Default)]
pub(super) struct Tails(Mutex<HashMap<RoomName, broadcast::Sender<Arc<[Record]>>>>);

impl Tails {
    pub(super) fn take(&self, room: &RoomName) -> Tail {
        let mut tails = self.lock();
        tails.retain(|_, sender| sender.receiver_count() > 0);
        let sender = tails.entry(room.clone()).or_insert_with(|| broadcast::channel(BEHIND_MAX).0);
        Tail(sender.subscribe())
    }

    /// Tells those who follow a room what is durable now.
    pub(super) fn tell(&self, room: &RoomName, records: Vec<Record>) {
        if let Some(sender) = self.lock().get(room).filter(|_| !records.is_empty()) {
            drop(sender.send(records.into()));
        }
    }

    /// Ends the tails of a room.
    pub(super) fn end(&self, room: &RoomName) {
        self.lock().remove(room);
    }

    /// Ends all tails.
    pub(super) fn end_all(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<RoomName, broadcast::Sender<Arc<[Record]>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
