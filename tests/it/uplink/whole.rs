//! A wall and the relay as it is shipped.

use std::thread;

use futures_util::{SinkExt as _, StreamExt as _};
use squall::relay::{Relay, Settings, secret};
use squall::session::uplink::JoinedRoom;
use squall::store::{Place, open};
use squall::wire::frame::{ClientFrame, Create, Frame as _, Hello, Links, RelayFrame, Token};
use squall::wire::limit::{PROTOCOL, VERSION};
use squall::wire::link::Link;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;

use super::{Person, agree, somebody};
use crate::scratch::Scratch;

/// Makes the room that a link leads to, for whoever has that link.
async fn found(link: &Link, create: &str) {
    let mut request = link.socket().into_client_request().unwrap();
    request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static(PROTOCOL));
    let (mut socket, _) = connect_async(request).await.unwrap();
    let token = Token(create.to_owned());
    let hello = Hello { v: VERSION, token, person: somebody("Founder"), client: "founder".into() };
    let hash = |of: &str| secret::hash(&Token(of.to_owned()));
    let tokens =
        Links { view: hash("view"), edit: secret::hash(&link.token), facilitate: hash("facilitate") };
    let create = ClientFrame::Create(Create { board: "b1".into(), tokens });
    for frame in [ClientFrame::Hello(hello), create] {
        socket.send(Message::text(frame.encode())).await.unwrap();
    }
    let answer = socket.next().await.unwrap().unwrap().into_text().unwrap();
    assert!(matches!(RelayFrame::decode(answer.as_str()), Ok(RelayFrame::Welcome(_))), "{answer}");
}

#[test]
fn a_wall_and_the_relay_itself_understand_each_other() {
    let folder = Scratch::new();
    let journal = open(Place::Folder(folder.join("rooms"))).unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let (tell, told) = std::sync::mpsc::channel();
    let relay = thread::spawn(move || {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let port = listener.local_addr().unwrap().port();
            let create = Some(secret::hash(&Token("create".into())));
            let relay = Relay::new(journal, Settings { create, ..Settings::default() });
            let link: Link = format!("http://127.0.0.1:{port}/r/shop#edit").parse().unwrap();
            let founding = async {
                found(&link, "create").await;
                tell.send(link.clone()).unwrap();
            };
            let end = async { drop(stopped.await) };
            let (served, ()) = tokio::join!(relay.serve(listener, end), founding);
            served.unwrap();
        });
    });
    let link = told.recv().unwrap();
    let (mut ana, mut bo) = (Person::at("Ana", "b1"), Person::at("Bo", "b1"));
    for person in [&mut ana, &mut bo] {
        person.wall.connect(JoinedRoom::new(link.clone(), false), somebody(person.name)).unwrap();
    }
    ana.write("주문됨");
    bo.write("결제됨");
    agree(&mut ana, &mut bo, 2);
    drop(stop);
    ana.wait("the relay says that it goes", |wall| wall.trouble().is_some());
    relay.join().unwrap();
}
