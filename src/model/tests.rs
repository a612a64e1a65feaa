//! Boards for tests: made by hand, and at random.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::{Value, json};

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

/// Texts and values as they come: careful people's, or anybody's.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Hand {
    Careful,
    Wild,
}

fn texts(hand: Hand) -> BoxedStrategy<String> {
    let plain = select(vec!["주문됨", "Order placed", "재고 확인", "x"]).prop_map(str::to_owned);
    let wild =
        select(vec!["", "a\nb", "\"q\\", "\u{202e}evil\u{7}", "e\u{301}", " "]).prop_map(str::to_owned);
    match hand {
        Hand::Careful => plain.boxed(),
        Hand::Wild => prop_oneof![plain, wild, "\\PC{1,12}"].boxed(),
    }
}

fn value(holds: field::FieldType, hand: Hand) -> BoxedStrategy<Value> {
    use field::FieldType;
    let some = |words: Vec<&'static str>| {
        let least = if hand == Hand::Careful { 1 } else { 0 };
        subsequence(words.clone(), least..=words.len()).prop_map(|words| json!(words)).boxed()
    };
    match holds {
        FieldType::Text(_) => texts(hand).prop_map(|text| json!(text)).boxed(),
        FieldType::Texts(_) => some(vec!["하나", "two", "3"]),
        FieldType::Flag if hand == Hand::Careful => Just(json!(true)).boxed(),
        FieldType::Flag => any::<bool>().prop_map(|on| json!(on)).boxed(),
        FieldType::Share => (0..=100_u32).prop_map(|part| json!(f64::from(part) / 100.0)).boxed(),
        FieldType::Choice(words) => select(words).prop_map(|word| json!(word)).boxed(),
        FieldType::Choices(words) => some(words.to_vec()),
        FieldType::Id => (0..40_u32).prop_map(|n| json!(id(n))).boxed(),
        FieldType::Ids => (0..40_u32).prop_map(|n| json!([id(n)])).boxed(),
    }
}

fn details(of: Thing, hand: Hand) -> impl Strategy<Value = Details> {
    // A lock forbids what these walls are for.
    let rows: Vec<_> =
        field::FIELDS.iter().filter(|row| row.of.contains(&of) && row.name != "locked").collect();
    let known = select(rows)
        .prop_flat_map(move |row| value(row.holds, hand).prop_map(move |value| (row.name, value)));
    let unknown = select(vec![json!(7), json!({"deep": [1, null, "x"]}), json!("later")])
        .prop_map(|value| ("from_a_later_version", value));
    let named = match of {
        Thing::Context | Thing::Lane => Some("name"),
        Thing::Requirement | Thing::Decision => Some("text"),
        Thing::Note | Thing::Arrow | Thing::Board => None,
    };
    vec(prop_oneof![5 => known, 1 => unknown], 0..4).prop_map(move |details| {
        let mut details: Details =
            details.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        if let Some(name) = named.filter(|_| hand == Hand::Careful) {
            details.entry(name.to_owned()).or_insert(json!("이름"));
        }
        details
    })
}

fn points() -> impl Strategy<Value = Point> {
    (-200..200_i32, -60..60_i32).prop_map(|(x, y)| Point::new(x, y))
}

fn rects() -> impl Strategy<Value = Rect> {
    (points(), 1..160_i32, 1..60_i32).prop_map(|(at, w, h)| Rect { at, size: Size::new(w, h) })
}

prop_compose! {
    fn notes(hand: Hand)(
        kind in select(KINDS.iter().map(|row| row.kind).collect::<Vec<_>>()),
        wordings in vec(texts(hand), 1..3),
        rect in rects(),
        z in -3..3_i64,
        author in select(vec!["", "민수", "Bo"]),
        details in details(Thing::Note, hand),
    ) -> Note {
        let values = wordings.into_iter().map(|text| (id(0), text)).collect();
        Note { id: id(0), kind, wording: Wording { values }, at: rect.at, size: rect.size, z, host: None, author: author.to_owned(), details }
    }
}

/// Boards with some of everything, all of it lawful.
pub(crate) fn boards() -> impl Strategy<Value = Board> {
    boards_by(Hand::Wild)
}

prop_compose! {
    /// The same, filled in by one hand.
    pub(crate) fn boards_by(hand: Hand)(
        notes in btree_map(0..20_u32, notes(hand), 0..14),
        hosts in vec(any::<(Index, Index)>(), 0..5),
        arrows in btree_map(20..30_u32, (any::<(Index, Index)>(), details(Thing::Arrow, hand)), 0..8),
        contexts in btree_map(30..36_u32, (any::<bool>(), rects(), details(Thing::Context, hand)), 0..4),
        lanes in btree_map(36..40_u32, (-50..50_i32, details(Thing::Lane, hand)), 0..3),
        sentences in btree_map(40..46_u32, details(Thing::Requirement, hand), 0..4),
        votes in vec((any::<Index>(), select(vec!["p1", "p2"]), 1..5_u32), 0..4),
        details in details(Thing::Board, hand),
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
            board.notes.entry(note).and_modify(|note| {
                note.host = (host < note.id && note.kind.sticks()).then_some(host);
            });
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
        for (n, details) in sentences {
            let sentences = if n % 2 == 0 { &mut board.decisions } else { &mut board.requirements };
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
