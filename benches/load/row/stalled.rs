//! Somebody who stops reading.

use std::collections::BTreeSet;
use std::time::Duration;

use squall::model::{Author, EntryId, Heads};
use tokio::task::spawn_local;
use tokio::time::Instant;

use crate::goal::{Goal, p99};
use crate::member::{Member, Pace};
use crate::place::{fill, folder};
use crate::server::Server;

const ROOM: &str = "shop";
/// Who writes and does not hear, so that this machine can bear it: 70 MB, each within what a relay takes at once.
const WRITERS: usize = 25;
const PACE: Pace = Pace { seconds: 7.0, hz: 13.0, at_once: 1, bytes: 31_200, presence_hz: 0.0 };
const LISTENERS: usize = 4;

/// 70 MB come into a room, once while all read and once while one does not.
pub(crate) async fn run() {
    let place = folder("stalled");
    fill(&place, &[ROOM.to_owned()], 0).await;
    let ours = Server::relay(&place);
    let mut listeners = Vec::new();
    for _ in 0..=LISTENERS {
        listeners.push(Member::join(&ours, ROOM).await);
    }
    // The first makes everything as large as it gets by itself.
    let before = flood(&ours, &mut listeners).await;
    let all_read = flood(&ours, &mut listeners).await;
    let stopped = listeners.pop().expect("there are more");
    let one_stops = flood(&ours, &mut listeners).await;
    let mib = |bytes: u64| bytes as f64 / 1024.0 / 1024.0;
    let numbers = format!("{:.1} - {:.1} MiB at the most", mib(one_stops.peak), mib(all_read.peak));
    Goal::at_most("stalled: what the relay grows by, MiB", 4.0)
        .print(mib(one_stops.peak) - mib(all_read.peak), &numbers);
    Goal::at_most("stalled: others' p99 / all read", 1.5).print_ratio(one_stops.p99, all_read.p99);
    let had = before.ids().chain(all_read.ids()).collect();
    let came = comes_back(&ours, stopped, had).await;
    let lacks = one_stops.ids().filter(|id| !came.contains(id)).count();
    let numbers = format!("of {} since it stopped", one_stops.ids().count());
    Goal::at_most("stalled: lines it lacks when it reads again", 0.0).print(lacks as f64, &numbers);
}

struct Flood {
    authors: Vec<Author>,
    p99: Duration,
    peak: u64,
}

impl Flood {
    fn ids(&self) -> impl Iterator<Item = EntryId> {
        let of = |author: &Author| {
            let author = *author;
            (1..=PACE.deeds()).map(move |counter| EntryId { author, counter })
        };
        self.authors.iter().flat_map(of)
    }
}

async fn flood(server: &Server, listeners: &mut Vec<Member>) -> Flood {
    server.forget_peak();
    let (lines, start) = (PACE.deeds() * WRITERS as u64, Instant::now());
    let (mut authors, mut writing, mut times) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..WRITERS {
        let mut writer = Member::enter(server, ROOM).await;
        authors.push(writer.author);
        writing.push(spawn_local(async move {
            writer.storm(PACE, start, 0).await;
            assert!(writer.is_kept() && writer.refused == 0, "a relay takes what is within its limits");
        }));
    }
    let hear = |mut listener: Member| {
        spawn_local(async move {
            listener.hear_lines(lines).await;
            listener
        })
    };
    for hearing in listeners.drain(..).map(hear).collect::<Vec<_>>() {
        let mut listener = hearing.await.expect("whoever reads is not let go");
        times.append(&mut listener.delivered);
        listeners.push(listener);
    }
    for writing in writing {
        writing.await.expect("nobody gives up");
    }
    Flood { authors, p99: p99(times), peak: server.peak() }
}

/// Reads what is left in its socket, comes again with what it has and reads on: what came since it had stopped.
async fn comes_back(server: &Server, mut stopped: Member, had: Vec<EntryId>) -> BTreeSet<EntryId> {
    stopped.ids = Some(BTreeSet::new());
    while stopped.hear().await {}
    let mut heads = Heads::default();
    for id in had.iter().chain(stopped.ids.iter().flatten()) {
        heads.insert(*id);
    }
    let mut again = Member::enter(server, ROOM).await;
    again.ids = stopped.ids;
    again.catch_up(heads).await;
    again.ids.unwrap_or_default()
}
