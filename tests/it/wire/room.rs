//! A room alone: who may what, what goes to whom, and what it does when it is too much.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use squall::model::limit::LINE_BYTES_MAX;
use squall::model::{Author, EntryId, PersonId};
use squall::wire::close::{Close, Refusal};
use squall::wire::frame::{Frame, Item, RelayFrame, Role, Somebody};
use squall::wire::limit::{
    DEAD_MS, EDITORS_MAX, ENTRIES_BYTES_MAX, HEADS_MS, PING_MS, PRESENCE_BYTES_MAX, QUEUE_MESSAGES_MAX,
    STRIKES_MAX, WINDOW_MS,
};
use squall::wire::room::{Conn, Joining, Output, Place, Room};

/// A room whose journal answers when it is told to.
struct Hall {
    room: Room,
    now: u64,
    conns: u64,
    journal: BTreeMap<Place, Item>,
    /// Whether everything that is sent leaves at once.
    drains: bool,
}

/// What came out: what each connection was sent, and what else was asked for.
#[derive(Default)]
struct Came {
    sent: Vec<(Conn, Arc<str>)>,
    closed: Vec<(Conn, Close)>,
    pinged: Vec<Conn>,
    appends: Vec<Vec<Item>>,
    reads: usize,
}

impl Came {
    /// The frames a connection was sent, by name.
    fn names(&self, conn: Conn) -> Vec<String> {
        let frames = self.frames(conn).into_iter();
        frames
            .map(|frame| frame.as_object().expect("an object").keys().next().expect("a key").clone())
            .collect()
    }

    fn frames(&self, conn: Conn) -> Vec<Value> {
        let sent = self.sent.iter().filter(|(to, _)| *to == conn);
        sent.map(|(_, text)| serde_json::from_str(text).expect("a frame is JSON")).collect()
    }

    fn frame(&self, conn: Conn, name: &str) -> Option<Value> {
        self.frames(conn).into_iter().find_map(|frame| frame.get(name).cloned())
    }
}

fn id(author: u64, counter: u64) -> EntryId {
    EntryId { author: Author::from_random(author), counter }
}

fn item(author: u64, counter: u64) -> Item {
    Item { id: id(author, counter), t: counter, seal: 0, line: format!("line {author} {counter}").into() }
}

fn entries(items: &[Item]) -> String {
    json!({ "entries": items }).to_string()
}

impl Hall {
    fn new(lines: Vec<Item>) -> Hall {
        let room = Room::load("b", 5, lines.clone());
        let journal = lines.into_iter().map(|item| ((item.t, item.id), item)).collect();
        Hall { room, now: 1_000, conns: 0, journal, drains: true }
    }

    /// Somebody comes in and says what they have.
    fn enter(&mut self, name: &str, role: Role) -> Conn {
        let conn = self.knock(name, role, &format!("c{}", self.conns + 1));
        self.say(conn, r#"{"heads":{}}"#);
        self.pass(60);
        conn
    }

    fn knock(&mut self, name: &str, role: Role, client: &str) -> Conn {
        self.conns += 1;
        let conn = Conn(self.conns);
        let person = Somebody { id: PersonId(name.into()), name: name.into(), color: String::new() };
        self.room.join(Joining { conn, client: client.into(), person, role }, self.now);
        conn
    }

    fn say(&mut self, conn: Conn, text: &str) -> Came {
        self.room.receive(conn, text, self.now);
        self.come()
    }

    fn pass(&mut self, ms: u64) -> Came {
        self.now += ms;
        self.room.tick(self.now);
        self.come()
    }

    fn append(&mut self, is_durable: bool) -> Came {
        self.room.appended(is_durable, self.now);
        self.come()
    }

    fn come(&mut self) -> Came {
        let mut came = Came::default();
        loop {
            let outputs = self.room.take();
            if outputs.is_empty() {
                return came;
            }
            for output in outputs {
                match output {
                    Output::Send(conn, text) => {
                        came.sent.push((conn, text));
                        if self.drains {
                            self.room.written(conn, 1);
                        }
                    }
                    Output::Close(conn, close) => came.closed.push((conn, close)),
                    Output::Ping(conn) => came.pinged.push(conn),
                    Output::Append(items) => {
                        self.journal.extend(items.iter().map(|item| ((item.t, item.id), item.clone())));
                        came.appends.push(items);
                    }
                    Output::Read(conn, places) => {
                        came.reads += 1;
                        let lines: Vec<Item> =
                            places.iter().map(|place| self.journal[place].clone()).collect();
                        self.room.read(conn, &lines);
                    }
                    Output::Control(..) => {}
                }
            }
        }
    }
}

#[test]
fn who_comes_in_is_greeted_caught_up_and_then_live() {
    let mut hall = Hall::new(vec![item(1, 1), item(1, 2), item(2, 1)]);
    let conn = hall.knock("Ana", Role::Edit, "c1");
    let came = hall.come();
    assert_eq!(came.names(conn), ["welcome", "presence", "heads"]);
    let welcome = came.frame(conn, "welcome").expect("it is there");
    assert_eq!(welcome["people"][0]["person"]["name"], "Ana");
    assert_eq!((&welcome["role"], &welcome["board"]), (&json!("edit"), &json!("b")));
    assert_eq!(came.frame(conn, "heads"), Some(json!({"1000000000": "1-2", "2000000000": "1"})));
    let came = hall.say(conn, r#"{"heads":{"1000000000":"1"}}"#);
    assert_eq!(came.names(conn), ["entries", "live"]);
    let lines = came.frame(conn, "entries").expect("it lacks some");
    assert_eq!(
        (&lines[0]["id"], &lines[1]["id"]),
        (&json!("2000000000.1"), &json!("1000000000.2")),
        "by time"
    );
    let came = hall.say(conn, r#"{"heads":{"1000000000":"1-9","2000000000":"1"}}"#);
    assert_eq!(came.names(conn), ["live"], "nothing is lacking");
}

#[test]
fn a_lone_deed_does_not_wait_and_those_after_it_go_as_one_shared_frame() {
    let mut hall = Hall::new(Vec::new());
    let (ana, bo) = (hall.enter("Ana", Role::Edit), hall.enter("Bo", Role::Edit));
    let came = hall.say(ana, &entries(&[item(1, 1)]));
    assert_eq!((came.names(ana), came.names(bo)), (vec!["entries".into()], vec!["entries".to_owned()]));
    for counter in 2..5 {
        assert!(hall.say(bo, &entries(&[item(2, counter)])).sent.is_empty(), "the window is open");
    }
    assert_eq!(hall.room.wakes_at(), Some(hall.now + WINDOW_MS));
    let came = hall.pass(WINDOW_MS);
    assert_eq!(came.frame(ana, "entries").and_then(|it| Some(it.as_array()?.len())), Some(3));
    assert!(Arc::ptr_eq(&came.sent[0].1, &came.sent[1].1), "encoded once");
}

#[test]
fn kept_and_heads_tell_of_durable_lines_only() {
    let mut hall = Hall::new(Vec::new());
    let (ana, bo) = (hall.enter("Ana", Role::Edit), hall.enter("Bo", Role::Edit));
    let came = hall.say(ana, &entries(&[item(1, 1)]));
    assert_eq!(came.appends, [[item(1, 1)]]);
    assert!(hall.say(bo, &entries(&[item(1, 1)])).frame(bo, "kept").is_none(), "it is in flight");
    let cy = hall.knock("Cy", Role::Edit, "c9");
    assert_eq!(hall.come().frame(cy, "heads"), Some(json!({})));
    assert_eq!(hall.say(cy, r#"{"heads":{}}"#).names(cy), [""; 0], "not live before it can have everything");
    assert!(hall.say(ana, &entries(&[item(1, 2)])).appends.is_empty(), "one append at a time");
    let came = hall.append(true);
    let kept = Some(json!({"1000000000": "1"}));
    assert_eq!((came.frame(ana, "kept"), came.frame(bo, "kept")), (kept.clone(), kept.clone()));
    assert_eq!(came.appends, [[item(1, 2)]]);
    assert_eq!(came.names(cy), ["entries"]);
    let came = hall.say(bo, &entries(&[item(1, 1)]));
    assert_eq!((came.frame(bo, "kept"), came.appends.len()), (kept, 0), "known and durable");
    assert_eq!(hall.append(true).names(cy), ["entries", "live"]);
    let mut came = Came::default();
    for _ in 0..HEADS_MS / PING_MS + 1 {
        for conn in [ana, bo, cy] {
            hall.room.heard(conn, hall.now);
        }
        came.sent.extend(hall.pass(PING_MS).sent);
    }
    assert_eq!(came.frame(bo, "heads"), Some(json!({"1000000000": "1-2"})), "repeated, since they changed");
}

#[test]
fn a_failed_append_ends_the_room() {
    let mut hall = Hall::new(Vec::new());
    let ana = hall.enter("Ana", Role::Edit);
    hall.say(ana, &entries(&[item(1, 1)]));
    hall.say(ana, &entries(&[item(1, 2)]));
    let came = hall.append(false);
    assert_eq!((came.closed, came.appends.len()), (vec![(ana, Close::GoingDown)], 0));
    assert!(hall.room.is_over());
    let bo = hall.knock("Bo", Role::Edit, "c9");
    assert_eq!(hall.come().closed, [(bo, Close::GoingDown)]);
}

#[test]
fn roles_are_looked_at_on_every_frame() {
    let mut hall = Hall::new(Vec::new());
    let boss = hall.enter("Ana", Role::Facilitate);
    let (eve, ed) = (hall.enter("Eve", Role::View), hall.enter("Ed", Role::Edit));
    let code = |came: &Came, conn| came.frame(conn, "refused").map(|refused| refused["code"].clone());
    let role = Some(json!(Refusal::Role.code()));
    assert_eq!(code(&hall.say(eve, &entries(&[item(3, 1)])), eve), role);
    for control in [r#"{"kick":1}"#, r#"{"read_only":true}"#, r#"{"renew":"edit"}"#, r#"{"close":{}}"#] {
        for conn in [eve, ed] {
            assert_eq!(
                code(&hall.say(conn, &format!(r#"{{"control":{control}}}"#)), conn),
                role,
                "{control}"
            );
        }
    }
    hall.say(boss, r#"{"control":{"role":{"of":2,"role":"edit"}}}"#);
    let came = hall.say(eve, &entries(&[item(3, 1)]));
    assert_eq!(came.appends.len(), 1, "a viewer was made an editor");
    hall.say(boss, r#"{"control":{"read_only":true}}"#);
    assert_eq!(code(&hall.say(ed, &entries(&[item(4, 1)])), ed), role);
    let came = hall.say(boss, r#"{"control":{"kick":3}}"#);
    assert_eq!(came.closed, [(ed, Close::NotAllowed)]);
    let came = hall.say(boss, r#"{"control":{"close":{}}}"#);
    assert_eq!(came.closed, [(boss, Close::NotAllowed), (eve, Close::NotAllowed)]);
}

#[test]
fn other_bytes_under_one_id_and_another_s_voice_are_refused() {
    let mut hall = Hall::new(vec![item(1, 1)]);
    let (ana, bo) = (hall.enter("Ana", Role::Edit), hall.enter("Bo", Role::Edit));
    let refused = |came: Came, conn| came.frame(conn, "refused");
    let other = Item { line: "another".into(), ..item(1, 1) };
    let told = refused(hall.say(ana, &entries(&[other])), ana).expect("it is another line");
    assert_eq!((&told["code"], &told["ids"]), (&json!(4410), &json!(["1000000000.1"])));
    hall.say(ana, r#"{"voice":{"author":"1000000000","from":5}}"#);
    let told = refused(hall.say(bo, &entries(&[item(1, 5)])), bo).expect("that voice is Ana's");
    assert_eq!((&told["code"], &told["retry"]), (&json!(4410), &json!(DEAD_MS)));
    assert!(refused(hall.say(bo, &entries(&[item(1, 4)])), bo).is_none(), "what is older anybody may bring");
    let told = refused(hall.say(bo, r#"{"voice":{"author":"1000000000","from":5}}"#), bo);
    assert_eq!(told.expect("it is taken")["code"], json!(4410));
    hall.room.leave(ana, hall.now);
    assert!(refused(hall.say(bo, &entries(&[item(1, 5)])), bo).is_none(), "she is gone");
}

#[test]
fn a_new_connection_of_a_seat_replaces_the_old_and_the_old_one_s_end_ends_nothing() {
    let mut hall = Hall::new(Vec::new());
    let old = hall.knock("Ana", Role::Edit, "c1");
    let new = hall.knock("Ana", Role::Edit, "c1");
    let came = hall.come();
    assert_eq!(came.closed, [(old, Close::Replaced)]);
    assert_eq!(came.frame(new, "welcome").expect("greeted")["you"], json!(1));
    hall.room.leave(old, hall.now);
    assert!(hall.say(old, &entries(&[item(1, 1)])).appends.is_empty(), "nobody listens to the old one");
    assert_eq!(hall.say(new, &entries(&[item(1, 1)])).appends.len(), 1);
    let third = hall.knock("Ana", Role::View, "c3");
    let people = hall.come().frame(third, "welcome").expect("greeted")["people"].clone();
    assert_eq!(people[1]["person"]["name"], "Ana (2)", "names are told apart");
    assert_eq!(hall.room.size(), (1, 2));
}

#[test]
fn who_does_not_read_is_closed_and_the_others_are_not() {
    let mut hall = Hall::new(Vec::new());
    let (ana, bo) = (hall.enter("Ana", Role::Edit), hall.enter("Bo", Role::Edit));
    hall.drains = false;
    let mut closed = Vec::new();
    let mut counter = 0;
    while closed.is_empty() {
        counter += 1;
        let came = hall.say(ana, &entries(&[item(1, counter)]));
        closed.extend(came.closed.into_iter().chain(hall.pass(20).closed));
        hall.room.written(ana, 99);
        hall.room.heard(bo, hall.now);
        assert!(counter < 2 * QUEUE_MESSAGES_MAX as u64, "the queue has a limit");
    }
    assert_eq!((closed, counter), (vec![(bo, Close::TooSlow)], QUEUE_MESSAGES_MAX as u64 + 1));
}

#[test]
fn what_is_missing_comes_as_the_socket_drains_and_does_not_count_as_slowness() {
    let line: Arc<str> = "x".repeat(LINE_BYTES_MAX - 1).into();
    let lines: Vec<Item> = (1..=80).map(|counter| Item { line: line.clone(), ..item(1, counter) }).collect();
    let mut hall = Hall::new(lines);
    hall.drains = false;
    let conn = hall.knock("Ana", Role::Edit, "c1");
    hall.say(conn, r#"{"heads":{}}"#);
    let mut frames = 0;
    for _ in 0..100 {
        let came = hall.come();
        assert!(came.reads <= 1 && came.closed.is_empty(), "one frame at a time");
        assert!(came.sent.iter().all(|(_, text)| text.len() < ENTRIES_BYTES_MAX + 64));
        frames += came.reads;
        hall.room.written(conn, 9);
    }
    assert!(frames >= 80 / 4);
    let came = hall.say(conn, &entries(&[item(2, 1)]));
    assert_eq!(came.names(conn), ["entries"], "it is live");
}

#[test]
fn what_comes_in_while_somebody_catches_up_comes_to_them_once() {
    let mut hall = Hall::new(vec![item(1, 1), item(1, 9)]);
    let ana = hall.enter("Ana", Role::Edit);
    hall.drains = false;
    let bo = hall.knock("Bo", Role::Edit, "c9");
    hall.say(bo, r#"{"heads":{}}"#);
    let live = hall.say(ana, &entries(&[item(2, 20)]));
    assert_eq!(live.names(bo), ["entries"]);
    hall.append(true);
    hall.room.written(bo, 9);
    hall.room.written(bo, 9);
    assert_eq!(hall.come().names(bo), ["live"]);
}

#[test]
fn the_silent_are_asked_and_the_dead_are_closed() {
    let mut hall = Hall::new(Vec::new());
    assert_eq!(hall.room.wakes_at(), None, "an empty room sleeps");
    let (ana, bo) = (hall.enter("Ana", Role::Edit), hall.enter("Bo", Role::Edit));
    let mut pinged = 0;
    for _ in 0..DEAD_MS / 5_000 - 1 {
        let came = hall.pass(5_000);
        pinged += came.pinged.iter().filter(|conn| **conn == bo).count();
        came.pinged.iter().filter(|conn| **conn == ana).for_each(|conn| hall.room.heard(*conn, hall.now));
        assert!(came.closed.is_empty());
    }
    assert_eq!(pinged, 2);
    let came = hall.pass(5_000);
    assert_eq!(came.closed, [(bo, Close::TooSlow)]);
    assert_eq!(hall.pass(100).frame(ana, "left"), Some(json!(2)));
}

#[test]
fn presence_is_gathered_and_the_latest_of_each_goes_out() {
    let mut hall = Hall::new(Vec::new());
    let (ana, bo) = (hall.enter("Ana", Role::View), hall.enter("Bo", Role::Edit));
    hall.pass(100);
    let at = |x: i32| format!(r#"{{"presence":{{"cursor":[{x},0]}}}}"#);
    assert_eq!(
        hall.say(ana, &at(1)).frame(bo, "presence"),
        Some(json!([{"n": 1, "is": {"cursor": [1, 0]}}]))
    );
    for x in 2..9 {
        assert!(hall.say(ana, &at(x)).sent.is_empty());
    }
    hall.say(bo, &at(7));
    let came = hall.pass(50);
    let both = json!([{"n": 1, "is": {"cursor": [8, 0]}}, {"n": 2, "is": {"cursor": [7, 0]}}]);
    assert_eq!(came.frame(bo, "presence"), Some(both.clone()));
    let cy = hall.knock("Cy", Role::Edit, "c9");
    assert_eq!(hall.come().frame(cy, "presence"), Some(both), "who comes later learns where all are");
    let long = format!(r#"{{"digest":"{}"}}"#, "x".repeat(PRESENCE_BYTES_MAX));
    for too_much in [long, "[".repeat(17) + &"]".repeat(17)] {
        let came = hall.say(ana, &format!(r#"{{"presence":{too_much}}}"#));
        assert_eq!(came.frame(ana, "refused").expect("too much")["code"], json!(4422));
    }
}

#[test]
fn what_is_no_frame_or_too_much_ends_the_connection_and_nothing_else() {
    let check = |text: &str, close: Close| {
        let mut hall = Hall::new(Vec::new());
        let (ana, bo) = (hall.enter("Ana", Role::Edit), hall.enter("Bo", Role::Edit));
        assert_eq!(hall.say(ana, text).closed, [(ana, close)], "{}", &text[..text.len().min(80)]);
        assert_eq!(hall.say(bo, &entries(&[item(2, 1)])).appends.len(), 1, "the other goes on");
    };
    check("", Close::BadFrame);
    check("[]", Close::BadFrame);
    check(r#"{"entries":[{"id":"x","t":1,"line":""}]}"#, Close::BadFrame);
    check(r#"{"entries":[],"heads":{}}"#, Close::BadFrame);
    check(r#"{"welcome":{}}"#, Close::BadFrame);
    check(r#"{"voice":{"author":"1000000000","from":0}}"#, Close::BadFrame);
    check(r#"{"create":{"board":"b","tokens":{"view":"","edit":"","facilitate":""}}}"#, Close::BadFrame);
    check(&" ".repeat(1024 * 1024 + 1), Close::TooBig);
}

#[test]
fn over_a_limit_a_line_is_refused_and_who_goes_on_is_closed() {
    let mut hall = Hall::new(Vec::new());
    let ana = hall.enter("Ana", Role::Edit);
    let long = Item { line: "x".repeat(LINE_BYTES_MAX + 1).into(), ..item(1, 1) };
    for _ in 0..STRIKES_MAX {
        hall.pass(500);
        let came = hall.say(ana, &entries(&[long.clone(), item(1, 2)]));
        let told = came.frame(ana, "refused").expect("it is too long");
        assert_eq!((&told["code"], &told["ids"]), (&json!(4422), &json!(["1000000000.1"])));
    }
    assert_eq!(hall.say(ana, &entries(&[long])).closed, [(ana, Close::Rate)]);
    let bo = hall.enter("Bo", Role::Edit);
    let mut refused = 0;
    for counter in 1..=1_000 {
        let came = hall.say(bo, &entries(&[item(2, counter)]));
        if let Some(told) = came.frame(bo, "refused") {
            assert_eq!((&told["code"], told["retry"].is_u64()), (&json!(4429), true), "later");
            refused += 1;
        }
        if let [(conn, close)] = came.closed[..] {
            assert_eq!((conn, close, refused), (bo, Close::Rate, STRIKES_MAX));
            return;
        }
    }
    panic!("a flood has an end");
}

#[test]
fn a_full_room_lets_nobody_else_in_and_takes_no_more_authors_than_it_may() {
    let mut hall = Hall::new(Vec::new());
    for _ in 0..EDITORS_MAX {
        hall.enter("Ana", Role::Edit);
    }
    let late = hall.knock("Bo", Role::Edit, "late");
    assert_eq!(hall.come().closed, [(late, Close::Full)]);
    let viewer = hall.enter("Bo", Role::View);
    assert!(hall.room.size().1 == EDITORS_MAX + 1 && viewer != late);

    let mut hall = Hall::new((0..65_536).map(|author| item(author, 1)).collect());
    let ana = hall.enter("Ana", Role::Edit);
    let told = hall.say(ana, &entries(&[item(70_000, 1), item(5, 2)])).frame(ana, "refused");
    let told = told.expect("no more authors");
    assert_eq!((&told["code"], &told["ids"]), (&json!(4413), &json!([id(70_000, 1)])));
    let parts = hall.knock("Bo", Role::Edit, "c9");
    let names = hall.come().names(parts);
    assert!(names.iter().filter(|name| *name == "heads_part").count() >= 4, "heads come in parts");
    assert_eq!(names.last().map(String::as_str), Some("heads"));
}

#[test]
fn a_relay_s_frames_read_as_what_they_were() {
    for text in [
        r#"{"live":{}}"#,
        r#"{"left":3}"#,
        r#"{"kept":{"k3x9v2p4qd":"1-17,19"}}"#,
        r#"{"control":{"bring":{"by":1,"to":[0,0,9,9]}}}"#,
        r#"{"refused":{"code":4413,"ids":["k3x9v2p4qd.1"],"say":"refused-full"}}"#,
    ] {
        assert_eq!(RelayFrame::decode(text).map(|frame| frame.encode()), Ok(text.to_owned()));
    }
}
