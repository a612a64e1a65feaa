//! What a deed did, in sentences: for the log, for the question what undo would take back, for the difference of two
//! walls.

use serde_json::Value;

use crate::model::field::{FieldType, field};
use crate::model::text::SafeText;
use crate::model::{
    Applied, Arrow, Board, Context, Details, Frame, Id, Lane, Note, NoteKind, Sentence, Thing, Turn, Vote,
};
use crate::words::{Lang, Said};

/// Characters of a wording that a sentence shows.
const SHOWN_CHARS_MAX: usize = 60;
/// How many things of a crowd are named.
const NAMED_MAX: usize = 2;
/// Sentences of one deed, before the rest is only counted.
const SENTENCES_MAX: usize = 6;

/// One thing that happened, and how it is told.
struct Event {
    said: Said,
    /// How it is told of many, and the name of the one.
    crowd: Option<(&'static str, String)>,
}

/// Tells what these did to a wall, what happened often in one sentence. `before` and `after` are asked for the wordings
/// of what the changes only name.
pub fn tell(applied: &[Applied], before: &Board, after: &Board) -> Vec<Said> {
    let teller = Teller { before, after };
    let mut events = Vec::new();
    for change in applied {
        teller.tell(change, &mut events);
    }
    let mut told: Vec<Said> = Vec::new();
    while !events.is_empty() {
        let crowd = events[0].crowd.as_ref().map(|(key, _)| *key);
        let is_alike =
            |event: &mut Event| crowd.is_some() && event.crowd.as_ref().map(|(key, _)| *key) == crowd;
        let alike: Vec<Event> = events.extract_if(.., is_alike).collect();
        told.push(match alike.len() {
            0 => events.remove(0).said,
            1 => alike.into_iter().next().expect("there is one").said,
            _ => of_many(&alike),
        });
    }
    // What grew to make room is no news beside what was done.
    told.sort_by_key(|said| said.key.0.ends_with("-resized"));
    let rest = told.len().saturating_sub(SENTENCES_MAX);
    if rest > 0 {
        told.truncate(SENTENCES_MAX);
        told.push(Said::new("told-more").with("count", rest));
    }
    told
}

fn of_many(events: &[Event]) -> Said {
    let crowds: Vec<&(&'static str, String)> =
        events.iter().filter_map(|event| event.crowd.as_ref()).collect();
    let names: Vec<String> = crowds.iter().take(NAMED_MAX).map(|(_, name)| format!("“{name}”")).collect();
    let more = if crowds.len() > NAMED_MAX { " …" } else { "" };
    Said::new(crowds[0].0).with("count", crowds.len()).with("names", names.join(", ") + more)
}

struct Teller<'a> {
    before: &'a Board,
    after: &'a Board,
}

/// A wording on one line, cut where it is long.
fn shown(text: &str) -> String {
    let line = SafeText::line(text).to_string();
    match line.char_indices().nth(SHOWN_CHARS_MAX) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

fn said(key: &'static str, text: &str) -> Said {
    Said::new(key).with("text", shown(text))
}

fn of_kind(key: &'static str, text: &str, kind: NoteKind) -> Said {
    said(key, text).with_each("kind", Lang::ALL.map(|lang| kind.label(lang)))
}

impl Teller<'_> {
    fn tell(&self, change: &Applied, events: &mut Vec<Event>) {
        match change {
            Applied::Note(turn) => self.note(turn, events),
            Applied::Arrow(turn) => self.arrow(turn, events),
            Applied::Context(turn) => self.context(turn, events),
            Applied::Lane(turn) => self.lane(turn, events),
            Applied::Requirement(turn) => {
                let keys = ["told-required", "told-requirement-gone"];
                self.sentence(Thing::Requirement, turn, keys, events);
            }
            Applied::Decision(turn) => {
                self.sentence(Thing::Decision, turn, ["told-agreed", "told-decision-gone"], events);
            }
            Applied::Vote(turn) => self.vote(turn, events),
            Applied::Board(turn) => {
                let empty = Details::new();
                let (before, after) = (turn.before.as_ref(), turn.after.as_ref());
                self.details(Thing::Board, "", before.unwrap_or(&empty), after.unwrap_or(&empty), events);
            }
        }
    }

    fn note(&self, turn: &Turn<Note>, events: &mut Vec<Event>) {
        let (before, after) = match (&turn.before, &turn.after) {
            (Some(before), Some(after)) => (before, after),
            (None, Some(note)) => return events.push(placed(note)),
            (Some(note), None) => {
                return events.push(crowd("told-note-gone", "told-notes-gone", note.text()));
            }
            (None, None) => return,
        };
        let text = after.text();
        if before.text() != text {
            events.push(Event::one(said("told-reworded", text).with("old", shown(before.text()))));
        }
        let (had, has) = (before.wording.alternatives().len(), after.wording.alternatives().len());
        if has > had {
            events.push(Event::one(said("told-alternatives", text).with("count", has)));
        } else if has < had && has == 1 {
            events.push(Event::one(said("told-settled", text)));
        }
        if before.kind != after.kind {
            events.push(Event::one(of_kind("told-recast", text, after.kind)));
        }
        if before.at != after.at {
            events.push(crowd("told-note-moved", "told-notes-moved", text));
        }
        if before.size != after.size {
            events.push(crowd("told-resized", "told-notes-resized", text));
        }
        if before.z != after.z {
            let key = if after.z > before.z { "told-raised" } else { "told-lowered" };
            events.push(Event::one(said(key, text)));
        }
        if before.host != after.host {
            events.push(Event::one(match after.host {
                Some(host) => said("told-stuck", text).with("host", self.name(host)),
                None => said("told-unstuck", text),
            }));
        }
        match (before.aside(), after.aside()) {
            (before, Some(why)) if before != Some(why) => {
                events.push(Event::one(said("told-aside", text).with("why", shown(why))));
            }
            (Some(_), None) => events.push(Event::one(said("told-back", text))),
            _ => {}
        }
        let without_aside = |note: &Note| {
            let mut details = note.details.clone();
            details.remove("aside");
            details
        };
        self.details(Thing::Note, text, &without_aside(before), &without_aside(after), events);
    }

    fn arrow(&self, turn: &Turn<Arrow>, events: &mut Vec<Event>) {
        let Some(arrow) = turn.after.as_ref().or(turn.before.as_ref()) else { return };
        let name = format!("{} → {}", self.name(arrow.from), self.name(arrow.to));
        match (&turn.before, &turn.after) {
            (Some(before), Some(after)) => {
                self.details(Thing::Arrow, &name, &before.details, &after.details, events);
            }
            (None, _) => events.push(crowd("told-arrow", "told-arrows", &name)),
            // An arrow whose end went goes without saying.
            (_, None) if [arrow.from, arrow.to].iter().all(|end| self.after.notes.contains_key(end)) => {
                events.push(crowd("told-arrow-gone", "told-arrows-gone", &name));
            }
            (_, None) => {}
        }
    }

    fn context(&self, turn: &Turn<Context>, events: &mut Vec<Event>) {
        match (&turn.before, &turn.after) {
            (Some(before), Some(after)) => {
                if before.rect.size != after.rect.size {
                    events.push(crowd("told-context-resized", "told-contexts-resized", after.name()));
                } else if before.rect != after.rect {
                    events.push(crowd("told-context-moved", "told-contexts-moved", after.name()));
                }
                self.details(Thing::Context, before.name(), &before.details, &after.details, events);
            }
            (None, Some(context)) => events.push(match context.frame {
                Frame::Context => crowd("told-context", "told-contexts", context.name()),
                Frame::Subdomain => crowd("told-subdomain", "told-subdomains", context.name()),
            }),
            (Some(context), None) => {
                events.push(crowd("told-context-gone", "told-contexts-gone", context.name()));
            }
            (None, None) => {}
        }
    }

    fn lane(&self, turn: &Turn<Lane>, events: &mut Vec<Event>) {
        match (&turn.before, &turn.after) {
            (Some(before), Some(after)) => {
                if before.y != after.y {
                    events.push(Event::one(said("told-lane-moved", after.name())));
                }
                self.details(Thing::Lane, before.name(), &before.details, &after.details, events);
            }
            (None, Some(lane)) => events.push(crowd("told-lane", "told-lanes", lane.name())),
            (Some(lane), None) => events.push(crowd("told-lane-gone", "told-lanes-gone", lane.name())),
            (None, None) => {}
        }
    }

    fn sentence(
        &self,
        thing: Thing,
        turn: &Turn<Sentence>,
        [came, went]: [&'static str; 2],
        events: &mut Vec<Event>,
    ) {
        match (&turn.before, &turn.after) {
            (Some(before), Some(after)) => {
                self.details(thing, before.text(), &before.details, &after.details, events);
            }
            (None, Some(sentence)) => events.push(Event::one(said(came, sentence.text()))),
            (Some(sentence), None) => events.push(Event::one(said(went, sentence.text()))),
            (None, None) => {}
        }
    }

    fn vote(&self, turn: &Turn<Vote>, events: &mut Vec<Event>) {
        let votes = |vote: &Option<Vote>| vote.as_ref().map_or(0, |vote| vote.votes);
        let Some(vote) = turn.after.as_ref().or(turn.before.as_ref()) else { return };
        let text = self.name(vote.note);
        events.push(Event::one(match votes(&turn.after) {
            0 => said("told-vote-gone", &text),
            votes => said("told-voted", &text).with("votes", votes),
        }));
    }

    /// Tells of each detail that is another now.
    fn details(&self, thing: Thing, of: &str, before: &Details, after: &Details, events: &mut Vec<Event>) {
        let gone = before.keys().filter(|name| !after.contains_key(*name)).map(|name| (name, &Value::Null));
        let set = after.iter().filter(|(name, value)| before.get(*name) != Some(*value));
        for (name, value) in set.chain(gone) {
            let (key, value) = match value {
                Value::Null => ("told-cleared", None),
                Value::Bool(true) => ("told-switched-on", None),
                value => ("told-set", Some(self.value(field(thing, name).map(|row| row.holds), value))),
            };
            let words = match field(thing, name) {
                Some(row) => [row.name.replace('_', " "), row.words[row.words.len() - 1].to_owned()],
                None => [shown(name), shown(name)],
            };
            let of =
                if thing == Thing::Board { Said::new("told-the-board") } else { said("told-the-thing", of) };
            let told = Said::new(key).with_each("field", words).with_said("of", of);
            events.push(Event::one(match value {
                Some(value) => told.with_each("value", value),
                None => told,
            }));
        }
    }

    /// A value as people read it in each language: a list by its items, a choice by its word, an id by what it names.
    fn value(&self, holds: Option<FieldType>, value: &Value) -> [String; 2] {
        let same = |text: String| [text.clone(), text];
        match value {
            Value::String(text) => match (text.parse(), holds) {
                (Ok(id), _) => same(self.name(id)),
                (Err(_), Some(holds)) => holds.told(text).map(shown),
                (Err(_), None) => same(shown(text)),
            },
            Value::Array(items) => {
                let items: Vec<[String; 2]> = items.iter().map(|item| self.value(holds, item)).collect();
                [0, 1].map(|lang| items.iter().map(|item| &*item[lang]).collect::<Vec<_>>().join(", "))
            }
            other => same(shown(&other.to_string())),
        }
    }

    fn name(&self, id: Id) -> String {
        let note = |board: &Board| board.notes.get(&id).map(|note| shown(note.text()));
        note(self.after).or_else(|| note(self.before)).unwrap_or_else(|| id.to_string())
    }
}

impl Event {
    fn one(said: Said) -> Event {
        Event { said, crowd: None }
    }
}

fn placed(note: &Note) -> Event {
    let said = of_kind("told-note", note.text(), note.kind);
    Event { said, crowd: Some(("told-notes", shown(note.text()))) }
}

fn crowd(one: &'static str, many: &'static str, name: &str) -> Event {
    Event { said: said(one, name), crowd: Some((many, shown(name))) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::{board, id, note};

    fn event(n: u32, text: &str) -> Note {
        note(n, NoteKind::DomainEvent, text, 0, 0)
    }

    fn came(note: Note) -> Applied {
        Applied::Note(Turn { before: None, after: Some(note) })
    }

    fn check(applied: &[Applied], en: &[&str], ko: &[&str]) {
        let board = board([event(0, "주문됨"), event(1, "결제됨")]);
        for (lang, expected) in [(Lang::En, en), (Lang::Ko, ko)] {
            let told: Vec<String> =
                tell(applied, &board, &board).iter().map(|said| said.speak(lang)).collect();
            assert_eq!(told, expected);
        }
    }

    #[test]
    fn one_thing_is_told_whole() {
        check(
            &[came(event(0, "주문됨"))],
            &["placed domain event “주문됨”"],
            &["스티커를 붙였어요: 도메인 이벤트 “주문됨”"],
        );
    }

    #[test]
    fn many_alike_are_told_at_once() {
        let applied = ["a", "b", "c"].map(|text| came(event(0, text)));
        check(&applied, &["placed 3 notes: “a”, “b” …"], &["스티커 3개를 붙였어요: “a”, “b” …"]);
    }

    #[test]
    fn every_way_in_which_a_note_changed_is_told() {
        let mut after = event(0, "주문 접수됨");
        after.kind = NoteKind::Policy;
        after.host = Some(id(1));
        after.details.insert("owner".into(), "민수".into());
        let applied = [Applied::Note(Turn { before: Some(event(0, "주문됨")), after: Some(after) })];
        check(
            &applied,
            &[
                "reworded “주문됨” to “주문 접수됨”",
                "recast “주문 접수됨” as policy",
                "stuck “주문 접수됨” on “결제됨”",
                "set owner of “주문 접수됨”: 민수",
            ],
            &[
                "문구를 고쳤어요: “주문됨” → “주문 접수됨”",
                "종류를 바꿨어요: “주문 접수됨” → 정책",
                "“결제됨” 위에 붙였어요: “주문 접수됨”",
                "“주문 접수됨”의 담당 항목을 바꿨어요: 민수",
            ],
        );
    }

    #[test]
    fn a_choice_is_told_in_the_language_of_the_reader() {
        let after = Details::from([("level".to_owned(), "design".into())]);
        let applied = [Applied::Board(Turn { before: None, after: Some(after) })];
        check(
            &applied,
            &["set level of the board: design"],
            &["보드의 수준 항목을 바꿨어요: 소프트웨어 설계"],
        );
    }

    #[test]
    fn an_arrow_that_went_with_its_end_goes_without_saying() {
        let gone = |from, to| {
            let arrow = Arrow { id: id(9), from: id(from), to: id(to), details: Details::new() };
            Applied::Arrow(Turn { before: Some(arrow), after: None })
        };
        check(&[gone(0, 7)], &[], &[]);
        check(&[gone(0, 1)], &["disconnected 주문됨 → 결제됨"], &["화살표를 지웠어요: 주문됨 → 결제됨"]);
    }
}
