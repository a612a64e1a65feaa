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

#[test]
fn the_picture_in_the_readme_is_what_the_program_draws() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("the target folder can be written to");
    }
    let squall = |words: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_squall"));
        command.env("SQUALL_SAVES", &folder).env("SQUALL_CONFIG", folder.join("config.toml"));
        command.args(["--lang", "en"]).args(words).output().expect("squall runs")
    };
    assert!(squall(&["new", "shop", "--template", "shop"]).status.success());
    let drawn = squall(&["show", "shop", "--format", "svg", "--size", "200x58"]).stdout;
    let kept = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/wall.svg");
    let anew = folder.join("wall.svg");
    std::fs::write(&anew, &drawn).expect("the target folder can be written to");
    let same = std::fs::read(&kept).is_ok_and(|kept| kept == drawn);
    assert!(same, "the picture has changed: look at {} and copy it to {}", anew.display(), kept.display());
}
