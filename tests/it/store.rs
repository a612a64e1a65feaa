//! A journal in a folder, in a process of its own that is killed while it appends or runs out of disk: everything it
//! said was kept is there when the folder is opened again, byte for byte.
//!
//! The process is this very program, called to run one test alone. It tells on its standard output what it asks and what
//! it was answered, and this side keeps the list. `SQUALL_STORE_KILLS` asks for more than the usual kills.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use squall::model::{EntryId, Heads, RoomName};
use squall::store::{Journal, Place, Record, RoomCard, StoreError, Stored, open};

use crate::scratch::Scratch;

const KILLS: u64 = 80;
/// Kills after which a new folder is begun: time for a few tables, and not for so many lines that reading takes long.
const KILLS_A_FOLDER: u64 = 40;
/// Answers that are waited for at most before a kill.
const ANSWERS_MAX: u64 = 150;
/// Tasks that append at the same time, half of them in each room.
const WRITERS: u64 = 16;
/// Names of the variables that tell the process what it is for.
const FOLDER: &str = "SQUALL_STORE_FOLDER";
const LIFE: &str = "SQUALL_STORE_LIFE";

fn room(writer: u64) -> RoomName {
    ["shop", "hotel"][writer as usize % 2].parse().unwrap()
}

fn at(folder: &Path) -> Result<Arc<dyn Journal>, StoreError> {
    open(Place::Folder(folder.into()))
}

/// The one record of an id: long enough that what is kept in memory is often made into tables.
fn record(id: EntryId) -> Record {
    let text = format!("{id} ");
    Record { id, t: id.counter, seal: 0, line: text.repeat(64 + id.counter as usize % 7 * 40).into() }
}

fn id(life: u64, writer: u64, counter: u64) -> EntryId {
    format!("l{life:05}w{writer:03}.{counter}").parse().unwrap()
}

/// Not a test of anything: what the other process does, for as long as it can.
#[tokio::test]
async fn the_other_process_appends() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let life = std::env::var(LIFE).unwrap().parse().unwrap();
    let journal = at(Path::new(&folder)).unwrap();
    for writer in 0..2 {
        let made = journal.create(&room(writer), RoomCard::default()).await;
        assert!(matches!(made, Ok(()) | Err(StoreError::RoomExists(_))), "{made:?}");
    }
    let mut writers = Vec::new();
    for writer in 0..WRITERS {
        let journal = journal.clone();
        writers.push(tokio::spawn(async move {
            for counter in 1.. {
                let id = id(life, writer, counter);
                println!("\nasked {id}");
                match journal.append(&room(writer), vec![record(id)]).await {
                    Ok(stored) => assert_eq!(stored, [Stored::New]),
                    Err(failed) => return failed,
                }
                println!("\nkept {id}");
            }
            unreachable!("it counts on for ever")
        }));
    }
    for writer in writers {
        let failed = writer.await.unwrap();
        println!("\nfailed {failed}");
        assert_eq!(journal.health(), Err(failed));
    }
    assert!(journal.create(&"other".parse().unwrap(), RoomCard::default()).await.is_err());
    let held = journal.holdings(&room(0)).await.unwrap();
    println!("\nstill {}", held.lines);
}

/// What the other process said.
#[derive(Default)]
struct Told {
    asked: BTreeSet<EntryId>,
    kept: BTreeSet<EntryId>,
    failed: Vec<String>,
    is_done: bool,
}

impl Told {
    fn hear(&mut self, line: &str) {
        match line.split_once(' ') {
            Some(("asked", id)) => drop(id.parse().map(|id| self.asked.insert(id))),
            // The last line may be cut off by the kill: then nothing was said.
            Some(("kept", id)) => drop(id.parse().map(|id| self.asked.contains(&id) && self.kept.insert(id))),
            Some(("failed", why)) => self.failed.push(why.to_owned()),
            Some(("still", _)) => self.is_done = true,
            _ => {}
        }
    }
}

/// Starts the other process on a folder below `home`, within what a script sets up there.
fn other(home: &Path, folder: &str, life: u64, script: &str) -> Child {
    let mut command = Command::new("sh");
    command.args(["-c", &format!(r#"{script}; exec "$0" "$@""#)]).arg(std::env::current_exe().unwrap());
    command.args(["--exact", "store::the_other_process_appends", "--nocapture"]);
    command.env(FOLDER, home.join(folder)).env(LIFE, life.to_string()).current_dir(home);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// Everything both rooms hold, each line being what its id says.
async fn held(journal: &dyn Journal) -> BTreeSet<EntryId> {
    let mut ids = BTreeSet::new();
    for writer in 0..2 {
        let mut replay = journal.replay(&room(writer), Heads::default());
        let mut count = 0;
        while let Some(records) = replay.next().await.unwrap() {
            for it in records {
                assert_eq!(it, record(it.id));
                assert!(ids.insert(it.id), "{} came twice", it.id);
                count += 1;
            }
        }
        assert_eq!(journal.holdings(&room(writer)).await.unwrap().lines, count);
    }
    ids
}

#[tokio::test]
#[cfg(unix)]
async fn j1_a_process_killed_while_it_appends_has_kept_everything_it_called_kept() {
    let home = Scratch::new();
    let kills =
        std::env::var("SQUALL_STORE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let (mut hits, mut kept) = (0, BTreeSet::<EntryId>::new());
    for life in 0..kills {
        let folder = format!("rooms-{}", life / KILLS_A_FOLDER);
        if life % KILLS_A_FOLDER == 0 {
            kept.clear();
        }
        let mut child = other(&home, &folder, life, ":");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut told = Told::default();
        // A step that shares no factor with the most: every number of answers comes up, none too.
        let answers = (life * 37 % ANSWERS_MAX) as usize;
        while told.kept.len() < answers || told.asked.is_empty() {
            told.hear(&lines.next().expect("it ended by itself").unwrap());
        }
        child.kill().unwrap();
        lines.map_while(Result::ok).for_each(|line| told.hear(&line));
        child.wait().unwrap();
        let journal = at(&home.join(&folder)).unwrap();
        let held = held(journal.as_ref()).await;
        kept.extend(&told.kept);
        let missing: Vec<_> = kept.difference(&held).collect();
        assert!(missing.is_empty(), "life {life}: called kept and not there: {missing:?}");
        let strays: Vec<_> = held.difference(&kept).filter(|id| !told.asked.contains(id)).collect();
        assert!(strays.is_empty(), "life {life}: nobody asked for {strays:?}");
        hits += u64::from(held.len() > kept.len());
        kept = held;
    }
    println!("{kills} kills, {hits} hit an append that had reached the disk and was not answered");
    assert!(hits * 2 >= kills, "only {hits} of {kills} kills hit an append in flight");
}

/// Has the other process append until its disk is full, and looks at what it leaves behind. Says nothing where this
/// machine does not let a test set up what the script asks for.
async fn fill(home: &Path, folder: &str, left: &str, script: &str) -> Option<()> {
    let mut child = other(home, folder, 1, script);
    let mut told = Told::default();
    BufReader::new(child.stdout.take().unwrap()).lines().for_each(|line| told.hear(&line.unwrap()));
    let code = child.wait().unwrap().code();
    if [Some(99), Some(126), Some(127)].contains(&code) {
        return None;
    }
    assert!(told.is_done, "it did not come to its end: {code:?} {:?}", told.failed);
    assert_eq!(told.failed.len() as u64, WRITERS);
    let causes = ["store-failed cause=(cause-full)", "store-failed cause=(cause-unwritten)"];
    assert!(causes.iter().any(|cause| told.failed.iter().all(|why| why == cause)), "{:?}", told.failed);
    let left = home.join(left);
    assert!(!left.join("trusted").exists());
    let journal = at(&left).unwrap();
    let held = held(journal.as_ref()).await;
    assert!(told.kept.is_subset(&held) && held.is_subset(&told.asked));
    println!("{} kept of {} asked before the disk was full", told.kept.len(), told.asked.len());
    let more = record(id(2, 0, 1));
    assert_eq!(journal.append(&room(0), vec![more]).await, Ok(vec![Stored::New]));
    Some(())
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn j10_on_a_full_disk_what_was_called_kept_is_there_and_the_rest_is_refused() {
    let home = Scratch::new();
    // Files may grow so far and no further: EFBIG, the nearest to a full disk that everybody may have. A new journal
    // takes its room beforehand, so this one is begun without a limit.
    drop(at(&home.join("rooms")).unwrap());
    let limited = r#"trap "" 25; ulimit -f 6000"#;
    fill(&home, "rooms", "rooms", limited).await.expect("everybody may limit a file");
    std::fs::create_dir(home.join("disk")).unwrap();
    // Disks of their own that nobody else sees.
    for size in ["1m", "12m", "40m"] {
        let script = format!(
            r#"exec unshare -Urm sh -c 'mount -t tmpfs -o size={size} tmpfs disk || exit 99
            "$0" "$@"; code=$?; cp -r --sparse=always disk/rooms {size}; exit $code' "$0" "$@""#
        );
        let could = fill(&home, "disk/rooms", size, &script).await;
        assert!(could.is_some() || std::env::var("CI").as_deref() != Ok("true"), "a disk cannot be mounted");
    }
}
