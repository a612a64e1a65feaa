//! How much a relay and a room hold.

use std::collections::BTreeMap;
use std::sync::Arc;

use squall::model::limit::LINE_BYTES_MAX;
use squall::model::{Author, EntryId};
use squall::relay::{Relay, Settings};
use squall::store::{Journal, Place, Record, RoomCard, open};
use squall::wire::frame::{ClientFrame, Create, Frame as _, Links, Voice};
use squall::wire::limit::{
    AUTHORS_MAX, EDITORS_MAX, RANGES_MAX, ROOM_BYTES_MAX, ROOM_IDLE_MS, ROOM_LINES_MAX, ROOMS_MAX,
    VIEWERS_MAX, VOICES_MAX,
};
use tokio::time::{Duration, sleep};
use tokio_tungstenite::tungstenite::Message;

use super::super::client::{Client, create, dial, dial_from, hello, over, relay, usual};
use super::super::doors::metric;
use super::{check, check_at};

#[tokio::test(start_paused = true)]
async fn a_room_has_so_many_editors_and_viewers() {
    for (role, most) in [("edit", EDITORS_MAX), ("view", VIEWERS_MAX)] {
        check("closed 4413", async |relay| {
            let mut inside = Vec::new();
            // One of each is there already.
            for nth in 1..=most {
                let mut client = dial_from(relay, "shop", &format!("10.2.0.{nth}")).await;
                let said = Message::text(ClientFrame::Hello(hello(&format!("Eve {nth}"), role)).encode());
                if nth == most {
                    return client.told_of(said).await;
                }
                client.send(&ClientFrame::Hello(hello(&format!("Eve {nth}"), role))).await;
                client.welcomed().await.unwrap();
                inside.push(client);
            }
            unreachable!()
        })
        .await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_relay_has_so_many_rooms_and_keeps_none_in_memory_where_nobody_is() {
    let journal = open(Place::Memory).unwrap();
    for nth in 1..ROOMS_MAX {
        journal.create(&format!("room-{nth}").parse().unwrap(), RoomCard::default()).await.unwrap();
    }
    let relay = over(journal, Settings { shows_metrics: true, ..Settings::default() });
    drop(create(&relay, "shop").await.unwrap());
    check_at(&relay, "shop", "Err(Full)", async |relay| {
        format!("{:?}", create(relay, "one-more").await.map(drop))
    })
    .await;

    let relay = super::super::client::relay().await;
    drop(create(&relay, "inn").await.unwrap());
    check_at(&relay, "shop", "2 rooms, then 1", async |relay| {
        let before = metric(relay, "squall_rooms").await;
        sleep(Duration::from_millis(ROOM_IDLE_MS + 1_000)).await;
        format!("{before} rooms, then {}", metric(relay, "squall_rooms").await)
    })
    .await;
}

/// A relay with a room `full` that holds these lines, and another.
async fn holding(lines: impl Iterator<Item = Record>) -> Arc<Relay> {
    let journal: Arc<dyn Journal> = open(Place::Memory).unwrap();
    let Create { board, tokens: Links { view, edit, facilitate } } = usual();
    let tokens = [("view", view), ("edit", edit), ("facilitate", facilitate)];
    let tokens: BTreeMap<_, _> = tokens.map(|(role, hash)| (role.to_owned(), vec![hash])).into();
    let room = "full".parse().unwrap();
    journal.create(&room, RoomCard { board, tokens, ..RoomCard::default() }).await.unwrap();
    journal.append(&room, lines.collect()).await.unwrap();
    let relay = over(journal, Settings::default());
    drop(create(&relay, "shop").await.unwrap());
    relay
}

async fn come_in(relay: &Arc<Relay>) -> Client {
    let mut client = dial(relay, "full").await;
    client.send(&ClientFrame::Hello(hello("Eve", "edit"))).await;
    client.welcomed().await.unwrap();
    client
}

fn record(author: u64, counter: u64, line: &Arc<str>) -> Record {
    let id = EntryId { author: Author::from_random(author), counter };
    Record { id, t: counter, seal: 0, line: line.clone() }
}

/// A line by this author at this counter is one too many; one at the other is not.
async fn is_full(relay: Arc<Relay>, (author, over): (u64, u64), within: Option<(u64, u64)>) {
    check_at(&relay, "shop", "refused 4413", async |relay| {
        let mut eve = come_in(relay).await;
        if let Some((author, counter)) = within {
            let id = eve.says_as(author, counter, "fits").await;
            eve.kept(id).await;
        }
        eve.says_as(author, over, "one too many").await;
        eve.told_of(Message::Ping(Default::default())).await
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_room_takes_so_many_lines() {
    let line = "a line".into();
    let lines = (1..=ROOM_LINES_MAX as u64).map(|counter| record(1, counter, &line));
    is_full(holding(lines).await, (1, ROOM_LINES_MAX as u64 + 1), None).await;
}

#[tokio::test(start_paused = true)]
async fn a_room_takes_so_many_bytes() {
    let line: Arc<str> = "x".repeat(LINE_BYTES_MAX).into();
    let count = ROOM_BYTES_MAX / LINE_BYTES_MAX as u64;
    let lines = (1..=count).map(|counter| record(1, counter, &line));
    is_full(holding(lines).await, (1, count + 1), None).await;
}

#[tokio::test(start_paused = true)]
async fn a_room_takes_so_many_authors_and_gaps() {
    let line = "a line".into();
    let authors = (1..=AUTHORS_MAX as u64).map(|author| record(author, 1, &line));
    is_full(holding(authors).await, (AUTHORS_MAX as u64 + 1, 1), Some((1, 2))).await;
    let gaps = (1..=RANGES_MAX as u64).map(|nth| record(1, 2 * nth, &line));
    let last = 2 * RANGES_MAX as u64;
    is_full(holding(gaps).await, (1, last + 3), Some((1, last + 1))).await;
}

#[tokio::test(start_paused = true)]
async fn a_connection_speaks_with_so_many_voices() {
    check_at(&relay().await, "shop", "refused 4413", async |relay| {
        let mut eve = super::super::client::join(relay, "Eve", "edit").await;
        for nth in 0..VOICES_MAX as u64 {
            // No faster than anybody may speak.
            sleep(Duration::from_millis(25)).await;
            eve.send(&ClientFrame::Voice(Voice { author: Author::from_random(nth), from: 1 })).await;
        }
        let voice = Voice { author: Author::from_random(VOICES_MAX as u64), from: 1 };
        eve.told_of(Message::text(ClientFrame::Voice(voice).encode())).await
    })
    .await;
}
