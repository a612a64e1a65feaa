//! As much as one room bears.

use crate::bare::Bare;
use crate::goal::{Goal, millis};
use crate::member::{Member, Pace};
use crate::place::{fill, folder};
use crate::server::Server;
use crate::storm::{Storm, gather, storm};

const MEMBERS: usize = 50;
/// Messages of one member in a second: a relay takes 50.
const HZ: f64 = 40.0;
const SECONDS: f64 = 1.0;
/// Deeds in each message, ever more.
const AT_ONCE: [u64; 12] = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 19, 24];
const P99_MS_MAX: f64 = 200.0;

fn pace(at_once: u64) -> Pace {
    Pace { at_once, ..Pace::of(HZ, SECONDS) }
}

/// Lines a second that came to members, the most of which 99 of 100 were in time, and the step that was too much.
async fn most(server: &Server, rooms: &[String]) -> (f64, u64) {
    let mut most = 0.0;
    for at_once in AT_ONCE {
        let mut members = gather(server, rooms, MEMBERS).await;
        let found = storm(server, &mut members, MEMBERS, pace(at_once)).await;
        if millis(found.p99) > P99_MS_MAX || found.closed > 0 || found.missing() > 0 {
            return (most, at_once);
        }
        most = f64::max(most, found.heard as f64 / found.took.as_secs_f64());
    }
    (most, AT_ONCE[AT_ONCE.len() - 1])
}

/// The most lines a second that reach members in time, and what becomes of them when it is more.
pub(crate) async fn run() {
    let place = folder("fan-out");
    let rooms = ["shop".to_owned(), "beyond".to_owned()];
    fill(&place, &rooms, 0).await;
    let (ours, bare) = (Server::relay(&place), Server::bare(Bare::Gathered));
    let (bare_most, _) = most(&bare, &rooms[..1]).await;
    let (most, too_much) = most(&ours, &rooms[..1]).await;
    let numbers = format!("{:.0} / {:.0} thousand lines a second", most / 1e3, bare_most / 1e3);
    Goal::at_least("fan-out: deliveries with p99 <= 200 ms / gathered", 0.4)
        .print(most / bare_most, &numbers);
    beyond(&ours, &rooms[1..], 2 * too_much).await;
}

/// Who is too slow is let go and comes again: in the end everybody has everything.
async fn beyond(server: &Server, rooms: &[String], at_once: u64) {
    let mut members = gather(server, rooms, MEMBERS).await;
    let Storm { closed, refused, .. } = storm(server, &mut members, MEMBERS, pace(at_once)).await;
    let kept: usize = members.iter().map(|member| member.kept.len()).sum();
    let newcomer = Member::join(server, &rooms[0]).await.heard;
    let stayed = members.iter().filter(|member| member.closed.is_none());
    let behind = stayed.map(|member| newcomer.abs_diff(member.heard)).max().unwrap_or(0);
    let lost = (kept as u64).saturating_sub(newcomer);
    let numbers = format!(
        "{newcomer} lines to each at twice that; {closed} members let go, {refused} lines put off, {kept} told kept"
    );
    Goal::at_most("fan-out: beyond it, lines lost or not heard", 0.0).print((behind + lost) as f64, &numbers);
}
