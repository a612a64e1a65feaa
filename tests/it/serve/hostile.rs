//! Guests who mean harm, while two who do not go on undisturbed.

use std::net::{IpAddr, Ipv4Addr};

use squall::model::{Author, EntryId};
use squall::wire::close::{Close, Refusal};
use squall::wire::frame::{ClientFrame, Item, RelayFrame, Role, Voice};
use squall::wire::limit::{CONNECTIONS_OF_ADDRESS_MAX, CONNECTS_OF_ADDRESS};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;

use super::process::{HONEST, Served, pair};
use crate::cli::Home;
use crate::relay::pair::Pair;

fn from(last: u8) -> IpAddr {
    Ipv4Addr::new(127, 6, 6, last).into()
}

async fn relay(name: &str) -> (Served, Pair<TcpStream>) {
    let served = Served::start(&Home::new(name), &[]);
    served.create().await;
    let pair = pair(&served).await;
    (served, pair)
}

fn item(author: Author, counter: u64) -> Item {
    Item { id: EntryId { author, counter }, t: 64 + counter, seal: 0, line: "forged".into() }
}

#[tokio::test]
async fn a_viewer_who_forges_every_frame_changes_nothing() {
    let (served, mut pair) = relay("serve-viewer").await;
    let forger = Author::from_random(666);
    let line = format!(r#"{{"id":"{forger}.1","t":65,"line":"forged"}}"#);
    let frames = [
        format!(r#"{{"entries":[{line}]}}"#),
        format!(r#"{{"voice":{{"author":"{}","from":1}}}}"#, pair.author()),
        format!(r#"{{"voice":{{"author":"{forger}","from":1}}}}"#),
        r#"{"control":{"close":{}}}"#.to_owned(),
        r#"{"control":{"read_only":true}}"#.to_owned(),
        r#"{"control":{"kick":1}}"#.to_owned(),
        r#"{"control":{"role":{"of":1,"role":"view"}}}"#.to_owned(),
        r#"{"control":{"renew":"facilitate"}}"#.to_owned(),
        r#"{"control":{"lock_links":true}}"#.to_owned(),
        r#"{"control":{"bring":[0,0,9,9]}}"#.to_owned(),
        r#"{"create":{"board":"b1","tokens":{"view":"a","edit":"b","facilitate":"c"}}}"#.to_owned(),
        format!(r#"{{"kept":{{"{forger}":"1-9"}}}}"#),
        r#"{"live":{}}"#.to_owned(),
        r#"{"left":1}"#.to_owned(),
        r#"{"welcome":{"v":1,"you":1,"role":"facilitate","board":"b1","people":[]}}"#.to_owned(),
        r#"{"refused":{"code":4422,"say":"no"}}"#.to_owned(),
        r#"{"hello":{"v":1,"token":"x","person":{"id":"p","name":"Bo"},"client":"c"}}"#.to_owned(),
        "[".repeat(100_000),
        "nonsense".to_owned(),
        String::new(),
    ];
    for (nth, frame) in frames.iter().enumerate() {
        let (mut eve, _) = served.join(&format!("Eve{nth}"), "view", 600 + nth as u64).await;
        eve.told_of(Message::text(frame.clone())).await;
        pair.go_on().await;
    }
    // What somebody says they have is theirs to say.
    let (mut eve, _) = served.join("Eve", "view", 699).await;
    let mut claimed = squall::model::Heads::default();
    claimed.insert(EntryId { author: forger, counter: 1 });
    eve.send(&ClientFrame::Heads(claimed)).await;
    pair.go_on().await;
    for (message, wanted) in [
        (Message::binary(vec![0; 64]), "closed 4400"),
        (Message::text("x".repeat(1024 * 1024 + 1)), "closed 1009"),
    ] {
        let (mut eve, _) = served.join("Eve", "view", 700).await;
        assert_eq!(eve.told_of(message).await, wanted);
        pair.go_on().await;
    }
    let (_, heads) = served.join("Cho", "edit", 3).await;
    assert!(!heads.contains(EntryId { author: forger, counter: 1 }), "nothing of it is there");
}

#[tokio::test]
async fn an_editor_may_not_speak_with_the_voice_of_somebody_who_is_there() {
    let (served, mut pair) = relay("serve-voice").await;
    pair.go_on().await;
    let (mut eve, _) = served.join("Eve", "edit", 666).await;
    let taken = pair.author();
    // A line that is not there yet, and another text under an id that is.
    for counter in [2, 1] {
        eve.send(&ClientFrame::Voice(Voice { author: taken, from: counter })).await;
        eve.send(&ClientFrame::Entries(vec![item(taken, counter)])).await;
        let refused = loop {
            if let RelayFrame::Refused(refused) = eve.hear().await.unwrap() {
                break refused;
            }
        };
        assert_eq!(refused.code, Refusal::Voice, "{refused:?}");
        assert!(!refused.ids.is_empty() || counter == 2);
    }
    pair.go_on().await;
}

#[tokio::test]
async fn who_asks_for_a_role_by_the_wrong_link_does_not_get_it() {
    let (served, mut pair) = relay("serve-role").await;
    let mut eve = served.dial("shop", HONEST).await;
    eve.send(&ClientFrame::Hello(crate::relay::client::hello("Eve", "view"))).await;
    assert_eq!(eve.role().await, Role::View);
    pair.go_on().await;
}

/// What a plain socket is told before it is closed.
async fn told(mut socket: TcpStream) -> String {
    let mut told = Vec::new();
    drop(socket.read_to_end(&mut told).await);
    String::from_utf8_lossy(&told).into_owned()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_address_gets_so_many_connections_and_others_go_on() {
    let (served, mut pair) = relay("serve-many").await;
    let mut sockets = Vec::new();
    for _ in 0..CONNECTS_OF_ADDRESS.burst {
        sockets.push(served.socket_from(from(1)).await);
    }
    // The bucket fills again while the sockets are made: the most that may be open is the end of it.
    let mut turned = None;
    for _ in 0..=CONNECTIONS_OF_ADDRESS_MAX {
        let mut socket = served.socket_from(from(1)).await;
        drop(socket.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await);
        let said = told(socket).await;
        if said.starts_with("HTTP/1.1 429") {
            turned = Some(said);
            break;
        }
    }
    assert!(turned.expect("it is turned away").contains("retry-after"));
    pair.go_on().await;
    let mut other = served.socket_from(from(2)).await;
    other.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    assert!(told(other).await.ends_with("ok\n"));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_relay_that_is_full_says_so_and_those_who_are_there_go_on() {
    let (served, mut pair) = relay("serve-full-house").await;
    let mut sockets = Vec::new();
    let mut full = None;
    'filling: for last in 1..=250 {
        for _ in 0..CONNECTS_OF_ADDRESS.burst - 5 {
            // Each waits for its turn to speak, and so stays.
            let mut socket = served.socket_from(from(last)).await;
            sockets.push({
                socket.write_all(b"GET /v1/rooms/shop HTTP/1.1\r\n").await.ok();
                socket
            });
        }
        let mut socket = served.socket_from(Ipv4Addr::new(127, 7, 7, last).into()).await;
        socket.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await.ok();
        let said = told(socket).await;
        if said.starts_with("HTTP/1.1 503") {
            full = Some(said);
            break 'filling;
        }
    }
    assert!(full.is_some(), "{} sockets were let in", sockets.len());
    pair.go_on().await;
}

#[tokio::test]
async fn who_is_slow_to_ask_or_only_half_there_is_let_go_and_others_go_on() {
    let (served, mut pair) = relay("serve-slow").await;
    let mut slow = Vec::new();
    for _ in 0..20 {
        let mut socket = served.socket_from(HONEST).await;
        socket.write_all(b"GET /healthz HTTP/1.1\r\nhost: lo").await.unwrap();
        slow.push(socket);
        // Half open: it will never say a word.
        slow.push(served.socket_from(HONEST).await);
    }
    let mut mute = served.dial("shop", HONEST).await;
    pair.go_on().await;
    for socket in slow {
        let said = told(socket).await;
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 4"), "{said}");
    }
    assert_eq!(mute.hear().await.unwrap_err(), Close::Silent);
    pair.go_on().await;
}
