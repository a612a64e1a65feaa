//! How a relay starts, what it says, and how it ends.

use std::net::TcpListener;

use squall::wire::close::Close;
use squall::wire::frame::ClientFrame;

use super::process::{HONEST, Served, pair, secrets};
use crate::cli::Home;
use crate::relay::client::hello;

#[tokio::test]
async fn a_relay_makes_one_link_serves_ends_when_told_and_goes_on_where_it_was() {
    let home = Home::new("serve");
    let served = Served::start(&home, &[]);
    let link = served.link();
    assert_eq!(served.printed.recv().unwrap(), link.to_string(), "the first start prints it");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |name: &str| std::fs::metadata(home.path(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("data"), mode("data/create-link")), (0o700, 0o600));
    }
    served.create().await;
    let mut pair = pair(&served).await;
    pair.go_on().await;
    let mut eve = served.dial("shop", HONEST).await;
    eve.send(&ClientFrame::Hello(hello("Eve", "guess"))).await;
    assert_eq!(eve.hear().await.unwrap_err(), Close::Token);
    served.terminate();
    assert_eq!(pair.goodbye().await, [Close::GoingDown; 2]);
    let (status, said) = served.ends();
    assert!(status.success(), "{status} {said:?}");
    assert!(said.last().unwrap().contains("The relay has ended"), "{said:?}");
    let said = said.join("\n");
    assert!(said.contains("Only this machine can reach it") && said.contains("lets nobody in"), "{said}");
    for secret in secrets(&link) {
        assert!(!said.contains(&secret), "{secret} in {said}");
    }

    let served = Served::start(&home, &["--log", "json"]);
    assert_eq!(served.link().token, link.token);
    let (_, heads) = served.join("Cho", "view", 3).await;
    assert!(heads.contains(squall::model::EntryId { author: pair.author(), counter: 1 }), "{heads:?}");
    served.terminate();
    let printed = served.printed.recv();
    let (status, said) = served.ends();
    assert!(status.success() && printed.is_err(), "the link is printed once: {printed:?}");
    for line in &said {
        let told: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("JSON: {line}"));
        assert!(told["message"].is_string(), "{line}");
        assert!(secrets(&link).iter().all(|secret| !line.contains(secret)), "{line}");
    }
}

/// What a request to this port is answered.
async fn get(port: u16, path: &str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut socket = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn numbers_are_told_on_this_machine_or_where_that_was_asked_for() {
    let served = Served::start(&Home::new("serve-numbers"), &[]);
    served.create().await;
    pair(&served).await.go_on().await;
    let numbers = get(served.port, "/metrics").await;
    for number in ["squall_lines_in_total 1\n", "squall_queue_bytes ", "squall_slow_closes_total 0\n"] {
        assert!(numbers.contains(number), "{number} in {numbers}");
    }
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let served = Served::start(&Home::new("serve-elsewhere"), &["--metrics", &free.to_string()]);
    assert!(get(served.port, "/metrics").await.starts_with("HTTP/1.1 404"));
    assert!(get(served.port, "/healthz").await.ends_with("ok\n"));
    assert!(get(free.port(), "/metrics").await.contains("squall_rooms 0"));
    assert!(get(free.port(), "/readyz").await.ends_with("ready\n"));
    assert!(get(free.port(), "/r/shop").await.starts_with("HTTP/1.1 404"));
}

#[test]
fn what_keeps_a_relay_from_starting_is_told_in_one_sentence() {
    let home = Home::new("serve-not");
    let check = |args: &[&str], told: &str| {
        let answer = home.squall(&[&["serve"], args].concat(), "");
        assert_eq!((answer.code, answer.out.as_str()), (3, ""), "{args:?} {answer:?}");
        let first = answer.err.lines().next().unwrap();
        assert!(first.starts_with("squall: ") && first.contains(told), "{args:?} {answer:?}");
        assert!(answer.err.lines().count() <= 3, "{answer:?}");
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    check(&["--data", "a", "--listen", &address], "Another program listens on");
    check(&["--data", "a", "--listen", "192.0.2.1:7070"], "cannot be listened on");
    std::fs::write(home.path("file"), "").unwrap();
    check(&["--data", "file", "--listen", "127.0.0.1:0"], "file");
    let cert = home.path("none.pem").display().to_string();
    let sealed = ["--data", "a", "--listen", "127.0.0.1:0", "--tls-cert", &cert, "--tls-key", &cert];
    check(&sealed, "none.pem could not be read");
    std::fs::write(&cert, "nothing").unwrap();
    check(&sealed, "There is no certificate");

    let served = Served::start(&home, &[]);
    check(&["--data", "data", "--listen", "127.0.0.1:0"], "is open in another squall");
    for args in [&["links", "--all"][..], &["dump", "shop"], &["restore", "file"]] {
        let answer = home.squall(&[args, &["--data", "data"]].concat(), "");
        assert!(answer.code == 3 && answer.err.contains("is open in another squall"), "{args:?} {answer:?}");
    }
    drop(served);
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_without_room_is_told_in_one_sentence() {
    let home = Home::new("serve-full");
    let command = home
        .command_within("ulimit -f 0; trap '' XFSZ", &["serve", "--data", "a", "--listen", "127.0.0.1:0"]);
    let answer = crate::cli::Answer::of(command, "");
    assert_eq!(answer.code, 3, "{answer:?}");
    assert!(answer.err.contains("no room left"), "{answer:?}");
    assert!(answer.err.lines().count() <= 2, "{answer:?}");
}
