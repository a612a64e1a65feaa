//! Many at once, each at the same pace, and what that took of the server.

use std::time::Duration;

use futures_util::future::join_all;
use tokio::task::spawn_local;
use tokio::time::Instant;

use crate::goal::p99;
use crate::member::{Member, Pace};
use crate::server::Server;

/// How many knock at once.
const KNOCK: usize = 50;
/// How long after the last has come it begins.
const REST: Duration = Duration::from_millis(50);

/// What was found.
pub(crate) struct Storm {
    pub(crate) cpu: Duration,
    pub(crate) took: Duration,
    /// Lines that came to members, all together, and how many should have.
    pub(crate) heard: u64,
    pub(crate) expected: u64,
    pub(crate) p99: Duration,
    pub(crate) kept_p99: Duration,
    /// Members that the server let go, and deeds that it refused.
    pub(crate) closed: usize,
    pub(crate) refused: u64,
}

impl Storm {
    /// What one line to one member costs the server, in microseconds.
    pub(crate) fn cost(&self) -> f64 {
        self.cpu.as_secs_f64() * 1e6 / self.heard as f64
    }

    /// Lines that did not come, and deeds that were not taken.
    pub(crate) fn missing(&self) -> u64 {
        self.expected - self.heard + self.refused
    }
}

/// So many members in each of these rooms, those of a room one after another.
pub(crate) async fn gather(server: &Server, rooms: &[String], each: usize) -> Vec<Member> {
    let seats: Vec<&String> = rooms.iter().flat_map(|room| (0..each).map(move |_| room)).collect();
    let mut members = Vec::with_capacity(seats.len());
    for some in seats.chunks(KNOCK) {
        members.extend(join_all(some.iter().map(|room| Member::join(server, room))).await);
    }
    members
}

/// Has all of them storm, `each` in a room.
pub(crate) async fn storm(server: &Server, members: &mut Vec<Member>, each: usize, pace: Pace) -> Storm {
    let (start, before) = (Instant::now() + REST, server.cpu());
    let expects = pace.deeds() * each as u64;
    let count = members.len();
    let apart = Duration::from_secs_f64(1.0 / pace.hz.max(pace.presence_hz) / count as f64);
    let run = |(mut member, nth): (Member, u32)| {
        // Those of one room do not follow on each other.
        let begins = start + apart * (nth.wrapping_mul(7_919) % count as u32);
        spawn_local(async move {
            member.storm(pace, begins, expects).await;
            member
        })
    };
    let running: Vec<_> = members.drain(..).zip(0..).map(run).collect();
    for member in running {
        members.push(member.await.expect("nobody gives up"));
    }
    let took = start.elapsed();
    let all = |times: fn(&Member) -> &Vec<u32>| p99(members.iter().flat_map(times).copied().collect());
    Storm {
        cpu: server.cpu() - before,
        took,
        heard: members.iter().map(|member| member.heard).sum(),
        expected: expects * count as u64,
        p99: all(|member| &member.delivered),
        kept_p99: all(|member| &member.kept),
        closed: members.iter().filter(|member| member.closed.is_some()).count(),
        refused: members.iter().map(|member| member.refused).sum(),
    }
}
