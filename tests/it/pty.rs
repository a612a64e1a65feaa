//! The real program in a real terminal: what is typed, what an emulator shows of it, and how the terminal is left.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use squall::tui::terminal::Tty;

use crate::scratch::Scratch;

/// A program that says nothing for so long has died.
const PATIENCE: Duration = Duration::from_secs(60);

/// A terminal and the program in it.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    emulator: vt100::Parser,
}

/// How a program left its terminal.
pub(crate) struct Departure {
    pub(crate) code: u32,
    shown: String,
    /// What it wrote from when it was left alone.
    pub(crate) written: String,
}

impl Terminal {
    /// Starts a program in a terminal of this size.
    pub(crate) fn start(mut command: CommandBuilder, (w, h): (u16, u16)) -> Terminal {
        let size = PtySize { rows: h, cols: w, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let emulator = vt100::Parser::new(h.try_into().unwrap(), w.try_into().unwrap(), 0);
        Terminal { child, master: pair.master, keyboard, output, emulator }
    }

    /// Starts what a call of the program is, with nothing of this machine around it.
    pub(crate) fn of(call: &std::process::Command, size: (u16, u16)) -> Terminal {
        let mut command = CommandBuilder::new(call.get_program());
        command.args(call.get_args());
        command.env_clear();
        call.get_envs().for_each(|(name, value)| command.env(name, value.unwrap_or_default()));
        command.cwd(call.get_current_dir().unwrap_or("/".as_ref()));
        Terminal::start(command, size)
    }

    /// A call that opens a board.
    fn command(scratch: &Scratch) -> CommandBuilder {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_squall"));
        command.args(["--lang", "ko", "open", "shop"]);
        command.env("SQUALL_SAVES", scratch.join("saves"));
        command.env("SQUALL_NAME", "민수");
        command.env("HOME", &**scratch);
        command
    }

    /// Opens a board in a terminal of this size.
    fn open(scratch: &Scratch, size: (u16, u16)) -> Terminal {
        Terminal::start(Terminal::command(scratch), size)
    }

    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.emulator.screen()
    }

    fn text(&self) -> String {
        self.screen().contents()
    }

    pub(crate) fn press(&mut self, keys: impl AsRef<[u8]>) -> &mut Terminal {
        self.keyboard.write_all(keys.as_ref()).unwrap();
        self.keyboard.flush().unwrap();
        self
    }

    /// Has another size from now on.
    fn resize(&mut self, (w, h): (u16, u16)) -> &mut Terminal {
        self.master.resize(PtySize { rows: h, cols: w, pixel_width: 0, pixel_height: 0 }).unwrap();
        self.emulator = vt100::Parser::new(h.try_into().unwrap(), w.try_into().unwrap(), 0);
        self
    }

    /// Waits until the screen is as `wanted`.
    #[track_caller]
    pub(crate) fn wait(&mut self, wanted: impl Fn(&vt100::Screen) -> bool) -> &mut Terminal {
        while !wanted(self.screen()) {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.emulator.process(&bytes),
                Err(_) => panic!("this never came:\n{}", self.text()),
            }
        }
        self
    }

    /// Waits for a whole frame that is as `wanted` and not the one before.
    #[track_caller]
    pub(crate) fn wait_for_frame(&mut self, wanted: impl Fn(&vt100::Screen) -> bool) -> &mut Terminal {
        let mut new = Vec::new();
        while !new.ends_with(b"\x1b[?2026l") || !wanted(self.screen()) {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => {
                    self.emulator.process(&bytes);
                    new.extend(bytes);
                }
                Err(_) => panic!("this frame never came:\n{}", self.text()),
            }
        }
        self
    }

    #[track_caller]
    pub(crate) fn wait_for(&mut self, text: &str) -> &mut Terminal {
        self.wait(|screen| screen.contents().contains(text))
    }

    fn signal(&mut self, name: &str) -> &mut Terminal {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([name, &pid]).status().unwrap().success());
        self
    }

    /// Waits until the program is gone, and looks whether the terminal is as it was before.
    #[track_caller]
    pub(crate) fn leave(mut self) -> Departure {
        let mut written = Vec::new();
        loop {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => {
                    self.emulator.process(&bytes);
                    written.extend(bytes);
                }
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not leave:\n{}", self.text()),
            }
        }
        let code = self.child.wait().unwrap().exit_code();
        let screen = self.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        let modes = self.master.get_termios().unwrap().local_flags;
        let asked_for = format!("{modes:?}");
        assert!(asked_for.contains("ECHO") && asked_for.contains("ICANON"), "{asked_for}");
        let written = String::from_utf8_lossy(&written).into_owned();
        Departure { code, shown: self.text(), written }
    }
}

/// A new board whose level was asked and answered.
fn begun(scratch: &Scratch, size: (u16, u16)) -> Terminal {
    begun_by(Terminal::command(scratch), size)
}

/// The same, by a call of its own.
fn begun_by(command: CommandBuilder, size: (u16, u16)) -> Terminal {
    let mut terminal = Terminal::start(command, size);
    terminal.wait_for("이 보드는 어디까지 다루나요?").press("\r").wait_for("지난주에 우리 일에서");
    terminal
}

#[test]
fn korean_lands_in_the_note_with_the_real_cursor_behind_it() {
    let scratch = Scratch::new();
    let mut terminal = begun(&scratch, (80, 24));
    terminal.press("o").wait(|screen| !screen.hide_cursor());
    for syllable in ["주", "문", "됨"] {
        terminal.press(syllable).wait_for(syllable);
    }
    terminal.wait_for("주문됨").wait(|screen| {
        let (row, column) = screen.cursor_position();
        let cell =
            |back: u16| screen.cell(row, column.saturating_sub(back)).map_or("", vt100::Cell::contents);
        (cell(6), cell(4), cell(2)) == ("주", "문", "됨")
    });
    terminal
        .press("\t결제됨\r")
        .wait_for("결제됨")
        .wait(vt100::Screen::hide_cursor)
        .wait_for("저장됨")
        .press("q");
    assert_eq!(terminal.leave().code, 0);
    let mut again = Terminal::open(&scratch, (80, 24));
    again.wait_for("주문됨").wait_for("결제됨").press("q");
    assert_eq!(again.leave().code, 0);
}

#[test]
fn what_was_being_typed_is_kept_when_the_machine_says_leave_and_the_terminal_is_clean() {
    for signal in ["-TERM", "-HUP", "-INT"] {
        let scratch = Scratch::new();
        let mut terminal = begun(&scratch, (80, 24));
        terminal.press("o주문됨\r").wait_for("주문됨").wait_for("저장됨").signal(signal);
        terminal.leave();
        let mut again = Terminal::open(&scratch, (80, 24));
        again.wait_for("주문됨").press("q");
        assert_eq!(again.leave().code, 0);
    }
}

/// Run by the test below in a terminal of its own; does nothing anywhere else.
#[test]
fn a_panic_on_purpose() {
    if std::env::var_os("SQUALL_PANIC").is_some() {
        let tty = Tty::enter().unwrap();
        tty.write(b"a picture").unwrap();
        panic!("on purpose");
    }
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_speaks() {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["pty::a_panic_on_purpose", "--exact", "--nocapture"]);
    command.env("SQUALL_PANIC", "1");
    let departure = Terminal::start(command, (120, 500)).leave();
    assert_ne!(departure.code, 0);
    assert!(departure.shown.contains("on purpose"), "{}", departure.shown);
    assert!(!departure.shown.contains("a picture"));
}

#[test]
fn a_terminal_of_ten_by_three_is_small_and_works() {
    let scratch = Scratch::new();
    let mut terminal = Terminal::open(&scratch, (10, 3));
    terminal.wait(vt100::Screen::alternate_screen).press("\ro주문됨").wait_for("주문").press("\rq");
    assert_eq!(terminal.leave().code, 0);
}

#[test]
fn a_resized_terminal_is_painted_anew_in_its_new_size() {
    let scratch = Scratch::new();
    let mut terminal = begun(&scratch, (80, 24));
    terminal.press("o주문됨\r").wait_for("주문됨");
    terminal
        .resize((60, 12))
        .wait(|screen| screen.contents().lines().next_back().is_some_and(|line| line.contains("도움말")));
    terminal.press("q");
    assert_eq!(terminal.leave().code, 0);
}

#[test]
fn a_storm_of_sizes_leaves_a_screen_that_works() {
    let scratch = Scratch::new();
    let mut terminal = begun(&scratch, (80, 24));
    terminal.press("o주문됨\r").wait_for("주문됨");
    for round in 0..3 {
        for size in [(1, 1), (1000, 500), (2, 1), (1, 200), (300, 2), (5, 5), (80, 24), (13, 7)] {
            terminal.resize(size).press(["l", "-", "+"][round]);
        }
    }
    terminal.resize((80, 24)).press("0").wait_for("주문됨").press("o결제됨\r").wait_for("결제됨").press("q");
    assert_eq!(terminal.leave().code, 0);
}

/// What terminals send that is no key: reports with letters for numbers, answers nobody asked for, protocols of other
/// terminals, letters that are cut.
const ROUGH: &[&[u8]] = &[
    b"\x1b[<65;NaN;NaNM\x1b[<0;NaN;1m\x1b[<0;99999999999;1M\x1b[<35;3;3M",
    b"\x1b[?62;4c\x1b]11;rgb:0000/0000/0000\x1b\\\x1b]52;c;cXE=\x07\x1b[12;5R\x1b[?2026;2$y\x1b[0n\x1b[8;24;80t",
    b"\x1bP>|term 1.0\x1b\\\x1b_Gi=1;OK\x1b\\\x1b^q\x1b\\\x1b[99999u\x1b[57441;1:1u\x1b[1;1:3A\x1b[>0;1;2;3;4;5;6;7q",
    b"\xff\xfe\xc0\xaf\xed\xa0\x80\xe3\x85",
    b"\x1b[201~\x1b[\x00\x1bO\x01\x1b[1;",
];

#[test]
fn nothing_that_is_no_key_does_anything_and_the_next_key_does() {
    let scratch = Scratch::new();
    let mut terminal = begun(&scratch, (80, 24));
    terminal.press("o주문됨\r").wait_for("주문됨");
    for rough in ROUGH {
        terminal.press(rough);
    }
    terminal.press("\x1b[Ao결제됨").wait_for("결제됨");
    // Within a text too, and what is left of it is what was typed.
    for rough in &ROUGH[..4] {
        terminal.press(rough);
    }
    terminal.press("!\r").wait_for("결제됨!").wait(vt100::Screen::hide_cursor).wait_for("저장됨");
    // An Escape alone is a key.
    terminal
        .press("?")
        .wait_for("╭")
        .press("\x1b")
        .wait(|screen| !screen.contents().contains('╭'))
        .press("q");
    assert_eq!(terminal.leave().code, 0);
}

#[test]
fn a_paste_of_ten_megabytes_is_cut_and_that_is_told() {
    let scratch = Scratch::new();
    let mut terminal = begun(&scratch, (80, 24));
    terminal.press("o").wait(|screen| !screen.hide_cursor()).press("\x1b[200~");
    let some = "붙인 글 ".repeat(1024);
    for _ in 0..10 * 1024 * 1024 / some.len() {
        terminal.press(&some);
    }
    terminal.press("\x1b[201~").wait_for("붙여 넣은 글이 너무 길어서");
    terminal.press("\r").wait_for("스티커 1장").press("q");
    assert_eq!(terminal.leave().code, 0);
}

#[test]
fn the_wall_is_changed_as_text_in_an_editor_that_has_the_terminal_meanwhile() {
    let scratch = Scratch::new();
    let script = scratch.join("editor.sh");
    let mut command = Terminal::command(&scratch);
    command.env("VISUAL", format!("sh '{}'", script.display()));
    let mut terminal = begun_by(command, (200, 24));
    terminal.press("o주문됨\r").wait_for("주문됨").wait_for("저장됨");
    // It hears the keyboard, in lines, and nothing of the screen is left there.
    std::fs::write(
        &script,
        "printf 'what now? '; read word; sed \"s/주문됨/$word/\" \"$1\" > \"$1~\" && mv \"$1~\" \"$1\"",
    )
    .unwrap();
    terminal.press("E").wait_for("what now?").wait(|screen| !screen.alternate_screen()).press("결제됨\n");
    terminal.wait_for("편집기에서 바꿨어요").wait_for("결제됨").wait(vt100::Screen::alternate_screen);
    terminal.press("u").wait_for("주문됨");
    std::fs::write(&script, "echo lost > \"$1\"; exit 3").unwrap();
    terminal.press("E").wait_for("편집기가 제대로 끝나지 않아").wait_for("주문됨");
    let screen = terminal.text();
    let kept =
        screen.split("글은 이곳에 남아 있어요: ").nth(1).and_then(|rest| rest.split(" · ").next()).unwrap();
    assert_eq!(std::fs::read_to_string(kept).unwrap(), "lost\n");
    std::fs::remove_file(kept).unwrap();
    terminal.press("q");
    assert_eq!(terminal.leave().code, 0);
}

/// A call of the program that is not a wall.
pub(crate) fn call(scratch: &Scratch, args: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_squall"));
    command.args(args);
    command.env("SQUALL_SAVES", scratch.join("saves"));
    command.env("HOME", &**scratch);
    command
}

#[test]
fn a_terminal_without_screens_is_talked_to_in_lines_and_told_why() {
    let scratch = Scratch::new();
    let mut command = Terminal::command(&scratch);
    let mut call: Vec<_> = ["env".into(), "TERM=dumb".into()].into();
    call.append(command.get_argv_mut());
    *command.get_argv_mut() = call;
    let mut terminal = Terminal::start(command, (100, 20));
    terminal
        .wait_for("TERM이 dumb")
        .wait_for("> ")
        .press("place event 주문됨\r")
        .wait_for("“주문됨”")
        .press("list\rquit\r");
    let departure = terminal.leave();
    assert_eq!(departure.code, 0);
    assert!(departure.shown.contains("1번 도메인 이벤트: 주문됨"), "{}", departure.shown);
}

#[test]
fn exported_words_cannot_turn_a_terminal_around_and_reach_a_file_as_they_are() {
    let scratch = Scratch::new();
    let run = |args: &[&str]| {
        let mut terminal = Terminal::start(call(&scratch, args), (80, 24));
        let mut out = Vec::new();
        terminal.output.iter().for_each(|bytes| out.extend(bytes));
        assert_eq!(terminal.child.wait().unwrap().exit_code(), 0);
        String::from_utf8(out).unwrap()
    };
    let file = scratch.join("shop.txt");
    run(&["new", "shop"]);
    run(&["do", "shop", "place", "event", "a\u{202e}b"]);
    let shown = run(&["export", "shop", "--to", "text"]);
    assert!(shown.contains("a\u{fffd}b"), "{shown:?}");
    run(&["export", "shop", "--to", "text", "-o", file.to_str().unwrap()]);
    assert!(std::fs::read_to_string(file).unwrap().contains("a\u{202e}b"));
}

#[test]
fn the_first_screen_makes_renames_removes_and_brings_back_boards() {
    let scratch = Scratch::new();
    let start = || {
        let mut terminal = Terminal::start(call(&scratch, &["--lang", "ko"]), (100, 30));
        terminal.wait_for("새 보드: 빈 보드");
        terminal
    };
    let mut terminal = start();
    terminal.press("주문\x1b[B\x1b[B\r").wait_for("프로세스 모델링").wait_for("저장됨").press("q");
    assert_eq!(terminal.leave().code, 0);
    let mut terminal = start();
    terminal.wait_for("주문").press("\x1b[B\x122\r").wait_for("이름을 바꿨어요: 주문 → 주문2");
    terminal.press("\x1b[3~").wait_for("지웠어요: 주문2").press("\x15").wait_for("되살렸어요: 주문2");
    terminal.press("\x04\x7f3\r").wait_for("복사했어요: 주문2 → 주문3").press("\x1b");
    assert_eq!(terminal.leave().code, 0);
    let mut names: Vec<_> =
        std::fs::read_dir(scratch.join("saves")).unwrap().map(|file| file.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["backup", "live", "주문2.storm", "주문3.storm"]);
}

/// Clock ticks a process has used, its own and the kernel's for it.
#[cfg(target_os = "linux")]
fn ticks(pid: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let fields: Vec<&str> = stat[stat.rfind(')').unwrap()..].split_whitespace().collect();
    fields[12].parse::<u64>().unwrap() + fields[13].parse::<u64>().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn while_nothing_happens_nothing_is_written_and_no_time_is_spent() {
    let scratch = Scratch::new();
    let mut terminal = begun(&scratch, (80, 24));
    terminal.press("o주문됨\r").wait_for("주문됨").wait_for("저장됨").wait_for("되돌리기");
    let pid = terminal.child.process_id().unwrap();
    // Whatever was still on its way has come when nothing comes for a while.
    while let Ok(bytes) = terminal.output.recv_timeout(Duration::from_millis(300)) {
        terminal.emulator.process(&bytes);
    }
    let before = ticks(pid);
    assert_eq!(terminal.output.recv_timeout(Duration::from_secs(1)), Err(RecvTimeoutError::Timeout));
    assert_eq!(ticks(pid), before);
    terminal.press("q");
    assert_eq!(terminal.leave().code, 0);
}
