//! Taking deeds back: what comes back, what stays, and that nobody's later write is lost to it.

use serde_json::Value;
use squall::history::{Dropped, History};
use squall::model::entry::sealed;
use squall::model::{Change, Details, Id, Line, NoteKind, Point, Size};

use super::desk::Desk;

fn placed(id: Id, wording: &str) -> Change {
    Change::NotePlaced {
        id,
        kind: NoteKind::DomainEvent,
        wording: wording.into(),
        at: Point::new(0, 0),
        size: Size::new(16, 5),
        z: 0,
        host: None,
        author: String::new(),
        details: Details::new(),
    }
}

fn moved(note: Id, x: i32) -> Change {
    Change::NoteMoved { note, to: Point::new(x, 0) }
}

/// Two people at one wall with one note, placed by the first.
fn desks() -> (Desk, Desk, Id) {
    let (mut ana, mut bo) = (Desk::new(1, 1), Desk::new(2, 2));
    let note = ana.made(0);
    ana.act([placed(note, "w0")]);
    bo.pull(&ana);
    (ana, bo, note)
}

fn x(desk: &Desk, note: Id) -> i32 {
    desk.board().notes[&note].at.x
}

fn texts(desk: &Desk, note: Id) -> Vec<&str> {
    desk.board().notes[&note].wording.alternatives()
}

/// Words the note anew, as one does who sees it as it is.
fn reword(desk: &mut Desk, note: Id, wording: &str) {
    let over = desk.board().notes[&note].wording.values.iter().map(|(id, _)| *id).collect();
    desk.act([Change::NoteReworded { note, wording: wording.into(), over }]);
}

fn undo(desk: &mut Desk) -> Vec<String> {
    desk.undo().expect("there is a deed").1.remarks.iter().map(ToString::to_string).collect()
}

fn redo(desk: &mut Desk) -> Vec<String> {
    desk.redo().expect("there is a deed").1.remarks.iter().map(ToString::to_string).collect()
}

#[test]
fn one_undo_after_another_goes_all_the_way_back_and_redo_all_the_way_forth() {
    let (mut ana, _, note) = desks();
    for x in 1..=4 {
        ana.act([moved(note, x)]);
    }
    for _ in 0..2 {
        for back in (0..4).rev() {
            assert_eq!(undo(&mut ana), [""; 0]);
            assert_eq!(x(&ana, note), back);
        }
        undo(&mut ana);
        assert!(ana.board().notes.is_empty() && ana.undo().is_none());
        for forth in 0..=4 {
            assert_eq!(redo(&mut ana), [""; 0]);
            assert_eq!(x(&ana, note), forth);
        }
        assert!(ana.redo().is_none());
    }
}

#[test]
fn undo_in_a_later_process_knows_what_was_done() {
    let (mut ana, _, note) = desks();
    ana.act([moved(note, 1)]);
    ana.act([moved(note, 2)]);
    undo(&mut ana);
    ana.restart(77);
    undo(&mut ana);
    assert_eq!(x(&ana, note), 0);
    ana.restart(78);
    redo(&mut ana);
    assert_eq!(x(&ana, note), 1);
    ana.act([moved(note, 9)]);
    assert!(ana.redo().is_none());
}

#[test]
fn undo_against_an_unseen_move_lets_it_stand() {
    let (mut ana, mut bo, note) = desks();
    ana.act([moved(note, 1)]);
    bo.pull(&ana);
    bo.act([moved(note, 7)]);
    undo(&mut ana);
    assert_eq!(x(&ana, note), 0);
    ana.pull(&bo);
    bo.pull(&ana);
    assert_eq!((x(&ana, note), x(&bo, note)), (7, 7));
    undo(&mut bo);
    assert_eq!(x(&bo, note), 0);
}

#[test]
fn what_another_changed_later_stays_and_is_said() {
    let (mut ana, mut bo, note) = desks();
    ana.act([moved(note, 1), Change::NoteLayered { note, z: 4 }]);
    bo.pull(&ana);
    bo.act([moved(note, 7)]);
    ana.pull(&bo);
    assert_eq!(undo(&mut ana), [r#"undo-stands-above thing="w0" field=(facet-at)"#]);
    assert_eq!((x(&ana, note), ana.board().notes[&note].z), (7, 0));
}

#[test]
fn what_another_wrote_at_my_very_mark_stays_too() {
    let (mut ana, bo, note) = desks();
    let mark = ana.act([moved(note, 1)]).entry;
    let (id, author, counter) = (bo.made(0).entry, mark.id.author, mark.id.counter);
    let text = format!(
        r#"{{"id":"{id}","t":{0},"who":"p2","do":[{{"note_moved":{{"note":"{note}","to":[7,0]}},"as":[{0},"{author}",{counter},0]}}]}}"#,
        mark.t
    );
    ana.history.absorb(Line::read(&sealed(&text)).expect("it is well written"));
    assert_eq!(x(&ana, note), 7);
    assert_eq!(undo(&mut ana).len(), 1);
    assert_eq!(x(&ana, note), 7);
}

#[test]
fn a_write_between_two_undone_ones_is_what_comes_back() {
    let (mut ana, mut bo, note) = desks();
    ana.act([moved(note, 1)]);
    bo.pull(&ana);
    bo.act([moved(note, 7)]);
    ana.pull(&bo);
    ana.act([moved(note, 2)]);
    assert_eq!(undo(&mut ana), [""; 0]);
    assert_eq!(x(&ana, note), 7);
    assert_eq!(undo(&mut ana).len(), 1);
    assert_eq!(x(&ana, note), 7);
}

#[test]
fn a_removal_taken_back_brings_the_note_with_its_arrows() {
    let (mut ana, _, note) = desks();
    let (other, arrow) = (ana.made(0), ana.made(1));
    let drawn = Change::NotesConnected { id: arrow, from: note, to: other, details: Details::new() };
    ana.act([placed(other, "other"), drawn]);
    ana.act([Change::NoteRemoved { note: other, saw: vec![other] }]);
    assert_eq!((ana.board().notes.len(), ana.board().arrows.len()), (1, 0));
    undo(&mut ana);
    assert_eq!((ana.board().notes.len(), ana.board().arrows.len()), (2, 1));
    undo(&mut ana);
    assert_eq!((ana.board().notes.len(), ana.board().arrows.len()), (1, 0));
}

#[test]
fn a_detail_goes_back_to_what_it_was_or_to_nothing() {
    let (mut ana, _, note) = desks();
    let owner = |value: Value| Change::DetailSet { of: Some(note), field: "owner".into(), value };
    let title = Change::DetailSet { of: None, field: "title".into(), value: "Shop".into() };
    ana.act([owner("Bo".into()), title]);
    ana.act([owner(Value::Null)]);
    undo(&mut ana);
    assert_eq!(ana.board().notes[&note].details["owner"], "Bo");
    undo(&mut ana);
    assert_eq!((ana.board().notes[&note].details.len(), ana.board().details.len()), (0, 0));
    redo(&mut ana);
    assert_eq!(ana.board().title(), "Shop");
}

#[test]
fn votes_go_back() {
    let (mut ana, _, note) = desks();
    let cast = |votes| Change::VoteCast { note, who: None, by: String::new(), votes };
    ana.act([cast(2)]);
    ana.act([cast(5)]);
    undo(&mut ana);
    let vote = &ana.board().votes[&(note, ana.who.clone())];
    assert_eq!((vote.votes, vote.by.as_str()), (2, "p1"));
    undo(&mut ana);
    assert!(ana.board().votes.is_empty());
}

#[test]
fn rewords_go_back_and_forth_one_by_one() {
    let (mut ana, _, note) = desks();
    for wording in ["w1", "w2", "w3"] {
        reword(&mut ana, note, wording);
    }
    for _ in 0..2 {
        for wording in ["w2", "w1", "w0"] {
            assert_eq!(undo(&mut ana), [""; 0]);
            assert_eq!(texts(&ana, note), [wording]);
        }
        for wording in ["w1", "w2", "w3"] {
            assert_eq!(redo(&mut ana), [""; 0]);
            assert_eq!(texts(&ana, note), [wording]);
        }
    }
}

#[test]
fn settling_taken_back_brings_the_alternatives_back() {
    let (mut ana, mut bo, note) = desks();
    reword(&mut ana, note, "a");
    reword(&mut bo, note, "b");
    ana.pull(&bo);
    assert_eq!(texts(&ana, note).len(), 2);
    reword(&mut ana, note, "a");
    assert_eq!(texts(&ana, note), ["a"]);
    undo(&mut ana);
    let mut both = texts(&ana, note);
    both.sort_unstable();
    assert_eq!(both, ["a", "b"]);
    redo(&mut ana);
    assert_eq!(texts(&ana, note), ["a"]);
}

#[test]
fn a_reword_taken_back_leaves_what_another_wrote_beside_or_over_it() {
    let (mut ana, mut bo, note) = desks();
    reword(&mut ana, note, "a");
    reword(&mut bo, note, "b");
    undo(&mut ana);
    ana.pull(&bo);
    bo.pull(&ana);
    assert!(texts(&ana, note).contains(&"b") && !texts(&ana, note).contains(&"a"));
    assert_eq!(ana.board(), bo.board());
    reword(&mut ana, note, "c");
    bo.pull(&ana);
    reword(&mut bo, note, "d");
    ana.pull(&bo);
    assert_eq!(undo(&mut ana), [r#"undo-stands-above thing="d" field=(facet-wording)"#]);
    assert_eq!(texts(&ana, note), ["d"]);
}

#[test]
fn after_a_squash_a_value_that_may_have_been_dropped_is_not_guessed() {
    let (mut ana, _, note) = desks();
    for x in 1..=3 {
        ana.act([moved(note, x)]);
    }
    reword(&mut ana, note, "w1");
    let squashed = ana.history.squash();
    let mut history = History::new("b");
    history.absorb_all(squashed.kept.into_iter().cloned());
    for text in squashed.dropped.lines() {
        history.absorb_dropped(&Dropped::read(&text).expect("it is well written"));
    }
    assert_eq!(history.board(), ana.board());
    ana.history = history;
    assert_eq!(undo(&mut ana), [""; 0]);
    assert_eq!(texts(&ana, note), ["w0"]);
    assert_eq!(undo(&mut ana), [r#"undo-squashed thing="w0" field=(facet-at)"#]);
    assert_eq!(x(&ana, note), 3);
    undo(&mut ana);
    assert!(ana.board().notes.is_empty());
}
