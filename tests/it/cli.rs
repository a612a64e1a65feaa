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
//! call; `@ NAME=VALUE` sets a variable for all calls below it. Every transcript has a home of its own, and speaks Korean where its name ends in `_ko`.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
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
            .env("TMPDIR", &self.folder)
            .env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command
    }

    /// The same call behind a few words of a shell that change what the program is given.
    #[cfg(unix)]
    pub(crate) fn command_within(&self, script: &str, args: &[impl AsRef<std::ffi::OsStr>]) -> Command {
        let squall = self.command(args);
        let mut command = Command::new("sh");
        command.args(["-c", &format!(r#"{script}; exec "$0" "$@""#)]).arg(squall.get_program());
        command.args(squall.get_args()).current_dir(&self.folder).env_clear();
        command.envs(squall.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command
    }

    pub(crate) fn squall(&self, args: &[impl AsRef<std::ffi::OsStr>], input: &str) -> Answer {
        Answer::of(self.command(args), input)
    }
}

impl Answer {
    pub(crate) fn of(mut command: Command, input: &str) -> Answer {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        // Its answers are read while it is still being asked, else both would wait where there is much of either.
        let mut asked = child.stdin.take().expect("it is piped");
        let output = std::thread::scope(|scope| {
            // A program that does not want its input may close it.
            scope.spawn(move || drop(asked.write_all(input.as_bytes())));
            child.wait_with_output().expect("the program ends")
        });
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
    variables: Vec<(&'a str, &'a str)>,
    input: String,
    out: Vec<&'a str>,
    err: Vec<&'a str>,
    code: i32,
}

fn steps(text: &str) -> Vec<Step<'_>> {
    let mut steps: Vec<Step<'_>> = Vec::new();
    let mut files: Vec<(&str, String)> = Vec::new();
    let mut variables: Vec<(&str, &str)> = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        let (mark, rest) = text.split_once(' ').unwrap_or((text, ""));
        if mark == "$" {
            let mut args = words(rest).into_iter();
            assert_eq!(args.next().as_deref(), Some("squall"), "line {line}: a call starts so");
            steps.push(Step {
                line,
                args: args.collect(),
                files: std::mem::take(&mut files),
                variables: variables.clone(),
                ..Step::default()
            });
            continue;
        }
        match (mark, steps.last_mut()) {
            ("=", _) => files.push((rest, String::new())),
            ("@", _) => variables.extend(rest.split_once('=')),
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
        let mut command = home.command(&step.args);
        command.envs(step.variables.iter().copied());
        let answer = Answer::of(command, &step.input);
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

transcripts! {
    alone alone_ko boards boards_ko deeds deeds_ko damaged edits files lint logs odd plain plain_ko replay replay_ko report
    suggest tell usage usage_ko what_if
}

/// The verbs, as the help lists them.
fn verbs() -> Vec<String> {
    let help = Home::new("verbs").squall(&["--help"], "").out;
    let listed =
        help.lines().skip_while(|line| *line != "Verbs:").skip(1).take_while(|line| !line.is_empty());
    listed.filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect()
}

#[test]
fn every_verb_tells_about_itself_in_both_languages() {
    let verbs = verbs();
    assert!(verbs.len() > 15, "{verbs:?}");
    for verb in &verbs {
        for home in ["help_en", "help_ko"] {
            let home = Home::new(home);
            let Answer { out, err, code } = home.squall(&[verb, "--help"], "");
            assert_eq!((code, err.as_str()), (0, ""), "{verb}");
            let keys = ["arg-", "cli-", "value-", "form-", "{"];
            let is_left = |key: &&&str| out.contains(**key) && !(**key == "{" && verb == "do");
            assert_eq!(keys.iter().find(is_left), None, "{verb} shows a key: {out}");
            let is_korean = out.chars().any(|c| ('가'..='힣').contains(&c));
            assert_eq!(is_korean, home.locale.starts_with("ko"), "{verb}: {out}");
            assert!(!is_korean || !out.contains("Usage") && !out.contains("OPTIONS"), "{verb}: {out}");
            let man = home.squall(&["man", verb], "");
            assert!(man.code == 0 && man.out.contains(".SH"), "{verb}: {}", man.err);
        }
    }
}

#[test]
fn what_a_verb_takes_is_told_in_the_order_in_which_it_takes_it() {
    let help = Home::new("order").squall(&["join", "--help"], "").out;
    let at = |name: &str| help.find(name).expect("it is told");
    assert!(at("\n  [LINK]") < at("\n  [BOARD]"), "{help}");
}

#[test]
fn the_readme_names_every_verb() {
    let readme = fs::read_to_string(root().join("README.md")).expect("there is a README");
    let is_named = |verb: &String| readme.contains(&format!("`{verb}`"));
    let missing: Vec<String> = verbs().into_iter().filter(|verb| !is_named(verb)).collect();
    assert!(missing.is_empty(), "README.md says nothing of {missing:?}");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let home = Home::new("closed_pipe");
    home.squall(&["new", "hotel", "--template", "hotel"], "");
    for args in [&["log", "hotel"][..], &["show", "hotel"], &["export", "hotel", "--to", "json"], &["--help"]]
    {
        let mut command = home.command(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{args:?}");
    }
}

#[test]
fn a_followed_board_is_told_as_it_goes_on() {
    let home = Home::new("followed");
    home.squall(&["new", "shop"], "");
    let mut follower =
        home.command(&["log", "shop", "--follow"]).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut told = BufReader::new(follower.stdout.take().expect("it is piped")).lines();
    let mut next = || told.next().expect("it goes on").expect("it is text");
    assert!(next().ends_with("set title of the board: shop"));
    home.squall(&["do", "shop", "place", "event", "Order placed"], "");
    assert!(next().ends_with("placed domain event “Order placed”"));
    home.squall(&["do", "shop", "undo"], "");
    assert!(next().ends_with("removed “Order placed”"));
    follower.kill().expect("it is there");
    follower.wait().expect("it ends");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let home = Home::new("full_disk");
    home.squall(&["new", "shop"], "");
    let full = || fs::File::create("/dev/full").expect("Linux has it");
    let output = home.command(&["log", "shop"]).stdout(full()).output().expect("it ends");
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{err}");
    assert!(err.starts_with("squall: The output could not be written."), "{err}");
    let answer = home.squall(&["export", "shop", "--to", "json", "-o", "/dev/full", "--force"], "");
    assert_eq!(answer.code, 3, "{answer:?}");
    assert_eq!(
        answer.err,
        "squall: /dev/full could not be written.\n  because: there is no room left on the disk\n"
    );
}

#[test]
fn a_line_that_is_too_long_is_refused_and_the_next_is_done() {
    let home = Home::new("long_lines");
    home.squall(&["new", "shop"], "");
    let place = |wording: &str| format!(r#"{{"place":{{"kind":"event","wording":"{wording}"}}}}"#);
    let lines = [
        place(&"a".repeat(70_000)),
        place(&"a".repeat(16_000)),
        "[".repeat(50_000),
        place(&"가".repeat(4_000)),
    ];
    let Answer { out, code, .. } = home.squall(&["do", "shop", "-"], &lines.join("\n"));
    let codes: Vec<&str> = out.lines().map(|line| line.split('"').nth(5).unwrap_or(line)).collect();
    assert_eq!(code, 1);
    assert_eq!(codes[..3], ["do-line-too-long", "reject-wording-too-long", "do-json-too-deep"], "{out}");
    assert!(out.lines().last().expect("there are answers").starts_with(r#"{"entry""#), "{out}");
    let shown = home.squall(&["show", "shop", "--size", "80x24"], "");
    assert_eq!((shown.code, shown.out.lines().count()), (0, 24));
}
