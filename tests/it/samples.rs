//! The samples are rich enough to learn from, and read without a remark.

use squall::model::NoteKind;
use squall::session::saves::look;

#[test]
fn every_sample_is_a_whole_wall() {
    for name in ["shop", "hotel", "squall"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("saves/{name}.storm"));
        let reading = look(&path, &mut |_, _| ()).expect("a sample can be read");
        assert_eq!(reading.remarks(), [], "{name}");
        let wall = squall::session::Wall::of("sample", reading.lines);
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
