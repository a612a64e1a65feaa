//! What a colleague would remark on a wall: each rule a row in [`RULES`], each remark a [`Finding`].
//!
//! A [`Lint`] follows the wall: a deed re-checks what it touches and nothing else, and can be thrown away and made anew
//! at any time. What somebody has dismissed, for a note or for the board, is not found.

mod at;
mod calls;
mod finding;
mod flow;
mod place;
mod rule;
mod terms;
mod touched;
mod twin;
mod wall;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

pub use finding::{Finding, Fix};
pub use rule::{RULES, Rule, Severity, rule};

use self::at::{At, Wall};
use self::calls::{Calls, calls_from};
use self::flow::LOOP_STEPS_MAX;
use self::rule::Look;
use self::terms::Terms;
use self::touched::Touched;
use self::twin::Twins;
use super::Projection;
use crate::model::thing::texts_of;
use crate::model::{Applied, Board, Details, Frame, Id, Level, Note, NoteKind};

/// The findings of a wall.
#[derive(Clone, PartialEq, Debug)]
pub struct Lint {
    level: Level,
    has_contexts: bool,
    twins: Twins,
    terms: Terms,
    calls: Calls,
    /// By the note that was looked at.
    notes: BTreeMap<Id, Vec<Finding>>,
    /// The policies that tell of a loop.
    loops: BTreeSet<Id>,
    wall: Vec<Finding>,
}

impl Lint {
    /// The findings of a whole board at once, at the board's own level.
    pub fn of(board: &Board, projection: &Projection) -> Lint {
        let mut lint = Lint {
            level: board.level().unwrap_or(Level::Design),
            has_contexts: has_contexts(board),
            twins: Twins::default(),
            terms: Terms::default(),
            calls: Calls::default(),
            notes: BTreeMap::new(),
            loops: BTreeSet::new(),
            wall: Vec::new(),
        };
        board.standing().for_each(|note| lint.twins.put(note));
        lint.look_at(&board.notes.keys().copied().collect(), board, projection);
        lint
    }

    /// All findings, the rules in the order of their table and of each the notes in the order of their ids.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        let mut found: Vec<&Finding> = self.notes.values().flatten().chain(&self.wall).collect();
        found.sort_by_cached_key(|finding| RULES.iter().position(|rule| rule == finding.rule));
        found.into_iter()
    }

    /// What is found when a note is looked at.
    pub fn at(&self, note: Id) -> &[Finding] {
        self.notes.get(&note).map_or(&[], Vec::as_slice)
    }

    /// What is said without anybody asking.
    pub fn unasked(&self) -> impl Iterator<Item = &Finding> {
        self.findings().filter(|finding| self.speaks_unasked(finding))
    }

    /// Whether a finding is told without anybody asking.
    pub fn speaks_unasked(&self, finding: &Finding) -> bool {
        finding.rule.speaks_unasked(self.level)
    }

    /// Takes in what happened; `board` and `projection` are as they are after all of it, and `turned` is what the
    /// projection gave when it took it in.
    pub fn absorb(&mut self, applied: &[Applied], turned: &[Id], board: &Board, projection: &Projection) {
        let touched = Touched::by(applied, turned, projection);
        if touched.all || self.has_contexts != has_contexts(board) {
            *self = Lint::of(board, projection);
        } else if touched.any {
            let dirty = self.dirty(touched, board, projection);
            self.look_at(&dirty, board, projection);
        }
    }

    /// All notes that may be found otherwise.
    fn dirty(&mut self, touched: Touched, board: &Board, projection: &Projection) -> BTreeSet<Id> {
        let Touched { core, mut dirty, turned, .. } = touched;
        for id in turned {
            dirty.extend(self.twins.absorb(id, standing(board, id)));
        }
        let flow = &projection.flow;
        dirty.extend(self.looping(&core, projection));
        let near = |of: &BTreeSet<Id>| -> BTreeSet<Id> {
            let ends = |id: &Id| flow.from(*id).chain(flow.to(*id));
            of.iter().flat_map(ends).flat_map(|edge| [edge.from, edge.to]).collect()
        };
        let beside = near(&core);
        dirty.extend(near(&beside));
        dirty.extend(beside);
        dirty.extend(core);
        dirty
    }

    /// The policies whose loops may have changed: those from which a way leads to one of these notes, and those that told
    /// of a loop through one.
    fn looping(&self, core: &BTreeSet<Id>, projection: &Projection) -> BTreeSet<Id> {
        let runs_through = |policy: &&Id| {
            let loops = self.notes.get(policy).into_iter().flatten().filter(|it| is_loop(it));
            loops.flat_map(|it| &it.others).any(|id| core.contains(id))
        };
        let told: Vec<Id> = self.loops.iter().filter(runs_through).copied().collect();
        let mut found = BTreeSet::new();
        let mut edge: Vec<Id> = core.iter().copied().collect();
        for _ in 0..LOOP_STEPS_MAX {
            let back = edge.iter().flat_map(|id| projection.flow.to(*id)).map(|edge| edge.from);
            edge = back.filter(|id| found.insert(*id)).collect();
        }
        let is_policy =
            |id: &Id| projection.space.tile(*id).is_some_and(|tile| tile.kind == NoteKind::Policy);
        found.retain(is_policy);
        found.extend(told);
        found
    }

    /// Looks at these notes and at the wall as a whole.
    fn look_at(&mut self, notes: &BTreeSet<Id>, board: &Board, projection: &Projection) {
        for id in notes {
            let now = standing(board, *id);
            let home = now.and_then(|note| projection.frames.context_at(note.rect().center()));
            self.terms.absorb(*id, now.map(|note| (note, home)));
            let calls = calls_from(&self.wall(board, projection), *id);
            self.calls.absorb(*id, calls);
        }
        let rules: Vec<&Rule> = RULES.iter().filter(|rule| is_on(rule, self.level, board)).collect();
        for id in notes {
            let found = standing(board, *id)
                .map_or(Vec::new(), |note| look_at_note(&self.wall(board, projection), note, &rules));
            if found.iter().any(is_loop) {
                self.loops.insert(*id);
            } else {
                self.loops.remove(id);
            }
            if found.is_empty() {
                self.notes.remove(id);
            } else {
                self.notes.insert(*id, found);
            }
        }
        self.wall = look_at_wall(&self.wall(board, projection), &rules);
    }

    fn wall<'a>(&'a self, board: &'a Board, projection: &'a Projection) -> Wall<'a> {
        let Lint { level, has_contexts, twins, terms, calls, .. } = self;
        Wall { board, projection, level: *level, has_contexts: *has_contexts, twins, terms, calls }
    }
}

fn look_at_note(wall: &Wall<'_>, note: &Note, rules: &[&'static Rule]) -> Vec<Finding> {
    let at = At::of(wall, note);
    let look = |rule: &&'static Rule| match rule.look {
        Look::Note(kinds, find) if kinds.is_empty() || kinds.contains(&note.kind) => {
            Some(find(&at)?.of(rule, Some(note.id))).filter(|_| !dismisses(&note.details, rule))
        }
        Look::Note(..) | Look::Wall(_) => None,
    };
    rules.iter().filter_map(look).collect()
}

fn look_at_wall(wall: &Wall<'_>, rules: &[&'static Rule]) -> Vec<Finding> {
    let is_dismissed = |about: Option<Id>, rule: &Rule| {
        about.and_then(|id| wall.board.details_of(id)).is_some_and(|details| dismisses(details, rule))
    };
    let look = |rule: &&'static Rule| {
        let rule = *rule;
        let found = match rule.look {
            Look::Wall(find) => find(wall),
            Look::Note(..) => Vec::new(),
        };
        let heard = found.into_iter().filter(move |(about, _)| !is_dismissed(*about, rule));
        heard.map(move |(about, found)| found.of(rule, about))
    };
    rules.iter().flat_map(look).collect()
}

/// Whether it tells that something goes round for ever.
fn is_loop(finding: &Finding) -> bool {
    finding.rule.id == "P5"
}

/// Whether anybody has drawn a bounded context.
fn has_contexts(board: &Board) -> bool {
    board.contexts.values().any(|context| context.frame == Frame::Context)
}

fn standing(board: &Board, id: Id) -> Option<&Note> {
    board.notes.get(&id).filter(|note| note.aside().is_none())
}

/// Whether a rule speaks on this board.
fn is_on(rule: &Rule, level: Level, board: &Board) -> bool {
    rule.levels.contains(&level) && !texts_of(&board.details, "lint_off").any(|id| id == rule.id)
}

/// Whether a note does not want to hear of a rule.
fn dismisses(details: &Details, rule: &Rule) -> bool {
    texts_of(details, "dismissed").any(|id| id == rule.id)
}

#[cfg(test)]
mod tests;
