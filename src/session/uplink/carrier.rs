//! The thread between a peer and its relay: it moves messages and knows nothing of what they say.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::sync::mpsc::{Receiver, Sender};
use tokio::sync::{Notify, watch};
use tokio_tungstenite::tungstenite::error::{CapacityError, Error};
use tokio_tungstenite::tungstenite::protocol::Message;

use super::dial::{Socket, Way};
use super::trouble::Trouble;
use crate::session::alarm::{Time, ended, wake};
use crate::session::bell::Tellers;
use crate::wire::close::Close;

/// How long a goodbye may take.
const GOODBYE: Duration = Duration::from_millis(300);

/// What the peer wants done.
#[derive(Debug)]
pub(super) enum Order {
    Dial,
    Send(String),
    Ping,
    Hangup,
}

/// What happened on the net.
#[derive(Debug)]
pub(super) enum Event {
    Connected,
    Text(String),
    Pong,
    /// The connection is gone or was never made.
    Gone(Option<Close>, Option<Trouble>),
}

/// Everything of the thread.
pub(super) struct Carrier {
    pub(super) way: Way,
    pub(super) orders: Receiver<Order>,
    pub(super) events: Sender<Event>,
    /// When somebody wants to be woken. Once nobody can say so any more, everything ends.
    pub(super) alarm: watch::Receiver<Option<u64>>,
    /// Told to end a connection that takes no more orders.
    pub(super) cut: Arc<Notify>,
    pub(super) time: Time,
    pub(super) tellers: Arc<Tellers>,
}

/// Nobody is there any more to hear what happens.
struct Alone;

impl Carrier {
    pub(super) async fn run(self) {
        let Carrier { way, mut orders, events, alarm, cut, time, tellers } = self;
        let ended = ended(alarm.clone());
        let out = Out { events, tellers: tellers.clone() };
        tokio::select! {
            () = wake(alarm, time, &tellers) => {}
            _ = carry(&way, &mut orders, &out, &cut, ended) => {}
        }
    }
}

struct Out {
    events: Sender<Event>,
    tellers: Arc<Tellers>,
}

impl Out {
    async fn tell(&self, event: Event) -> Result<(), Alone> {
        self.events.send(event).await.map_err(|_| Alone)?;
        self.tellers.tell();
        Ok(())
    }
}

/// Makes one connection after the other, as it is told to.
async fn carry(
    way: &Way,
    orders: &mut Receiver<Order>,
    out: &Out,
    cut: &Notify,
    ended: impl Future<Output = ()>,
) -> Result<(), Alone> {
    tokio::pin!(ended);
    loop {
        let dialed = async {
            // What was still to go over a connection that is gone is passed over.
            while !matches!(orders.recv().await.ok_or(Alone)?, Order::Dial) {}
            Ok(way.dial().await)
        };
        let dialed = tokio::select! {
            dialed = dialed => dialed?,
            () = &mut ended => return Ok(()),
        };
        let mut socket = match dialed {
            Ok(socket) => socket,
            Err(trouble) => {
                out.tell(Event::Gone(trouble.close(), Some(trouble))).await?;
                continue;
            }
        };
        out.tell(Event::Connected).await?;
        let talked = tokio::select! {
            close = talk(&mut socket, orders, out) => Some(close),
            () = cut.notified() => Some(Ok(None)),
            () = &mut ended => None,
        };
        // A relay that does not answer a goodbye is left without.
        drop(tokio::time::timeout(GOODBYE, socket.close(None)).await);
        match talked {
            Some(close) => out.tell(Event::Gone(close?, None)).await?,
            None => return Ok(()),
        }
    }
}

/// Moves messages until the connection is to end or has ended; the reason the relay gave, if it did.
async fn talk(socket: &mut Socket, orders: &mut Receiver<Order>, out: &Out) -> Result<Option<Close>, Alone> {
    let (mut to_relay, mut from_relay) = socket.split();
    let hearing = async {
        while let Some(message) = from_relay.next().await {
            match message {
                Ok(Message::Text(text)) => out.tell(Event::Text(text.as_str().to_owned())).await?,
                Ok(Message::Pong(_)) => out.tell(Event::Pong).await?,
                Ok(Message::Ping(_) | Message::Frame(_)) => {}
                Ok(Message::Binary(_)) => return Ok(Some(Close::BadFrame)),
                Ok(Message::Close(why)) => {
                    return Ok(why.and_then(|why| Close::of(why.code.into(), &why.reason)));
                }
                Err(Error::Capacity(CapacityError::MessageTooLong { .. })) => return Ok(Some(Close::TooBig)),
                Err(_) => return Ok(None),
            }
        }
        Ok(None)
    };
    let saying = async {
        loop {
            let message = match orders.recv().await {
                Some(Order::Send(text)) => Message::text(text),
                Some(Order::Ping) => Message::Ping(Default::default()),
                Some(Order::Dial | Order::Hangup) | None => return Ok(None),
            };
            if to_relay.send(message).await.is_err() {
                // What the relay said last tells more than that nothing can be said to it.
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! {
        ended = hearing => ended,
        ended = saying => ended,
    }
}
