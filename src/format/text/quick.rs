//! The quick line: one row typed onto a wall, seen as ghosts while it is typed.

use std::collections::{BTreeMap, HashMap};

use unicode_normalization::UnicodeNormalization;

use super::super::Reading;
use super::assemble::refer;
use super::draft::{Draft, DraftFrame, DraftNote};
use super::item::{Names, item};
use super::line::row_line;
use super::resolve::{Ground, resolve};
use super::sign::{Piece, cut};
use super::write::composed;
use crate::model::arrange::{Known, Plan, ROW_GAP, place_beside, reading_order};
use crate::model::{Arrow, Board, Details, Frame, Id, Level, Note, NoteKind, Point, Rect, Wording};

/// Wordings offered at most.
const OFFERS_MAX: usize = 8;

/// What a line typed onto a wall adds to it: new notes and arrows, and frames that grow around them.
///
/// The `n`th new note is [`Id::made`]`(n)`; whatever else an arrow or a host names is on the wall already. A frame is
/// given with its own id. The row goes on from the note `after` where it begins with an arrow, is in the frame of that
/// note or of `at`, and begins at `at`, else below `after`, else below everything.
pub fn line(board: &Board, text: &str, level: Level, after: Option<Id>, at: Option<Point>) -> Reading {
    let text = composed(text);
    let after = after.and_then(|id| board.notes.get(&id));
    let frames: Vec<Id> = board.contexts.keys().copied().collect();
    let index_of: HashMap<Id, usize> = frames.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut ground = Ground { level: Some(level), ..Ground::default() };
    let names = frame_names(board, &index_of, &mut ground.draft);
    let seeds = seed(board, &text, after, &index_of, &mut ground);
    ground.frame = match (after, at) {
        (Some(after), _) => board.frame_of(after),
        (None, Some(at)) => board.context_at(at).map(|context| context.id),
        (None, None) => None,
    }
    .and_then(|id| index_of.get(&id).copied());
    ground.after = after.and_then(|after| seeds.iter().position(|id| *id == after.id));
    let lines: Vec<_> =
        text.lines().enumerate().filter_map(|(at, text)| row_line(at + 1, text, &names)).collect();
    let draft = resolve(&lines, ground);
    let below = after.map(|after| Point::new(after.at.x, after.rect().bottom().saturating_add(ROW_GAP)));
    drawn(board, draft, &seeds, &frames, at.or(below))
}

/// Makes the frames of the wall known to a draft.
fn frame_names(board: &Board, index_of: &HashMap<Id, usize>, draft: &mut Draft) -> Names {
    let mut names = Names::default();
    let mut counts: HashMap<(Frame, String), u32> = HashMap::new();
    for context in board.contexts.values() {
        let name = composed(context.name());
        let nth = counts.entry((context.frame, name.clone())).or_default();
        *nth += 1;
        match context.frame {
            Frame::Context => names.contexts.insert(name.clone()),
            Frame::Subdomain => names.subdomains.insert(name.clone()),
        };
        let outer = (context.frame == Frame::Context).then(|| board.subdomain_of(context)).flatten();
        draft.frames.push(DraftFrame {
            frame: context.frame,
            name,
            nth: *nth,
            inside: outer.map(|outer| index_of[&outer]),
            details: Details::new(),
            id: Some(context.id),
            at: None,
            size: None,
            line: 0,
        });
    }
    names
}

/// Makes the notes known that a text may mean: those whose wording it holds, in reading order.
fn seed(
    board: &Board,
    text: &str,
    after: Option<&Note>,
    index_of: &HashMap<Id, usize>,
    ground: &mut Ground,
) -> Vec<Id> {
    let is_meant = |note: &&Note| {
        let wording = note.text();
        after.is_some_and(|after| after.id == note.id)
            || !wording.is_empty() && text.contains(&composed(wording).replace('\n', "\\n"))
    };
    let meant: Vec<&Note> = board.standing().filter(is_meant).collect();
    let rects: Vec<Rect> = meant.iter().map(|note| note.rect()).collect();
    let mut counts: HashMap<(Option<usize>, NoteKind, String), u32> = HashMap::new();
    let mut seeds = Vec::with_capacity(meant.len());
    for note in reading_order(&rects, true).into_iter().map(|at| meant[at]) {
        let frame = board.frame_of(note).map(|id| index_of[&id]);
        let wording = composed(note.text());
        let nth = counts.entry((frame, note.kind, wording.clone())).or_default();
        *nth += 1;
        let draft = DraftNote { nth: *nth, home: Some(0), ..DraftNote::new(frame, note.kind, wording) };
        ground.index.add(seeds.len(), &draft);
        ground.index.told(&draft);
        ground.draft.notes.push(draft);
        seeds.push(note.id);
    }
    seeds
}

/// What is new in a draft, with its place.
fn drawn(board: &Board, draft: Draft, seeds: &[Id], frames: &[Id], begin: Option<Point>) -> Reading {
    let made = (0..).map(Id::made);
    let ids: Vec<Id> = seeds.iter().copied().chain(made).take(draft.notes.len()).collect();
    let is_seed = |id: &Id| seeds.contains(id);
    let others: Vec<&Note> = board.notes.values().filter(|note| !is_seed(&note.id)).collect();
    let place = |at: usize| seeds.get(at).map(|id| board.notes[id].at);
    let known = Known {
        notes: (0..ids.len()).map(place).chain(others.iter().map(|note| Some(note.at))).collect(),
        frames: frames.iter().map(|id| Some(board.contexts[id].rect)).collect(),
        lanes: Vec::new(),
        others: Vec::new(),
        begin,
    };
    let size = |(at, note): (usize, &DraftNote)| seeds.get(at).map_or(note.size(), |id| board.notes[id].size);
    let plan = Plan {
        sizes: draft.notes.iter().enumerate().map(size).chain(others.iter().map(|note| note.size)).collect(),
        rows: draft.rows,
        frames: draft.frames.iter().map(|frame| frame.inside).collect(),
        lanes: 0,
    };
    let places = place_beside(&plan, &known);
    let mut new = Board::default();
    for (at, note) in draft.notes.into_iter().enumerate().skip(seeds.len()) {
        let mut details = note.details;
        refer(&mut details, &note.refs, &ids);
        let wording = Wording { values: vec![(ids[at], note.wording)] };
        let note = Note {
            id: ids[at],
            kind: note.kind,
            wording,
            at: note.at.unwrap_or(places.notes[at]),
            size: plan.sizes[at],
            z: note.z,
            host: note.host.map(|host| ids[host]),
            author: note.author,
            details,
        };
        new.notes.insert(note.id, note);
    }
    let is_new = |arrow: &Arrow| !board.arrows.values().any(|it| (it.from, it.to) == (arrow.from, arrow.to));
    let arrow_ids = (0..).map(|n| Id::made(u32::try_from(ids.len()).unwrap_or(u32::MAX).saturating_add(n)));
    for (arrow, id) in draft.arrows.into_iter().zip(arrow_ids) {
        let arrow = Arrow { id, from: ids[arrow.from], to: ids[arrow.to], details: arrow.details };
        if is_new(&arrow) {
            new.arrows.insert(id, arrow);
        }
    }
    // What stands there may have to make room for what is new.
    if !new.notes.is_empty() {
        let old = seeds.iter().map(|id| &board.notes[id]).chain(others);
        let places = places.notes[..seeds.len()].iter().chain(&places.notes[ids.len()..]);
        for (note, at) in old.zip(places).filter(|(note, at)| note.at != **at) {
            new.notes.insert(note.id, Note { at: *at, ..note.clone() });
        }
    }
    for (id, rect) in frames.iter().zip(places.frames) {
        let context = &board.contexts[id];
        if context.rect != rect && !new.notes.is_empty() {
            new.contexts.insert(*id, crate::model::Context { rect, ..context.clone() });
        }
    }
    Reading { board: new, remarks: draft.remarks, ..Reading::default() }
}

/// Wordings that are on the wall and go on as what is being typed begins.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Completions {
    /// Where in the text the wording begins that each of them takes the place of, up to the cursor.
    pub from: usize,
    /// The wordings, the most frequent first.
    pub wordings: Vec<String>,
}

/// What the item under the cursor may become. A syllable that is still being composed counts as far as it goes.
pub fn completions(board: &Board, text: &str, cursor: usize) -> Completions {
    let typed = text.get(..cursor).unwrap_or(text);
    let Some(Piece::Text(piece)) = cut(typed).last().copied() else { return Completions::default() };
    if typed.trim_end().len() < typed.len() && piece.is_empty() {
        return Completions::default();
    }
    let Some(item) = item(piece, &Names::default()) else { return Completions::default() };
    let begun = &item.reference.wording.text;
    let Some(from) = typed.rfind(begun.as_str()).filter(|_| !begun.is_empty()) else {
        return Completions::default();
    };
    let folded = |text: &str| text.to_lowercase().nfd().collect::<String>();
    let start = folded(begun);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let fits = |note: &&Note| item.reference.kind.is_none_or(|kind| kind == note.kind);
    for note in board.standing().filter(fits).filter(|note| note.text() != begun) {
        if folded(note.text()).starts_with(&start) {
            *counts.entry(note.text()).or_default() += 1;
        }
    }
    let mut wordings: Vec<(&str, usize)> = counts.into_iter().collect();
    wordings.sort_by_key(|(wording, count)| (std::cmp::Reverse(*count), wording.len()));
    Completions {
        from,
        wordings: wordings.into_iter().take(OFFERS_MAX).map(|(it, _)| it.to_owned()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::id;
    use crate::model::tests::{board, context, note};

    fn wall() -> Board {
        let mut wall = board([
            note(0, NoteKind::DomainEvent, "주문됨", 0, 0),
            note(1, NoteKind::Command, "결제 요청", 30, 0),
            note(2, NoteKind::Actor, "고객", 0, 20),
        ]);
        wall.contexts.insert(id(9), context(9, "주문", Rect::new(-2, -2, 26, 9)));
        wall
    }

    fn check(text: &str, after: Option<u32>, notes: &[(&str, i32, i32)], arrows: &[(Id, Id)]) -> Reading {
        let drawn = line(&wall(), text, Level::Design, after.map(id), None);
        let told: Vec<_> = drawn
            .board
            .notes
            .values()
            .map(|note| (format!("{}{}", note.kind.row().tag, note.text()), note.at.x, note.at.y))
            .collect();
        let told: Vec<_> = told.iter().map(|(text, x, y)| (text.as_str(), *x, *y)).collect();
        assert_eq!(told, notes, "{text}");
        let joined: Vec<_> = drawn.board.arrows.values().map(|arrow| (arrow.from, arrow.to)).collect();
        assert_eq!(joined, arrows, "{text}");
        drawn
    }

    #[test]
    fn a_row_stands_in_a_line_and_names_what_is_there() {
        let made = Id::made;
        check(
            "고객 > 환불하기 > 환불됨",
            None,
            &[("A고객", -2, 28), ("C환불하기", 16, 27), ("E환불됨", 42, 27)],
            &[(made(0), made(1)), (made(1), made(2))],
        );
        check("결제 요청 => [[PG사]]", None, &[("SPG사", 56, 0)], &[(id(1), made(0))]);
        check("주문됨 > 결제 요청", None, &[], &[(id(0), id(1))]);
        check("", None, &[], &[]);
    }

    #[test]
    fn it_goes_on_from_the_selection_and_its_frame_grows() {
        let drawn = check(
            "> 주문되면 결제를 요청한다",
            Some(0),
            &[("P주문되면 결제를 요청한다", 0, 7)],
            &[(id(0), Id::made(0))],
        );
        let frame = drawn.board.contexts[&id(9)].rect;
        assert!(frame.encloses(drawn.board.notes[&Id::made(0)].rect().grown(2)), "{frame:?}");
        let drawn = check(" ! 누가 내나", Some(0), &[("!누가 내나", 0, 6)], &[]);
        assert_eq!(drawn.board.notes[&Id::made(0)].host, Some(id(0)));
    }

    #[test]
    fn what_is_begun_is_offered_from_the_wall() {
        let check = |text: &str, from: usize, offered: &[&str]| {
            let completions = completions(&wall(), text, text.len());
            assert_eq!(
                (completions.from, &completions.wordings[..]),
                (from, &offered.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()[..]),
                "{text}"
            );
        };
        check("고객 > 결", "고객 > ".len(), &["결제 요청"]);
        check("고객 > 주무", "고객 > ".len(), &["주문됨"]);
        check("고객 > /결제", "고객 > /".len(), &["결제 요청"]);
        check("고객 > *결제", "고객 > *".len(), &[]);
        check("고객 > ", 0, &[]);
    }
}
