//! The panel beside the wall: one row of [`TABS`] for each thing it can show.
//!
//! What stands in a tab is a list of small items, read from the wall once; an item becomes a row of words when it is
//! looked at.

use std::collections::BTreeMap;

use ratatui::layout::Rect as Area;

use super::actions::ACTIONS;
use super::list::{Choice, Row};
use super::state::{Effect, Scene, State};
use super::together::standing;
use crate::command::Command;
use crate::model::thing::text_of;
use crate::model::{EntryId, Id, Note, NoteKind, Point};
use crate::query::lint::{Finding, Fix, Severity};
use crate::query::{self, Branch};
use crate::session::company::{Mate, Reason, Role};
use crate::words::{Key, Lang, Said, say};

/// One tab.
pub struct Tab {
    /// Its name in the settings of a screen.
    pub name: &'static str,
    /// What it is called.
    pub words: Key,
    /// What it says where nothing stands in it.
    pub empty: &'static str,
    /// What stands in it.
    pub items: fn(&Scene<'_>) -> Vec<Item>,
}

macro_rules! tabs {
    ($($name:literal $items:ident;)*) => {
        [$(Tab {
            name: $name,
            words: Key(concat!("side-", $name)),
            empty: concat!("side-no-", $name),
            items: $items,
        },)*]
    };
}

/// Every tab, in the order of the panel.
pub static TABS: [Tab; 8] = tabs! {
    "outline" tree;
    "hotspots" hotspots;
    "history" history;
    "requirements" requirements;
    "shelf" shelf;
    "unsettled" unsettled;
    "findings" findings;
    "people" people;
};

/// The number of a tab.
pub fn tab(name: &str) -> usize {
    TABS.iter().position(|tab| tab.name == name).unwrap_or(0)
}

/// Rows above the items: the names of the tabs, a line.
pub const HEAD_ROWS: u16 = 2;
/// Rows below them: a line, and all that the chosen row says.
const FOOT_ROWS: u16 = 5;
/// The same of a finding, which says why it matters and what to do.
const FOOT_ROWS_OF_FINDING: u16 = 10;
/// Of a panel lower than this all is items.
const ROWS_WITH_FOOT: u16 = 14;
/// No wider than this where it lies over the wall.
const COLUMNS_MAX: u16 = 46;

/// The cells of the screen that the panel covers.
pub fn area(state: &State) -> Area {
    let ((w, h), bars) = (state.size(), state.bars());
    let columns = if state.dock() > 0 { state.dock() } else { w.min(COLUMNS_MAX) };
    let then = u16::from(state.then.is_some() && bars > 0);
    Area::new(w - columns, bars, columns, h.saturating_sub(2 * bars + then + state.tale_rows()))
}

/// How many rows of a tab are below its items.
pub fn foot_rows(area: Area, tab: usize) -> u16 {
    match area.height {
        ..ROWS_WITH_FOOT => 0,
        _ if TABS[tab].name == "findings" => FOOT_ROWS_OF_FINDING.min(area.height / 2),
        _ => FOOT_ROWS,
    }
}

/// How many items of a tab there is room for.
pub fn rows(area: Area, tab: usize) -> usize {
    let foot = foot_rows(area, tab);
    usize::from(area.height.saturating_sub(HEAD_ROWS + foot)).max(1)
}

/// The first item that is shown.
pub fn first_row(area: Area, tab: usize, row: usize, count: usize) -> usize {
    let rows = rows(area, tab);
    row.saturating_sub(rows / 2).min(count.saturating_sub(rows))
}

/// What a row is about.
#[derive(Clone, PartialEq, Debug)]
pub enum Item {
    /// A heading.
    Heading(&'static str),
    /// A line of the tree of the wall.
    Branch(Branch),
    /// A hotspot, with who sees to it and what comes next.
    Hotspot(Id),
    /// A deed, by its number from 0.
    Deed(usize),
    /// A requirement, by its id and its number from 1.
    Requirement(Id, usize),
    /// A note that was set aside.
    Aside(Id),
    /// What lint finds.
    Finding(Box<Finding>),
    /// So many findings that are not told before somebody asks.
    Silent(usize),
    /// A note with several wordings.
    Torn(Id),
    /// A wording whose note was removed by somebody who had not seen it: the wording, who
    /// worded it so, and the deed that removed it.
    Lost(String, String, usize),
    /// A deed that the relay does not take.
    Refused(EntryId, Reason),
    /// How it stands with the room.
    Standing,
    /// Somebody who is here, by their number in the room.
    Here(u32),
    /// A person, how many stickies they placed, how many votes they gave.
    Person(String, usize, u32),
    /// A note with so many votes.
    Voted(Id, u32),
}

fn tree(scene: &Scene<'_>) -> Vec<Item> {
    query::tree(scene.board, scene.projection).into_iter().map(Item::Branch).collect()
}

/// The notes that fit, in the order of time.
fn on_wall(scene: &Scene<'_>, fits: impl Fn(&Note) -> bool) -> Vec<Id> {
    let there = |id: &Id| scene.board.notes.get(id).is_some_and(&fits);
    scene.projection.timeline.iter().filter(there).collect()
}

/// Those nobody has answered come first.
fn hotspots(scene: &Scene<'_>) -> Vec<Item> {
    let of =
        |resolved| on_wall(scene, move |it| it.kind == NoteKind::Hotspot && it.is_resolved() == resolved);
    of(false).into_iter().chain(of(true)).map(Item::Hotspot).collect()
}

/// The newest comes first.
fn history(scene: &Scene<'_>) -> Vec<Item> {
    let count = scene.record.map_or(0, |record| record.memo.deeds(record.wall).len());
    (0..count).rev().map(Item::Deed).collect()
}

fn requirements(scene: &Scene<'_>) -> Vec<Item> {
    scene.board.requirements.keys().zip(1..).map(|(id, nth)| Item::Requirement(*id, nth)).collect()
}

fn shelf(scene: &Scene<'_>) -> Vec<Item> {
    let aside = scene.board.notes.values().filter(|note| note.aside().is_some());
    aside.map(|note| Item::Aside(note.id)).collect()
}

/// What lint tells, the gravest first, and how much more it would tell if it were asked.
fn findings(scene: &Scene<'_>) -> Vec<Item> {
    let Some((record, lint)) = scene.record.zip(scene.lint()) else { return Vec::new() };
    let (mut told, silent): (Vec<&Finding>, Vec<&Finding>) =
        lint.findings().partition(|finding| record.memo.tells(finding, lint));
    told.sort_by_key(|finding| finding.rule.severity);
    let groups = told.chunk_by(|one, other| one.rule.severity == other.rule.severity);
    let items = groups.flat_map(|group| {
        let heading = match group[0].rule.severity {
            Severity::Error => "side-errors",
            Severity::Warning => "side-warnings",
            Severity::Hint => "side-hints",
        };
        let found = group.iter().map(|finding| Item::Finding(Box::new((*finding).clone())));
        std::iter::once(Item::Heading(heading)).chain(found)
    });
    let silent = (!silent.is_empty()).then_some(Item::Silent(silent.len()));
    items.chain(silent).collect()
}

/// What somebody should look at because two people were at one sticky at once.
fn unsettled(scene: &Scene<'_>) -> Vec<Item> {
    let refused = scene.company.into_iter().flat_map(|company| &company.not_accepted);
    let mut items: Vec<Item> = refused.map(|(deed, why)| Item::Refused(*deed, *why)).collect();
    let torn = on_wall(scene, |note| note.wording.alternatives().len() > 1);
    items.extend(torn.into_iter().map(Item::Torn));
    if let Some(record) = scene.record {
        let deeds = record.memo.deeds(record.wall);
        for removed in record.wall.removed_while_reworded() {
            let deed = deeds.iter().position(|head| head.deed == removed.removed).unwrap_or(deeds.len());
            let by =
                |id: Id| record.wall.history().lines_of(id.entry).next().map(|line| line.entry.by.clone());
            let lost = removed.unseen.into_iter();
            items.extend(lost.map(|(id, text)| Item::Lost(text, by(id).unwrap_or_default(), deed)));
        }
    }
    items
}

/// Who is here, who is on the wall, and what has votes, the most first.
fn people(scene: &Scene<'_>) -> Vec<Item> {
    let mut people: BTreeMap<&str, (usize, u32)> = BTreeMap::new();
    let mut voted: BTreeMap<Id, u32> = BTreeMap::new();
    for note in scene.board.notes.values().filter(|note| !note.author.is_empty()) {
        people.entry(&note.author).or_default().0 += 1;
    }
    for vote in scene.board.votes.values().filter(|vote| vote.votes > 0) {
        people.entry(&vote.by).or_default().1 += vote.votes;
        *voted.entry(vote.note).or_default() += vote.votes;
    }
    let people = people.into_iter().map(|(name, (notes, votes))| Item::Person(name.into(), notes, votes));
    let mut voted: Vec<(Id, u32)> = voted.into_iter().collect();
    voted.sort_by_key(|(id, votes)| (std::cmp::Reverse(*votes), *id));
    let heading = (!voted.is_empty()).then_some(Item::Heading("side-votes"));
    let voted = voted.into_iter().map(|(id, votes)| Item::Voted(id, votes));
    let here = scene.company.map_or(&[][..], |company| &company.mates).iter().map(|mate| Item::Here(mate.n));
    let room = scene.company.map(|_| Item::Standing);
    let signed = scene.company.filter(|_| people.len() > 0).map(|_| Item::Heading("side-signed"));
    room.into_iter().chain(here).chain(signed).chain(people).chain(heading).chain(voted).collect()
}

impl Item {
    /// The row it is told by; nothing where what it is about is gone.
    pub fn row(&self, scene: &Scene<'_>, lang: Lang) -> Option<Row> {
        let note = |id: &Id| scene.board.notes.get(id);
        let telling = Row::telling();
        Some(match self {
            Item::Heading(key) => Row { text: say(lang, key).to_owned(), ..telling },
            Item::Branch(Branch { id: None, .. }) => {
                Row { text: say(lang, "side-no-context").to_owned(), ..telling }
            }
            Item::Branch(Branch { id: Some(id), depth }) => match scene.board.contexts.get(id) {
                Some(context) => Row {
                    left: "▪".to_owned(),
                    text: context.name().to_owned(),
                    choice: Choice::Go(*id),
                    ..telling
                },
                None => {
                    let row = of_note(note(id)?, Choice::Go(*id));
                    Row { text: "  ".repeat((*depth).into()) + &row.text, ..row }
                }
            },
            Item::Hotspot(id) => {
                let note = note(id)?;
                let next = text_of(&note.details, "next");
                let step = if next.is_empty() { String::new() } else { format!(" → {next}") };
                let owner = text_of(&note.details, "owner");
                let row = of_note(note, Choice::Go(*id));
                let mark = if note.is_resolved() { "✓" } else { "" };
                Row { text: row.text + &step, right: format!("{owner} {mark}").trim().to_owned(), ..row }
            }
            Item::Deed(nth) => deed(*nth, scene, lang)?,
            Item::Requirement(id, nth) => {
                let sentence = scene.board.requirements.get(id)?;
                let met: Vec<Id> = sentence.met_by().filter(|id| note(id).is_some()).collect();
                let right = if met.is_empty() {
                    say(lang, "side-unmet").to_owned()
                } else {
                    Said::new("side-met").with("count", met.len()).speak(lang)
                };
                let text = sentence.text().replace('\n', " ");
                Row { left: format!("{nth:>2}"), text, right, choice: Choice::Light(met), ..telling }
            }
            Item::Aside(id) => {
                let note = note(id)?;
                let back = Command::SetAside { notes: vec![*id], reason: None };
                let right = note.aside().unwrap_or_default().to_owned();
                Row { right, ..of_note(note, Choice::Ask(Effect::Perform(back))) }
            }
            Item::Finding(finding) => finding_row(finding, scene, lang),
            Item::Silent(count) => Row {
                left: "?".to_owned(),
                text: Said::new("side-silent").with("count", count).speak(lang),
                choice: ACTIONS
                    .iter()
                    .find(|row| row.name == "ask-lint")
                    .map_or(Choice::Nothing, |row| Choice::Run(row, None)),
                ..telling
            },
            Item::Torn(id) => {
                let note = note(id)?;
                let wordings = note.wording.alternatives();
                let (text, right) = (wordings.join(" ≠ ").replace('\n', " "), wordings.len().to_string());
                Row { text, right, ..of_note(note, Choice::Settle(*id)) }
            }
            Item::Lost(text, by, deed) => Row {
                left: "−".to_owned(),
                text: text.replace('\n', " "),
                right: match by.is_empty() {
                    true => say(lang, "side-lost").to_owned(),
                    false => Said::new("side-lost-to").with("name", by).speak(lang),
                },
                choice: Choice::Then(*deed),
                ..telling
            },
            Item::Refused(id, why) => {
                let record = scene.record?;
                let at = record.memo.deeds(record.wall).iter().position(|head| head.deed == *id)?;
                let told = record.memo.told(record.wall, at);
                Row {
                    left: "!".to_owned(),
                    text: told.iter().map(|said| said.speak(lang)).collect::<Vec<_>>().join(" · "),
                    right: Said::new(why.key()).speak(lang),
                    choice: Choice::Ask(Effect::Withdraw(*id)),
                    ..telling
                }
            }
            Item::Standing => Row { text: standing(scene.company?, None, true, lang), ..telling },
            Item::Here(n) => here(scene.company?.mate(*n)?, scene, lang),
            Item::Person(name, notes, votes) => Row {
                left: "@".to_owned(),
                text: name.clone(),
                right: Said::new("side-person").with("notes", notes).with("votes", votes).speak(lang),
                choice: Choice::Look(format!("by:\"{name}\"")),
                ..telling
            },
            Item::Voted(id, votes) => {
                Row { right: format!("▲{votes}"), ..of_note(note(id)?, Choice::Go(*id)) }
            }
        })
    }
}

/// A finding: its rule, its sentence, and whether a key mends it.
fn finding_row(finding: &Finding, scene: &Scene<'_>, lang: Lang) -> Row {
    let kind = finding.about.and_then(|id| scene.board.notes.get(&id)).map(|note| note.kind);
    let mends = finding.fix.as_ref().is_some_and(Fix::is_mechanical);
    Row {
        left: finding.rule.id.to_owned(),
        text: finding.said.speak(lang),
        right: if mends { say(lang, "side-mends").to_owned() } else { String::new() },
        kind,
        choice: Choice::Light(finding.about.into_iter().chain(finding.others.iter().copied()).collect()),
        ..Row::telling()
    }
}

/// Somebody who is here: what they may do, where they are, how far away.
fn here(mate: &Mate, scene: &Scene<'_>, lang: Lang) -> Row {
    let role = say(
        lang,
        match mate.role {
            Role::View => "role-view",
            Role::Edit => "role-edit",
            Role::Facilitate => "role-facilitate",
        },
    );
    let wording = |id: Id| Some(scene.board.notes.get(&id)?.text().replace('\n', " "));
    let (presence, place) = (&mate.presence, mate.place());
    let at = match (presence.typing.and_then(wording), presence.selection.first().copied().and_then(wording))
    {
        (Some(text), _) => Said::new("side-typing").with("text", text).speak(lang),
        (None, Some(text)) => format!("“{text}”"),
        (None, None) => place.and_then(|at| context_at(at, scene)).unwrap_or_default().to_owned(),
    };
    let rtt = presence.rtt.map(|ms| format!("{ms} ms"));
    let right: Vec<String> =
        [rtt.unwrap_or_default(), at].into_iter().filter(|part| !part.is_empty()).collect();
    Row {
        left: "◆".to_owned(),
        text: format!("{} · {role}", mate.name),
        right: right.join(" · "),
        hue: Some(mate.hue),
        choice: Choice::Person(mate.n),
        ..Row::telling()
    }
}

fn context_at<'a>(at: Point, scene: &Scene<'a>) -> Option<&'a str> {
    let context = scene.projection.frames.context_at(at)?;
    Some(scene.board.contexts.get(&context)?.name())
}

fn of_note(note: &Note, choice: Choice) -> Row {
    Row {
        left: note.kind.row().tag.to_string(),
        text: note.text().replace('\n', " "),
        kind: Some(note.kind),
        choice,
        ..Row::telling()
    }
}

/// When, who and what.
fn deed(nth: usize, scene: &Scene<'_>, lang: Lang) -> Option<Row> {
    let record = scene.record?;
    let head = record.memo.deeds(record.wall).get(nth)?;
    let when = head.when();
    let told: Vec<String> = record.memo.told(record.wall, nth).iter().map(|said| said.speak(lang)).collect();
    let by = if head.by.is_empty() { say(lang, "side-somebody") } else { &head.by };
    let again = match (head.undo, head.redo) {
        (Some(_), _) => say(lang, "side-undid"),
        (None, Some(_)) => say(lang, "side-redid"),
        (None, None) => "",
    };
    Some(Row {
        left: when.get(5..).unwrap_or(&when).to_owned(),
        text: format!("{by} {again}{}", if told.is_empty() { "·".to_owned() } else { told.join(" · ") }),
        choice: Choice::Then(nth + 1),
        ..Row::telling()
    })
}
