//! Connections that do nothing.

use std::time::Duration;

use tokio::time::sleep;

use crate::bare::Bare;
use crate::goal::{Goal, millis};
use crate::place::{fill, folder};
use crate::server::Server;
use crate::storm::gather;

const ROOMS: usize = 50;
const MEMBERS: usize = 20;
const SECONDS: u64 = 4;

/// What a thousand of them hold, beside what their rooms hold, and what they take.
pub(crate) async fn run() {
    let place = folder("idle");
    let rooms: Vec<String> = (0..ROOMS).map(|nth| format!("room-{nth}")).collect();
    fill(&place, &rooms, 0).await;
    let (ours, bare) = (Server::relay(&place), Server::bare(Bare::Each));
    let mut each = Vec::new();
    for server in [&ours, &bare] {
        // Everything has been used once, and the rooms are there.
        drop(gather(server, &rooms, 2).await);
        sleep(Duration::from_millis(300)).await;
        let before = server.memory();
        let members = gather(server, &rooms, MEMBERS).await;
        let grown = server.memory().saturating_sub(before) as f64 / 1024.0 / members.len() as f64;
        let rested = server.cpu();
        sleep(Duration::from_secs(SECONDS)).await;
        each.push((grown, millis(server.cpu() - rested) / SECONDS as f64));
    }
    let [(kib, cpu), (bare_kib, _)] = each[..] else { return };
    let numbers = format!("{} of them; the bare one holds {bare_kib:.1}", ROOMS * MEMBERS);
    Goal::at_most("idle: KiB a connection", 16.0).print(kib, &numbers);
    Goal::at_most("idle: cpu, ms a second", 5.0).print(cpu, &format!("for all of them, over {SECONDS} s"));
}
