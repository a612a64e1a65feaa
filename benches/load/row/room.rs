//! One busy room.

use crate::bare::Bare;
use crate::goal::{Goal, median, millis};
use crate::member::Pace;
use crate::place::{fill, folder};
use crate::server::Server;
use crate::storm::{Storm, gather, storm};

const MEMBERS: usize = 50;
const HZ: f64 = 10.0;
const SECONDS: f64 = 3.0;
const ROUNDS: usize = 3;

/// One room, 50 members, each ten deeds a second, against a server that sends everybody one message each 5 ms.
pub(crate) async fn run() {
    let (place, rooms) = (folder("room"), ["shop".to_owned()]);
    fill(&place, &rooms, 0).await;
    let (ours, bare) = (Server::relay(&place), Server::bare(Bare::Gathered));
    let mut here = gather(&ours, &rooms, MEMBERS).await;
    let mut there = gather(&bare, &rooms, MEMBERS).await;
    let (mut these, mut those) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        those.push(storm(&bare, &mut there, MEMBERS, Pace::of(HZ, SECONDS)).await);
        these.push(storm(&ours, &mut here, MEMBERS, Pace::of(HZ, SECONDS)).await);
    }
    let of = |all: &[Storm], found: fn(&Storm) -> f64| median(all.iter().map(found).collect());
    let (cost, bare_cost) = (of(&these, Storm::cost), of(&those, Storm::cost));
    let missing: u64 = these.iter().chain(&those).map(Storm::missing).sum();
    let numbers = format!("{cost:.2} / {bare_cost:.2} us a line and member, {missing} missing");
    Goal::at_most("room: cpu per delivery / gathered", 1.35).print(cost / bare_cost, &numbers);
    let late = |it: &Storm| millis(it.p99);
    let (p99, bare_p99) = (of(&these, late), of(&those, late));
    let numbers = format!("{p99:.1} / {bare_p99:.1} ms");
    Goal::at_most("room: delivery p99 / gathered", 2.0).print(p99 / bare_p99, &numbers);
    let kept = of(&these, |it| millis(it.kept_p99));
    let numbers = format!("{kept:.1} - {p99:.1} ms");
    Goal::at_most("room: kept p99 - delivery p99, ms", 10.0).print(kept - p99, &numbers);
}
