//! What a wall of a few notes says without an arrow.

use super::*;
use crate::model::{Arrow, Context, Details, Frame, Note, NoteKind, Point, Rect, Wording};

fn board(notes: &[(u32, NoteKind, i32, i32)]) -> Board {
    let entry = "k3x9v2p4qd.1".parse::<crate::model::EntryId>().unwrap();
    let note = |&(index, kind, x, y): &(u32, NoteKind, i32, i32)| Note {
        id: entry.thing(index),
        kind,
        wording: Wording::default(),
        at: Point::new(x, y),
        size: kind.row().size,
        z: 0,
        host: None,
        author: String::new(),
        details: Details::new(),
    };
    Board { notes: notes.iter().map(note).map(|note| (note.id, note)).collect(), ..Board::default() }
}

fn told(board: &Board) -> Vec<(u32, u32, &'static str)> {
    let how = |evidence| match evidence {
        Evidence::Drawn(_) => "drawn",
        Evidence::Stuck => "stuck",
        Evidence::Touching => "touching",
        Evidence::SameRow => "row",
    };
    Flow::of(board).edges().map(|e| (e.from.index, e.to.index, how(e.evidence))).collect()
}

use NoteKind::{Actor, Aggregate, Command, DomainEvent, ReadModel};

#[test]
fn a_row_is_read_from_left_to_right() {
    let row = board(&[(0, Actor, 0, 1), (1, Command, 15, 0), (2, Aggregate, 40, 0), (3, DomainEvent, 75, 0)]);
    assert_eq!(told(&row), [(0, 1, "touching"), (1, 2, "row"), (2, 3, "row")]);
}

#[test]
fn an_actor_left_of_a_read_model_is_informed_by_it() {
    assert_eq!(told(&board(&[(0, Actor, 0, 1), (1, ReadModel, 16, 0)])), [(1, 0, "row")]);
}

#[test]
fn what_is_drawn_is_not_guessed_again_and_other_rows_are_left_alone() {
    let mut wall = board(&[(0, Command, 0, 0), (1, DomainEvent, 30, 0), (2, DomainEvent, 30, 20)]);
    let entry = wall.notes.keys().next().unwrap().entry;
    let arrow =
        Arrow { id: entry.thing(9), from: entry.thing(0), to: entry.thing(2), details: Details::new() };
    wall.arrows.insert(arrow.id, arrow);
    assert_eq!(told(&wall), [(0, 2, "drawn")]);
}

#[test]
fn a_note_that_says_so_takes_no_part() {
    let mut wall = board(&[(0, Actor, 0, 1), (1, Command, 15, 0)]);
    let first = wall.notes.values_mut().next().unwrap();
    first.details.insert("unjoined".into(), true.into());
    assert_eq!(told(&wall), []);
}

#[test]
fn what_is_stuck_belongs_to_its_host_wherever_it_lies() {
    let mut wall = board(&[(0, Actor, 500, 300), (1, Command, 15, 0)]);
    let host = wall.notes.keys().nth(1).copied();
    wall.notes.values_mut().next().unwrap().host = host;
    assert_eq!(told(&wall), [(0, 1, "stuck")]);
}

#[test]
fn an_actor_and_a_read_model_look_round() {
    assert_eq!(told(&board(&[(0, Command, 0, 0), (1, Actor, 24, 1)])), [(1, 0, "row")]);
    assert_eq!(told(&board(&[(0, Command, 0, 10), (1, Actor, 4, 7)])), [(1, 0, "touching")]);
    assert_eq!(told(&board(&[(0, Command, 0, 0), (1, ReadModel, 24, 0)])), [(1, 0, "row")]);
    let told = told(&board(&[(0, Command, 0, 0), (1, Actor, 23, 1), (2, Command, 60, 0)]));
    assert_eq!(told, [(1, 0, "touching")], "what touches goes before what stands further right");
}

#[test]
fn a_note_of_the_same_kind_hides_what_lies_behind_it() {
    let row = board(&[(0, Command, 0, 0), (1, Command, 24, 0), (2, DomainEvent, 50, 0)]);
    assert_eq!(told(&row), [(1, 2, "row")]);
    let two = board(&[(0, Actor, 0, 1), (1, Actor, 16, 1), (2, Command, 34, 0)]);
    assert_eq!(told(&two), [(0, 2, "row"), (1, 2, "row")]);
}

#[test]
fn what_informs_a_command_does_not_hide_its_event() {
    let row = board(&[(0, Command, 0, 0), (1, ReadModel, 24, 0), (2, DomainEvent, 50, 0)]);
    assert_eq!(told(&row), [(0, 2, "row"), (1, 0, "row")]);
}

#[test]
fn an_actor_decides_in_its_own_context_where_it_can() {
    let framed = |mut wall: Board, n: u32, at: (i32, i32), size: (i32, i32)| {
        let id = wall.notes.keys().next().unwrap().entry.thing(n);
        let rect = Rect::new(at.0, at.1, size.0, size.1);
        wall.contexts.insert(id, Context { id, frame: Frame::Context, rect, details: Details::new() });
        wall
    };
    let row = || board(&[(0, Command, 0, 0), (1, Actor, 46, 1), (2, Command, 62, 0)]);
    assert_eq!(told(&row()), [(1, 2, "row")]);
    let parted = framed(framed(row(), 8, (-2, -2), (63, 9)), 9, (61, -2), (40, 9));
    assert_eq!(told(&parted), [(1, 0, "row")]);
    let alone = framed(row(), 8, (44, -2), (17, 9));
    assert_eq!(told(&alone), [(1, 2, "row")], "with nothing that fits inside, the nearest outside");
}

#[test]
fn a_guess_never_gainsays_an_arrow() {
    let drawn = |mut wall: Board, from: u32, to: u32| {
        let entry = wall.notes.keys().next().unwrap().entry;
        let id = entry.thing(50 + from);
        wall.arrows
            .insert(id, Arrow { id, from: entry.thing(from), to: entry.thing(to), details: Details::new() });
        wall
    };
    let row = || board(&[(0, Actor, 0, 1), (1, Command, 16, 0), (2, Actor, 16, 20)]);
    assert_eq!(told(&drawn(row(), 2, 1)), [(2, 1, "drawn")], "somebody else issues it");
    let row = || board(&[(0, Command, 0, 0), (1, DomainEvent, 24, 0), (2, Aggregate, 0, 20)]);
    assert_eq!(told(&drawn(row(), 2, 1)), [(2, 1, "drawn")], "something else produces it");
    let row = || board(&[(0, Actor, 0, 1), (1, Command, 16, 0)]);
    assert_eq!(told(&drawn(row(), 1, 0)), [(1, 0, "drawn")], "they are joined the other way");
}

#[test]
fn steps_are_found_from_either_end() {
    let row = board(&[(0, Actor, 0, 1), (1, Command, 15, 0), (2, Aggregate, 40, 0)]);
    let flow = Flow::of(&row);
    let ids: Vec<Id> = row.notes.keys().copied().collect();
    let ends = |edges: Vec<&Edge>| edges.iter().map(|it| (it.from.index, it.to.index)).collect::<Vec<_>>();
    assert_eq!(ends(flow.from(ids[1]).collect()), [(1, 2)]);
    assert_eq!(ends(flow.to(ids[1]).collect()), [(0, 1)]);
    assert_eq!(ends(flow.to(ids[0]).collect()), []);
}
