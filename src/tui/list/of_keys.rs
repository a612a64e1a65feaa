//! Lists that do not depend on what lies on the wall: keys, kinds, everything that can be done, levels, settings.

use super::{Choice, Row};
use crate::command::Command;
use crate::format::report::{Form, Template};
use crate::format::{FORMATS, Format};
use crate::model::kind::KindRow;
use crate::model::{Id, KINDS, Level, NoteKind};
use crate::session::config::{self, SETTINGS, Setting};
use crate::session::order::What;
use crate::tui::actions::{ACTIONS, Action, Place, places};
use crate::tui::keymap::Keymap;
use crate::tui::state::{Effect, Mode, Scene, State};
use crate::words::{Lang, Said, say};

/// Every row of the table with its keys, place by place: those that hold in what is behind first.
pub(super) fn help(behind: Option<&Mode>, state: &State, scene: &Scene<'_>) -> Vec<Row> {
    let here = places(behind.unwrap_or(&Mode::Wall), state.ground(scene));
    let mut elsewhere: Vec<Place> = ACTIONS.iter().map(|row| row.place).collect();
    elsewhere.dedup();
    elsewhere.retain(|place| !here.contains(place));
    let mut rows = Vec::new();
    for place in here.iter().chain(&elsewhere) {
        rows.push(Row { text: say(state.lang, heading(*place)).to_owned(), ..Row::telling() });
        rows.extend(ACTIONS.iter().filter(|action| action.place == *place).map(|action| Row {
            left: keys(action, &state.keys),
            text: action.told(state.lang),
            choice: if action.is_on_wall() { Choice::Run(action, None) } else { Choice::Nothing },
            also: also(action, None),
            ..Row::telling()
        }));
    }
    rows
}

/// What an action is called in every language, and its name in the settings.
pub(super) fn also(action: &Action, kind: Option<NoteKind>) -> String {
    let told = |lang| {
        let label = kind.map_or_else(String::new, |kind| kind.label(lang).to_owned());
        let others = action.also(lang).split(' ').map(|word| format!("\n{word}")).collect::<String>();
        format!("{} {label}{others}\n", action.told(lang))
    };
    Lang::ALL.map(told).concat() + action.name
}

/// The kinds of notes, those of this level first, each with what it stands for.
pub(super) fn legend(lang: Lang, level: Level) -> Vec<Row> {
    let here = KINDS.iter().filter(|row| row.kind.belongs_to(level));
    let elsewhere = KINDS.iter().filter(|row| !row.kind.belongs_to(level));
    let row = |row: &KindRow| Row {
        left: row.tag.to_string(),
        text: format!("{}: {}", row.kind.label(lang), say(lang, meaning(row.kind))),
        kind: Some(row.kind),
        also: Lang::ALL.map(|lang| row.kind.label(lang)).join("\n"),
        ..Row::telling()
    };
    let sign = |(sign, means): (&str, &'static str)| Row {
        left: sign.to_owned(),
        text: say(lang, means).to_owned(),
        ..Row::telling()
    };
    let signs = [("~", "legend-warning"), ("·", "legend-hint")].map(sign);
    here.chain(elsewhere).map(row).chain(signs).collect()
}

pub(super) fn meaning(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::DomainEvent => "legend-event",
        NoteKind::Command => "legend-command",
        NoteKind::Actor => "legend-actor",
        NoteKind::Policy => "legend-policy",
        NoteKind::ReadModel => "legend-read-model",
        NoteKind::ExternalSystem => "legend-system",
        NoteKind::Aggregate => "legend-aggregate",
        NoteKind::Hotspot => "legend-hotspot",
        NoteKind::Opportunity => "legend-opportunity",
        NoteKind::Value => "legend-value",
        NoteKind::UserInterface => "legend-screen",
        NoteKind::Time => "legend-time",
        NoteKind::Note => "legend-note",
    }
}

pub(super) fn heading(place: Place) -> &'static str {
    match place {
        Place::Wall => "place-wall",
        Place::Arrow => "place-arrow",
        Place::Write => "place-write",
        Place::Text => "place-text",
        Place::Field => "place-field",
        Place::Carry => "place-carry",
        Place::Alone => "place-alone",
        Place::Shape => "place-shape",
        Place::Jump => "place-jump",
        Place::Pick => "place-pick",
        Place::List => "place-list",
        Place::Find => "place-find",
        Place::Side => "place-side",
        Place::Requirements => "place-requirements",
        Place::Map => "place-map",
        Place::Findings => "place-findings",
        Place::Propose => "place-propose",
        Place::People => "place-people",
        Place::Room => "place-room",
        Place::Then => "place-then",
        Place::Tell => "place-tell",
        Place::Ask => "place-ask",
        Place::Path => "place-path",
        Place::Intake => "place-intake",
        Place::Line => "place-line",
        Place::Out => "place-out",
        Place::Any => "place-any",
    }
}

/// A row of the table with its keys.
pub(super) fn one(action: &'static Action, lang: Lang, map: &Keymap) -> Row {
    let choice = Choice::Run(action, None);
    Row { text: action.told(lang), right: keys(action, map), choice, ..Row::telling() }
}

/// Everything that can be done on the wall, each kind of note by itself.
pub(super) fn palette(lang: Lang, map: &Keymap, level: Level) -> Vec<Row> {
    let kinds = || KINDS.iter().map(|row| row.kind).filter(|kind| kind.belongs_to(level));
    let wall = ACTIONS.iter().filter(|action| action.is_on_wall());
    wall.flat_map(|action| {
        let row = |kind: Option<NoteKind>| Row {
            text: match kind {
                Some(kind) => format!("{}: {}", action.told(lang), kind.label(lang)),
                None => action.told(lang),
            },
            right: kind.map_or_else(|| keys(action, map), |kind| map.first(action, Some(kind))),
            left: kind.map(|kind| kind.row().tag.to_string()).unwrap_or_default(),
            kind,
            choice: Choice::Run(action, kind),
            also: also(action, kind),
            ..Row::telling()
        };
        if action.asks_kind() { kinds().map(|kind| row(Some(kind))).collect() } else { vec![row(None)] }
    })
    .collect()
}

pub(super) fn keys(action: &Action, map: &Keymap) -> String {
    map.keys(action).collect::<Vec<_>>().join(" · ")
}

pub(super) fn levels(lang: Lang) -> Vec<Row> {
    Level::ALL
        .into_iter()
        .map(|level| {
            let (name, meaning) = match level {
                Level::BigPicture => ("level-big-picture", "level-big-picture-means"),
                Level::Process => ("level-process", "level-process-means"),
                Level::Design => ("level-design", "level-design-means"),
            };
            let set = Command::Set { of: None, field: "level".to_owned(), value: level.id().into() };
            Row {
                text: say(lang, name).to_owned(),
                right: say(lang, meaning).to_owned(),
                choice: Choice::Ask(Effect::Perform(set)),
                ..Row::telling()
            }
        })
        .collect()
}

/// What a report may tell.
pub(super) fn reports(lang: Lang) -> Vec<Row> {
    let row = |template: Template| {
        let (name, meaning) = match template {
            Template::Default => ("handout-whole", "handout-whole-means"),
            Template::Onepage => ("handout-onepage", "handout-onepage-means"),
            Template::Bootcamp => ("handout-bootcamp", "handout-bootcamp-means"),
        };
        Row {
            text: say(lang, name).to_owned(),
            right: say(lang, meaning).to_owned(),
            choice: Choice::Make(What::Report(template, Form::Html)),
            also: template.name().to_owned(),
            ..Row::telling()
        }
    };
    Template::ALL.map(row).into()
}

/// The formats that a wall can be written in.
pub(super) fn exports(lang: Lang) -> Vec<Row> {
    let row = |format: &'static Format| Row {
        left: format.name.to_owned(),
        text: say(lang, format.about).to_owned(),
        choice: Choice::Export(format),
        also: Lang::ALL.map(|lang| say(lang, format.about)).join("\n"),
        ..Row::telling()
    };
    FORMATS.iter().filter(|format| format.write.is_some()).map(row).collect()
}

/// How much of the wall may be written.
pub(super) fn extents(format: &'static Format, context: Id, scene: &Scene<'_>, lang: Lang) -> Vec<Row> {
    let row = |text: &str, context| Row {
        text: text.to_owned(),
        choice: Choice::Make(What::Export(format, context)),
        ..Row::telling()
    };
    let name = scene.board.contexts.get(&context).map_or("", |context| context.name());
    let part = Said::new("export-part").with("name", name).speak(lang);
    vec![row(say(lang, "export-whole"), None), row(&part, Some(context))]
}

/// What can be set on the screen, and what it is set to.
pub(super) fn settings(state: &State) -> Vec<Row> {
    let row = |setting: &'static Setting| {
        let value = state.settings.get(setting.key);
        let choice = setting.choices.iter().find(|choice| choice.0 == value);
        Some(Row {
            text: setting.label?.say(state.lang).to_owned(),
            right: choice.map_or(value, |choice| choice.1.say(state.lang)).to_owned(),
            choice: Choice::Turn(setting),
            ..Row::telling()
        })
    };
    SETTINGS.iter().filter_map(row).collect()
}

/// The colours of people.
pub(super) fn hues(lang: Lang) -> Vec<Row> {
    let colors = Setting::named("color").map_or(&[][..], |setting| setting.choices);
    let row = |(hue, color): (usize, &config::Choice)| Row {
        left: "◆".to_owned(),
        text: color.1.say(lang).to_owned(),
        hue: Some(hue),
        choice: Choice::Ask(Effect::Set("color", color.0.to_owned())),
        ..Row::telling()
    };
    colors.iter().enumerate().map(row).collect()
}
