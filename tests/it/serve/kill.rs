//! A relay is killed while it writes, again and again: no line it called kept is missing.
//!
//! An outside process, this test, remembers every `kept`. `SQUALL_RELAY_KILLS` asks for more than the usual few.

use std::cell::RefCell;
use std::collections::BTreeSet;

use squall::model::{Author, EntryId, Heads};
use squall::wire::frame::{ClientFrame, Item, RelayFrame};

use super::process::Served;
use crate::cli::Home;
use crate::history::laws::given;
use crate::kill::{deeds, file_of, torture};

const KILLS: u64 = 12;
/// Lines in one message, so that much is on its way within the rate of messages.
const LINES_A_MESSAGE: u64 = 16;
/// Messages that are sent before the first line is called kept.
const AHEAD: u64 = 8;

#[tokio::test]
async fn a_relay_killed_while_it_writes_has_every_line_it_called_kept() {
    let home = Home::new("serve-kill");
    let kills = given("SQUALL_RELAY_KILLS").unwrap_or(KILLS);
    let mut served = Served::start(&home, &[]);
    served.create().await;
    let (mut kept, mut hits) = (BTreeSet::new(), 0);
    let mut had = Heads::default();
    for cycle in 0..kills {
        let (mut ana, heads) = served.join_with("Ana", "edit", 1_000 + cycle, had.clone()).await;
        let missing = |heads: &Heads, kept: &BTreeSet<EntryId>| -> Vec<EntryId> {
            kept.iter().copied().filter(|id| !heads.contains(*id)).collect()
        };
        assert_eq!(missing(&heads, &kept), [], "kill {cycle}: called kept and not there");
        let (author, mut sent) = (ana.author, 0);
        for _ in 0..AHEAD {
            ana.send(&ClientFrame::Entries(lines(author, &mut sent))).await;
        }
        // A step that shares no factor with the most: every number of answers comes up.
        let (answers, mut heard) = (cycle * 7 % 20, BTreeSet::new());
        while (heard.len() as u64) < answers * LINES_A_MESSAGE {
            if let RelayFrame::Kept(heads) = ana.hear().await.expect("it lives") {
                let fresh =
                    (1..=sent).map(|counter| EntryId { author, counter }).filter(|id| heads.contains(*id));
                heard.extend(fresh);
                ana.send(&ClientFrame::Entries(lines(author, &mut sent))).await;
            }
        }
        served.kill();
        // What it had said before it died counts.
        while let Some(Ok(message)) = futures_util::StreamExt::next(&mut ana.socket).await {
            use squall::wire::frame::Frame as _;
            if let Ok(RelayFrame::Kept(heads)) = RelayFrame::decode(message.to_text().unwrap_or("")) {
                heard.extend(
                    (1..=sent).map(|counter| EntryId { author, counter }).filter(|id| heads.contains(*id)),
                );
            }
        }
        hits += u64::from((heard.len() as u64) < sent);
        for id in &heard {
            had.insert(*id);
        }
        kept.extend(heard);
        served = Served::start(&home, &[]);
    }
    let (_, heads) = served.join("Bo", "view", 1).await;
    assert!(kept.iter().all(|id| heads.contains(*id)));
    println!(
        "{kills} kills, {hits} of them hit lines on their way; {} lines called kept, none missing",
        kept.len()
    );
    assert!(hits * 2 >= kills, "only {hits} of {kills} kills hit a line on its way");
}

#[test]
fn a_client_killed_while_it_writes_has_every_deed_it_called_saved_in_its_room_once_it_is_back() {
    // As behind a tunnel: who comes and goes so fast has to wait otherwise.
    let port = free_port();
    let public = format!("http://127.0.0.1:{port}");
    let served = Served::start_at(&Home::new("serve-kill-relay"), port, &["--public", &public]);
    let home = Home::new("serve-kill-client");
    let kills = given("SQUALL_RELAY_KILLS").unwrap_or(KILLS);
    let link = RefCell::new(String::new());
    let begin = |board: &str| {
        assert_eq!(home.squall(&["new", board], "").code, 0);
        let shared = home.squall(&["share", board, "--relay", "-"], &served.link().to_string());
        let edit = shared.out.lines().find_map(|row| row.strip_prefix("edit"));
        *link.borrow_mut() = edit.unwrap_or_else(|| panic!("{shared:?}")).trim().to_owned();
    };
    let end = |board: &str, saved: &BTreeSet<String>| {
        let back = home.squall(&["do", board, "place", "event", "back again"], "");
        assert_eq!((back.code, back.err.as_str()), (0, ""), "{back:?}");
        let newcomer = Home::new("serve-kill-newcomer");
        assert_eq!(newcomer.squall(&["join", "-", "team"], &link.borrow()).code, 0);
        let there = deeds(&file_of(&newcomer, "team")).0;
        let missing: Vec<&String> = saved.iter().filter(|id| !there.contains(*id)).collect();
        assert!(missing.is_empty(), "{board}: called saved and not in the room: {missing:?}");
        let [ours, theirs] = [(&home, board), (&newcomer, "team")]
            .map(|(home, board)| home.squall(&["export", board, "--to", "json", "--offline"], "").out);
        assert_eq!(ours, theirs);
    };
    let hits = torture(&home, kills, begin, end);
    assert!(hits * 2 >= kills, "only {hits} of {kills} kills hit an unfinished deed");
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("there is one");
    listener.local_addr().expect("it is bound").port()
}

fn lines(author: Author, sent: &mut u64) -> Vec<Item> {
    let mut line = || {
        *sent += 1;
        let (id, t) = (EntryId { author, counter: *sent }, 64 + *sent);
        Item { id, t, seal: 0, line: format!("{id} says something of some length, as people do").into() }
    };
    (0..LINES_A_MESSAGE).map(|_| line()).collect()
}
