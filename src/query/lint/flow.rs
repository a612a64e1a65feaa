//! What a note comes from and leads to.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::at::{At, Wall};
use super::finding::{Fix, Found};
use super::wording::shown;
use crate::model::NoteKind::{
    self, Actor, Aggregate, Command, DomainEvent, ExternalSystem, Hotspot, Policy, ReadModel, Time,
    UserInterface,
};
use crate::model::{Id, Note, Rect};

/// How many steps a loop may have and still be seen as one: three times round policy, command, aggregate, event.
pub(super) const LOOP_STEPS_MAX: usize = 12;
/// Behind so many notes a loop is no longer looked for: the way round would be told to nobody's use.
const LOOP_NOTES_MAX: usize = 500;
/// A question this near to a failure asks about it.
pub(super) const BESIDE: i32 = 2;

fn unless(at: &At<'_>, is_well: bool) -> Option<Found> {
    (!is_well).then(|| Found::default().with("text", shown(at.text())))
}

pub(super) fn event_without_source(at: &At<'_>) -> Option<Found> {
    unless(at, at.comes_from(&[Command, Aggregate, ExternalSystem, Time, Policy]))
}

pub(super) fn command_of_nobody(at: &At<'_>) -> Option<Found> {
    unless(at, at.comes_from(&[Actor, Policy, ExternalSystem, Time, UserInterface]))
}

pub(super) fn command_without_event(at: &At<'_>) -> Option<Found> {
    let mut taken =
        at.wall.after(at.note.id).filter(|(_, it)| [Aggregate, ExternalSystem].contains(&it.kind));
    let mut by_taker = || taken.any(|(_, taker)| at.wall.leads_to(taker.id, &[DomainEvent]));
    unless(at, at.leads_to(&[DomainEvent]) || by_taker())
}

pub(super) fn blind_actor(at: &At<'_>) -> Option<Found> {
    let commands = || at.wall.after(at.note.id).filter(|(_, it)| it.kind == Command);
    let is_informed = |note: &Note| at.wall.comes_from(note.id, &[ReadModel, UserInterface]);
    let first = commands().next()?.1;
    let is_well = is_informed(at.note) || commands().any(|(_, command)| is_informed(command));
    Some(unless(at, is_well)?.with("command", shown(first.text())).beside(commands().map(|(_, it)| it.id)))
}

pub(super) fn policy_without_trigger(at: &At<'_>) -> Option<Found> {
    unless(at, at.comes_from(&[DomainEvent, Time]))
}

pub(super) fn policy_without_command(at: &At<'_>) -> Option<Found> {
    unless(at, at.leads_to(&[Command, DomainEvent]))
}

/// An event that leads straight to this command.
pub(super) fn command_by_event(at: &At<'_>) -> Option<Found> {
    let (_, event) = at.wall.before(at.note.id).find(|(_, it)| it.kind == DomainEvent)?;
    let found = Found::default().with("event", shown(event.text())).with("text", shown(at.text()));
    Some(found.beside([event.id]).mended(Some(Fix::PlacePolicyBetween(event.id, at.note.id))))
}

pub(super) fn without_aggregate(at: &At<'_>) -> Option<Found> {
    let is_command = at.note.kind == Command;
    let keepers = [Aggregate, ExternalSystem, Time];
    unless(at, if is_command { at.leads_to(&keepers[..2]) } else { at.comes_from(&keepers) })
}

pub(super) fn unfed_read_model(at: &At<'_>) -> Option<Found> {
    unless(at, at.comes_from(&[DomainEvent, ExternalSystem]))
}

pub(super) fn lone_system(at: &At<'_>) -> Option<Found> {
    let mut joined = at.wall.projection.flow.from(at.note.id).chain(at.wall.projection.flow.to(at.note.id));
    unless(at, joined.next().is_some())
}

pub(super) fn unanswered_failure(at: &At<'_>) -> Option<Found> {
    let is_answer = |note: &Note| [Policy, Command, Hotspot].contains(&note.kind);
    let is_failure = at.phrase().is_completed() && at.phrase().is_failure();
    let answered = || {
        let asks = |id: Id| at.wall.note(id).is_some_and(|note| note.kind == Hotspot);
        at.wall.after(at.note.id).any(|(_, note)| is_answer(note))
            || at.wall.before(at.note.id).any(|(_, note)| note.kind == Hotspot)
            || at.wall.projection.space.stuck_on(at.note.id).iter().any(|id| asks(*id))
            || is_kind_within(at.wall, at.note.rect().grown(BESIDE), Hotspot)
    };
    unless(at, !is_failure || answered())
}

fn is_kind_within(wall: &Wall<'_>, rect: Rect, kind: NoteKind) -> bool {
    let mut is_there = false;
    wall.projection.space.visit(rect, |tile| is_there |= tile.kind == kind);
    is_there
}

/// The shortest way from a policy back to it, unless a policy with a smaller id lies on it, which tells it then, or
/// somebody has said how it ends: by marking it as a loop, or by a note stuck on it.
pub(super) fn endless_loop(at: &At<'_>) -> Option<Found> {
    let around = shortest_loop(at)?;
    let notes = || around.iter().filter_map(|id| at.wall.note(*id));
    let is_first = notes().all(|note| note.kind != Policy || note.id >= at.note.id);
    let ends = |id: &Id| {
        let stuck = at.wall.projection.space.stuck_on(*id).iter().filter_map(|it| at.wall.note(*it));
        stuck.into_iter().any(|note| [NoteKind::Note, Hotspot].contains(&note.kind))
    };
    let next = |id: &Id| around[(around.iter().position(|it| it == id).unwrap_or(0) + 1) % around.len()];
    let is_marked =
        |id: &Id| at.wall.projection.flow.from(*id).any(|edge| edge.to == next(id) && at.wall.is_loop(edge));
    let is_told = !is_first || around.iter().any(|id| ends(id) || is_marked(id));
    Some(unless(at, is_told)?.beside(around.into_iter().skip(1)))
}

/// The notes of the shortest loop through a policy that gives a command and is closed by an event, the policy first; of
/// equally short ones always the same. Steps that lead straight back, as where arrows are drawn both ways, hide none.
fn shortest_loop(at: &At<'_>) -> Option<Vec<Id>> {
    let start = (at.note.id, false);
    // Each note twice: as it is come to before a command on the way, and behind one.
    let mut came_from: BTreeMap<(Id, bool), (Id, bool)> = BTreeMap::new();
    let mut open = VecDeque::from([(start, at.note.kind, 0)]);
    while let Some((here, kind, steps)) = open.pop_front() {
        let is_far = steps >= LOOP_STEPS_MAX || came_from.len() >= LOOP_NOTES_MAX;
        for edge in at.wall.projection.flow.from(here.0).filter(|_| !is_far) {
            if edge.to == start.0 {
                if here.1 && kind == DomainEvent {
                    let back = std::iter::successors(Some(here), |it| came_from.get(it).copied());
                    let mut around: Vec<Id> = back.map(|(id, _)| id).collect();
                    around.reverse();
                    let each: BTreeSet<Id> = around.iter().copied().collect();
                    return (each.len() == around.len()).then_some(around);
                }
                continue;
            }
            let flows = at.wall.note(edge.to).filter(|it| LOOPING.contains(&it.kind));
            let Some(to) = flows else { continue };
            let next = (edge.to, here.1 || to.kind == Command);
            if let Entry::Vacant(place) = came_from.entry(next) {
                place.insert(here);
                open.push_back((next, to.kind, steps + 1));
            }
        }
    }
    None
}

/// What a loop runs through.
pub(super) const LOOPING: [NoteKind; 5] = [Policy, Command, Aggregate, ExternalSystem, DomainEvent];
