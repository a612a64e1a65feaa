//! squall beside another canvas in the terminal, where one is installed: each opens the same 2,000 notes in a terminal of
//! its own and is panned by the same hand.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const NOTES: i32 = 2_000;
const COLUMNS: i32 = 40;
const SIZE: (u16, u16) = (200, 60);
const PANS: u32 = 100;
/// A screen is whole when nothing more came for so long.
const QUIET: Duration = Duration::from_millis(60);
/// For how long nobody touches anything.
const IDLE: Duration = Duration::from_secs(2);
/// How often the kernel counts a process's time in a second.
const TICKS_A_SECOND: f64 = 100.0;

/// What a program asks a terminal last before its first picture, and what one answers; a program waits for that.
const ASKS_WHAT_IT_IS: &[u8] = b"\x1b[c";
const WHAT_IT_IS: &str = "\x1b[?62;22c";

/// A program in a terminal.
struct Program {
    began: Instant,
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
}

/// What was seen of a program.
struct Seen {
    first_screen: Duration,
    bytes_a_pan: f64,
    millis_a_pan: f64,
    idle_millis: f64,
}

/// Opens the same notes in both, or says that there is only one.
#[expect(clippy::print_stdout, reason = "what a bench is for")]
pub(crate) fn run() {
    let Some(other) = on_path("pinstar") else {
        return println!("beside: passed by, pinstar is not on PATH");
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("beside");
    fs::create_dir_all(&folder).expect("there is room for a bench");
    fs::write(folder.join("notes.canvas"), canvas()).expect("there is room for a bench");
    fs::write(folder.join("notes.json"), board()).expect("there is room for a bench");
    let squall = |args: &[&str]| {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_squall"));
        command.args(args);
        command.env("SQUALL_SAVES", &folder);
        command.env("SQUALL_CONFIG", folder.join("config.toml"));
        command
    };
    Program::start(squall(&[
        "import",
        &folder.join("notes.json").to_string_lossy(),
        "-o",
        "notes",
        "--force",
    ]))
    .end();
    let mut theirs = CommandBuilder::new(other);
    theirs.arg(folder.join("notes.canvas"));
    let (ours, theirs) = (Program::start(squall(&["open", "notes"])).watch(), Program::start(theirs).watch());
    let row = |what: &str, ours: f64, theirs: f64, unit: &str| {
        println!(
            "{:<58} {:>7.2}          {ours:>8.1} / {theirs:.1} {unit}",
            format!("pinstar: {what}"),
            ours / theirs
        );
    };
    let millis = |time: Duration| time.as_secs_f64() * 1000.0;
    row(
        "2,000 notes on the first whole screen",
        millis(ours.first_screen),
        millis(theirs.first_screen),
        "ms",
    );
    row("bytes for a pan by two columns", ours.bytes_a_pan, theirs.bytes_a_pan, "bytes");
    row("processor for a pan by two columns", ours.millis_a_pan, theirs.millis_a_pan, "ms");
    println!("pinstar: processor in 2 s of nothing {:.0} / {:.0} ms", ours.idle_millis, theirs.idle_millis);
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn place(nth: i32) -> (i32, i32) {
    (nth % COLUMNS * 26, nth / COLUMNS * 8)
}

/// The notes as a JSON Canvas, a cell being ten by twenty of its units.
fn canvas() -> String {
    let node = |nth: i32| {
        let (x, y) = place(nth);
        format!(
            r#"{{"id":"n{nth}","type":"text","x":{},"y":{},"width":220,"height":100,"text":"note {nth}"}}"#,
            x * 10,
            y * 20
        )
    };
    format!(r#"{{"nodes":[{}],"edges":[]}}"#, (0..NOTES).map(node).collect::<Vec<_>>().join(","))
}

/// The notes as a board.
fn board() -> String {
    let note = |nth: i32| {
        let (x, y) = place(nth);
        format!(r#"{{"id":"n{nth}","kind":"event","wording":"note {nth}","at":[{x},{y}]}}"#)
    };
    let notes = (0..NOTES).map(note).collect::<Vec<_>>().join(",");
    format!(r#"{{"format":"squall-board","version":1,"level":"design","notes":[{notes}]}}"#)
}

impl Program {
    #[expect(clippy::disallowed_methods, reason = "measuring is what a bench has a clock for")]
    fn start(mut command: CommandBuilder) -> Program {
        let size = PtySize { rows: SIZE.1, cols: SIZE.0, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal can be opened");
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        let began = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let mut reader = pair.master.try_clone_reader().expect("a terminal can be read");
        let keyboard = pair.master.take_writer().expect("a terminal can be typed into");
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 1 << 16];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Program { began, child, _master: pair.master, keyboard, output }
    }

    /// Waits until it ends.
    fn end(mut self) {
        while self.output.recv().is_ok() {}
        drop(self.child.wait());
    }

    /// The bytes it writes until it is quiet, and when the last of them came.
    #[expect(clippy::disallowed_methods, reason = "measuring is what a bench has a clock for")]
    fn bytes(&mut self) -> (usize, Instant) {
        let (mut bytes, mut last) = (0, Instant::now());
        while let Ok(more) = self.output.recv_timeout(QUIET) {
            bytes += more.len();
            last = Instant::now();
            if more.windows(ASKS_WHAT_IT_IS.len()).any(|asked| asked == ASKS_WHAT_IT_IS) {
                self.press(WHAT_IT_IS);
            }
        }
        (bytes, last)
    }

    fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).and_then(|()| self.keyboard.flush()).expect("it listens");
    }

    /// The processor's time it has used, in milliseconds.
    fn used(&self) -> f64 {
        let pid = self.child.process_id().unwrap_or_default();
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse().ok()).unwrap_or(0.0);
        (ticks(11) + ticks(12)) * 1000.0 / TICKS_A_SECOND
    }

    #[expect(clippy::disallowed_methods, reason = "measuring is what a bench has a clock for")]
    fn watch(mut self) -> Seen {
        let mut first_screen = self.began;
        let mut bytes = 0;
        while bytes < 2_000 && self.began.elapsed() < Duration::from_secs(10) {
            let (more, last) = self.bytes();
            (bytes, first_screen) = (bytes + more, last);
        }
        let before = self.used();
        self.press("\x1b[<1;100;30M");
        let mut panned = 0;
        for step in 1..=PANS {
            self.press(&format!("\x1b[<33;{};30M", if step % 2 == 0 { 100 } else { 98 }));
            panned += self.bytes().0;
        }
        self.press("\x1b[<1;100;30m");
        let used = self.used() - before;
        let before = self.used();
        let until = Instant::now() + IDLE;
        while self.output.recv_timeout(until.saturating_duration_since(Instant::now())).is_ok() {}
        let idle_millis = self.used() - before;
        drop(self.child.kill());
        drop(self.child.wait());
        Seen {
            first_screen: first_screen.duration_since(self.began),
            bytes_a_pan: panned as f64 / f64::from(PANS),
            millis_a_pan: used / f64::from(PANS),
            idle_millis,
        }
    }
}
