//! The samples are rich enough to learn from, and read without a remark.

use std::sync::Arc;

use squall::command::put_row;
use squall::format::text::line;
use squall::model::{Board, Id, Level, Note, NoteKind, PersonId};
use squall::session::clock::MachineClock;
use squall::session::saves::look;
use squall::session::{Seat, Wall};

#[test]
fn every_sample_is_a_whole_wall() {
    for name in ["shop", "hotel", "squall"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("saves/{name}.storm"));
        let reading = look(&path, &mut |_, _| ()).expect("a sample can be read");
        assert_eq!(reading.remarks(), [], "{name}");
        let wall = Wall::of("sample", reading.lines);
        let board = wall.board();
        assert!(board.notes.len() >= 40, "{name} has {} notes", board.notes.len());
        assert!(
            board.contexts.len() >= 3 && board.requirements.len() >= 3 && !board.arrows.is_empty(),
            "{name}"
        );
        for kind in [NoteKind::DomainEvent, NoteKind::Command, NoteKind::Policy, NoteKind::Hotspot] {
            assert!(board.notes.values().any(|note| note.kind == kind), "{name} has no {}", kind.id());
        }
        assert!(board.notes.values().any(|note| note.is_pivotal()), "{name}");
        for (at, one) in board.notes.values().enumerate() {
            let overlaps = board.notes.values().take(at).any(|other| one.rect().overlaps(other.rect()));
            assert!(!overlaps, "{name}: {} lies on another note", one.text());
        }
    }
}

/// The name of the smallest frame around each note.
fn homes(board: &Board) -> Vec<(Id, Option<String>)> {
    let home = |note: &Note| {
        let around = board.contexts.values().filter(|frame| frame.rect.holds(note.rect().center()));
        around.min_by_key(|frame| frame.rect.area()).map(|frame| frame.name().to_owned())
    };
    board.notes.values().map(|note| (note.id, home(note))).collect()
}

#[test]
fn a_row_that_finds_no_room_in_its_context_pushes_others_aside_with_all_they_hold() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("saves/shop.storm");
    let lines = look(&path, &mut |_, _| ()).expect("a sample can be read").lines;
    let mut wall = Wall::of("sample", lines);
    let before = wall.board().clone();
    let mut seat = Seat::new(PersonId("p".into()), "Ana", Arc::new(MachineClock));
    let asked: Vec<Id> = before.notes.keys().copied().collect();
    for after in asked {
        let row = line(&before, "> 확인하기 > 창고문 > 확인됨", Level::Design, Some(after), None).board;
        seat.perform(&mut wall, &put_row(&before, &row)).expect("it is allowed");
        let now = wall.board();
        let old: Vec<_> = homes(now).into_iter().filter(|(id, _)| before.notes.contains_key(id)).collect();
        assert_eq!(old, homes(&before), "after {}", before.notes[&after].text());
        for (at, one) in now.notes.values().enumerate() {
            let lies_on = |other: &&Note| one.rect().overlaps(other.rect());
            let under = now.notes.values().take(at).find(lies_on);
            assert_eq!(under.map(Note::text), None, "{} lies on another note", one.text());
        }
        seat.undo(&mut wall).expect("it can be taken back");
        assert_eq!(wall.board(), &before);
    }
}

#[cfg(unix)]
#[test]
fn the_pictures_in_the_readme_are_what_the_program_draws() {
    use std::fs;
    use std::path::Path;

    let anew = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    drop(fs::remove_dir_all(&anew));
    fs::create_dir_all(&anew).expect("the target folder can be written to");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures");
    let mut draw = std::process::Command::new(kept.join("draw"));
    let drawn = draw.arg(&anew).env("SQUALL", env!("CARGO_BIN_EXE_squall")).status();
    assert!(drawn.expect("a shell is there").success());
    let mut changed = Vec::new();
    for file in fs::read_dir(&anew).expect("it was made").flatten() {
        let name = file.file_name();
        if fs::read(file.path()).ok() != fs::read(kept.join(&name)).ok() {
            changed.push(name);
        }
    }
    let pictures = anew.display();
    assert!(changed.is_empty(), "look at {changed:?} in {pictures} and copy them to assets/pictures");
}
