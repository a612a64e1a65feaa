//! A wall, its file and the people before it: what is done is there when the wall is opened again.

use std::path::Path;
use std::sync::Arc;

use squall::command::{Command, NewArrow, NewNote};
use squall::model::{Board, Id, NoteKind, PersonId, Point};
use squall::session::clock::MachineClock;
use squall::session::saves::{Saved, Saves};
use squall::session::{Refusal, Seat, Wall};

use crate::scratch::Scratch;

fn quiet(_: u64, _: u64) {}

fn seat() -> Seat {
    Seat::new(PersonId("p1".into()), "민수", Arc::new(MachineClock))
}

fn place(wordings: &[&str]) -> Command {
    let note = |(nth, wording): (i32, &&str)| {
        NewNote::new(NoteKind::DomainEvent, *wording).at(Point::new(20 * nth, 0))
    };
    Command::PlaceNotes { notes: (0..).zip(wordings).map(note).collect(), arrows: Vec::new() }
}

fn read(path: &Path) -> Board {
    Wall::read(path, &mut quiet).expect("the file is whole").board().clone()
}

#[test]
fn what_is_done_is_there_when_the_wall_is_opened_again() {
    let scratch = Scratch::new();
    let saves = Saves::at(&*scratch);
    let path = saves.path_of("shop").unwrap();
    let mut wall = Wall::new("b1");
    wall.keep_at(&saves, &path).unwrap();
    let mut first = seat();
    let made = first.perform(&mut wall, &place(&["주문됨", "결제됨"])).unwrap();
    assert_eq!(made.made.len(), 2);
    assert_eq!(made.wait(), Ok(()));
    assert_eq!(&read(&path), wall.board());
    let arrow = Command::Connect(NewArrow::new(made.made[0], made.made[1]));
    first.perform(&mut wall, &arrow).unwrap();
    let board = wall.board().clone();
    assert_eq!(wall.close(), Saved::Saved);

    let mut wall = Wall::open(&saves, &path, &mut quiet).unwrap();
    assert_eq!((wall.board(), wall.remarks()), (&board, &[][..]));
    let again = seat().perform(&mut wall, &place(&["배송됨"])).unwrap();
    assert_ne!(again.entry.author, made.entry.author);
    let line = wall.history().lines_of(again.entry).next().unwrap().entry.clone();
    assert_eq!((line.t, line.by.as_str()), (64 + 1 + 64, "민수"));
}

#[test]
fn a_wall_that_is_only_looked_at_refuses_deeds() {
    let scratch = Scratch::new();
    let saves = Saves::at(&*scratch);
    let path = saves.path_of("shop").unwrap();
    Wall::new("b1").keep_at(&saves, &path).unwrap();
    let mut wall = Wall::read(&path, &mut quiet).unwrap();
    let refusal = seat().perform(&mut wall, &place(&["a"])).err().unwrap();
    assert_eq!(refusal.said().key.0, "save-read-only");
    assert!(matches!(refusal, Refusal::ReadOnly(_)));
}

#[test]
fn a_deed_of_many_lines_is_saved_whole_and_its_rest_is_named_where_lines_are_lost() {
    let scratch = Scratch::new();
    let saves = Saves::at(&*scratch);
    let path = saves.path_of("shop").unwrap();
    let mut wall = Wall::new("b1");
    wall.keep_at(&saves, &path).unwrap();
    let wordings: Vec<String> = (0..2_500).map(|nth| format!("주문 {nth}")).collect();
    let wordings: Vec<&str> = wordings.iter().map(String::as_str).collect();
    let made = seat().perform(&mut wall, &place(&wordings)).unwrap();
    assert_eq!(made.wait(), Ok(()));
    let parts = wall.history().lines().len();
    assert!(parts > 1);
    assert_eq!(made.made[2_499], Id { entry: made.entry, index: 2_499 });
    assert_eq!(read(&path).notes.len(), 2_500);
    drop(wall);

    let text = std::fs::read_to_string(&path).unwrap();
    let cut = text.trim_end().rfind('\n').unwrap() + 1;
    std::fs::write(&path, &text[..cut]).unwrap();
    let mut wall = Wall::open(&saves, &path, &mut quiet).unwrap();
    assert_eq!(wall.remarks()[0].key.0, "wall-unfinished");
    let unfinished = wall.history().unfinished();
    assert_eq!((unfinished[0].deed, unfinished[0].parts), (made.entry, parts - 1));
    assert!(!wall.board().notes.is_empty());
    seat().take_back(&mut wall, unfinished[0].deed).unwrap();
    assert!(wall.board().notes.is_empty());
}

#[test]
fn undo_says_what_it_takes_back_and_reaches_into_earlier_processes() {
    let scratch = Scratch::new();
    let saves = Saves::at(&*scratch);
    let path = saves.path_of("shop").unwrap();
    let mut wall = Wall::new("b1");
    wall.keep_at(&saves, &path).unwrap();
    let mut first = seat();
    first.perform(&mut wall, &place(&["주문됨"])).unwrap();
    first.perform(&mut wall, &place(&["결제됨"])).unwrap();
    let told_at_once = first.undo_what(&wall).unwrap();
    drop(wall);

    let mut wall = Wall::open(&saves, &path, &mut quiet).unwrap();
    let mut second = seat();
    assert_eq!(second.undo_what(&wall).unwrap(), told_at_once);
    let undone = second.undo(&mut wall).unwrap();
    assert_eq!((undone.told, undone.remarks), (told_at_once, Vec::new()));
    second.undo(&mut wall).unwrap();
    assert!(wall.board().is_empty());
    assert_eq!(second.undo(&mut wall).err().unwrap().said().key.0, "nothing-to-undo");
    second.redo(&mut wall).unwrap();
    second.redo(&mut wall).unwrap();
    assert_eq!(second.redo(&mut wall).err().unwrap().said().key.0, "nothing-to-redo");
    let board = wall.board().clone();
    assert_eq!(board.notes.len(), 2);
    drop(wall);
    assert_eq!(read(&path), board);
}

#[test]
fn a_wall_that_another_squall_writes_can_be_looked_at_and_says_why() {
    let scratch = Scratch::new();
    let saves = Saves::at(&*scratch);
    let path = saves.path_of("shop").unwrap();
    let mut wall = Wall::new("b1");
    wall.keep_at(&saves, &path).unwrap();
    let mut other = Wall::open_or_look(&saves, &path, &mut quiet).unwrap();
    assert_eq!(other.remarks()[0].key.0, "save-busy");
    let refusal = seat().perform(&mut other, &place(&["a"])).err().unwrap();
    assert_eq!(refusal.said().key.0, "save-busy-elsewhere");
    drop(wall);
    let mut mine = Wall::open_or_look(&saves, &path, &mut quiet).unwrap();
    assert!(seat().perform(&mut mine, &place(&["a"])).is_ok());
}
