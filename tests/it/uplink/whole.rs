//! Walls and the relay as it is shipped, in a thread of its own.

use std::sync::Arc;
use std::thread::{self, JoinHandle};

use squall::relay::{Relay, Settings, secret};
use squall::session::uplink::JoinedRoom;
use squall::store::{Place, open};
use squall::wire::frame::ClientFrame;
use squall::wire::link::Link;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;

use super::{Person, agree, somebody};
use crate::relay::client::{BOARD, Client, hello, token, usual};
use crate::scratch::Scratch;

/// The relay over a journal in a folder, with the room `shop` of an empty wall.
pub(super) struct Whole {
    pub(super) port: u16,
    folder: Scratch,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

/// A runtime for those whom a test plays itself.
pub(super) fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

impl Whole {
    pub(super) fn start() -> Whole {
        let mut whole = Whole { port: 0, folder: Scratch::new(), running: None };
        whole.go_on();
        runtime().block_on(async {
            let mut founder = whole.dial(whole.port).await;
            founder.send(&ClientFrame::Hello(hello("Founder", "create"))).await;
            founder.send(&ClientFrame::Create(usual())).await;
            founder.welcomed().await.unwrap();
        });
        whole
    }

    /// Goes on where it was.
    pub(super) fn go_on(&mut self) {
        let (folder, port) = (self.folder.join("rooms"), self.port);
        let (stop, stopped) = oneshot::channel::<()>();
        let (tell, told) = std::sync::mpsc::channel();
        let relay = thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(async {
                let journal = open(Place::Folder(folder)).unwrap();
                let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
                tell.send(listener.local_addr().unwrap().port()).unwrap();
                let create = Some(secret::hash(&token("create")));
                // All who come here come from this machine, as if through a tunnel.
                let settings = Settings { create, is_behind: true, ..Settings::default() };
                let relay: Arc<Relay> = Relay::new(journal, settings);
                relay.serve(listener, async { drop(stopped.await) }).await.unwrap();
            });
        });
        self.port = told.recv().unwrap();
        self.running = Some((stop, relay));
    }

    /// Ends every conversation with a word.
    pub(super) fn stop(&mut self) {
        let (stop, relay) = self.running.take().unwrap();
        drop(stop);
        relay.join().unwrap();
    }

    /// The link to the room, by way of this port.
    pub(super) fn link(&self, role: &str, port: u16) -> Link {
        format!("http://127.0.0.1:{port}/r/shop#{}", token(role).0).parse().unwrap()
    }

    /// A connection that has said nothing yet.
    pub(super) async fn dial(&self, port: u16) -> Client<TcpStream> {
        let mut request = self.link("edit", port).socket().into_client_request().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("squall.v1"));
        let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        Client::over(client_async(request, stream).await.unwrap().0, 0)
    }

    /// Somebody with an empty wall of the room, in a file, who has come in by way of this port.
    pub(super) fn person(&self, name: &'static str, port: u16) -> Person {
        let mut person = Person::at(name, BOARD);
        self.connect(&mut person, port);
        person
    }

    pub(super) fn connect(&self, person: &mut Person, port: u16) {
        let room = JoinedRoom::new(self.link("edit", port), false);
        person.wall.connect(room, somebody(person.name)).unwrap();
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        if self.running.is_some() {
            self.stop();
        }
    }
}

#[test]
fn a_wall_and_the_relay_itself_understand_each_other() {
    let mut whole = Whole::start();
    let (mut ana, mut bo) = (whole.person("Ana", whole.port), whole.person("Bo", whole.port));
    ana.write("주문됨");
    bo.write("결제됨");
    agree(&mut ana, &mut bo, 2);
    whole.stop();
    ana.wait("the relay says that it goes", |wall| wall.trouble().is_some());
    whole.go_on();
    bo.write("배송됨");
    agree(&mut ana, &mut bo, 3);
}
