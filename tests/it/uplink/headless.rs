//! The real program and a relay.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use squall::session::Wall;

use super::Person;
use super::server::Server;
use crate::cli::Home;
use crate::pty::{Terminal, call};
use crate::scratch::Scratch;

#[test]
fn a_joined_board_is_worked_on_with_every_verb() {
    let mut server = Server::start("b1");
    let mut ana = Person::at("Ana", "b1");
    ana.write("Order placed");
    ana.connect(&server, "edit");
    ana.hand_over();

    let home = Home::new("uplink");
    let joined = home.squall(&["join", "-", "team"], &server.text("edit"));
    assert_eq!(joined.code, 0, "{joined:?}");
    assert!(joined.err.starts_with("Joined. team holds") && !joined.err.contains("history"), "{joined:?}");
    let room = home.path("saves/team.room");
    assert!(std::fs::read_to_string(&room).unwrap().contains("#edit"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&room).unwrap().permissions().mode() & 0o777, 0o600);
    }

    home.squall(&["new", "alone"], "");
    let (listed, rows) = (home.squall(&["ls"], "").out, home.squall(&["ls", "--json"], "").out);
    let address = format!("http://localhost:{}/r/shop", server.port);
    for told in [&listed, &rows] {
        let of = |name: &str| told.lines().find(|line| line.contains(name)).unwrap();
        assert!(of("team").contains(&address) && !of("alone").contains("http"), "{told}");
        assert!(!told.contains("#edit"), "{told}");
    }
    assert!(
        rows.contains(&format!("\"room\":\"{address}\"")) && listed.contains("joined: http"),
        "{rows}{listed}"
    );

    let done = home.squall(&["do", "team", "place", "event", "Order paid"], "");
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{done:?}");
    assert_eq!(server.ids().len(), 2, "it is kept when the verb ends");
    ana.has(2);

    ana.write("Order packed");
    ana.hand_over();
    let shown = home.squall(&["export", "team", "--to", "json"], "");
    assert!(shown.out.contains("Order packed"), "{shown:?}");
    let offline = home.squall(&["export", "team", "--to", "json", "--offline"], "");
    assert!(!offline.out.contains("Order packed"), "reading writes nothing: {offline:?}");

    let mut following = home.command(&["log", "team", "--follow"]);
    let mut following = following.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let told = BufReader::new(following.stdout.take().unwrap()).lines();
    ana.wait("somebody follows", |wall| wall.people().count() == 1);
    ana.write("Order sent");
    ana.hand_over();
    let is_told = told.map_while(Result::ok).any(|line| line.contains("Order sent"));
    following.kill().unwrap();
    following.wait().unwrap();
    assert!(is_told);

    server.stop();
    let waits = home.squall(&["do", "team", "place", "event", "Order returned"], "");
    assert_eq!(waits.code, 0, "{waits:?}");
    assert!(waits.err.contains("nobody answers there") && waits.err.contains("wait until"), "{waits:?}");
    server.go_on();
    let caught_up = home.squall(&["join", "-", "team"], &server.text("edit"));
    assert_eq!(caught_up.code, 0, "{caught_up:?}");
    ana.has(5);

    let left = home.squall(&["leave", "team"], "");
    assert!(left.code == 0 && !room.exists() && home.path("saves/team.storm").exists(), "{left:?}");
}

#[test]
fn a_board_of_the_same_name_that_is_another_wall_is_left_alone() {
    let server = Server::start("b1");
    let home = Home::new("uplink-other");
    assert_eq!(home.squall(&["new", "shop"], "").code, 0);
    let file = home.path("saves/shop.storm");
    let before = std::fs::read(&file).unwrap();
    let mut join = home.command(&["join"]);
    join.env("SQUALL_LINK", server.text("edit"));
    let joined = crate::cli::Answer::of(join, "");
    assert_eq!(joined.code, 1, "{joined:?}");
    assert!(joined.err.contains("another wall"), "{joined:?}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
    assert!(server.ids().is_empty() && !home.path("saves/shop.room").exists());
}

#[test]
fn what_is_no_room_is_not_joined() {
    let home = Home::new("uplink-none");
    let check = |args: &[&str], input: &str, code: i32, told: &str| {
        let answer = home.squall(args, input);
        assert_eq!(answer.code, code, "{args:?} {answer:?}");
        assert!(answer.err.contains(told) && !answer.err.contains("s3cret"), "{args:?} {answer:?}");
    };
    check(&["join"], "", 2, "There is no link");
    check(&["join", "-"], "shop", 2, "This is no link");
    check(&["join", "-"], "http://127.0.0.1:7/new#s3cret", 2, "This link makes rooms");
    check(&["join", "-"], "http://192.0.2.1:7/r/shop#s3cret", 2, "--insecure");
    check(&["join", "http://127.0.0.1:1/r/shop#s3cret"], "", 3, "shell's history");
    check(&["join", "-"], "http://127.0.0.1:1/r/shop#s3cret", 3, "nobody answers there");
    assert!(!home.path("saves").exists());
    home.squall(&["new", "shop"], "");
    check(&["leave", "shop"], "", 1, "joined to no room");
}

#[test]
fn a_screen_shows_what_others_do_as_they_do_it() {
    let server = Server::start("b1");
    let mut ana = Person::at("Ana", "b1");
    ana.write("주문됨");
    ana.connect(&server, "edit");
    ana.hand_over();
    let scratch = Scratch::new();
    let mut command = call(&scratch, &["join"]);
    command.env("SQUALL_LINK", server.text("edit"));
    let mut screen = Terminal::start(command, (100, 30));
    screen.wait_for("주문됨");
    screen.wait_for("What may the others call you?");
    screen.press("Bo\r");
    screen.wait_for("Your colour");
    screen.press("\r");
    ana.write("결제됨");
    ana.hand_over();
    screen.wait_for("결제됨");
    screen.press("q");
    assert_eq!(screen.leave().code, 0);
    let board = Wall::read(&scratch.join("saves/shop.storm"), &mut |_, _| ()).unwrap();
    assert_eq!(board.board().notes.len(), 2);
}
