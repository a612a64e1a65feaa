//! What people type and what they get back: the transcripts of `tests/it/cli/` are played against the real program.
//!
//! ```text
//! # what this is about
//! $ squall reword shop "Order placed"     one call; quotes as in a shell
//! < {"undo":{}}                           what it reads from standard input
//! {"entry":"[..]","made":[]}              what it writes to standard output, [..] stands for anything within a line
//! ! squall: There is no board at [..].    what it writes to standard error
//! ? 3                                     its exit code, where it is not 0
//! ```
//! `...` alone in a line stands for any number of lines. `= FILE` and the `|` lines under it lay a file before the next
//! call. Every transcript has a home of its own, and speaks Korean where its name ends in `_ko`.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::source::root;

/// A folder of its own in which the program runs, without anything of this machine's settings.
pub(crate) struct Home {
    folder: PathBuf,
    locale: &'static str,
}

/// What one call gave.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: i32,
}

impl Home {
    pub(crate) fn new(name: &str) -> Home {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).expect("a test may make a folder");
        Home { folder, locale: if name.ends_with("_ko") { "ko_KR.UTF-8" } else { "C.UTF-8" } }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn command(&self, args: &[impl AsRef<std::ffi::OsStr>]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_squall"));
        command.args(args).current_dir(&self.folder).env_clear();
        command.env("HOME", &self.folder).env("SQUALL_SAVES", self.path("saves")).env("SQUALL_NAME", "Ana");
        command
            .env("LC_ALL", self.locale)
            .env("TZ", "UTC")
            .env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command
    }

    pub(crate) fn squall(&self, args: &[impl AsRef<std::ffi::OsStr>], input: &str) -> Answer {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        // A program that does not want its input may close it.
        drop(child.stdin.take().expect("it is piped").write_all(input.as_bytes()));
        let output = child.wait_with_output().expect("the program ends");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("squall writes UTF-8");
        Answer {
            out: text(&output.stdout),
            err: text(&output.stderr),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

/// One call of a transcript and what it should give.
#[derive(Default)]
struct Step<'a> {
    line: usize,
    args: Vec<String>,
    files: Vec<(&'a str, String)>,
    input: String,
    out: Vec<&'a str>,
    err: Vec<&'a str>,
    code: i32,
}

fn steps(text: &str) -> Vec<Step<'_>> {
    let mut steps: Vec<Step<'_>> = Vec::new();
    let mut files: Vec<(&str, String)> = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        let (mark, rest) = text.split_once(' ').unwrap_or((text, ""));
        if mark == "$" {
            let mut args = words(rest).into_iter();
            assert_eq!(args.next().as_deref(), Some("squall"), "line {line}: a call starts so");
            steps.push(Step {
                line,
                args: args.collect(),
                files: std::mem::take(&mut files),
                ..Step::default()
            });
            continue;
        }
        match (mark, steps.last_mut()) {
            ("=", _) => files.push((rest, String::new())),
            ("|", _) if !files.is_empty() => {
                files.last_mut().expect("one was laid").1 += &format!("{rest}\n");
            }
            ("#", _) | (_, None) => {}
            ("<", Some(step)) => step.input += &format!("{rest}\n"),
            ("!", Some(step)) => step.err.push(rest),
            ("?", Some(step)) => step.code = rest.parse().expect("an exit code is a number"),
            (_, Some(step)) => step.out.push(text),
        }
    }
    for step in &mut steps {
        while step.out.last().is_some_and(|line| line.is_empty()) {
            step.out.pop();
        }
    }
    steps
}

/// Splits as a shell does, quotes of both kinds included.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut open, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (c, quote) {
            ('"' | '\'', None) => {
                quote = Some(c);
                open.get_or_insert_default();
            }
            (c, Some(mark)) if c == mark => quote = None,
            (' ', None) => words.extend(open.take()),
            (c, _) => open.get_or_insert_default().push(c),
        }
    }
    words.extend(open);
    words
}

/// Whether the lines are as the patterns say.
fn fits(patterns: &[&str], lines: &[&str]) -> bool {
    match patterns {
        [] => lines.is_empty(),
        ["...", rest @ ..] => (0..=lines.len()).any(|skipped| fits(rest, &lines[skipped..])),
        [pattern, rest @ ..] => {
            lines.split_first().is_some_and(|(line, lines)| fits_line(pattern, line) && fits(rest, lines))
        }
    }
}

fn fits_line(pattern: &str, line: &str) -> bool {
    match pattern.split_once("[..]") {
        None => pattern == line,
        Some((start, rest)) => line.strip_prefix(start).is_some_and(|line| {
            line.char_indices().map(|(at, _)| at).chain([line.len()]).any(|at| fits_line(rest, &line[at..]))
        }),
    }
}

fn play(name: &str) {
    let text =
        fs::read_to_string(root().join(format!("tests/it/cli/{name}.txt"))).expect("the transcript is there");
    let home = Home::new(name);
    let mut wrong = String::new();
    for step in steps(&text) {
        for (name, text) in &step.files {
            fs::write(home.path(name), text).expect("a test may write a file");
        }
        let answer = home.squall(&step.args, &step.input);
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let (out, err) = (lines(&answer.out), lines(&answer.err));
        let plain = |lines: &[String], wanted: &[&str]| {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            fits(wanted, &lines)
        };
        if answer.code != step.code || !plain(&out, &step.out) || !plain(&err, &step.err) {
            let err = err.iter().map(|line| format!("! {line}\n")).collect::<String>();
            wrong += &format!(
                "{name}.txt:{}: squall {:?}\n{}{err}? {}\n\n",
                step.line, step.args, answer.out, answer.code
            );
        }
    }
    assert!(wrong.is_empty(), "what really came:\n{wrong}");
}

macro_rules! transcripts {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            play(stringify!($name));
        })*

        #[test]
        fn every_transcript_is_played() {
            let files = fs::read_dir(root().join("tests/it/cli")).expect("the folder is there");
            for file in files.map(|file| file.expect("it is readable").file_name()) {
                let name = file.to_string_lossy().replace(".txt", "");
                assert!([$(stringify!($name)),*].contains(&name.as_str()), "{name} is not played");
            }
        }
    };
}

transcripts! { alone alone_ko boards boards_ko deeds deeds_ko damaged files logs usage usage_ko }
