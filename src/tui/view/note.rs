//! Notes: as much of each as its size on the screen allows.
//!
//! From 14 x 3 cells on a note is drawn in full, from 10 x 2 as a card, from 4 x 1 as a chip, smaller as its letter. It
//! carries its letter at every size, because no colour is told apart by everybody.

use std::collections::HashMap;

use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

use super::Wall;
use super::heat::Heat;
use super::minimap::Dots;
use super::names::Names;
use crate::model::text::{SafeText, wrap};
use crate::model::thing::text_of;
use crate::model::{Id, KINDS, Note, NoteKind, PersonId, Rect};
use crate::query::Tile;
use crate::tui::canvas::{Canvas, Sprite, fitting};
use crate::tui::route::{HEADS, Ways};
use crate::tui::theme::{Paper, Shade, Theme};
use crate::words::Lang;

/// The least columns and rows of a note drawn in full.
const FULL: (i32, i32) = (14, 3);
/// The least of a card.
pub(super) const CARD: (i32, i32) = (10, 2);
/// The least of a chip.
const CHIP: (i32, i32) = (4, 1);
/// From this height on a note has a line for its kind and author.
const ROWS_WITH_HEADER: i32 = 4;
/// From this width on there is room for the name of the kind.
const COLUMNS_WITH_KIND: i32 = 20;
/// More pictures than this are not remembered: a screenful of letters is about this many.
const SPRITES_MAX: usize = 20_000;
/// More sizes of letters are not remembered.
const LETTER_SIZES_MAX: usize = 40;
/// So many notes in sight are drawn layer by layer; of more than that nobody sees the layers.
const LAYERED_MAX: usize = 1_500;

/// Where the wording stands on a note.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Body {
    /// Its first column.
    pub x: i32,
    /// Its first row.
    pub y: i32,
    /// Its columns.
    pub columns: i32,
    /// Its rows.
    pub rows: i32,
}

/// Where the wording stands on a note of this many columns and rows.
pub fn body(theme: Theme, w: i32, h: i32) -> Body {
    if !theme.fills() {
        Body { x: 2, y: 1, columns: w - 4, rows: h - 2 }
    } else if h >= ROWS_WITH_HEADER {
        Body { x: 2, y: 1, columns: w - 3, rows: h - 1 }
    } else {
        Body { x: 4, y: 0, columns: w - 5, rows: h }
    }
}

impl Body {
    /// The row that the first of so many lines stands on: few lines stand in the middle.
    pub fn first_row(&self, lines: usize) -> i32 {
        self.y + ((self.rows - lines as i32) / 2).max(0)
    }
}

/// The notes painted before, each with what it was painted from, and letters on papers of any size.
#[derive(Debug, Default)]
pub struct Sprites {
    painted: HashMap<Id, (Face, Sprite)>,
    letters: Letters,
    seen: Seen,
    pub(super) heat: Heat,
    pub(super) ways: Ways,
    pub(super) names: Names,
    pub(super) dots: Dots,
}

/// Letters on papers of the few sizes that a small wall has, in the colours of one theme.
#[derive(Debug, Default)]
struct Letters {
    theme: Theme,
    sizes: Vec<((i32, i32), Alphabet)>,
}

/// The letters of one size by kind, first as they are, then faded.
type Alphabet = [Option<Sprite>; 2 * KINDS.len()];

/// The notes in sight, in the order they are drawn, for as long as no note moves and the window stays.
#[derive(Debug, Default)]
struct Seen {
    of: Option<(u64, Rect)>,
    tiles: Vec<Tile>,
}

/// All that a note's picture depends on.
#[derive(PartialEq, Debug)]
struct Face {
    size: (i32, i32),
    theme: Theme,
    lang: Lang,
    kind: NoteKind,
    faded: bool,
    look: u64,
    text: String,
    author: String,
    marks: Marks,
}

/// The small signs in a note's last row.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Marks {
    votes: u32,
    wordings: usize,
    pivotal: bool,
    resolved: bool,
    negative: bool,
}

impl Face {
    fn paper(&self) -> Paper {
        if self.faded { self.theme.faded(self.kind) } else { self.theme.paper(self.kind) }
    }

    /// Whether this is how the note looks now, as far as its tile tells.
    fn is_of(&self, tile: &Tile, size: (i32, i32), wall: &Wall<'_>) -> bool {
        self.size == size
            && self.look == tile.look
            && self.kind == tile.kind
            && self.faded == wall.is_faded(tile.id)
            && (self.theme, self.lang) == (wall.theme, wall.lang)
    }
}

impl Letters {
    /// A letter on a paper of this size, painted once.
    fn letter(&mut self, theme: Theme, kind: NoteKind, faded: bool, (w, h): (i32, i32)) -> &Sprite {
        if self.theme != theme || self.sizes.len() > LETTER_SIZES_MAX {
            *self = Letters { theme, sizes: Vec::new() };
        }
        let at = self.sizes.iter().position(|(size, _)| *size == (w, h)).unwrap_or_else(|| {
            self.sizes.push(((w, h), std::array::from_fn(|_| None)));
            self.sizes.len() - 1
        });
        let nth = kind as usize + if faded { KINDS.len() } else { 0 };
        self.sizes[at].1[nth].get_or_insert_with(|| {
            let paper = if faded { theme.faded(kind) } else { theme.paper(kind) };
            Sprite::new(size(w), size(h), |canvas| {
                canvas.fill(0, 0, (w, h), paper.text);
                let letter = kind.row().tag.to_string();
                let style = paper.text.add_modifier(Modifier::BOLD);
                canvas.print((w - 1) / 2, (h - 1) / 2, &letter, style);
            })
        })
    }
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
    }
    for tile in tiles {
        if wall.carried.contains(&tile.id) {
            origin(wall, canvas, tile.kind, tile.rect);
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

/// Shows what is chosen.
pub(super) fn draw_chosen(wall: &Wall<'_>, canvas: &mut Canvas<'_>) {
    let (wires, arrows) = (&wall.scene.projection.wires, &wall.scene.board.arrows);
    let joined = wall.main.iter().flat_map(|main| wires.arrows_at(*main)).chain(&wall.main);
    for arrow in joined.filter_map(|id| arrows.get(id)) {
        for id in [arrow.from, arrow.to].iter().filter(|id| !wall.has_chosen(**id)) {
            if let Some(tile) = wall.scene.projection.space.tile(*id) {
                corners(wall, canvas, wall.place(*id, tile.rect));
            }
        }
    }
    for id in wall.marked.iter().chain(&wall.main).filter(|id| wall.worded != Some(**id)) {
        if let Some(tile) = wall.scene.projection.space.tile(*id) {
            choose(wall, canvas, wall.place(*id, tile.rect), wall.main == Some(*id));
        }
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
            let sprite = Sprite::new(size(w), size(h), |canvas| paint(&face, canvas));
            canvas.blit(&sprite, left, top);
            sprites.painted.insert(id, (face, sprite));
        }
    }
}

/// A sprite's columns or rows; a note larger than any screen is cut.
fn size(cells: i32) -> u16 {
    cells.clamp(1, 1000) as u16
}

/// A note while it is worded: all of its lines, and a hint where it says nothing yet. Gives its rows and the first one
/// of its wording.
pub(super) fn worded(
    wall: &Wall<'_>,
    kind: NoteKind,
    (w, h): (i32, i32),
    text: &str,
    hint: &str,
) -> (Sprite, i32) {
    let columns = body(wall.theme, w, h).columns;
    let lines = wrap(text, columns.max(1) as usize);
    let h = h + (lines.len() as i32 - body(wall.theme, w, h).rows).max(0);
    let body = body(wall.theme, w, h);
    let first = body.first_row(lines.len());
    let face = Face {
        size: (w, h),
        theme: wall.theme,
        lang: wall.lang,
        kind,
        faded: false,
        look: 0,
        text: String::new(),
        author: String::new(),
        marks: Marks::default(),
    };
    let paper = wall.theme.paper(kind);
    let sprite = Sprite::new(size(w), size(h), |canvas| {
        ground(&face, canvas);
        foot(&face, first + lines.len() as i32, canvas);
        header(&face, "", first, canvas);
        for (row, line) in lines.iter().enumerate() {
            canvas.print(body.x, first + row as i32, line, paper.text);
        }
        if text.is_empty() && body.rows > 2 {
            canvas.print_within(body.x, body.y + body.rows - 1, body.columns, hint, paper.muted);
        }
    });
    (sprite, first)
}

/// Paints a note as large as its face says.
fn paint(face: &Face, canvas: &mut Canvas<'_>) {
    let (w, h) = face.size;
    let paper = face.paper();
    let text = SafeText::new(&face.text);
    let text: &str = &text;
    ground(face, canvas);
    if w >= FULL.0 && h >= FULL.1 {
        let mut body = body(face.theme, w, h);
        let lines = wrap(text, body.columns.max(1) as usize);
        foot(face, body.first_row(lines.len()) + lines.len() as i32, canvas);
        let end = header(face, &face.author, body.first_row(lines.len()), canvas);
        if face.marks.paint(end, (w, h), paper, canvas) && face.theme.fills() {
            body.rows -= 1;
        }
        let first = body.first_row(lines.len());
        print_lines(&lines, (body.x, first), body.columns, body.y + body.rows - first, paper.text, canvas);
    } else if w >= CARD.0 && h >= CARD.1 {
        lettered(face.kind, text, (1, w - 2, h), paper, canvas);
    } else {
        lettered(face.kind, text, (0, w, h), paper, canvas);
    }
}

/// A wording that begins with the letter of its kind, from column `x` on.
fn lettered(
    kind: NoteKind,
    text: &str,
    (x, columns, h): (i32, i32, i32),
    paper: Paper,
    canvas: &mut Canvas<'_>,
) {
    let text = format!("{}{}", kind.row().tag, text.replace('\n', " "));
    let lines = if h > 1 { wrap(&text, columns.max(1) as usize) } else { vec![&*text] };
    print_lines(&lines, (x, 0), columns, h, paper.text, canvas);
    canvas.restyle(x, 0, (1, 1), paper.text.add_modifier(Modifier::BOLD));
}

/// The paper itself: filled and with its edge, or a box of the kind's own lines where there are no colours.
fn ground(face: &Face, canvas: &mut Canvas<'_>) {
    let (theme, kind, (w, h), paper) = (face.theme, face.kind, face.size, face.paper());
    canvas.fill(0, 0, (w, h), paper.text);
    if !theme.fills() {
        return edges(kind, (w, h), paper, canvas);
    }
    if w >= CARD.0 && h >= CARD.1 {
        for row in 0..h {
            canvas.print(0, row, "▎", paper.edge);
        }
    }
}

/// On a light wall a paper has an edge below too, where the text, which ends above this row, leaves room for it.
fn foot(face: &Face, text_end: i32, canvas: &mut Canvas<'_>) {
    let (w, h) = face.size;
    if face.theme.fills() && face.theme.shade == Shade::Light && text_end < h {
        (1..w).for_each(|x| {
            canvas.print(x, h - 1, "▁", face.paper().edge);
        });
    }
}

/// Without colours a kind is told by its lines as well as by its letter.
fn edges(kind: NoteKind, (w, h): (i32, i32), paper: Paper, canvas: &mut Canvas<'_>) {
    let [level, upright, corners] = match kind {
        NoteKind::Command => ["═", "║", "╔╗╚╝"],
        NoteKind::ExternalSystem | NoteKind::Hotspot => ["━", "┃", "┏┓┗┛"],
        NoteKind::Policy | NoteKind::Time => ["╌", "╎", "┌┐└┘"],
        NoteKind::Actor | NoteKind::Value => ["─", "│", "╭╮╰╯"],
        NoteKind::DomainEvent
        | NoteKind::ReadModel
        | NoteKind::Aggregate
        | NoteKind::Opportunity
        | NoteKind::UserInterface
        | NoteKind::Note => ["─", "│", "┌┐└┘"],
    };
    for row in 0..h {
        canvas.print(0, row, upright, paper.text);
        canvas.print(w - 1, row, upright, paper.text);
    }
    if h >= FULL.1 {
        canvas.print(1, 0, &level.repeat((w - 2).max(0) as usize), paper.text);
        canvas.print(1, h - 1, &level.repeat((w - 2).max(0) as usize), paper.text);
        let places = [(0, 0), (w - 1, 0), (0, h - 1), (w - 1, h - 1)];
        for ((x, y), corner) in places.into_iter().zip(corners.chars()) {
            canvas.print(x, y, corner.encode_utf8(&mut [0; 4]), paper.text);
        }
    }
}

/// The letter, and where there is a row for it the kind and who wrote it. Gives the column after it.
fn header(face: &Face, author: &str, text_row: i32, canvas: &mut Canvas<'_>) -> i32 {
    let ((w, h), paper) = (face.size, face.paper());
    if h < ROWS_WITH_HEADER {
        return letter(face.kind, if face.theme.fills() { text_row } else { 0 }, paper, canvas);
    }
    let mut end = letter(face.kind, 0, paper, canvas);
    if w >= COLUMNS_WITH_KIND {
        end = canvas.print_within(end + 1, 0, w - end - 2, face.kind.label(face.lang), paper.muted);
    }
    let author = SafeText::line(author);
    let room = w - end - 3;
    if !author.is_empty() && room >= 4 {
        let name = format!("@{}", fitting(&author, room - 1));
        end = canvas.print(w - 1 - name.width() as i32, 0, &name, paper.muted);
    }
    end
}

fn letter(kind: NoteKind, row: i32, paper: Paper, canvas: &mut Canvas<'_>) -> i32 {
    canvas.print(2, row, &kind.row().tag.to_string(), paper.text.add_modifier(Modifier::BOLD))
}

/// Prints as many lines as there are rows; what is left out shows as `…`.
fn print_lines(
    lines: &[&str],
    (x, y): (i32, i32),
    columns: i32,
    rows: i32,
    style: Style,
    canvas: &mut Canvas<'_>,
) {
    for (row, line) in lines.iter().enumerate().take(rows.max(0) as usize) {
        let (row, line) = (row as i32, line.trim_end());
        if row + 1 == rows && lines.len() as i32 > rows {
            let end = canvas.print(x, y + row, fitting(line, columns - 1), style);
            canvas.print(end, y + row, "…", style);
        } else {
            canvas.print_within(x, y + row, columns, line, style);
        }
    }
}

impl Marks {
    fn of(note: &Note, wall: &Wall<'_>) -> Marks {
        let votes = wall.scene.board.votes.range((note.id, PersonId::default())..);
        Marks {
            votes: votes.take_while(|((id, _), _)| *id == note.id).map(|(_, vote)| vote.votes).sum(),
            wordings: note.wording.values.len(),
            pivotal: note.is_pivotal(),
            resolved: note.is_resolved(),
            negative: text_of(&note.details, "sign") == "-",
        }
    }

    /// Paints them into the last row; on a low note at the right end of the first. Says whether a row is taken.
    fn paint(self, header_end: i32, (w, h): (i32, i32), paper: Paper, canvas: &mut Canvas<'_>) -> bool {
        let mut signs = Vec::new();
        if self.pivotal {
            signs.push("◆".to_owned());
        }
        if self.resolved {
            signs.push("✓".to_owned());
        }
        if self.negative {
            signs.push("−".to_owned());
        }
        if self.wordings > 1 {
            signs.push(format!("≠{}", self.wordings));
        }
        if self.votes > 0 {
            signs.push(format!("▲{}", self.votes));
        }
        let signs = signs.join(" ");
        let row = if h >= ROWS_WITH_HEADER { h - 1 } else { 0 };
        let x = w - 1 - signs.width() as i32;
        if signs.is_empty() || (row == 0 && x <= header_end) {
            return false;
        }
        canvas.print(x, row, &signs, paper.text.add_modifier(Modifier::BOLD));
        row > 0
    }
}

/// Where something was before it was carried away.
fn origin(wall: &Wall<'_>, canvas: &mut Canvas<'_>, kind: NoteKind, rect: Rect) {
    outline(canvas, wall.window.span(rect), wall.theme.paper(kind).ink);
}

/// A dashed box: something that is not there, or not there yet.
pub(super) fn outline(canvas: &mut Canvas<'_>, (left, top, w, h): (i32, i32, i32, i32), style: Style) {
    let (right, bottom) = (left + w - 1, top + h - 1);
    for x in left + 1..right {
        canvas.print(x, top, "╌", style);
        canvas.print(x, bottom, "╌", style);
    }
    for y in top + 1..bottom {
        canvas.print(left, y, "╎", style);
        canvas.print(right, y, "╎", style);
    }
    for (x, y, corner) in [(left, top, "╭"), (right, top, "╮"), (left, bottom, "╰"), (right, bottom, "╯")]
    {
        canvas.print(x, y, corner, style);
    }
}

/// Puts a line of half cells close around what is chosen; small notes are painted in the accent instead.
fn choose(wall: &Wall<'_>, canvas: &mut Canvas<'_>, rect: Rect, is_main: bool) {
    let (left, top, w, h) = wall.window.span(rect);
    if w < CARD.0 || h < CARD.1 {
        return canvas.restyle(left, top, (w, h), wall.theme.chosen());
    }
    ring(canvas, (left, top, w, h), wall.theme.accent());
    if is_main && let Some((x, y)) = super::handle(wall.window, rect) {
        canvas.print(x, y, "▸", wall.theme.accent());
    }
}

/// Puts corners around a note that an arrow joins with what is chosen; of small notes the letter is underlined.
fn corners(wall: &Wall<'_>, canvas: &mut Canvas<'_>, rect: Rect) {
    let (left, top, w, h) = wall.window.span(rect);
    if w < CARD.0 || h < CARD.1 {
        return canvas.restyle(left, top, (w, 1), Style::new().add_modifier(Modifier::UNDERLINED));
    }
    let (right, bottom) = (left + w, top + h);
    for (x, y, corner) in
        [(left - 1, top - 1, "▗"), (right, top - 1, "▖"), (left - 1, bottom, "▝"), (right, bottom, "▘")]
    {
        if !HEADS.contains(&canvas.glyph(x, y)) {
            canvas.print(x, y, corner, wall.theme.accent());
        }
    }
}

/// A line of half cells around a rectangle, which leaves the heads of arrows free.
pub(super) fn ring(canvas: &mut Canvas<'_>, (left, top, w, h): (i32, i32, i32, i32), style: Style) {
    let (right, bottom) = (left + w, top + h);
    let sides = (left..right).flat_map(|x| [(x, top - 1, "▄"), (x, bottom, "▀")]);
    let sides = sides.chain((top..bottom).flat_map(|y| [(left - 1, y, "▐"), (right, y, "▌")]));
    let corners =
        [(left - 1, top - 1, "▗"), (right, top - 1, "▖"), (left - 1, bottom, "▝"), (right, bottom, "▘")];
    for (x, y, side) in sides.chain(corners) {
        if !HEADS.contains(&canvas.glyph(x, y)) {
            canvas.print(x, y, side, style);
        }
    }
}
