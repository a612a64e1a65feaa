//! The first screen: the boards that are there, samples to play with, and a new board.
//!
//! Typing narrows the list, and what was typed is the name of a new board if that is what is chosen. At the right lies
//! a picture of the board. Who owns the terminal gives it inputs, lends it walls to draw, and does what was picked.

mod draw;

use super::field::Field;
use super::input::{Button, Code, Input, MouseDeed};
use super::keymap::latin;
use super::theme::Theme;
use crate::words::{Lang, Said, say};

/// Rows above the list: the greeting, what is typed, a blank.
const HEAD_ROWS: i32 = 4;

/// Keys of the list beside Enter and the arrows: what each is for, its name, and the key of its sentence.
const KEYS: [(Deed, &str, &str); 4] = [
    (Deed::Rename, "Ctrl-R", "picker-rename"),
    (Deed::Copy, "Ctrl-D", "picker-copy"),
    (Deed::Remove, "Del", "picker-remove"),
    (Deed::Restore, "Ctrl-U", "picker-restore"),
];

/// What can be done to a board without opening it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Deed {
    Rename,
    Copy,
    Remove,
    Restore,
}

/// Something that can be opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Offer {
    /// A board that is there.
    Board {
        /// What to call it by.
        name: String,
        /// When it was last written, as people read it.
        changed: String,
    },
    /// The walk round the screen.
    Tour,
    /// A sample, to be opened as a copy: the name of its template.
    Sample(&'static str),
    /// A new board, named as typed, that starts from this template.
    New(&'static str),
}

/// What somebody wants done to a board without opening it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Upkeep {
    /// This board goes by that name.
    Rename(String, String),
    /// This board is also there by that name.
    Copy(String, String),
    /// This board is taken away.
    Remove(String),
    /// The board that was taken away last comes back.
    Restore,
}

/// What somebody wants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Picked {
    /// This board.
    Board(String),
    /// The walk round the screen.
    Tour,
    /// A copy of this sample.
    Sample(&'static str),
    /// A new board of this name, nothing where none was typed, from this template.
    New(String, &'static str),
    /// Something done to a board.
    Keep(Upkeep),
    /// To leave.
    Leave,
}

/// The first screen.
#[derive(Debug)]
pub struct Picker {
    lang: Lang,
    theme: Theme,
    size: (u16, u16),
    offers: Vec<Offer>,
    typed: Field,
    at: usize,
    /// The board that is being renamed or copied, while its new name is typed.
    naming: Option<(Deed, String)>,
    told: Option<Said>,
}

impl Picker {
    /// A screen of this size before these offers.
    pub fn new(lang: Lang, theme: Theme, size: (u16, u16), offers: Vec<Offer>) -> Picker {
        Picker { lang, theme, size, offers, typed: Field::default(), at: 0, naming: None, told: None }
    }

    /// Offers these instead, the same row of the list being chosen.
    pub fn offer(&mut self, offers: Vec<Offer>) {
        self.offers = offers;
        self.step(0);
    }

    /// Tells something at the bottom of the screen.
    pub fn tell(&mut self, said: Said) {
        self.told = Some(said);
    }

    /// Takes an input in; what somebody wants, once they do.
    pub fn input(&mut self, input: &Input) -> Option<Picked> {
        match input {
            Input::Resize(w, h) => self.size = (*w, *h),
            Input::Paste(text) => self.typing(|typed| typed.insert_str(text.trim())),
            Input::Mouse(mouse) => return self.mouse(mouse.deed, i32::from(mouse.y)),
            Input::Key(key) if key.mods.ctrl && key.code == Code::Char('c') => return Some(Picked::Leave),
            Input::Key(key) => match KEYS.iter().find(|row| row.1.parse() == Ok(latin(*key))) {
                Some((deed, ..)) if self.naming.is_none() && self.may(*deed) => return self.begin(*deed),
                _ => return self.press(key.code, key.text()),
            },
            Input::Focus(_) | Input::Reply(_) | Input::Waited => {}
        }
        None
    }

    /// Whether a deed can be done here. While something is typed, Del is for the text.
    fn may(&self, deed: Deed) -> bool {
        let on_board = matches!(self.shown().get(self.at), Some(Offer::Board { .. }));
        match deed {
            Deed::Restore => true,
            Deed::Remove => on_board && self.typed.cursor() == self.typed.text().len(),
            Deed::Rename | Deed::Copy => on_board,
        }
    }

    fn begin(&mut self, deed: Deed) -> Option<Picked> {
        self.told = None;
        let chosen = match self.shown().get(self.at) {
            Some(Offer::Board { name, .. }) => name.clone(),
            _ => String::new(),
        };
        match deed {
            Deed::Remove => return Some(Picked::Keep(Upkeep::Remove(chosen))),
            Deed::Restore => return Some(Picked::Keep(Upkeep::Restore)),
            Deed::Rename | Deed::Copy => {
                self.typed.set(&chosen);
                self.naming = Some((deed, chosen));
            }
        }
        None
    }

    /// The new name is typed: what is to be done with it, where it is one.
    fn name_it(&mut self) -> Option<Picked> {
        let (deed, from) = self.naming.take()?;
        let to = self.typed.text().trim().to_owned();
        self.typed.set("");
        let keep = if deed == Deed::Rename { Upkeep::Rename } else { Upkeep::Copy };
        (!to.is_empty() && to != from).then(|| Picked::Keep(keep(from, to)))
    }

    fn press(&mut self, code: Code, text: Option<char>) -> Option<Picked> {
        self.told = None;
        match code {
            Code::Enter if self.naming.is_some() => return self.name_it(),
            Code::Esc if self.naming.is_some() => {
                self.naming = None;
                self.typed.set("");
            }
            Code::Down | Code::Up | Code::Tab if self.naming.is_some() => {}
            Code::Enter => return self.shown().get(self.at).map(|offer| self.picked(offer)),
            Code::Esc if self.typed.text().is_empty() => return Some(Picked::Leave),
            Code::Esc => self.typing(|typed| typed.set("")),
            Code::Down | Code::Tab => self.step(1),
            Code::Up => self.step(-1),
            Code::Home => self.at = 0,
            Code::End => self.step(isize::MAX),
            Code::Left => self.typed.left(),
            Code::Right => self.typed.right(),
            Code::Backspace => self.typing(Field::backspace),
            Code::Delete => self.typing(Field::delete),
            _ => {
                if let Some(c) = text {
                    self.typing(|typed| typed.insert(c));
                }
            }
        }
        None
    }

    fn mouse(&mut self, deed: MouseDeed, y: i32) -> Option<Picked> {
        let row = usize::try_from(y - HEAD_ROWS + self.first()).ok().filter(|row| *row < self.shown().len());
        match (deed, row) {
            (MouseDeed::Press(Button::Left), Some(row)) => self.at = row,
            (MouseDeed::DoublePress, Some(row)) => {
                self.at = row;
                return self.press(Code::Enter, None);
            }
            (MouseDeed::WheelUp, _) => self.step(-1),
            (MouseDeed::WheelDown, _) => self.step(1),
            _ => {}
        }
        None
    }

    fn typing(&mut self, edit: impl FnOnce(&mut Field)) {
        let before = self.typed.text().to_owned();
        edit(&mut self.typed);
        if self.naming.is_none() && self.typed.text() != before {
            self.at = 0;
        }
    }

    fn step(&mut self, rows: isize) {
        let last = self.shown().len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(rows).min(last);
    }

    /// What fits what was typed; a new board always does.
    fn shown(&self) -> Vec<&Offer> {
        let typed = if self.naming.is_some() { String::new() } else { self.typed.text().to_lowercase() };
        let fits = |offer: &&Offer| {
            matches!(offer, Offer::New(_)) || self.name(offer).to_lowercase().contains(&typed)
        };
        self.offers.iter().filter(fits).collect()
    }

    fn name(&self, offer: &Offer) -> String {
        match offer {
            Offer::Board { name, .. } => name.clone(),
            Offer::Tour => say(self.lang, "picker-tour").to_owned(),
            Offer::Sample(template) => {
                let title = match *template {
                    "shop" => "sample-shop",
                    "hotel" => "sample-hotel",
                    _ => "sample-squall",
                };
                say(self.lang, title).to_owned()
            }
            Offer::New(template) => {
                let from = match *template {
                    "big-picture" => "level-big-picture",
                    "process" => "level-process",
                    "design" => "level-design",
                    _ => "picker-blank",
                };
                format!("{}: {}", say(self.lang, "picker-new"), say(self.lang, from))
            }
        }
    }

    fn aside(&self, offer: &Offer) -> String {
        match offer {
            Offer::Board { changed, .. } => changed.clone(),
            Offer::Tour => say(self.lang, "picker-minutes").to_owned(),
            Offer::Sample(_) => say(self.lang, "picker-sample").to_owned(),
            Offer::New(_) if self.naming.is_some() => String::new(),
            Offer::New(_) => self.typed.text().to_owned(),
        }
    }

    fn picked(&self, offer: &Offer) -> Picked {
        match offer {
            Offer::Board { name, .. } => Picked::Board(name.clone()),
            Offer::Tour => Picked::Tour,
            Offer::Sample(template) => Picked::Sample(template),
            Offer::New(template) => Picked::New(self.typed.text().trim().to_owned(), template),
        }
    }

    /// The row of the list that is drawn first.
    fn first(&self) -> i32 {
        let (shown, rows) = (self.shown().len() as i32, self.rows());
        (self.at as i32 - rows / 2).clamp(0, (shown - rows).max(0))
    }

    fn rows(&self) -> i32 {
        (i32::from(self.size.1) - HEAD_ROWS - 2).max(1)
    }
}

#[cfg(test)]
mod tests;
