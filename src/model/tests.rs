//! Boards for tests: made by hand, and at random.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::json;

use super::*;

/// The `n`th id of a made-up deed.
pub(crate) fn id(n: u32) -> Id {
    let entry: EntryId = "sampleauth.1".parse().unwrap();
    entry.thing(n)
}

/// A note of its kind's size.
pub(crate) fn note(n: u32, kind: NoteKind, wording: &str, x: i32, y: i32) -> Note {
    Note {
        id: id(n),
        kind,
        wording: Wording { values: vec![(id(n), wording.to_owned())] },
        at: Point::new(x, y),
        size: kind.row().size,
        z: 0,
        host: None,
        author: String::new(),
        details: Details::new(),
    }
}

/// A context with a name.
pub(crate) fn context(n: u32, name: &str, rect: Rect) -> Context {
    let details = Details::from([("name".to_owned(), json!(name))]);
    Context { id: id(n), frame: Frame::Context, rect, details }
}

/// A board of these notes.
pub(crate) fn board(notes: impl IntoIterator<Item = Note>) -> Board {
    Board { notes: notes.into_iter().map(|note| (note.id, note)).collect(), ..Board::default() }
}

impl Board {
    /// The same with a context.
    pub(crate) fn framed(mut self, n: u32, name: &str, rect: Rect) -> Board {
        self.contexts.insert(id(n), context(n, name, rect));
        self
    }
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec![
            "주문됨",
            "Order placed",
            "",
            "a\nb",
            "\"q\\",
            "\u{202e}evil\u{7}",
            "e\u{301}",
            "재고 확인"
        ])
        .prop_map(str::to_owned),
        "\\PC{1,12}",
    ]
}

fn details(of: Thing) -> impl Strategy<Value = Details> {
    let value = |holds: field::FieldType| match holds {
        field::FieldType::Text(_) => texts().prop_map(|text| json!(text)).boxed(),
        field::FieldType::Texts(_) => vec(texts(), 0..3).prop_map(|texts| json!(texts)).boxed(),
        field::FieldType::Flag => any::<bool>().prop_map(|on| json!(on)).boxed(),
        field::FieldType::Share => (0..=100_u32).prop_map(|part| json!(f64::from(part) / 100.0)).boxed(),
        field::FieldType::Choice(words) => select(words).prop_map(|word| json!(word)).boxed(),
        field::FieldType::Choices(words) => vec(select(words), 0..3).prop_map(|words| json!(words)).boxed(),
        field::FieldType::Id => (0..40_u32).prop_map(|n| json!(id(n))).boxed(),
        field::FieldType::Ids => vec((0..40_u32).prop_map(id), 0..3).prop_map(|ids| json!(ids)).boxed(),
    };
    let rows: Vec<_> = field::FIELDS.iter().filter(|row| row.of.contains(&of)).collect();
    let known =
        select(rows).prop_flat_map(move |row| value(row.holds).prop_map(move |value| (row.name, value)));
    let unknown = select(vec![json!(7), json!({"deep": [1, null, "x"]}), json!("later")])
        .prop_map(|value| ("from_a_later_version", value));
    vec(prop_oneof![5 => known, 1 => unknown], 0..4)
        .prop_map(|details| details.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn points() -> impl Strategy<Value = Point> {
    (-200..200_i32, -60..60_i32).prop_map(|(x, y)| Point::new(x, y))
}

fn rects() -> impl Strategy<Value = Rect> {
    (points(), 1..160_i32, 1..60_i32).prop_map(|(at, w, h)| Rect { at, size: Size::new(w, h) })
}

prop_compose! {
    fn notes()(
        kind in select(KINDS.iter().map(|row| row.kind).collect::<Vec<_>>()),
        wordings in vec(texts(), 1..3),
        rect in rects(),
        z in -3..3_i64,
        author in select(vec!["", "민수", "Bo"]),
        details in details(Thing::Note),
    ) -> Note {
        let values = wordings.into_iter().map(|text| (id(0), text)).collect();
        Note { id: id(0), kind, wording: Wording { values }, at: rect.at, size: rect.size, z, host: None, author: author.to_owned(), details }
    }
}

prop_compose! {
    /// Boards with some of everything, all of it lawful.
    pub(crate) fn boards()(
        notes in btree_map(0..20_u32, notes(), 0..14),
        hosts in vec(any::<(Index, Index)>(), 0..5),
        arrows in btree_map(20..30_u32, (any::<(Index, Index)>(), details(Thing::Arrow)), 0..8),
        contexts in btree_map(30..36_u32, (any::<bool>(), rects(), details(Thing::Context)), 0..4),
        lanes in btree_map(36..40_u32, (-50..50_i32, details(Thing::Lane)), 0..3),
        sentences in btree_map(40..46_u32, (any::<bool>(), details(Thing::Requirement)), 0..4),
        votes in vec((any::<Index>(), select(vec!["p1", "p2"]), 1..5_u32), 0..4),
        details in details(Thing::Board),
    ) -> Board {
        let mut board = Board { id: "sampleboard".to_owned(), details, ..Board::default() };
        for (n, mut note) in notes {
            note.id = id(n);
            for (writer, _) in &mut note.wording.values {
                *writer = id(n);
            }
            board.notes.insert(id(n), note);
        }
        let ids: Vec<Id> = board.notes.keys().copied().collect();
        for (note, host) in hosts.into_iter().filter(|_| !ids.is_empty()) {
            let (note, host) = (*note.get(&ids), *host.get(&ids));
            board.notes.entry(note).and_modify(|note| note.host = (host < note.id).then_some(host));
        }
        for (n, ((from, to), details)) in arrows.into_iter().filter(|_| !ids.is_empty()) {
            let (from, to) = (*from.get(&ids), *to.get(&ids));
            if from != to && !board.arrows.values().any(|arrow| (arrow.from, arrow.to) == (from, to)) {
                board.arrows.insert(id(n), Arrow { id: id(n), from, to, details });
            }
        }
        for (n, (subdomain, rect, details)) in contexts {
            let frame = if subdomain { Frame::Subdomain } else { Frame::Context };
            board.contexts.insert(id(n), Context { id: id(n), frame, rect, details });
        }
        for (n, (y, details)) in lanes {
            board.lanes.insert(id(n), Lane { id: id(n), y, details });
        }
        for (n, (decision, details)) in sentences {
            let sentences = if decision { &mut board.decisions } else { &mut board.requirements };
            sentences.insert(id(n), Sentence { id: id(n), details });
        }
        for (note, who, votes) in votes.into_iter().filter(|_| !ids.is_empty()) {
            let (note, who) = (*note.get(&ids), PersonId(who.to_owned()));
            let vote = Vote { note, who: who.clone(), by: "민수".to_owned(), votes };
            board.votes.insert((note, who), vote);
        }
        board
    }
}

fn turn<K: Ord, T: Clone>(
    before: &std::collections::BTreeMap<K, T>,
    after: &std::collections::BTreeMap<K, T>,
    wrap: impl Fn(Turn<T>) -> Applied,
) -> Vec<Applied> {
    let gone = before.iter().filter(|(key, _)| !after.contains_key(key));
    let gone = gone.map(|(_, thing)| Turn { before: Some(thing.clone()), after: None });
    let here = after
        .iter()
        .map(|(key, thing)| Turn { before: before.get(key).cloned(), after: Some(thing.clone()) });
    gone.chain(here).map(wrap).collect()
}

/// What has to happen for one board to become another, thing by thing.
pub(crate) fn turns(before: &Board, after: &Board) -> Vec<Applied> {
    let mut all = turn(&before.notes, &after.notes, Applied::Note);
    all.extend(turn(&before.arrows, &after.arrows, Applied::Arrow));
    all.extend(turn(&before.contexts, &after.contexts, Applied::Context));
    all.extend(turn(&before.lanes, &after.lanes, Applied::Lane));
    all.extend(turn(&before.requirements, &after.requirements, Applied::Requirement));
    all.extend(turn(&before.decisions, &after.decisions, Applied::Decision));
    all.extend(turn(&before.votes, &after.votes, Applied::Vote));
    all.push(Applied::Board(Turn {
        before: Some(before.details.clone()),
        after: Some(after.details.clone()),
    }));
    all
}
