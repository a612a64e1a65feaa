//! Which event leads to which.

use std::collections::{BTreeMap, BTreeSet};

use super::place::Place;
use crate::model::{Id, NoteKind};
use crate::query::outline::context::{ContextOutline, Write};
use crate::query::outline::ground::Ground;
use crate::query::outline::party::Party;

/// What is known of the order of events, by number.
pub(super) struct Causes {
    /// Which leads to which: by a policy and its command, or by a command straight away.
    pub(super) steps: Vec<(usize, usize)>,
    /// What may have come before what, as a business goes round.
    pub(super) hints: Vec<Hint>,
    /// What comes of one command, one or the other.
    pub(super) siblings: Vec<Vec<usize>>,
}

/// Events that are known of, and the outcomes that know of some of them.
pub(super) type Hint = (Vec<usize>, Vec<Vec<usize>>);

impl Causes {
    pub(super) fn of(ground: &Ground<'_>, contexts: &[ContextOutline], place: &Place) -> Causes {
        let numbers = |ids: &[Id]| ids.iter().filter_map(|id| place.number(*id)).collect::<Vec<_>>();
        let outcome = |row: &Write| -> Vec<usize> {
            let systems = row.systems.iter().filter(|_| row.events.is_empty());
            let told = systems.filter_map(|id| ground.place.get(id)).flat_map(|at| ground.from(*at));
            let told: Vec<Id> = told.map(|link| ground.id(link.to)).collect();
            [numbers(&row.events), numbers(&told)].concat()
        };
        let rows: Vec<(&Write, Vec<usize>)> =
            contexts.iter().flat_map(|it| &it.writes).map(|row| (row, outcome(row))).collect();
        let outcomes: BTreeMap<Id, &Vec<usize>> = rows.iter().map(|(row, it)| (row.command, it)).collect();
        let mut steps = Vec::new();
        let mut lead = |from: &[Id], to: &[usize]| {
            steps.extend(numbers(from).into_iter().flat_map(|from| to.iter().map(move |to| (from, *to))));
        };
        for row in contexts.iter().flat_map(|it| &it.policies) {
            for then in &row.then {
                match outcomes.get(then) {
                    Some(events) => lead(&row.on, events),
                    None => lead(&row.on, &numbers(&[*then])),
                }
            }
        }
        rows.iter().for_each(|(row, events)| lead(&row.by, events));
        let mut hints = seen(contexts, &rows, numbers);
        hints.extend(answers(ground, &rows, place));
        let siblings = rows.into_iter().map(|(_, events)| events).filter(|events| events.len() > 1).collect();
        Causes { steps, hints, siblings }
    }
}

/// The events behind what somebody looks at, and the events of what they then ask for.
fn seen(
    contexts: &[ContextOutline],
    rows: &[(&Write, Vec<usize>)],
    numbers: impl Fn(&[Id]) -> Vec<usize>,
) -> Vec<Hint> {
    let mut readers: BTreeMap<Id, Hint> = BTreeMap::new();
    for read in contexts.iter().flat_map(|it| &it.reads) {
        for by in &read.read_by {
            readers.entry(*by).or_default().0.extend(numbers(&read.filled_by));
        }
    }
    for (row, events) in rows {
        for by in row.by.iter().chain([&row.command]) {
            if let Some((_, later)) = readers.get_mut(by) {
                later.push(events.clone());
            }
        }
    }
    readers.into_values().collect()
}

/// The events of what systems were asked for, and those that the same systems tell of later.
fn answers(ground: &Ground<'_>, rows: &[(&Write, Vec<usize>)], place: &Place) -> Vec<Hint> {
    let mut asked: BTreeMap<Party, BTreeSet<usize>> = BTreeMap::new();
    for (row, events) in rows {
        for system in row.systems.iter().filter_map(|id| ground.place.get(id)) {
            asked.entry(ground.party(*system)).or_default().extend(events);
        }
    }
    let mut told: BTreeMap<Party, BTreeSet<usize>> = BTreeMap::new();
    for system in ground.of_kind(NoteKind::ExternalSystem) {
        let events = ground.from(system).iter().filter_map(|link| place.number(ground.id(link.to)));
        told.entry(ground.party(system)).or_default().extend(events);
    }
    let pair = |(system, told): (Party, BTreeSet<usize>)| {
        let asked = asked.get(&system)?;
        Some((asked.iter().copied().collect(), told.difference(asked).map(|event| vec![*event]).collect()))
    };
    told.into_iter().filter_map(pair).collect()
}
