//! The wall written from the screen in another format.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use squall::format::{Choices, Written, named};
use squall::model::Frame;
use squall::session::order::{Order, What, carry_out};
use squall::tui::input::Input;
use squall::tui::state::{Ask, Asked, Mode, State};
use squall::tui::theme::Theme;
use squall::words::Lang;

use crate::scratch::Scratch;
use crate::sitter::Sitter;

fn sitter() -> Sitter {
    Sitter::at_sample("shop", (100, 30), Theme::default())
}

/// Answers the question with a place, and waits until what is made stands there or is asked for again.
fn answer(sitter: &mut Sitter, path: &Path) {
    sitter.press("Ctrl-U").input(Input::Paste(path.display().to_string()));
    sitter.press("Enter").until(|state| !matches!(state.mode, Mode::Making(_)));
}

fn told(state: &State) -> String {
    state.told.as_ref().map(|told| told.said.speak(Lang::En)).unwrap_or_default()
}

fn proposed(state: &State) -> &str {
    match &state.mode {
        Mode::Ask(Ask { what: Asked::Place(..), field, .. }) => field.text(),
        mode => panic!("nobody asks for a place: {mode:?}"),
    }
}

#[test]
fn the_whole_wall_is_written_where_the_person_says() {
    let (scratch, mut sitter) = (Scratch::new(), sitter());
    sitter.press("r e 'd2 Enter");
    assert_eq!(proposed(sitter.state()), "board.d2");
    let path = scratch.join("shop.d2");
    answer(&mut sitter, &path);
    assert_eq!(told(sitter.state()), format!("It stands in {}", path.display()));
    let choices = Choices { lang: Lang::Ko, ..Choices::default() };
    let d2 = named("d2").and_then(|format| format.text(sitter.board(), &choices));
    assert_eq!(fs::read_to_string(&path).ok(), d2);
}

#[test]
fn what_is_there_is_replaced_only_where_the_person_says_so() {
    let (scratch, mut sitter) = (Scratch::new(), sitter());
    let path = scratch.file("shop.puml", "mine");
    sitter.press("r e 'plantuml Enter");
    answer(&mut sitter, &path);
    assert!(told(sitter.state()).contains("is there already"), "{}", told(sitter.state()));
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "mine");
    sitter.press("Enter").until(|state| state.mode == Mode::Wall);
    assert!(fs::read_to_string(&path).expect("it is there").starts_with("@startuml"));
}

#[test]
fn a_chosen_context_may_be_written_alone() {
    let (scratch, mut sitter) = (Scratch::new(), sitter());
    let contexts = sitter.board().contexts.values().filter(|it| it.frame == Frame::Context);
    let context = contexts.min_by_key(|it| it.rect.at.x).expect("the sample has contexts").clone();
    sitter.press("S n g f").input(Input::Paste(context.name().to_owned()));
    sitter.press("Enter r e 'text Enter");
    assert!(sitter.screen().contains(context.name()), "{}", sitter.screen());
    sitter.press("Down Enter");
    assert!(proposed(sitter.state()).ends_with(".txt"), "{}", proposed(sitter.state()));
    let path = scratch.join("part.txt");
    answer(&mut sitter, &path);
    let choices = Choices { context: Some(context.id), lang: Lang::Ko, ..Choices::default() };
    let part = named("text").and_then(|format| format.text(sitter.board(), &choices));
    assert_eq!(fs::read_to_string(&path).ok(), part);
    sitter.press("r e 'text Enter Enter");
    assert_eq!(proposed(sitter.state()), "board.txt", "the other row means the whole");
}

#[test]
fn a_contract_is_a_folder_of_all_contexts_or_the_file_of_one() {
    let (scratch, mut sitter) = (Scratch::new(), sitter());
    sitter.press("r e 'openapi Enter");
    assert_eq!(proposed(sitter.state()), "board-openapi");
    let folder = scratch.join("all");
    answer(&mut sitter, &folder);
    let contexts = sitter.board().contexts.values().filter(|it| it.frame == Frame::Context);
    let (count, one) =
        (contexts.clone().count(), contexts.max_by_key(|it| it.id).expect("the sample has contexts").clone());
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), count);
    sitter.press("S n g f").input(Input::Paste(one.name().to_owned()));
    sitter.press("Enter r e 'openapi Enter Down Enter");
    assert!(proposed(sitter.state()).ends_with(".openapi.yaml"), "{}", proposed(sitter.state()));
    let file = scratch.join("one.openapi.yaml");
    answer(&mut sitter, &file);
    let choices = Choices { context: Some(one.id), lang: Lang::Ko, ..Choices::default() };
    let alone = named("openapi").and_then(|format| format.text(sitter.board(), &choices));
    assert_eq!(fs::read_to_string(&file).ok(), alone);
}

#[test]
fn an_export_that_is_let_go_leaves_no_file() {
    let (scratch, sitter) = (Scratch::new(), sitter());
    let format = named("json").expect("a format has this name");
    let path = scratch.join("shop.json");
    let order = Order { path, what: What::Export(format, None), lang: Lang::Ko, over: false };
    let left = carry_out(sitter.wall().history(), &order, &mut |done, _| {
        if done < 1 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    assert_eq!((left, fs::read_dir(&*scratch).expect("a folder").count()), (None, 0));
}

#[test]
fn several_files_stand_in_a_folder_that_is_made_for_them() {
    let (scratch, mut sitter) = (Scratch::new(), sitter());
    sitter.press("r e 'mermaid-flows Enter");
    assert_eq!(proposed(sitter.state()), "board-mermaid-flows");
    let folder = scratch.join("flows");
    for _ in 0..2 {
        answer(&mut sitter, &folder);
        assert_eq!(
            told(sitter.state()),
            format!("It stands in {}", folder.display()),
            "the same again is no other"
        );
        sitter.press("r e 'mermaid-flows Enter");
    }
    let written = named("mermaid-flows")
        .map(|it| it.write(sitter.board(), &Choices { lang: Lang::Ko, ..Choices::default() }));
    let Some(Ok(Written::Folder(files))) = written else { panic!("it is no folder") };
    assert!(files.len() > 1);
    for (name, text) in files {
        assert_eq!(fs::read_to_string(folder.join(name)).ok(), Some(text));
    }
}
