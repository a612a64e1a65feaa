//! Where people are, which is never kept.

use crate::goal::{Goal, median, millis};
use crate::member::Pace;
use crate::place::{fill, folder};
use crate::server::Server;
use crate::storm::{Storm, gather, storm};

const MEMBERS: usize = 50;
const HZ: f64 = 20.0;
const SECONDS: f64 = 2.5;
const ROUNDS: usize = 3;

/// 50 people who move all the time, against as many deeds; and deeds beside that, against deeds alone.
pub(crate) async fn run() {
    let (place, rooms) = (folder("presence"), ["shop".to_owned()]);
    fill(&place, &rooms, 0).await;
    let ours = Server::relay(&place);
    let mut members = gather(&ours, &rooms, MEMBERS).await;
    let [quiet, deeds] = [2.0, HZ].map(|hz| Pace::of(hz, SECONDS));
    let moving = Pace { presence_hz: HZ, ..Pace::of(0.0, SECONDS) };
    let beside = Pace { presence_hz: HZ, ..quiet };
    let mut found = [const { Vec::new() }; 4];
    for _ in 0..ROUNDS {
        for (pace, found) in [moving, deeds, quiet, beside].into_iter().zip(&mut found) {
            found.push(storm(&ours, &mut members, MEMBERS, pace).await);
        }
    }
    let of = |all: &[Storm], found: fn(&Storm) -> f64| median(all.iter().map(found).collect());
    let [moving, deeds, quiet, beside] = found;
    let cpu = |all: &[Storm]| of(all, |it| millis(it.cpu));
    let numbers = format!("{:.0} / {:.0} ms in {SECONDS} s", cpu(&moving), cpu(&deeds));
    Goal::at_most("presence: cpu of 50 at 20 Hz / as many deeds", 0.5)
        .print(cpu(&moving) / cpu(&deeds), &numbers);
    let p99 = |all: &[Storm]| of(all, |it| millis(it.p99));
    let numbers = format!("{:.1} - {:.1} ms", p99(&beside), p99(&quiet));
    Goal::at_most("presence: p99 of deeds beside it - without it, ms", 5.0)
        .print(p99(&beside) - p99(&quiet), &numbers);
}
