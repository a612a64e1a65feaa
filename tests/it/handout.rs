//! A report made from the screen: asked for, made aside, let go, refused by the disk.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use squall::format::report::{Form, Template};
use squall::model::Board;
use squall::query::Projection;
use squall::session::file::NotPut;
use squall::session::order::{Order, What, carry_out};
use squall::tui::input::{Input, Key};
use squall::tui::state::{Ask, Asked, Effect, Mode, Reply, Scene, State};
use squall::tui::theme::Theme;
use squall::tui::update::update;
use squall::words::Lang;

use crate::pty::{Terminal, call};
use crate::scratch::Scratch;
use crate::sitter::Sitter;

/// Presses keys before an empty wall; what the last one asks for.
fn press(state: &mut State, keys: &str) -> Vec<Effect> {
    let (board, projection) = (Board::default(), Projection::default());
    let scene = Scene::still(&board, &projection);
    let key = |name: &str| Input::Key(name.parse::<Key>().expect("a key"));
    keys.split(' ').fold(Vec::new(), |_, name| update(state, &scene, key(name)))
}

fn answer(state: &mut State, reply: Result<PathBuf, NotPut>) {
    let (board, projection) = (Board::default(), Projection::default());
    let reply = Input::Reply(Reply::Stands(reply));
    assert_eq!(update(state, &Scene::still(&board, &projection), reply), []);
}

fn told(state: &State) -> String {
    state.told.as_ref().map(|told| told.said.speak(Lang::En)).unwrap_or_default()
}

#[test]
fn a_report_is_asked_for_by_what_it_tells_and_where_it_stands() {
    let mut state = State::new(Lang::En, Theme::default(), (100, 30));
    let order = Order {
        path: "report-bootcamp.html".into(),
        what: What::Report(Template::Bootcamp, Form::Html),
        lang: Lang::En,
        over: false,
    };
    assert_eq!(press(&mut state, "r p Down Down Enter Enter"), [Effect::Make(order.clone())]);
    answer(&mut state, Err(NotPut::There(order.path.clone())));
    assert_eq!(
        told(&state),
        "report-bootcamp.html is there already. Enter replaces it; another name leaves it."
    );
    assert_eq!(press(&mut state, "Enter"), [Effect::Make(Order { over: true, ..order.clone() })]);
    answer(&mut state, Err(NotPut::There(order.path.clone())));
    let other = Order { path: "report-bootcamp.htm".into(), ..order.clone() };
    assert_eq!(press(&mut state, "Backspace Enter"), [Effect::Make(other)], "another name replaces nothing");
    assert_eq!(press(&mut state, "Esc"), [Effect::LetGo]);
    answer(&mut state, Ok(order.path.clone()));
    assert_eq!((&state.mode, told(&state)), (&Mode::Wall, String::new()), "what was let go is not told of");

    assert_eq!(press(&mut state, "r p Enter _ Enter"), [], "no ending tells in what to write it");
    assert_eq!(told(&state), "A report ends in .html or .md.");
    let Mode::Ask(Ask { what: Asked::Place(..), field, .. }) = &state.mode else {
        panic!("{:?}", state.mode)
    };
    assert_eq!(field.text(), "report.html_");
}

#[test]
fn the_file_is_what_the_verb_writes() {
    let scratch = Scratch::new();
    fs::create_dir_all(scratch.join("saves")).expect("a folder can be made");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("saves/shop.storm");
    fs::copy(sample, scratch.join("saves/shop.storm")).expect("a sample can be copied");
    let mut open = call(&scratch, &["--lang", "en", "open", "shop"]);
    open.cwd(&*scratch);
    let mut terminal = Terminal::start(open, (100, 30));
    terminal.wait_for("domain event").press("rp").wait_for("One page").press("\r").wait_for("shop.html");
    terminal.press("\r").wait_for("The report stands in").press("q");
    assert_eq!(terminal.leave().code, 0);
    let mut verb = call(&scratch, &["--lang", "en", "report", "shop", "-o", "other.html"]);
    verb.cwd(&*scratch);
    assert_eq!(Terminal::start(verb, (100, 30)).leave().code, 0);
    let [made, other] = ["shop.html", "other.html"].map(|name| fs::read(scratch.join(name)).expect("a file"));
    assert!(made.len() > 10_000 && made == other);
}

#[test]
fn a_place_that_cannot_be_written_is_told_and_asked_for_again() {
    let scratch = Scratch::new();
    let place = scratch.join("none/shop.md").display().to_string();
    let mut sitter = Sitter::at_sample("shop", (100, 30), Theme::default());
    sitter.press("r p Enter Ctrl-U").input(Input::Paste(place.clone()));
    sitter.press("Enter").until(|state| matches!(state.mode, Mode::Ask(_)));
    let screen = sitter.screen();
    assert!(screen.contains("그런 폴더가 없어요"), "{screen}");
    assert!(matches!(&sitter.state().mode, Mode::Ask(ask) if ask.field.text() == place));
}

#[test]
fn a_report_that_is_let_go_leaves_no_file() {
    let scratch = Scratch::new();
    let sitter = Sitter::at_sample("shop", (100, 30), Theme::default());
    let what = What::Report(Template::Default, Form::Markdown);
    let order = Order { path: scratch.join("shop.md"), what, lang: Lang::Ko, over: false };
    let mut steps = Vec::new();
    let left = carry_out(sitter.wall().history(), &order, &mut |done, all| {
        steps.push((done, all));
        if done < 4 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    assert_eq!((left, fs::read_dir(&*scratch).expect("a folder").count()), (None, 0));
    assert_eq!(steps, (0..5).map(|done| (done, steps[0].1)).collect::<Vec<_>>());
}

#[test]
fn it_says_how_far_it_has_come() {
    let mut state = State::new(Lang::En, Theme::default(), (60, 12));
    press(&mut state, "r p Enter Enter");
    let (board, projection) = (Board::default(), Projection::default());
    let scene = Scene::still(&board, &projection);
    assert_eq!(update(&mut state, &scene, Input::Reply(Reply::Progress(3, 9))), []);
    let mut buffer = ratatui::buffer::Buffer::default();
    squall::tui::view::draw(&state, &scene, &mut Default::default(), &mut buffer);
    insta::assert_snapshot!(crate::sitter::text_of(&buffer));
}

/// What reporting on a wall of so many events writes on a terminal.
fn written(notes: usize) -> String {
    let scratch = Scratch::new();
    let wall: String = (0..notes).map(|nth| format!("* e{nth}\n")).collect();
    scratch.file("wall.txt", wall);
    let run = |args: &[&str]| {
        let mut call = call(&scratch, args);
        call.cwd(&*scratch);
        let departure = Terminal::start(call, (100, 30)).leave();
        assert_eq!(departure.code, 0, "{}", departure.written);
        departure.written
    };
    run(&["import", "wall.txt", "-o", "wall"]);
    run(&["--lang", "en", "report", "wall", "--template", "onepage", "-o", "wall.md"])
}

#[test]
fn on_a_terminal_the_verb_tells_of_large_walls_alone_how_far_it_has_come() {
    let (large, small) = (written(2_000), written(1_999));
    assert!(large.contains("Making the report: 3 of 4\x1b[K\r\x1b[Kwrote the report"), "{large}");
    assert!(!small.contains("Making") && small.contains("wrote the report"), "{small}");
}
