//! A wall from far away: notes are no shapes any more, but where they lie close together it glows.
//!
//! A cell shows two pixels, one above the other. A pixel has the colour of the kind that covers most of it, or of the
//! hotspots in it, the brighter the more of it is covered. Terminals that have no shades of a colour show one pixel a
//! cell, as a denser or a lighter block.

use super::Wall;
use crate::model::{KINDS, NoteKind};
use crate::query::Spot;
use crate::tui::canvas::Canvas;
use crate::tui::theme::STRENGTHS;
use crate::tui::viewport::Viewport;

/// What a pixel counts in: a lane for every kind, and as many as a processor adds at once.
const LANES: usize = 16;
const _: () = assert!(KINDS.len() <= LANES);
/// More cells of the wall than this are not counted in a lane, so that a lane's number fits beside them.
const CELLS_MAX: u16 = u16::MAX / LANES as u16;
/// From these eighths of a pixel's cells on, a strength is the next.
const EIGHTHS: [i64; STRENGTHS - 1] = [1, 2, 4];
/// What stands for the strengths where colours have no shades.
const BLOCKS: [&str; STRENGTHS] = ["░", "▒", "▓", "█"];

/// What glows in a pixel, and how strongly.
type Glow = Option<(NoteKind, usize)>;

/// The far wall as it was seen last, for as long as no note moves and the window stays.
#[derive(Debug, Default)]
pub(super) struct Heat {
    of: Option<(u64, Viewport)>,
    /// How many cells of the wall each kind covers in each pixel.
    sums: Vec<[u16; LANES]>,
    glows: Vec<Glow>,
}

/// Draws every note in sight as a part of a glow.
pub(super) fn draw(wall: &Wall<'_>, canvas: &mut Canvas<'_>, heat: &mut Heat) {
    let (space, window) = (&wall.scene.projection.space, wall.window);
    let of = Some((space.mark(), *window));
    if heat.of != of {
        heat.count(space.spots(), window);
        heat.of = of;
    }
    let columns = usize::from(window.size().0).max(1);
    for (y, rows) in (0..).zip(heat.glows.chunks_exact(2 * columns)) {
        let (upper, lower) = rows.split_at(columns);
        for (x, pixels) in (0..).zip(upper.iter().zip(lower)) {
            cell(wall, canvas, (x, y), pixels);
        }
    }
}

fn cell(wall: &Wall<'_>, canvas: &mut Canvas<'_>, (x, y): (i32, i32), (upper, lower): (&Glow, &Glow)) {
    let Some((kind, strength)) = strongest(*upper, *lower) else { return };
    if wall.theme.glow(kind, strength).is_some() {
        let color = |(kind, strength)| wall.theme.glow(kind, strength);
        canvas.halves(x, y, upper.and_then(color), lower.and_then(color));
    } else if kind == NoteKind::Hotspot {
        canvas.print(x, y, "!", wall.theme.paper(kind).ink);
    } else {
        canvas.print(x, y, BLOCKS[strength], wall.theme.paper(kind).ink);
    }
}

/// Which of two pixels stands for both.
fn strongest(upper: Glow, lower: Glow) -> Glow {
    let weight = |glow: &(NoteKind, usize)| (glow.0 == NoteKind::Hotspot, glow.1);
    upper.into_iter().chain(lower).max_by_key(weight)
}

impl Heat {
    /// Counts what lies in each pixel of a window.
    fn count(&mut self, spots: &[Spot], window: &Viewport) {
        let (w, h) = (i64::from(window.size().0), i64::from(window.size().1) * 2);
        self.sums.clear();
        self.sums.resize((w * h) as usize, [0; LANES]);
        let ((left, top), wide) = window.grain();
        // The grain of a far wall is a power of two, and a pixel is half as high as wide.
        let (shift, high) = (wide.trailing_zeros(), wide / 2);
        for spot in spots {
            let (x, y) = (i64::from(spot.rect.at.x) * 2 - left, i64::from(spot.rect.at.y) * 2 - top);
            let (right, bottom) = (x + i64::from(spot.rect.size.w) * 2, y + i64::from(spot.rect.size.h) * 2);
            let columns = (x >> shift).max(0)..=((right - 1) >> shift).min(w - 1);
            let rows = (y >> (shift - 1)).max(0)..=((bottom - 1) >> (shift - 1)).min(h - 1);
            for row in rows {
                let covered = bottom.min((row + 1) * high) - y.max(row * high);
                for column in columns.clone() {
                    let cells = covered * (right.min((column + 1) * wide) - x.max(column * wide)) / 4;
                    let lane = &mut self.sums[(row * w + column) as usize][spot.kind as usize];
                    *lane = lane.saturating_add(cells as u16).min(CELLS_MAX);
                }
            }
        }
        let cells = wide * high / 4;
        self.glows.clear();
        self.glows.extend(self.sums.iter().map(|sums| glow(sums, cells)));
    }
}

/// What a pixel of so many cells of the wall shows: the commonest kind, of equals the first, before all a hotspot.
fn glow(sums: &[u16; LANES], cells: i64) -> Glow {
    let lanes = LANES as u16;
    let ranked = |(kind, covered): (u16, &u16)| covered * lanes + (lanes - 1 - kind);
    let most = (0..).zip(sums).map(ranked).max().unwrap_or(0);
    (most >= lanes).then(|| {
        let lane = lanes - 1 - most % lanes;
        let commonest = KINDS.iter().map(|row| row.kind).find(|kind| *kind as u16 == lane);
        let hotspot = Some(NoteKind::Hotspot).filter(|kind| sums[*kind as usize] > 0);
        let kind = hotspot.or(commonest).unwrap_or(NoteKind::Note);
        let covered: i64 = sums.iter().map(|sum| i64::from(*sum)).sum();
        (kind, EIGHTHS.iter().filter(|eighths| covered * 8 >= *eighths * cells).count())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rect;

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
        let mut heat = Heat::default();
        heat.count(&spots, &window);
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
}
