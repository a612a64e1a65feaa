//! Walls that were never meant to be told of: what is found, told and proposed of them is true all the same.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use squall::model::{
    Arrow, Board, Context, Details, EntryId, Frame, Id, Note, NoteKind, Point, Rect, Wording,
};
use squall::query::lint::Lint;
use squall::query::outage::{Fate, Outage};
use squall::query::outline::Party;
use squall::query::story::{backwards, forwards};
use squall::query::suggest::{Method, Suggestion, suggest};
use squall::query::{Outline, Projection};
use squall::words::Lang;

use NoteKind::{Actor, Aggregate, Command, DomainEvent, ExternalSystem, Hotspot, Policy, ReadModel};

const KINDS: [NoteKind; 8] =
    [Actor, Command, Aggregate, DomainEvent, Policy, ReadModel, ExternalSystem, Hotspot];

fn id(nth: u32) -> Id {
    "h0st11eaaa.1".parse::<EntryId>().expect("an id").thing(nth)
}

fn details(pairs: &[(&str, &str)]) -> Details {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).into())).collect()
}

fn note(nth: u32, kind: NoteKind, text: &str, x: i32, y: i32) -> Note {
    let wording = Wording { values: vec![(id(nth), text.to_owned())] };
    let size = kind.row().size;
    let (at, author, details) = (Point::new(x, y), String::new(), Details::new());
    Note { id: id(nth), kind, wording, at, size, z: 0, host: None, author, details }
}

fn wall(notes: impl IntoIterator<Item = Note>) -> Board {
    let notes = notes.into_iter().map(|note| (note.id, note)).collect();
    Board { id: "hostile".into(), details: details(&[("level", "design")]), notes, ..Board::default() }
}

trait Drawn {
    fn joined(self, arrows: impl IntoIterator<Item = (u32, u32)>) -> Self;
    fn framed(self, nth: u32, name: &str, rect: Rect) -> Self;
}

impl Drawn for Board {
    fn joined(mut self, arrows: impl IntoIterator<Item = (u32, u32)>) -> Board {
        for (nth, (from, to)) in (20_000..).zip(arrows) {
            let arrow = Arrow { id: id(nth), from: id(from), to: id(to), details: Details::new() };
            self.arrows.insert(arrow.id, arrow);
        }
        self
    }

    fn framed(mut self, nth: u32, name: &str, rect: Rect) -> Board {
        let context =
            Context { id: id(nth), frame: Frame::Context, rect, details: details(&[("name", name)]) };
        self.contexts.insert(context.id, context);
        self
    }
}

/// Asks everything there is to ask of a wall, and looks whether the answers can be true.
#[track_caller]
fn asked(board: &Board) -> (Lint, Outline) {
    let projection = Projection::of(board);
    let (lint, outline) = (Lint::of(board, &projection), Outline::of(board, &projection));
    assert_eq!(outline.notes.len(), board.notes.len());
    assert!(board.notes.keys().all(|id| outline.wording(*id) == board.notes[id].text()));
    let mut said = Vec::new();
    for finding in lint.findings() {
        let named = finding.about.iter().chain(&finding.others);
        assert!(named.into_iter().all(|id| board.thing(*id).is_some()), "{finding:?}");
        said.extend([finding.said.clone(), finding.rule.todo()]);
    }
    for finding in &outline.findings {
        assert!(finding.notes.iter().all(|id| board.notes.contains_key(id)), "{finding:?}");
    }
    for story in [forwards(board, &projection.flow, &outline), backwards(board, &projection.flow, &outline)] {
        let told: Vec<Id> = story.iter().flat_map(|telling| &telling.notes).copied().collect();
        assert!(told.iter().all(|id| board.notes.contains_key(id)));
        assert!(story.len() <= board.notes.len());
        said.extend(story.into_iter().flat_map(|telling| telling.sentences));
    }
    for said in said {
        for lang in Lang::ALL {
            let text = said.speak(lang);
            let is_foul =
                |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || c == '\u{2066}';
            assert!(!text.is_empty() && !text.contains(is_foul), "{text:?}");
        }
    }
    outages(board, &projection, &outline);
    let watch = &mut |_, _| ControlFlow::Continue(());
    proposals(board, &suggest(board, &projection.flow, watch).expect("nobody breaks off"));
    (lint, outline)
}

/// Whoever is down takes nobody with them who is not on the wall, and nobody who is not told why.
#[track_caller]
fn outages(board: &Board, projection: &Projection, outline: &Outline) {
    let parties: BTreeSet<Party> = outline.notes.iter().filter_map(|note| note.party).collect();
    for party in parties {
        let outage = Outage::of(board, &projection.flow, outline, &[party]);
        assert_eq!(outage.fate_of(party, outline), Fate::Down);
        for (note, why) in outage.dark.iter().chain(&outage.striped) {
            assert!(outage.fate(*note) != Fate::Alive && outage.fate(*why) != Fate::Alive);
        }
    }
}

/// Every note that is cut lies in one group, and every group has a name of its own.
#[track_caller]
fn proposals(board: &Board, found: &Suggestion<'_>) {
    for method in Method::ALL {
        let cut = found.cut(method, found.chosen());
        let grouped: Vec<Id> = cut.groups.iter().flat_map(|group| &group.notes).copied().collect();
        let once: BTreeSet<Id> = grouped.iter().copied().collect();
        assert_eq!(once.len(), grouped.len(), "{method:?}");
        assert!(found.assigned(method, found.chosen()).iter().all(|(id, _)| once.contains(id)));
        assert!(grouped.iter().all(|id| board.notes.contains_key(id)));
        let names: BTreeSet<&str> = cut.groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(names.len(), cut.groups.len(), "{method:?}");
    }
}

fn rules(lint: &Lint) -> Vec<&'static str> {
    lint.findings().map(|finding| finding.rule.id).collect()
}

#[test]
fn a_wall_of_nothing_says_nothing() {
    let (lint, outline) = asked(&wall([]));
    assert_eq!(rules(&lint), [""; 0]);
    assert!(outline.contexts.is_empty() && outline.messages.is_empty() && outline.findings.is_empty());
}

#[test]
fn one_note_is_told_alone() {
    for kind in KINDS {
        let (_, outline) = asked(&wall([note(0, kind, "주문", 0, 0)]));
        assert!(outline.messages.is_empty() && outline.relations.is_empty(), "{kind:?}");
    }
    assert_eq!(rules(&asked(&wall([note(0, DomainEvent, "", 0, 0)])).0), ["N1", "E11", "A3"]);
}

#[test]
fn without_arrows_nobody_talks() {
    let apart =
        (0..).zip(KINDS).map(|(nth, kind)| note(nth, kind, "주문됨", 200 * nth as i32, 90 * nth as i32));
    let (_, outline) = asked(&wall(apart));
    assert!(outline.messages.is_empty());
    assert_eq!(outline.contexts.len(), 1);
}

#[test]
fn two_contexts_of_one_name_stay_two() {
    let notes = [note(0, DomainEvent, "주문됨", 2, 2), note(1, Policy, "주문되면 알린다", 102, 2)];
    let board = wall(notes).joined([(0, 1)]);
    let board =
        board.framed(90, "주문", Rect::new(0, 0, 60, 20)).framed(91, "주문", Rect::new(100, 0, 60, 20));
    let (lint, outline) = asked(&board);
    assert_eq!(rules(&lint).iter().filter(|rule| **rule == "B3").count(), 1);
    let [message] = &outline.messages[..] else { panic!("{:?}", outline.messages) };
    let parties = [90, 91].map(|nth| Party::Context(Some(id(nth))));
    assert_eq!([message.from, message.to], parties);
    assert_eq!(parties.map(|party| outline.name(party)), [Some("주문"); 2]);
}

#[test]
fn a_note_in_contexts_that_overlap_belongs_to_the_smallest() {
    let frames = [(90, 200), (91, 100), (92, 100), (93, 50)];
    let board = wall([note(0, DomainEvent, "주문됨", 10, 10)]);
    let board = frames.into_iter().fold(board, |board, (nth, side)| {
        board.framed(nth, &format!("맥락 {nth}"), Rect::new(-5, -5, side, side))
    });
    let (lint, outline) = asked(&board);
    assert_eq!(outline.note(id(0)).and_then(|note| note.party), Some(Party::Context(Some(id(93)))));
    assert_eq!(rules(&lint).iter().filter(|rule| **rule == "B2").count(), 3);
}

#[test]
fn ten_thousand_questions_are_ten_thousand_findings() {
    const NOTES: u32 = 10_000;
    let place = |nth: u32| (30 * (nth % 100) as i32, 8 * (nth / 100) as i32);
    let mut board = wall((0..NOTES).map(|nth| note(nth, Hotspot, "왜?", place(nth).0, place(nth).1)));
    let (lint, outline) = asked(&board);
    assert_eq!(lint.findings().count(), 0);
    assert_eq!(outline.hotspots.len(), NOTES as usize);
    board.details.insert("closed".into(), true.into());
    let lint = Lint::of(&board, &Projection::of(&board));
    assert_eq!(lint.findings().count(), 2 * NOTES as usize);
}

#[test]
fn thousands_of_aggregates_of_one_name_with_a_word_all_share_are_told_in_time() {
    const NOTES: u32 = 4_000;
    let place = |nth: u32| (60 * (nth % 100) as i32, 8 * (nth / 100) as i32);
    // One name after another by turns: each stands on the wall a thousand times.
    let name = |nth: u32| format!("재고 {}", ["가", "나", "다", "라"][nth as usize % 4]);
    let notes = (0..NOTES).map(|nth| note(nth, Aggregate, &name(nth), place(nth).0, place(nth).1));
    let board = wall(notes).framed(90_000, "재고", Rect::new(-5, -5, 10_000, 1_000));
    let outline = Outline::of(&board, &Projection::of(&board));
    assert_eq!(outline.contexts[0].aggregates.len(), 4);
    let split = outline.findings.iter().filter(|finding| finding.said.key.0 == "flag-split");
    assert_eq!(split.map(|finding| finding.notes.len()).collect::<Vec<_>>(), [4]);
}
