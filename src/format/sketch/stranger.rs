//! What another tool's people put on a board, on its way onto a wall.

use super::frame::{Role, Unit, named, roles};
use super::guess::Guess;
use super::join::{Ends, join};
use super::legend::Legend;
use super::own::Own;
use super::place::{Scale, settled};
use super::{Area, Shape, Sketch, Sort, remarked};
use crate::format::json::quoted;
use crate::format::{Mapping, Mint, Reading};
use crate::model::arrange::tidy;
use crate::model::limit::{ARROWS_MAX, CONTEXTS_MAX, NOTES_MAX, TITLE_CHARS_MAX, WORDING_CHARS_MAX};
use crate::model::text::tidied;
use crate::model::{Context, Details, Note, NoteKind, Rect, Wording};
use crate::words::Said;

/// An arrow's loose end reaches so much of a sticky far.
const REACH: f64 = 0.6;

/// Puts everything that squall did not draw beside what it did.
pub(super) fn settle(sketch: Sketch, own: Own, mapping: &Mapping, mint: Mint<'_>) -> Result<Reading, Said> {
    let Sketch { mut shapes, links, remarks: mut said } = sketch;
    let Own { reading, ends, has_rows } = own;
    let unit = Unit::of(&shapes);
    let mut roles = roles(&shapes, unit);
    gather_words(&mut shapes, &roles);
    let legend = Legend::of(&shapes, |at| roles[at] == Role::Note, unit.long());
    legend.members.iter().for_each(|at| roles[*at] = Role::Left);
    said.extend(legend.told());
    said.extend(leave_silent(&shapes, &mut roles));

    let mut guess = Guess::new(mapping, legend.kinds);
    let these =
        |role: Role| (0..shapes.len()).filter(|at| roles[*at] == role).map(|at| &shapes[at]).collect();
    let (notes, frames): (Vec<&Shape>, Vec<&Shape>) = (these(Role::Note), these(Role::Frame));
    let kinds: Vec<(Area, NoteKind)> =
        notes.iter().map(|shape| (shape.area, kind_of(shape, &mut guess))).collect();
    let areas: Vec<Area> = frames.iter().map(|shape| shape.area).collect();
    let (note_rects, frame_rects) = if has_rows {
        let notes = kinds.iter().map(|(area, kind)| Scale::OWN.note(*area, *kind));
        (notes.collect(), areas.iter().map(|area| Scale::OWN.rect(*area)).collect())
    } else {
        settled(&kinds, &areas, Scale::of(unit, kinds.iter().map(|(area, _)| *area)))
    };

    let mut wall = Wall { reading, ends, said, mint };
    for ((shape, (_, kind)), rect) in notes.iter().zip(&kinds).zip(note_rects) {
        wall.note(shape, *kind, rect);
    }
    for (shape, rect) in frames.iter().zip(frame_rects) {
        wall.frame(shape, rect);
    }
    for (shape, role) in shapes.iter().zip(&roles) {
        if let Role::Words(home) | Role::Title(home) = role {
            let note = wall.ends.by_key.get(&shapes[*home].key).copied().flatten();
            wall.ends.add(&shape.key, note);
        }
    }
    let Wall { mut reading, ends, mut said, mint } = wall;
    said.extend(join(&mut reading.board, &links, &ends, REACH * unit.long(), mint));
    let board = &mut reading.board;
    for (count, max) in [
        (board.notes.len(), NOTES_MAX),
        (board.contexts.len(), CONTEXTS_MAX),
        (board.arrows.len(), ARROWS_MAX),
    ] {
        if count > max {
            return Err(Said::new("import-too-many").with("max", max));
        }
    }
    let is_unplaced = kinds.len() > 1 && kinds.iter().all(|(area, _)| area.center() == kinds[0].0.center());
    if is_unplaced && !has_rows {
        *board = tidy(board);
    }
    reading.unclear.extend(guess.unclear());
    reading.remarks.extend(remarked(said));
    Ok(reading)
}

/// Gives texts to what they are the words of, from top to bottom.
fn gather_words(shapes: &mut [Shape], roles: &[Role]) {
    let mut texts: Vec<(usize, usize)> = roles
        .iter()
        .enumerate()
        .filter_map(|(at, role)| match role {
            Role::Words(home) | Role::Title(home) => Some((*home, at)),
            Role::Note | Role::Frame | Role::Left => None,
        })
        .collect();
    texts.sort_by(|(one, a), (two, b)| one.cmp(two).then(shapes[*a].area.y.total_cmp(&shapes[*b].area.y)));
    for (home, at) in texts {
        let text = std::mem::take(&mut shapes[at].text);
        let words = &mut shapes[home].text;
        if !words.is_empty() {
            words.push('\n');
        }
        words.push_str(&text);
    }
}

/// Leaves out what has neither words nor a colour.
fn leave_silent(shapes: &[Shape], roles: &mut [Role]) -> Vec<Said> {
    let mut said = Vec::new();
    for (shape, role) in shapes.iter().zip(roles).filter(|(_, role)| **role == Role::Note) {
        let is_plain = shape.fill.is_empty() && shape.sort == Sort::Sticky || shape.sort == Sort::Text;
        if is_plain && shape.text.trim().is_empty() {
            *role = Role::Left;
            said.push(Said::new("sketch-empty").with("id", quoted(&shape.key)));
        }
    }
    said
}

fn kind_of(shape: &Shape, guess: &mut Guess<'_>) -> NoteKind {
    match shape.sort {
        Sort::Kind(kind) => kind,
        Sort::Text | Sort::Frame => NoteKind::Note,
        Sort::Sticky => guess.kind_of(&shape.fill, &shape.text),
    }
}

/// A wall on which shapes become things.
struct Wall<'a> {
    reading: Reading,
    ends: Ends,
    said: Vec<Said>,
    mint: Mint<'a>,
}

impl Wall<'_> {
    fn note(&mut self, shape: &Shape, kind: NoteKind, Rect { at, size }: Rect) {
        let id = (self.mint)();
        let text = self.cut(&shape.text, WORDING_CHARS_MAX, shape, "wording");
        let (wording, author) = (Wording { values: vec![(id, text)] }, String::new());
        let note = Note { id, kind, wording, at, size, z: 0, host: None, author, details: Details::new() };
        self.reading.board.notes.insert(id, note);
        self.ends.add(&shape.key, Some(id));
        self.ends.areas.push((id, shape.area));
    }

    fn frame(&mut self, shape: &Shape, rect: Rect) {
        let id = (self.mint)();
        let (name, frame) = named(&shape.text);
        let name = self.cut(&name, TITLE_CHARS_MAX, shape, "name");
        let details = (!name.is_empty()).then(|| ("name".to_owned(), name.into())).into_iter().collect();
        let context = Context { id, frame: frame.unwrap_or_default(), rect, details };
        self.reading.board.contexts.insert(id, context);
        self.ends.add(&shape.key, None);
    }

    /// A text as it is kept, remarked where it is too long.
    fn cut(&mut self, text: &str, max: usize, shape: &Shape, field: &'static str) -> String {
        let text = tidied(text);
        if text.chars().count() <= max {
            return text;
        }
        let id = quoted(&shape.key);
        self.said.push(Said::new("remark-text-cut").with("id", id).with("field", field).with("max", max));
        text.chars().take(max).collect()
    }
}
