//! Damaged board files before the real program: which sentence it says, with which exit code, and that every deed that
//! is intact is still there.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cli::{Answer, Home};

/// What one verb should say and how it should end.
pub(crate) struct Wanted {
    code: i32,
    /// Part of what stands on standard error; nothing where all is quiet.
    say: &'static str,
}

const QUIET: Wanted = Wanted { code: 0, say: "" };

pub(crate) const fn wanted(code: i32, say: &'static str) -> Wanted {
    Wanted { code, say }
}

impl Wanted {
    pub(crate) fn is_met_by(&self, answer: &Answer) -> bool {
        let is_said = if self.say.is_empty() { answer.err.is_empty() } else { answer.err.contains(self.say) };
        answer.code == self.code && is_said
    }
}

/// A home with the board `a` of four deeds: its title and three notes.
pub(crate) fn home(name: &str) -> Home {
    let home = Home::new(name);
    assert_eq!(home.squall(&["new", "a"], "").code, 0);
    for place in 0..3 {
        assert_eq!(place_note(&home, place).code, 0);
    }
    home
}

pub(crate) fn place_note(home: &Home, place: i32) -> Answer {
    let (wording, at) = (format!("note {place}"), format!("{},0", 20 * place));
    home.squall(&["do", "a", "place", "event", &wording, "at", &at], "")
}

/// More deeds than the full disks of these tests have room for.
pub(crate) const NOTES: usize = 200;

/// So many deeds as `do a -` reads them.
pub(crate) fn many_notes() -> String {
    let note =
        |nth| format!("{{\"place\":{{\"kind\":\"event\",\"wording\":\"n\",\"at\":[{},9]}}}}\n", nth * 20);
    (0..NOTES).map(note).collect()
}

/// How many deeds the log tells of.
pub(crate) fn deeds(home: &Home) -> usize {
    home.squall(&["log", "a", "--json"], "").out.lines().count()
}

/// Damages the board, looks at it, works on it, and counts the deeds each time.
fn check(
    name: &str,
    damage: impl FnOnce(&Path),
    (looked, intact): (Wanted, usize),
    (worked, after): (Wanted, usize),
) {
    let home = home(&format!("damage-{name}"));
    let path = home.path("saves/a.storm");
    damage(&path);
    let before = fs::metadata(&path).is_ok_and(|data| data.is_file()).then(|| fs::read(&path).unwrap());
    let answer = home.squall(&["show", "a"], "");
    assert!(looked.is_met_by(&answer), "{name}: {answer:?}");
    assert_eq!(deeds(&home), intact, "{name}");
    if let Some(before) = &before {
        assert_eq!(fs::read(&path).unwrap(), *before, "{name}: looking changes nothing");
    }
    let answer = place_note(&home, 7);
    assert!(worked.is_met_by(&answer), "{name}: {answer:?}");
    assert_eq!(deeds(&home), after, "{name}");
}

fn edit(path: &Path, change: impl FnOnce(String) -> String) {
    let text = fs::read_to_string(path).unwrap();
    fs::write(path, change(text)).unwrap();
}

#[test]
fn a_cut_file_keeps_its_whole_lines() {
    let cut = |path: &Path| edit(path, |text| text[..text.len() - 20].to_owned());
    check("cut", cut, (QUIET, 3), (wanted(0, "The last line was never finished."), 4));
}

#[test]
fn a_flipped_bit_costs_one_deed_and_is_named() {
    let flip = |path: &Path| edit(path, |text| text.replacen("note 1", "note 0", 1));
    let named = || wanted(0, "Line 4 is set aside: the check sum of this line does not fit what it says.");
    check("flip", flip, (named(), 3), (named(), 4));
}

#[test]
fn a_file_with_the_line_ends_of_windows_is_whole() {
    check("crlf", |path| edit(path, |text| text.replace('\n', "\r\n")), (QUIET, 4), (QUIET, 5));
}

#[test]
fn a_repair_says_by_its_exit_code_what_it_could_not_understand() {
    let home = home("damage-repair");
    let path = home.path("saves/a.storm");
    let whole = fs::read_to_string(&path).unwrap();
    fs::write(&path, whole.clone() + "hello\n").unwrap();
    let answer = home.squall(&["repair", "a"], "");
    assert!(wanted(1, "not understood: 1").is_met_by(&answer), "{answer:?}");
    assert_eq!(deeds(&home), 4);
    let kept = fs::read_dir(home.path("saves/backup")).unwrap().flatten();
    assert!(kept.map(|file| fs::read_to_string(file.path()).unwrap()).any(|old| old.ends_with("hello\n")));
}

#[test]
fn an_empty_file_is_no_board_and_not_taken_for_one() {
    let empty = || wanted(3, "is an empty file; there is no wall in it.");
    check("empty", |path| fs::write(path, "").unwrap(), (empty(), 0), (empty(), 0));
}

#[test]
fn a_folder_a_pipe_and_a_link_are_refused_at_once() {
    let no_file = || wanted(3, "is a folder, a pipe or a device, not a board file.");
    let folder = |path: &Path| {
        fs::remove_file(path).unwrap();
        fs::create_dir(path).unwrap();
    };
    check("folder", folder, (no_file(), 0), (no_file(), 0));
    if cfg!(unix) {
        let pipe = |path: &Path| {
            fs::remove_file(path).unwrap();
            assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
        };
        check("pipe", pipe, (no_file(), 0), (no_file(), 0));
    }
    #[cfg(unix)]
    {
        let link = |path: &Path| {
            fs::rename(path, path.with_extension("real")).unwrap();
            std::os::unix::fs::symlink(path.with_extension("real"), path).unwrap();
        };
        let is_link = || wanted(3, "is a link. Links in the saves folder are not followed");
        check("link", link, (is_link(), 0), (is_link(), 0));
    }
}

#[test]
fn what_a_newer_squall_wrote_is_read_where_that_is_safe_and_never_written() {
    let header = |read, write| {
        let mut header = squall::session::saves::record::Header::of("b1");
        (header.read, header.write) = (read, write);
        header.line() + "\n"
    };
    let with = |line: String| move |path: &Path| edit(path, |text| line + text.split_once('\n').unwrap().1);
    let only_reads = wanted(3, "A newer squall wrote this board, so this one only reads it.");
    check("newer-writer", with(header(1, 9)), (QUIET, 4), (only_reads, 4));
    let refused = || wanted(3, "was written by a newer squall. Update this one to open it.");
    check("newer", with(header(9, 9)), (refused(), 0), (refused(), 0));
}

#[test]
fn a_gigabyte_that_never_ends_a_line_is_set_aside() {
    let grow = |path: &Path| {
        let file = fs::OpenOptions::new().write(true).open(path).unwrap();
        let length = file.metadata().unwrap().len();
        file.set_len(length + (1 << 30)).unwrap();
    };
    let home = home("damage-gigabyte");
    grow(&home.path("saves/a.storm"));
    assert_eq!(deeds(&home), 4);
    let junk = home.path("saves/b.storm");
    fs::write(&junk, "").unwrap();
    grow(&junk);
    let answer = home.squall(&["show", "b"], "");
    assert!(
        wanted(3, "is not a board file: not one line of a wall is in it.").is_met_by(&answer),
        "{answer:?}"
    );
}

#[test]
#[cfg(unix)]
fn a_full_disk_is_one_sentence_and_what_was_answered_is_there() {
    let home = home("damage-full");
    // Files may grow to a few blocks and no further. What the program gets to see is EFBIG, the nearest to a full disk
    // that everybody may have; `badinput` fills a real one.
    let limited = home.command_within(r#"trap "" 25; ulimit -f 16"#, &["do", "a", "-"]);
    let answer = Answer::of(limited, &many_notes());
    assert!(wanted(3, "there is no room left on the disk").is_met_by(&answer), "{answer:?}");
    let answered = answer.out.lines().count();
    assert!(answered < NOTES && deeds(&home) >= 4 + answered, "{answered} answered, {} there", deeds(&home));
    assert_eq!(place_note(&home, 7).code, 0);
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_that_cannot_be_written_is_one_sentence() {
    let home = home("damage-read-only");
    // Nobody may make a folder here, not even root.
    let answer = home.squall(&["--saves", "/sys/kernel/squall", "new", "a"], "");
    assert!(wanted(3, "/sys/kernel/squall: you are not allowed to.").is_met_by(&answer), "{answer:?}");
}
