//! The line above the wall, which says what it is and whether it is kept, and the line below, which says what to press.

use unicode_width::UnicodeWidthStr;

use crate::model::text::SafeText;
use crate::model::{Level, NoteKind};
use crate::session::saves::Saved;
use crate::tui::actions::{ACTIONS, Action, Place};
use crate::tui::canvas::Canvas;
use crate::tui::state::{Asked, Mode, Scene, State, Target, Writing};
use crate::words::{Said, say};

/// The line above: title and level at the left; kept or not, zoom and number of notes at the right.
pub(super) fn head(state: &State, scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let (theme, w) = (state.theme, i32::from(state.size().0));
    canvas.fill(0, 0, (w, 1), theme.bar());
    let (kept, style) = match (scene.saved, scene.read_only) {
        (_, Some(_)) => ("bar-read-only", theme.dim()),
        (Saved::Saved, None) => ("bar-saved", theme.good()),
        (Saved::Saving(_), None) => ("bar-saving", theme.dim()),
        (Saved::NotSaved(_), None) => ("bar-not-saved", theme.warn()),
    };
    let kept = say(state.lang, kept);
    let count = Said::new("bar-notes").with("notes", scene.projection.space.len()).speak(state.lang);
    let figures = format!("{count}  {}% ", state.window.percent());
    let right = w - (kept.width() + 3 + figures.width()) as i32;
    let title = SafeText::line(scene.board.title());
    let title = if title.is_empty() { say(state.lang, "bar-untitled") } else { &*title };
    let mut x = canvas.print_within(1, 0, right - 2, title, theme.bar().patch(theme.accent()));
    let level = scene.board.level().map_or("", |level| say(state.lang, level_name(level)));
    if !level.is_empty() && x + 3 + (level.width() as i32) < right {
        x = canvas.print(x, 0, &format!(" · {level}"), theme.dim());
    }
    if x < right {
        let end = canvas.print(right, 0, kept, style);
        canvas.print(end + 3, 0, &figures, theme.dim());
    }
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::BigPicture => "level-big-picture",
        Level::Process => "level-process",
        Level::Design => "level-design",
    }
}

/// The line below: the question being asked, else what there is to tell, else the keys that matter now. Gives the cell
/// where the answer is typed.
pub(super) fn foot(state: &State, scene: &Scene<'_>, canvas: &mut Canvas<'_>) -> Option<(i32, i32)> {
    let (theme, (w, h)) = (state.theme, state.size());
    let (w, y) = (i32::from(w), i32::from(h) - 1);
    let failed = match scene.saved {
        Saved::NotSaved(why) => Some((why, true)),
        Saved::Saved | Saved::Saving(_) => None,
    };
    let told = state.told.as_ref().map(|told| (&told.said, told.bad)).or(failed);
    if let Mode::Ask(ask) = &state.mode {
        canvas.fill(0, y, (w, 1), theme.bar());
        let question = say(state.lang, question(&ask.what));
        let x = canvas.print(1, y, &format!("{question}  "), theme.bar().patch(theme.accent()));
        let before = ask.field.text()[..ask.field.cursor()].width() as i32;
        // A long answer slides to the left so that its cursor stays in sight.
        let slid = (x + before - w + 1).max(0);
        let mut room = canvas.part(x, y, (w - x, 1));
        room.print(x - slid, y, ask.field.text(), theme.bar());
        return Some((x + before - slid, y));
    }
    if let Some((said, bad)) = told {
        canvas.fill(0, y, (w, 1), theme.bar());
        let style = if bad { theme.warn() } else { theme.bar() };
        canvas.print_within(1, y, w - 2, &SafeText::line(&said.speak(state.lang)), style);
    } else if state.bars() > 0 {
        canvas.fill(0, y, (w, 1), theme.bar());
        keys(state, scene, (y, w), canvas);
    }
    None
}

fn question(what: &Asked) -> &'static str {
    match what {
        Asked::FrameName(_) => "ask-frame-name",
        Asked::Rename(_) => "ask-rename",
        Asked::AsideReason(_) => "ask-aside-reason",
        Asked::Label(_) => "ask-label",
        Asked::Title => "ask-title",
    }
}

/// Keys and what they do, as many as there is room for; the way to all the others at the right end.
fn keys(state: &State, scene: &Scene<'_>, (y, w): (i32, i32), canvas: &mut Canvas<'_>) {
    let theme = state.theme;
    let help = format!("? {}", told("help", state));
    let right = w - 1 - help.width() as i32;
    let on_wall = matches!(state.mode, Mode::Wall);
    if on_wall {
        let end = canvas.print(right, y, "?", theme.bar().patch(theme.accent()));
        canvas.print(end + 1, y, &told("help", state), theme.dim());
    }
    let room = if on_wall { right - 2 } else { w - 1 };
    let mut x = 1;
    for (key, mut words) in offered(state, scene) {
        if key == "u" {
            let Some(undo) = scene.undo else { continue };
            words = format!("{words}: {}", SafeText::line(&undo.speak(state.lang)));
        }
        let width = (key.width() + 1 + words.width()) as i32;
        if x + width > room {
            break;
        }
        let end = canvas.print(x, y, &key, theme.bar().patch(theme.accent()));
        x = canvas.print(end + 1, y, &words, theme.dim()) + 3;
    }
}

fn told(name: &str, state: &State) -> String {
    row(name).map_or_else(String::new, |row| row.told(state.lang))
}

fn row(name: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|row| row.name == name)
}

/// The keys that matter now, the most important first.
fn offered(state: &State, scene: &Scene<'_>) -> Vec<(String, String)> {
    if !state.prefix.is_empty() {
        return continuations(state);
    }
    let main = state.main.and_then(|id| scene.board.notes.get(&id));
    let names: &[&str] = match &state.mode {
        Mode::Wall if state.main.is_some_and(|id| scene.board.arrows.contains_key(&id)) => {
            &["edit", "sync", "async", "remove", "next-arrow", "undo", "out"]
        }
        Mode::Wall if main.is_some_and(|note| note.wording.alternatives().len() > 1) => {
            &["wordings", "edit", "next", "arrow-to", "carry", "undo"]
        }
        Mode::Wall if main.is_some_and(|note| note.kind == NoteKind::Hotspot) => {
            &["edit", "resolved", "carry", "remove", "aside", "undo"]
        }
        Mode::Wall if main.is_some() => {
            &["edit", "next", "cause", "alternative", "hotspot", "arrow-to", "carry", "undo"]
        }
        Mode::Wall if state.main.is_some() => &["edit", "carry", "remove", "undo", "out"],
        Mode::Wall if scene.board.is_empty() => {
            &["new-after", "new-kind", "title", "level", "palette", "undo", "quit"]
        }
        Mode::Wall => &["new-after", "jump", "find", "fit", "contexts", "palette", "undo", "quit"],
        Mode::Write(Writing { target: Target::New(_), .. }) => {
            &["save", "save-next", "other-kind", "text-break", "leave"]
        }
        Mode::Write(_) => &["save", "save-next", "text-break", "leave"],
        Mode::Carry(_) => &["carry-right", "carry-far-right", "drop", "leave"],
        Mode::Pick(_) => &["pick-sync", "pick-async", "leave"],
        Mode::List(_) => &["list-take", "list-down", "leave"],
        Mode::Ask(_) | Mode::Pull { .. } | Mode::Sweep { .. } | Mode::Pan { .. } => &["leave"],
    };
    let offer = |name: &&str| row(name).map(|row| (row.keys[0].replace("KIND", "…"), row.told(state.lang)));
    let letters = matches!(state.mode, Mode::Pick(_))
        .then(|| ("a…z".to_owned(), say(state.lang, "hint-pick").to_owned()));
    letters.into_iter().chain(names.iter().filter_map(offer)).collect()
}

/// What the keys of a sequence may go on with.
fn continuations(state: &State) -> Vec<(String, String)> {
    let begun = state.prefix.len();
    let goes_on = |way: &&&str| {
        let keys: Option<Vec<_>> = way.split(' ').take(begun).map(|key| key.parse().ok()).collect();
        way.split(' ').count() > begun && keys.as_deref() == Some(&state.prefix)
    };
    let wall = ACTIONS.iter().filter(|row| row.place == Place::Wall);
    wall.flat_map(|row| row.keys.iter().filter(goes_on).map(move |way| (row, way)))
        .map(|(row, way)| {
            let rest: Vec<&str> = way.split(' ').skip(begun).collect();
            (rest.join(" ").replace("KIND", "e c p r a s g ! o $ u t n"), row.told(state.lang))
        })
        .collect()
}
