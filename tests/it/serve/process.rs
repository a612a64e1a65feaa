//! A relay in a process of its own, and those who talk to it.

use std::io::{BufRead as _, BufReader};
use std::net::{IpAddr, SocketAddr};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use squall::model::Heads;
use squall::wire::frame::{ClientFrame, RelayFrame};
use squall::wire::link::Link;
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;

use crate::cli::Home;
use crate::relay::client::{Client, hello, token, usual};
use crate::relay::pair::Pair;

/// The relay.
pub(super) struct Served {
    child: Child,
    told: Receiver<String>,
    heard: Vec<String>,
    pub(super) port: u16,
    /// What it printed: the link that makes rooms, at its first start.
    pub(super) printed: Receiver<String>,
    link: String,
}

/// Somebody who talks to it.
pub(super) type Guest = Client<TcpStream>;

impl Served {
    /// Starts one over the folder `data` of a home, on whatever port is free.
    pub(super) fn start(home: &Home, args: &[&str]) -> Served {
        Served::start_at(home, 0, args)
    }

    /// The same on this port.
    pub(super) fn start_at(home: &Home, port: u16, args: &[&str]) -> Served {
        let address = format!("127.0.0.1:{port}");
        let mut all = vec!["serve", "--data", "data", "--listen", &address];
        all.extend(args);
        let mut command = home.command(&all);
        let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let told = lines(child.stderr.take().expect("it is piped"));
        let printed = lines(child.stdout.take().expect("it is piped"));
        let mut served = Served { child, told, heard: Vec::new(), port: 0, printed, link: String::new() };
        let said = served.hears("listens on 127.0.0.1:");
        let port = said.split("127.0.0.1:").nth(1).and_then(|rest| rest.split(". Ctrl").next());
        served.port = port.and_then(|port| port.parse().ok()).unwrap_or_else(|| panic!("a port in {said}"));
        served.hears("create-link");
        served.link = std::fs::read_to_string(home.path("data/create-link")).expect("it is there by now");
        served
    }

    /// Waits until it has said this.
    pub(super) fn hears(&mut self, part: &str) -> String {
        loop {
            let line = self.told.recv().unwrap_or_else(|_| panic!("{part} in {:?}", self.heard));
            self.heard.push(line.clone());
            if line.contains(part) {
                return line;
            }
        }
    }

    /// The link that makes rooms.
    pub(super) fn link(&self) -> Link {
        self.link.parse().expect("it is a link")
    }

    pub(super) fn kill(&mut self) {
        self.child.kill().expect("it lives until it is killed");
        self.child.wait().expect("it is dead");
    }

    pub(super) fn terminate(&self) {
        let pid = self.child.id().to_string();
        let status = std::process::Command::new("kill").args(["-TERM", &pid]).status();
        assert!(status.expect("there is a kill").success());
    }

    /// Waits for its end; all it has said.
    pub(super) fn ends(mut self) -> (ExitStatus, Vec<String>) {
        let status = self.child.wait().expect("it ends");
        let heard = std::mem::take(&mut self.heard);
        (status, heard.into_iter().chain(self.told.iter()).collect())
    }

    /// A plain socket, as from this address.
    pub(super) async fn socket_from(&self, from: IpAddr) -> TcpStream {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(SocketAddr::new(from, 0)).expect("every address of the loop is ours");
        socket.connect(SocketAddr::from(([127, 0, 0, 1], self.port))).await.expect("it listens")
    }

    /// A connection to a room that has said nothing yet.
    pub(super) async fn dial(&self, room: &str, from: IpAddr) -> Guest {
        let url = format!("ws://127.0.0.1:{}/v1/rooms/{room}", self.port);
        let mut request = url.into_client_request().expect("a request");
        request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("squall.v1"));
        let (socket, _) = client_async(request, self.socket_from(from).await).await.expect("it is let in");
        Client::over(socket, 0)
    }

    /// Makes the room `shop` with the usual tokens.
    pub(super) async fn create(&self) {
        let mut founder = self.dial("shop", HONEST).await;
        let token = self.link().token;
        let said = ClientFrame::Hello(squall::wire::frame::Hello { token, ..hello("Founder", "create") });
        founder.send(&said).await;
        founder.send(&ClientFrame::Create(usual())).await;
        founder.welcomed().await.expect("it is made");
    }

    /// Comes into `shop`, and has caught up; what the relay has.
    pub(super) async fn join(&self, name: &str, role: &str, seed: u64) -> (Guest, Heads) {
        self.join_with(name, role, seed, Heads::default()).await
    }

    /// The same, with what these heads tell.
    pub(super) async fn join_with(&self, name: &str, role: &str, seed: u64, had: Heads) -> (Guest, Heads) {
        let mut guest = self.dial("shop", HONEST).await;
        guest.author = squall::model::Author::from_random(seed);
        guest.send(&ClientFrame::Hello(hello(name, role))).await;
        guest.welcomed().await.expect("it is let in");
        guest.send(&ClientFrame::Heads(had)).await;
        let mut heads = None;
        loop {
            match guest.hear().await.expect("it stays") {
                RelayFrame::Heads(had) => heads = Some(had),
                RelayFrame::Live {} => return (guest, heads.expect("heads come before live")),
                _ => {}
            }
        }
    }
}

/// Where those come from who mean well.
pub(super) const HONEST: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(127, 0, 0, 1));

/// The tokens that a session of these tests uses.
pub(super) fn secrets(link: &Link) -> Vec<String> {
    let roles = ["view", "edit", "facilitate", "guess"].map(|role| token(role).0);
    roles.into_iter().chain([link.token.0.clone()]).collect()
}

/// Two who mean well, at this relay.
pub(super) async fn pair(served: &Served) -> Pair<TcpStream> {
    let (ana, _) = served.join("Ana", "edit", 1).await;
    let (bo, _) = served.join("Bo", "view", 2).await;
    Pair::of(ana, bo).await
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn lines(from: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (tell, told) = channel();
    thread::spawn(move || {
        let lines = BufReader::new(from).lines().map_while(Result::ok);
        lines.for_each(|line| drop(tell.send(line)));
    });
    told
}
