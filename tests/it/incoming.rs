//! Files of other tools put on the wall from the screen.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use squall::format::{Choices, Format, Mapping, Mint, Reader, Reading, Remark, Unclear, named};
use squall::model::{Board, Level, Note, NoteKind, Point, Wording};
use squall::session::intake::Intake;
use squall::tui::input::Input;
use squall::tui::state::{Ask, Asked, Effect, Found, List, Listed, Mode, Reply, State};
use squall::tui::theme::Theme;
use squall::words::{Lang, Said};

use crate::scratch::Scratch;
use crate::sitter::Sitter;

const SIZE: (u16, u16) = (100, 30);

fn text_of(board: &Board, format: &str) -> String {
    named(format).and_then(|it| it.text(board, &Choices::default())).expect("it is written as one text")
}

/// A file with the sample in it.
fn sample(scratch: &Scratch, format: &str) -> (PathBuf, Board) {
    let board = Sitter::at_sample("shop", SIZE, Theme::default()).board().clone();
    (scratch.file(&format!("shop.{format}"), text_of(&board, format)), board)
}

/// Names a file, and waits until what it brings is shown, or it is asked for again.
fn look_at(sitter: &mut Sitter, path: &Path) {
    sitter.press("r i").input(Input::Paste(path.display().to_string()));
    sitter.press("Enter").until(|state| !matches!(state.mode, Mode::Making(_)));
}

fn told(state: &State) -> String {
    state.told.as_ref().map(|told| told.said.speak(Lang::En)).unwrap_or_default()
}

fn counts(board: &Board) -> [usize; 4] {
    [board.notes.len(), board.arrows.len(), board.contexts.len(), board.requirements.len()]
}

#[test]
fn a_file_comes_onto_an_empty_wall_as_one_deed_and_may_come_again() {
    let scratch = Scratch::new();
    let (path, board) = sample(&scratch, "json");
    let mut sitter = Sitter::new(Some(Level::Design), SIZE);
    for _ in 0..2 {
        look_at(&mut sitter, &path);
        assert!(sitter.screen().contains("이 빈 보드에 놓아요"), "{}", sitter.screen());
        assert_eq!(counts(sitter.board()), [0; 4], "looking alters nothing");
        sitter.press("Enter");
        assert_eq!(counts(sitter.board()), counts(&board));
        assert_eq!(sitter.board().title(), board.title());
        sitter.press("u");
        assert_eq!(counts(sitter.board()), [0; 4]);
    }
}

#[test]
fn what_comes_beside_a_wall_stands_right_of_it_and_goes_as_one_deed() {
    let scratch = Scratch::new();
    let file = scratch.file("more.txt", "# 다른 보드\n\n* 주문됨 > 결제됨\n* 배송됨\n");
    let mut sitter = Sitter::at_sample("shop", SIZE, Theme::default());
    let before = sitter.board().clone();
    look_at(&mut sitter, &file);
    assert!(sitter.screen().contains("오른쪽에 한 번에"), "{}", sitter.screen());
    sitter.press("Enter");
    let edge = |note: &Note| note.at.x + note.size.w;
    let frames = before.contexts.values().map(|it| it.rect.at.x + it.rect.size.w);
    let edge = before.notes.values().map(edge).chain(frames).max().expect("the sample has notes");
    let new: Vec<&Note> =
        sitter.board().notes.values().filter(|it| !before.notes.contains_key(&it.id)).collect();
    assert_eq!(new.len(), 3);
    assert!(new.iter().all(|note| note.at.x > edge), "{new:?}");
    assert_eq!(sitter.board().details, before.details, "the wall is called what it was");
    assert_eq!(sitter.state().marked.len(), 3, "what came is chosen");
    sitter.press("Esc u");
    assert_eq!(sitter.board(), &before);
}

#[test]
fn a_file_of_this_very_wall_changes_what_it_says() {
    let scratch = Scratch::new();
    let mut sitter = Sitter::at_sample("shop", SIZE, Theme::default());
    let note = sitter.board().notes.values().next().expect("the sample has notes").clone();
    let said = format!("\"wording\": \"{}\"", note.text());
    let text = text_of(sitter.board(), "json");
    assert!(text.contains(&said), "{text}");
    let file = scratch.file("own.json", text.replacen(&said, "\"wording\": \"아주 다른 말\"", 1));
    let before = counts(sitter.board());
    look_at(&mut sitter, &file);
    assert!(sitter.screen().contains("바로 이 보드의 파일"), "{}", sitter.screen());
    sitter.press("Enter");
    assert_eq!(counts(sitter.board()), before);
    assert_eq!(sitter.board().notes.values().filter(|it| it.text() == "아주 다른 말").count(), 1);
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_asked_for_again() {
    let scratch = Scratch::new();
    let mut sitter = Sitter::new(Some(Level::Design), SIZE);
    let broken = scratch.file("broken.json", "{\"format\": \"squall-board\",");
    let none = scratch.join("none.json");
    for (path, part) in [
        (&*none, "there is no such file"),
        (&*broken, "not readable JSON"),
        (&*scratch, "it is a folder"),
        (&scratch.file("x.bin", "\u{1}"), "in no form that squall reads"),
        (&scratch.file("empty.txt", "\n"), "nothing that could stand on a wall"),
    ] {
        look_at(&mut sitter, path);
        assert!(told(sitter.state()).contains(part), "{part}: {}", told(sitter.state()));
        let Mode::Ask(Ask { what: Asked::Source, field, .. }) = &sitter.state().mode else {
            panic!("{:?}", sitter.state().mode)
        };
        assert_eq!(field.text(), path.display().to_string());
        sitter.press("Esc");
    }
    assert_eq!(counts(sitter.board()), [0; 4]);
}

#[test]
fn tab_completes_a_path_as_far_as_it_is_sure_and_offers_the_rest() {
    let scratch = Scratch::new();
    std::fs::create_dir_all(scratch.join("보드")).expect("a folder can be made");
    for name in ["보드/shop-a.json", "보드/shop-b.json", "보드/.hidden"] {
        scratch.file(name, "");
    }
    let mut sitter = Sitter::new(Some(Level::Design), SIZE);
    let typed = |sitter: &Sitter| match &sitter.state().mode {
        Mode::Ask(ask) => ask.field.text().to_owned(),
        mode => panic!("{mode:?}"),
    };
    let folder = format!("{}/", scratch.display());
    sitter.press("r i").input(Input::Paste(folder.clone() + "보"));
    sitter.press("Tab");
    assert_eq!(typed(&sitter), folder.clone() + "보드/");
    sitter.press("Tab");
    assert_eq!(typed(&sitter), folder.clone() + "보드/shop-");
    assert!(sitter.screen().contains("shop-a.json  shop-b.json"), "{}", sitter.screen());
    sitter.press("b Tab");
    assert_eq!(typed(&sitter), folder + "보드/shop-b.json");
    sitter.press("x Tab");
    assert_eq!(told(sitter.state()), "Nothing there begins like this.");
}

/// One note a line: a colour and a wording. What no mapping tells is an event.
fn coloured(text: &str, mapping: &Mapping, mint: Mint<'_>) -> Result<Reading, Said> {
    let mut reading = Reading::default();
    for (nth, line) in (0..).zip(text.lines()) {
        let (colour, wording) = line.split_once(' ').unwrap_or((line, ""));
        let kind = mapping.kind_of(colour);
        if kind.is_none() {
            reading.unclear.push(Unclear {
                label: colour.to_owned(),
                kind: NoteKind::DomainEvent,
                others: vec![NoteKind::Policy],
                wordings: vec![wording.to_owned()],
                count: 1,
            });
        }
        let (id, kind) = (mint(), kind.unwrap_or(NoteKind::DomainEvent));
        let (at, size, wording) =
            (Point::new(30 * nth, 0), kind.row().size, Wording { values: vec![(id, wording.to_owned())] });
        let (author, details) = Default::default();
        let note = Note { id, kind, wording, at, size, z: 0, host: None, author, details };
        reading.board.notes.insert(id, note);
    }
    Ok(reading)
}

#[test]
fn what_is_not_carried_can_be_read_to_its_end_on_a_small_screen() {
    let words = (10..40).map(|nth| format!("word{nth}")).collect::<Vec<_>>();
    let mut intake = Intake::of(Path::new("x"), &COLOURED, "orange 주문됨".into(), Mapping::default())
        .expect("it can be read");
    let said = Said::new("text-odd-line").with("text", words.join(" "));
    intake.reading.remarks.push(Remark { line: Some(7), said });
    let mut sitter = Sitter::new(Some(Level::Design), (80, 24));
    sitter.press("r i 'x Enter");
    sitter.input(Input::Reply(Reply::Fetched(Ok(Found::new(intake)))));
    let screen = sitter.screen();
    assert!(words.iter().all(|word| screen.contains(word)) && screen.contains("7번째 줄"), "{screen}");
}

static COLOURED: Format = Format {
    name: "coloured",
    ending: "coloured",
    about: "format-text",
    is_json: false,
    looks_like: |_| false,
    read: Some(Reader::Mapped(coloured)),
    read_onto: None,
    write: None,
    hears_neighbours: false,
};

#[test]
fn labels_whose_kinds_were_guessed_are_told_and_the_file_is_read_by_that() {
    let text: Arc<str> = "orange 주문됨\nblue 결제됨".into();
    let intake = Intake::of(Path::new("x"), &COLOURED, text, Mapping::default()).expect("it can be read");
    let mut sitter = Sitter::new(Some(Level::Design), SIZE);
    sitter.press("r i 'x Enter");
    sitter.input(Input::Reply(Reply::Fetched(Ok(Found::new(intake)))));
    assert!(matches!(sitter.state().mode, Mode::List(List { what: Listed::Intake, .. })));
    let kinds = |sitter: &Sitter| {
        let incoming = sitter.state().incoming.as_ref().expect("it is looked at");
        incoming.labels.iter().map(|label| label.kind()).collect::<Vec<_>>()
    };
    sitter.press("Down Right");
    assert_eq!(kinds(&sitter), [NoteKind::DomainEvent, NoteKind::Policy], "the likeliest comes first");
    sitter.press("Tab Left");
    assert_eq!(kinds(&sitter), [NoteKind::DomainEvent, NoteKind::Policy]);
    sitter.press("Enter");
    assert_eq!(counts(sitter.board()), [0; 4], "it is not read by that yet");
    sitter.until(|state| state.mode == Mode::Wall);
    assert_eq!(sitter.told(), "E 주문됨 · P 결제됨");
    assert!(!sitter.asked.contains(&Effect::Quit));
}
