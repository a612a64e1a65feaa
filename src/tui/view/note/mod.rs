//! Notes: as much of each as its size on the screen allows.
//!
//! From 14 x 3 cells on a note is drawn in full, from 10 x 2 as a card, from 4 x 1 as a chip, smaller as its letter. It
//! carries its letter at every size, because no colour is told apart by everybody. What was painted once is remembered
//! and copied for as long as it looks the same.

mod chosen;
mod face;
mod letters;
mod paint;

pub(super) use chosen::{draw_chosen, outline, ring};
use face::{Face, Marks};
use letters::Letters;
pub(super) use paint::worded;
pub use paint::{Body, body};

use super::Wall;
use super::heat::Heat;
use super::minimap::Dots;
use super::names::Room;
use super::outage;
use crate::model::{ByName, Id, Rect};
use crate::query::Tile;
use crate::tui::canvas::{Canvas, Sprite};
use crate::tui::route::Ways;

/// The least columns and rows of a note drawn in full.
const FULL: (i32, i32) = (14, 3);
/// The least of a card.
pub(super) const CARD: (i32, i32) = (10, 2);
/// The least of a chip.
const CHIP: (i32, i32) = (4, 1);
/// More pictures than this are not remembered: a screenful of letters is about this many.
const SPRITES_MAX: usize = 20_000;
/// So many notes in sight are drawn layer by layer; of more than that nobody sees the layers.
const LAYERED_MAX: usize = 1_500;

/// The notes painted before, each with what it was painted from, and letters on papers of any size.
#[derive(Debug, Default)]
pub struct Sprites {
    painted: ByName<Id, (Face, Sprite)>,
    letters: Letters,
    seen: Seen,
    pub(super) heat: Heat,
    pub(super) ways: Ways,
    pub(super) room: Room,
    pub(super) dots: Dots,
}

/// The notes in sight, in the order they are drawn, for as long as no note moves and the window stays.
#[derive(Debug, Default)]
struct Seen {
    of: Option<(u64, Rect)>,
    tiles: Vec<Tile>,
}

impl Seen {
    /// Looks again, if anything has changed since.
    fn look(&mut self, wall: &Wall<'_>) {
        let space = &wall.scene.projection.space;
        let of = Some((space.mark(), wall.window.seen()));
        if self.of != of {
            self.of = of;
            self.tiles.clear();
            space.visit(wall.window.seen(), |tile| self.tiles.push(*tile));
            if self.tiles.len() <= LAYERED_MAX {
                self.tiles.sort_unstable_by_key(|tile| (tile.z, tile.id));
            }
        }
    }
}

/// Draws every note in sight.
pub(super) fn draw(wall: &Wall<'_>, canvas: &mut Canvas<'_>, sprites: &mut Sprites) {
    if sprites.painted.len() > SPRITES_MAX {
        sprites.painted.clear();
    }
    let mut seen = std::mem::take(&mut sprites.seen);
    seen.look(wall);
    let tiles = &seen.tiles;
    let shown = tiles.iter().filter(|tile| !wall.carried.contains(&tile.id) && wall.worded != Some(tile.id));
    for tile in shown {
        draw_one(wall, canvas, sprites, tile);
        outage::shade(wall, tile, canvas);
    }
    for tile in tiles {
        if wall.carried.contains(&tile.id) {
            chosen::origin(wall, canvas, tile.kind, tile.rect);
        }
    }
    // What is carried may come into sight from outside of it.
    let mut carried: Vec<Id> = wall.carried.iter().copied().collect();
    carried.sort_unstable();
    for tile in carried.iter().filter_map(|id| wall.scene.projection.space.tile(*id)) {
        draw_one(wall, canvas, sprites, tile);
    }
    sprites.seen = seen;
    draw_chosen(wall, canvas);
}

/// Tells where the notes lie that were drawn; what is carried lies where it was taken from, so that no name moves with it.
pub(super) fn lay(wall: &Wall<'_>, sprites: &Sprites, room: &mut Room) {
    for tile in &sprites.seen.tiles {
        room.lay(wall.window.span(tile.rect));
    }
}

fn draw_one(wall: &Wall<'_>, canvas: &mut Canvas<'_>, sprites: &mut Sprites, tile: &Tile) {
    let id = tile.id;
    let (left, top, w, h) = wall.window.span(wall.place(id, tile.rect));
    if w < CHIP.0 || h < CHIP.1 {
        let letter = sprites.letters.letter(wall.theme, tile.kind, wall.is_faded(id), (w, h));
        return canvas.blit(letter, left, top);
    }
    // A small picture shows nothing that its tile does not tell of.
    let small = w < FULL.0 || h < FULL.1;
    let painted = sprites.painted.get(&id).filter(|(face, _)| face.is_of(tile, (w, h), wall));
    if let Some((_, sprite)) = painted.filter(|_| small) {
        return canvas.blit(sprite, left, top);
    }
    let Some(note) = wall.scene.board.notes.get(&id) else { return };
    let marks = Marks::of(note, wall);
    match painted {
        Some((face, sprite)) if face.marks == marks && face.author == note.author => {
            canvas.blit(sprite, left, top);
        }
        _ => {
            let face = Face {
                size: (w, h),
                theme: wall.theme,
                lang: wall.lang,
                kind: note.kind,
                faded: wall.is_faded(id),
                look: tile.look,
                text: note.text().to_owned(),
                author: note.author.clone(),
                marks,
            };
            let sprite = Sprite::new(size(w), size(h), |canvas| paint::paint(&face, canvas));
            canvas.blit(&sprite, left, top);
            sprites.painted.insert(id, (face, sprite));
        }
    }
}

/// A sprite's columns or rows; a note larger than any screen is cut.
fn size(cells: i32) -> u16 {
    cells.clamp(1, 1000) as u16
}
