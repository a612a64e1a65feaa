//! What another tool's people put on a board, on its way onto a wall.

use std::collections::BTreeMap;

use super::color::{nearest, shades, usual};
use super::frame::{Role, Unit, named, roles};
use super::join::join;
use super::legend::Legend;
use super::own::Own;
use super::place::{Scale, settled};
use super::{Area, Fill, Shape, Sketch, Sort, remarked};
use crate::format::json::quoted;
use crate::format::{Mapping, Mint, Reading, Unclear};
use crate::model::arrange::tidy;
use crate::model::limit::{ARROWS_MAX, CONTEXTS_MAX, NOTES_MAX, TITLE_CHARS_MAX, WORDING_CHARS_MAX};
use crate::model::text::tidied;
use crate::model::{Context, Details, Id, Note, NoteKind, Wording};
use crate::words::Said;

/// Wordings that are shown of a colour nobody is sure of.
const SHOWN_MAX: usize = 3;
/// An arrow's loose end reaches so much of a sticky far.
const REACH: f64 = 0.6;

/// Tells the kind of a shape from its colour, and remembers where that was a guess.
pub(super) struct Colors<'a> {
    mapping: &'a Mapping,
    legend: BTreeMap<String, NoteKind>,
    unclear: BTreeMap<String, Unclear>,
}

impl<'a> Colors<'a> {
    pub(super) fn new(mapping: &'a Mapping, legend: BTreeMap<String, NoteKind>) -> Colors<'a> {
        Colors { mapping, legend, unclear: BTreeMap::new() }
    }

    /// What somebody said counts first, then the legend, then what the colour usually is.
    pub(super) fn kind_of(&mut self, fill: &Fill, words: &str) -> NoteKind {
        let hex = fill.hex();
        let said = || self.mapping.kind_of(&fill.label).or_else(|| self.mapping.kind_of(&hex));
        let near = || nearest(fill.rgb?, self.mapping.iter().map(|(label, kind)| (shades(label), kind)));
        let known = said().or_else(near).or_else(|| self.legend.get(&hex).copied());
        if let Some(kind) = known {
            return kind;
        }
        let Some(rgb) = fill.rgb else { return NoteKind::Note };
        let (kind, others) = usual(rgb);
        if !others.is_empty() {
            let label = fill.label.clone();
            let unclear = self.unclear.entry(label.clone()).or_insert(Unclear {
                label,
                kind,
                others,
                wordings: Vec::new(),
                count: 0,
            });
            unclear.count += 1;
            if unclear.wordings.len() < SHOWN_MAX && !words.is_empty() {
                unclear.wordings.push(words.to_owned());
            }
        }
        kind
    }
}

/// Puts everything that squall did not draw beside what it did.
pub(super) fn settle(sketch: Sketch, own: Own, mapping: &Mapping, mint: Mint<'_>) -> Result<Reading, Said> {
    let Sketch { mut shapes, links, remarks } = sketch;
    let Own { mut reading, mut ends, has_rows } = own;
    let unit = Unit::of(&shapes);
    let mut roles = roles(&shapes, unit);
    gather_words(&mut shapes, &roles);
    let is_free = |at: usize| roles[at] == Role::Note;
    let legend = Legend::of(&shapes, is_free, unit.long());
    legend.members.iter().for_each(|at| roles[*at] = Role::Left);
    let mut said = remarks;
    said.extend(legend.told());
    for (shape, role) in shapes.iter().zip(&mut roles) {
        let says_nothing =
            shape.text.trim().is_empty() && (shape.fill.is_empty() || shape.sort == Sort::Text);
        if *role == Role::Note && says_nothing && !matches!(shape.sort, Sort::Kind(_)) {
            *role = Role::Left;
            said.push(Said::new("sketch-empty").with("id", quoted(&shape.key)));
        }
    }
    let mut colors = Colors::new(mapping, legend.kinds);
    let these = |role: Role| (0..shapes.len()).filter(|at| roles[*at] == role).collect::<Vec<_>>();
    let (notes, frames) = (these(Role::Note), these(Role::Frame));
    let board = &mut reading.board;
    if board.notes.len() + notes.len() > NOTES_MAX {
        return Err(Said::new("import-too-many").with("max", NOTES_MAX));
    }
    if board.contexts.len() + frames.len() > CONTEXTS_MAX {
        return Err(Said::new("import-too-many").with("max", CONTEXTS_MAX));
    }
    let kinds: Vec<(Area, NoteKind)> = notes
        .iter()
        .map(|at| {
            let shape = &shapes[*at];
            let kind = match shape.sort {
                Sort::Kind(kind) => kind,
                Sort::Text | Sort::Frame => NoteKind::Note,
                Sort::Sticky => colors.kind_of(&shape.fill, &shape.text),
            };
            (shape.area, kind)
        })
        .collect();
    let areas: Vec<Area> = frames.iter().map(|at| shapes[*at].area).collect();
    let (note_rects, frame_rects) = if has_rows {
        let notes = kinds.iter().map(|(area, kind)| Scale::OWN.note(*area, *kind));
        (notes.collect(), areas.iter().map(|area| Scale::OWN.rect(*area)).collect())
    } else {
        settled(&kinds, &areas, Scale::of(unit, kinds.iter().map(|(area, _)| *area)))
    };
    for ((at, (area, kind)), rect) in notes.iter().zip(&kinds).zip(note_rects) {
        let (id, shape) = (mint(), &shapes[*at]);
        let text = cut(&shape.text, WORDING_CHARS_MAX, &shape.key, "wording", &mut said);
        let wording = Wording { values: vec![(id, text)] };
        let (author, details) = (String::new(), Details::new());
        let (kind, size, at) = (*kind, rect.size, rect.at);
        board.notes.insert(id, Note { id, kind, wording, at, size, z: 0, host: None, author, details });
        ends.add(&shape.key, Some(id));
        ends.areas.push((id, *area));
    }
    for (at, rect) in frames.iter().zip(frame_rects) {
        let (id, shape) = (mint(), &shapes[*at]);
        let (name, frame) = named(&shape.text);
        let name = cut(&name, TITLE_CHARS_MAX, &shape.key, "name", &mut said);
        let details = (!name.is_empty()).then(|| ("name".to_owned(), name.into()));
        let (frame, details) = (frame.unwrap_or_default(), details.into_iter().collect());
        board.contexts.insert(id, Context { id, frame, rect, details });
        ends.add(&shape.key, None);
    }
    for (shape, role) in shapes.iter().zip(&roles) {
        if let Role::Words(home) | Role::Title(home) = role {
            let note: Option<Id> = ends.by_key.get(&shapes[*home].key).copied().flatten();
            ends.add(&shape.key, note);
        }
    }
    said.extend(join(board, &links, &ends, REACH * unit.long(), mint));
    if board.arrows.len() > ARROWS_MAX {
        return Err(Said::new("import-too-many").with("max", ARROWS_MAX));
    }
    let is_unplaced = kinds.len() > 1 && kinds.iter().all(|(area, _)| area.center() == kinds[0].0.center());
    if is_unplaced && !has_rows {
        *board = tidy(board);
    }
    reading.unclear.extend(colors.unclear.into_values());
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

/// A text as it is kept, remarked where it is too long.
fn cut(text: &str, max: usize, key: &str, field: &'static str, said: &mut Vec<Said>) -> String {
    let text = tidied(text);
    if text.chars().count() <= max {
        return text;
    }
    said.push(Said::new("remark-text-cut").with("id", quoted(key)).with("field", field).with("max", max));
    text.chars().take(max).collect()
}
