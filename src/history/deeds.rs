//! Deeds rather than lines: which ones a person may take back or do again, and what that needs to know.

use std::collections::{BTreeMap, BTreeSet};

use super::History;
use super::log::Write;
use super::register::MultiValue;
use super::slot::text_written;
use crate::model::thing::text_of;
use crate::model::trace::{FieldTrace, Trace, WordingTrace, WordingValue, Written};
use crate::model::{Change, Entry, EntryId, Facet, Id, Line, PersonId, Register};

/// A deed of several lines of which some are missing: the process that wrote it ended between them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unfinished {
    /// Its first entry.
    pub deed: EntryId,
    /// Who did it.
    pub who: PersonId,
    /// How many of its lines are here.
    pub parts: usize,
    /// How many there should be.
    pub of: u32,
}

/// Deeds that are taken back, and whose they are.
type TakenBack = BTreeSet<(EntryId, PersonId)>;

/// What a person did, as their undo key sees it.
#[derive(Default)]
struct Stacks {
    done: Vec<EntryId>,
    /// With the time at which it was.
    taken_back: Vec<(EntryId, u64)>,
}

impl History {
    /// The deed a person may take back next: their last one that is not taken back, in this or an earlier process.
    pub fn undoable(&self, who: &PersonId) -> Option<EntryId> {
        self.stacks(who).done.pop()
    }

    /// The deed a person may do again: what they took back last, unless they did something else since.
    pub fn redoable(&self, who: &PersonId) -> Option<EntryId> {
        let (deed, t) = self.stacks(who).taken_back.pop()?;
        // What they did since may be among what a squash dropped.
        (t > self.dropped.until).then_some(deed)
    }

    /// The lines of a deed, in order.
    pub fn deed(&self, deed: EntryId) -> Vec<&Line> {
        let of_deed = |line: &&Line| line.entry.deed_id() == deed;
        self.readable().filter(of_deed).collect()
    }

    /// The deeds of which some lines are missing. A deed's lines have counters in a row.
    pub fn unfinished(&self) -> Vec<Unfinished> {
        let heads = self.asking_heads();
        let mut found: BTreeMap<EntryId, Unfinished> = BTreeMap::new();
        for line in self.readable() {
            let Some(part) = line.entry.part else { continue };
            let who = line.entry.who.clone();
            let deed = Unfinished { deed: part.of, who, parts: 0, of: part.parts };
            found.entry(part.of).or_insert(deed).parts += 1;
        }
        let is_whole = |found: &Unfinished| {
            let last = found.deed.counter.saturating_add(found.of.saturating_sub(1).into());
            let had = heads.0.get(&found.deed.author);
            had.is_some_and(|had| had.iter().any(|(a, b)| a <= found.deed.counter && last <= b))
        };
        found.into_values().filter(|found| !is_whole(found)).collect()
    }

    /// What a deed of a person did, and what else was written there. Nothing where it is not here, is not theirs or
    /// takes back another.
    pub fn trace(&self, deed: EntryId, who: &PersonId) -> Option<Trace> {
        let mut lines = self.deed(deed);
        lines.retain(|line| line.entry.who == *who);
        let first = &lines.first()?.entry;
        if first.undo.or(first.redo).is_some() {
            return None;
        }
        let who = who.clone();
        let taken_back = self.taken_back();
        let writes: Vec<Write> = self.writes().collect();
        let ours = |write: &&Write| {
            let entry = &self.log.line(write.line).entry;
            entry.deed_id() == deed && entry.who == who
        };
        let made = self.first_made(&writes, deed);
        let mut registers = BTreeSet::new();
        for write in writes.iter().filter(ours) {
            let change = self.log.change(*write);
            match (change.about(), change.writes(&who)) {
                (Some(id), _) if made.contains(&id) => {
                    registers.insert(Register { of: Some(id), facet: Facet::Removed });
                }
                (of, Some(facet)) => drop(registers.insert(Register { of, facet })),
                (of, None) => {
                    let details = change.makes_with().into_iter().flatten().map(|(name, _)| name.clone());
                    let words = matches!(change, Change::NotePlaced { .. }).then_some(Facet::Wording);
                    let facets = change.makes_fields().iter().cloned().chain(words);
                    let facets = facets.chain(details.map(Facet::Detail));
                    registers.extend(facets.map(|facet| Register { of, facet }));
                }
            }
        }
        let mut about: BTreeMap<Option<Id>, Vec<Write>> =
            registers.iter().map(|r| (r.of, Vec::new())).collect();
        for write in writes {
            if let Some(writes) = about.get_mut(&self.log.change(write).about()) {
                writes.push(write);
            }
        }
        let (mut fields, mut wordings) = (Vec::new(), Vec::new());
        for register in registers {
            let writes = &about[&register.of];
            match (&register.facet, register.of) {
                (Facet::Wording, Some(note)) => wordings.push(self.wording_trace(note, &taken_back)),
                _ => fields.push(self.field_trace(deed, register, writes, &taken_back)),
            }
        }
        Some(Trace {
            deed,
            who,
            fields,
            wordings,
            has_unread: lines.iter().any(|line| line.entry.has_unread),
        })
    }

    fn writes(&self) -> impl Iterator<Item = Write> {
        self.log.in_order().flat_map(|at| self.log.writes(at))
    }

    /// The deed an entry takes back, or does again, where it is not another person's.
    fn retells(&self, entry: &Entry) -> Option<(EntryId, bool)> {
        let (deed, back) = entry.undo.map(|deed| (deed, true)).or(entry.redo.map(|deed| (deed, false)))?;
        let mut lines = self.lines_of(deed).peekable();
        let may = lines.peek().is_none() || lines.any(|line| line.entry.who == entry.who);
        may.then_some((deed, back))
    }

    /// The deeds that are taken back, each with the person who did it, and not done again since.
    fn taken_back(&self) -> TakenBack {
        let mut taken_back = TakenBack::new();
        for line in self.readable() {
            match self.retells(&line.entry) {
                Some((deed, true)) => drop(taken_back.insert((deed, line.entry.who.clone()))),
                Some((deed, false)) => drop(taken_back.remove(&(deed, line.entry.who.clone()))),
                None => {}
            }
        }
        taken_back
    }

    fn stacks(&self, who: &PersonId) -> Stacks {
        let mut stacks = Stacks::default();
        for line in self.readable().filter(|line| line.entry.who == *who) {
            let entry = &line.entry;
            match self.retells(entry) {
                Some((deed, back)) => {
                    let was_done = forget(&mut stacks.done, |other| *other == deed);
                    let was_back = forget(&mut stacks.taken_back, |(other, _)| *other == deed);
                    if back && (was_done || was_back) {
                        stacks.taken_back.push((deed, entry.t));
                    } else if !back && self.lines_of(deed).next().is_some() {
                        stacks.done.push(deed);
                    }
                }
                None if entry.undo.or(entry.redo).is_some() => {}
                None => {
                    stacks.taken_back.clear();
                    stacks.done.extend(Some(entry.id).filter(|id| *id == entry.deed_id()));
                }
            }
        }
        stacks
    }

    /// The things a deed made that were not there before.
    fn first_made(&self, writes: &[Write], deed: EntryId) -> BTreeSet<Id> {
        let mut first: BTreeMap<Id, Write> = BTreeMap::new();
        for &write in writes {
            if let Some(id) = self.log.change(write).makes() {
                let holds = first.entry(id).or_insert(write);
                if self.log.order(write, *holds).is_lt() {
                    *holds = write;
                }
            }
        }
        first.retain(|_, write| self.log.line(write.line).entry.deed_id() == deed);
        first.into_keys().collect()
    }

    /// What people call a thing.
    fn called(&self, of: Option<Id>) -> String {
        let board = self.board();
        let Some(id) = of else { return board.title().to_owned() };
        if let Some(note) = board.notes.get(&id) {
            return note.text().to_owned();
        }
        if let Some(arrow) = board.arrows.get(&id) {
            return format!("{} → {}", self.called(Some(arrow.from)), self.called(Some(arrow.to)));
        }
        let details = board.details_of(id);
        let name = details.map(|details| [text_of(details, "name"), text_of(details, "text")].concat());
        name.filter(|name| !name.is_empty())
            .or_else(|| Some(self.fold.slot(of)?.text(&self.log)))
            .unwrap_or_default()
    }

    fn field_trace(
        &self,
        deed: EntryId,
        register: Register,
        writes: &[Write],
        taken_back: &TakenBack,
    ) -> FieldTrace {
        let facet = &register.facet;
        let mut ordered: Vec<(Write, Change)> = Vec::new();
        for &write in writes {
            let entry = &self.log.line(write.line).entry;
            let change = self.log.change(write).only(facet, &entry.who, &entry.by);
            ordered.extend(change.map(|change| (write, change)));
        }
        ordered.sort_by(|(a, _), (b, _)| self.log.order(*a, *b));
        let first = ordered.first().map(|(write, _)| *write);
        let first_made = first.filter(|write| self.log.change(*write).makes().is_some());
        let unwritten = match (facet, register.of, first_made) {
            (Facet::Removed, Some(id), Some(made)) => Some(match self.log.change(made) {
                Change::NotePlaced { .. } => Change::NoteRemoved { note: id, saw: self.seen(id) },
                _ => Change::ThingRemoved { thing: id },
            }),
            _ => register.cleared(),
        };
        let written = |(write, change): (Write, Change)| {
            let entry = &self.log.line(write.line).entry;
            let stamp = self.log.stamp(write);
            let (of, who) = match stamp.own {
                Some(_) => self.deed_of(stamp.mark.entry, entry),
                None => (entry.deed_id(), entry.who.clone()),
            };
            let is_taken_back = taken_back.contains(&(of, who.clone()));
            Written { stamp, by: entry.who.clone(), deed: of, who, is_taken_back, change }
        };
        let writes: Vec<Written> = ordered.into_iter().map(written).collect();
        let is_old = |write: &Written| write.deed == deed && write.stamp.mark.t <= self.dropped.until;
        FieldTrace {
            called: self.called(register.of),
            unwritten,
            is_squashed: *facet != Facet::Removed && writes.iter().any(is_old),
            writes,
            register,
        }
    }

    /// The deed at whose mark somebody writes, and who did it. Where that is not here any more, it was the writer's.
    fn deed_of(&self, marked: EntryId, writer: &Entry) -> (EntryId, PersonId) {
        let entries = || self.lines_of(marked).map(|line| &line.entry);
        let entry = entries().find(|entry| entry.who == writer.who).or_else(|| entries().next());
        entry.map_or_else(|| (marked, writer.who.clone()), |entry| (entry.deed_id(), entry.who.clone()))
    }

    fn seen(&self, note: Id) -> Vec<Id> {
        let wordings = self.fold.slot(Some(note)).map(|slot| slot.wordings(&self.log)).unwrap_or_default();
        let alive = wordings.into_iter().filter(|(_, is_alive)| *is_alive);
        alive.map(|(write, _)| MultiValue::name(write, &self.log)).collect()
    }

    fn wording_trace(&self, note: Id, taken_back: &TakenBack) -> WordingTrace {
        let mut values = Vec::new();
        for (write, is_alive) in
            self.fold.slot(Some(note)).into_iter().flat_map(|slot| slot.wordings(&self.log))
        {
            let entry = &self.log.line(write.line).entry;
            let stamp = self.log.stamp(write);
            let (deed, who) = self.deed_of(stamp.mark.entry, entry);
            let over = match self.log.change(write) {
                Change::NoteReworded { over, .. } => over.clone(),
                _ => Vec::new(),
            };
            let value = WordingValue {
                id: MultiValue::name(write, &self.log),
                mark: stamp.mark,
                is_retold: stamp.own.is_some(),
                is_again: entry.redo.is_some(),
                text: text_written(self.log.change(write)).to_owned(),
                over,
                is_alive,
                is_taken_back: taken_back.contains(&(deed, who.clone())),
                deed,
                who,
            };
            values.push((entry.t, value));
        }
        values.sort_by(|(t, a), (u, b)| (t, a.id).cmp(&(u, b.id)));
        let values = values.into_iter().map(|(_, value)| value).collect();
        WordingTrace { note, called: self.called(Some(note)), values }
    }
}

fn forget<T>(stack: &mut Vec<T>, is_it: impl FnMut(&T) -> bool) -> bool {
    stack.iter().rposition(is_it).map(|at| stack.remove(at)).is_some()
}
