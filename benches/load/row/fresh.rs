//! Rooms that nobody was in yet.

use std::time::Duration;

use futures_util::future::join_all;
use tokio::task::spawn_local;
use tokio::time::{Instant, timeout};

use crate::goal::Goal;
use crate::member::Member;
use crate::place::{fill, folder};
use crate::server::Server;

const ROOMS: usize = 1_000;
const MEMBERS: u64 = 8;
/// Rooms that are joined at the same time.
const AT_ONCE: usize = 25;
const PATIENCE: Duration = Duration::from_secs(10);

/// A thousand rooms, each joined by eight at once: whether all of them hear what each does.
pub(crate) async fn run() {
    let place = folder("fresh");
    let rooms: Vec<String> = (0..ROOMS).map(|nth| format!("room-{nth}")).collect();
    fill(&place, &rooms, 0).await;
    let ours = Server::relay(&place);
    let (start, mut split) = (Instant::now(), 0);
    for some in rooms.chunks(AT_ONCE) {
        split += join_all(some.iter().map(|room| is_split(&ours, room)))
            .await
            .into_iter()
            .filter(|it| *it)
            .count();
    }
    let numbers = format!("of {ROOMS}, {MEMBERS} at once in each, in {:.1?}", start.elapsed());
    Goal::at_most("fresh: rooms that are two", 0.0).print(split as f64, &numbers);
}

/// Whether somebody does not hear everybody.
async fn is_split(server: &Server, room: &str) -> bool {
    let mut members = join_all((0..MEMBERS).map(|_| Member::join(server, room))).await;
    for member in &mut members {
        member.act(1, 0).await;
    }
    let hear = |mut member: Member| {
        spawn_local(async move {
            let all = async { while member.heard < MEMBERS && member.hear().await {} };
            timeout(PATIENCE, all).await.is_err() || member.heard < MEMBERS
        })
    };
    join_all(members.into_iter().map(hear)).await.into_iter().any(|lacks| lacks.expect("nobody gives up"))
}
