//! What it costs to keep lines for good, and to have them back: the journal of rooms against a plain file.

use std::fs::{self, File, OpenOptions};
use std::future::Future;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use squall::model::{Author, EntryId, Heads, RoomName};
use squall::store::{Journal, Place, Record, RoomCard, open};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use crate::Ratio;

const WRITERS: u64 = 64;
/// Lines each writer keeps in one round, each once the one before is durable.
const LINES: u64 = 100;
const ROUNDS: usize = 9;
const ROOM_LINES: u64 = 300_000;
const READ_ROUNDS: usize = 5;
/// Lines handed in together to fill a room.
const AT_ONCE: usize = 1_000;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).expect("there is room for a bench");
    folder
}

fn runtime() -> Runtime {
    Builder::new_current_thread().build().expect("a runtime needs nothing")
}

fn room(writer: u64) -> RoomName {
    format!("room-{}", writer % 8).parse().expect("a plain name")
}

fn record(writer: u64, counter: u64) -> Record {
    let id = EntryId { author: Author::from_random(writer.wrapping_mul(0x9e37_79b9_7f4a_7c15)), counter };
    let line = format!(
        r#"{{"id":"{id}","t":{counter},"at":"2026-11-22T13:40:02Z","who":"p7k3x9v2p4","by":"민수","do":[{{"note_placed":{{"kind":"event","wording":"주문이 접수되었다 {counter}","at":[{counter},8],"size":[16,5],"z":0}}}}],"sum":"9f31c2aa"}}"#
    );
    Record { id, t: counter, seal: 0, line: line.into() }
}

/// Has every writer keep its lines, one after another.
fn race<Kept: Future + 'static>(
    runtime: &Runtime,
    from: u64,
    keep: impl Fn(u64, Record) -> Kept + Clone + 'static,
) {
    let writers = tokio::task::LocalSet::new();
    for writer in 0..WRITERS {
        let keep = keep.clone();
        writers.spawn_local(async move {
            for counter in from..from + LINES {
                keep(writer, record(writer, counter)).await;
            }
        });
    }
    runtime.block_on(writers);
}

/// The least that keeps a line for good: what waits is written and synced together.
struct PlainLog {
    lines: Sender<(Arc<str>, oneshot::Sender<()>)>,
}

impl PlainLog {
    fn start(path: &Path) -> PlainLog {
        let (lines, inbox) = channel();
        let file =
            OpenOptions::new().create(true).append(true).open(path).expect("there is room for a bench");
        thread::spawn(move || PlainLog::run(file, &inbox));
        PlainLog { lines }
    }

    fn run(mut file: File, inbox: &Receiver<(Arc<str>, oneshot::Sender<()>)>) {
        while let Ok(first) = inbox.recv() {
            let (mut text, mut promises) = (String::new(), Vec::new());
            for (line, promise) in std::iter::once(first).chain(inbox.try_iter()) {
                text += &line;
                text.push('\n');
                promises.push(promise);
            }
            file.write_all(text.as_bytes()).and_then(|()| file.sync_data()).expect("the disk takes it");
            for promise in promises {
                promise.send(()).expect("every writer waits");
            }
        }
    }

    fn keep(&self, line: Arc<str>) -> oneshot::Receiver<()> {
        let (promise, answer) = oneshot::channel();
        self.lines.send((line, promise)).expect("the log runs");
        answer
    }
}

/// Durable appends of many writers to a few rooms, against the plain log.
pub(crate) fn run() {
    let (runtime, folder) = (runtime(), folder("bench-store"));
    let journal = open(Place::Folder(folder.join("rooms"))).expect("there is room for a bench");
    for writer in 0..8 {
        let made = runtime.block_on(journal.create(&room(writer), RoomCard::default()));
        made.expect("nothing is there yet");
    }
    let log = Arc::new(PlainLog::start(&folder.join("log")));
    let (mut ours, mut theirs) = (1, 1);
    let name = "store: 6,400 durable appends of 64 writers / a plain log";
    Ratio { name, most: 2.0 }.measure(
        ROUNDS,
        || {
            let journal = journal.clone();
            race(&runtime, ours, move |writer, record| journal.append(&room(writer), vec![record]));
            ours += LINES;
        },
        || {
            let log = log.clone();
            race(&runtime, theirs, move |_, record| log.keep(record.line));
            theirs += LINES;
        },
    );
    let pulse = journal.pulse();
    assert_eq!(pulse.lines, WRITERS * LINES * ROUNDS as u64, "every line was new");
    run_reading(&runtime, &folder);
}

/// A large room read back, and what it holds told, against the same lines in a file.
fn run_reading(runtime: &Runtime, folder: &Path) {
    let journal = open(Place::Folder(folder.join("large"))).expect("there is room for a bench");
    let large = room(0);
    runtime.block_on(journal.create(&large, RoomCard::default())).expect("nothing is there yet");
    let records: Vec<Record> = (0..ROOM_LINES).map(|nth| record(nth % 100, nth / 100 + 1)).collect();
    for some in records.chunks(AT_ONCE) {
        runtime.block_on(journal.append(&large, some.to_vec())).expect("the disk takes it");
    }
    let path = folder.join("lines");
    let text: String = records.iter().flat_map(|it| [&*it.line, "\n"]).collect();
    fs::write(&path, text).expect("there is room for a bench");
    let raw = || {
        let text = fs::read_to_string(&path).expect("it was just written");
        text.lines().map(Arc::from).collect::<Vec<Arc<str>>>().len()
    };
    let replay = || runtime.block_on(read(journal.as_ref(), &large, Heads::default()));
    let name = "store: replay of 300,000 lines / reading them from a file";
    Ratio { name, most: 6.0 }.measure(READ_ROUNDS, || assert_eq!(replay(), ROOM_LINES), raw);
    let places: Vec<Vec<(u64, EntryId)>> = {
        let mut places: Vec<(u64, EntryId)> = records.iter().map(|it| (it.t, it.id)).collect();
        places.sort_unstable();
        places.chunks(AT_ONCE).map(<[_]>::to_vec).collect()
    };
    let by_place = || runtime.block_on(read_places(journal.as_ref(), &large, &places));
    let name = "store: 300,000 lines by their places / from a file";
    Ratio { name, most: 6.0 }.measure(READ_ROUNDS, || assert_eq!(by_place(), ROOM_LINES), raw);
    let held = || runtime.block_on(async { journal.holdings(&large).await }).expect("it is there");
    let had = held().heads;
    let name = "store: what a room of 300,000 lines holds / reading them";
    Ratio { name, most: 0.5 }.measure(READ_ROUNDS, held, raw);
    runtime.block_on(journal.append(&large, vec![record(1_000, 3_000)])).expect("the disk takes it");
    let lacking = || runtime.block_on(read(journal.as_ref(), &large, had.clone()));
    let name = "store: the one line of 300,000 that is lacking / reading them";
    Ratio { name, most: 0.5 }.measure(READ_ROUNDS, || assert_eq!(lacking(), 1), raw);
}

/// How many lines are found at places.
async fn read_places(journal: &dyn Journal, room: &RoomName, places: &[Vec<(u64, EntryId)>]) -> u64 {
    let mut lines = 0;
    for some in places {
        lines += journal.read(room, some.clone()).await.expect("it is there").len() as u64;
    }
    lines
}

/// How many lines a replay gives.
async fn read(journal: &dyn Journal, room: &RoomName, had: Heads) -> u64 {
    let (mut replay, mut lines) = (journal.replay(room, had), 0);
    while let Some(records) = replay.next().await.expect("it is there") {
        lines += records.len() as u64;
    }
    lines
}
