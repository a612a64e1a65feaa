//! What a rule finds.

use std::fmt;

use super::rule::Rule;
use crate::model::{Id, NoteKind};
use crate::words::{Arg, Said};

/// One thing a rule has to say about a wall.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// Which rule says so.
    pub rule: &'static Rule,
    /// The note, arrow, context or requirement; nothing for the board itself.
    pub about: Option<Id>,
    /// What else takes part in it.
    pub others: Vec<Id>,
    /// The sentence.
    pub said: Said,
    /// What would mend it, where that can be said.
    pub fix: Option<Fix>,
}

/// What would mend a finding. A plain value: who sits before the wall makes a deed of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fix {
    /// Word it so.
    Reword(String),
    /// Set it aside with this reason, a key.
    SetAside(&'static str),
    /// Say that it is of this kind.
    Recast(NoteKind),
    /// Put a policy between an event and the command it leads to.
    PlacePolicyBetween(Id, Id),
    /// Ask about it: put a hotspot on it that says this.
    Ask(Said),
}

impl Finding {
    /// The two notes that say the same, the older one first, where that is what was found.
    pub fn twins(&self) -> Option<[Id; 2]> {
        let is_of_twins = ["E8", "E9"].contains(&self.rule.id);
        Some([*self.others.first().filter(|_| is_of_twins)?, self.about?])
    }

    /// The two words for one thing, the rarer one first, where that is what was found.
    pub fn rivals(&self) -> Option<[&str; 2]> {
        let word = |name: &str| match self.said.args.iter().find(|(it, _)| *it == name)? {
            (_, Arg::Text(text)) => Some(text.as_str()),
            (_, Arg::Said(_) | Arg::Each(_)) => None,
        };
        (self.rule.id == "E10").then(|| Some([word("text")?, word("other")?])).flatten()
    }
}

impl Fix {
    /// Whether it can be done without anybody thinking about it.
    pub fn is_mechanical(&self) -> bool {
        matches!(self, Fix::Reword(_))
    }
}

/// What a rule finds on a wall, and about which thing; nothing for the board itself.
pub(super) type Finds = Vec<(Option<Id>, Found)>;

/// A finding before it knows its rule.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) about: Option<Id>,
    pub(super) others: Vec<Id>,
    pub(super) args: Vec<(&'static str, Arg)>,
    pub(super) fix: Option<Fix>,
}

impl Found {
    pub(super) fn with(mut self, name: &'static str, value: impl fmt::Display) -> Found {
        self.args.push((name, Arg::Text(value.to_string())));
        self
    }

    pub(super) fn beside(mut self, others: impl IntoIterator<Item = Id>) -> Found {
        self.others.extend(others);
        self
    }

    pub(super) fn mended(mut self, fix: Option<Fix>) -> Found {
        self.fix = fix;
        self
    }

    /// The finding of a rule about a thing, unless it was found about another.
    pub(super) fn of(self, rule: &'static Rule, about: Option<Id>) -> Finding {
        let said = Said { key: rule.says, args: self.args };
        Finding { rule, about: self.about.or(about), others: self.others, said, fix: self.fix }
    }
}
