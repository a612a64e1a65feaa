//! Who may precede whom: the grammar of a wall as one table.

use super::super::kind::{Level, NoteKind};
use crate::words::Key;

/// One row of [`STEPS`]: `from` may lead to `to`.
#[derive(Debug)]
pub struct Step {
    /// The kind that comes first.
    pub from: NoteKind,
    /// The kind that follows.
    pub to: NoteKind,
    /// How the step is read aloud, such as `verb-issues`.
    pub verb: Key,
    /// The levels at which the step holds.
    pub levels: &'static [Level],
    /// How unusual the step is; 0 for the main line of the flow. The walk that guesses a row adds these up.
    pub cost: u32,
}

const BIG: &[Level] = &[Level::BigPicture];
const PROCESS_ON: &[Level] = &[Level::Process, Level::Design];
const DESIGN: &[Level] = &[Level::Design];
const ALL: &[Level] = &Level::ALL;

/// Every legal step. Earlier rows are offered first, after a kind as well as before one.
pub static STEPS: [Step; 22] = {
    macro_rules! step {
        ($from:ident -> $to:ident, $verb:literal, $levels:ident, $cost:literal) => {
            Step {
                from: NoteKind::$from,
                to: NoteKind::$to,
                verb: Key(concat!("verb-", $verb)),
                levels: $levels,
                cost: $cost,
            }
        };
    }
    [
        step!(DomainEvent -> DomainEvent, "then", BIG, 0),
        step!(DomainEvent -> Policy, "activates", PROCESS_ON, 0),
        step!(Actor -> Command, "issues", PROCESS_ON, 0),
        step!(Policy -> Command, "issues", PROCESS_ON, 0),
        step!(Command -> Aggregate, "is-invoked-on", DESIGN, 0),
        step!(Aggregate -> DomainEvent, "produces", DESIGN, 0),
        step!(Command -> DomainEvent, "results-in", PROCESS_ON, 2),
        step!(Command -> ExternalSystem, "is-invoked-on", PROCESS_ON, 1),
        step!(ExternalSystem -> DomainEvent, "produces", PROCESS_ON, 0),
        step!(ExternalSystem -> DomainEvent, "triggers", BIG, 0),
        step!(Time -> DomainEvent, "triggers", ALL, 1),
        step!(Time -> Policy, "starts", PROCESS_ON, 0),
        step!(Time -> Command, "starts", PROCESS_ON, 1),
        step!(DomainEvent -> ReadModel, "is-translated-into", PROCESS_ON, 2),
        step!(ReadModel -> Actor, "informs", PROCESS_ON, 0),
        step!(ReadModel -> Command, "informs", PROCESS_ON, 8),
        step!(ReadModel -> Policy, "informs", PROCESS_ON, 2),
        step!(ReadModel -> UserInterface, "is-shown-on", PROCESS_ON, 1),
        step!(UserInterface -> Command, "sends", PROCESS_ON, 1),
        step!(ExternalSystem -> Command, "sends", PROCESS_ON, 6),
        step!(DomainEvent -> ExternalSystem, "notifies", PROCESS_ON, 4),
        step!(Actor -> DomainEvent, "takes-part-in", BIG, 1),
    ]
};

/// The step from one kind to another, where boards of this level know it.
pub fn may_follow(from: NoteKind, to: NoteKind, level: Level) -> Option<&'static Step> {
    STEPS.iter().find(|step| step.from == from && step.to == to && step.levels.contains(&level))
}

/// The kinds that may come after one, the likeliest first: what Tab offers. A question may be asked of anything.
pub fn next_kinds(after: NoteKind, level: Level) -> Vec<NoteKind> {
    let next = STEPS.iter().filter(|step| step.from == after && step.levels.contains(&level));
    or_event(next.map(|step| step.to).chain([NoteKind::Hotspot]).collect())
}

/// The kinds that may come before one, the likeliest first: what may have caused it. Never empty.
pub fn previous_kinds(before: NoteKind, level: Level) -> Vec<NoteKind> {
    let causes = STEPS.iter().filter(|step| step.to == before && step.levels.contains(&level));
    or_event(causes.map(|step| step.from).collect())
}

/// A story can always go on with an event, even where the grammar is silent.
fn or_event(mut kinds: Vec<NoteKind>) -> Vec<NoteKind> {
    if kinds.iter().all(|kind| *kind == NoteKind::Hotspot) {
        kinds.insert(0, NoteKind::DomainEvent);
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Lang, Said};

    #[test]
    fn tab_walks_round_the_flow() {
        let first = |kind, level| next_kinds(kind, level)[0];
        let round: Vec<_> =
            std::iter::successors(Some(NoteKind::DomainEvent), |&kind| Some(first(kind, Level::Design)))
                .take(5)
                .collect();
        let tags: String = round.iter().map(|kind| kind.row().tag).collect();
        assert_eq!(tags, "EPCGE");
        assert_eq!(first(NoteKind::DomainEvent, Level::BigPicture), NoteKind::DomainEvent);
        assert_eq!(first(NoteKind::Command, Level::Process), NoteKind::DomainEvent);
        assert_eq!(first(NoteKind::Hotspot, Level::Process), NoteKind::DomainEvent);
    }

    #[test]
    fn a_cause_stands_before_its_effect() {
        let cause = |kind, level| previous_kinds(kind, level)[0];
        assert_eq!(cause(NoteKind::DomainEvent, Level::Design), NoteKind::Aggregate);
        assert_eq!(cause(NoteKind::DomainEvent, Level::Process), NoteKind::Command);
        assert_eq!(cause(NoteKind::DomainEvent, Level::BigPicture), NoteKind::DomainEvent);
        assert_eq!(cause(NoteKind::Policy, Level::Process), NoteKind::DomainEvent);
        assert_eq!(cause(NoteKind::Command, Level::Process), NoteKind::Actor);
    }

    #[test]
    fn every_step_stays_on_its_levels_and_is_told_once() {
        for (at, step) in STEPS.iter().enumerate() {
            for level in step.levels {
                assert!(step.from.belongs_to(*level) && step.to.belongs_to(*level), "{step:?} at {level:?}");
                let same = |s: &&Step| s.from == step.from && s.to == step.to && s.levels.contains(level);
                assert_eq!(STEPS.iter().position(|s| same(&s)), Some(at), "{step:?} is told twice");
            }
            for lang in Lang::ALL {
                assert_ne!(Said { key: step.verb, args: Vec::new() }.speak(lang), step.verb.0);
            }
        }
        assert!(may_follow(NoteKind::DomainEvent, NoteKind::Command, Level::Design).is_none());
    }
}
