//! A wall from far away: notes are no shapes any more, but where they lie close together it glows.
//!
//! A cell shows two pixels, one above the other. A pixel has the colour of the kind that covers most of it, or of the
//! hotspots in it, the brighter the more of it is covered. Terminals that have no shades of a colour show one pixel a
//! cell, as a denser or a lighter block.

use ratatui::layout::Rect as Area;

use super::Wall;
use super::names::Room;
use crate::model::{KINDS, NoteKind};
use crate::query::{Space, Spot};
use crate::tui::canvas::Canvas;
use crate::tui::theme::STRENGTHS;
use crate::tui::viewport::Viewport;

/// From these eighths of a pixel's cells on, a strength is the next.
const EIGHTHS: [i64; STRENGTHS - 1] = [1, 2, 4];
/// What stands for the strengths where colours have no shades.
const BLOCKS: [&str; STRENGTHS] = ["░", "▒", "▓", "█"];

/// What glows in a pixel, and how strongly.
type Glow = Option<(NoteKind, u8)>;

/// How many cells of the wall notes cover in a pixel.
#[derive(Clone, Copy, Debug, Default)]
struct Pixel {
    by_kind: [u16; KINDS.len()],
    covered: u16,
    /// The kind it shows.
    most: Option<NoteKind>,
}

/// The far wall as it was seen last, for as long as no note moves; of a wall that is panned only what comes into sight
/// is counted.
#[derive(Debug, Default)]
pub(super) struct Heat {
    of: Option<(u64, Viewport)>,
    pixels: Vec<Pixel>,
    /// Row by row, two to a row of cells.
    glows: Vec<Glow>,
}

/// Draws every note in sight as a part of a glow.
pub(super) fn draw(wall: &Wall<'_>, canvas: &mut Canvas<'_>, heat: &mut Heat) {
    let (space, window) = (&wall.scene.projection.space, wall.window);
    heat.look(space, window);
    let mut colors = [[None; STRENGTHS]; KINDS.len()];
    for row in &KINDS {
        colors[row.kind as usize] = std::array::from_fn(|strength| wall.theme.glow(row.kind, strength));
    }
    let color = |glow: &Glow| glow.and_then(|(kind, strength)| colors[kind as usize][usize::from(strength)]);
    let has_shades = wall.theme.glow(NoteKind::Hotspot, 0).is_some();
    let columns = usize::from(window.size().0).max(1);
    for (y, rows) in (0..).zip(heat.glows.chunks_exact(2 * columns)) {
        let (upper, lower) = rows.split_at(columns);
        let pixels = (0..).zip(upper.iter().zip(lower));
        if has_shades {
            canvas.halves(y, pixels.map(|(x, (upper, lower))| (x, color(upper), color(lower))));
        } else {
            pixels.for_each(|(x, (upper, lower))| block(wall, canvas, (x, y), strongest(*upper, *lower)));
        }
    }
}

/// Draws a cell where colours have no shades.
fn block(wall: &Wall<'_>, canvas: &mut Canvas<'_>, (x, y): (i32, i32), glow: Glow) {
    if let Some((kind, strength)) = glow {
        let block = if kind == NoteKind::Hotspot { "!" } else { BLOCKS[usize::from(strength)] };
        canvas.print(x, y, block, wall.theme.paper(kind).ink);
    }
}

/// Which of two pixels stands for both.
fn strongest(upper: Glow, lower: Glow) -> Glow {
    let weight = |glow: &(NoteKind, u8)| (glow.0 == NoteKind::Hotspot, glow.1);
    upper.into_iter().chain(lower).max_by_key(weight)
}

impl Heat {
    /// Tells where the wall glows as it was drawn.
    pub(super) fn lay(&self, room: &mut Room) {
        let columns = self.of.map_or(1, |(_, window)| usize::from(window.size().0).max(1));
        for (y, rows) in (0..).zip(self.glows.chunks_exact(2 * columns)) {
            let (upper, lower) = rows.split_at(columns);
            let is_lit = |x: usize| x < columns && (upper[x].is_some() || lower[x].is_some());
            let mut from = None;
            for x in 0..=columns {
                match from {
                    None if is_lit(x) => from = Some(x),
                    Some(first) if !is_lit(x) => {
                        room.lay((first as i32, y, (x - first) as i32, 1));
                        from = None;
                    }
                    _ => {}
                }
            }
        }
    }

    /// Looks again at as much of the wall as has changed or come into sight since.
    fn look(&mut self, space: &Space, window: &Viewport) {
        let seen = self.of.replace((space.mark(), *window));
        if seen == self.of {
            return;
        }
        let (w, h) = window.size();
        let all = Area::new(0, 0, w, h);
        let panned =
            seen.filter(|(mark, _)| *mark == space.mark()).and_then(|(_, seen)| seen.panned_to(window));
        let Some((columns, rows)) =
            panned.filter(|(x, y)| x.unsigned_abs() < w.into() && y.unsigned_abs() < h.into())
        else {
            self.glows.clear();
            self.glows.resize(usize::from(w) * usize::from(h) * 2, None);
            return self.count(space.spots(), window, all);
        };
        let by = rows as isize * 2 * w as isize + columns as isize;
        if by > 0 {
            self.glows.copy_within(by as usize.., 0);
        } else {
            let kept = self.glows.len() - by.unsigned_abs();
            self.glows.copy_within(..kept, by.unsigned_abs());
        }
        let (new_columns, new_rows) = (columns.unsigned_abs() as u16, rows.unsigned_abs() as u16);
        let x = if columns > 0 { w - new_columns } else { 0 };
        let y = if rows > 0 { h - new_rows } else { 0 };
        for part in [Area { x, width: new_columns, ..all }, Area { y, height: new_rows, ..all }] {
            let mut spots = Vec::new();
            space.visit(window.seen_in(part), |tile| spots.push(tile.spot()));
            self.count(&spots, window, part);
        }
    }

    /// Counts what lies in each pixel of a part of a window.
    fn count(&mut self, spots: &[Spot], window: &Viewport, part: Area) {
        if part.is_empty() {
            return;
        }
        let (w, h) = (i64::from(part.width), i64::from(part.height) * 2);
        self.pixels.clear();
        self.pixels.resize((w * h) as usize, Pixel::default());
        let (origin, wide) = window.grain();
        // The grain of a far wall is a power of two, and a pixel is half as high as wide.
        let (shift, high) = (wide.trailing_zeros(), wide / 2);
        let (left, top) = (origin.0 + i64::from(part.x) * wide, origin.1 + i64::from(part.y) * wide);
        for spot in spots {
            let (x, y) = (i64::from(spot.rect.at.x) * 2 - left, i64::from(spot.rect.at.y) * 2 - top);
            let (right, bottom) = (x + i64::from(spot.rect.size.w) * 2, y + i64::from(spot.rect.size.h) * 2);
            let columns = (x >> shift).max(0)..=((right - 1) >> shift).min(w - 1);
            let rows = (y >> (shift - 1)).max(0)..=((bottom - 1) >> (shift - 1)).min(h - 1);
            for row in rows {
                let covered = bottom.min((row + 1) * high) - y.max(row * high);
                for column in columns.clone() {
                    let cells = covered * (right.min((column + 1) * wide) - x.max(column * wide)) / 4;
                    self.pixels[(row * w + column) as usize].add(spot.kind, cells.max(1) as u16);
                }
            }
        }
        let cells = wide * high / 4;
        let (first, columns) = (usize::from(part.x), usize::from(part.width));
        let rows = self.glows.chunks_exact_mut(window.size().0.into()).skip(usize::from(part.y) * 2);
        for (glows, pixels) in rows.zip(self.pixels.chunks_exact(columns)) {
            for (glow, pixel) in glows[first..first + columns].iter_mut().zip(pixels) {
                *glow = pixel.glow(cells);
            }
        }
    }
}

impl Pixel {
    /// Covers some cells more. What covers most is known at any time, since nothing is ever uncovered: the commonest
    /// kind, of equals the first, and before all a hotspot.
    fn add(&mut self, kind: NoteKind, cells: u16) {
        let lane = &mut self.by_kind[kind as usize];
        *lane = lane.saturating_add(cells);
        self.covered = self.covered.saturating_add(cells);
        let rank = (*lane, std::cmp::Reverse(kind as usize));
        let leads = self.most.is_none_or(|most| {
            kind == NoteKind::Hotspot
                || most != NoteKind::Hotspot
                    && rank > (self.by_kind[most as usize], std::cmp::Reverse(most as usize))
        });
        if leads {
            self.most = Some(kind);
        }
    }

    /// How a pixel of so many cells of the wall glows.
    fn glow(&self, cells: i64) -> Glow {
        let covered = i64::from(self.covered) * 8;
        self.most
            .map(|kind| (kind, EIGHTHS.iter().filter(|eighths| covered >= *eighths * cells).count() as u8))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Rect;
    use crate::model::tests::{board, note};
    use crate::query::Projection;

    /// What the pixels of a window of 4 x 1 cells at 6 % show of these notes, upper row first.
    fn check(notes: &[(i32, i32, i32, i32, NoteKind)], shown: &str) {
        let mut window = Viewport::new((4, 1));
        window.zoom(-6, (0, 0));
        let (x, y) = window.to_screen(crate::model::Point::new(0, 0));
        window.pan(x, y);
        let ((left, top), _) = window.grain();
        let at = |x: i32, y: i32| ((left / 2) as i32 + x, (top / 2) as i32 + y);
        let spots: Vec<Spot> = notes
            .iter()
            .map(|(x, y, w, h, kind)| {
                let (x, y) = at(*x, *y);
                Spot { rect: Rect::new(x, y, *w, *h), kind: *kind }
            })
            .collect();
        let mut heat = Heat { glows: vec![None; 8], ..Heat::default() };
        heat.count(&spots, &window, Area::new(0, 0, 4, 1));
        let told = |glow: &Glow| glow.map_or(" .".into(), |(kind, n)| format!("{}{n}", kind.row().tag));
        let rows: Vec<String> = heat.glows.chunks(4).map(|row| row.iter().map(told).collect()).collect();
        assert_eq!(rows.join("/"), shown);
    }

    #[test]
    fn a_pixel_has_the_colour_of_what_covers_most_of_it_and_hotspots_win() {
        use NoteKind::{Command, DomainEvent, Hotspot};
        check(&[], " . . . ./ . . . .");
        check(&[(0, 0, 16, 8, DomainEvent)], "E3 . . ./ . . . .");
        check(&[(8, 0, 16, 8, DomainEvent)], "E3E3 . ./ . . . .");
        check(&[(0, 0, 16, 2, DomainEvent), (32, 12, 16, 1, Command)], "E2 . . ./ . .C1 .");
        check(&[(0, 0, 16, 2, DomainEvent), (0, 2, 16, 3, Command)], "C3 . . ./ . . . .");
        check(&[(0, 0, 16, 4, DomainEvent), (0, 4, 16, 4, Command)], "E3 . . ./ . . . .");
        check(&[(0, 0, 16, 7, DomainEvent), (0, 7, 2, 1, Hotspot)], "!3 . . ./ . . . .");
        check(&[(0, 0, 2, 1, DomainEvent)], "E0 . . ./ . . . .");
        for row in &KINDS {
            check(&[(0, 0, 2, 1, row.kind)], &format!("{}0 . . ./ . . . .", row.tag));
        }
        check(&[(-16, 0, 200, 900, DomainEvent)], "E3E3E3E3/E3E3E3E3");
        check(&[(-90, -90, 20, 20, DomainEvent), (64, 0, 16, 8, Command)], " . . . ./ . . . .");
    }

    proptest! {
        #[test]
        fn a_panned_wall_glows_as_if_it_were_counted_anew(
            places in prop::collection::vec((0..KINDS.len(), -900..900i32, -300..300i32), 0..60),
            pans in prop::collection::vec((-14..14i32, -7..7i32), 1..6),
            steps in 6..9i32,
        ) {
            let notes = (0..).zip(&places).map(|(nth, (kind, x, y))| note(nth, KINDS[*kind].kind, "됨", *x, *y));
            let projection = Projection::of(&board(notes));
            let mut window = Viewport::new((12, 6));
            window.zoom(-steps, (6, 3));
            let mut panned = Heat::default();
            panned.look(&projection.space, &window);
            for (columns, rows) in pans {
                window.pan(columns, rows);
                panned.look(&projection.space, &window);
                let mut anew = Heat::default();
                anew.look(&projection.space, &window);
                prop_assert_eq!(&panned.glows, &anew.glows);
            }
        }
    }
}
