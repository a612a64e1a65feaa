//! Board files take damage, other hands and full disks: nothing intact is lost, and a sentence says what happened.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use squall::model::{Author, Change, Deed, Entry, EntryId, Line, PersonId, Point};
use squall::session::clock::StoppedClock;
use squall::session::saves::record::Header;
use squall::session::saves::{
    Disk, MachineDisk, ReadOnly, SaveError, Saved, Saves, Sink, backup, look, read,
};

use crate::scratch::Scratch;

const BOARD: &str = "b0123456789";

fn author(nth: u64) -> Author {
    Author::from_random(nth)
}

/// The deed of an author that moves a note.
fn deed(author: Author, counter: u64) -> Line {
    let id = EntryId { author, counter };
    let change = Change::NoteMoved { note: id.thing(0), to: Point::new(1, counter as i32) };
    Line::write(Entry {
        id,
        t: counter,
        at: "2026-11-22T13:40:02Z".into(),
        who: PersonId("p1".into()),
        by: "민수".into(),
        part: None,
        undo: None,
        redo: None,
        deeds: vec![(0, Deed { change, at_mark: None })],
        has_unread: false,
    })
    .expect("a short deed fits a line")
}

fn deeds(count: u64) -> Vec<Line> {
    (1..=count).map(|counter| deed(author(1), counter)).collect()
}

/// The bytes of a board file.
fn file_of(lines: &[Line]) -> String {
    let head = Header::of(BOARD).line() + "\n";
    lines.iter().fold(head, |file, line| file + &line.text + "\n")
}

fn quiet(_: u64, _: u64) {}

/// The deeds a file holds, by its own account.
fn ids(path: &Path) -> Result<BTreeSet<String>, SaveError> {
    let reading = look(path, &mut quiet)?;
    Ok(reading.lines.iter().map(|line| line.entry.id.to_string()).collect())
}

fn ids_of<'a>(lines: impl IntoIterator<Item = &'a Line>) -> BTreeSet<String> {
    lines.into_iter().map(|line| line.entry.id.to_string()).collect()
}

/// Opens the file for writing and saves one more deed, of a new author; gives back the keys of the remarks.
fn add_one(saves: &Saves, path: &Path) -> Vec<&'static str> {
    let opened = saves.open(path, &mut quiet).expect("the file is whole");
    let saver = opened.saver.unwrap_or_else(|why| panic!("{why:?}"));
    saver.save(vec![deed(author(7), 1).text]).wait().expect("there is room");
    opened.reading.remarks().iter().chain(&opened.remark).map(|remark| remark.key.0).collect()
}

/// The file that lies in the backup folder, if there is one.
fn kept(folder: &Path) -> Option<Vec<u8>> {
    let entries = fs::read_dir(folder.join(backup::FOLDER)).ok()?;
    let paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    assert!(paths.len() <= 1, "{paths:?}");
    paths.first().map(|path| fs::read(path).expect("it can be read"))
}

#[test]
fn a_file_cut_at_any_byte_keeps_every_whole_line() {
    let lines = deeds(3);
    let whole = file_of(&lines).into_bytes();
    let ends: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] == b'\n').collect();
    for cut in 0..whole.len() {
        let scratch = Scratch::new();
        let path = scratch.file("a.storm", &whole[..cut]);
        let intact = ends.iter().filter(|end| cut >= **end).count();
        if intact == 0 {
            let key = if cut == 0 { "save-empty" } else { "save-no-wall" };
            assert_eq!(ids(&path).unwrap_err().said().key.0, key, "cut at {cut}");
            assert!(Saves::at(&*scratch).open(&path, &mut quiet).is_err());
            assert_eq!(fs::read(&path).unwrap(), &whole[..cut]);
            continue;
        }
        let mut expected = ids_of(&lines[..intact - 1]);
        assert_eq!(ids(&path).unwrap(), expected, "cut at {cut}");
        assert_eq!(fs::read(&path).unwrap(), &whole[..cut], "looking changes nothing");

        let remarks = add_one(&Saves::at(&*scratch).on(Filling::endless()), &path);
        let is_torn = !ends.contains(&cut) && !ends.contains(&(cut - 1));
        assert_eq!(remarks.contains(&"save-torn"), is_torn, "cut at {cut}");
        assert_eq!(kept(&scratch).is_some(), is_torn, "cut at {cut}");
        expected.extend(ids_of([&deed(author(7), 1)]));
        assert_eq!(ids(&path).unwrap(), expected, "cut at {cut}");
    }
}

#[test]
fn any_flipped_bit_costs_at_most_the_deed_it_is_in() {
    let lines = deeds(3);
    let whole = file_of(&lines).into_bytes();
    let scratch = Scratch::new();
    for bit in 0..whole.len() * 8 {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let path = scratch.file("a.storm", &bytes);
        let hit = whole[..bit / 8].iter().filter(|byte| **byte == b'\n').count();
        let is_line_end = whole[bit / 8] == b'\n';
        let reading = look(&path, &mut quiet).unwrap();
        let intact =
            lines.iter().enumerate().filter(|(nth, _)| nth + 1 != hit || is_line_end).map(|(_, line)| line);
        assert_eq!(ids_of(&reading.lines), ids_of(intact), "bit {bit}");
        assert_eq!(reading.header.is_none(), hit == 0 && !is_line_end, "bit {bit}");
        let keys: Vec<_> = reading.remarks().iter().map(|remark| remark.key.0).collect();
        let is_noticed = keys == ["save-line-aside"] || reading.torn > 0 || reading.is_open_ended;
        assert!(is_noticed, "bit {bit}: {keys:?}");
    }
}

#[test]
fn a_file_whose_header_is_damaged_is_read_and_not_written() {
    let scratch = Scratch::new();
    let lines = deeds(2);
    let bytes = file_of(&lines).replacen("wall", "well", 1);
    let path = scratch.file("a.storm", &bytes);
    let opened = Saves::at(&*scratch).open(&path, &mut quiet).unwrap();
    assert_eq!(opened.saver.err(), Some(ReadOnly::NoHeader));
    assert_eq!(ids_of(&opened.reading.lines), ids_of(&lines));
    assert_eq!(fs::read(&path).unwrap(), bytes.as_bytes());
}

#[test]
fn line_ends_of_windows_and_what_git_leaves_are_read_over() {
    let scratch = Scratch::new();
    let (mine, yours) = (deeds(2), vec![deed(author(2), 1)]);
    let joined = format!(
        "\u{feff}{}\n<<<<<<< HEAD\n{}=======\n{}>>>>>>> theirs\n\n",
        Header::of(BOARD).line(),
        file_of(&mine),
        file_of(&yours)
    );
    let path = scratch.file("a.storm", joined.replace('\n', "\r\n"));
    assert_eq!(ids(&path).unwrap(), ids_of(mine.iter().chain(&yours)));
    assert_eq!(add_one(&Saves::at(&*scratch), &path), [""; 0]);
    assert_eq!(ids(&path).unwrap().len(), 4);
}

#[test]
fn what_is_no_board_file_is_refused_at_once_and_left_alone() {
    let scratch = Scratch::new();
    let saves = Saves::at(&*scratch);
    let real = scratch.file("real.storm", file_of(&deeds(2)));
    fs::create_dir(scratch.join("folder.storm")).unwrap();
    scratch.file("empty.storm", "");
    scratch.file("text.storm", "once upon a time\n");
    scratch.file("two.storm", file_of(&deeds(1)) + &Header::of("b9").line() + "\n");
    #[cfg(unix)]
    {
        assert!(Command::new("mkfifo").arg(scratch.join("pipe.storm")).status().unwrap().success());
        std::os::unix::fs::symlink(&real, scratch.join("link.storm")).unwrap();
    }
    let check = |name: &str, key: &str| {
        let path = saves.path_of(name);
        let looked = path
            .as_ref()
            .map_err(|error| error.said().key.0)
            .and_then(|path| look(path, &mut quiet).map(drop).map_err(|error| error.said().key.0));
        assert_eq!(looked, Err(key), "{name}");
        let opened = path.and_then(|path| saves.open(&path, &mut quiet).map(drop));
        assert_eq!(opened.unwrap_err().said().key.0, key, "{name}");
    };
    check("folder", "save-no-file");
    check("empty", "save-empty");
    check("text", "save-no-wall");
    check("two", "save-two-walls");
    check("none", "save-not-there");
    check("🎉", "save-no-name");
    check("../../etc/passwd\0.storm", "save-io");
    if cfg!(unix) {
        check("pipe", "save-no-file");
        check("link", "save-link");
        check("/dev/zero", "save-no-file");
        assert_eq!(
            saves.path_of(scratch.join("link.storm").to_str().unwrap()).unwrap(),
            real.canonicalize().unwrap()
        );
    }
    let names: Vec<String> = saves.list().unwrap().into_iter().map(|board| board.name).collect();
    assert_eq!(names, ["empty", "real", "text", "two"]);
    assert_eq!(fs::read(&real).unwrap(), file_of(&deeds(2)).as_bytes());
}

#[test]
fn a_newer_version_is_read_only_or_refused_and_never_rewritten() {
    let scratch = Scratch::new();
    let saves = Saves::at(&*scratch);
    let newer = |read: u32, write: u32| {
        let mut header = Header::of(BOARD);
        (header.read, header.write) = (read, write);
        file_of(&deeds(2)) + &header.line() + "\n{\"from\":\"the future\"}"
    };
    let path = scratch.file("a.storm", newer(1, 2));
    let opened = saves.open(&path, &mut quiet).unwrap();
    assert_eq!(opened.saver.err(), Some(ReadOnly::NewerWriter));
    assert_eq!(opened.reading.lines.len(), 2);
    assert_eq!(fs::read(&path).unwrap(), newer(1, 2).as_bytes());

    let path = scratch.file("b.storm", newer(2, 2));
    assert!(matches!(look(&path, &mut quiet), Err(SaveError::Newer(_))));
    assert!(matches!(saves.open(&path, &mut quiet), Err(SaveError::Newer(_))));
    assert_eq!(fs::read(&path).unwrap(), newer(2, 2).as_bytes());
}

#[test]
fn a_gigabyte_of_brackets_is_read_in_bounded_memory() {
    let whole = file_of(&deeds(2));
    let check = |junk: u8, after: &str| {
        let mut file = whole.as_bytes().chain(io::repeat(junk).take(1 << 30)).chain(after.as_bytes());
        let mut reading = None;
        let memory = allocation_counter::measure(|| reading = read::read(&mut file, 0, &mut quiet).ok());
        assert!(memory.bytes_max < 4 << 20, "{} bytes", memory.bytes_max);
        let reading = reading.unwrap();
        assert_eq!(ids_of(&reading.lines), ids_of(&deeds(2)));
        reading
    };
    let torn = check(b'[', "");
    assert_eq!((torn.torn, torn.aside_count), (1 << 30, 0));
    let aside = check(b'[', "\n");
    assert_eq!((aside.torn, aside.aside_count), (0, 1));
    assert_eq!(aside.aside[0].why.key(), "line-too-long");
}

#[test]
fn a_second_squall_finds_the_board_taken_and_may_still_look() {
    let scratch = Scratch::new();
    let saves = Saves::at(&*scratch);
    let path = scratch.file("a.storm", file_of(&deeds(2)));
    let first = saves.open(&path, &mut quiet).unwrap();
    assert!(matches!(saves.open(&path, &mut quiet), Err(SaveError::Busy(_))));
    assert!(matches!(saves.remove(&path), Err(SaveError::Busy(_))));
    assert!(matches!(saves.rename(&path, &scratch.join("b.storm")), Err(SaveError::Busy(_))));
    assert_eq!(ids(&path).unwrap().len(), 2);
    drop(first);
    assert!(saves.open(&path, &mut quiet).is_ok());
}

#[test]
fn files_are_the_owners_alone_and_names_are_never_taken_twice() {
    let scratch = Scratch::new();
    let saves = Saves::at(scratch.join("deep/saves"));
    let path = saves.path_of("온라인 쇼핑몰").unwrap();
    saves.make(&path, BOARD, deeds(2).into_iter().map(|line| line.text)).unwrap();
    assert!(matches!(saves.make(&path, BOARD, [].into_iter()), Err(SaveError::Exists(_))));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(saves.folder())), (0o600, 0o700));
    }
    let (copied, moved) = (saves.path_of("copy").unwrap(), saves.path_of("moved").unwrap());
    saves.copy(&path, &copied).unwrap();
    assert!(matches!(saves.copy(&path, &copied), Err(SaveError::Exists(_))));
    assert!(matches!(saves.rename(&path, &copied), Err(SaveError::Exists(_))));
    saves.rename(&path, &moved).unwrap();
    let kept = saves.remove(&copied).unwrap();
    assert_eq!(fs::read(&kept).unwrap(), fs::read(&moved).unwrap());
    let names: Vec<String> = saves.list().unwrap().into_iter().map(|board| board.name).collect();
    assert_eq!(names, ["moved"]);
    assert_eq!(ids(&moved).unwrap(), ids_of(&deeds(2)));
}

#[test]
fn the_backup_folder_keeps_twenty_files_and_thirty_days() {
    let scratch = Scratch::new();
    let start: jiff::Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let remove_on_day = |day: i64| {
        let now = start + jiff::SignedDuration::from_hours(24 * day);
        let saves = Saves::at(&*scratch).by(Arc::new(StoppedClock(now)));
        saves.remove(&scratch.file("a.storm", file_of(&deeds(1)))).unwrap();
        fs::read_dir(scratch.join(backup::FOLDER)).unwrap().count()
    };
    for count in 1..=backup::FILES_MAX {
        assert_eq!(remove_on_day(0), count);
    }
    assert_eq!(remove_on_day(5), backup::FILES_MAX);
    scratch.file("backup/mine.txt", "");
    assert_eq!(remove_on_day(31), 3);
}

#[test]
fn what_another_hand_wrote_to_an_open_file_is_taken_along() {
    let check = |change: &dyn Fn(&Path)| {
        let scratch = Scratch::new();
        let path = scratch.file("a.storm", file_of(&deeds(2)));
        let saver = Saves::at(&*scratch).open(&path, &mut quiet).unwrap().saver.ok().unwrap();
        change(&path);
        saver.save(vec![deed(author(7), 1).text]).wait().unwrap();
        let foreign = ids_of(&saver.take_foreign());
        assert_eq!(saver.close(), Saved::Saved);
        (ids(&path).unwrap(), foreign)
    };
    let mut mine = ids_of(&deeds(2));
    mine.extend(ids_of([&deed(author(7), 1)]));
    let theirs = ids_of([&deed(author(2), 1)]);
    let both: BTreeSet<String> = mine.union(&theirs).cloned().collect();

    let pulled = |path: &Path| {
        fs::write(path.with_extension("x"), file_of(&[deeds(2)[0].clone(), deed(author(2), 1)])).unwrap();
        fs::rename(path.with_extension("x"), path).unwrap();
    };
    assert_eq!(check(&pulled), (both.clone(), theirs.clone()));
    let appended = |path: &Path| {
        let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
        writeln!(file, "{}", deed(author(2), 1).text).unwrap();
    };
    assert_eq!(check(&appended), (both, theirs));
    assert_eq!(check(&|path| fs::remove_file(path).unwrap()), (mine.clone(), BTreeSet::new()));
    assert_eq!(check(&|path| fs::write(path, "").unwrap()), (mine, BTreeSet::new()));
}

/// A disk that takes so many bytes and syncs, and then no more. It never really waits for a sync.
struct Filling {
    left: Arc<AtomicI64>,
    fails: fn() -> io::Error,
}

struct FillingFile {
    file: Box<dyn Sink>,
    left: Arc<AtomicI64>,
    fails: fn() -> io::Error,
}

/// What one sync takes of the disk's patience.
const SYNC_COST: i64 = 7;

impl Filling {
    fn new(left: i64, fails: fn() -> io::Error) -> Filling {
        Filling { left: Arc::new(AtomicI64::new(left)), fails }
    }

    /// A disk that takes everything.
    fn endless() -> Arc<dyn Disk> {
        Arc::new(Filling::new(i64::MAX / 2, || io::ErrorKind::StorageFull.into()))
    }
}

impl FillingFile {
    fn spend(&self, cost: i64) -> io::Result<()> {
        if self.left.fetch_sub(cost, Ordering::SeqCst) >= cost { Ok(()) } else { Err((self.fails)()) }
    }
}

impl Write for FillingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.left.load(Ordering::SeqCst).clamp(0, bytes.len() as i64) as usize;
        if room == 0 && !bytes.is_empty() {
            return Err((self.fails)());
        }
        let written = self.file.write(&bytes[..room])?;
        self.left.fetch_sub(written as i64, Ordering::SeqCst);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Sink for FillingFile {
    fn sync(&mut self) -> io::Result<()> {
        self.spend(SYNC_COST)
    }
    fn cut(&mut self, at: u64) -> io::Result<()> {
        self.file.cut(at)
    }
    fn lock(&self) -> io::Result<bool> {
        self.file.lock()
    }
    fn length_at(&self, path: &Path) -> Option<u64> {
        self.file.length_at(path)
    }
}

impl Filling {
    fn file(&self, file: Box<dyn Sink>) -> Box<dyn Sink> {
        Box::new(FillingFile { file, left: self.left.clone(), fails: self.fails })
    }

    fn spend(&self) -> io::Result<()> {
        if self.left.fetch_sub(SYNC_COST, Ordering::SeqCst) >= SYNC_COST {
            Ok(())
        } else {
            Err((self.fails)())
        }
    }
}

impl Disk for Filling {
    fn create(&self, path: &Path) -> io::Result<Box<dyn Sink>> {
        self.spend()?;
        MachineDisk.create(path).map(|file| self.file(file))
    }
    fn append(&self, path: &Path) -> io::Result<Box<dyn Sink>> {
        MachineDisk.append(path).map(|file| self.file(file))
    }
    fn replace(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.spend()?;
        MachineDisk.replace(from, to)
    }
    fn publish(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.spend()?;
        MachineDisk.publish(from, to)
    }
    fn keep(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.spend()?;
        MachineDisk.keep(from, to)
    }
    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        self.spend()
    }
}

#[test]
fn a_disk_that_fails_at_any_point_loses_nothing_that_was_called_saved() {
    let fails: [fn() -> io::Error; 3] = [
        || io::ErrorKind::StorageFull.into(),
        || io::Error::other("input/output error"),
        || io::ErrorKind::ReadOnlyFilesystem.into(),
    ];
    let keys = ["cause-full", "cause-other", "cause-read-only"];
    let start = deeds(2);
    for ((fails, key), step) in fails.into_iter().zip(keys).zip([1, 17, 17]) {
        for patience in (0..).step_by(step) {
            let scratch = Scratch::new();
            let path = scratch.file("a.storm", file_of(&start));
            let disk = Filling::new(patience, fails);
            let left = disk.left.clone();
            let saves = Saves::at(&*scratch).on(Arc::new(disk));
            let saver = saves.open(&path, &mut quiet).unwrap().saver.ok().unwrap();
            let told: Vec<Line> = (1..=3).map(|counter| deed(author(7), counter)).collect();
            let one = saver.save(vec![told[0].text.clone()]).wait();
            let two = saver.save(told[1..].iter().map(|line| line.text.clone()).collect()).wait();

            let on_disk = ids(&path).unwrap();
            assert!(on_disk.is_superset(&ids_of(&start)), "{key} {patience}");
            assert!(one.is_err() || on_disk.contains(&told[0].entry.id.to_string()), "{key} {patience}");
            let both = [1, 2].map(|nth| on_disk.contains(&told[nth].entry.id.to_string()));
            assert!(both[0] == both[1], "{key} {patience}: a deed is whole or not there");
            assert!(two.is_err() || both[0], "{key} {patience}");
            match saver.saved() {
                Saved::NotSaved(reason) => assert_eq!(reason.key.0, key, "{patience}"),
                saved => assert!(two.is_ok() && saved == Saved::Saved, "{key} {patience}: {saved:?}"),
            }

            left.store(i64::MAX / 2, Ordering::SeqCst);
            assert_eq!(saver.close(), Saved::Saved, "{key} {patience}: once there is room, all is saved");
            assert_eq!(ids(&path).unwrap(), ids_of(start.iter().chain(&told)), "{key} {patience}");
            if one.is_ok() && two.is_ok() {
                break;
            }
        }
    }
}

#[test]
fn a_board_that_cannot_be_made_is_one_sentence_and_leaves_nothing_behind() {
    for patience in 0.. {
        let scratch = Scratch::new();
        let disk = Filling::new(patience, || io::ErrorKind::PermissionDenied.into());
        let saves = Saves::at(&*scratch).on(Arc::new(disk));
        let path = scratch.join("a.storm");
        match saves.make(&path, BOARD, deeds(1).into_iter().map(|line| line.text)) {
            Ok(_) => break,
            Err(error) => assert_eq!(error.said().to_string().split(' ').next(), Some("save-io")),
        }
        match ids(&path) {
            Ok(had) => assert_eq!(had, ids_of(&deeds(1))),
            Err(error) => assert!(matches!(error, SaveError::NotThere(_)), "{error}"),
        }
        let left_over = fs::read_dir(&*scratch)
            .unwrap()
            .filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path() != path));
        assert_eq!(left_over.count(), 0);
    }
}

#[test]
fn what_an_earlier_process_prepared_and_did_not_put_in_place_is_tidied_away() {
    let scratch = Scratch::new();
    let path = scratch.file("a.storm", file_of(&deeds(1)));
    let (left, other) = (scratch.file(".a.storm.x.new", "half a file"), scratch.file(".b.storm.x.new", ""));
    add_one(&Saves::at(&*scratch), &path);
    assert!(!left.exists() && other.exists());
}

#[test]
fn another_wall_put_in_the_place_of_an_open_one_is_never_written_over() {
    let scratch = Scratch::new();
    let path = scratch.file("a.storm", file_of(&deeds(2)));
    let saver = Saves::at(&*scratch).open(&path, &mut quiet).unwrap().saver.ok().unwrap();
    let check = |theirs: String| {
        fs::write(path.with_extension("x"), &theirs).unwrap();
        fs::rename(path.with_extension("x"), &path).unwrap();
        let reason = saver.save(vec![deed(author(7), 1).text]).wait().unwrap_err();
        assert_eq!(reason.key.0, "cause-other-wall");
        assert_eq!(saver.saved(), Saved::NotSaved(reason));
        assert_eq!(fs::read(&path).unwrap(), theirs.as_bytes());
    };
    check(Header::of("b9").line() + "\n");
    let mut newer = Header::of(BOARD);
    newer.write = 2;
    check(newer.line() + "\n");
    fs::remove_file(&path).unwrap();
    assert_eq!(saver.close(), Saved::Saved, "once the place is free");
    assert_eq!(ids(&path).unwrap().len(), 3);
}

#[test]
fn whoever_watches_hears_when_a_deed_is_saved() {
    let scratch = Scratch::new();
    let path = scratch.file("a.storm", file_of(&deeds(2)));
    let saver = Saves::at(&*scratch).open(&path, &mut quiet).unwrap().saver.ok().unwrap();
    let (sender, heard) = std::sync::mpsc::channel();
    saver.watch(move || sender.send(()).expect("somebody listens"));
    let ticket = saver.save(vec![deed(author(7), 1).text]);
    // Once when the deed is taken, once when it is on the disk.
    heard.recv().unwrap();
    heard.recv().unwrap();
    assert_eq!((ticket.wait(), saver.saved()), (Ok(()), Saved::Saved));
}

#[test]
fn what_a_squash_dropped_counts_only_while_every_line_is_whole() {
    let scratch = Scratch::new();
    let mut dropped = squall::history::Dropped::default();
    dropped.ids.insert(EntryId { author: author(3), counter: 5 });
    let file = file_of(&deeds(2)) + &dropped.lines()[0] + "\n";
    let asked = |file: &str| {
        let wall = squall::session::Wall::read(&scratch.file("a.storm", file), &mut quiet).unwrap();
        wall.history().asking_heads().contains(EntryId { author: author(3), counter: 5 })
    };
    assert!(asked(&file));
    assert!(!asked(&(file + "a line of something else\n")));
}

proptest::proptest! {
    /// Whatever stands in a file, reading it ends, panics nowhere, and every whole line in it counts.
    #[test]
    fn any_mess_is_read_and_every_whole_line_in_it_counts(pieces in proptest::collection::vec(0..9_usize, 0..40), noise: Vec<u8>) {
        let lines = deeds(2);
        let header = Header::of(BOARD).line();
        let fragments: [&[u8]; 9] = [
            header.as_bytes(), lines[0].text.as_bytes(), lines[1].text.as_bytes(), b"\n", b"\r\n", b"{\"id\":",
            b",\"sum\":\"", &noise, b"{\"dropped\":{\"k3x9v2p4qd\":\"1-9\"},\"sum\":\"00000000\"}",
        ];
        let mess: Vec<u8> = pieces.iter().flat_map(|nth| fragments[*nth]).copied().collect();
        let reading = read::read(&mut &*mess, 0, &mut quiet).unwrap();
        let text = String::from_utf8_lossy(&mess);
        for line in &lines {
            let stands = text.split('\n').any(|it| it.strip_suffix('\r').unwrap_or(it) == &*line.text);
            proptest::prop_assert!(!stands || reading.lines.contains(line));
        }
        proptest::prop_assert_eq!(reading.whole_to + reading.torn, mess.len() as u64);
    }
}
