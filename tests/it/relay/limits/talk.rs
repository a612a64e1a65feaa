//! What one connection says, how fast, and how slowly it listens.

use squall::model::EntryId;
use squall::model::limit::{JSON_DEPTH_MAX, LINE_BYTES_MAX, TIME_MAX};
use squall::wire::frame::{ClientFrame, Frame as _, Item, RelayFrame};
use squall::wire::limit::{
    BYTES, DEAD_MS, HEADS_BYTES_ALL_MAX, MESSAGE_BYTES_MAX, MESSAGES, PRESENCE_BYTES_MAX, PRESENCE_MS,
    QUEUE_BYTES_MAX, QUEUE_MESSAGES_MAX, STRIKES_MAX,
};
use tokio::time::{Duration, Instant, sleep};
use tokio_tungstenite::tungstenite::Message;

use super::super::client::{Client, PIPE_BYTES, join};
use super::super::doors::metric;
use super::super::pair::NOISE;
use super::check;

fn item(client: &Client, t: u64, line: String) -> Message {
    let id = EntryId { author: client.author, counter: 1 };
    Message::text(ClientFrame::Entries(vec![Item { id, t, seal: 0, line: line.into() }]).encode())
}

fn noise(bytes: usize) -> String {
    NOISE.to_owned() + &"x".repeat(bytes - NOISE.len())
}

#[tokio::test(start_paused = true)]
async fn a_message_and_a_line_have_a_length() {
    check("closed 1009", async |relay| {
        join(relay, "Eve", "edit").await.told_of(Message::text("x".repeat(MESSAGE_BYTES_MAX + 1))).await
    })
    .await;
    check("refused 4422", async |relay| {
        let mut eve = join(relay, "Eve", "edit").await;
        let late = item(&eve, TIME_MAX + 1, NOISE.into());
        eve.told_of(late).await
    })
    .await;
    check("closed 4429", async |relay| {
        let mut eve = join(relay, "Eve", "edit").await;
        let long = item(&eve, 1, noise(LINE_BYTES_MAX + 1));
        for _ in 0..STRIKES_MAX {
            assert_eq!(eve.told_of(long.clone()).await, "refused 4422");
        }
        eve.told_of(long).await
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn heads_and_presence_have_a_length_and_a_depth() {
    check("closed 4400", async |relay| {
        let mut eve = join(relay, "Eve", "view").await;
        let gaps: Vec<String> = (0..100_000).map(|nth| (1_000_000 + 2 * nth).to_string()).collect();
        let part = format!(r#"{{"heads_part":{{"{}":"{}"}}}}"#, eve.author, gaps.join(","));
        for _ in 0..HEADS_BYTES_ALL_MAX / part.len() {
            futures_util::SinkExt::send(&mut eve.socket, Message::text(part.clone())).await.unwrap();
        }
        eve.told_of(Message::text(part)).await
    })
    .await;
    for presence in [
        format!(r#"{{"digest":"{}"}}"#, "x".repeat(PRESENCE_BYTES_MAX)),
        "[".repeat(JSON_DEPTH_MAX + 1) + &"]".repeat(JSON_DEPTH_MAX + 1),
    ] {
        let said = Message::text(format!(r#"{{"presence":{presence}}}"#));
        check("refused 4422", async |relay| join(relay, "Eve", "view").await.told_of(said.clone()).await)
            .await;
    }
}

#[tokio::test(start_paused = true)]
async fn who_says_too_much_is_told_later_and_then_to_go() {
    // So many messages, and so many bytes of a line that is there already and goes to nobody.
    for (bytes, burst) in [(NOISE.len(), MESSAGES.burst), (60_000, BYTES.burst / 60_000)] {
        check("closed 4429", async |relay| {
            let mut eve = join(relay, "Eve", "edit").await;
            let line = item(&eve, 1, noise(bytes));
            // Coming in took two messages, which are given back in no time.
            sleep(Duration::from_secs(1)).await;
            for _ in 0..burst {
                futures_util::SinkExt::send(&mut eve.socket, line.clone()).await.unwrap();
                while !matches!(eve.hear().await.unwrap(), RelayFrame::Kept(_)) {}
            }
            for _ in 0..STRIKES_MAX {
                assert_eq!(eve.told_of(line.clone()).await, "refused 4429");
            }
            eve.told_of(line).await
        })
        .await;
    }
}

#[tokio::test(start_paused = true)]
async fn of_presence_the_latest_goes_out_and_not_too_often() {
    check("[100,0]", async |relay| {
        let (mut eve, mut cy) = (join(relay, "Eve", "view").await, join(relay, "Cy", "view").await);
        let (mut heard, mut last) = (0, String::new());
        let before = Instant::now();
        let saying = async {
            for x in 1..=100 {
                let text = format!(r#"{{"presence":{{"cursor":[{x},0]}}}}"#);
                futures_util::SinkExt::send(&mut eve.socket, Message::text(text)).await.unwrap();
                sleep(Duration::from_millis(10)).await;
            }
        };
        let hearing = async {
            while last != "[100,0]" {
                let RelayFrame::Presence(seen) = cy.hear().await.unwrap() else { continue };
                let cursors =
                    seen.iter().filter_map(|it| it.is.as_ref()?.get().strip_prefix(r#"{"cursor":"#));
                for cursor in cursors {
                    heard += 1;
                    last = cursor.trim_end_matches('}').to_owned();
                }
            }
        };
        tokio::join!(saying, hearing);
        let most = before.elapsed().as_millis() as u64 / PRESENCE_MS + 1;
        assert!((2..=most).contains(&heard), "{heard} of {most}");
        last
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn who_does_not_read_is_let_go_and_has_everything_when_they_come_again() {
    // Many messages, then few that are long: whichever is too much first.
    for (bytes, most) in [(2_048, QUEUE_MESSAGES_MAX), (16_384, QUEUE_BYTES_MAX / 16_384)] {
        check("closed 4408", async |relay| {
            let (mut cy, mut slow) = (join(relay, "Cy", "edit").await, join(relay, "Slow", "view").await);
            let pace =
                Duration::from_millis((bytes as u64 * 1_000 / BYTES.count).max(1_000 / MESSAGES.count) + 1);
            let mut said = 0;
            'saying: loop {
                let id = cy.says(&noise(bytes)).await;
                said += 1;
                sleep(pace).await;
                loop {
                    match cy.hear().await.unwrap() {
                        RelayFrame::Left(n) if n == slow.n => break 'saying,
                        RelayFrame::Kept(kept) if kept.contains(id) => break,
                        RelayFrame::Refused(refused) => panic!("{refused:?}"),
                        _ => {}
                    }
                }
            }
            // What its socket holds it had been sent; what two others say beside this is little.
            let held = PIPE_BYTES / bytes;
            assert!((most..=most + held + 8).contains(&said), "{said} of {most} and {held}");
            let answer = slow.told_of(Message::Ping(Default::default())).await;
            let mut again = join(relay, "Slow", "view").await;
            let missing = again.catches_up().await.into_iter().filter(|line| line.starts_with(NOISE)).count();
            assert_eq!(missing, said, "nothing is missing");
            answer
        })
        .await;
    }
}

#[tokio::test(start_paused = true)]
async fn who_stands_still_for_a_minute_counts_as_dead_and_has_everything_when_they_come_again() {
    check("dead: 0, then 1, then 7 lines", async |relay| {
        let (mut cy, mut still) = (join(relay, "Cy", "edit").await, join(relay, "Still", "edit").await);
        let id = still.says(&noise(100)).await;
        still.kept(id).await;
        let mut dead = Vec::new();
        for at in 0..6 {
            let id = cy.says(&noise(100)).await;
            cy.kept(id).await;
            if at == DEAD_MS / 10_000 - 1 {
                dead.push(metric(relay, "squall_slow_closes_total").await);
            }
            sleep(Duration::from_millis(10_000 + 1)).await;
        }
        dead.push(metric(relay, "squall_slow_closes_total").await);
        assert!(still.told_of(Message::Ping(Default::default())).await.starts_with("closed"));
        let lines = join(relay, "Still", "edit").await.catches_up().await;
        let missed = lines.iter().filter(|line| line.starts_with(NOISE)).count();
        format!("dead: {}, then {}, then {missed} lines", dead[0], dead[1])
    })
    .await;
}
