//! The doors of a relay: who comes in, who does not, and what those see who only look at it.

use std::sync::Arc;

use squall::relay::{Relay, Settings};
use squall::store::{Place, open};
use squall::wire::close::Close;
use squall::wire::frame::{ClientFrame, Role};
use squall::wire::limit::{HELLO_MS_MAX, WRONG_TOKENS_OF_ADDRESS};

use super::client::{ask, create, dial, dial_from, hello, over, relay};

/// A number of the metrics.
pub(super) async fn metric(relay: &Arc<Relay>, name: &str) -> u64 {
    let page = get(relay, "/metrics", "").await;
    let row = page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    row.unwrap_or_else(|| panic!("{name} in {page}")).parse().unwrap()
}

async fn get(relay: &Arc<Relay>, path: &str, head: &str) -> String {
    ask(relay, &format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{head}\r\n")).await
}

#[tokio::test(start_paused = true)]
async fn each_link_lets_its_bearer_do_as_much_as_it_says() {
    let relay = relay().await;
    for (link, role) in [("view", Role::View), ("edit", Role::Edit), ("facilitate", Role::Facilitate)] {
        let mut client = dial(&relay, "shop").await;
        client.send(&ClientFrame::Hello(hello(link, link))).await;
        assert_eq!(client.role().await, role);
    }
}

#[tokio::test(start_paused = true)]
async fn an_unknown_room_and_a_wrong_token_are_answered_alike_and_guessing_ends() {
    let relay = relay().await;
    let guess = async |room, from| {
        let mut client = dial_from(&relay, room, from).await;
        client.send(&ClientFrame::Hello(hello("Eve", "guess"))).await;
        client.welcomed().await.unwrap_err()
    };
    for nth in 0..WRONG_TOKENS_OF_ADDRESS.burst {
        let room = if nth % 2 == 0 { "shop" } else { "nowhere" };
        assert_eq!(guess(room, "10.6.6.6").await, Close::Token);
    }
    assert_eq!(guess("shop", "10.6.6.6").await, Close::Rate);
    let mut lucky = dial_from(&relay, "shop", "10.6.6.6").await;
    lucky.send(&ClientFrame::Hello(hello("Eve", "edit"))).await;
    assert_eq!(lucky.welcomed().await.unwrap_err(), Close::Rate, "and a right one is not looked at either");
    assert_eq!(guess("shop", "10.6.6.7").await, Close::Token, "others may try");
}

#[tokio::test(start_paused = true)]
async fn who_says_nothing_or_nonsense_has_to_go() {
    let relay = relay().await;
    let before = tokio::time::Instant::now();
    assert_eq!(dial(&relay, "shop").await.hear().await.unwrap_err(), Close::Silent);
    assert_eq!(before.elapsed().as_millis() as u64, HELLO_MS_MAX);
    let mut client = dial(&relay, "shop").await;
    client.send(&ClientFrame::Heads(squall::model::Heads::default())).await;
    assert_eq!(client.hear().await.unwrap_err(), Close::BadFrame);
    let mut client = dial(&relay, "shop").await;
    client.send(&ClientFrame::Hello(hello(&"가".repeat(999), "edit"))).await;
    assert_eq!(client.hear().await.unwrap_err(), Close::Token);
}

#[tokio::test(start_paused = true)]
async fn a_room_is_made_once_and_by_its_create_link_only() {
    let relay = relay().await;
    assert_eq!(create(&relay, "shop").await.err(), Some(Close::OtherBoard));
    assert!(create(&relay, "hotel").await.is_ok());
    let mut client = dial(&relay, "inn").await;
    client.send(&ClientFrame::Hello(hello("Eve", "edit"))).await;
    assert_eq!(client.hear().await.unwrap_err(), Close::Token);
}

#[tokio::test(start_paused = true)]
async fn pages_say_how_it_is() {
    let settings = Settings { shows_metrics: true, page: "<p>squall join".into(), ..Settings::default() };
    let relay = over(open(Place::Memory).unwrap(), settings);
    for (path, status, text) in [
        ("/healthz", "200 OK", "ok"),
        ("/readyz", "200 OK", "ready"),
        ("/r/shop", "200 OK", "<p>squall join"),
        ("/metrics", "200 OK", "# TYPE squall_connections gauge"),
        ("/", "404 Not Found", "not found"),
        ("/v1/rooms/shop", "426 Upgrade Required", "web sockets"),
    ] {
        let page = get(&relay, path, "").await;
        assert!(page.starts_with(&format!("HTTP/1.1 {status}\r\n")) && page.contains(text), "{path}: {page}");
    }
    relay.stop().await;
    assert!(get(&relay, "/readyz", "").await.contains("draining"));
    assert!(get(&relay, "/healthz", "").await.contains("ok"));
}

#[tokio::test(start_paused = true)]
async fn who_was_answered_is_not_there_any_more() {
    let relay = relay().await;
    for _ in 0..3 {
        assert!(get(&relay, "/healthz", "").await.contains("ok"));
        tokio::task::yield_now().await;
    }
    assert_eq!(metric(&relay, "squall_connections").await, 1, "the one that asks");
}

#[tokio::test(start_paused = true)]
async fn a_page_of_somebody_else_may_not_talk_to_the_relay() {
    let settings = Settings { hosts: vec!["storm.example.org".into()], ..Settings::default() };
    let relay = over(open(Place::Memory).unwrap(), settings);
    let upgrade = "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
                   sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
    for (host, origin, is_let_in) in [
        ("127.0.0.1:7070", "http://127.0.0.1:7070", true),
        ("[::1]:7070", "http://[::1]:7070", true),
        ("localhost:7070", "http://localhost:7070", true),
        ("storm.example.org", "https://storm.example.org", true),
        ("127.0.0.1:7070", "http://evil.org", false),
        ("127.0.0.1:7070", "http://127.0.0.1:7071", false),
        ("evil.org", "http://evil.org", false),
        ("127.0.0.1:7070", "null", false),
    ] {
        let head =
            format!("GET /v1/rooms/shop HTTP/1.1\r\nhost: {host}\r\norigin: {origin}\r\n{upgrade}\r\n");
        let answer = ask(&relay, &head).await;
        assert_eq!(answer.starts_with("HTTP/1.1 101"), is_let_in, "{origin} at {host}: {answer}");
        assert_eq!(answer.starts_with("HTTP/1.1 403"), !is_let_in, "{origin} at {host}: {answer}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_head_that_is_too_long_or_too_slow_is_cut_off() {
    let relay = relay().await;
    let long = get(&relay, "/healthz", &format!("x: {}\r\n", "x".repeat(9_000))).await;
    assert!(long.starts_with("HTTP/1.1 431"), "{long}");
    let before = tokio::time::Instant::now();
    let slow = ask(&relay, "GET /healthz HTTP/1.1\r\nhost: lo").await;
    assert!(!slow.contains("200"), "{slow}");
    assert_eq!(before.elapsed().as_secs(), 5);
}
