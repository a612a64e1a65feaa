//! The context map behind every picture of it: who is on it, and what they say to each other, folded.

use std::collections::{BTreeMap, BTreeSet};

use super::{Outline, Party};

/// Contexts and systems, and the messages between each two of them.
pub struct Landscape {
    /// Contexts from left to right, then systems. What lies in no context is there only where it talks, or where there
    /// is nothing else.
    pub parties: Vec<Party>,
    /// Who talks to whom.
    pub talks: Vec<Talk>,
}

/// All that one party says to another in one mode.
pub struct Talk {
    /// Who sends, by place among the parties.
    pub from: usize,
    /// Who receives.
    pub to: usize,
    /// Whether the sender waits.
    pub is_sync: bool,
    /// The messages, by place in the outline's list, none of one kind and wording twice.
    pub messages: Vec<usize>,
}

impl Landscape {
    /// Of what a wall says.
    pub fn of(outline: &Outline) -> Landscape {
        let talking: BTreeSet<Party> =
            outline.messages.iter().flat_map(|message| [message.from, message.to]).collect();
        let contexts = outline.contexts.iter().map(|context| Party::Context(context.id));
        let systems = outline.systems.iter().map(|system| Party::System(system.id));
        let outside = Party::Context(None);
        let alone = outline.contexts.len() + outline.systems.len() == 1;
        let parties: Vec<Party> = contexts
            .chain(systems)
            .filter(|party| *party != outside || alone || talking.contains(party))
            .collect();
        let place: BTreeMap<Party, usize> =
            parties.iter().enumerate().map(|(at, party)| (*party, at)).collect();
        let mut talks: BTreeMap<(usize, usize, bool), Vec<usize>> = BTreeMap::new();
        for (at, message) in outline.messages.iter().enumerate() {
            let (Some(from), Some(to)) = (place.get(&message.from), place.get(&message.to)) else { continue };
            let talk = talks.entry((*from, *to, message.is_sync())).or_default();
            let said = |at: usize| {
                let message = &outline.messages[at];
                (message.kind, outline.wording(message.note))
            };
            if !talk.iter().any(|other| said(*other) == said(at)) {
                talk.push(at);
            }
        }
        let talk = |((from, to, is_sync), messages)| Talk { from, to, is_sync, messages };
        Landscape { parties, talks: talks.into_iter().map(talk).collect() }
    }

    /// The parties from first to last: contexts as they stand on the wall, each system behind the last context that
    /// talks with it.
    pub fn in_order(&self) -> Vec<usize> {
        let near = |at: usize| {
            let others = self.talks.iter().filter_map(|talk| match (talk.from, talk.to) {
                (from, to) if from == at => Some(to),
                (from, to) if to == at => Some(from),
                _ => None,
            });
            others.filter(|other| matches!(self.parties[*other], Party::Context(_))).max()
        };
        let key = |at: &usize| match self.parties[*at] {
            Party::Context(_) => (*at, 0, *at),
            Party::System(_) => (near(*at).unwrap_or(usize::MAX), 1, *at),
        };
        let mut order: Vec<usize> = (0..self.parties.len()).collect();
        order.sort_by_key(key);
        order
    }
}
