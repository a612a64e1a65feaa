//! The first screen: the boards that are there, samples to play with, and a new board.
//!
//! Typing narrows the list, and what was typed is the name of a new board if that is what is chosen. At the right lies
//! a picture of the board. Who owns the terminal gives it inputs, lends it walls to draw, and does what was picked.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use unicode_width::UnicodeWidthStr;

use super::canvas::Canvas;
use super::field::Field;
use super::input::{Button, Code, Input, MouseDeed};
use super::keymap::latin;
use super::screen::Cursor;
use super::state::Scene;
use super::theme::Theme;
use super::view::{more, picture, sentence};
use super::viewport::Viewport;
use crate::model::text::SafeText;
use crate::session::Wall;
use crate::session::saves::Saved;
use crate::words::{Lang, Said, say};

/// A screen narrower than this has no room for a picture beside the list.
const COLUMNS_WITH_PICTURE: u16 = 72;
/// The least and the most columns of the list beside a picture.
const LIST_COLUMNS: (i32, i32) = (38, 56);
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

    /// Paints the screen. `wall` lends the board of an offer, where there is one.
    pub fn draw<'a>(&self, wall: impl FnOnce(&Offer) -> Option<&'a Wall>, buffer: &mut Buffer) -> Cursor {
        let (w, h) = (i32::from(self.size.0), i32::from(self.size.1));
        let theme = self.theme;
        let mut canvas = Canvas::new(buffer);
        canvas.clear(theme.wall());
        canvas.fill(0, 0, (w, 1), theme.bar());
        canvas.print_within(1, 0, w - 2, say(self.lang, "picker-title"), theme.bar().patch(theme.accent()));
        let beside = (w / 4).clamp(LIST_COLUMNS.0, LIST_COLUMNS.1);
        let list = if self.size.0 >= COLUMNS_WITH_PICTURE { beside } else { w };
        let naming = self.naming.as_ref().map(|(deed, from)| {
            let key = if *deed == Deed::Rename { "picker-rename-to" } else { "picker-copy-to" };
            Said::new(key).with("name", from).speak(self.lang)
        });
        let prompt = naming.map_or_else(|| "› ".to_owned(), |words| format!("{} › ", SafeText::line(&words)));
        let end = canvas.print(1, 2, &prompt, theme.accent());
        if self.typed.text().is_empty() {
            canvas.print_within(end, 2, list - end, say(self.lang, "picker-type"), theme.dim());
        } else {
            canvas.print_within(end, 2, list - end, self.typed.text(), theme.wall());
        }
        let shown = self.shown();
        let first = self.first();
        for (row, offer) in shown.iter().enumerate().skip(first as usize).take(self.rows() as usize) {
            let y = HEAD_ROWS + row as i32 - first;
            let style = if row == self.at { theme.chosen() } else { theme.wall() };
            let aside = self.aside(offer);
            let aside = SafeText::line(&aside);
            let aside_width = (aside.width() as i32).min(list / 2);
            canvas.fill(0, y, (list, 1), style);
            canvas.print_within(2, y, list - aside_width - 4, &SafeText::line(&self.name(offer)), style);
            let dim = if row == self.at { style } else { theme.dim() };
            canvas.print_within(list - aside_width - 1, y, aside_width, &aside, dim);
        }
        let foot = match &self.told {
            Some(said) => (said.speak(self.lang), theme.bar().patch(theme.warn())),
            None => (self.keys(), theme.bar()),
        };
        if let Some(marks) = more(first as usize, self.rows() as usize, shown.len()) {
            canvas.print(list - 1 - marks.width() as i32, HEAD_ROWS - 1, &marks, theme.dim());
        }
        canvas.fill(0, h - 1, (w, 1), theme.bar());
        if w > list
            && h > HEAD_ROWS + 2
            && let Some(wall) = shown.get(self.at).and_then(|offer| wall(offer))
        {
            self.preview(wall, (list + 1, 2, w - list - 2, h - 4), buffer);
        }
        sentence(&foot.0, (h - 1, w), (theme.bar(), foot.1), &mut Canvas::new(buffer));
        let cursor = end + self.typed.text()[..self.typed.cursor()].width() as i32;
        let at = Position::new(cursor.clamp(0, list.max(1) - 1) as u16, 2.min(h.max(1) - 1) as u16);
        Cursor { at, shown: true }
    }

    /// The keys that matter now.
    fn keys(&self) -> String {
        if self.naming.is_some() {
            return say(self.lang, "picker-naming-keys").to_owned();
        }
        let deeds = KEYS.iter().filter(|(deed, ..)| *deed != Deed::Restore && self.may(*deed));
        let deeds = deeds.map(|(_, key, does)| format!("   {key} {}", say(self.lang, does)));
        say(self.lang, "picker-keys").to_owned() + &deeds.collect::<String>()
    }

    fn preview(&self, wall: &Wall, (x, y, w, h): (i32, i32, i32, i32), buffer: &mut Buffer) {
        let mut window = Viewport::new((w as u16, h as u16));
        if let Some(extent) = wall.projection().extent() {
            window.fit(extent);
        }
        let (board, projection) = (wall.board(), wall.projection());
        let scene =
            Scene { board, projection, saved: &Saved::Saved, read_only: None, undo: None, record: None };
        let drawn = picture(&scene, &window, self.theme, self.lang);
        for row in 0..h as u16 {
            for column in 0..w as u16 {
                buffer[(x as u16 + column, y as u16 + row)] = drawn[(column, row)].clone();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::template::TEMPLATES;
    use crate::tui::input::Key;

    fn picker() -> Picker {
        let board = |name: &str| Offer::Board { name: name.into(), changed: "2026-11-22".into() };
        let offers = vec![
            board("주문"),
            board("library"),
            Offer::New("blank"),
            Offer::New("design"),
            Offer::Sample("shop"),
        ];
        Picker::new(Lang::En, Theme::default(), (80, 24), offers)
    }

    fn after(keys: &str) -> Option<Picked> {
        let mut picker = picker();
        keys.split(' ').fold(None, |_, key| picker.input(&Input::Key(key.parse::<Key>().expect("a key"))))
    }

    #[test]
    fn what_is_chosen_is_picked() {
        assert_eq!(after("Enter"), Some(Picked::Board("주문".into())));
        assert_eq!(after("Down Enter"), Some(Picked::Board("library".into())));
        assert_eq!(after("Down Down Enter"), Some(Picked::New(String::new(), "blank")));
        assert_eq!(after("End Enter"), Some(Picked::Sample("shop")));
        assert_eq!(after("Esc"), Some(Picked::Leave));
        assert_eq!(after("x Esc"), None, "first what was typed goes");
    }

    #[test]
    fn typing_narrows_and_names_what_is_new() {
        assert_eq!(after("l i b Enter"), Some(Picked::Board("library".into())));
        assert_eq!(after("주 Enter"), Some(Picked::Board("주문".into())));
        assert_eq!(after("결 제 Enter"), Some(Picked::New("결제".into(), "blank")));
        assert_eq!(after("결 제 Down Enter"), Some(Picked::New("결제".into(), "design")));
    }

    #[test]
    fn boards_are_renamed_copied_removed_and_brought_back_from_the_list() {
        let keep = |upkeep| Some(Picked::Keep(upkeep));
        assert_eq!(after("Ctrl-R 2 Enter"), keep(Upkeep::Rename("주문".into(), "주문2".into())));
        assert_eq!(after("Down Ctrl-D s Enter"), keep(Upkeep::Copy("library".into(), "librarys".into())));
        assert_eq!(after("Down Del"), keep(Upkeep::Remove("library".into())));
        assert_eq!(after("Ctrl-ㅕ"), keep(Upkeep::Restore));
        assert_eq!(after("Ctrl-R Enter"), None, "its own name is no new one");
        assert_eq!(after("Ctrl-R x Esc Enter"), Some(Picked::Board("주문".into())));
        assert_eq!(after("Down Down Del Enter"), Some(Picked::New(String::new(), "blank")));
        assert_eq!(
            after("l i b Left Del Enter"),
            Some(Picked::Board("library".into())),
            "Del is for the text"
        );
    }

    #[test]
    fn beside_a_picture_what_squall_offers_is_told_whole() {
        let new = TEMPLATES.iter().filter(|template| !template.is_sample());
        let offers: Vec<Offer> = [Offer::Tour].into_iter().chain(new.map(|new| Offer::New(new.id))).collect();
        for lang in Lang::ALL {
            let picker = Picker::new(lang, Theme::default(), (80, 24), offers.clone());
            let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 80, 24));
            picker.draw(|_| None, &mut buffer);
            let cut = buffer.content().chunks(80).find(|row| row.iter().any(|cell| cell.symbol() == "…"));
            let told = cut.map(|row| row.iter().map(|cell| cell.symbol()).collect::<String>());
            assert_eq!(told, None);
        }
    }

    #[test]
    fn it_draws_on_any_size() {
        for (w, h) in [(1, 1), (10, 3), (80, 24), (200, 60)] {
            let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, w, h));
            let mut picker = picker();
            picker.input(&Input::Resize(w, h));
            let wall = Wall::new("preview");
            let cursor = picker.draw(|_| Some(&wall), &mut buffer);
            assert!(cursor.at.x < w && cursor.at.y < h, "{w}x{h}");
        }
    }
}
