//! What once broke a model of the wire, each as a test of its own.

use squall::model::entry::sealed;
use squall::model::{Author, Change, Details, EntryId, Id, Line, NoteKind, Point, Size};
use squall::wire::close::{Close, Refusal};
use squall::wire::frame::{Control, Item, Role};
use squall::wire::peer::{Fate, Net, Output};

use super::client::hello;
use super::world::World;

fn placed(id: Id, wording: &str) -> Change {
    Change::NotePlaced {
        id,
        kind: NoteKind::DomainEvent,
        wording: wording.into(),
        at: Point::new(0, 0),
        size: Size::new(16, 5),
        z: 0,
        host: None,
        author: String::new(),
        details: Details::new(),
    }
}

/// A client places a note; its file has it.
fn place(world: &mut World, at: usize, wording: &str) -> Line {
    let desk = &mut world.clients[at].desk;
    let made = desk.made(0);
    let line = desk.act([placed(made, wording)]);
    world.clients[at].wrote(line.clone());
    world.save(at);
    line
}

/// A client moves a note.
fn shift(world: &mut World, at: usize, note: Id, x: i32) -> Line {
    let line = world.clients[at].desk.act([Change::NoteMoved { note, to: Point::new(x, 0) }]);
    world.clients[at].wrote(line.clone());
    world.save(at);
    line
}

/// A world of so many people, all of them live.
fn world(people: usize) -> World {
    let mut world = World::new(7, people);
    world.heal();
    world
}

/// Everything a client said reaches the relay, and nothing comes back yet.
fn carry_all_up(world: &mut World, at: usize) {
    while world.carry_up(at) {}
}

fn carry_all_down(world: &mut World, at: usize) {
    while world.carry_down(at) {}
}

/// A client connects, and nobody saves anything meanwhile.
fn come_back(world: &mut World, at: usize) {
    world.clients[at].peer.start();
    world.heed(at);
    world.connect(at);
    world.settle_apart();
}

fn is_kept(world: &World, at: usize, line: &Line) -> bool {
    world.clients[at].peer.fate(line) == Fate::There
}

#[test]
fn two_peers_and_a_room_exchange_one_deed() {
    let mut world = world(2);
    let line = place(&mut world, 0, "Ordered");
    assert_eq!(world.clients[0].peer.fate(&line), Fate::Waits);
    world.settle();
    assert!(world.relay.has(line.entry.id));
    assert!(is_kept(&world, 0, &line));
    assert_eq!(world.clients[1].desk.history.lines(), [line]);
    world.check();
}

#[test]
fn a_deed_goes_out_once_it_is_durable_here_and_not_before() {
    let mut world = world(2);
    let line = world.act(0, true);
    world.pass(1_000);
    carry_all_up(&mut world, 0);
    world.relay.journal(world.now);
    assert!(!world.relay.has(line.entry.id));
    world.save(0);
    world.settle();
    assert!(world.relay.has(line.entry.id));
}

#[test]
fn not_even_a_relay_that_lacks_it_is_given_what_is_not_durable_here() {
    let mut world = world(2);
    let line = world.act(0, true);
    world.hang_up(0);
    come_back(&mut world, 0);
    assert_eq!(world.clients[0].peer.status().net, Net::Live);
    assert!(!world.relay.has(line.entry.id));
    world.save(0);
    world.settle();
    assert!(world.relay.has(line.entry.id));
}

#[test]
fn what_was_sent_and_not_called_kept_waits_again_when_the_connection_goes() {
    let mut world = world(2);
    place(&mut world, 0, "Ordered");
    carry_all_up(&mut world, 0);
    world.cut(0, None);
    assert_eq!(world.clients[0].peer.status().waiting, 1);
}

#[test]
fn what_was_done_offline_goes_up_when_the_relay_is_back() {
    let mut world = world(2);
    world.hang_up(0);
    let lines: Vec<Line> = (0..5).map(|_| place(&mut world, 0, "Paid")).collect();
    let status = world.clients[0].peer.status();
    assert_eq!(status.waiting, 5);
    assert!(matches!(status.net, Net::Offline { why: None, retry_at: Some(_) }));
    world.pass(31_000);
    world.settle();
    assert!(lines.iter().all(|line| world.relay.has(line.entry.id)));
    world.check();
}

#[test]
fn a_damaged_line_comes_back_though_its_author_went_on() {
    let mut world = world(2);
    let lines: Vec<Line> = (0..3).map(|_| place(&mut world, 0, "Ordered")).collect();
    world.settle();
    let mut file = world.clients[0].file.clone();
    file[1] = file[1].replace("Ordered", "0rdered");
    let voice = world.voice();
    world.clients[0].open(file, voice);
    assert_eq!(world.clients[0].desk.history.lines().len(), 2);
    place(&mut world, 0, "Paid");
    world.heal();
    assert_eq!(world.clients[0].desk.history.lines_of(lines[1].entry.id).count(), 1);
    world.check();
}

#[test]
fn what_a_squash_dropped_comes_from_others_when_the_relay_has_lost_it() {
    let mut world = world(2);
    let note = place(&mut world, 0, "Ordered").entry.id.thing(0);
    world.settle();
    let dropped = shift(&mut world, 0, note, 3);
    shift(&mut world, 0, note, 9);
    world.settle();
    let (file, voice) = (world.clients[0].squashed(), world.voice());
    world.clients[0].open(file, voice);
    assert_eq!(world.clients[0].desk.history.lines_of(dropped.entry.id).count(), 0);
    world.relay.disk.clear();
    world.relay.crash(0);
    world.relay_gone();
    world.heal();
    assert!(world.relay.has(dropped.entry.id), "the other still had it");
    world.check();
}

#[test]
fn a_duplicate_of_a_line_in_flight_is_called_kept_when_that_line_is() {
    let mut world = world(2);
    world.hang_up(1);
    let line = place(&mut world, 0, "Ordered");
    let file = world.clients[0].file.clone();
    let voice = world.voice();
    world.clients[1].open(file, voice);
    world.clients[1].peer.start();
    world.heed(1);
    world.connect(1);
    for _ in 0..4 {
        carry_all_up(&mut world, 1);
        carry_all_up(&mut world, 0);
        carry_all_down(&mut world, 1);
    }
    assert_eq!(world.relay.appending.len(), 1);
    assert!(world.kept.is_empty() && world.clients[1].peer.status().waiting == 1);
    world.relay.journal(world.now);
    world.relay_acts();
    carry_all_down(&mut world, 1);
    assert!(world.kept.contains(&line.entry.id));
    assert_eq!(world.clients[1].peer.status().waiting, 0);
}

#[test]
fn after_a_failed_append_nothing_is_served_from_memory() {
    let mut world = world(3);
    let line = place(&mut world, 0, "Ordered");
    carry_all_up(&mut world, 0);
    carry_all_down(&mut world, 1);
    assert_eq!(world.clients[1].desk.history.lines().len(), 1, "it went out at once");
    assert!(world.relay.fail(0, world.now));
    world.relay_acts();
    let status = world.clients[2].peer.status();
    assert!(matches!(status.net, Net::Offline { why: Some(Close::GoingDown), retry_at: Some(_) }));
    assert!(world.kept.is_empty() && !world.relay.has(line.entry.id));
    world.heal();
    assert!(world.relay.has(line.entry.id));
    world.check();
}

#[test]
fn bytes_are_carried_as_they_came_and_the_same_in_other_bytes_is_refused() {
    let mut world = world(2);
    let id = EntryId { author: Author::from_random(99), counter: 1 };
    let text = |gap: &str| sealed(&format!("{{\"id\":\"{id}\",{gap}\"t\":1,\"do\":[{gap}]}}"));
    let item = |gap: &str| Item { id, t: 1, seal: 0, line: text(gap).into() };
    world.forge(0, &item("  "));
    world.settle();
    assert_eq!(*world.clients[1].desk.history.lines()[0].text, text("  "));
    let spaced = Line::read(&text("")).expect("it is the same but for spaces");
    world.clients[1].wrote(spaced.clone());
    world.clients[1].desk.history.absorb(spaced);
    world.forge(0, &item(""));
    world.settle();
    assert_eq!(*world.relay_lines()[0].text, text("  "));
    assert_eq!(world.clients[0].desk.history.lines().len(), 1);
}

#[test]
fn an_undo_loses_to_a_move_it_has_not_seen() {
    let mut world = world(2);
    let note = place(&mut world, 0, "Ordered").entry.id.thing(0);
    world.settle();
    shift(&mut world, 0, note, 3);
    world.settle();
    world.hang_up(0);
    shift(&mut world, 1, note, 7);
    world.settle_apart();
    world.undo(0).expect("there is one to take back");
    world.heal();
    assert_eq!(world.clients[0].desk.board().notes[&note].at, Point::new(7, 0));
    world.check();
}

#[test]
fn a_far_time_from_a_file_waits_and_is_sent_once_the_gap_fills() {
    let mut world = world(2);
    let far = |n: u64, t: u64| {
        let id = EntryId { author: Author::from_random(n), counter: 1 };
        Line::read(&sealed(&format!("{{\"id\":\"{id}\",\"t\":{t},\"do\":[{{\"lane_drawn\":{{\"y\":3}}}}]}}")))
    };
    let take = |world: &mut World, line: &Line| {
        world.clients[0].desk.history.absorb(line.clone());
        world.clients[0].wrote(line.clone());
        world.settle();
    };
    let (beyond, stone) = (far(80, 1_500_000).expect("a line"), far(81, 800_000).expect("a line"));
    take(&mut world, &beyond);
    assert!(!world.relay.has(beyond.entry.id));
    assert_eq!(world.clients[0].peer.status().waiting, 0);
    take(&mut world, &stone);
    assert!(world.relay.has(beyond.entry.id));
    world.check();
}

#[test]
fn a_voice_taken_by_a_clone_is_given_up_and_its_deeds_are_done_again() {
    let mut world = world(3);
    place(&mut world, 0, "Ordered");
    world.settle();
    world.clone_machine(0, 1);
    let first = place(&mut world, 0, "Paid");
    let second = place(&mut world, 1, "Sent");
    assert_eq!(first.entry.id, second.entry.id, "one voice");
    world.settle();
    world.clients[1].peer.start();
    world.heed(1);
    world.settle();
    let said: Vec<&str> = world.clients[2].desk.board().notes.values().map(|note| note.text()).collect();
    assert_eq!(said.len(), 3);
    assert!(["Ordered", "Paid", "Sent"].iter().all(|text| said.contains(text)), "{said:?}");
    assert_ne!(world.clients[0].desk.author, world.clients[1].desk.author);
    world.check();
}

#[test]
fn the_echo_of_a_deed_is_no_promise_that_the_relay_keeps_these_bytes() {
    let mut world = world(3);
    world.clone_machine(0, 1);
    let first = place(&mut world, 0, "Paid");
    carry_all_up(&mut world, 0);
    carry_all_down(&mut world, 0);
    world.relay.crash(0);
    world.relay_gone();
    world.hang_up(0);
    let second = place(&mut world, 1, "Sent");
    assert_eq!(first.entry.id, second.entry.id, "one voice");
    come_back(&mut world, 1);
    assert!(world.relay_lines().contains(&second));
    world.heal();
    let said: Vec<&str> = world.clients[2].desk.board().notes.values().map(|note| note.text()).collect();
    assert!(said.contains(&"Paid") && said.contains(&"Sent"), "{said:?}");
    world.check();
}

#[test]
fn nobody_can_speak_ahead_of_a_voice_that_is_here() {
    let mut world = world(2);
    place(&mut world, 0, "Ordered");
    world.settle();
    let next = world.clients[0].desk.made(0).entry;
    let text = sealed(&format!("{{\"id\":\"{next}\",\"t\":900,\"do\":[]}}"));
    world.forge(1, &Item { id: next, t: 900, seal: 0, line: text.into() });
    world.settle();
    assert!(!world.relay.has(next));
    let line = place(&mut world, 0, "Paid");
    assert_eq!(line.entry.id, next);
    world.settle();
    assert!(is_kept(&world, 0, &line));
    world.check();
}

#[test]
fn a_ghost_of_a_seat_ends_nobody_and_its_voice_is_free_once_it_is_dead() {
    let mut world = world(2);
    place(&mut world, 0, "Ordered");
    world.settle();
    world.partition(0);
    let line = place(&mut world, 0, "Paid");
    let (file, voice) = (world.clients[0].file.clone(), world.voice());
    world.clients[0].open(file, voice);
    world.clients[0].peer.start();
    world.heed(0);
    world.settle();
    assert!(world.relay.has(line.entry.id), "what the dead process wrote came from the next");
    world.check();
}

#[test]
fn a_line_that_came_broken_is_set_aside_and_not_fetched_again() {
    let mut world = world(2);
    let id = EntryId { author: Author::from_random(99), counter: 1 };
    world.forge(0, &Item { id, t: 1, seal: 0, line: "{\"id\":".into() });
    world.settle();
    for client in &world.clients {
        assert!(client.heard.iter().any(|told| matches!(told, Output::Aside(aside) if aside[0].id == id)));
    }
    let before = world.carried;
    place(&mut world, 1, "Ordered");
    world.idle(61);
    world.settle();
    assert_eq!(world.carried, before + 3, "one line went up and down to both");
}

/// Flips a bit in the wording of a note, as a net does.
fn broken(text: &str) -> String {
    assert!(text.contains("Ordered"));
    text.replace("Ordered", "Orderee")
}

#[test]
fn a_deed_that_was_broken_on_its_way_to_the_relay_is_done_again_by_a_fresh_voice() {
    let mut world = world(2);
    place(&mut world, 0, "Ordered");
    let line = place(&mut world, 0, "Paid");
    let link = world.clients[0].link.as_mut().expect("it is connected");
    let texts = std::mem::take(&mut link.up);
    link.up =
        texts.into_iter().map(|text| if text.contains("Ordered") { broken(&text) } else { text }).collect();
    world.settle();
    let lost = line.entry.id.author;
    assert_ne!(world.clients[0].desk.author, lost, "it has a fresh voice");
    let wordings: Vec<&str> = world.clients[1].desk.board().notes.values().map(|note| note.text()).collect();
    assert_eq!(wordings.len(), 2, "each deed once: {wordings:?}");
    assert!(wordings.contains(&"Ordered") && wordings.contains(&"Paid"), "{wordings:?}");
    world.check();
}

#[test]
fn a_deed_that_was_broken_on_its_way_back_is_looked_at_once_more_and_not_done_again() {
    let mut world = world(2);
    let line = place(&mut world, 0, "Ordered");
    carry_all_up(&mut world, 0);
    let link = world.clients[0].link.as_mut().expect("it is connected");
    let texts = std::mem::take(&mut link.down);
    let flipped =
        |text: std::sync::Arc<str>| if text.contains("Ordered") { broken(&text).into() } else { text };
    link.down = texts.into_iter().map(flipped).collect();
    world.settle();
    assert_eq!(world.clients[0].desk.author, line.entry.id.author, "the voice is its own");
    assert_eq!(world.clients[1].desk.board().notes.len(), 1);
    world.check();
}

#[test]
fn what_a_viewer_writes_is_not_accepted_and_stays_theirs() {
    let mut world = world(2);
    world.seat(1, "view");
    let line = place(&mut world, 1, "Ordered");
    world.pass(1_000);
    assert_eq!(
        world.clients[1].peer.fate(&line),
        Fate::Refused(Refusal::Role),
        "an honest viewer does not send it"
    );
    let told = Output::NotAccepted(vec![line.entry.id], Refusal::Role);
    world.idle(61);
    assert_eq!(world.clients[1].heard.iter().filter(|heard| **heard == told).count(), 1, "and is told once");
    world.forge(1, &Item { id: line.entry.id, t: line.entry.t, seal: 0, line: line.text.clone() });
    carry_all_up(&mut world, 1);
    carry_all_down(&mut world, 1);
    assert!(!world.relay.has(line.entry.id));
}

#[test]
fn what_somebody_did_who_may_only_look_by_now_goes_once_they_may_write_again() {
    let mut world = world(3);
    world.seat(0, "facilitate");
    world.seat(1, "view");
    let line = place(&mut world, 1, "Ordered");
    world.settle();
    assert_eq!((world.clients[1].peer.status().waiting, world.clients[1].peer.status().refused), (0, 1));
    let of = world.clients[1].peer.you().expect("they are in").0;
    world.clients[0].peer.control(Control::Role { of, role: Role::Edit });
    world.heed(0);
    world.settle();
    world.heal();
    assert!(is_kept(&world, 1, &line));
    assert_eq!(world.clients[1].peer.status().refused, 0);
    world.check();
}

#[test]
fn a_refused_deed_is_told_with_its_reason_and_does_not_come_again_on_this_connection() {
    let mut world = world(2);
    world.seat(0, "facilitate");
    world.clients[0].peer.control(Control::ReadOnly(true));
    world.heed(0);
    world.settle();
    let line = place(&mut world, 1, "Ordered");
    world.settle();
    assert_eq!(world.clients[1].peer.fate(&line), Fate::Refused(Refusal::Role));
    let told = Output::NotAccepted(vec![line.entry.id], Refusal::Role);
    assert!(world.clients[1].heard.contains(&told));
    let before = world.carried;
    world.idle(61);
    world.settle();
    assert_eq!(world.carried, before);
    world.clients[1].peer.introduce(hello("Bea", "edit", 1).person);
    assert_eq!(world.clients[1].peer.not_accepted().count(), 1, "while no connection is there too");
    world.heed(1);
    world.settle();
    let status = world.clients[1].peer.status();
    assert_eq!((status.net, status.waiting, status.refused), (Net::Live, 0, 1));
    assert_eq!(world.clients[1].heard.iter().filter(|heard| **heard == told).count(), 1, "once");
    world.clients[0].peer.control(Control::ReadOnly(false));
    world.heed(0);
    world.settle();
    world.heal();
    assert!(is_kept(&world, 1, &line), "on the next one it does");
    assert_eq!(world.clients[1].peer.status().refused, 0);
    world.check();
}
