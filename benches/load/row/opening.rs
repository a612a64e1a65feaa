//! A room that comes into memory.

use std::path::Path;
use std::time::Duration;

use squall::model::Heads;
use tokio::time::Instant;

use crate::goal::{Goal, median};
use crate::member::Member;
use crate::place::{fill, folder, journal};
use crate::server::Server;

const LINES: u64 = 300_000;
const ROUNDS: usize = 3;
const ROOM: &str = "large";

/// A room of 300,000 lines: until the first is greeted, against reading the lines from the journal.
pub(crate) async fn run() {
    let place = folder("opening");
    fill(&place, &[ROOM.to_owned()], LINES).await;
    let (mut these, mut those) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        those.push(read(&place).await);
        let ours = Server::relay(&place);
        let start = Instant::now();
        let mut member = Member::enter(&ours, ROOM).await;
        while !member.is_greeted && member.hear().await {}
        these.push(start.elapsed());
    }
    Goal::at_most("opening: a room of 300,000 lines / reading them", 3.0)
        .print_ratio(median(these), median(those));
}

async fn read(place: &Path) -> Duration {
    let journal = journal(place);
    let start = Instant::now();
    let mut replay = journal.replay(&ROOM.parse().expect("a plain name"), Heads::default());
    let mut lines = 0;
    while let Some(some) = replay.next().await.expect("it can be read") {
        lines += some.len() as u64;
    }
    assert_eq!(lines, LINES);
    start.elapsed()
}
