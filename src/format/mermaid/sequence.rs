use super::label;
use super::map::line;
use crate::format::landscape::name_of;
use crate::model::{Id, NoteKind};
use crate::query::Outline;
use crate::query::outline::{MessageFlow, MessageKind, Party, Speaker, Waiting};
use crate::words::{Lang, Said, say};

/// A flow as messages between those who take part: a closed head where the sender waits, an open one where nobody does.
pub fn sequence(outline: &Outline, flow: &MessageFlow, lang: Lang) -> String {
    let mut out = "sequenceDiagram\n".to_owned();
    let mut cast: Vec<(Role, String)> = Vec::new();
    let mut part = |speaker: Speaker| {
        let who = match speaker {
            Speaker::Note(note) => (Role::of(outline, note), outline.wording(note).to_owned()),
            Speaker::Party(party) => (Role::Party(party), name_of(outline, party, lang)),
        };
        cast.iter().position(|other| *other == who).unwrap_or_else(|| {
            cast.push(who);
            cast.len() - 1
        })
    };
    let ends: Vec<(usize, usize)> = flow.steps.iter().map(|step| (part(step.from), part(step.to))).collect();
    for (at, (role, name)) in cast.iter().enumerate() {
        let sort = if *role == Role::Actor { "actor" } else { "participant" };
        line(&mut out, format_args!("{sort} s{at} as {}", label(name)));
    }
    for (step, (from, to)) in flow.steps.iter().zip(&ends) {
        let arrow = if step.mode == Waiting::Sync { "->>" } else { "-)" };
        let wording = outline.wording(step.note);
        let text = match step.kind {
            MessageKind::Query => Said::new("picture-asks").with("name", wording).speak(lang),
            MessageKind::Event | MessageKind::Command => wording.to_owned(),
        };
        line(&mut out, format_args!("s{from}{arrow}s{to}: {}", label(&text)));
    }
    if let Some((_, last)) = ends.last().filter(|_| flow.goes_on) {
        line(&mut out, format_args!("Note over s{last}: {}", label(say(lang, "picture-goes-on"))));
    }
    out
}

/// What somebody of a name is, so that two who only share the name stay two.
#[derive(PartialEq)]
enum Role {
    Actor,
    Thing,
    Party(Party),
}

impl Role {
    fn of(outline: &Outline, note: Id) -> Role {
        let is_actor = outline.note(note).is_some_and(|note| note.kind == NoteKind::Actor);
        if is_actor { Role::Actor } else { Role::Thing }
    }
}
