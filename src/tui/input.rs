//! What a person does to the screen, in our own words.
//!
//! Every door (the local terminal here, later ssh and the browser) turns its events into [`Input`]; nothing further
//! in knows where they came from. Key releases are dropped at the door, because some terminals report every key twice.

use std::str::FromStr;
use std::time::Duration;

use crossterm::event::{self as term, KeyCode, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use unicode_normalization::UnicodeNormalization;

use super::state::Reply;

/// A paste longer than this many characters is cut: no sticky and no outline row wants more.
pub const PASTE_CHARS_MAX: usize = 65_536;

/// Two presses on one cell within this time are a double click, as on most desktops.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);

/// One thing a person, or their terminal, did.
#[derive(Clone, PartialEq, Debug)]
pub enum Input {
    /// A key went down.
    Key(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// Text was pasted, in NFC.
    Paste(String),
    /// The terminal's window came to the front, or left it.
    Focus(bool),
    /// The screen has a new size: columns, rows.
    Resize(u16, u16),
    /// The session answers an effect.
    Reply(Reply),
    /// Nothing came for as long as the screen wanted to wait.
    Waited,
}

/// A key with the modifiers held. Characters come as typed, so their case already says whether Shift was held.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// What was held with it.
    pub mods: Mods,
}

/// Which key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Code {
    /// A key that types something.
    Char(char),
    /// A function key.
    F(u8),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab; with Shift, back.
    Tab,
    /// Deletes leftwards.
    Backspace,
    /// Deletes rightwards.
    Delete,
    /// An arrow.
    Left,
    /// An arrow.
    Right,
    /// An arrow.
    Up,
    /// An arrow.
    Down,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
}

/// The modifiers held with a key or a mouse button.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Mods {
    /// Control.
    pub ctrl: bool,
    /// Alt, or Option.
    pub alt: bool,
    /// Shift; never set on a character.
    pub shift: bool,
}

/// Something the mouse did at a cell of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mouse {
    /// What it did.
    pub deed: MouseDeed,
    /// Column, from 0.
    pub x: u16,
    /// Row, from 0.
    pub y: u16,
    /// What was held.
    pub mods: Mods,
}

/// What the mouse did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MouseDeed {
    /// A button went down.
    Press(Button),
    /// The left button went down twice on one cell, quickly; the first press was told before.
    DoublePress,
    /// It moved with a button down.
    Drag(Button),
    /// A button came up.
    Release(Button),
    /// The wheel turned away from the person.
    WheelUp,
    /// The wheel turned towards the person.
    WheelDown,
    /// The wheel was pushed to the left.
    WheelLeft,
    /// The wheel was pushed to the right.
    WheelRight,
}

/// A mouse button.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Button {
    /// Selects and drags.
    Left,
    /// Pans.
    Middle,
    /// Opens the menu.
    Right,
}

impl Key {
    /// A key nothing was held with.
    pub const fn plain(code: Code) -> Self {
        Key { code, mods: Mods { ctrl: false, alt: false, shift: false } }
    }

    /// A character as typed.
    pub const fn typed(c: char) -> Self {
        Key::plain(Code::Char(c))
    }

    /// The text this key types, if it types any.
    pub fn text(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.mods.ctrl && !self.mods.alt => Some(c),
            _ => None,
        }
    }
}

/// Names as they stand in the table of actions and in the help: `a`, `Ctrl-R`, `Shift-Tab`, `Alt-Enter`, `F1`. People
/// may write `ctrl+r` too.
const NAMES: [(&str, Code); 15] = [
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Backspace", Code::Backspace),
    ("Del", Code::Delete),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PgDn", Code::PageDown),
    ("Space", Code::Char(' ')),
    ("-", Code::Char('-')),
];

impl FromStr for Key {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        let mut mods = Mods::default();
        let mut rest = name;
        while let Some((held, tail)) =
            rest.split_once(['-', '+']).filter(|(held, tail)| !held.is_empty() && !tail.is_empty())
        {
            match held.to_ascii_lowercase().as_str() {
                "ctrl" => mods.ctrl = true,
                "alt" => mods.alt = true,
                "shift" => mods.shift = true,
                _ => return Err(()),
            }
            rest = tail;
        }
        let named = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(rest)).map(|(_, code)| *code);
        let function = rest.strip_prefix(['F', 'f']).and_then(|n| n.parse().ok()).map(Code::F);
        let mut chars = rest.chars();
        let typed = match (chars.next(), chars.next()) {
            (Some(c), None) => Some(Code::Char(if mods.ctrl { c.to_ascii_lowercase() } else { c })),
            _ => None,
        };
        Ok(Key { code: named.or(function).or(typed).ok_or(())?, mods })
    }
}

/// Remembers the last press of the left button, to know a double click.
#[derive(Debug, Default)]
pub struct Clicks(Option<(Duration, u16, u16)>);

impl Clicks {
    /// What a press at this cell is. `now` counts from any fixed moment.
    pub fn press(&mut self, x: u16, y: u16, now: Duration) -> MouseDeed {
        let is_second = |(then, at_x, at_y): (Duration, u16, u16)| {
            now.saturating_sub(then) <= DOUBLE_CLICK && (at_x, at_y) == (x, y)
        };
        if self.0.take().is_some_and(is_second) {
            return MouseDeed::DoublePress;
        }
        self.0 = Some((now, x, y));
        MouseDeed::Press(Button::Left)
    }
}

/// Turns the events of a console that crossterm reads into [`Input`].
#[derive(Debug, Default)]
pub struct Door {
    clicks: Clicks,
}

impl Door {
    /// What the event means here; nothing for releases and for keys nobody binds. `now` counts from any fixed moment.
    pub fn admit(&mut self, event: term::Event, now: Duration) -> Option<Input> {
        match event {
            term::Event::Key(key) if key.kind != KeyEventKind::Release => admit_key(key).map(Input::Key),
            term::Event::Key(_) => None,
            term::Event::Mouse(mouse) => self.admit_mouse(mouse, now).map(Input::Mouse),
            term::Event::Paste(text) => {
                Some(Input::Paste(text.chars().take(PASTE_CHARS_MAX).nfc().collect()))
            }
            term::Event::FocusGained => Some(Input::Focus(true)),
            term::Event::FocusLost => Some(Input::Focus(false)),
            term::Event::Resize(w, h) => Some(Input::Resize(w, h)),
        }
    }

    fn admit_mouse(&mut self, mouse: term::MouseEvent, now: Duration) -> Option<Mouse> {
        let button = |button| match button {
            MouseButton::Left => Button::Left,
            MouseButton::Middle => Button::Middle,
            MouseButton::Right => Button::Right,
        };
        let deed = match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => self.clicks.press(mouse.column, mouse.row, now),
            MouseEventKind::Down(which) => MouseDeed::Press(button(which)),
            MouseEventKind::Up(which) => MouseDeed::Release(button(which)),
            MouseEventKind::Drag(which) => MouseDeed::Drag(button(which)),
            MouseEventKind::ScrollUp => MouseDeed::WheelUp,
            MouseEventKind::ScrollDown => MouseDeed::WheelDown,
            MouseEventKind::ScrollLeft => MouseDeed::WheelLeft,
            MouseEventKind::ScrollRight => MouseDeed::WheelRight,
            MouseEventKind::Moved => return None,
        };
        Some(Mouse { deed, x: mouse.column, y: mouse.row, mods: admit_mods(mouse.modifiers) })
    }
}

fn admit_key(key: term::KeyEvent) -> Option<Key> {
    let mut mods = admit_mods(key.modifiers);
    let code = match key.code {
        KeyCode::Char(c) => {
            mods.shift = false;
            Code::Char(if mods.ctrl { c.to_ascii_lowercase() } else { c })
        }
        KeyCode::F(n) => Code::F(n),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => {
            mods.shift = true;
            Code::Tab
        }
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        _ => return None,
    };
    Some(Key { code, mods })
}

fn admit_mods(mods: KeyModifiers) -> Mods {
    Mods {
        ctrl: mods.contains(KeyModifiers::CONTROL),
        alt: mods.contains(KeyModifiers::ALT),
        shift: mods.contains(KeyModifiers::SHIFT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, mods: KeyModifiers) -> term::Event {
        term::Event::Key(term::KeyEvent::new(code, mods))
    }

    fn press(x: u16, y: u16) -> term::Event {
        let kind = MouseEventKind::Down(MouseButton::Left);
        term::Event::Mouse(term::MouseEvent { kind, column: x, row: y, modifiers: KeyModifiers::NONE })
    }

    #[test]
    fn a_key_arrives_under_the_name_the_table_gives_it() {
        let none = KeyModifiers::NONE;
        for (event, name) in [
            (key(KeyCode::Char('ㅓ'), none), "ㅓ"),
            (key(KeyCode::Char('H'), KeyModifiers::SHIFT), "H"),
            (key(KeyCode::Char('R'), KeyModifiers::CONTROL), "Ctrl-R"),
            (key(KeyCode::BackTab, KeyModifiers::SHIFT), "Shift-Tab"),
            (key(KeyCode::BackTab, none), "Shift-Tab"),
            (key(KeyCode::Enter, KeyModifiers::ALT), "Alt-Enter"),
            (key(KeyCode::Char('-'), none), "-"),
            (key(KeyCode::Char(' '), none), "Space"),
            (key(KeyCode::F(12), none), "F12"),
            (key(KeyCode::Char('F'), none), "F"),
        ] {
            let admitted = Door::default().admit(event, Duration::ZERO);
            assert_eq!(admitted, Some(Input::Key(name.parse().unwrap())), "{name}");
        }
    }

    #[test]
    fn a_released_key_is_no_second_key() {
        let mut event = term::KeyEvent::new(KeyCode::Char('x'), KeyModifiers::NONE);
        event.kind = KeyEventKind::Release;
        assert_eq!(Door::default().admit(term::Event::Key(event), Duration::ZERO), None);
    }

    #[test]
    fn two_quick_presses_on_one_cell_are_a_double_click_and_a_third_is_a_first() {
        let mut door = Door::default();
        let deeds: Vec<_> = [(0, 3), (300, 3), (310, 3), (320, 4), (2000, 4)]
            .into_iter()
            .map(|(ms, x)| match door.admit(press(x, 1), Duration::from_millis(ms)) {
                Some(Input::Mouse(mouse)) => mouse.deed == MouseDeed::DoublePress,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(deeds, [false, true, false, false, false]);
    }

    #[test]
    fn pasted_jamo_from_a_mac_arrive_composed() {
        let pasted = Door::default().admit(term::Event::Paste("주문".nfd().collect()), Duration::ZERO);
        assert_eq!(pasted, Some(Input::Paste("주문".into())));
    }
}
