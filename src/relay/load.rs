//! A room comes into memory: its lines are read once, for all who wait for it.

use tokio::sync::mpsc::channel;

use super::Relay;
use super::room::item;
use crate::model::{Heads, RoomName};
use crate::store::{RoomCard, StoreError};
use crate::wire::frame::Item;
use crate::wire::room::{Loading, Room, Rules};

/// Chunks of lines that are read before they are looked at.
const CHUNKS_AHEAD: usize = 2;

/// Reads a room from its journal: what it is and who may come in.
pub(super) async fn load(relay: &Relay, name: &RoomName, card: &RoomCard) -> Result<Room, StoreError> {
    let rules = Rules { is_read_only: card.is_read_only, are_links_locked: card.are_links_locked };
    let secret = getrandom::u64().expect("an operating system that has a network has chance to give");
    let mut loading = Loading::new(&card.board, secret, rules).remembering(&card.standings);
    let mut replay = relay.journal.replay(name, Heads::default());
    let (read, mut chunks) = channel(CHUNKS_AHEAD);
    // The next lines are read while these are taken in.
    let reading = tokio::spawn(async move {
        while let Some(records) = replay.next().await? {
            if read.send(records).await.is_err() {
                break;
            }
        }
        Ok(())
    });
    while let Some(records) = chunks.recv().await {
        let items: Vec<Item> = records.into_iter().map(item).collect();
        loading.add(&items);
    }
    reading.await.unwrap_or(Err(StoreError::Closed))?;
    Ok(loading.done())
}
