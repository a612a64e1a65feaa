//! What a screen knows of the others beside what the session tells of them, and what it tells them of its person.

use std::time::Duration;

use super::state::{Mode, Scene, State, Target, Writing};
use super::view::carried;
use crate::model::{Id, Point, Rect};
use crate::session::company::{Company, Mate, Net, Ping, Presence};
use crate::words::{Lang, Said, say};

/// So many chosen things are told to others.
const SELECTED_MAX: usize = 48;
/// So many dragged things are told to others.
const DRAGGED_MAX: usize = 32;
/// How long each picture of a pulse is seen.
pub(super) const PULSE: Duration = Duration::from_millis(250);
/// How many pictures a pulse has.
pub const PULSE_TICKS: u8 = 16;

/// What a screen knows of the others.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Together {
    /// The member whose view this screen shows until its person looks elsewhere.
    pub follow: Option<u32>,
    /// The member whose row is chosen in the panel.
    pub person: Option<u32>,
    /// Where somebody asks to look, just now.
    pub pulses: Vec<Pulse>,
    /// Where the person asked others to look last.
    pub ping: Option<Ping>,
    /// Where on the wall the mouse was last, if nothing was typed since.
    pub pointer: Option<Point>,
    /// Whether the links let nobody new in, as far as was heard.
    pub are_links_locked: bool,
    /// Whether the person has asked to end the room once.
    pub(super) is_ending: bool,
}

/// "Look here", while it is to be seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pulse {
    /// Who asks.
    pub name: String,
    /// Their colour; none where it is the person at this screen.
    pub hue: Option<usize>,
    /// Where.
    pub at: Point,
    /// How many pictures of it are left.
    pub left: u8,
}

/// What the others are told of the person before this screen.
pub fn presence(state: &State, scene: &Scene<'_>) -> Presence {
    let ping = state.together.ping;
    if state.then.is_some() {
        return Presence { ping, ..Presence::default() };
    }
    let place = |id: Id| {
        let tile = scene.projection.space.tile(id).map(|tile| tile.rect);
        tile.or_else(|| scene.projection.frames.rect(id))
    };
    let (mut typing, mut drag, mut at) = (None, Vec::new(), state.main.and_then(place).map(Rect::center));
    match &state.mode {
        Mode::Write(Writing { target: Target::Old(id), .. }) => typing = Some(*id),
        Mode::Write(Writing { target: Target::New(draft), .. }) => at = Some(draft.rect(scene).center()),
        Mode::Carry(carry) if carry.by != Point::default() => {
            let along = carried(carry, scene);
            let rest = || along.iter().copied().filter(|id| !carry.things.contains(id));
            let moved = carry.things.iter().copied().chain(rest());
            let to = |id| Some((id, place(id)?.at.shifted(carry.by)));
            drag = moved.filter_map(to).take(DRAGGED_MAX).collect();
            drag.sort_unstable_by_key(|(id, _)| *id);
        }
        _ => {}
    }
    let chosen = state.main.iter().chain(state.marked.iter().filter(|id| Some(**id) != state.main));
    // Who follows somebody shows others what that one sees: two who follow each other come to rest.
    let followed = state.together.follow.and_then(|n| scene.company?.mate(n));
    let view = followed.and_then(|mate| mate.presence.view).unwrap_or_else(|| state.window.view());
    Presence {
        cursor: state.together.pointer.or(at),
        selection: chosen.copied().take(SELECTED_MAX).collect(),
        typing,
        drag,
        view: Some(view),
        ping,
        ..Presence::default()
    }
}

/// Whoever else is typing in the note that is worded on this screen.
pub fn also_typing<'a>(state: &State, scene: &Scene<'a>) -> Option<&'a Mate> {
    let Mode::Write(Writing { target: Target::Old(id), .. }) = &state.mode else { return None };
    scene.company?.mates.iter().find(|mate| mate.presence.typing == Some(*id))
}

/// How it stands with the room: in a few words, or in all.
pub fn standing(company: &Company, follow: Option<u32>, all: bool, lang: Lang) -> String {
    let status = company.status;
    let word = |key: &'static str| say(lang, key).to_owned();
    let mut parts = Vec::new();
    parts.push(match status.net {
        Net::Live => word("net-live"),
        Net::CatchingUp => word("net-catching-up"),
        Net::Connecting => word("net-connecting"),
        Net::Offline { .. } => word("net-offline"),
    });
    if let Net::Offline { .. } = status.net {
        parts.extend(company.why.as_ref().filter(|_| all || company.is_over()).map(|why| why.speak(lang)));
        match company.retry_in {
            Some(seconds) => parts.push(Said::new("net-again").with("seconds", seconds).speak(lang)),
            None => parts.extend(all.then(|| word("net-stays-off"))),
        }
    }
    if status.waiting > 0 {
        parts.push(Said::new("net-waiting").with("count", status.waiting).speak(lang));
    }
    if status.refused > 0 {
        parts.push(Said::new("net-refused").with("count", status.refused).speak(lang));
    }
    if status.net == Net::Live && status.waiting == 0 {
        if all {
            parts.push(word(if company.is_here { "net-saved" } else { "net-kept" }));
        }
        if status.seen_by > 0 {
            parts.push(Said::new("net-seen").with("count", status.seen_by).speak(lang));
        }
    }
    if let Some(mate) = follow.and_then(|n| company.mate(n)) {
        parts.push(Said::new("net-following").with("name", &mate.name).speak(lang));
    }
    parts.join(" · ")
}
