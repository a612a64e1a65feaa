//! A newcomer's first minutes with the real program in a real terminal, from the picker through the tour to a process
//! of their own, as the film that stands in the README.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use squall::tui::picture::film;
use squall::tui::theme::Shade;

use crate::pty::{Terminal, call};
use crate::scratch::Scratch;

const SIZE: (u16, u16) = (90, 26);

/// What an emulator shows, as the cells of a screen; its cursor is a cell turned around.
fn seen(screen: &vt100::Screen) -> Buffer {
    let color = |color| match color {
        vt100::Color::Default => Color::Reset,
        vt100::Color::Idx(n) => Color::Indexed(n),
        vt100::Color::Rgb(r, g, b) => Color::Rgb(r, g, b),
    };
    let (h, w) = screen.size();
    let (h, w) = (u16::from(h), u16::from(w));
    let mut buffer = Buffer::empty(Rect::new(0, 0, w, h));
    for (y, x) in (0..h).flat_map(|y| (0..w).map(move |x| (y, x))) {
        let Some(cell) = screen.cell(y, x).filter(|cell| !cell.is_wide_continuation()) else { continue };
        let worn = [
            (cell.bold(), Modifier::BOLD),
            (cell.underline(), Modifier::UNDERLINED),
            (cell.inverse(), Modifier::REVERSED),
        ];
        let worn = worn.into_iter().filter(|(is_worn, _)| *is_worn).map(|(_, one)| one).collect();
        let style = Style::new().fg(color(cell.fgcolor())).bg(color(cell.bgcolor())).add_modifier(worn);
        buffer.set_string(x, y, if cell.has_contents() { cell.contents() } else { " " }, style);
    }
    if !screen.hide_cursor() {
        let (y, x) = screen.cursor_position();
        buffer[(x, y)].modifier.toggle(Modifier::REVERSED);
    }
    buffer
}

/// The terminal, and what was seen in it.
struct Shoot {
    terminal: Terminal,
    screens: Vec<(Buffer, u32)>,
}

impl Shoot {
    /// Types, waits until something is seen and all is saved, and keeps that for so many milliseconds.
    fn scene(&mut self, keys: &str, seen_text: &str, millis: u32) {
        self.terminal.press(keys).wait_for_frame(|screen| {
            let text = screen.contents();
            text.contains(seen_text) && (text.contains("저장됨") || text.contains("이벤트를 붙이는 보드"))
        });
        self.screens.push((seen(self.terminal.screen()), millis));
    }

    /// Types a text as it grows on the screen, then Enter.
    fn words(&mut self, text: &str, then: &str) {
        let mut typed = String::new();
        for word in text.split_inclusive(' ') {
            typed += word;
            self.scene(word, typed.trim_end(), 350);
        }
        self.scene("\r", then, 1_500);
    }
}

#[test]
fn a_newcomer_comes_from_the_picker_through_the_tour_to_a_process_of_their_own() {
    let scratch = Scratch::new();
    let mut command = call(&scratch, &["--lang", "ko"]);
    command.env("SQUALL_CONFIG", scratch.join("config.toml"));
    command.env("SQUALL_NAME", "민수");
    let terminal = Terminal::start(command, SIZE);
    let mut shoot = Shoot { terminal, screens: Vec::new() };
    shoot.scene("", "둘러보기: 해 보면서 배워요", 2_500);
    shoot.scene("\r", "둘러보기 1/11", 3_000);
    shoot.scene("\x1b[C", "둘러보기 2/11", 1_500);
    shoot.scene("-", "둘러보기 3/11", 1_500);
    shoot.scene("1", "둘러보기 4/11", 1_500);
    shoot.scene("/", "찾기", 600);
    shoot.scene("ㅂㅅ", "› ㅂㅅ", 1_800);
    shoot.scene("\r", "둘러보기 5/11", 1_500);
    shoot.scene("o", "도메인 이벤트", 600);
    shoot.words("상품이 포장됐다", "둘러보기 6/11");
    shoot.scene("e", "저장하고 다음", 400);
    shoot.scene("\t", "저장하고 다음", 600);
    shoot.words("배송을 준비한다", "둘러보기 7/11");
    shoot.scene("!", "핫스팟", 600);
    shoot.words("포장은 누가 하나?", "둘러보기 8/11");
    shoot.scene("m", "놓", 500);
    shoot.scene("\x1b[B\x1b[B", "놓", 500);
    shoot.scene("\r", "둘러보기 9/11", 1_500);
    shoot.scene("u", "둘러보기 10/11", 1_800);
    shoot.scene("?", "도움말", 1_800);
    shoot.scene("\x1b", "둘러보기 11/11", 2_500);
    shoot.scene("i", "한 줄", 600);
    shoot.words("고객 > 신고하기 > 신고 > 신고됨", "첫 프로세스를 그렸어요");
    shoot.scene("\x1b", "u 되돌리기", 1_500);
    shoot.scene("0", "스티커 69장", 4_000);
    shoot.terminal.press("q");
    assert_eq!(shoot.terminal.leave().code, 0);
    // assets/pictures/newcomer.svg is a copy of this.
    let played = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("newcomer.svg");
    std::fs::write(played, film(&shoot.screens, Shade::Dark)).unwrap();
}
