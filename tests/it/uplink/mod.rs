//! Walls and a relay over real sockets.

mod headless;
mod here;
mod hostile;
mod screens;
mod seal;
mod server;
mod storm;
mod weather;
mod whole;

use std::sync::Arc;
use std::time::Duration;

use squall::command::{Command, NewNote};
use squall::format::{Choices, named};
use squall::model::{Author, NoteKind, PersonId, Point};
use squall::session::clock::StoppedClock;
use squall::session::company::Company;
use squall::session::saves::{ReadOnly, Saves};
use squall::session::uplink::JoinedRoom;
use squall::session::{News, Refusal, Seat, Wall};
use squall::wire::close::{self, Close};
use squall::wire::frame::{Control, Role, Somebody};
use squall::wire::peer::Net;
use squall::wire::presence::{Ping, Presence};
use squall::wire::room::Rules;
use squall::words::{Lang, Said};

use tokio::time::Instant;

use crate::scratch::Scratch;
use server::Server;

/// As long as anything may take before a test gives up; none waits for it where all goes well.
const DEADLINE: Duration = Duration::from_secs(30);

/// Somebody before a wall in a file.
struct Person {
    name: &'static str,
    wall: Wall,
    seat: Seat,
    saves: Saves,
    folder: Scratch,
}

fn somebody(name: &str) -> Somebody {
    Somebody { id: PersonId(format!("p-{name}")), name: name.into(), color: "blue".into() }
}

fn seat(name: &str) -> Seat {
    let clock = StoppedClock("2026-11-22T13:40:02Z".parse().unwrap());
    Seat::new(PersonId(format!("p-{name}")), name, Arc::new(clock))
}

fn placed(wording: &str, x: i32) -> Command {
    let note = NewNote::new(NoteKind::DomainEvent, wording).at(Point::new(x, 0));
    Command::PlaceNotes { notes: vec![note], arrows: Vec::new() }
}

impl Person {
    /// Somebody with an empty wall of this id in a file.
    fn at(name: &'static str, board: &str) -> Person {
        let folder = Scratch::new();
        let saves = Saves::at(&*folder);
        let mut wall = Wall::new(board);
        wall.keep_at(&saves, &saves.path_of("shop").unwrap()).unwrap();
        Person { name, wall, seat: seat(name), saves, folder }
    }

    fn connect(&mut self, server: &Server, token: &str) {
        let room = JoinedRoom::new(server.link(token), false);
        self.wall.connect(room, somebody(self.name)).unwrap();
    }

    fn write(&mut self, wording: &str) {
        let at = self.wall.board().notes.len() as i32 * 20;
        let performed = self.seat.perform(&mut self.wall, &placed(wording, at)).unwrap();
        performed.wait().unwrap();
    }

    fn wait(&mut self, what: &str, is_so: impl FnMut(&Wall) -> bool) {
        let is_so = self.wall.wait_until(DEADLINE, is_so);
        assert!(is_so, "{}: {what}; net {:?}, {:?}", self.name, self.wall.net(), self.wall.trouble());
    }

    fn hand_over(&mut self) {
        self.wait("all is kept", |wall| wall.is_live() && wall.unsent() == 0);
    }

    fn has(&mut self, count: usize) {
        self.wait(&format!("{count} notes are here"), |wall| wall.board().notes.len() == count);
    }

    /// The process ends, and a new one opens the file.
    fn restart(self) -> Person {
        let Person { name, wall, saves, folder, .. } = self;
        drop(wall);
        let path = saves.path_of("shop").unwrap();
        let wall = Wall::open(&saves, &path, &mut |_, _| ()).unwrap();
        Person { name, wall, seat: seat(name), saves, folder }
    }

    fn json(&self) -> String {
        let choices = Choices { exact: true, ..Choices::default() };
        named("json").unwrap().text(self.wall.board(), &choices).unwrap()
    }
}

/// Lets time pass for both until it is so.
fn both(ana: &mut Person, bo: &mut Person, what: &str, mut is_so: impl FnMut(&Wall, &Wall) -> bool) {
    all(&mut [ana, bo], what, |people| is_so(&people[0].wall, &people[1].wall));
}

/// Lets time pass for all until it is so.
fn all(people: &mut [&mut Person], what: &str, mut is_so: impl FnMut(&[&mut Person]) -> bool) {
    let bell = people[0].wall.bell();
    for person in &mut people[1..] {
        let ring = bell.clone();
        person.wall.watch(move || ring.ring());
    }
    let until = Instant::now() + DEADLINE;
    while !is_so(people) {
        let nets = || people.iter().map(|person| (person.name, person.wall.net())).collect::<Vec<_>>();
        assert!(Instant::now() < until, "{what}: {:?}", nets());
        bell.wait(DEADLINE);
        people.iter_mut().for_each(|person| drop(person.wall.refresh()));
    }
}

/// Both have so many notes, and the relay keeps them.
fn agree(ana: &mut Person, bo: &mut Person, count: usize) {
    let is_there = |wall: &Wall| wall.board().notes.len() == count && wall.is_live() && wall.unsent() == 0;
    both(ana, bo, &format!("{count} notes are everywhere"), |ana, bo| is_there(ana) && is_there(bo));
    assert_eq!(ana.json(), bo.json());
}

#[test]
fn two_walls_storm_and_end_equal() {
    let server = Server::start("b1");
    let (mut ana, mut bo) = (Person::at("Ana", "b1"), Person::at("Bo", "b1"));
    ana.write("Order placed");
    ana.connect(&server, "edit");
    bo.connect(&server, "edit");
    agree(&mut ana, &mut bo, 1);
    bo.write("Order paid");
    ana.write("Order sent");
    agree(&mut ana, &mut bo, 3);
    assert_eq!(server.ids().len(), 3);
    let is_seen = |wall: &Wall| wall.net().is_some_and(|status| status.seen_by == 1);
    both(&mut ana, &mut bo, "Bo has seen it", |ana, _| is_seen(ana));
    assert_eq!(ana.wall.people().map(|mate| mate.member.person.name.clone()).collect::<Vec<_>>(), ["Bo"]);
    assert_eq!(ana.wall.you().unwrap().1, Role::Edit);
    let (ana, bo) = (ana.restart(), bo.restart());
    assert_eq!(ana.json(), bo.json());
    assert!(ana.wall.net().is_none() && bo.folder.join("shop.storm").exists());
}

#[test]
fn a_wall_that_is_none_yet_becomes_the_one_of_the_room() {
    let server = Server::start("b1");
    let mut ana = Person::at("Ana", "b1");
    ana.write("Order placed");
    ana.connect(&server, "edit");
    ana.hand_over();
    let mut bo = Person { wall: Wall::new(""), ..Person::at("Bo", "b1") };
    bo.connect(&server, "edit");
    bo.wait("it is live", Wall::is_live);
    assert_eq!((bo.json(), bo.wall.board().id.as_str()), (ana.json(), "b1"));
}

#[test]
fn a_room_whose_wall_has_a_name_that_no_file_may_hold_gets_no_file() {
    let server = Server::start("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
    let mut ana = Person { wall: Wall::new(""), ..Person::at("Ana", "b1") };
    ana.connect(&server, "edit");
    ana.wait("it is live", Wall::is_live);
    let path = ana.saves.path_of("long").unwrap();
    assert!(ana.wall.keep_at(&ana.saves, &path).is_err() && !path.exists());
}

#[test]
fn what_was_done_offline_merges_when_the_relay_is_back() {
    let mut server = Server::start("b1");
    let (mut ana, mut bo) = (Person::at("Ana", "b1"), Person::at("Bo", "b1"));
    for person in [&mut ana, &mut bo] {
        person.connect(&server, "edit");
        person.wait("it is live", Wall::is_live);
    }
    server.stop();
    ana.write("Order placed");
    bo.write("Order paid");
    for person in [&mut ana, &mut bo] {
        person.wait("the net is gone", |wall| !wall.is_live());
        assert_eq!(person.wall.unsent(), 1);
    }
    server.go_on();
    agree(&mut ana, &mut bo, 2);
}

#[test]
fn it_is_told_second_by_second_when_the_relay_is_tried_again() {
    let mut server = Server::start("b1");
    let mut ana = Person::at("Ana", "b1");
    server.stop();
    ana.connect(&server, "edit");
    for seconds in [2, 1] {
        ana.wait(&format!("again in {seconds} s"), |wall| wall.retry_in() == Some(seconds));
    }
    server.go_on();
    ana.wait("it is live", Wall::is_live);
    assert_eq!(ana.wall.retry_in(), None);
}

#[test]
fn a_deed_that_was_saved_and_not_sent_goes_when_the_board_is_opened_again() {
    let mut server = Server::start("b1");
    let mut ana = Person::at("Ana", "b1");
    server.stop();
    ana.connect(&server, "edit");
    ana.write("Order placed");
    let mut ana = ana.restart();
    server.go_on();
    ana.connect(&server, "edit");
    ana.hand_over();
    assert_eq!(server.ids(), [ana.wall.history().lines()[0].entry.id]);
}

#[test]
fn a_deed_that_is_not_accepted_is_told_and_can_be_taken_away() {
    let mut server = Server::start("b1");
    let mut ana = Person::at("Ana", "b1");
    ana.write("Order placed");
    server.stop();
    server.rules = Rules { is_read_only: true, ..Rules::default() };
    server.go_on();
    ana.connect(&server, "edit");
    ana.wait("it is refused", |wall| !wall.not_accepted().is_empty());
    let [(deed, why)] = ana.wall.not_accepted()[..] else { panic!("one deed") };
    assert_eq!(why, close::Refusal::Role);
    assert!(ana.wall.news().contains(&News::NotAccepted(vec![deed], why)));
    assert_eq!(ana.wall.read_only(), Some(ReadOnly::Room));
    ana.wall.introduce(&somebody("Anna"));
    assert_eq!(ana.wall.not_accepted(), [(deed, why)], "also while the room is entered again");
    let told = ana.wall.withdraw(deed).unwrap();
    assert!(told[0].speak(Lang::En).contains("Order placed"), "{told:?}");
    ana.has(0);
    assert_eq!((ana.wall.withdraw(deed), ana.wall.not_accepted()), (None, Vec::new()));
    ana.hand_over();
    let ana = ana.restart();
    assert_eq!(ana.wall.history().lines().len(), 0, "it went from the file too");
    assert_eq!(ana.wall.remarks(), []);
}

#[test]
fn who_may_only_look_is_told_so_and_does_nothing() {
    let server = Server::start("b1");
    let mut ana = Person::at("Ana", "b1");
    ana.connect(&server, "view");
    ana.wait("it is live", Wall::is_live);
    let refused = ana.seat.perform(&mut ana.wall, &placed("Order placed", 0)).map(drop);
    assert_eq!(refused, Err(Refusal::ReadOnly(ReadOnly::Viewer)));
    let known = ana.wall.room().unwrap();
    assert_eq!(known.role, Some(Role::View));
    let mut ana = ana.restart();
    let link = server.link("view");
    drop(server);
    ana.wall.connect(JoinedRoom { link, ..known }, somebody("Ana")).unwrap();
    assert_eq!(ana.wall.read_only(), Some(ReadOnly::Viewer), "also where nobody can say so");
}

#[test]
fn a_voice_that_two_processes_speak_with_is_left_to_one_and_no_deed_is_lost() {
    let server = Server::start("b1");
    let (mut ana, mut bo) = (Person::at("Ana", "b1"), Person::at("Bo", "b1"));
    let voice = Author::from_random(9);
    ana.seat = seat("Ana").speaking_as(voice);
    bo.seat = seat("Bo").speaking_as(voice);
    ana.write("Order placed");
    ana.write("Order packed");
    bo.write("Order paid");
    ana.connect(&server, "edit");
    ana.hand_over();
    bo.connect(&server, "edit");
    agree(&mut ana, &mut bo, 3);
    assert!(bo.wall.news().contains(&News::FreshVoice(1)));
    bo.write("Order sent");
    agree(&mut ana, &mut bo, 4);
    let bo = bo.restart();
    assert_eq!(ana.json(), bo.json());
    assert_eq!(bo.wall.history().lines().len(), 4);
    let authors = bo.wall.history().heads().0.keys().count();
    assert_eq!(authors, 3, "the one they had, the one that told again, the one of who went on");
}

#[test]
fn a_room_that_holds_another_wall_is_told_and_nothing_is_sent_or_taken() {
    let server = Server::start("b2");
    let mut ana = Person::at("Ana", "b1");
    ana.write("Order placed");
    ana.connect(&server, "edit");
    ana.wait("it is known", |wall| {
        wall.net().is_some_and(|it| it.net == Net::Offline { why: Some(Close::OtherBoard), retry_at: None })
    });
    assert!(ana.wall.news().contains(&News::OtherBoard("b2".into())));
    assert_eq!((server.ids(), ana.wall.board().notes.len()), (Vec::new(), 1));
}

#[test]
fn where_people_are_and_what_facilitators_say_comes_over() {
    let server = Server::start("b1");
    let (mut ana, mut bo) = (Person::at("Ana", "b1"), Person::at("Bo", "b1"));
    ana.connect(&server, "facilitate");
    bo.connect(&server, "edit");
    let met = |wall: &Wall| wall.people().count() == 1;
    both(&mut ana, &mut bo, "they meet", |ana, bo| met(ana) && met(bo));
    let cursor = Some(Point::new(7, 3));
    ana.wall.set_presence(&Presence { cursor, ..Presence::default() });
    let seen = |wall: &Wall| wall.people().any(|mate| mate.presence.cursor == cursor);
    both(&mut ana, &mut bo, "the cursor", |_, bo| seen(bo));
    let ping = Some(Ping { nth: 1, at: Point::new(1, 2) });
    ana.wall.set_presence(&Presence { cursor, ping, ..Presence::default() });
    let pinged = |wall: &Wall| wall.people().any(|mate| mate.presence.ping == ping);
    both(&mut ana, &mut bo, "the ping", |_, bo| pinged(bo));
    assert_eq!(bo.wall.news(), [News::Pinged(ana.wall.you().unwrap().0, Point::new(1, 2))]);
    ana.wall.control(&Control::ReadOnly(true));
    both(&mut ana, &mut bo, "it is closed", |_, bo| bo.read_only() == Some(ReadOnly::Room));
    ana.wall.control(&Control::ReadOnly(false));
    both(&mut ana, &mut bo, "it is open", |_, bo| bo.read_only().is_none());
}

#[test]
fn what_a_facilitator_asks_while_the_connection_is_made_anew_is_done_and_told_where_there_is_none() {
    let mut server = Server::start("b1");
    let (mut ana, mut bo) = (Person::at("Ana", "b1"), Person::at("Bo", "b1"));
    ana.connect(&server, "facilitate");
    bo.connect(&server, "edit");
    both(&mut ana, &mut bo, "they are there", |ana, bo| ana.is_live() && bo.is_live());
    ana.wall.introduce(&somebody("Anna"));
    ana.wall.control(&Control::ReadOnly(true));
    both(&mut ana, &mut bo, "it is closed", |_, bo| bo.read_only() == Some(ReadOnly::Room));
    server.stop();
    ana.wait("the net is gone", |wall| !wall.is_live());
    ana.wall.news();
    ana.wall.control(&Control::ReadOnly(false));
    let told = |wall: &mut Wall| wall.news().contains(&News::NotDone(None)).then_some(());
    assert!(ana.wall.wait_for(DEADLINE, told).is_some());
}

#[test]
fn who_is_shown_out_is_told_so_and_does_not_come_again() {
    let server = Server::start("b1");
    let (mut ana, mut bo) = (Person::at("Ana", "b1"), Person::at("Bo", "b1"));
    ana.connect(&server, "facilitate");
    bo.connect(&server, "edit");
    let met = |wall: &Wall| wall.people().count() == 1;
    both(&mut ana, &mut bo, "they meet", |ana, bo| met(ana) && met(bo));
    ana.wall.control(&Control::Kick(bo.wall.you().unwrap().0));
    let out = Net::Offline { why: Some(Close::NotAllowed), retry_at: None };
    both(&mut ana, &mut bo, "Bo is out", |_, bo| bo.net().unwrap().net == out);
    assert_eq!((bo.wall.retry_in(), bo.wall.trouble()), (None, Some(Said::new("close-not-allowed"))));
    assert!(Company::of(&bo.wall).unwrap().is_over());
}

#[test]
fn what_another_squall_has_open_is_worked_on_over_the_net() {
    let server = Server::start("b1");
    let mut ana = Person::at("Ana", "b1");
    ana.connect(&server, "edit");
    ana.hand_over();
    let wall = Wall::open_or_look(&ana.saves, ana.wall.path().unwrap(), &mut |_, _| ()).unwrap();
    let mut guest = Person { wall, ..Person::at("Ana", "b1") };
    assert_eq!(guest.wall.read_only(), Some(ReadOnly::Busy));
    guest.connect(&server, "edit");
    guest.wait("it is live", Wall::is_live);
    assert!(guest.wall.read_only().is_none() && guest.wall.is_guest());
    guest.write("Order placed");
    agree(&mut ana, &mut guest, 1);
    drop(guest);
    let ana = ana.restart();
    assert_eq!(ana.wall.board().notes.len(), 1, "the one who has the file has saved it");
}

#[test]
fn a_link_that_others_could_read_along_has_to_be_meant() {
    let mut ana = Person::at("Ana", "b1");
    let room = JoinedRoom::new("http://192.0.2.1:7/r/shop#t".parse().unwrap(), false);
    assert!(ana.wall.connect(room, somebody("Ana")).is_err());
    assert!(ana.wall.net().is_none());
}
