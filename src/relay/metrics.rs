//! What a relay has done and how it is, as numbers for Prometheus. No room and no person is ever a label.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

use super::Relay;
use crate::wire::close::{Close, Refusal};
use crate::wire::room::Tally;

/// Upper ends of the buckets of a latency, in milliseconds.
const BUCKETS_MS: [u64; 10] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/// Numbers that only grow.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    messages_in: AtomicU64,
    messages_out: AtomicU64,
    bytes_in: AtomicU64,
    bytes_out: AtomicU64,
    lines_in: AtomicU64,
    lines_out: AtomicU64,
    queue_bytes: AtomicU64,
    kept: [AtomicU64; BUCKETS_MS.len() + 1],
    kept_ms: AtomicU64,
    closed: Mutex<BTreeMap<Close, u64>>,
    refused: Mutex<BTreeMap<Refusal, u64>>,
}

impl Metrics {
    pub(super) fn came(&self, bytes: usize) {
        self.messages_in.fetch_add(1, Relaxed);
        self.bytes_in.fetch_add(bytes as u64, Relaxed);
    }

    pub(super) fn went(&self, bytes: usize) {
        self.messages_out.fetch_add(1, Relaxed);
        self.bytes_out.fetch_add(bytes as u64, Relaxed);
    }

    /// An append was durable, or failed, after so many milliseconds.
    pub(super) fn kept(&self, ms: u64) {
        let bucket = BUCKETS_MS.iter().position(|most| ms <= *most).unwrap_or(BUCKETS_MS.len());
        self.kept[bucket].fetch_add(1, Relaxed);
        self.kept_ms.fetch_add(ms, Relaxed);
    }

    pub(super) fn closed(&self, close: Close) {
        *self.closed.lock().unwrap_or_else(PoisonError::into_inner).entry(close).or_default() += 1;
    }

    /// What waited for the members of a room is another number of bytes now.
    pub(super) fn queued(&self, before: usize, now: usize) {
        self.queue_bytes.fetch_add(now as u64, Relaxed);
        self.queue_bytes.fetch_sub(before as u64, Relaxed);
    }

    pub(super) fn tally(&self, tally: &Tally) {
        if *tally == Tally::default() {
            return;
        }
        self.lines_in.fetch_add(tally.lines_in, Relaxed);
        self.lines_out.fetch_add(tally.lines_out, Relaxed);
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        for (why, count) in &tally.refused {
            *refused.entry(*why).or_default() += count;
        }
    }
}

/// Everything as the text that Prometheus reads.
pub(super) fn page(relay: &Relay) -> String {
    let (metrics, pulse) = (&relay.metrics, relay.journal.pulse());
    let mut page = Page::default();
    page.number("squall_connections", "gauge", "Connections that are open.", relay.gate.connections() as u64);
    page.number("squall_rooms", "gauge", "Rooms in memory.", relay.rooms.len() as u64);
    let waits = metrics.queue_bytes.load(Relaxed);
    page.number(
        "squall_queue_bytes",
        "gauge",
        "Bytes of live messages that wait for members, all together.",
        waits,
    );
    for (name, help, value) in [
        ("squall_messages_in_total", "Messages that came.", &metrics.messages_in),
        ("squall_messages_out_total", "Messages that left.", &metrics.messages_out),
        ("squall_bytes_in_total", "Bytes of messages that came.", &metrics.bytes_in),
        ("squall_bytes_out_total", "Bytes of messages that left.", &metrics.bytes_out),
        ("squall_lines_in_total", "New lines that were taken.", &metrics.lines_in),
        ("squall_lines_out_total", "Lines that left, counted for each member.", &metrics.lines_out),
    ] {
        page.number(name, "counter", help, value.load(Relaxed));
    }
    page.number("squall_journal_lines_total", "counter", "Lines made durable.", pulse.lines);
    page.number("squall_journal_bytes_total", "counter", "Bytes of lines made durable.", pulse.bytes);
    page.number("squall_journal_syncs_total", "counter", "Syncs of the journal.", pulse.syncs);
    page.head("squall_journal_sync_seconds_total", "counter", "Time spent in syncs of the journal.");
    page.row("squall_journal_sync_seconds_total", "", pulse.sync_time.as_secs_f64());
    page.latency("squall_kept_seconds", "From taking lines to their being durable.", metrics);
    let slow = metrics.closed.lock().unwrap_or_else(PoisonError::into_inner).get(&Close::TooSlow).copied();
    page.number(
        "squall_slow_closes_total",
        "counter",
        "Members let go for being too slow.",
        slow.unwrap_or(0),
    );
    page.head("squall_closed_total", "counter", "Connections that the relay ended, by close code.");
    for (close, count) in &*metrics.closed.lock().unwrap_or_else(PoisonError::into_inner) {
        page.row("squall_closed_total", &format!("{{code=\"{}\"}}", close.code()), count);
    }
    page.head("squall_refused_total", "counter", "What was not taken, by reason.");
    for (why, count) in &*metrics.refused.lock().unwrap_or_else(PoisonError::into_inner) {
        page.row("squall_refused_total", &format!("{{code=\"{}\"}}", why.code()), count);
    }
    page.0
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn head(&mut self, name: &str, sort: &str, help: &str) {
        writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {sort}").expect("a string takes everything");
    }

    fn row(&mut self, name: &str, label: &str, value: impl std::fmt::Display) {
        writeln!(self.0, "{name}{label} {value}").expect("a string takes everything");
    }

    fn number(&mut self, name: &str, sort: &str, help: &str, value: u64) {
        self.head(name, sort, help);
        self.row(name, "", value);
    }

    fn latency(&mut self, name: &str, help: &str, metrics: &Metrics) {
        self.head(name, "histogram", help);
        let mut sum = 0;
        for (at, count) in metrics.kept.iter().enumerate() {
            sum += count.load(Relaxed);
            let most = BUCKETS_MS.get(at).map_or("+Inf".to_owned(), |ms| (*ms as f64 / 1_000.0).to_string());
            self.row(&format!("{name}_bucket"), &format!("{{le=\"{most}\"}}"), sum);
        }
        self.row(&format!("{name}_sum"), "", metrics.kept_ms.load(Relaxed) as f64 / 1_000.0);
        self.row(&format!("{name}_count"), "", sum);
    }
}
