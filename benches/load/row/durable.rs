//! Deeds that are kept as fast as they come.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use squall::model::{EntryId, RoomName};
use squall::store::Journal;
use tokio::task::spawn_local;
use tokio::time::Instant;

use crate::goal::{Goal, median};
use crate::line::record;
use crate::member::Member;
use crate::place::{author, fill, folder, journal};
use crate::server::Server;
use crate::storm::gather;

const ROOMS: usize = 8;
const WRITERS: usize = 8;
/// Deeds of each writer, within what a relay takes at once from a connection.
const DEEDS: u64 = 150;
const ROUNDS: u64 = 5;

/// 64 writers in eight rooms who hear each other: over sockets, where nobody has to wait for being kept before going on,
/// and straight into a journal, one append after the other.
pub(crate) async fn run() {
    let rooms: Vec<String> = (0..ROOMS).map(|nth| format!("room-{nth}")).collect();
    let [place, beside] = [folder("durable"), folder("durable-alone")];
    fill(&place, &rooms, 0).await;
    fill(&beside, &rooms, 0).await;
    let (ours, alone) = (Rc::new(Server::relay(&place)), journal(&beside));
    let (mut these, mut those) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        these.push(deeds(&ours, &rooms).await);
        those.push(appends(&alone, &rooms, round).await);
    }
    let a_second = |took: Duration| (ROOMS * WRITERS) as f64 * DEEDS as f64 / took.as_secs_f64();
    let (this, that) = (a_second(median(these)), a_second(median(those)));
    let numbers = format!("{:.1} / {:.1} thousand a second", this / 1e3, that / 1e3);
    Goal::at_least("durable: deeds of 64 writers / the store alone", 0.5).print(this / that, &numbers);
}

async fn deeds(server: &Server, rooms: &[String]) -> Duration {
    let members = gather(server, rooms, WRITERS).await;
    let start = Instant::now();
    let write = |mut member: Member| {
        spawn_local(async move {
            for _ in 0..DEEDS {
                member.act(1, 0).await;
            }
            while !member.is_kept() && member.hear().await {}
            assert!(member.closed.is_none() && member.refused == 0, "it is within what a relay takes");
        })
    };
    for writing in members.into_iter().map(write).collect::<Vec<_>>() {
        writing.await.expect("nobody gives up");
    }
    start.elapsed()
}

async fn appends(journal: &Arc<dyn Journal>, rooms: &[String], round: u64) -> Duration {
    let start = Instant::now();
    let write = |nth: usize| {
        let (journal, room) =
            (journal.clone(), rooms[nth % ROOMS].parse::<RoomName>().expect("a plain name"));
        spawn_local(async move {
            let author = author(1_000 * (round + 1) + nth as u64);
            for counter in 1..=DEEDS {
                let kept = journal.append(&room, vec![record(EntryId { author, counter })]).await;
                drop(kept.expect("the disk takes it"));
            }
        })
    };
    drop(join_all((0..ROOMS * WRITERS).map(write)).await);
    start.elapsed()
}
