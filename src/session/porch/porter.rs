//! The thread between a porch and its guests: it lets them in and moves messages, and knows nothing of what they say.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{Sink, SinkExt as _, StreamExt as _};
use tokio::sync::mpsc::{Sender, UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_tungstenite::accept_async_with_config;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Message};

use crate::session::alarm::{Time, ended, wake};
use crate::session::bell::Tellers;
use crate::session::socket::{Bytes, Ear, each, web_socket};
use crate::wire::close::Close;
use crate::wire::frame::Hello;
use crate::wire::limit::HELLO_MS_MAX;
use crate::wire::room::Conn;

/// What happens on the porch.
pub(super) enum Event {
    /// Somebody comes; what goes to them goes this way.
    Came(Conn, Box<Hello>, UnboundedSender<Message>),
    /// A message came.
    Text(Conn, String),
    /// A guest lives.
    Heard(Conn),
    /// A message has left.
    Written(Conn),
    /// A guest is gone.
    Gone(Conn),
}

/// Everything of the thread.
pub(super) struct Porter {
    pub(super) ear: Ear,
    pub(super) out: Out,
    /// When somebody wants to be woken. Once nobody can say so any more, everything ends.
    pub(super) alarm: watch::Receiver<Option<u64>>,
    pub(super) time: Time,
}

/// Where events go.
#[derive(Clone)]
pub(super) struct Out {
    pub(super) events: Sender<Event>,
    pub(super) tellers: Arc<Tellers>,
}

impl Out {
    async fn tell(&self, event: Event) {
        // Whoever is not there any more need not hear.
        drop(self.events.send(event).await);
        self.tellers.tell();
    }
}

impl Porter {
    pub(super) async fn run(self) {
        let Porter { ear, out, alarm, time } = self;
        let (tellers, conns) = (out.tellers.clone(), std::cell::Cell::new(1));
        let welcome = |socket| {
            let conn = Conn(conns.replace(conns.get() + 1));
            drop(tokio::spawn(serve(socket, conn, out.clone())));
        };
        tokio::select! {
            () = ended(alarm.clone()) => {}
            () = wake(alarm, time, &tellers) => {}
            _ = each(ear, welcome) => {}
        }
    }
}

async fn serve(socket: Box<dyn Bytes>, conn: Conn, out: Out) {
    let limit = Duration::from_millis(HELLO_MS_MAX);
    let Ok(Ok(mut socket)) = timeout(limit, accept_async_with_config(socket, Some(web_socket()))).await
    else {
        return;
    };
    let Ok(Some(Ok(Message::Text(hello)))) = timeout(limit, socket.next()).await else { return };
    let hello = match Hello::decode(hello.as_str()) {
        Ok(hello) => hello,
        Err(close) => return drop(socket.send(goodbye(close)).await),
    };
    let (tell, told) = unbounded_channel();
    out.tell(Event::Came(conn, Box::new(hello), tell)).await;
    let (mut sink, mut stream) = socket.split();
    let hearing = async {
        while let Some(Ok(message)) = stream.next().await {
            match message {
                Message::Text(text) => out.tell(Event::Text(conn, text.as_str().to_owned())).await,
                Message::Ping(_) | Message::Pong(_) => out.tell(Event::Heard(conn)).await,
                Message::Binary(_) | Message::Close(_) | Message::Frame(_) => break,
            }
        }
    };
    tokio::select! {
        () = hearing => {}
        () = tell_all(&mut sink, told, conn, &out) => {}
    }
    out.tell(Event::Gone(conn)).await;
}

async fn tell_all(
    sink: &mut (impl Sink<Message> + Unpin),
    mut told: UnboundedReceiver<Message>,
    conn: Conn,
    out: &Out,
) {
    while let Some(message) = told.recv().await {
        let (is_text, is_last) = (message.is_text(), message.is_close());
        if sink.send(message).await.is_err() || is_last {
            return;
        }
        if is_text {
            out.tell(Event::Written(conn)).await;
        }
    }
    drop(sink.send(goodbye(Close::GoingDown)).await);
}

/// The last message of a conversation.
pub(super) fn goodbye(close: Close) -> Message {
    let reason = close.key().into();
    Message::Close(Some(CloseFrame { code: CloseCode::from(close.code()), reason }))
}
