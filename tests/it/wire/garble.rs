//! Whatever comes over a socket, neither end falls over, and an honest member of the room goes on undisturbed.

use std::collections::BTreeMap;

use squall::history::History;
use squall::model::{Heads, PersonId};
use squall::wire::frame::{Create, Hello, Item, Role, Somebody};
use squall::wire::peer::Peer;
use squall::wire::room::{Conn, Found, Joining, Loading, Output, Room, Rules};

use super::client::hello;
use crate::history::dice::Dice;

const SAID: [&str; 9] = [
    r#"{"voice":{"author":"k3x9v2p4qd","from":1}}"#,
    r#"{"heads":{"k3x9v2p4qd":"1-17,19"}}"#,
    r#"{"heads_part":{"k3x9v2p4qd":"1-17,19"}}"#,
    r#"{"entries":[{"id":"k3x9v2p4qd.1","t":1,"line":"{\"id\":\"k3x9v2p4qd.1\",\"t\":1}"}]}"#,
    r#"{"presence":{"cursor":[1,2],"selection":["k3x9v2p4qd.1/0"]}}"#,
    r#"{"control":{"role":{"of":2,"role":"edit"}}}"#,
    r#"{"control":{"bring":[0,0,80,24]}}"#,
    r#"{"control":{"read_only":false}}"#,
    r#"{"hello":{"v":1,"token":"t","person":{"id":"p","name":"A"},"client":"c"}}"#,
];

const HEARD: [&str; 7] = [
    r#"{"welcome":{"v":1,"you":1,"role":"edit","board":"b","people":[]}}"#,
    r#"{"live":{}}"#,
    r#"{"kept":{"k3x9v2p4qd":"1-17,19"}}"#,
    r#"{"presence":[{"n":2,"person":{"id":"p","name":"A"},"role":"edit","is":{"digest":"0"}}]}"#,
    r#"{"left":2}"#,
    r#"{"refused":{"code":4410,"ids":["k3x9v2p4qd.1"],"say":"","retry":20}}"#,
    r#"{"refused":{"code":4429,"ids":["k3x9v2p4qd.1"],"say":"","retry":18446744073709551615}}"#,
];

/// A message with some bytes in others' places, cut, or as it was.
fn garbled(dice: &mut Dice, frames: &[&str]) -> String {
    let mut bytes = frames[dice.below(frames.len())].as_bytes().to_vec();
    for _ in 0..dice.below(4) {
        let at = dice.below(bytes.len());
        match dice.below(4) {
            0 => bytes[at] = br#"{}[]",:0-9a.\"#[dice.below(13)],
            1 => bytes[at] ^= 1 << dice.below(7),
            2 => bytes.insert(at, b'9'),
            _ => bytes.truncate(at.max(1)),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn join(room: &mut Room, conn: u64, role: Role) {
    let person = Somebody { id: PersonId("p".into()), name: "A".into(), color: String::new() };
    room.join(Joining { conn: Conn(conn), client: format!("c{conn}"), person, role }, conn);
}

#[test]
fn a_room_bears_anything() {
    let mut dice = Dice::new(1);
    let mut room = Loading::new("b", 1, Rules::default()).done();
    let mut journal = BTreeMap::new();
    join(&mut room, 0, Role::Edit);
    room.receive(Conn(0), SAID[1], 0);
    for nth in 1..5_000 {
        join(&mut room, nth, [Role::View, Role::Edit, Role::Facilitate][dice.below(3)]);
        for _ in 0..4 {
            let text = garbled(&mut dice, &SAID);
            drop((Hello::decode(&text), Create::decode(&text)));
            room.receive(Conn(nth), &text, nth);
        }
        if nth % 100 == 0 {
            room.heard(Conn(0), nth);
        }
        room.tick(nth);
        for output in room.take() {
            match output {
                Output::Append(items) => {
                    journal.extend(items.into_iter().map(|item| ((item.t, item.id), item)));
                    room.appended(true, nth);
                }
                Output::Read(conn, places) => {
                    let lines: Vec<Item> = places.iter().map(|place| journal[place].clone()).collect();
                    room.read(conn, &Found::of(&lines), nth);
                }
                Output::Send(conn, _) => room.written(conn, 1, nth),
                Output::Close(conn, why) => assert_ne!(conn, Conn(0), "{why:?}"),
                Output::Ping(_) | Output::Control(..) => {}
            }
        }
        room.leave(Conn(nth), nth);
    }
}

#[test]
fn a_peer_bears_anything() {
    let mut dice = Dice::new(2);
    let history = History::new("b");
    let frames = [&HEARD[..], &SAID[1..4]].concat();
    for nth in 0..5_000 {
        let mut peer = Peer::new(hello("Ana", "edit", nth), Some("b".into()), &history, Heads::default());
        peer.speaks("k3x9v2p4qd".parse().expect("an author"), 1);
        peer.start();
        peer.connected(nth);
        if dice.one_in(2) {
            peer.receive(HEARD[0], &history, nth);
        }
        for _ in 0..6 {
            peer.receive(&garbled(&mut dice, &frames), &history, nth);
            peer.tick(&history, nth + 70_000 * dice.below(2) as u64);
        }
        peer.take();
    }
}
