//! The rules: one row each in [`RULES`], and the function that looks.

use super::at::{At, Wall};
use super::finding::{Finds, Found};
use super::{flow, place, wall, wording};
use crate::model::{Level, NoteKind};
use crate::words::{Key, Said};

/// How much a finding weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Cannot be meant so.
    Error,
    /// Probably not meant so.
    Warning,
    /// Worth a thought.
    Hint,
}

impl Severity {
    /// The name on the command line and in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }
}

/// How a rule looks.
#[derive(Debug)]
pub(super) enum Look {
    /// At every standing note of these kinds, all kinds where none is named, and what stands around it.
    Note(&'static [NoteKind], fn(&At<'_>) -> Option<Found>),
    /// At the wall as a whole.
    Wall(fn(&Wall<'_>) -> Finds),
}

/// One row of [`RULES`].
#[derive(Debug)]
pub struct Rule {
    /// The name people and scripts use; it never changes.
    pub id: &'static str,
    /// The levels at which it speaks.
    pub levels: &'static [Level],
    /// How much it weighs.
    pub severity: Severity,
    /// The sentence that says what is found; its arguments come with the finding.
    pub says: Key,
    /// Why this matters.
    pub why: Key,
    /// What to do about it.
    pub todo: Key,
    pub(super) look: Look,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.id == other.id
    }
}

impl Rule {
    /// Whether it speaks at a level without being asked: nobody likes to be scolded while exploring.
    pub fn speaks_unasked(&self, level: Level) -> bool {
        level != Level::BigPicture || UNASKED.contains(&self.id)
    }

    /// What to do about what it finds.
    pub fn todo(&self) -> Said {
        Said { key: self.todo, args: Vec::new() }
    }
}

/// What is told at the big picture too.
const UNASKED: [&str; 2] = ["N1", "E8"];

/// The rule of this name, in letters of either case.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id.eq_ignore_ascii_case(id))
}

const ALL: &[Level] = &Level::ALL;
const BIG: &[Level] = &[Level::BigPicture];
const BIG_PROCESS: &[Level] = &[Level::BigPicture, Level::Process];
const PROCESS_ON: &[Level] = &[Level::Process, Level::Design];
const DESIGN: &[Level] = &[Level::Design];

/// Every rule there is, in the order in which its findings are told.
pub static RULES: [Rule; 42] = {
    use NoteKind as K;
    const EVENT: &[NoteKind] = &[K::DomainEvent];
    const COMMAND: &[NoteKind] = &[K::Command];
    const ACTOR: &[NoteKind] = &[K::Actor];
    const POLICY: &[NoteKind] = &[K::Policy];
    const AGGREGATE: &[NoteKind] = &[K::Aggregate];
    const HOTSPOT: &[NoteKind] = &[K::Hotspot];
    const DESIGNED: &[NoteKind] = &[K::DomainEvent, K::Command, K::Policy, K::ReadModel, K::Aggregate];
    macro_rules! row {
        ($id:literal $key:literal $levels:ident $severity:ident $look:expr) => {
            Rule {
                id: $id,
                levels: $levels,
                severity: Severity::$severity,
                says: Key(concat!("lint-", $key)),
                why: Key(concat!("lint-why-", $key)),
                todo: Key(concat!("lint-do-", $key)),
                look: $look,
            }
        };
    }
    [
        row!("N1" "n1" ALL Error Look::Note(&[], wording::empty)),
        row!("E1" "e1" ALL Warning Look::Note(EVENT, wording::english_event)),
        row!("E2" "e2" ALL Warning Look::Note(EVENT, wording::korean_event)),
        row!("E3" "e3" ALL Hint Look::Note(EVENT, wording::technical)),
        row!("E4" "e4" ALL Warning Look::Note(EVENT, wording::two_in_one)),
        row!("E5" "e5" ALL Hint Look::Note(EVENT, wording::cause)),
        row!("E6" "e6" ALL Hint Look::Note(EVENT, wording::vague)),
        row!("E7" "e7" ALL Hint Look::Note(EVENT, wording::long)),
        row!("E8" "e8" BIG_PROCESS Warning Look::Note(EVENT, wording::twin)),
        row!("E9" "e9" BIG_PROCESS Hint Look::Note(EVENT, wording::near_twin)),
        row!("E10" "e10" ALL Hint Look::Wall(wall::two_words)),
        row!("E11" "e11" PROCESS_ON Warning Look::Note(EVENT, flow::event_without_source)),
        row!("E12" "e12" ALL Hint Look::Note(EVENT, wording::possibility)),
        row!("C1" "c1" PROCESS_ON Warning Look::Note(COMMAND, wording::past_command)),
        row!("C2" "c2" PROCESS_ON Warning Look::Note(COMMAND, flow::command_of_nobody)),
        row!("C3" "c3" PROCESS_ON Warning Look::Note(COMMAND, flow::command_without_event)),
        row!("C4" "c4" ALL Hint Look::Note(ACTOR, wording::anybody)),
        row!("C5" "c5" PROCESS_ON Hint Look::Note(ACTOR, flow::blind_actor)),
        row!("P1" "p1" PROCESS_ON Warning Look::Note(POLICY, flow::policy_without_trigger)),
        row!("P2" "p2" PROCESS_ON Warning Look::Note(POLICY, flow::policy_without_command)),
        row!("P3" "p3" PROCESS_ON Hint Look::Note(POLICY, wording::no_reaction)),
        row!("P4" "p4" PROCESS_ON Hint Look::Note(COMMAND, flow::command_by_event)),
        row!("P5" "p5" PROCESS_ON Warning Look::Note(POLICY, flow::endless_loop)),
        row!("A1" "a1" DESIGN Hint Look::Note(AGGREGATE, wording::program)),
        row!("A2" "a2" DESIGN Hint Look::Wall(wall::one_takes_all)),
        row!("A3" "a3" DESIGN Hint Look::Note(&[K::Command, K::DomainEvent], flow::without_aggregate)),
        row!("R1" "r1" PROCESS_ON Hint Look::Note(&[K::ReadModel], flow::unfed_read_model)),
        row!("X1" "x1" PROCESS_ON Hint Look::Note(&[K::ExternalSystem], flow::lone_system)),
        row!("H1" "h1" ALL Warning Look::Note(HOTSPOT, wording::open_hotspot)),
        row!("H2" "h2" ALL Warning Look::Note(HOTSPOT, wording::unowned_hotspot)),
        row!("H3" "h3" BIG Hint Look::Wall(wall::no_hotspot)),
        row!("T1" "t1" PROCESS_ON Warning Look::Note(&[], place::backwards)),
        row!("T2" "t2" ALL Hint Look::Note(&[], place::hidden)),
        row!("T3" "t3" BIG Hint Look::Wall(wall::no_pivot)),
        row!("L1" "l1" BIG_PROCESS Hint Look::Note(&[], place::off_level)),
        row!("B1" "b1" DESIGN Hint Look::Note(DESIGNED, place::outside)),
        row!("B2" "b2" DESIGN Warning Look::Wall(wall::hollow_context)),
        row!("B3" "b3" DESIGN Warning Look::Wall(wall::same_name)),
        row!("B4" "b4" DESIGN Hint Look::Wall(wall::homonyms)),
        row!("F1" "f1" PROCESS_ON Warning Look::Note(EVENT, flow::unanswered_failure)),
        row!("Q1" "q1" ALL Hint Look::Wall(wall::unmet)),
        row!("S1" "s1" DESIGN Warning Look::Wall(wall::long_calls)),
    ]
};
