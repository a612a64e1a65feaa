//! Who comes to a large wall.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::runtime::Builder;
use tokio::time::Instant;

use crate::bare::Bare;
use crate::goal::{Goal, median};
use crate::member::{Member, Pace};
use crate::place::{fill, folder};
use crate::server::Server;
use crate::storm::{gather, storm};

const LINES: u64 = 10_000;
const ROUNDS: usize = 5;
const COLD_ROUNDS: usize = 3;
/// The wall in a room that is at rest, and in one where others are at work.
const REST: &str = "wall";
const BUSY: &str = "busy";
const EDITORS: usize = 5;
const JOINERS: u64 = 50;

/// Comes in and has caught up: how long that takes, with how many lines.
async fn join(server: &Server, room: &str) -> (Duration, u64) {
    let start = Instant::now();
    let heard = Member::join(server, room).await.heard;
    (start.elapsed(), heard)
}

/// Has a server send the lines.
async fn lines(server: &Server) -> Duration {
    let start = Instant::now();
    let mut member = Member::enter(server, REST).await;
    member.socket.send(&LINES.to_string()).await.expect("it listens");
    while member.heard < LINES && member.hear().await {}
    start.elapsed()
}

/// A wall of 10,000 notes: warm against sending its lines, cold against warm, and 50 at once beside people at work.
pub(crate) async fn run() {
    let (place, rooms) = (folder("join"), [REST.to_owned(), BUSY.to_owned()]);
    fill(&place, &rooms, LINES).await;
    let mut ours = Server::relay(&place);
    let plain = Server::bare(Bare::Lines);
    // Now the room is in memory.
    drop(Member::join(&ours, REST).await);
    let (mut warm, mut raw, mut cold, mut empty) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        raw.push(lines(&plain).await);
        let (took, heard) = join(&ours, REST).await;
        empty += u64::from(heard < LINES);
        warm.push(took);
    }
    for _ in 0..COLD_ROUNDS {
        drop(ours);
        ours = Server::relay(&place);
        let (took, heard) = join(&ours, REST).await;
        empty += u64::from(heard < LINES);
        cold.push(took);
    }
    let (warm, raw, cold) = (median(warm), median(raw), median(cold));
    Goal::at_most("join: 10,000 notes, warm / sending the lines", 2.5).print_ratio(warm, raw);
    Goal::at_most("join: cold / warm", 2.0).print_ratio(cold, warm);
    empty += crowd(ours).await;
    Goal::at_most("join: told live without the whole wall", 0.0).print(empty as f64, "of all who came");
}

/// Fifty who come at once while others are at work; how many were told that they have everything and did not.
async fn crowd(ours: Server) -> u64 {
    let mut editors = gather(&ours, &[BUSY.to_owned()], EDITORS).await;
    let pace = Pace::of(10.0, 3.0);
    let quiet = storm(&ours, &mut editors, EDITORS, pace).await;
    let ours = Arc::new(ours);
    // Those who come have a machine of their own, or at least a thread.
    let server = ours.clone();
    let comers = std::thread::spawn(move || {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime needs nothing");
        runtime.block_on(async {
            let start = Instant::now();
            let all = join_all((0..JOINERS).map(|_| join(&server, BUSY))).await;
            (start.elapsed(), all.into_iter().filter(|(_, heard)| *heard < LINES).count() as u64)
        })
    });
    let busy = storm(&ours, &mut editors, EDITORS, pace).await;
    let (took, empty) = comers.join().expect("nobody gives up");
    let numbers = format!(
        "{:.1?} / {:.1?}, all 50 in after {took:.1?}, {} missing",
        busy.p99,
        quiet.p99,
        busy.missing()
    );
    let ratio = busy.p99.as_secs_f64() / quiet.p99.as_secs_f64();
    Goal::at_most("join: editors' p99 while 50 come at once / quiet", 3.0).print(ratio, &numbers);
    empty
}
