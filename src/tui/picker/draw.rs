//! What the first screen looks like.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use unicode_width::UnicodeWidthStr;

use super::{Deed, HEAD_ROWS, KEYS, Offer, Picker};
use crate::model::text::SafeText;
use crate::session::Wall;
use crate::tui::canvas::Canvas;
use crate::tui::screen::Cursor;
use crate::tui::state::Scene;
use crate::tui::view::{more, picture, sentence};
use crate::tui::viewport::Viewport;
use crate::words::{Said, say};

/// A screen narrower than this has no room for a picture beside the list.
const COLUMNS_WITH_PICTURE: u16 = 72;
/// The least and the most columns of the list beside a picture.
const LIST_COLUMNS: (i32, i32) = (38, 56);

impl Picker {
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
        let scene = Scene::still(board, projection);
        let drawn = picture(&scene, &window, self.theme, self.lang);
        for row in 0..h as u16 {
            for column in 0..w as u16 {
                buffer[(x as u16 + column, y as u16 + row)] = drawn[(column, row)].clone();
            }
        }
    }
}
