//! A client's end alone: whom it talks to, what it says when, and what it makes of what it hears.

use serde_json::{Value, json};
use squall::history::{Dropped, History};
use squall::model::entry::sealed;
use squall::model::{Heads, Line, Point, Rect};
use squall::wire::close::{Close, Refusal};
use squall::wire::frame::{Control, Role};
use squall::wire::limit::{ASKED_MAX, BACKOFF_MS_MAX, BACKOFF_MS_MIN, BYTES, DEAD_MS, HEADS_MS, PING_MS};
use squall::wire::peer::{Net, Output, Peer};
use squall::wire::presence::Presence;

use super::client::hello;

struct Desk {
    peer: Peer,
    history: History,
}

impl Desk {
    fn new(board: Option<&str>) -> Desk {
        let history = History::new("b");
        let peer = Peer::new(hello("Ana", "edit", 1), board.map(str::to_owned), &history, Heads::default());
        Desk { peer, history }
    }

    /// Connected at this time, and greeted by a relay that has nothing.
    fn live(now: u64) -> Desk {
        let mut desk = Desk::new(Some("b"));
        desk.peer.start();
        desk.peer.connected(now);
        desk.hear(&welcome("b", "edit"), now);
        desk.hear(r#"{"heads":{}}"#, now);
        desk.hear(r#"{"live":{}}"#, now);
        desk.peer.take();
        desk
    }

    fn hear(&mut self, text: &str, now: u64) -> Vec<Output> {
        self.peer.receive(text, &self.history, now);
        self.peer.take()
    }

    fn tick(&mut self, now: u64) -> Vec<Output> {
        self.peer.tick(&self.history, now);
        self.peer.take()
    }

    fn write(&mut self, counter: u64, bytes: usize, now: u64) -> Vec<Output> {
        let text = format!(r#"{{"id":"k3x9v2p4qd.{counter}","t":{counter},"x":"{}"}}"#, "x".repeat(bytes));
        let line = Line::read(&sealed(&text)).expect("a line");
        self.history.absorb(line.clone());
        self.peer.saved(&[line], &self.history, now);
        self.peer.take()
    }
}

fn welcome(board: &str, role: &str) -> String {
    let me = json!({"n": 1, "person": {"id": "p", "name": "Ana"}, "role": role});
    json!({"welcome": {"v": 1, "you": 1, "role": role, "board": board, "people": [me]}}).to_string()
}

/// The frames that are sent.
fn sent(outputs: &[Output]) -> Vec<Value> {
    let text = |output: &Output| match output {
        Output::Send(text) => Some(serde_json::from_str(text).expect("a frame is JSON")),
        _ => None,
    };
    outputs.iter().filter_map(text).collect()
}

#[test]
fn it_says_hello_and_then_what_it_has() {
    let mut desk = Desk::new(Some("b"));
    desk.write(1, 1, 0);
    assert_eq!(desk.peer.status().waiting, 1);
    desk.peer.start();
    assert!(desk.peer.take().contains(&Output::Dial));
    desk.peer.connected(5);
    let said = sent(&desk.peer.take());
    assert_eq!(
        (said.len(), &said[0]["hello"]["v"], &said[0]["hello"]["token"]),
        (1, &json!(1), &json!("edit"))
    );
    let said = sent(&desk.hear(&welcome("b", "edit"), 6));
    assert_eq!(said[0], json!({"heads": {"k3x9v2p4qd": "1"}}));
    assert_eq!(desk.peer.status().net, Net::CatchingUp);
    let said = sent(&desk.hear(r#"{"heads":{}}"#, 7));
    assert_eq!(said[0]["entries"][0]["id"], "k3x9v2p4qd.1");
    desk.hear(r#"{"live":{}}"#, 8);
    assert_eq!((desk.peer.status().net, desk.peer.status().waiting), (Net::Live, 1));
    desk.hear(r#"{"kept":{"k3x9v2p4qd":"1"}}"#, 9);
    assert_eq!(desk.peer.status().waiting, 0);
}

#[test]
fn a_deed_that_was_taken_back_while_it_was_tried_again_and_comes_all_the_same_is_nobody_else_s() {
    let refused = r#"{"refused":{"code":4403,"ids":["k3x9v2p4qd.1"],"say":""}}"#;
    let mut desk = Desk::live(0);
    desk.peer.speaks("k3x9v2p4qd".parse().unwrap(), 1);
    desk.write(1, 1, 0);
    desk.hear(refused, 1);
    desk.peer.disconnected(None, 0, 2);
    assert!(desk.tick(2 + BACKOFF_MS_MAX).contains(&Output::Dial));
    desk.peer.connected(3);
    desk.hear(&welcome("b", "edit"), 4);
    let again = sent(&desk.hear(r#"{"heads":{}}"#, 5)).remove(0);
    assert_eq!(again["entries"][0]["id"], "k3x9v2p4qd.1");
    let waits = |desk: &Desk| (desk.peer.status().waiting, desk.peer.status().refused);
    assert_eq!(waits(&desk), (0, 1), "it is not wanted until it is");
    let line = desk.history.lines()[0].clone();
    desk.history = History::new("b");
    desk.peer.forgot(&desk.history, 6);
    assert_eq!(waits(&desk), (0, 0));
    desk.hear(refused, 7);
    assert_eq!(waits(&desk), (0, 0), "nobody asks any more");
    let outputs = desk.hear(&again.to_string(), 8);
    assert!(outputs.contains(&Output::Absorb(vec![line])), "{outputs:?}");
    assert!(!outputs.iter().any(|output| matches!(output, Output::FreshVoice(..))), "{outputs:?}");
}

#[test]
fn another_wall_is_neither_merged_nor_wiped() {
    let mut desk = Desk::new(Some("b"));
    desk.write(1, 1, 0);
    desk.peer.start();
    desk.peer.connected(0);
    desk.peer.take();
    let outputs = desk.hear(&welcome("elsewhere", "edit"), 1);
    assert!(outputs.contains(&Output::OtherBoard("elsewhere".into())) && outputs.contains(&Output::Hangup));
    assert_eq!(sent(&outputs), [] as [Value; 0]);
    desk.peer.disconnected(None, 0, 2);
    let stopped = Net::Offline { why: Some(Close::OtherBoard), retry_at: None };
    assert_eq!((desk.peer.status().net, desk.peer.wakes_at()), (stopped, None));
    let mut newcomer = Desk::new(None);
    newcomer.peer.start();
    newcomer.peer.connected(0);
    assert!(newcomer.hear(&welcome("b", "edit"), 1).contains(&Output::Board("b".into())));
}

#[test]
fn it_tries_again_where_that_can_help_and_waits_longer_each_time() {
    for close in Close::ALL.into_iter().map(Some).chain([None]) {
        let mut desk = Desk::live(0);
        desk.peer.disconnected(close, 12_345, 100);
        desk.peer.take();
        let Net::Offline { why, retry_at } = desk.peer.status().net else { panic!("it is offline") };
        assert_eq!((why, retry_at.is_some()), (close, close.is_none_or(Close::tries_again)));
        let Some(at) = retry_at else { continue };
        let most = if close.is_some_and(Close::tries_late) { BACKOFF_MS_MAX } else { BACKOFF_MS_MIN };
        assert!((most / 2..=most).contains(&(at - 100)), "{close:?}");
        assert_eq!((desk.tick(at - 1), desk.peer.wakes_at()), (vec![], Some(at)));
        assert!(desk.tick(at).contains(&Output::Dial));
        desk.peer.disconnected(None, u64::MAX, at);
        assert!(desk.peer.wakes_at() > Some(at + BACKOFF_MS_MIN / 2));
    }
}

#[test]
fn a_relay_that_says_nothing_is_asked_and_then_left() {
    let mut desk = Desk::new(Some("b"));
    desk.peer.start();
    desk.peer.connected(0);
    desk.peer.take();
    assert_eq!(desk.peer.wakes_at(), Some(DEAD_MS));
    assert!(desk.tick(DEAD_MS).contains(&Output::Hangup));
    let mut desk = Desk::live(0);
    let mut asked = 0;
    while let Some(now) = desk.peer.wakes_at().filter(|now| *now < DEAD_MS) {
        asked += desk.tick(now).iter().filter(|output| **output == Output::Ping).count();
    }
    assert_eq!(asked as u64, DEAD_MS / PING_MS);
    assert!(desk.tick(DEAD_MS).contains(&Output::Hangup));
    assert_eq!(desk.hear(r#"{"live":{}}"#, DEAD_MS), [], "what comes after counts no more");
}

#[test]
fn heads_are_repeated_where_they_changed() {
    let mut desk = Desk::live(0);
    let heads = |outputs: &[Output]| sent(outputs).iter().any(|frame| frame.get("heads").is_some());
    let mut said = Vec::new();
    for second in 0..200 {
        if second == 70 {
            desk.write(1, 1, second * 1_000);
        }
        desk.peer.pong(second * 1_000);
        if heads(&desk.tick(second * 1_000)) {
            said.push(second);
        }
    }
    assert_eq!(said, [70.max(HEADS_MS / 1_000)]);
}

#[test]
fn it_sends_no_more_at_once_than_a_relay_takes_and_all_of_it_in_the_end() {
    let mut desk = Desk::live(0);
    let (mut bytes, mut ids) = (0, Vec::new());
    let mut take = |outputs: &[Output], bytes: &mut usize| {
        let mut kept = Vec::new();
        for frame in sent(outputs) {
            *bytes += frame.to_string().len();
            let items = frame["entries"].as_array().cloned().unwrap_or_default();
            kept.extend(items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()));
        }
        ids.extend(kept.clone());
        kept.iter().filter_map(|id| id.split_once('.')?.1.parse::<u64>().ok()).max()
    };
    for counter in 1..=100 {
        let outputs = desk.write(counter, 60_000, 0);
        take(&outputs, &mut bytes);
    }
    assert!(bytes > 0 && bytes < BYTES.burst as usize, "{bytes}");
    let mut now = 0;
    while desk.peer.status().waiting > 0 {
        now += 500;
        assert!(now < 60_000, "it all goes in the end");
        desk.peer.pong(now);
        let outputs = desk.tick(now);
        if let Some(last) = take(&outputs, &mut bytes) {
            let outputs = desk.hear(&format!(r#"{{"kept":{{"k3x9v2p4qd":"1-{last}"}}}}"#), now);
            take(&outputs, &mut bytes);
        } else if now == 500 {
            let outputs = desk.hear(r#"{"kept":{"k3x9v2p4qd":"1-10"}}"#, now);
            take(&outputs, &mut bytes);
        }
    }
    ids.sort_by_key(|id| id.len());
    ids.dedup();
    assert_eq!(ids.len(), 100);
}

#[test]
fn the_relay_s_word_on_lines_is_checked() {
    let mut desk = Desk::live(0);
    let good = sealed(r#"{"id":"k3x9v2p4qd.1","t":1,"do":[]}"#);
    let check = |desk: &mut Desk, item: Value, fine: bool| {
        let outputs = desk.hear(&json!({"entries": [item]}).to_string(), 1);
        let absorbed = outputs.iter().any(|output| matches!(output, Output::Absorb(_)));
        let aside = outputs.iter().any(|output| matches!(output, Output::Aside(_)));
        assert_eq!((absorbed, aside), (fine, !fine), "{item}");
    };
    check(&mut desk, json!({"id": "k3x9v2p4qd.2", "t": 1, "line": good}), false);
    check(&mut desk, json!({"id": "k3x9v2p4qd.1", "t": 2, "line": good}), false);
    check(&mut desk, json!({"id": "k3x9v2p4qd.1", "t": 1, "seal": 1, "line": good}), false);
    check(&mut desk, json!({"id": "k3x9v2p4qd.1", "t": 1, "line": format!("{good} ")}), false);
    let header = sealed(r#"{"squall":"wall","id":"k3x9v2p4qd.1","t":1}"#);
    check(&mut desk, json!({"id": "k3x9v2p4qd.1", "t": 1, "line": header}), false);
    let dropped = sealed(r#"{"dropped":{"aaaaaaaaaa":"1-9"},"id":"k3x9v2p4qd.1","t":1}"#);
    check(&mut desk, json!({"id": "k3x9v2p4qd.1", "t": 1, "line": dropped}), false);
    let two = sealed("{\"id\":\"k3x9v2p4qd.1\",\n\"t\":1}");
    check(&mut desk, json!({"id": "k3x9v2p4qd.1", "t": 1, "line": two}), false);
    check(&mut desk, json!({"id": "k3x9v2p4qd.1", "t": 1, "line": good}), true);
    for text in ["", "{}", r#"{"heads":{"a":"1"}}"#, r#"{"hello":{}}"#] {
        let mut desk = Desk::live(0);
        assert!(desk.hear(text, 1).contains(&Output::Hangup), "{text}");
    }
}

#[test]
fn a_line_of_its_own_that_a_squash_dropped_is_no_stranger_s() {
    let mut history = History::new("b");
    let ids: Heads = serde_json::from_str(r#"{"k3x9v2p4qd":"1"}"#).expect("heads");
    history.absorb_dropped(&Dropped { ids, until: 1 });
    let peer = Peer::new(hello("Ana", "edit", 1), Some("b".into()), &history, Heads::default());
    let mut desk = Desk { peer, history };
    desk.peer.speaks("k3x9v2p4qd".parse().expect("an author"), 2);
    desk.peer.start();
    desk.peer.connected(0);
    desk.hear(&welcome("b", "edit"), 0);
    let is_lost = |outputs: &[Output]| outputs.iter().any(|it| matches!(it, Output::FreshVoice(..)));
    let line = |n: u64| {
        let id = format!("k3x9v2p4qd.{n}");
        let text = sealed(&format!(r#"{{"id":"{id}","t":{n},"do":[]}}"#));
        json!({"entries": [{"id": id, "t": n, "line": text}]}).to_string()
    };
    assert!(!is_lost(&desk.hear(&line(1), 1)));
    assert!(is_lost(&desk.hear(&line(2), 2)), "this one it never wrote");
}

#[test]
fn people_are_seen_coming_moving_and_going_and_what_they_have_seen() {
    let mut desk = Desk::live(0);
    desk.peer.speaks("k3x9v2p4qd".parse().expect("an author"), 1);
    let bo = r#"{"presence":[{"n":2,"person":{"id":"p2","name":"Bo"},"role":"edit"},{"n":1,"role":"view"}]}"#;
    assert!(desk.hear(bo, 1).contains(&Output::People));
    assert_eq!(desk.peer.you().map(|(n, role)| (n, format!("{role:?}"))), Some((1, "View".into())));
    desk.write(1, 1, 2);
    assert_eq!(desk.peer.status().seen_by, 0);
    let digest = squall::wire::presence::digest(desk.history.heads());
    desk.hear(&json!({"presence": [{"n": 2, "is": {"cursor": [3, 4], "digest": digest}}]}).to_string(), 3);
    assert_eq!(desk.peer.status().seen_by, 1);
    let people: Vec<_> = desk.peer.people().map(|mate| (mate.member.n, mate.presence.cursor)).collect();
    assert_eq!(people, [(2, Some(Point::new(3, 4)))]);
    desk.write(2, 1, 4);
    assert_eq!(desk.peer.status().seen_by, 0, "not yet what came after");
    desk.hear(r#"{"left":2}"#, 5);
    assert_eq!(desk.peer.people().count(), 0);
}

#[test]
fn a_ping_is_heard_once_and_not_by_who_comes_later() {
    let mut desk = Desk::live(0);
    let bo = r#"{"presence":[{"n":2,"person":{"id":"p2","name":"Bo"},"role":"edit"}]}"#;
    desk.hear(bo, 1);
    let pinged = |desk: &mut Desk, nth: u32, x: i32| {
        let is = json!({"cursor": [x, 0], "ping": {"nth": nth, "at": [x, 7]}});
        let outputs = desk.hear(&json!({"presence": [{"n": 2, "is": is}]}).to_string(), 2);
        outputs.into_iter().find(|output| matches!(output, Output::Pinged(..)))
    };
    assert_eq!(pinged(&mut desk, 1, 1), None, "that was before");
    assert_eq!(pinged(&mut desk, 2, 5), Some(Output::Pinged(2, Point::new(5, 7))));
    assert_eq!(pinged(&mut desk, 2, 5), None, "the same once more");
}

#[test]
fn presence_is_sent_on_a_new_connection_and_as_it_changes() {
    let mut desk = Desk::live(0);
    let at = |x: i32| Presence { cursor: Some(Point::new(x, 0)), ..Presence::default() };
    let cursors = |outputs: &[Output]| -> Vec<Value> {
        sent(outputs)
            .iter()
            .filter_map(|frame| frame.get("presence"))
            .map(|is| is["cursor"][0].clone())
            .collect()
    };
    let mut seen = Vec::new();
    for ms in 0..200 {
        desk.peer.presence(at(ms), 1_000 + ms as u64);
        seen.extend(cursors(&desk.peer.take()));
    }
    assert_eq!(seen, [0, 50, 100, 150]);
    assert_eq!(cursors(&desk.tick(1_250)), [199]);
    desk.peer.disconnected(None, 0, 1_300);
    desk.peer.start();
    desk.peer.connected(1_400);
    assert_eq!(cursors(&desk.hear(&welcome("b", "edit"), 1_401)), [199]);
}

/// The controls that are sent.
fn asked(outputs: &[Output]) -> Vec<Value> {
    sent(outputs).into_iter().filter_map(|frame| frame.get("control").cloned()).collect()
}

fn not_done(outputs: &[Output]) -> Vec<Option<Refusal>> {
    let why = |output: &Output| if let Output::NotDone(why) = output { Some(*why) } else { None };
    outputs.iter().filter_map(why).collect()
}

const BO: &str = r#"{"presence":[{"n":2,"person":{"id":"p2","name":"Bo"},"role":"edit"}]}"#;

/// A facilitator who goes by another name: the room is being entered again, by `people`.
fn entered_again(asks: &[Control], people: &Value) -> Vec<Output> {
    let mut desk = Desk::live(0);
    desk.hear(BO, 0);
    desk.peer.introduce(hello("Anna", "edit", 1).person);
    asks.iter().for_each(|control| desk.peer.control(control.clone()));
    assert_eq!((asked(&desk.peer.take()), desk.peer.status().net), (Vec::new(), Net::Connecting));
    desk.peer.disconnected(None, 0, 1);
    desk.peer.connected(1);
    let welcome = json!({"v": 1, "you": 1, "role": "facilitate", "board": "b", "people": people});
    desk.hear(&json!({"welcome": welcome}).to_string(), 2)
}

#[test]
fn what_is_asked_while_the_room_is_entered_again_is_asked_once_that_is_done() {
    let asks = [Control::Renew(Role::View), Control::LockLinks(true), Control::Kick(2)];
    let bo = json!([{"n": 2, "person": {"id": "p2", "name": "Bo"}, "role": "edit"}]);
    let outputs = entered_again(&asks, &bo);
    assert_eq!(asked(&outputs), [json!({"renew": "view"}), json!({"lock_links": true}), json!({"kick": 2})]);
    assert_eq!(not_done(&outputs), []);
    let other = json!([{"n": 2, "person": {"id": "p3", "name": "Cho"}, "role": "edit"}]);
    let outputs = entered_again(&asks[2..], &other);
    assert_eq!(
        (asked(&outputs), not_done(&outputs)),
        (Vec::new(), vec![None]),
        "nobody is taken for another"
    );
}

#[test]
fn what_a_room_has_not_told_to_be_so_when_the_connection_ends_is_told() {
    let all = [Control::Renew(Role::View), Control::Kick(2), Control::Role { of: 2, role: Role::View }];
    for control in all {
        let mut desk = Desk::live(0);
        desk.hear(BO, 0);
        desk.peer.control(control);
        assert_eq!(asked(&desk.peer.take()).len(), 1);
        desk.peer.disconnected(None, 0, 1);
        assert_eq!(not_done(&desk.peer.take()), [None]);
        desk.peer.control(Control::ReadOnly(true));
        assert_eq!(not_done(&desk.peer.take()), [None], "there is nobody to ask");
    }
    let lock = || Control::LockLinks(true);
    let to = Rect::default();
    for (control, told, close) in [
        (Control::Renew(Role::View), r#"{"control":{"renewed":{"role":"view","token":"t"}}}"#, None),
        (lock(), r#"{"control":{"lock_links":true}}"#, None),
        (Control::ReadOnly(true), r#"{"control":{"read_only":true}}"#, None),
        (Control::Kick(2), r#"{"left":2}"#, None),
        (Control::Role { of: 2, role: Role::View }, r#"{"presence":[{"n":2,"role":"view"}]}"#, None),
        (Control::Role { of: 2, role: Role::View }, r#"{"left":2}"#, None),
        (Control::Bring(to), &json!({"control": {"bring": {"by": 1, "to": to}}}).to_string(), None),
        (Control::Close {}, r#"{"left":2}"#, Some(Close::NotAllowed)),
    ] {
        let mut desk = Desk::live(0);
        desk.hear(BO, 0);
        desk.peer.control(control.clone());
        desk.hear(told, 1);
        desk.peer.disconnected(close, 0, 2);
        assert_eq!(not_done(&desk.peer.take()), [], "{control:?}");
    }
}

#[test]
fn what_a_room_refuses_to_do_is_told_with_its_reason() {
    let grant = || Control::Role { of: 2, role: Role::Edit };
    for (why, asks, left) in [
        (Refusal::Role, vec![grant(), Control::LockLinks(true)], 0),
        (Refusal::Full, vec![grant(), Control::LockLinks(true)], 1),
    ] {
        let mut desk = Desk::live(0);
        desk.hear(BO, 0);
        asks.into_iter().for_each(|control| desk.peer.control(control));
        let refused = json!({"refused": {"code": why.code(), "ids": [], "say": ""}}).to_string();
        assert_eq!(not_done(&desk.hear(&refused, 1)), [Some(why)]);
        assert_eq!(not_done(&desk.hear(r#"{"refused":{"code":4403,"ids":[],"say":""}}"#, 1)).len(), left);
    }
    let mut desk = Desk::live(0);
    (0..=ASKED_MAX).for_each(|nth| {
        desk.peer.control(Control::Bring(Rect { at: Point::new(nth as i32, 0), ..Rect::default() }))
    });
    assert_eq!(not_done(&desk.peer.take()), [None], "no more than so many are kept");
}
