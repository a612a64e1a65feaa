//! Who comes to a relay: heads, hellos, connections and tokens.

use squall::relay::Settings;
use squall::store::{Place, open};
use squall::wire::frame::Token;
use squall::wire::frame::{ClientFrame, Create, Frame as _, Links};
use squall::wire::limit::{
    CONNECTIONS_MAX, CONNECTIONS_OF_ADDRESS_MAX, CONNECTS_OF_ADDRESS, CREATES_OF_ADDRESS, GREETING_BYTES_MAX,
    HANDSHAKE_MS_MAX, HEAD_BYTES_MAX, HELLO_BYTES_MAX, HELLO_MS_MAX, MESSAGE_BYTES_MAX,
    WRONG_TOKENS_OF_ADDRESS,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};
use tokio::time::{Duration, Instant, sleep};
use tokio_tungstenite::tungstenite::Message;

use super::super::client::{ask, create, dial, dial_from, hello, over, pipe_from};
use super::{check, check_at};

const HEALTH: &str = "GET /healthz HTTP/1.1\r\nhost: localhost\r\n";

/// The status of an answer, or that there was none.
fn status(answer: &str) -> String {
    answer.strip_prefix("HTTP/1.1 ").map_or("none", |rest| &rest[..3]).into()
}

#[tokio::test(start_paused = true)]
async fn a_head_is_short_and_comes_soon() {
    let long = format!("{HEALTH}x: {}\r\n\r\n", "x".repeat(HEAD_BYTES_MAX));
    check("431", async |relay| status(&ask(relay, &long).await)).await;
    check(&format!("none after {HANDSHAKE_MS_MAX} ms"), async |relay| {
        let before = Instant::now();
        let answer = ask(relay, HEALTH).await;
        format!("{} after {} ms", status(&answer), before.elapsed().as_millis())
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_hello_is_short_and_comes_soon() {
    check("closed 4401", async |relay| {
        let said = ClientFrame::Hello(hello("Eve", "edit")).encode();
        let long = said + &" ".repeat(HELLO_BYTES_MAX);
        dial(relay, "shop").await.told_of(Message::text(long)).await
    })
    .await;
    check("closed 4401 after 0 ms", async |relay| {
        let (before, mut eve) = (Instant::now(), dial(relay, "shop").await);
        // The beginning of a message that will be as long as one may be.
        let mut begun = vec![0x81, 0x80 | 127];
        begun.extend((MESSAGE_BYTES_MAX as u64).to_be_bytes());
        begun.resize(begun.len() + GREETING_BYTES_MAX, 0);
        eve.socket.get_mut().write_all(&begun).await.unwrap();
        let answer = eve.told_of(Message::Ping(Default::default())).await;
        format!("{answer} after {} ms", before.elapsed().as_millis())
    })
    .await;
    check(&format!("closed 4401 after {HELLO_MS_MAX} ms"), async |relay| {
        let (before, mut mute) = (Instant::now(), dial(relay, "shop").await);
        let answer = mute.told_of(Message::Ping(Default::default())).await;
        format!("{answer} after {} ms", before.elapsed().as_millis())
    })
    .await;
    check("closed 4401", async |relay| {
        let mut eve = dial(relay, "inn").await;
        eve.send(&ClientFrame::Hello(hello("Eve", "create"))).await;
        let links = Links { view: "a".repeat(64), edit: "b".repeat(64), facilitate: "c".repeat(64) };
        let long = ClientFrame::Create(Create { board: "b".repeat(HELLO_BYTES_MAX), tokens: links });
        eve.told_of(Message::text(long.encode())).await
    })
    .await;
}

/// Sockets that will never say a word, and how the next one who asks is answered.
async fn beside(open: Vec<DuplexStream>, asks: impl Future<Output = String>) -> String {
    tokio::task::yield_now().await;
    let answer = status(&asks.await);
    drop(open);
    answer
}

#[tokio::test(start_paused = true)]
async fn so_many_connections_and_no_more() {
    let health = format!("{HEALTH}\r\n");
    check("503", async |relay| {
        // Half open: each would have to go before long, and until then takes the place of somebody.
        let far = |nth: usize| format!("10.1.{}.{}", nth / 250, nth % 250);
        let open = (0..CONNECTIONS_MAX).map(|nth| pipe_from(relay, &far(nth))).collect();
        beside(open, ask(relay, &health)).await
    })
    .await;
    check("429", async |relay| {
        let mut open: Vec<_> = (0..CONNECTS_OF_ADDRESS.burst).map(|_| pipe_from(relay, "10.0.0.9")).collect();
        sleep(Duration::from_secs(1)).await;
        let left = CONNECTIONS_OF_ADDRESS_MAX - open.len();
        assert!(left < CONNECTS_OF_ADDRESS.count as usize, "they come slowly enough");
        open.extend((0..left).map(|_| pipe_from(relay, "10.0.0.9")));
        beside(open, ask(relay, &health)).await
    })
    .await;
    check("429", async |relay| {
        for _ in 0..CONNECTS_OF_ADDRESS.burst {
            assert_eq!(status(&ask(relay, &health).await), "200");
        }
        status(&ask(relay, &health).await)
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn sockets_that_are_half_open_are_gone_before_long() {
    check("0 of 1000 are left", async |relay| {
        let far = |nth: usize| format!("10.1.{}.{}", nth / 250, nth % 250);
        let open: Vec<_> = (0..1_000).map(|nth| pipe_from(relay, &far(nth))).collect();
        let mut left = 0;
        for mut pipe in open {
            let mut said = Vec::new();
            let end = tokio::time::timeout(
                Duration::from_millis(HANDSHAKE_MS_MAX + 1),
                pipe.read_to_end(&mut said),
            );
            left += usize::from(end.await.is_err() || !said.is_empty());
        }
        format!("{left} of 1000 are left")
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn who_guesses_is_soon_not_listened_to() {
    check("closed 4429", async |relay| {
        let guess = async |nth: u64| {
            let said = hello("Eve", &format!("guess {nth}"));
            let mut eve = dial_from(relay, "shop", "10.6.6.6").await;
            eve.told_of(Message::text(ClientFrame::Hello(said).encode())).await
        };
        for nth in 0..WRONG_TOKENS_OF_ADDRESS.burst {
            assert_eq!(guess(nth).await, "closed 4401");
        }
        guess(0).await
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn who_makes_rooms_where_anybody_may_makes_so_many() {
    let relay = over(open(Place::Memory).unwrap(), Settings { is_open: true, ..Settings::default() });
    drop(create(&relay, "shop").await.unwrap());
    check_at(&relay, "shop", "closed 4429", async |relay| {
        let make = async |nth: u64| {
            let mut eve = dial_from(relay, &format!("room-{nth}"), "10.6.6.6").await;
            let token = Token(squall::relay::secret::OPEN.into());
            eve.send(&ClientFrame::Hello(squall::wire::frame::Hello { token, ..hello("Eve", "") })).await;
            eve.send(&ClientFrame::Create(super::super::client::usual())).await;
            eve
        };
        for nth in 0..CREATES_OF_ADDRESS.burst {
            make(nth).await.welcomed().await.unwrap();
        }
        make(99).await.told_of(Message::Ping(Default::default())).await
    })
    .await;
}
