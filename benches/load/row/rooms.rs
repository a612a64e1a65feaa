//! Many small rooms.

use crate::bare::Bare;
use crate::goal::{Goal, median, millis};
use crate::member::Pace;
use crate::place::{fill, folder};
use crate::server::Server;
use crate::storm::{Storm, gather, storm};

const ROOMS: usize = 200;
const MEMBERS: usize = 5;
const HZ: f64 = 2.0;
const SECONDS: f64 = 3.0;
const ROUNDS: usize = 3;

/// 200 rooms, five members each, two deeds a second each, against a server that sends each message to each.
pub(crate) async fn run() {
    let place = folder("rooms");
    let rooms: Vec<String> = (0..ROOMS).map(|nth| format!("room-{nth}")).collect();
    fill(&place, &rooms, 0).await;
    let (ours, bare) = (Server::relay(&place), Server::bare(Bare::Each));
    let mut here = gather(&ours, &rooms, MEMBERS).await;
    let mut there = gather(&bare, &rooms, MEMBERS).await;
    let (mut these, mut those) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        those.push(storm(&bare, &mut there, MEMBERS, Pace::of(HZ, SECONDS)).await);
        these.push(storm(&ours, &mut here, MEMBERS, Pace::of(HZ, SECONDS)).await);
    }
    let of = |all: &[Storm], found: fn(&Storm) -> f64| median(all.iter().map(found).collect());
    let (cost, bare_cost) = (of(&these, Storm::cost), of(&those, Storm::cost));
    let (p99, bare_p99) = (of(&these, |it| millis(it.p99)), of(&those, |it| millis(it.p99)));
    let missing: u64 = these.iter().chain(&those).map(Storm::missing).sum();
    let numbers = format!(
        "{cost:.2} / {bare_cost:.2} us a line and member, p99 {p99:.1} / {bare_p99:.1} ms, {missing} missing"
    );
    Goal::at_most("rooms: cpu per delivery of 200 / each to each", 1.2).print(cost / bare_cost, &numbers);
}
