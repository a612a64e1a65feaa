//! Aggregates by name, what they take and let happen, and who owns the data.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::ground::{Ground, Link, fold};
use super::party::Party;
use crate::model::{Id, NoteKind};

/// An aggregate: all notes of one name in one context.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Aggregate {
    /// The first note that names it, by which it is known.
    pub id: Id,
    /// Its name, as that note spells it.
    pub name: String,
    /// The notes that name it.
    pub notes: Vec<Id>,
    /// The commands it takes.
    pub commands: Vec<Id>,
    /// The events it lets happen.
    pub events: Vec<Id>,
}

/// Who owns what an aggregate keeps, and who keeps a copy.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Ownership {
    /// The aggregate.
    pub aggregate: Id,
    /// Its context.
    pub owner: Party,
    /// The read models that its events fill.
    pub copies: Vec<Replica>,
}

/// A read model that keeps what an aggregate told.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Replica {
    /// The read model.
    pub model: Id,
    /// Whose it is.
    pub keeper: Party,
    /// The events that fill it.
    pub fed_by: Vec<Id>,
}

/// The aggregates of a wall by context, and which of their events each command leads to.
pub(super) struct Aggregates {
    by_home: BTreeMap<usize, Vec<Aggregate>>,
    /// The first note of the same name, of each aggregate's note.
    known_as: BTreeMap<usize, Id>,
    /// The steps from aggregates to the events of a command.
    produced: BTreeMap<usize, Vec<Link>>,
}

impl Aggregates {
    pub(super) fn of(ground: &Ground<'_>) -> Aggregates {
        let mut named: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
        for note in ground.of_kind(NoteKind::Aggregate) {
            named.entry((ground.home(note), fold(ground.notes[note].text()))).or_default().push(note);
        }
        let mut all =
            Aggregates { by_home: BTreeMap::new(), known_as: BTreeMap::new(), produced: BTreeMap::new() };
        for ((home, _), notes) in named {
            let id = ground.id(notes[0]);
            all.known_as.extend(notes.iter().map(|note| (*note, id)));
            notes.iter().for_each(|note| all.share_out(ground, *note));
            all.by_home.entry(home).or_default().push(aggregate(ground, &notes));
        }
        all
    }

    /// Gives each event of an aggregate's note to the command of it that stands nearest up or down.
    fn share_out(&mut self, ground: &Ground<'_>, note: usize) {
        let y = |at: usize| ground.notes[at].rect().center().y;
        let commands: Vec<usize> = ground
            .to(note)
            .map(|link| link.from)
            .filter(|at| ground.kind(*at) == NoteKind::Command)
            .collect();
        for link in ground.from(note).iter().filter(|link| ground.kind(link.to) == NoteKind::DomainEvent) {
            if let Some(command) = commands.iter().min_by_key(|at| ((y(**at) - y(link.to)).abs(), **at)) {
                self.produced.entry(*command).or_default().push(*link);
            }
        }
    }

    /// The name by which the aggregate of a note is known.
    pub(super) fn id_of(&self, ground: &Ground<'_>, note: usize) -> Id {
        self.known_as.get(&note).copied().unwrap_or(ground.id(note))
    }

    /// The steps to the events that a command leads to by way of its aggregates.
    pub(super) fn produced_by(&self, command: usize) -> &[Link] {
        self.produced.get(&command).map_or(&[], Vec::as_slice)
    }

    /// The aggregates of a context, by name.
    pub(super) fn take(&mut self, home: usize) -> Vec<Aggregate> {
        self.by_home.remove(&home).unwrap_or_default()
    }

    /// Who owns the data of each, and who copies it.
    pub(super) fn owners(&self, ground: &Ground<'_>) -> Vec<Ownership> {
        let all = self.by_home.iter().flat_map(|(home, list)| list.iter().map(move |it| (*home, it)));
        let mut owners: Vec<Ownership> = all
            .map(|(home, it)| Ownership {
                aggregate: it.id,
                owner: ground.parties.all[home],
                copies: copies(ground, &it.events),
            })
            .collect();
        owners.sort_unstable_by_key(|owned| owned.aggregate);
        owners
    }
}

fn aggregate(ground: &Ground<'_>, notes: &[usize]) -> Aggregate {
    let near = |links: &mut dyn Iterator<Item = usize>, kind: NoteKind| {
        let mut ids: Vec<Id> = links.filter(|at| ground.kind(*at) == kind).map(|at| ground.id(at)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    Aggregate {
        id: ground.id(notes[0]),
        name: ground.notes[notes[0]].text().to_owned(),
        notes: notes.iter().map(|note| ground.id(*note)).collect(),
        commands: near(
            &mut notes.iter().flat_map(|note| ground.to(*note)).map(|link| link.from),
            NoteKind::Command,
        ),
        events: near(
            &mut notes.iter().flat_map(|note| ground.from(*note)).map(|link| link.to),
            NoteKind::DomainEvent,
        ),
    }
}

fn copies(ground: &Ground<'_>, events: &[Id]) -> Vec<Replica> {
    let mut fed: BTreeMap<usize, Vec<Id>> = BTreeMap::new();
    for event in events {
        let steps = ground.place.get(event).map_or(&[][..], |at| ground.from(*at));
        for link in steps.iter().filter(|link| ground.kind(link.to) == NoteKind::ReadModel) {
            fed.entry(link.to).or_default().push(*event);
        }
    }
    let copy = |(model, fed_by)| Replica { model: ground.id(model), keeper: ground.party(model), fed_by };
    fed.into_iter().map(copy).collect()
}
