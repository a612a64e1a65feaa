//! Which part of the wall the screen shows, and how small.
//!
//! A zoom step says how many cells of the wall go into one cell of the screen. All steps are halves, so places are
//! reckoned in half cells and nothing is ever rounded twice: zooming in and out again comes back to the very place.

use ratatui::layout::Rect as Area;

use crate::model::{Point, Rect};

/// Halves of a wall cell to a screen cell, the closest first: 100 %, 67 %, 50 %, 33 %, 20 %, 12 %, …
const STEPS: [i64; 9] = [2, 3, 4, 6, 10, 16, 32, 64, 128];

/// The first step at which a wall is far away. From here on steps are powers of two.
const FAR: usize = 6;

/// The smallest step at which a note still has room for some of its wording.
const READABLE: usize = 4;

/// The smallest step at which a note has two lines for its wording.
const CARDS: usize = 2;

/// Where the window begins beside what it begins with, in half cells of the wall.
const BEGIN: (i64, i64) = (-8, -4);

/// The window through which the wall is seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Viewport {
    /// What lies in the top-left cell of the window, in half cells of the wall.
    origin: (i64, i64),
    step: usize,
    /// The window's columns and rows.
    size: (u16, u16),
}

impl Viewport {
    /// The wall at 100 %, its point `[0, 0]` a little inside of the window.
    pub fn new(size: (u16, u16)) -> Self {
        Viewport { origin: BEGIN, step: 0, size }
    }

    /// The window's columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// The window has another size now; its top-left corner stays.
    pub fn resize(&mut self, size: (u16, u16)) {
        self.size = size;
    }

    /// How large the wall is drawn, in percent.
    pub fn percent(&self) -> i64 {
        200 / STEPS[self.step]
    }

    /// Whether the wall is drawn in its own size.
    pub fn is_whole(&self) -> bool {
        self.step == 0
    }

    /// Whether notes are too small for a letter: below 1.6 columns.
    pub fn is_far(&self) -> bool {
        self.step >= FAR
    }

    /// What lies in the top-left cell, and how much of the wall a cell is, in half cells of the wall.
    pub fn grain(&self) -> ((i64, i64), i64) {
        (self.origin, STEPS[self.step])
    }

    /// The window that shows the wall's zero in its first cell, grain for grain as this one does, and how many columns and
    /// rows this one lies from there. All windows that one comes to by panning have the same.
    pub fn base(&self) -> (Viewport, (i32, i32)) {
        let step = STEPS[self.step];
        let origin = (self.origin.0.rem_euclid(step), self.origin.1.rem_euclid(step));
        let cells = |from: i64| from.div_euclid(step) as i32;
        (Viewport { origin, ..*self }, (cells(self.origin.0), cells(self.origin.1)))
    }

    /// How many columns and rows another window lies from this one, where one comes to it by panning.
    pub fn panned_to(&self, other: &Viewport) -> Option<(i32, i32)> {
        let ((base, from), (other, to)) = (self.base(), other.base());
        (base == other).then_some((to.0 - from.0, to.1 - from.1))
    }

    /// The window's column and row of a place, which may lie outside.
    pub fn to_screen(&self, place: Point) -> (i32, i32) {
        let cell = |v: i32, origin: i64| (i64::from(v) * 2 - origin).div_euclid(STEPS[self.step]) as i32;
        (cell(place.x, self.origin.0), cell(place.y, self.origin.1))
    }

    /// The place that a cell of the window shows.
    pub fn to_board(&self, (x, y): (i32, i32)) -> Point {
        let half = |v: i32, origin: i64| origin + i64::from(v) * STEPS[self.step];
        let whole = |half: i64| half.div_euclid(2).clamp(i32::MIN.into(), i32::MAX.into()) as i32;
        Point::new(whole(half(x, self.origin.0)), whole(half(y, self.origin.1)))
    }

    /// The cells of the window that a rectangle covers: left, top, width, height; at least one cell.
    pub fn span(&self, rect: Rect) -> (i32, i32, i32, i32) {
        let (left, top) = self.to_screen(rect.at);
        let (right, bottom) = self.to_screen(Point::new(rect.right(), rect.bottom()));
        (left, top, (right - left).max(1), (bottom - top).max(1))
    }

    /// Exactly the part of the wall that can be seen.
    pub fn view(&self) -> Rect {
        Rect::between(self.to_board((0, 0)), self.to_board((self.size.0.into(), self.size.1.into())))
    }

    /// Whether all of a rectangle is in the window.
    pub fn shows(&self, rect: Rect) -> bool {
        let (left, top, w, h) = self.span(rect);
        left >= 0 && top >= 0 && left + w <= self.size.0.into() && top + h <= self.size.1.into()
    }

    /// The part of the wall that can be seen, with a cell more on every side.
    pub fn seen(&self) -> Rect {
        self.seen_in(Area::new(0, 0, self.size.0, self.size.1))
    }

    /// The part of the wall that can be seen in a part of the window, with a cell more on every side.
    pub fn seen_in(&self, part: Area) -> Rect {
        let [left, top, right, bottom] =
            [part.left(), part.top(), part.right(), part.bottom()].map(i32::from);
        Rect::between(self.to_board((left - 1, top - 1)), self.to_board((right + 1, bottom + 1)))
    }

    /// How many cells of the wall so many cells of the window are, at least one.
    pub fn reach(&self, cells: i32) -> i32 {
        let halves = i64::from(cells.abs()) * STEPS[self.step];
        (halves.div_euclid(2).max(1) as i32) * cells.signum()
    }

    /// Moves the window by cells of its own.
    pub fn pan(&mut self, columns: i32, rows: i32) {
        self.origin.0 += i64::from(columns) * STEPS[self.step];
        self.origin.1 += i64::from(rows) * STEPS[self.step];
        self.keep_on_wall();
    }

    /// Zooms by steps, inwards if positive, so that the wall under this cell of the window stays under it.
    pub fn zoom(&mut self, steps: i32, (x, y): (i32, i32)) {
        let wanted = (self.step as i32 - steps).clamp(0, STEPS.len() as i32 - 1) as usize;
        self.zoom_to(wanted, (x, y));
    }

    /// Draws the wall in its own size, the wall under this cell staying there.
    pub fn zoom_whole(&mut self, at: (i32, i32)) {
        self.zoom_to(0, at);
    }

    fn zoom_to(&mut self, step: usize, (x, y): (i32, i32)) {
        let nearer = STEPS[self.step] - STEPS[step];
        self.origin.0 += i64::from(x) * nearer;
        self.origin.1 += i64::from(y) * nearer;
        self.step = step;
    }

    /// Shows all of a rectangle, as large as it fits, in the middle.
    pub fn fit(&mut self, rect: Rect) {
        let fits = |step: &usize| {
            let within =
                |length: i32, cells: u16| i64::from(length) * 2 <= (i64::from(cells) - 2) * STEPS[*step];
            within(rect.size.w, self.size.0) && within(rect.size.h, self.size.1)
        };
        self.step = (0..STEPS.len()).find(fits).unwrap_or(STEPS.len() - 1);
        self.center(rect.center());
    }

    /// Shows what another window shows: all of it, in the middle, and no more around it than has to be.
    pub fn frame(&mut self, rect: Rect) {
        let room =
            |length: i32, cells: u16, step: usize| i64::from(cells) * STEPS[step] - i64::from(length) * 2;
        let fits = |step: &usize| {
            room(rect.size.w, self.size.0, *step) >= 0 && room(rect.size.h, self.size.1, *step) >= 0
        };
        self.step = (0..STEPS.len()).find(fits).unwrap_or(STEPS.len() - 1);
        self.origin = (
            i64::from(rect.at.x) * 2 - room(rect.size.w, self.size.0, self.step) / 2,
            i64::from(rect.at.y) * 2 - room(rect.size.h, self.size.1, self.step) / 2,
        );
        self.keep_on_wall();
    }

    /// Shows as much of a rectangle as can be read, from its start where it does not fit.
    pub fn survey(&mut self, rect: Rect) {
        self.fit(rect);
        if self.step > READABLE {
            self.step = READABLE;
            self.reveal(rect);
        }
    }

    /// Puts a place near the window's corner, with the room that a new window has there.
    pub fn begin_at(&mut self, place: Point) {
        self.origin = (i64::from(place.x) * 2 + BEGIN.0, i64::from(place.y) * 2 + BEGIN.1);
    }

    /// Puts a place into the middle of the window.
    pub fn center(&mut self, place: Point) {
        let middle = |cells: u16| i64::from(cells / 2) * STEPS[self.step];
        self.origin =
            (i64::from(place.x) * 2 - middle(self.size.0), i64::from(place.y) * 2 - middle(self.size.1));
    }

    /// Moves the window no further than needed to show a rectangle with some room around it; its start wins where
    /// it is larger than the window.
    pub fn reveal(&mut self, rect: Rect) {
        let (left, top, w, h) = self.span(rect);
        let nudge = |start: i32, length: i32, cells: u16, room: i32| {
            let room = room.min(i32::from(cells.saturating_sub(1) / 2));
            let past = (start + length + room - i32::from(cells)).max(0);
            if start < room { start - room } else { past.min(start - room) }
        };
        let (columns, rows) = (nudge(left, w, self.size.0, 2), nudge(top, h, self.size.1, 1));
        self.pan(columns, rows);
    }

    /// Shows as many of these as can be read at once, the first ones first: as close as `nearest` where they fit, else
    /// from farther away.
    pub fn gather(&mut self, rects: &[Rect], nearest: &Viewport) {
        let Some(all) = Rect::around(rects.iter().copied()) else { return };
        let (columns, rows) = (i32::from(self.size.0), i32::from(self.size.1));
        let fits = |window: &Viewport, rect: Rect| {
            let (_, _, w, h) = window.span(rect);
            w + 4 <= columns && h + 2 <= rows
        };
        self.zoom_to(nearest.step, (columns / 2, rows / 2));
        while self.step < CARDS && !fits(self, all) {
            self.zoom(-1, (columns / 2, rows / 2));
        }
        let grow =
            |shown: Rect, rect: &Rect| Some(shown.union(*rect)).filter(|it| fits(self, *it)).unwrap_or(shown);
        let shown = rects.iter().fold(rects[0], grow);
        self.reveal(shown);
    }

    fn keep_on_wall(&mut self) {
        let reach = i64::from(crate::model::geometry::REACH) * 2;
        self.origin.0 = self.origin.0.clamp(-reach, reach);
        self.origin.1 = self.origin.1.clamp(-reach, reach);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn viewport() -> impl Strategy<Value = Viewport> {
        (-9000..9000i64, -9000..9000i64, 0..STEPS.len()).prop_map(|(x, y, step)| Viewport {
            origin: (x, y),
            step,
            size: (80, 24),
        })
    }

    proptest! {
        #[test]
        fn zooming_keeps_what_lies_under_the_pointer_and_comes_back(
            view in viewport(), steps in -9..9i32, x in 0..80i32, y in 0..24i32,
        ) {
            let mut zoomed = view;
            zoomed.zoom(steps, (x, y));
            prop_assert_eq!(zoomed.to_board((x, y)), view.to_board((x, y)));
            let made = view.step as i32 - zoomed.step as i32;
            zoomed.zoom(-made, (x, y));
            prop_assert_eq!(zoomed, view);
        }

        #[test]
        fn panned_windows_have_one_base_in_which_everything_lies_as_far_apart(
            view in viewport(), x in -200..200i32, y in -90..90i32, px in -900..900i32, py in -900..900i32,
        ) {
            let (base, (columns, rows)) = view.base();
            let (left, top) = view.to_screen(Point::new(px, py));
            prop_assert_eq!(base.to_screen(Point::new(px, py)), (left + columns, top + rows));
            let mut panned = view;
            panned.pan(x, y);
            prop_assert_eq!(view.panned_to(&panned), Some((x, y)));
            prop_assert_eq!(panned.base(), (base, (columns + x, rows + y)));
        }

        #[test]
        fn a_cell_shows_the_place_it_is_the_cell_of(view in viewport(), x in -20..100i32, y in -20..40i32) {
            let place = view.to_board((x, y));
            let (sx, sy) = view.to_screen(place);
            // Half a cell of the wall may fall into the cell before.
            prop_assert!((x - 1..=x).contains(&sx) && (y - 1..=y).contains(&sy));
        }

        #[test]
        fn what_is_revealed_is_seen(
            view in viewport(), x in -5000..5000i32, y in -5000..5000i32, w in 1..30i32, h in 1..8i32,
        ) {
            let mut view = view;
            view.reveal(Rect::new(x, y, w, h));
            prop_assert!(view.shows(Rect::new(x, y, w, h)), "{view:?}");
            let shown = view;
            view.reveal(Rect::new(x, y, 1, 1));
            prop_assert_eq!(view, shown);
        }

        #[test]
        fn the_start_of_what_is_revealed_is_seen_in_the_smallest_window(
            view in viewport(), x in -5000..5000i32, y in -5000..5000i32, columns in 1..9u16, rows in 1..9u16,
        ) {
            let mut view = view;
            view.resize((columns, rows));
            view.reveal(Rect::new(x, y, 30, 8));
            let (left, top) = view.to_screen(Point::new(x, y));
            prop_assert!((0..columns.into()).contains(&left) && (0..rows.into()).contains(&top), "{view:?}");
        }

        #[test]
        fn a_window_that_shows_what_another_of_its_size_shows_stays_there(view in viewport()) {
            let mut other = Viewport::new((80, 24));
            other.frame(view.view());
            prop_assert_eq!(other.percent(), view.percent());
            let shown = other.view();
            other.frame(shown);
            prop_assert_eq!(other.view(), shown);
        }

        #[test]
        fn what_fits_is_seen_whole(x in -5000..5000i32, y in -5000..5000i32, w in 1..3000i32, h in 1..900i32) {
            let mut view = Viewport::new((80, 24));
            view.fit(Rect::new(x, y, w, h));
            prop_assert!(view.shows(Rect::new(x, y, w, h)), "{view:?}");
        }
    }
}
