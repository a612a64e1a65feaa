//! What has to be asked for so that one board becomes another.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Area, Command, NewArrow};
use crate::model::{Arrow, Board, Context, Details, Id, Lane, Note, NoteKind, Point, Sentence, Vote};

/// The fewest commands that turn `old` into `new`, matching things by id. What is new keeps its id.
///
/// Nothing is taken away or cleared unless `prune` says so. What no command can do is left as it was: layers, authors,
/// and wordings that stand beside the shown one.
pub fn changes_between(old: &Board, new: &Board, prune: bool) -> Command {
    let mut edit = Edit { old, new, prune, commands: Vec::new() };
    edit.remove();
    edit.move_notes();
    edit.change_notes();
    edit.change_frames();
    edit.add();
    edit.change_details();
    edit.stick();
    Command::All(edit.commands)
}

struct Edit<'a> {
    old: &'a Board,
    new: &'a Board,
    prune: bool,
    commands: Vec<Command>,
}

/// The things that are on both boards, as they were and as they shall be.
fn both<'a, T>(old: &'a BTreeMap<Id, T>, new: &'a BTreeMap<Id, T>) -> impl Iterator<Item = (&'a T, &'a T)> {
    new.iter().filter_map(|(id, new)| Some((old.get(id)?, new)))
}

fn gone<'a, T>(old: &'a BTreeMap<Id, T>, new: &'a BTreeMap<Id, T>) -> impl Iterator<Item = Id> + 'a {
    old.keys().filter(|id| !new.contains_key(id)).copied()
}

impl Edit<'_> {
    /// What is not wanted any more. An arrow that shall have other ends, and a frame that shall be of the other sort,
    /// goes too, and comes back anew.
    fn remove(&mut self) {
        let (old, new) = (self.old, self.new);
        let mut things: Vec<Id> = Vec::new();
        if self.prune {
            things.extend(gone(&old.notes, &new.notes));
            let ends_stay = |id: &Id| {
                let arrow = &old.arrows[id];
                new.notes.contains_key(&arrow.from) && new.notes.contains_key(&arrow.to)
            };
            things.extend(gone(&old.arrows, &new.arrows).filter(ends_stay));
            things.extend(gone(&old.contexts, &new.contexts));
            things.extend(gone(&old.lanes, &new.lanes));
            things.extend(gone(&old.requirements, &new.requirements));
            things.extend(gone(&old.decisions, &new.decisions));
        }
        things.extend(self.rejoined().map(|arrow| arrow.id));
        things.extend(self.reframed().map(|context| context.id));
        if !things.is_empty() {
            self.commands.push(Command::Remove { things });
        }
    }

    fn rejoined(&self) -> impl Iterator<Item = &Arrow> {
        both(&self.old.arrows, &self.new.arrows)
            .filter(|(old, new)| (old.from, old.to) != (new.from, new.to))
            .map(|(_, new)| new)
    }

    fn reframed(&self) -> impl Iterator<Item = &Context> {
        both(&self.old.contexts, &self.new.contexts)
            .filter(|(old, new)| old.frame != new.frame)
            .map(|(_, new)| new)
    }

    /// Hosts first: what is stuck on a note goes along, and is moved by itself only where it shall end elsewhere.
    fn move_notes(&mut self) {
        let mut stuck: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for note in self.old.notes.values() {
            if let Some(host) = note.host {
                stuck.entry(host).or_default().push(note.id);
            }
        }
        let mut carried: BTreeMap<Id, Point> = BTreeMap::new();
        let is_free = |note: &&Note| note.host.is_none_or(|host| !self.old.notes.contains_key(&host));
        let mut level: Vec<Id> = self.old.notes.values().filter(is_free).map(|note| note.id).collect();
        while !level.is_empty() {
            let mut moves: BTreeMap<Point, Vec<Id>> = BTreeMap::new();
            let mut next = Vec::new();
            for id in level {
                let so_far = carried.get(&id).copied().unwrap_or_default();
                let wanted = match self.new.notes.get(&id) {
                    Some(new) => new.at.minus(self.old.notes[&id].at),
                    // What is gone carries nothing.
                    None if self.prune => Point::default(),
                    None => so_far,
                };
                if wanted != so_far && self.new.notes.contains_key(&id) {
                    moves.entry(wanted.minus(so_far)).or_default().push(id);
                }
                for above in stuck.get(&id).into_iter().flatten() {
                    carried.insert(*above, wanted);
                    next.push(*above);
                }
            }
            self.commands.extend(moves.into_iter().map(|(by, things)| Command::Move { things, by }));
            level = next;
        }
    }

    fn change_notes(&mut self) {
        let mut recast: BTreeMap<NoteKind, Vec<Id>> = BTreeMap::new();
        let mut rest = Vec::new();
        for (old, new) in both(&self.old.notes, &self.new.notes) {
            let mut size = old.size;
            if old.kind != new.kind {
                recast.entry(new.kind).or_default().push(new.id);
                size = if size == old.kind.row().size { new.kind.row().size } else { size };
            }
            if size != new.size {
                rest.push(Command::ResizeNote { note: new.id, size: new.size });
            }
            if old.text() != new.text() {
                let had = old.wording.alternatives().iter().position(|text| *text == new.text());
                rest.push(match had {
                    Some(choice) => Command::Settle { note: new.id, choice },
                    None => Command::Reword { note: new.id, wording: new.text().to_owned() },
                });
            }
        }
        self.commands.extend(recast.into_iter().map(|(kind, notes)| Command::Recast { notes, kind }));
        self.commands.extend(rest);
    }

    fn change_frames(&mut self) {
        for (old, new) in both(&self.old.contexts, &self.new.contexts) {
            if old.rect != new.rect && old.frame == new.frame {
                self.commands.push(Command::ReshapeContext { context: new.id, rect: new.rect });
            }
        }
        for (old, new) in both(&self.old.lanes, &self.new.lanes) {
            if old.y != new.y {
                let by = Point::new(0, new.y.saturating_sub(old.y));
                self.commands.push(Command::Move { things: vec![new.id], by });
            }
        }
    }

    fn change_details(&mut self) {
        let (old, new) = (self.old, self.new);
        let rejoined: BTreeSet<Id> = self.rejoined().map(|arrow| arrow.id).collect();
        let reframed: BTreeSet<Id> = self.reframed().map(|context| context.id).collect();
        self.set(None, &old.details, &new.details);
        for (old, new) in both(&old.notes, &new.notes) {
            self.set(Some(new.id), &old.details, &new.details);
        }
        for (old, new) in both(&old.arrows, &new.arrows).filter(|(old, _)| !rejoined.contains(&old.id)) {
            self.set(Some(new.id), &old.details, &new.details);
        }
        for (old, new) in both(&old.contexts, &new.contexts).filter(|(old, _)| !reframed.contains(&old.id)) {
            self.set(Some(new.id), &old.details, &new.details);
        }
        for (old, new) in both(&old.lanes, &new.lanes) {
            self.set(Some(new.id), &old.details, &new.details);
        }
        let sentences =
            both(&old.requirements, &new.requirements).chain(both(&old.decisions, &new.decisions));
        for (Sentence { details: old, .. }, Sentence { details: new, id }) in sentences {
            self.set(Some(*id), old, new);
        }
    }

    fn set(&mut self, of: Option<Id>, old: &Details, new: &Details) {
        let set = |field: &String, value: Value| Command::Set { of, field: field.clone(), value };
        let cleared = old.keys().filter(|field| self.prune && !new.contains_key(*field));
        let cleared: Vec<Command> = cleared.map(|field| set(field, Value::Null)).collect();
        let changed = new.iter().filter(|(field, value)| old.get(*field) != Some(*value));
        self.commands.extend(changed.map(|(field, value)| set(field, value.clone())));
        self.commands.extend(cleared);
    }

    /// What is new comes with its id; what had to go for it comes under a new one.
    fn add(&mut self) {
        let (old, new) = (self.old, self.new);
        fn only_new<T: Clone>(old: &BTreeMap<Id, T>, new: &BTreeMap<Id, T>) -> BTreeMap<Id, T> {
            new.iter().filter(|(id, _)| !old.contains_key(id)).map(|(id, new)| (*id, new.clone())).collect()
        }
        let ends = |arrow: &Arrow| (arrow.from, arrow.to);
        let kept = old
            .arrows
            .values()
            .filter(|arrow| new.arrows.get(&arrow.id).map_or(!self.prune, |new| ends(new) == ends(arrow)));
        let joined: BTreeSet<(Id, Id)> = kept.map(ends).collect();
        let mut arrows = only_new(&old.arrows, &new.arrows);
        arrows.retain(|_, arrow| !joined.contains(&ends(arrow)));
        let mut votes: BTreeMap<_, Vote> = new.votes.clone();
        votes.retain(|key, vote| old.votes.get(key) != Some(vote));
        if self.prune {
            let voided = old
                .votes
                .iter()
                .filter(|(key, vote)| !new.votes.contains_key(key) && new.notes.contains_key(&vote.note));
            votes.extend(voided.map(|(key, vote)| (key.clone(), Vote { votes: 0, ..vote.clone() })));
        }
        let added = Board {
            notes: only_new(&old.notes, &new.notes),
            arrows,
            contexts: only_new(&old.contexts, &new.contexts),
            lanes: only_new::<Lane>(&old.lanes, &new.lanes),
            requirements: only_new(&old.requirements, &new.requirements),
            decisions: only_new(&old.decisions, &new.decisions),
            votes,
            ..Board::default()
        };
        if added != Board::default() {
            self.commands.push(Command::Import(Box::new(added)));
        }
        let rejoined = self.rejoined().filter(|arrow| !joined.contains(&ends(arrow))).map(|arrow| {
            Command::Connect(NewArrow { from: arrow.from, to: arrow.to, details: arrow.details.clone() })
        });
        let reframed = self.reframed().map(|context| Command::FrameContext {
            frame: context.frame,
            area: Area::Rect(context.rect),
            details: context.details.clone(),
        });
        let again: Vec<Command> = rejoined.chain(reframed).collect();
        self.commands.extend(again);
    }

    /// Hosts first, as they shall be, so that no loop is made on the way.
    fn stick(&mut self) {
        let depth = |note: &Note| {
            let above = std::iter::successors(note.host, |host| self.new.notes.get(host)?.host);
            above.take(self.new.notes.len()).count()
        };
        let mut stuck: Vec<(usize, Id, Option<Id>)> = both(&self.old.notes, &self.new.notes)
            .filter(|(old, new)| {
                let now = old.host.filter(|_| old.kind == new.kind || new.kind.sticks());
                now != new.host && if new.host.is_none() { self.prune } else { new.kind.sticks() }
            })
            .map(|(_, new)| (depth(new), new.id, new.host))
            .collect();
        stuck.sort_unstable();
        self.commands.extend(stuck.into_iter().map(|(_, note, host)| Command::Stick { note, host }));
    }
}

#[cfg(test)]
mod tests;
