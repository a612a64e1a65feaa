//! Whoever goes over a limit gets the answer that belongs to it, and two who mean well go on as if nothing were.
//!
//! What a person may do on a wall is looked at where it is decided; here is what a relay is asked to bear.

mod door;
mod rooms;
mod talk;

use std::sync::Arc;

use squall::relay::Relay;

use super::pair::undisturbed;

/// Has somebody go over a limit while two storm in the same room: what they are answered.
async fn check(answer: &str, does: impl AsyncFnOnce(&Arc<Relay>) -> String) {
    check_at(&super::client::relay().await, "shop", answer, does).await;
}

/// The same at this relay, with the two in this room.
async fn check_at(
    relay: &Arc<Relay>,
    room: &str,
    answer: &str,
    does: impl AsyncFnOnce(&Arc<Relay>) -> String,
) {
    assert_eq!(undisturbed(relay, room, does).await, answer);
}
