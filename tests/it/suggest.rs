//! Proposed contexts against those people drew: the frames of the samples, hidden.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use squall::model::{Board, Id, Note, NoteKind, Point};
use squall::query::Flow;
use squall::query::suggest::{GRANULARITIES, Method, Suggestion, likeness, suggest};
use squall::session::Wall;
use squall::session::saves::look;

fn sample(name: &str) -> Board {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("saves/{name}.storm"));
    let lines = look(&path, &mut |_, _| ()).expect("a sample can be read").lines;
    Wall::of("sample", lines).board().clone()
}

/// How alike a cut is to the frames, over the notes that stand in one.
fn agreement(board: &Board, suggestion: &Suggestion<'_>, method: Method, granularity: usize) -> f64 {
    let mut frames: BTreeMap<Id, usize> = BTreeMap::new();
    let assigned = suggestion.assigned(method, granularity);
    let pairs = assigned.into_iter().filter_map(|(note, group)| {
        let frame = board.frame_of(&board.notes[&note])?;
        let next = frames.len();
        Some((*frames.entry(frame).or_insert(next), group))
    });
    let (truth, cut): (Vec<usize>, Vec<usize>) = pairs.unzip();
    likeness(&truth, &cut)
}

fn found<'a>(board: &'a Board, flow: &'a Flow) -> Suggestion<'a> {
    suggest(board, flow, &mut |_, _| ControlFlow::Continue(())).expect("nobody breaks off")
}

/// The adjusted Rand index on the three samples may not fall below these.
const BARS: [(&str, f64); 3] = [("shop", 0.98), ("hotel", 0.85), ("squall", 0.2)];

#[test]
fn communities_find_the_contexts_people_drew_at_least_as_well_as_aggregates_do() {
    for (name, bar) in BARS {
        let board = sample(name);
        let flow = Flow::of(&board);
        let suggestion = found(&board, &flow);
        let of = |method| agreement(&board, &suggestion, method, suggestion.chosen());
        let (communities, aggregates) = (of(Method::Communities), of(Method::Aggregates));
        assert!(communities >= bar.max(aggregates), "{name}: {communities} after {aggregates}");
    }
}

#[test]
fn the_same_wall_always_gets_the_same_proposals() {
    let board = sample("hotel");
    let flow = Flow::of(&board);
    let (one, other) = (found(&board, &flow), found(&board, &flow));
    for method in Method::ALL {
        for granularity in 0..GRANULARITIES.len() {
            assert_eq!(one.cut(method, granularity), other.cut(method, granularity));
        }
    }
    let counts = |method| [0, 4, 10].map(|at| one.cut(method, at).groups.len());
    assert!(counts(Method::Communities).is_sorted(), "{:?}", counts(Method::Communities));
    assert_eq!(counts(Method::Communities), counts(Method::Islands));
}

#[test]
fn frames_that_stand_already_sway_nothing() {
    let framed = sample("shop");
    let bare = Board { contexts: BTreeMap::new(), ..framed.clone() };
    let flow = Flow::of(&bare);
    let assigned = |board| found(board, &flow).assigned(Method::Communities, 0);
    assert_eq!(assigned(&framed), assigned(&bare));
    let cut = found(&framed, &flow).cut(Method::Communities, 0);
    assert!(cut.groups.iter().all(|group| group.stands_in.is_some() && group.reasons.len() == 3));
}

#[test]
fn poor_walls_get_poor_proposals_and_never_a_crash() {
    let whole = sample("shop");
    let kept = |keep: &dyn Fn(usize, &Note) -> bool| {
        let mut board = Board { arrows: BTreeMap::new(), ..whole.clone() };
        let mut at = 0..;
        board.notes.retain(|_, note| keep(at.next().unwrap_or(0), note));
        board.notes.values_mut().for_each(|note| note.host = None);
        board
    };
    let groups = |board: &Board| {
        let flow = Flow::of(board);
        Method::ALL.map(|method| found(board, &flow).cut(method, 3).groups.len())
    };
    assert_eq!(groups(&Board::default()), [0, 0, 0]);
    let event = kept(&|_, note| note.text() == "주문됨");
    assert_eq!(groups(&event), [1, 1, 1]);
    assert_eq!(groups(&kept(&|_, note| note.kind == NoteKind::Hotspot)), [0, 0, 0]);
    let mut piled = whole.clone();
    piled.notes.values_mut().for_each(|note| note.at = Point::new(0, 0));
    assert!(groups(&piled).iter().all(|count| *count > 0));
}

#[test]
fn whoever_watches_may_break_off() {
    let board = sample("shop");
    let flow = Flow::of(&board);
    let mut seen = Vec::new();
    let suggestion = suggest(&board, &flow, &mut |done, all| {
        seen.push((done, all));
        if done == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(suggestion.is_none());
    assert_eq!(seen, [(1, 110), (2, 110), (3, 110)]);
}
