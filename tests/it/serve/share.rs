//! From a board to a room and back, all by the real program.

use std::process::Stdio;

use squall::store::{Place, RoomCard, open};

use super::process::Served;
use crate::cli::{Answer, Home};
use crate::pty::{Terminal, call};
use crate::scratch::Scratch;

fn rows(out: &str) -> Vec<(String, String)> {
    let rows = out.lines().map(|line| line.split_once("  ").unwrap_or_else(|| panic!("a row: {line}")));
    rows.map(|(role, link)| (role.trim().to_owned(), link.trim().to_owned())).collect()
}

fn link<'a>(rows: &'a [(String, String)], role: &str) -> &'a str {
    &rows.iter().find(|(it, _)| it == role).expect("a link for every role").1
}

/// The board, as another home that joins it by a link sees it.
fn joined(link: &str, nth: &str) -> (Home, Answer) {
    let home = Home::new(&format!("shared-{nth}"));
    let answer = home.squall(&["join", "-", "team"], link);
    (home, answer)
}

#[test]
fn a_shared_board_is_in_its_room_and_each_link_lets_its_bearer_do_as_much_as_it_says() {
    let relay = Home::new("share-relay");
    let served = Served::start(&relay, &[]);
    let home = Home::new("share");
    home.squall(&["new", "shop", "--template", "shop"], "");
    let maker = served.link().to_string();
    let shared = home.squall(&["share", "shop", "--relay", "-"], &maker);
    assert_eq!(shared.code, 0, "{shared:?}");
    let links = rows(&shared.out);
    assert_eq!(links.len(), 3);
    let exported = home.squall(&["export", "shop", "--to", "json"], "").out;

    let (bo, answer) = joined(link(&links, "edit"), "edit");
    assert_eq!(answer.code, 0, "{answer:?}");
    assert_eq!(bo.squall(&["export", "team", "--to", "json"], "").out, exported);
    assert_eq!(bo.squall(&["do", "team", "place", "event", "주문 취소됨"], "").code, 0);
    assert!(home.squall(&["export", "shop", "--to", "json"], "").out.contains("주문 취소됨"));

    let (cho, answer) = joined(link(&links, "view"), "view");
    assert_eq!(answer.code, 0, "{answer:?}");
    let refused = cho.squall(&["do", "team", "place", "event", "Forged"], "");
    assert!(refused.code == 1 && refused.err.contains("looking only"), "{refused:?}");

    let again = home.squall(&["share", "shop", "--relay", "-"], &maker);
    assert!(again.code == 1 && again.err.contains("joined to a room already"), "{again:?}");
    home.squall(&["new", "other"], "");
    let check = |link: &str, code: i32, told: &str| {
        let answer = home.squall(&["share", "other", "--relay", "-"], link);
        assert!(answer.code == code && answer.err.contains(told) && answer.out.is_empty(), "{answer:?}");
        assert!(!home.path("saves/other.room").exists());
    };
    check(link(&links, "edit"), 2, "leads into a room");
    check(&maker.replace('#', "#0"), 1, "does not make rooms");
    check("http://127.0.0.1:1/new#s3cret", 3, "nobody answers there");

    served.terminate();
    assert!(served.ends().0.success());
    let dumped = relay.squall(&["dump", "shop", "--data", "data"], "");
    assert_eq!(dumped.code, 0, "{dumped:?}");
    let restored = relay.squall(&["restore", "-", "--data", "other"], &dumped.out);
    assert_eq!(restored.code, 0, "{restored:?}");
    assert_eq!(relay.squall(&["dump", "shop", "--data", "other"], "").out, dumped.out);
    let listed = relay.squall(&["links", "--all", "--data", "other"], "");
    assert!(listed.out.starts_with("shop  lines: "), "{listed:?}");
    let known = relay.squall(&["links", "shop", "--data", "data"], "");
    assert!(known.out.is_empty() && known.err.contains("hashes only: 1"), "{known:?}");
    let renewed = relay.squall(&["links", "shop", "--renew", "edit", "--data", "data"], "");
    assert_eq!(rows(&relay.squall(&["links", "shop", "--data", "data"], "").out), rows(&renewed.out));
    assert_eq!(relay.squall(&["links", "none", "--data", "data"], "").code, 1);

    let served = Served::start(&relay, &[]);
    let moved = |link: &str| {
        let place = link.split("/r/").nth(1).expect("it leads into a room");
        format!("http://127.0.0.1:{}/r/{place}", served.port)
    };
    let (_, old) = joined(&moved(link(&links, "edit")), "old");
    assert!(old.code == 3 && old.err.contains("renewed"), "{old:?}");
    let (_, new) = joined(&moved(link(&rows(&renewed.out), "edit")), "new");
    assert_eq!(new.code, 0, "{new:?}");
}

#[test]
fn a_facilitator_renews_links_while_the_relay_runs_and_the_old_ones_let_nobody_in() {
    let relay = Home::new("renew-relay");
    let served = Served::start(&relay, &[]);
    let home = Home::new("renew");
    home.squall(&["new", "shop", "--template", "shop"], "");
    let links = rows(&home.squall(&["share", "shop", "--relay", "-"], &served.link().to_string()).out);
    let (bo, _) = joined(link(&links, "edit"), "renewed-edit");
    let (cho, _) = joined(link(&links, "view"), "renewed-view");
    let renew = |home: &Home, board: &str, role: &str| {
        let renewed = home.squall(&["links", board, "--renew", role], "");
        (rows(&renewed.out), renewed)
    };

    let (_, refused) = renew(&cho, "team", "view");
    assert!(refused.code == 1 && refused.err.contains("Only facilitators"), "{refused:?}");
    let (edit, renewed) = renew(&home, "shop", "edit");
    assert!(renewed.code == 0 && renewed.err.contains("The old link has ended"), "{renewed:?}");
    assert!(edit.len() == 1 && link(&edit, "edit") != link(&links, "edit"), "{edit:?}");
    let away = bo.squall(&["do", "team", "place", "event", "Order archived"], "");
    assert!(away.code == 0 && away.err.contains("the link has been renewed"), "{away:?}");
    assert_eq!(bo.squall(&["join", "-", "team"], link(&edit, "edit")).code, 0);
    let seen = cho.squall(&["export", "team", "--to", "json"], "");
    assert!(seen.out.contains("Order archived") && seen.err.is_empty(), "the other links stay: {seen:?}");

    let (own, _) = renew(&home, "shop", "facilitate");
    assert_eq!(rows(&home.squall(&["links", "shop"], "").out), own, "whoever asks for it has it at once");
    let done = home.squall(&["do", "shop", "place", "event", "Order burnt"], "");
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{done:?}");
    let (_, old) = joined(link(&links, "facilitate"), "renewed-old");
    assert!(old.code == 3 && old.err.contains("renewed"), "{old:?}");

    let scratch = Scratch::new();
    let mut command = call(&scratch, &["open", "shop"]);
    command.env("SQUALL_SAVES", home.path("saves"));
    let mut screen = Terminal::start(command, (160, 30));
    screen.wait_for("What may the others call you?").press("\r").wait_for("Your colour").press("\r");
    // It is entered again under that name.
    screen.wait_for_frame(|screen| {
        let shown = screen.contents();
        !shown.contains("Your colour") && shown.contains("live")
    });
    screen.press("Wv").wait_for("(new link for looking, copied)").press("q");
    assert_eq!(screen.leave().code, 0);
    let away = cho.squall(&["export", "team", "--to", "json"], "");
    assert!(away.code == 0 && away.err.contains("the link has been renewed"), "{away:?}");
}

#[tokio::test]
async fn a_link_renewed_while_the_relay_rests_lets_back_in_who_was_shown_out() {
    let home = Home::new("renew-rest");
    let shop = "shop".parse().unwrap();
    let rooms = || open(Place::Folder(home.path("data/rooms"))).unwrap();
    let words =
        |words: &[(&str, &str)]| words.iter().map(|(who, is)| (who.to_string(), is.to_string())).collect();
    std::fs::create_dir_all(home.path("data")).unwrap();
    std::fs::write(home.path("data/create-link"), "http://127.0.0.1:7070/new#maker\n").unwrap();
    let standings = words(&[("p1", "out"), ("p2", "view")]);
    rooms().create(&shop, RoomCard { board: "b".into(), standings, ..RoomCard::default() }).await.unwrap();
    let renewed = home.squall(&["links", "shop", "--renew", "edit", "--data", "data"], "");
    assert_eq!(renewed.code, 0, "{renewed:?}");
    let card = rooms().card(&shop).await.unwrap().expect("it is there");
    assert_eq!(card.standings, words(&[("p2", "view")]));
}

#[test]
fn who_leaves_a_room_while_the_board_is_open_has_left_it() {
    use std::io::{Read as _, Write as _};
    let relay = Home::new("left-relay");
    let served = Served::start(&relay, &[]);
    let home = Home::new("left");
    home.squall(&["new", "shop"], "");
    assert_eq!(home.squall(&["share", "shop", "--relay", "-"], &served.link().to_string()).code, 0);
    let mut open = home.command(&["do", "shop", "-"]);
    let mut open = open.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut input = open.stdin.take().expect("it is piped");
    input.write_all(b"{\"undo\":{}}\n").expect("it reads");
    open.stdout.as_mut().expect("it is piped").read_exact(&mut [0]).expect("it answers");
    assert_eq!(home.squall(&["leave", "shop"], "").code, 0);
    drop(input);
    open.wait().expect("it ends");
    assert!(!home.path("saves/shop.room").exists());
}

/// A host without a screen, and its links.
fn host(home: &Home, args: &[&str]) -> (std::process::Child, Vec<(String, String)>) {
    use std::io::{BufRead as _, BufReader};
    let mut command = home.command(&[&["host", "shop"], args].concat());
    let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    let mut child = command.spawn().expect("the program starts");
    let out = BufReader::new(child.stdout.take().expect("it is piped"));
    let lines: Vec<String> = out.lines().take(3).map_while(Result::ok).collect();
    (child, rows(&lines.join("\n")))
}

fn end(mut child: std::process::Child) {
    let pid = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_hosted_board_is_stormed_on_together_and_goes_on_where_it_was_the_next_time() {
    let home = Home::new("host");
    home.squall(&["new", "shop", "--template", "shop"], "");
    let (child, links) = host(&home, &["--listen", "127.0.0.1:0"]);
    assert!(link(&links, "edit").starts_with("http://127.0.0.1:"), "{links:?}");
    let (bo, answer) = joined(link(&links, "edit"), "host");
    assert_eq!(answer.code, 0, "{answer:?}");
    assert_eq!(bo.squall(&["do", "team", "place", "event", "Order archived"], "").code, 0);
    // The host has it in its file, or gets it when it is asked: it is in the room.
    assert!(home.squall(&["export", "shop", "--to", "json"], "").out.contains("Order archived"));
    let renewed = rows(&home.squall(&["links", "shop", "--renew", "view"], "").out);
    end(child);
    assert!(home.squall(&["export", "shop", "--to", "json", "--offline"], "").out.contains("Order archived"));

    let (child, again) = host(&home, &["--listen", "127.0.0.1:0"]);
    let secret = |link: &str| link.split('#').nth(1).map(str::to_owned);
    assert_eq!(secret(link(&again, "edit")), secret(link(&links, "edit")), "the same links");
    assert_eq!(secret(link(&again, "view")), secret(link(&renewed, "view")), "and none beside a renewed one");
    end(child);
}

#[test]
fn whoever_follows_a_link_before_the_host_has_opened_the_wall_finds_all_of_it() {
    let home = Home::new("host-waits_ko");
    home.squall(&["new", "shop", "--template", "shop"], "");
    let mut terminal = Terminal::of(&home.command(&["host", "shop", "--listen", "127.0.0.1:0"]), (100, 30));
    terminal.wait_for("Enter를 누르면");
    let shown = terminal.screen().contents();
    let links = rows(&shown.lines().filter(|line| line.contains("/r/shop#")).collect::<Vec<_>>().join("\n"));
    let (bo, answer) = joined(link(&links, "edit"), "host-waits");
    assert_eq!(answer.code, 0, "{answer:?}");
    let export = ["export", "team", "--to", "json", "--offline"];
    assert!(bo.squall(&export, "").out.contains("주문 취소됨"));
    // Whoever goes by a name that was said is not asked for it.
    terminal.press("\r").wait_for("연결됨").wait_for("? 도움말").press("q");
    assert_eq!(terminal.leave().code, 0);
}

#[test]
fn a_host_that_others_reach_is_sealed_and_the_link_names_its_key() {
    let home = Home::new("host-sealed");
    home.squall(&["new", "shop", "--template", "shop"], "");
    let (child, links) = host(&home, &["--listen", "0.0.0.0:0"]);
    let edit: squall::wire::link::Link = link(&links, "edit").parse().unwrap();
    assert!(edit.relay.is_tls && edit.pin.as_ref().is_some_and(|pin| pin.len() == 64));
    let relay = squall::wire::link::Address { host: "127.0.0.1".into(), ..edit.relay.clone() };
    let (bo, answer) = joined(&squall::wire::link::Link { relay, ..edit.clone() }.to_string(), "sealed");
    assert_eq!(answer.code, 0, "{answer:?}");
    assert_eq!(bo.squall(&["do", "team", "place", "event", "Order archived"], "").code, 0);
    let relay = squall::wire::link::Address { host: "127.0.0.1".into(), ..edit.relay.clone() };
    let other = squall::wire::link::Link { relay, pin: Some("0".repeat(64)), ..edit };
    let (_, answer) = joined(&other.to_string(), "sealed-other");
    assert!(answer.code == 3 && answer.err.contains("not the one this link was made for"), "{answer:?}");
    end(child);
}
