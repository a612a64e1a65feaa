//! Lines no honest squall writes, through the real relay to walls: every wall stays the same as every other, nothing of
//! it fools a terminal, and what it did can be taken back.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use serde_json::{Value, json};
use squall::format::{Choices, named};
use squall::model::entry::sealed;
use squall::model::limit::{
    CHANGES_MAX, JSON_DEPTH_MAX, LINE_BYTES_MAX, TIME_MAX, TIME_STEP_MAX, WORDING_CHARS_MAX,
};
use squall::model::{Author, EntryId, PersonId};
use squall::session::clock::MachineClock;
use squall::session::config::Config;
use squall::session::{Seat, Wall};
use squall::tui::input::Input;
use squall::tui::stage::Stage;
use squall::tui::theme::Theme;
use squall::wire::frame::{ClientFrame, Frame as _, Hello, Item, Somebody};
use squall::wire::limit::BYTES;
use squall::words::Lang;
use tokio_tungstenite::tungstenite::Message;

use super::whole::{Whole, runtime};
use super::{Person, both, seat};
use crate::badinput::fools;
use crate::relay::client::hello;
use crate::sitter::text_of;

/// What would fool a terminal: it clears the screen, sets the title, turns the line, hides and stacks letters.
const FOUL: &str = "a\u{1b}[2J\u{9b}31m\u{1b}]0;owned\u{7}\u{202e}gpj.exe\u{2066}\u{200b}\u{e0041}\u{0}e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}";
const EVE: &str = "p-Eve";
/// Above what two honest people have done by then.
const T: u64 = 1_000;

/// What somebody who means harm has to say.
struct Eve {
    author: Author,
    counter: u64,
    lines: Vec<Item>,
}

impl Eve {
    fn next(&mut self) -> EntryId {
        self.counter += 1;
        EntryId { author: self.author, counter: self.counter }
    }

    fn item(&mut self, id: EntryId, t: u64, line: String) {
        self.lines.push(Item { id, t, seal: 0, line: line.into() });
    }

    /// A line with these members beside its envelope.
    fn says(&mut self, t: u64, members: &str) -> EntryId {
        let id = self.next();
        self.item(id, t, sealed(&format!(r#"{{"id":"{id}","t":{t},"who":"{EVE}",{members}}}"#)));
        id
    }

    fn does(&mut self, deeds: &Value) -> EntryId {
        self.says(T, &format!(r#""by":"Eve","do":{deeds}"#))
    }

    /// Lines that are none: set aside wherever they come.
    fn says_what_is_no_line(&mut self) {
        for text in ["", "{", "nonsense", "[]", r#"{"id":"x"}"#, "\u{0}", &"[".repeat(60_000), "{\n}"] {
            let id = self.next();
            self.item(id, T, text.to_owned());
            let id = self.next();
            self.item(id, T, sealed(&format!("{text}}}")));
        }
        let id = self.next();
        self.item(
            id,
            T,
            sealed(&format!(r#"{{"id":"{id}","t":{T},"do":[]}}"#)).replace(r#""do""#, r#""to""#),
        );
        // What stands beside it on the wire is not what it says itself.
        let (id, other) = (self.next(), EntryId { author: self.author, counter: 9_999 });
        self.item(id, T, sealed(&format!(r#"{{"id":"{other}","t":{T},"do":[]}}"#)));
        let id = self.next();
        self.item(id, T, sealed(&format!(r#"{{"id":"{id}","t":{},"do":[]}}"#, T + 1)));
    }

    /// Lines whose inside no squall reads, or only in part.
    fn says_what_nobody_reads(&mut self) {
        let deep = |depth: usize| {
            format!(
                r#""do":[{{"detail_set":{{"field":"later","value":{}{}}}}}]"#,
                "[".repeat(depth),
                "]".repeat(depth)
            )
        };
        for members in [
            deep(JSON_DEPTH_MAX),
            deep(20_000),
            r#""do":[{"wall_burnt":{"all":true}},{"note_placed":{"kind":"domain-event"}}],"mood":"foul""#
                .into(),
            r#""do":7"#.into(),
            r#""do":null,"by":[],"undo":"x","redo":{},"of":[1]"#.into(),
            r#""do":[],"do":[],"by":"twice","by":"told""#.into(),
            format!(r#""do":[{}]"#, vec![r#"{"thing_removed":{"thing":"a.1/0"}}"#; 1_800].join(",")),
            format!(r#""by":"{}","at":"{}","do":[]"#, "x".repeat(9_000), "9".repeat(9_000)),
        ] {
            self.says(T, &members);
        }
        let none = vec![json!({}); CHANGES_MAX + 1];
        self.does(&json!(none));
        for (at, size, z) in [
            (json!([i64::MAX, 0]), json!([1, 1]), json!(0)),
            (json!([i32::MIN, i32::MAX]), json!([1, 1]), json!(0)),
            (json!([0, 0]), json!([0, -5]), json!(0)),
            (json!([0, 0]), json!([i32::MAX, i32::MAX]), json!(0)),
            (json!([0.5, 1e300]), json!([1, 1]), json!(0)),
            (json!([0, 0]), json!([1, 1]), json!(u64::MAX)),
        ] {
            self.does(&json!([{"note_placed":
                {"kind": "domain-event", "wording": "out of this world", "at": at, "size": size, "z": z}}]));
        }
        let long = "x".repeat(WORDING_CHARS_MAX + 1);
        self.does(&json!([{"note_placed": {"kind": "domain-event", "wording": long, "at": [0, 0], "size": [9, 3]}}]));
        self.says(T + TIME_STEP_MAX + 1_000, r#""by":"Eve","do":[]"#);
        self.says(TIME_MAX, r#""by":"Eve","do":[]"#);
        // Too long for a line: the relay takes neither, nor a time that no number holds.
        self.says(T, &format!(r#""by":"{}""#, "x".repeat(LINE_BYTES_MAX)));
        self.says(TIME_MAX + 1, r#""do":[]"#);
    }

    /// Deeds that do all they can to a wall with these notes; each of them works.
    fn does_harm(&mut self, notes: &[String]) -> Vec<EntryId> {
        let placed = |wording: &str, more: Value| {
            let mut note =
                json!({"kind": "domain-event", "wording": wording, "at": [40, 20], "size": [24, 5]});
            note.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            json!({"note_placed": note})
        };
        let texts = json!({"alias": FOUL, "definition": FOUL, "tags": [FOUL], "chapter": FOUL, "owner": &FOUL[..20],
            "aside": FOUL, "next": FOUL, FOUL: FOUL});
        let rect = json!([0, 0, 60, 20]);
        let mut deeds = vec![
            json!([
                placed(FOUL, json!({"author": "\u{202e}Ana", "details": texts})),
                placed("\u{202e}", json!({"kind": "hotspot", "z": i64::MAX}))
            ]),
            json!([{"context_framed": {"rect": rect, "details": {"name": FOUL, "team": FOUL, "purpose": FOUL}}},
                {"lane_drawn": {"y": 3, "details": {"name": FOUL}}},
                {"requirement_written": {"details": {"text": FOUL}}},
                {"decision_written": {"details": {"text": FOUL}}}]),
            json!([{"detail_set": {"field": "title", "value": FOUL}}, {"detail_set": {"field": "scope", "value": FOUL}},
                {"detail_set": {"field": FOUL, "value": {FOUL: [FOUL]}}}]),
            json!([{"notes_connected": {"from": notes[0], "to": notes[1], "details": {"label": FOUL, "why": FOUL}}},
                {"notes_connected": {"from": notes[0], "to": notes[0]}},
                {"notes_connected": {"from": notes[0], "to": "nowhere000.7/0"}}]),
            json!([{"note_stuck": {"note": notes[0], "host": notes[1]}}, {"note_stuck": {"note": notes[1], "host": notes[0]}},
                {"note_stuck": {"note": notes[2], "host": notes[2]}}]),
        ];
        for note in notes {
            deeds.push(json!([{"note_reworded": {"note": note, "wording": FOUL}}, {"note_recast": {"note": note, "kind": "hotspot"}},
                {"note_moved": {"note": note, "to": [999_999, -999_999]}}, {"note_resized": {"note": note, "size": [1, 1]}},
                {"note_layered": {"note": note, "z": i64::MIN}}, {"detail_set": {"of": note, "field": "pivotal", "value": true}}]));
            deeds.push(json!([{"vote_cast": {"note": note, "votes": 100, "by": "\u{202e}Bo"}}]));
            deeds.push(json!([{"note_removed": {"note": note}}]));
        }
        deeds.iter().map(|deeds| self.does(deeds)).collect()
    }
}

/// All that a person is shown, in words and on screens.
fn shown(person: &mut Person) -> String {
    let mut shown = String::new();
    for lang in Lang::ALL {
        let mut stage =
            Stage::new(seat("Bo"), &person.wall, Config::default(), (lang, Theme::default()), (160, 50));
        // The whole wall, what stands beside it, and the lists that open over it.
        for keys in
            ["0", "g y", "g H", "g r", "g p", "g f", "Esc", "g w", "Esc", "&", "Esc", "g x", "Esc", "w"]
        {
            for key in keys.split(' ') {
                drop(stage.input(&mut person.wall, Input::Key(key.parse().unwrap())));
            }
            let mut buffer = Buffer::default();
            stage.draw(&person.wall, &mut buffer);
            shown += &text_of(&buffer);
        }
        assert!(shown.contains("gpj"), "it is on the screen");
        let deeds = person.wall.deeds();
        for said in
            person.wall.tell_deeds(&deeds, 0..deeds.len()).iter().flatten().chain(person.wall.remarks())
        {
            shown += &said.speak(lang);
            shown.push('\n');
        }
        for news in person.wall.news() {
            shown += &news.said().map_or(String::new(), |said| said.speak(lang));
        }
    }
    shown
}

fn send(whole: &Whole, eve: &Eve) {
    runtime().block_on(async {
        let mut client = whole.dial(whole.port).await;
        let person = Somebody {
            id: PersonId(EVE.into()),
            name: format!("{}Eve", &FOUL[..10]),
            color: FOUL[..10].into(),
        };
        client.send(&ClientFrame::Hello(Hello { person, ..hello("Eve", "edit") })).await;
        client.welcomed().await.unwrap();
        client.catches_up().await;
        for item in &eve.lines {
            let is_taken = item.line.len() <= LINE_BYTES_MAX && item.t <= TIME_MAX;
            let said = ClientFrame::Entries(vec![item.clone()]);
            if is_taken {
                client.send(&said).await;
                client.kept(item.id).await;
                // The same id with other bytes never gets in.
                let other = Item { line: format!("{} ", item.line).into(), ..item.clone() };
                if item.line.len() < 1_000 {
                    let said = ClientFrame::Entries(vec![other]).encode();
                    assert_eq!(client.told_of(Message::text(said)).await, "refused 4410");
                }
            } else {
                assert_eq!(client.told_of(Message::text(said.encode())).await, "refused 4422");
            }
        }
    });
}

#[test]
fn whatever_somebody_says_all_walls_stay_equal_and_neutral_and_it_can_be_taken_back() {
    let whole = Whole::start();
    let (mut ana, mut bo) = (whole.person("Ana", whole.port), whole.person("Bo", whole.port));
    for wording in ["주문됨", "결제됨", "배송됨"] {
        ana.write(wording);
    }
    super::agree(&mut ana, &mut bo, 3);
    let before = plain(&ana);
    let notes: Vec<String> = ana.wall.board().notes.keys().map(ToString::to_string).collect();

    let mut eve = Eve { author: Author::from_random(666), counter: 0, lines: Vec::new() };
    eve.says_what_is_no_line();
    eve.says_what_nobody_reads();
    let harm = eve.does_harm(&notes);
    let last = eve.does(&json!([{"note_placed": {"kind": "domain-event", "wording": "the end", "at": [0, 60], "size": [24, 5]}}]));
    send(&whole, &eve);
    let is_there = |wall: &Wall| wall.history().heads().contains(last);
    both(&mut ana, &mut bo, "the last line is everywhere", |ana, bo| is_there(ana) && is_there(bo));
    assert_eq!(ana.json(), bo.json());
    assert_ne!(plain(&ana), before, "it did something");
    let waiting = ana.wall.history().waiting().count();
    assert_eq!(waiting, 2, "what is far beyond in time is kept and waits");

    let mut cho = whole.person("Cho", whole.port);
    cho.wait("it is live", |wall| wall.is_live() && wall.history().heads().contains(last));
    assert_eq!(cho.json(), ana.json(), "who comes later sees the same");
    let mut ana = ana.restart();
    assert_eq!(ana.json(), bo.json(), "and so does a file");

    for person in [&mut ana, &mut bo] {
        let shown = shown(person);
        assert!(shown.contains("the end"));
        let foul: Vec<&str> = shown.lines().filter(|line| line.contains(fools)).collect();
        assert!(foul.is_empty(), "{foul:?}");
    }
    whole.connect(&mut ana, whole.port);
    ana.hand_over();

    let mut hers = Seat::new(PersonId(EVE.into()), "Eve", Arc::new(MachineClock));
    for deed in harm.into_iter().chain([last]).rev() {
        let retold = hers.take_back(&mut ana.wall, deed).unwrap_or_else(|error| panic!("{deed}: {error:?}"));
        for said in retold.told.iter().chain(&retold.remarks) {
            assert!(!said.speak(Lang::En).contains(fools), "{said:?}");
        }
        retold.performed.wait().unwrap();
    }
    assert_eq!(plain(&ana), before);
    let is_same = |wall: &Wall| wall.unsent() == 0 && wall.board().notes.len() == 3;
    both(&mut ana, &mut bo, "all has been taken back everywhere", |ana, bo| {
        is_same(ana) && ana.history().heads() == bo.history().heads()
    });
    assert_eq!(ana.json(), bo.json());
}

#[test]
fn notes_by_the_thousand_are_everywhere_alike_and_go_as_they_came() {
    let whole = Whole::start();
    let (mut ana, mut bo) = (whole.person("Ana", whole.port), whole.person("Bo", whole.port));
    ana.write("주문됨");
    super::agree(&mut ana, &mut bo, 1);
    let before = plain(&ana);
    let mut eve = Eve { author: Author::from_random(666), counter: 0, lines: Vec::new() };
    // As many as the relay takes at once: each mark of quotation takes two bytes on the way.
    let note = json!({"note_placed": {"kind": "hotspot", "wording": "", "at": [0, 0], "size": [1, 1]}});
    let notes = json!(vec![note; LINE_BYTES_MAX / 80]);
    let deeds: Vec<EntryId> =
        (0..BYTES.burst / 2 / LINE_BYTES_MAX as u64).map(|_| eve.does(&notes)).collect();
    send(&whole, &eve);
    let has = |wall: &Wall| wall.history().heads().contains(deeds[deeds.len() - 1]);
    both(&mut ana, &mut bo, "all are everywhere", |ana, bo| has(ana) && has(bo));
    assert_eq!(ana.wall.board().notes.len(), 1 + deeds.len() * (LINE_BYTES_MAX / 80));
    assert_eq!(ana.json(), bo.json());
    let mut hers = Seat::new(PersonId(EVE.into()), "Eve", Arc::new(MachineClock));
    for deed in deeds {
        hers.take_back(&mut ana.wall, deed).unwrap().performed.wait().unwrap();
    }
    assert_eq!(plain(&ana), before);
}

/// The board as it is exported for people.
fn plain(person: &Person) -> String {
    named("json").unwrap().text(person.wall.board(), &Choices::default()).unwrap()
}
