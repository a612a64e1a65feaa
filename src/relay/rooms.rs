//! The rooms of a relay: each is loaded once, however many come at the same time, and goes from memory when it has been
//! at rest for long.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OnceCell;
use tokio::sync::mpsc::{Sender, WeakSender, channel};
use tokio::sync::oneshot;

use super::Relay;
use super::load::load;
use super::room::{Event, Task, role_of};
use crate::model::RoomName;
use crate::store::{RoomCard, StoreError};
use crate::wire::close::Close;
use crate::wire::frame::Role;
use crate::wire::limit::ROOMS_MAX;

/// What happens to a room and was not come to yet, at most: whoever sends more waits.
const EVENTS_MAX: usize = 1_024;

/// The rooms that are in memory, and the cards of those somebody asked for.
#[derive(Debug, Default)]
pub(super) struct Rooms {
    live: Mutex<HashMap<RoomName, Arc<OnceCell<Sender<Event>>>>>,
    cards: Mutex<HashMap<RoomName, RoomCard>>,
}

impl Rooms {
    /// What a token lets its bearer do in a room. A room that is not there and a token that is wrong are alike.
    pub(super) async fn role(&self, relay: &Relay, name: &RoomName, hash: &str) -> Result<Role, Close> {
        let known = lock(&self.cards).get(name).cloned();
        let card = match known {
            Some(card) => Some(card),
            None => match relay.journal.card(name).await {
                Ok(card) => card,
                Err(error) => {
                    tracing::error!(%error, "a room's card cannot be read");
                    return Err(Close::GoingDown);
                }
            },
        };
        let card = card.ok_or(Close::Token)?;
        let role = role_of(&card, hash).ok_or(Close::Token)?;
        // What a facilitator decided meanwhile stands.
        lock(&self.cards).entry(name.clone()).or_insert(card);
        Ok(role)
    }

    /// Remembers the card of a room.
    pub(super) fn know(&self, name: &RoomName, card: &RoomCard) {
        lock(&self.cards).insert(name.clone(), card.clone());
    }

    /// Makes a room.
    pub(super) async fn create(&self, relay: &Relay, name: &RoomName, card: RoomCard) -> Result<(), Close> {
        let rooms = relay.journal.rooms().await.map_err(|_| Close::GoingDown)?;
        if rooms.len() >= ROOMS_MAX {
            return Err(Close::Full);
        }
        match relay.journal.create(name, card.clone()).await {
            Ok(()) => {
                self.know(name, &card);
                Ok(())
            }
            Err(StoreError::RoomExists(_)) => Err(Close::OtherBoard),
            Err(error) => {
                tracing::error!(%error, "a room cannot be made");
                Err(Close::GoingDown)
            }
        }
    }

    /// The way into a room, which is loaded where it is not in memory: everybody who comes meanwhile waits for the same
    /// loading.
    pub(super) async fn enter(
        &self,
        relay: &Arc<Relay>,
        name: &RoomName,
    ) -> Result<Sender<Event>, StoreError> {
        let cell = lock(&self.live).entry(name.clone()).or_default().clone();
        let way = cell.get_or_try_init(|| async {
            let no_room = || StoreError::NoRoom(name.clone());
            let card = relay.journal.card(name).await?.ok_or_else(no_room)?;
            let room = load(relay, name, &card).await?;
            let (way, events) = channel(EVENTS_MAX);
            let task = Task::new(relay.clone(), name.clone(), card, room);
            tokio::spawn(task.run(events, way.downgrade()));
            Ok(way)
        });
        way.await.cloned()
    }

    /// Takes a room out of memory, if it is this one and still wants that; whether it did.
    pub(super) fn forget(
        &self,
        name: &RoomName,
        way: &WeakSender<Event>,
        wants: impl FnOnce() -> bool,
    ) -> bool {
        let mut live = lock(&self.live);
        let Some(way) = way.upgrade() else { return true };
        let is_this = live.get(name).and_then(|cell| cell.get()).is_some_and(|it| it.same_channel(&way));
        // Whoever holds the way without being in the room yet is about to come in: the map has one, `way` is one.
        if !is_this || way.strong_count() > 2 || !wants() {
            return !is_this;
        }
        live.remove(name);
        lock(&self.cards).remove(name);
        true
    }

    /// How many are in memory.
    pub(super) fn len(&self) -> usize {
        lock(&self.live).len()
    }

    /// Ends all of them and waits until everybody in them was told so.
    pub(super) async fn stop(&self) {
        let ways: Vec<_> = lock(&self.live).values().filter_map(|cell| cell.get().cloned()).collect();
        for way in ways {
            let (done, told) = oneshot::channel();
            if way.send(Event::Stop(done)).await.is_ok() {
                drop(told.await);
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
