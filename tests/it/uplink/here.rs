//! Several squalls on one machine before one wall, with a relay and without.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

use squall::model::Point;
use squall::session::Wall;
use squall::session::saves::ReadOnly;
use squall::wire::presence::Presence;
use squall::wire::room::Rules;

use super::server::Server;
use super::{Person, agree, all, both, somebody};
use crate::cli::Home;
use crate::pty::{Terminal, call};
use crate::scratch::Scratch;

impl Person {
    /// The first squall of this person, which lets others in.
    fn first(name: &'static str) -> Person {
        let mut person = Person::at(name, "b1");
        person.wall.meet_here(&person.saves, somebody(name), true);
        person
    }

    /// Another squall before the same file.
    fn next_to(&self, name: &'static str) -> Person {
        let wall = Wall::open_or_look(&self.saves, self.wall.path().unwrap(), &mut |_, _| ()).unwrap();
        let mut person = Person { wall, ..Person::at(name, "b1") };
        assert_eq!(person.wall.read_only(), Some(ReadOnly::Busy));
        assert!(person.wall.meet_here(&self.saves, somebody(name), true));
        person
    }
}

/// Both have so many notes, and the file does.
fn are_at(ana: &mut Person, bo: &mut Person, count: usize) {
    let has = |wall: &Wall| wall.board().notes.len() == count && wall.is_live() && wall.unsent() == 0;
    both(ana, bo, &format!("{count} notes are at both"), |ana, bo| has(ana) && has(bo));
    assert_eq!(ana.json(), bo.json());
    let read = Wall::read(ana.wall.path().unwrap(), &mut |_, _| ()).unwrap();
    assert_eq!(read.board().notes.len(), count);
}

#[test]
fn two_squalls_on_one_machine_storm_on_one_wall_that_is_in_no_room() {
    let mut ana = Person::first("Ana");
    ana.write("Order placed");
    assert!(ana.wall.net().is_none(), "alone there is nothing to tell");
    let mut bo = ana.next_to("Bo");
    are_at(&mut ana, &mut bo, 1);
    bo.write("Order paid");
    ana.write("Order sent");
    are_at(&mut ana, &mut bo, 3);
    let cursor = Some(Point::new(7, 3));
    let sees = |wall: &Wall| wall.people().any(|mate| mate.presence.cursor == cursor);
    bo.wall.set_presence(&Presence { cursor, ..Presence::default() });
    both(&mut ana, &mut bo, "Bo is seen", |ana, _| sees(ana));
    ana.wall.set_presence(&Presence { cursor, ..Presence::default() });
    both(&mut ana, &mut bo, "Ana is seen", |_, bo| sees(bo));
    let mut cho = ana.next_to("Cho");
    both(&mut ana, &mut cho, "three meet", |ana, cho| ana.people().count() == 2 && cho.people().count() == 2);
    drop((bo, cho));
    ana.wait("she is alone again", |wall| wall.net().is_none());
    ana.write("Order packed");
    assert_eq!(ana.restart().wall.board().notes.len(), 4);
}

#[test]
fn when_the_first_goes_the_next_has_the_file_and_nothing_is_lost() {
    let mut ana = Person::first("Ana");
    let mut bo = ana.next_to("Bo");
    are_at(&mut ana, &mut bo, 0);
    let mut cho = ana.next_to("Cho");
    both(&mut ana, &mut cho, "Cho is there too", |_, cho| cho.is_live());
    let Person { wall, folder, .. } = ana;
    drop(wall);
    bo.write("Order placed");
    let is_settled = |wall: &Wall| !wall.is_heir() || wall.is_live();
    both(&mut bo, &mut cho, "one has the file", |bo, cho| {
        bo.is_heir() != cho.is_heir() && is_settled(bo) && is_settled(cho)
    });
    are_at(&mut bo, &mut cho, 1);
    cho.write("Order paid");
    are_at(&mut bo, &mut cho, 2);
    drop(folder);
}

#[test]
fn a_guest_is_in_the_room_on_the_relay_by_way_of_the_first() {
    let server = Server::start("b1");
    let mut ana = Person::first("Ana");
    ana.connect(&server, "edit");
    let mut bo = ana.next_to("Bo");
    let mut cho = Person::at("Cho", "b1");
    cho.connect(&server, "edit");
    are_at(&mut ana, &mut bo, 0);
    bo.write("Order placed");
    agree(&mut ana, &mut bo, 1);
    agree(&mut ana, &mut cho, 1);
    cho.write("Order paid");
    both(&mut ana, &mut cho, "it is with her", |ana, _| ana.board().notes.len() == 2);
    are_at(&mut ana, &mut bo, 2);
    assert_eq!(server.ids().len(), 2);

    let names = |wall: &Wall| {
        let names: BTreeSet<String> = wall.people().map(|mate| mate.member.person.name.clone()).collect();
        names.into_iter().collect::<Vec<_>>().join(" ")
    };
    both(&mut ana, &mut bo, "all who are there", |ana, bo| {
        (names(ana), names(bo)) == ("Bo Cho".into(), "Ana Cho".into())
    });
    let cursor = Some(Point::new(7, 3));
    cho.wall.set_presence(&Presence { cursor, ..Presence::default() });
    let sees = |wall: &Wall| wall.people().any(|mate| mate.presence.cursor == cursor);
    // Cho's own time passes too: where she is may have to wait a moment before it goes out.
    all(&mut [&mut ana, &mut bo, &mut cho], "Cho is seen by both", |people| {
        sees(&people[0].wall) && sees(&people[1].wall)
    });
    drop(cho);
    both(&mut ana, &mut bo, "Cho has left", |ana, bo| (names(ana), names(bo)) == ("Bo".into(), "Ana".into()));
}

#[test]
fn a_guest_may_do_what_the_first_may() {
    let mut server = Server::start("b1");
    let mut ana = Person::first("Ana");
    ana.connect(&server, "edit");
    let mut bo = ana.next_to("Bo");
    both(&mut ana, &mut bo, "all may write", |ana, bo| {
        ana.is_live() && bo.is_live() && bo.read_only().is_none()
    });
    server.stop();
    server.rules = Rules { is_read_only: true, ..Rules::default() };
    server.go_on();
    both(&mut ana, &mut bo, "nobody may", |ana, bo| {
        ana.read_only() == Some(ReadOnly::Room) && bo.read_only() == Some(ReadOnly::Viewer)
    });
}

#[test]
fn what_two_terminals_and_a_verb_do_each_of_them_sees() {
    let scratch = Scratch::new();
    let open = || {
        let mut command = call(&scratch, &["open", "shop"]);
        command.env("SQUALL_NAME", "Ana");
        Terminal::start(command, (100, 30))
    };
    let mut first = open();
    first.wait_for("How far does this wall go?").press("\roOrder placed\r").wait_for("Order placed");
    first.wait_for("saved");
    let mut second = open();
    second.wait_for("Order placed").wait_for("live").press("oOrder paid\r");
    first.wait_for("Order paid");
    let squall = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_squall"));
        command.args(args).env("SQUALL_SAVES", scratch.join("saves")).env("HOME", &*scratch);
        command.stdin(Stdio::null()).output().unwrap()
    };
    let done = squall(&["do", "shop", "place", "event", "Order sent"]);
    assert!(done.status.success() && done.stderr.is_empty(), "{done:?}");
    first.wait_for("3 stickies");
    second.wait_for("3 stickies");
    first.press("q");
    assert_eq!(first.leave().code, 0);
    second.press("oOrder packed\r").wait_for("4 stickies").press("q");
    assert_eq!(second.leave().code, 0);
    let shown = String::from_utf8(squall(&["export", "shop", "--to", "text"]).stdout).unwrap();
    for wording in ["Order placed", "Order paid", "Order sent", "Order packed"] {
        assert!(shown.contains(wording), "{shown}");
    }
}

#[test]
fn a_place_where_nobody_knocks_any_more_is_in_nobody_s_way() {
    let home = Home::new("here-stale");
    home.squall(&["new", "shop"], "");
    let mut killed = home.command(&["do", "shop", "-"]);
    let mut killed = killed.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    killed.stdin.as_mut().unwrap().write_all(b"{\"undo\":{}}\n").unwrap();
    let mut answer = [0];
    killed.stdout.as_mut().unwrap().read_exact(&mut answer).unwrap();
    let live = home.path("saves/live");
    let places = || std::fs::read_dir(&live).unwrap().count();
    let first = home.squall(&["do", "shop", "place", "event", "Order placed"], "");
    assert_eq!((first.code, first.err.as_str()), (0, ""), "{first:?}");
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert_eq!(places(), 1, "who is killed leaves it behind");
    let second = home.squall(&["do", "shop", "place", "event", "Order paid"], "");
    assert_eq!((second.code, second.err.as_str()), (0, ""), "{second:?}");
    let board = Wall::read(&home.path("saves/shop.storm"), &mut |_, _| ()).unwrap();
    assert_eq!(board.board().notes.len(), 2);
    use std::os::unix::fs::PermissionsExt as _;
    assert_eq!(std::fs::metadata(&live).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(places(), 0, "who leaves takes it along");
}
