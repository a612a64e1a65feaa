//! The traces that once broke a model of this log, each by name.

use squall::command::undo::undo;
use squall::history::{Dropped, History, Unfinished};
use squall::model::entry::Part;
use squall::model::{
    Author, Board, Change, Deed, Details, Entry, EntryId, Heads, Id, Line, Mark, NoteKind, PersonId, Point,
    Size,
};

use super::slow::{self, tell};

fn entry_id(author: u64, counter: u64) -> EntryId {
    EntryId { author: Author::from_random(author), counter }
}

/// The line of `<author>.<counter>` at `t`, by a person of the author's number.
fn line(author: u64, counter: u64, t: u64, changes: impl IntoIterator<Item = Change>) -> Line {
    let plain = |change| Deed { change, at_mark: None };
    written(author, counter, t, changes.into_iter().map(plain))
}

fn written(author: u64, counter: u64, t: u64, deeds: impl IntoIterator<Item = Deed>) -> Line {
    let entry = Entry {
        id: entry_id(author, counter),
        t,
        at: String::new(),
        who: PersonId(format!("p{author}")),
        by: format!("Ana {author}"),
        part: None,
        undo: None,
        redo: None,
        deeds: (0..).zip(deeds).collect(),
        has_unread: false,
    };
    let line = Line::write(entry).expect("a test stays within all limits");
    assert_eq!(Line::read(&line.text).as_ref(), Ok(&line));
    line
}

fn note(author: u64, counter: u64) -> Id {
    entry_id(author, counter).thing(0)
}

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

fn reworded(note: Id, wording: &str, over: &[Id]) -> Change {
    Change::NoteReworded { note, wording: wording.into(), over: over.to_vec() }
}

fn stuck(note: Id, host: Id) -> Change {
    Change::NoteStuck { note, host: Some(host) }
}

fn set(of: Id, field: &str, value: &str) -> Change {
    Change::DetailSet { of: Some(of), field: field.into(), value: value.into() }
}

/// Folds the lines in every rotation, forwards and backwards, one by one and at once, each twice; all must show the
/// same wall, and what was told of the changes must add up to it.
fn fold(lines: &[Line]) -> History {
    let mut all = History::new("b");
    all.absorb_all(lines.iter().cloned());
    assert_eq!(all.board(), &slow::wall(lines));
    for turn in 0..lines.len() * 2 {
        let mut order: Vec<&Line> = lines.iter().cycle().skip(turn).take(lines.len()).collect();
        if turn >= lines.len() {
            order.reverse();
        }
        let mut history = History::new("b");
        let mut told = Board { id: "b".into(), ..Board::default() };
        for line in order.iter().chain(&order) {
            for applied in history.absorb((*line).clone()) {
                tell(&mut told, applied);
            }
        }
        assert_eq!(history.board(), all.board(), "turn {turn}");
        assert_eq!(&told, all.board(), "turn {turn}");
        assert_eq!(history.heads(), all.heads());
        assert_eq!(history.clock(), all.clock());
    }
    let mut told = Board { id: "b".into(), ..Board::default() };
    all.retell().into_iter().for_each(|applied| tell(&mut told, applied));
    assert_eq!(&told, all.board());
    let squashed = all.squash();
    let mut kept = History::new("b");
    kept.absorb_all(squashed.kept.into_iter().cloned());
    kept.absorb_dropped(&squashed.dropped);
    assert_eq!(kept.board(), all.board());
    assert_eq!(kept.asking_heads(), all.asking_heads());
    assert_eq!(kept.clock(), all.clock());
    all
}

#[test]
fn changes_that_come_before_their_note_are_kept_until_it_is_placed() {
    let n = note(1, 1);
    let history = fold(&[
        line(1, 1, 1, [placed(n, "Ordered")]),
        line(2, 1, 2, [moved(n, 7), set(n, "owner", "Bo")]),
        line(2, 2, 3, [Change::VoteCast { note: n, who: None, by: String::new(), votes: 2 }]),
    ]);
    let board = history.board();
    assert_eq!(board.notes[&n].at, Point::new(7, 0));
    assert_eq!(board.notes[&n].details["owner"], "Bo");
    assert_eq!(board.votes[&(n, PersonId("p2".into()))].by, "Ana 2");
}

#[test]
fn an_arrow_goes_and_comes_with_its_ends() {
    let (a, b) = (note(1, 1), entry_id(1, 1).thing(1));
    let arrow = Change::NotesConnected { id: note(2, 1), from: a, to: b, details: Details::new() };
    let start = [line(1, 1, 1, [placed(a, "A"), placed(b, "B")]), line(2, 1, 2, [arrow])];
    let removed = line(1, 2, 3, [Change::NoteRemoved { note: b, saw: vec![b] }]);
    let restored = line(2, 2, 4, [Change::ThingRestored { thing: b }]);
    assert_eq!(fold(&start).board().arrows.len(), 1);
    let gone = [start.as_slice(), std::slice::from_ref(&removed)].concat();
    assert_eq!(fold(&gone).board().arrows.len(), 0);
    assert_eq!(fold(&[gone.as_slice(), &[restored]].concat()).board().arrows.len(), 1);
    assert_eq!(fold(&[start[1].clone(), removed]).board().arrows.len(), 0);
}

#[test]
fn of_a_loop_of_sticking_the_later_edge_is_hidden_and_comes_back() {
    let ids: Vec<Id> = (0..3).map(|index| entry_id(1, 1).thing(index)).collect();
    let mut lines = vec![
        line(1, 1, 1, ids.iter().map(|id| placed(*id, "x"))),
        line(1, 2, 2, [stuck(ids[0], ids[1])]),
        line(2, 1, 2, [stuck(ids[1], ids[2])]),
        line(3, 1, 3, [stuck(ids[2], ids[0])]),
    ];
    let host = |history: &History, at: usize| history.board().notes.get(&ids[at]).and_then(|note| note.host);
    let history = fold(&lines);
    assert_eq!((host(&history, 0), host(&history, 1), host(&history, 2)), (Some(ids[1]), Some(ids[2]), None));
    lines.push(line(3, 2, 5, [Change::NoteRemoved { note: ids[1], saw: vec![] }]));
    let history = fold(&lines);
    assert_eq!((host(&history, 0), host(&history, 2)), (None, Some(ids[0])));
    lines.push(line(3, 3, 6, [stuck(ids[0], ids[0])]));
    assert_eq!(host(&fold(&lines), 0), None);
}

#[test]
fn of_two_rewords_that_name_each_other_one_stays() {
    let n = note(1, 1);
    let (a, b) = (note(2, 1), note(3, 1));
    for (t_a, t_b, left) in [(2, 3, vec!["b"]), (3, 2, vec!["a"]), (2, 2, vec!["b", "a"])] {
        let history = fold(&[
            line(1, 1, 1, [placed(n, "p")]),
            line(2, 1, t_a, [reworded(n, "a", &[n, b])]),
            line(3, 1, t_b, [reworded(n, "b", &[n, a])]),
        ]);
        assert_eq!(history.board().notes[&n].wording.alternatives(), left);
    }
}

#[test]
fn a_replaced_wording_that_comes_late_stays_replaced() {
    let n = note(1, 1);
    let history = fold(&[
        line(1, 1, 1, [placed(n, "p")]),
        line(2, 1, 2, [reworded(n, "a", &[n])]),
        line(3, 1, 2, [reworded(n, "b", &[n])]),
        line(1, 2, 3, [reworded(n, "settled", &[note(2, 1), note(3, 1)])]),
    ]);
    assert_eq!(history.board().notes[&n].wording.alternatives(), ["settled"]);
}

#[test]
fn a_removed_note_with_a_wording_its_remover_did_not_see_is_listed() {
    let n = note(1, 1);
    let mut lines = vec![
        line(1, 1, 1, [placed(n, "p")]),
        line(2, 1, 2, [reworded(n, "a", &[n])]),
        line(3, 1, 2, [Change::NoteRemoved { note: n, saw: vec![n] }]),
    ];
    let lost = fold(&lines).removed_while_reworded();
    assert_eq!(lost[0].unseen, [(note(2, 1), "a".to_owned())]);
    lines.push(line(3, 2, 4, [Change::NoteRemoved { note: n, saw: vec![note(2, 1)] }]));
    assert_eq!(fold(&lines).removed_while_reworded(), []);
}

#[test]
fn a_write_at_the_mark_of_another_loses_to_everything_above_it() {
    let n = note(1, 1);
    let mark = Mark { t: 2, entry: entry_id(1, 2), index: 0 };
    let undo = written(1, 3, 9, [Deed { change: moved(n, 0), at_mark: Some(mark) }]);
    let lines = [line(1, 1, 1, [placed(n, "p")]), line(1, 2, 2, [moved(n, 5)]), undo];
    assert_eq!(fold(&lines).board().notes[&n].at.x, 0);
    let unseen = line(2, 1, 3, [moved(n, 7)]);
    assert_eq!(fold(&[lines.as_slice(), &[unseen]].concat()).board().notes[&n].at.x, 7);
}

#[test]
fn a_far_time_waits_until_the_gap_fills() {
    let n = note(1, 1);
    let far = line(2, 1, 2_000_000, [moved(n, 7)]);
    let farther = line(2, 2, 3_000_000, [moved(n, 8)]);
    let mut lines = vec![line(1, 1, 1, [placed(n, "p")]), far, farther];
    let history = fold(&lines);
    assert_eq!((history.clock(), history.waiting().count()), (1, 2));
    assert_eq!(history.board().notes[&n].at.x, 0);
    assert_eq!(history.since(&Heads::default()).len(), 1);
    assert!(history.heads().contains(entry_id(2, 1)) && !history.giving_heads().contains(entry_id(2, 1)));
    lines.push(line(3, 1, 1_000_000, []));
    let history = fold(&lines);
    assert_eq!((history.clock(), history.waiting().count()), (3_000_000, 0));
    assert_eq!(history.board().notes[&n].at.x, 8);
}

#[test]
fn two_lines_of_one_id_both_fold() {
    let n = note(1, 1);
    let lines = [
        line(1, 1, 1, [placed(n, "p")]),
        line(2, 1, 2, [moved(n, 5), set(n, "owner", "Bo")]),
        line(2, 1, 2, [moved(n, 7)]),
        line(2, 1, 3, [set(n, "next", "ask")]),
    ];
    let note = fold(&lines).board().notes[&n].clone();
    assert_eq!((note.at.x, note.details.len()), (7, 2));
}

#[test]
fn two_placings_of_one_note_are_one_note() {
    let n = note(1, 1);
    let history = fold(&[
        line(1, 1, 1, [placed(n, "p")]),
        line(1, 2, 2, [Change::NoteRemoved { note: n, saw: vec![n] }, moved(n, 4), set(n, "owner", "Bo")]),
        line(2, 1, 3, [placed(n, "q")]),
        line(3, 1, 4, [moved(n, 9)]),
    ]);
    let note = &history.board().notes[&n];
    assert_eq!((note.at.x, note.wording.alternatives()), (9, vec!["q", "p"]));
    assert_eq!(note.details["owner"], "Bo");
}

#[test]
fn a_squash_keeps_whole_entries_and_says_what_it_dropped() {
    let n = note(1, 1);
    let lines = [
        line(1, 1, 1, [placed(n, "p")]),
        line(1, 2, 2, [moved(n, 1), set(n, "owner", "Bo")]),
        line(1, 3, 3, [moved(n, 2)]),
        line(1, 4, 4, [moved(n, 3)]),
        line(2, 1, 900_000, [moved(n, 4)]),
        line(2, 2, 1_800_000, [moved(n, 5)]),
    ];
    let history = fold(&lines);
    let squashed = history.squash();
    let kept: Vec<String> = squashed.kept.iter().map(|line| line.entry.id.counter.to_string()).collect();
    assert_eq!(kept, ["1", "2", "1", "2"]);
    let text = squashed.dropped.lines();
    assert!(text[0].starts_with(r#"{"dropped":{""#), "{text:?}");
    assert_eq!(Dropped::read(&text[0]), Ok(squashed.dropped.clone()));
    let mut left = History::new("b");
    left.absorb_all(squashed.kept.into_iter().cloned());
    left.absorb_dropped(&squashed.dropped);
    assert!(left.asking_heads().contains(entry_id(1, 3)) && !left.giving_heads().contains(entry_id(1, 3)));
    left.void_dropped();
    assert!(!left.asking_heads().contains(entry_id(1, 3)));
}

#[test]
fn a_line_that_was_damaged_leaves_a_gap_that_the_next_exchange_fills() {
    let n = note(1, 1);
    let lines = [
        line(1, 1, 1, [placed(n, "p")]),
        line(1, 2, 2, [moved(n, 5)]),
        line(1, 3, 3, [set(n, "owner", "Bo")]),
    ];
    let mut damaged = History::new("b");
    damaged.absorb_all([lines[0].clone(), lines[2].clone()]);
    let whole = fold(&lines);
    let lacking: Vec<Line> = whole.since(&damaged.asking_heads()).into_iter().cloned().collect();
    assert_eq!(lacking, [lines[1].clone()]);
    lacking.into_iter().for_each(|line| drop(damaged.absorb(line)));
    assert_eq!(damaged.board(), whole.board());
    assert_eq!(whole.since(&damaged.asking_heads()), Vec::<&Line>::new());
}

#[test]
fn a_history_told_again_ends_at_the_wall_as_it_is() {
    let n = note(1, 1);
    let lines = [
        line(1, 2, 2, [moved(n, 5)]),
        line(1, 1, 1, [placed(n, "p")]),
        line(2, 1, 3, [Change::NoteRemoved { note: n, saw: vec![n] }]),
        line(2, 2, 4, [Change::ThingRestored { thing: n }]),
    ];
    let history = fold(&lines);
    let mut replay = history.replay();
    let counts: Vec<usize> = replay.by_ref().map(|step| step.applied.len()).collect();
    assert_eq!(counts, [1, 1, 1, 1]);
    assert_eq!(replay.board(), history.board());
    assert_eq!(history.at(entry_id(2, 1)).unwrap().notes.len(), 0);
    assert_eq!(history.at(entry_id(1, 1)).unwrap().notes[&n].at.x, 0);
    assert_eq!(history.at(entry_id(2, 2)).as_ref(), Some(history.board()));
    assert_eq!(history.at(entry_id(9, 2)), None);
}

#[test]
fn a_deed_of_several_lines_is_one_deed_and_is_named_while_parts_of_it_are_missing() {
    let (who, first) = (PersonId("p1".into()), entry_id(1, 1));
    let lines: Vec<Line> = (0..3)
        .map(|at| {
            let mut entry = line(1, 1 + at, 1 + at, [placed(note(1, 1 + at), "p")]).entry;
            entry.part = Some(Part { of: first, part: 1 + u32::try_from(at).expect("three"), parts: 3 });
            Line::write(entry).expect("a test stays within all limits")
        })
        .collect();
    let whole = fold(&lines);
    assert_eq!((whole.unfinished(), whole.undoable(&who), whole.deed(first).len()), (vec![], Some(first), 3));
    let back = undo(&whole.trace(first, &who).expect("it is here"));
    assert_eq!((back.deeds.len(), back.remarks.len()), (3, 0));
    let mut torn = fold(&lines[..2]);
    assert_eq!(torn.unfinished(), [Unfinished { deed: first, who, parts: 2, of: 3 }]);
    let mut ids = Heads::default();
    ids.insert(entry_id(1, 3));
    torn.absorb_dropped(&Dropped { ids, until: 3 });
    assert_eq!(torn.unfinished(), []);
}
