//! The line above the wall, which says what it is and whether it is kept, and the line below, which says what to press.

use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use crate::format::text::completions;
use crate::model::field::FIELDS;
use crate::model::text::{SafeText, wrap};
use crate::model::{Frame, Id, Level, NoteKind};
use crate::session::company::Net;
use crate::session::order::What;
use crate::session::saves::Saved;
use crate::tui::actions::{ACTIONS, Action, Ground, Place};
use crate::tui::canvas::{Canvas, fitting};
use crate::tui::field::Field;
use crate::tui::state::{Aim, Asked, Listed, Mode, Pick, Scene, State, Target, Writing};
use crate::tui::together::{also_typing, standing};
use crate::words::{Lang, Said, say};

/// No sentence at the bottom takes more lines.
const SENTENCE_ROWS_MAX: usize = 6;

/// Columns that the title has at least.
const TITLE_COLUMNS: i32 = 12;

/// The line above: title and level at the left; kept or not, zoom and number of notes at the right.
pub(super) fn head(state: &State, scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let (theme, w) = (state.theme, i32::from(state.size().0));
    canvas.fill(0, 0, (w, 1), theme.bar());
    let (kept, style) = match (scene.saved, scene.read_only) {
        _ if state.then.is_some() => ("bar-then", theme.warn()),
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
    let (net, style_of_net) = standing_within(state, scene, right - TITLE_COLUMNS);
    let net_width = if net.is_empty() { 0 } else { net.width() as i32 + 3 };
    let mut x = canvas.print_within(1, 0, right - 2 - net_width, title, theme.bar().patch(theme.accent()));
    let right_of_net = right;
    let right = right - net_width;
    canvas.print(right, 0, &net, style_of_net);
    let level = scene.board.level().map_or("", |level| say(state.lang, level_name(level)));
    if !level.is_empty() && x + 3 + (level.width() as i32) < right {
        x = canvas.print(x, 0, &format!(" · {level}"), theme.dim());
    }
    if x < right_of_net {
        let end = canvas.print(right_of_net, 0, kept, style);
        canvas.print(end + 3, 0, &figures, theme.dim());
    }
}

/// How it stands with the room, all of it where that leaves half of the columns to the rest, and how it is painted.
fn standing_within(state: &State, scene: &Scene<'_>, columns: i32) -> (String, Style) {
    let Some(company) = scene.company else { return Default::default() };
    let follow = state.together.follow;
    let all = standing(company, follow, true, state.lang);
    let short = standing(company, follow, false, state.lang);
    let text = if all.width() as i32 <= columns / 2 { all } else { short };
    let text = SafeText::line(fitting(&text, columns)).into_string();
    let style = match company.status.net {
        _ if company.status.refused > 0 => state.theme.warn(),
        Net::Live => state.theme.good(),
        Net::Offline { .. } => state.theme.warn(),
        Net::Connecting | Net::CatchingUp => state.theme.dim(),
    };
    (text, style)
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
    match &state.mode {
        Mode::Ask(ask) => {
            if let Some(told) = &state.told {
                let styles = told_styles(told.bad, theme.panel(), state);
                sentence(&told.said.speak(state.lang), (y - 1, w), styles, canvas);
            } else if !ask.offers.texts.is_empty() {
                sentence(&ask.offers.texts.join("  "), (y - 1, w), (theme.panel(), theme.dim()), canvas);
            }
            return Some(prompt(state, question(&ask.what, state.lang), &ask.field, canvas));
        }
        Mode::Line(line) => {
            let at = prompt(state, say(state.lang, "ask-line"), &line.field, canvas);
            offers(state, scene, &line.field, told, canvas);
            return Some(at);
        }
        Mode::Wall
        | Mode::Write(_)
        | Mode::Carry(_)
        | Mode::Shape(_)
        | Mode::Pick(_)
        | Mode::List(_)
        | Mode::Pull { .. }
        | Mode::Sweep { .. }
        | Mode::Pan { .. }
        | Mode::Side
        | Mode::Map(_)
        | Mode::Tell(_)
        | Mode::Propose(_)
        | Mode::Making(_) => {}
    }
    if let Some((said, bad)) = told {
        sentence(&said.speak(state.lang), (y, w), told_styles(bad, theme.bar(), state), canvas);
    } else if state.bars() > 0 {
        canvas.fill(0, y, (w, 1), theme.bar());
        keys(state, scene, (y, w), canvas);
    }
    None
}

/// The ground of a line, and the ink of what is told in it.
fn told_styles(bad: bool, ground: Style, state: &State) -> (Style, Style) {
    (ground, if bad { ground.patch(state.theme.warn()) } else { ground })
}

/// A sentence whose last line is this one; where it is long it takes lines above.
pub(in crate::tui) fn sentence(
    text: &str,
    (y, w): (i32, i32),
    (ground, ink): (Style, Style),
    canvas: &mut Canvas<'_>,
) {
    let text = SafeText::line(text);
    let lines = wrap(&text, (w - 2).max(1) as usize);
    let lines = &lines[..lines.len().min(SENTENCE_ROWS_MAX)];
    for (row, line) in (y + 1 - lines.len() as i32..).zip(lines) {
        canvas.fill(0, row, (w, 1), ground);
        canvas.print_within(1, row, w - 2, line, ink);
    }
}

/// A question and its answer in the line below; gives the cell where it is typed.
fn prompt(state: &State, question: &str, field: &Field, canvas: &mut Canvas<'_>) -> (i32, i32) {
    let (theme, (w, h)) = (state.theme, state.size());
    let (w, y) = (i32::from(w), i32::from(h) - 1);
    canvas.fill(0, y, (w, 1), theme.bar());
    let x = canvas.print(1, y, &format!("{question}  "), theme.bar().patch(theme.accent()));
    let before = field.text()[..field.cursor()].width() as i32;
    // A long answer slides to the left so that its cursor stays in sight.
    let slid = (x + before - w + 1).max(0);
    canvas.part(x, y, (w - x, 1)).print(x - slid, y, field.text(), theme.bar());
    (x + before - slid, y)
}

/// Above the line: what there is to tell of the row before, else the wordings that Tab may complete, else how to begin.
fn offers(
    state: &State,
    scene: &Scene<'_>,
    field: &Field,
    told: Option<(&Said, bool)>,
    canvas: &mut Canvas<'_>,
) {
    let (theme, (w, h)) = (state.theme, state.size());
    let (w, y) = (i32::from(w), i32::from(h) - 2);
    let wordings = completions(scene.board, field.text(), field.cursor()).wordings;
    canvas.fill(0, y, (w, 1), theme.panel());
    if let Some((said, bad)) = told {
        sentence(&said.speak(state.lang), (y, w), told_styles(bad, theme.panel(), state), canvas);
    } else if wordings.is_empty() {
        let hint = match scene.level() {
            Level::BigPicture => say(state.lang, "hint-line-events"),
            Level::Process | Level::Design => say(state.lang, "hint-line"),
        };
        canvas.print_within(1, y, w - 2, hint, theme.dim());
    } else {
        let x = canvas.print(1, y, "Tab ", theme.panel().patch(theme.accent()));
        canvas.print_within(x, y, w - x - 1, &SafeText::line(&wordings.join("  ·  ")), theme.panel());
    }
}

fn question(what: &Asked, lang: Lang) -> &'static str {
    let key = match what {
        Asked::FrameName(Frame::Context, _) => "ask-frame-name",
        Asked::FrameName(Frame::Subdomain, _) => "ask-subdomain-name",
        Asked::LaneName(_) => "ask-lane-name",
        Asked::Rename(_) => "ask-rename",
        Asked::AsideReason(_) => "ask-aside-reason",
        Asked::Label(_) => "ask-label",
        Asked::Title => "ask-title",
        Asked::Requirement | Asked::Sentence(_) => "ask-requirement",
        Asked::OldTerm => "ask-old-term",
        Asked::NewTerm(_) => "ask-new-term",
        Asked::Setting(_) => "ask-setting",
        Asked::Name => "ask-name",
        Asked::Source => "ask-source",
        Asked::Place(What::Report(..), _) => "ask-report-path",
        Asked::Place(What::Export(format, context), _) if format.is_folder(*context) => "ask-export-folder",
        Asked::Place(What::Export(..), _) => "ask-export-path",
        Asked::Field(_, name) => {
            let row = FIELDS.iter().find(|row| row.name == *name);
            return row.map_or(name, |row| row.label(lang == Lang::Ko));
        }
    };
    say(lang, key)
}

/// Keys and what they do, as many as there is room for; at the right end what undo would take back, and the way to all
/// the others.
fn keys(state: &State, scene: &Scene<'_>, (y, w): (i32, i32), canvas: &mut Canvas<'_>) {
    let (key_style, style) = (state.theme.bar().patch(state.theme.accent()), state.theme.dim());
    let mut right = w - 1;
    if matches!(state.mode, Mode::Wall) && state.prefix.is_empty() {
        let undo = scene.undo.map(|undo| format!("{}: {}", told("undo", state), undo.speak(state.lang)));
        let undo = undo.filter(|_| state.then.is_none());
        let help = if state.keys.letters_type() { "help-here" } else { "help" };
        for (name, words) in [(help, Some(told("help", state))), ("undo", undo)] {
            let Some((words, key)) = words.zip(row(name).map(|row| state.keys.first(row, None))) else {
                continue;
            };
            let words = SafeText::line(&words).into_string();
            // However much undo has to tell, it leaves most of the line to keys.
            let width = (words.width() as i32).min(w / 3);
            let end = canvas.print(right - width - 1 - key.width() as i32, y, &key, key_style);
            canvas.print_within(end + 1, y, width, &words, style);
            right -= width + 4 + key.width() as i32;
        }
    }
    let mut x = 1;
    if let Some(mate) = also_typing(state, scene) {
        let said = Said::new("hint-also-typing").with("name", &mate.name).speak(state.lang);
        x = canvas.print_within(x, y, right - x, &SafeText::line(&said), state.theme.warn()) + 3;
    }
    if state.hangul {
        x = canvas.print(x, y, say(state.lang, "hint-hangul"), state.theme.warn()) + 3;
    }
    for (key, words) in offered(state, scene) {
        let width = (key.width() + 1 + words.width()) as i32;
        if x + width > right {
            break;
        }
        let end = canvas.print(x, y, &key, key_style);
        x = canvas.print(end + 1, y, &words, style) + 3;
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
    if !state.prefix.is_empty() && state.waited {
        // The ways to go on stand above already.
        let out = row("leave").map(|row| (state.keys.first(row, None), row.told(state.lang)));
        return out.into_iter().collect();
    }
    if !state.prefix.is_empty() {
        let begun = state.keys.continuations(&[Place::Wall, Place::Room], &state.prefix);
        return begun.into_iter().map(|(keys, row)| (keys, row.told(state.lang))).collect();
    }
    let main = state.main.and_then(|id| scene.board.notes.get(&id));
    let names: &[&str] = match &state.mode {
        Mode::Wall if state.then.is_some() => {
            &["then-now", "then-play", "then-back", "then-on", "then-first", "then-faster", "side-history"]
        }
        Mode::Wall if !state.down.is_empty() => &["what-if", "out", "right", "contexts", "jump"],
        Mode::Wall if state.span.is_some() => &["right", "down", "span", "frame", "carry", "out"],
        Mode::Wall if state.marked.len() > 1 => {
            &["frame", "carry", "tidy", "align-middle", "recast", "copy", "remove", "out"]
        }
        Mode::Wall if state.main.is_some_and(|id| scene.board.arrows.contains_key(&id)) => {
            &["edit", "sync", "async", "remove", "next-arrow", "out"]
        }
        Mode::Wall if main.is_some_and(|note| note.wording.alternatives().len() > 1) => {
            &["wordings", "edit", "next", "arrow-to", "carry"]
        }
        Mode::Wall if main.is_some_and(|note| note.kind == NoteKind::Hotspot) => {
            &["edit", "resolved", "carry", "remove", "aside"]
        }
        Mode::Wall if main.is_some() => {
            &["edit", "next", "cause", "alternative", "hotspot", "arrow-to", "carry"]
        }
        Mode::Wall if has_frame(state.main.as_slice(), scene) => {
            &["edit", "carry", "resize", "select-context", "remove", "out"]
        }
        Mode::Wall if state.main.is_some() => &["edit", "carry", "remove", "out"],
        Mode::Wall if scene.board.is_empty() => {
            &["new-after", "new-kind", "title", "level", "palette", "quit"]
        }
        Mode::Wall if state.together.follow.is_some() => {
            &["follow", "look-here", "people", "palette", "quit"]
        }
        Mode::Wall if scene.company.is_some_and(|company| !company.mates.is_empty()) => {
            &["new-after", "jump", "people", "follow", "look-here", "find", "palette", "quit"]
        }
        Mode::Wall => &["new-after", "jump", "find", "fit", "contexts", "palette", "quit"],
        Mode::Write(Writing { target: Target::New(_), .. }) => {
            &["save", "save-next", "other-kind", "text-break", "leave"]
        }
        Mode::Write(_) => &["save", "save-next", "text-break", "leave"],
        Mode::Carry(carry) if has_frame(&carry.things, scene) => {
            &["carry-right", "carry-far-right", "carry-alone", "drop", "leave"]
        }
        Mode::Carry(_) => &["carry-right", "carry-far-right", "drop", "leave"],
        Mode::Shape(_) => &["carry-right", "carry-far-right", "other-corner", "drop", "leave"],
        Mode::Pick(Pick { aim: Aim::Jump, .. }) => &["jump-other", "leave"],
        Mode::Pick(_) => &["pick-sync", "pick-async", "leave"],
        Mode::Side if state.ground(scene) == Ground::Requirements => {
            &["requirement-new", "requirement-edit", "requirement-meet", "requirement-remove", "leave"]
        }
        Mode::Side if state.ground(scene) == Ground::Findings => &[
            "side-take",
            "finding-fix",
            "finding-dismiss",
            "leave",
            "finding-ask",
            "finding-off",
            "finding-all",
        ],
        Mode::Side if state.ground(scene) == Ground::People => {
            let facilitates = scene.company.is_some_and(|company| company.facilitates());
            match facilitates {
                true => &[
                    "side-take",
                    "person-follow",
                    "person-viewer",
                    "person-editor",
                    "person-kick",
                    "bring",
                    "leave",
                ],
                false => &["side-take", "person-follow", "side-next", "side-close", "leave"],
            }
        }
        Mode::Side => &["side-take", "side-next", "side-down", "side-close", "leave"],
        mode if mode.waits() => &["leave"],
        Mode::Propose(_) => {
            &["accept", "accept-all", "other-proposal", "other-method", "finer", "coarser", "leave"]
        }
        Mode::Map(_) => &["map-go", "map-back", "map-later", "map-right", "map-pan-right"],
        Mode::Tell(_) => &["tell-on", "tell-back", "leave", "tell-turn", "tell-stay"],
        Mode::List(list) if list.what == Listed::Intake => {
            match state.incoming.as_ref().is_some_and(|incoming| !incoming.labels.is_empty()) {
                true => &["intake-take", "intake-kind-on", "intake-kind-back", "list-down", "leave"],
                false => &["intake-take", "list-down", "leave"],
            }
        }
        Mode::List(_) => &["list-take", "list-down", "leave"],
        Mode::Making(_)
        | Mode::Ask(_)
        | Mode::Line(_)
        | Mode::Pull { .. }
        | Mode::Sweep { .. }
        | Mode::Pan { .. } => &["leave"],
    };
    let is_down = matches!(state.mode, Mode::Wall) && !state.down.is_empty();
    let words = |row: &Action| match row.name {
        "out" if is_down => say(state.lang, "hint-all-up").to_owned(),
        _ => row.told(state.lang),
    };
    let offer = |name: &&str| {
        row(name).map(|row| (state.keys.first(row, None), words(row))).filter(|(key, _)| !key.is_empty())
    };
    let letters = matches!(state.mode, Mode::Pick(_))
        .then(|| ("a…z".to_owned(), say(state.lang, "hint-pick").to_owned()));
    letters.into_iter().chain(names.iter().filter_map(offer)).collect()
}

fn has_frame(things: &[Id], scene: &Scene<'_>) -> bool {
    things.iter().any(|id| scene.board.contexts.contains_key(id))
}
