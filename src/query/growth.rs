//! How a wall grew: the steps in which courses come to a model, each with the wall as it stood when the step was done.
//!
//! Nobody says when a step is over, so the log is asked: a step ends with the deed that parts its stickies, and those
//! of the steps before it, best from those of the steps after it. Best is where the share that is there already of the
//! former is furthest above that of the latter; among equals the latest, so that what was put in order before the next
//! step began counts too, and for the first the earliest, before any of it was sorted out. Where that is less than half,
//! the wall was not made in this order, as one that was imported or written row by row: then a step ends with the last
//! of its stickies. A step never ends before the one before it.
//!
//! Whoever shows a step shows the kinds up to it, with the wording and the place they had. What somebody took off the
//! wall or set aside later is still there.

use std::collections::BTreeSet;

use crate::model::{Board, Change, Entry, EntryId, NoteKind};

/// A step on the way to a model.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Stage {
    /// What happens.
    Events,
    /// What was not worth keeping of it.
    Dropped,
    /// Who wants it and with what before their eyes.
    Commands,
    /// What decides.
    Aggregates,
    /// Frames around it.
    Contexts,
    /// What follows from what.
    Policies,
}

/// The wall at the end of a step.
#[derive(Clone, PartialEq, Debug)]
pub struct Moment {
    /// The wall.
    pub board: Board,
    /// How many deeds there were up to then.
    pub deeds: usize,
    /// How many there are in all.
    pub of: usize,
    /// When the last of them was, in UTC, as its entry says it.
    pub at: String,
}

/// The wall at the end of each step; see the module.
#[derive(Clone, PartialEq, Debug)]
pub struct Growth(Vec<Moment>);

impl Stage {
    /// The steps in their order.
    pub const ALL: [Stage; 6] =
        [Stage::Events, Stage::Dropped, Stage::Commands, Stage::Aggregates, Stage::Contexts, Stage::Policies];

    /// The step in which stickies of a kind come onto a wall; none for what is put beside the story at any time.
    pub fn of(kind: NoteKind) -> Option<Stage> {
        match kind {
            NoteKind::DomainEvent => Some(Stage::Events),
            NoteKind::Actor
            | NoteKind::Command
            | NoteKind::ReadModel
            | NoteKind::UserInterface
            | NoteKind::Time
            | NoteKind::ExternalSystem => Some(Stage::Commands),
            NoteKind::Aggregate => Some(Stage::Aggregates),
            NoteKind::Policy => Some(Stage::Policies),
            NoteKind::Hotspot | NoteKind::Opportunity | NoteKind::Value | NoteKind::Note => None,
        }
    }

    fn of_change(change: &Change) -> Option<Stage> {
        match change {
            Change::NotePlaced { kind, .. } => Stage::of(*kind),
            Change::ContextFramed { .. } => Some(Stage::Contexts),
            _ => None,
        }
    }
}

impl Growth {
    /// From the entries in their order, and a way to have the wall as it was after one of them.
    pub fn of<'a>(
        entries: impl IntoIterator<Item = &'a Entry>,
        wall_at: impl Fn(EntryId) -> Option<Board>,
    ) -> Growth {
        let deeds = deeds(entries);
        let mut moments: Vec<Moment> = Vec::new();
        for end in ends(&deeds) {
            let deed = &deeds[end];
            let moment = match moments.last().filter(|before| before.deeds == end + 1) {
                Some(before) => Some(before.clone()),
                None => wall_at(deed.last.id).map(|board| Moment {
                    board,
                    deeds: end + 1,
                    of: deeds.len(),
                    at: deed.last.at.clone(),
                }),
            };
            moments.extend(moment);
        }
        Growth(moments)
    }

    /// The wall at the end of a step; nothing where nothing ever happened.
    pub fn at(&self, stage: Stage) -> Option<&Moment> {
        self.0.get(stage as usize)
    }
}

/// What one deed brought that was never on the wall before, by step.
struct Deed<'a> {
    last: &'a Entry,
    brought: [usize; Stage::ALL.len()],
}

/// The deeds. Lines of one that stand beside each other are one.
fn deeds<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<Deed<'a>> {
    let (mut seen, mut deeds) = (BTreeSet::new(), Vec::<Deed<'_>>::new());
    for entry in entries {
        match deeds.last_mut().filter(|deed| deed.last.deed_id() == entry.deed_id()) {
            Some(deed) => deed.last = entry,
            None => deeds.push(Deed { last: entry, brought: Default::default() }),
        }
        let brought = &mut deeds.last_mut().expect("one was just pushed").brought;
        for (_, deed) in &entry.deeds {
            let made = Stage::of_change(&deed.change).zip(deed.change.makes());
            if let Some((stage, _)) = made.filter(|(_, id)| seen.insert(*id)) {
                brought[stage as usize] += 1;
            }
        }
    }
    deeds
}

/// The deed with which each step ends; none where there is no deed.
fn ends(deeds: &[Deed<'_>]) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    for stage in Stage::ALL.into_iter().filter(|_| !deeds.is_empty()) {
        let (own, later) = (..=stage as usize, stage as usize + 1..);
        let count = |deed: &Deed<'_>| -> [usize; 2] {
            [deed.brought[own].iter().sum(), deed.brought[later.clone()].iter().sum()]
        };
        let brought: Vec<[usize; 2]> = deeds.iter().map(count).collect();
        let end = parted(&brought, stage == Stage::Events);
        ends.push(end.max(ends.last().copied().unwrap_or_default()));
    }
    ends
}

/// The deed that parts best what each deed brought of the one sort from what it brought of the other; of equals the
/// first or the last.
fn parted(brought: &[[usize; 2]], is_first: bool) -> usize {
    let all = brought.iter().fold([0, 0], |all, deed| [all[0] + deed[0], all[1] + deed[1]]);
    let [own, later] = all.map(|count| count.max(1) as i128);
    let (mut here, mut best, mut last_own) = ([0, 0], (0, i128::MIN), brought.len() - 1);
    for (at, deed) in brought.iter().enumerate() {
        here[0] += deed[0] as i128;
        // Of one deed the own come first: what comes with them is not shown.
        let before = if deed[0] > 0 { here[1] } else { here[1] + deed[1] as i128 };
        let lead = here[0] * later - before * own;
        here[1] += deed[1] as i128;
        if lead > best.1 || lead == best.1 && !is_first {
            best = (at, lead);
        }
        if deed[0] > 0 {
            last_own = at;
        }
    }
    if best.1 * 2 >= own * later { best.0 } else { last_own }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of a row are deeds, each with what it brought: `e` is own, `c` comes later, `-` neither.
    #[track_caller]
    fn check(deeds: &str, end: usize) {
        let count = |deed: &str, of| deed.matches(of).count();
        let brought: Vec<[usize; 2]> =
            deeds.split(' ').map(|deed| [count(deed, 'e'), count(deed, 'c')]).collect();
        assert_eq!(parted(&brought, false), end, "{deeds}");
    }

    #[test]
    fn events_are_found_before_any_is_dropped() {
        assert_eq!(parted(&[[2, 0], [1, 0], [0, 0], [0, 3]], true), 1);
    }

    #[test]
    fn a_step_ends_where_the_next_begins() {
        check("e e e - c c c", 3);
        check("- e e e", 3);
        check("e e e e c c c c e", 3);
        check("e c e e e c c c", 4);
    }

    #[test]
    fn a_wall_that_was_not_made_step_by_step_has_each_step_whole() {
        check("- ec", 1);
        check("- eecc -", 1);
        check("ec ec ec ec -", 3);
        check("c c c e e e -", 5);
        check("c c c", 2);
    }
}
