//! Logs merged, squashed and repaired: the wall stays what it was, and the file before is kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use squall::command::{Area, Command, NewNote};
use squall::model::limit::CONTEXTS_MAX;
use squall::model::{Board, Details, Frame, NoteKind, PersonId, Point, Rect};
use squall::session::clock::MachineClock;
use squall::session::saves::Saves;
use squall::session::upkeep::{merge, repair, squash};
use squall::session::{Performed, Seat, Wall};
use squall::words::Lang;

use crate::scratch::Scratch;

fn quiet(_: u64, _: u64) {}

fn seat(name: &str) -> Seat {
    Seat::new(PersonId(format!("p{name}")), name, Arc::new(MachineClock))
}

fn perform(seat: &mut Seat, wall: &mut Wall, command: &Command) -> Performed {
    seat.perform(wall, command).expect("it is allowed")
}

fn place(wording: &str, x: i32) -> Command {
    let note = NewNote::new(NoteKind::DomainEvent, wording).at(Point::new(x, 0));
    Command::PlaceNotes { notes: vec![note], arrows: Vec::new() }
}

fn read(path: &Path) -> Wall {
    Wall::read(path, &mut quiet).expect("the file is whole")
}

/// A file with two notes by Ana, the second of them moved three times.
fn made(scratch: &Scratch) -> (Saves, PathBuf, Board) {
    let saves = Saves::at(&**scratch);
    let path = scratch.join("shop.storm");
    let mut wall = Wall::new("b1");
    wall.keep_at(&saves, &path).expect("there is room");
    let mut ana = seat("Ana");
    perform(&mut ana, &mut wall, &place("Order placed", 0));
    let note = perform(&mut ana, &mut wall, &place("Order paid", 20)).made[0];
    for _ in 0..3 {
        perform(&mut ana, &mut wall, &Command::Move { things: vec![note], by: Point::new(20, 0) });
    }
    let board = wall.board().clone();
    wall.close();
    (saves, path, board)
}

#[test]
fn a_wall_that_merging_made_too_large_opens_and_says_so_and_takes_no_more() {
    let scratch = Scratch::new();
    let (saves, path, _) = made(&scratch);
    let other = scratch.join("copy.storm");
    saves.copy(&path, &other).unwrap();
    let framed = |nth: usize| Command::FrameContext {
        frame: Frame::Context,
        area: Area::Rect(Rect::new(nth as i32 * 10, 100, 8, 8)),
        details: Details::from([("name".to_owned(), format!("context {nth}").into())]),
    };
    for path in [&path, &other] {
        let mut wall = Wall::open(&saves, path, &mut quiet).unwrap();
        perform(&mut seat("Ana"), &mut wall, &Command::All((0..CONTEXTS_MAX / 2 + 1).map(framed).collect()));
        assert_eq!(wall.remarks(), []);
        wall.close();
    }
    let merged = scratch.join("merged.storm");
    merge(&read(&path), &read(&other)).unwrap().keep_at(&saves, &merged).unwrap();
    let mut wall = Wall::open(&saves, &merged, &mut quiet).unwrap();
    assert_eq!(wall.board().contexts.len(), CONTEXTS_MAX + 2);
    let said: Vec<String> = wall.remarks().iter().map(|said| said.speak(Lang::En)).collect();
    assert!(said.len() == 1 && said[0].contains("“context”") && said[0].contains("2002 of 2000"), "{said:?}");
    let refused = seat("Bo").perform(&mut wall, &framed(5_000)).map(drop).unwrap_err();
    assert!(format!("{refused:?}").contains("reject-too-many"), "{refused:?}");
    perform(&mut seat("Bo"), &mut wall, &place("goes on", 0));
}

#[test]
fn two_copies_of_a_wall_become_one() {
    let scratch = Scratch::new();
    let (saves, path, _) = made(&scratch);
    let other = scratch.join("copy.storm");
    saves.copy(&path, &other).unwrap();
    for (path, wording) in [(&path, "here"), (&other, "there")] {
        let mut wall = Wall::open(&saves, path, &mut quiet).unwrap();
        perform(&mut seat(wording), &mut wall, &place(wording, 100));
    }
    let mut both = merge(&read(&path), &read(&other)).unwrap();
    assert_eq!(both.board().notes.len(), 4);
    assert_eq!(both.board(), merge(&read(&other), &read(&path)).unwrap().board());
    let merged = scratch.join("merged.storm");
    both.keep_at(&saves, &merged).unwrap();
    assert_eq!(read(&merged).board(), both.board());
    assert_eq!(merge(&both, &Wall::new("b2")).err().unwrap().said().key.0, "merge-two-walls");
}

#[test]
fn a_squash_leaves_the_same_wall_and_the_full_log_beside_it() {
    let scratch = Scratch::new();
    let (saves, path, board) = made(&scratch);
    let full = fs::read(&path).unwrap();
    let done = squash(&saves, &path, &mut quiet).unwrap();
    assert_eq!((done.kept, done.dropped), (3, 2));
    assert_eq!(done.full, scratch.join("shop-full.storm"));
    assert_eq!(fs::read(&done.full).unwrap(), full);
    let squashed = read(&path);
    assert_eq!(squashed.board(), &board);
    assert_eq!(squashed.history().asking_heads(), read(&done.full).history().asking_heads());
    assert_eq!(squash(&saves, &path, &mut quiet).unwrap_err().said().key.0, "squash-nothing");

    let both = merge(&squashed, &read(&done.full)).unwrap();
    assert_eq!((both.board(), both.history().lines().len()), (&board, 5));
}

#[test]
fn a_line_edited_by_hand_becomes_a_new_deed_where_the_old_one_stood() {
    let scratch = Scratch::new();
    let (saves, path, mut board) = made(&scratch);
    let edited = fs::read_to_string(&path).unwrap().replace("Order paid", "Order settled");
    fs::write(&path, &edited).unwrap();
    assert_eq!(read(&path).board().notes.len(), 1);

    let done = repair(&saves, &path, &mut seat("Bo"), &mut quiet).unwrap();
    assert_eq!((done.deeds, done.lost), (1, 0));
    assert_eq!(fs::read_to_string(&done.old).unwrap(), edited);
    let wall = read(&path);
    assert_eq!(wall.remarks(), []);
    let id = *board.notes.iter().find(|(_, note)| note.text() == "Order paid").unwrap().0;
    let (note, was) = (&wall.board().notes[&id], board.notes.get_mut(&id).unwrap());
    assert_eq!((note.text(), note.at, &*note.author), ("Order settled", was.at, "Ana"));
    assert_eq!(
        repair(&saves, &path, &mut seat("Bo"), &mut quiet).unwrap_err().said().key.0,
        "repair-nothing"
    );
}

#[test]
fn a_damaged_header_is_written_anew_for_the_same_wall() {
    let scratch = Scratch::new();
    let (saves, path, board) = made(&scratch);
    let damaged = fs::read_to_string(&path).unwrap().replacen("\"read\":1", "\"read\": 1", 1);
    fs::write(&path, damaged + "no line of anything\n").unwrap();
    let mut wall = Wall::open(&saves, &path, &mut quiet).unwrap();
    let refused = seat("Bo").perform(&mut wall, &place("a", 0)).err().unwrap();
    assert_eq!(refused.said().key.0, "save-without-header");
    drop(wall);

    let done = repair(&saves, &path, &mut seat("Bo"), &mut quiet).unwrap();
    assert_eq!((done.deeds, done.lost), (0, 1));
    assert_eq!(read(&path).board(), &board);
}
