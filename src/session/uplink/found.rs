//! Making a room on a relay.

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::runtime::Builder;
use tokio::time::{Duration, timeout};
use tokio_tungstenite::tungstenite::Message;

use super::dial::{Socket, Way};
use super::trouble::Trouble;
use crate::session::person::new_author;
use crate::wire::close::Close;
use crate::wire::frame::{ClientFrame, Create, Frame as _, Hello, RelayFrame, Somebody};
use crate::wire::limit::{HELLO_MS_MAX, VERSION};
use crate::wire::link::Link;
use crate::words::Said;

/// Why a room was not made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotFounded {
    /// The relay is not reached, or is none.
    Trouble(Trouble),
    /// The relay did not want it: [`Close::OtherBoard`] where there is a room of that name already, [`Close::Token`]
    /// where the link does not make rooms.
    Closed(Close),
}

impl NotFounded {
    /// The sentence people read.
    pub fn said(&self) -> Said {
        match self {
            NotFounded::Trouble(trouble) => trouble.said(),
            NotFounded::Closed(Close::Token) => Said::new("found-no-link"),
            NotFounded::Closed(close) => Said::new(close.key()),
        }
    }
}

impl From<Trouble> for NotFounded {
    fn from(trouble: Trouble) -> NotFounded {
        NotFounded::Trouble(trouble)
    }
}

/// Makes the room that `link` names, with the token of a link that makes rooms. Waits until it is there.
pub fn found(link: &Link, may_be_open: bool, person: Somebody, create: Create) -> Result<(), NotFounded> {
    let way = Way::new(link, may_be_open)?;
    let hello = Hello { v: VERSION, token: link.token.clone(), person, client: new_author().to_string() };
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a machine that runs threads runs one that waits for the net");
    let made = runtime.block_on(async {
        let mut socket = way.dial().await?;
        let frames = [ClientFrame::Hello(hello), ClientFrame::Create(create)];
        let answer = timeout(Duration::from_millis(2 * HELLO_MS_MAX), ask(&mut socket, &frames)).await;
        drop(timeout(Duration::from_millis(HELLO_MS_MAX), socket.close(None)).await);
        answer.unwrap_or(Err(Trouble::Silent.into()))
    });
    runtime.shutdown_background();
    made
}

async fn ask(socket: &mut Socket, frames: &[ClientFrame]) -> Result<(), NotFounded> {
    for frame in frames {
        // A relay that has closed has said why.
        drop(socket.send(Message::text(frame.encode())).await);
    }
    loop {
        let close = match socket.next().await {
            Some(Ok(Message::Text(text))) => match RelayFrame::decode(&text) {
                Ok(RelayFrame::Welcome(_)) => return Ok(()),
                Ok(_) => continue,
                Err(close) => close,
            },
            Some(Ok(Message::Close(frame))) => {
                let said = frame.and_then(|frame| Close::of(frame.code.into(), &frame.reason));
                said.unwrap_or(Close::GoingDown)
            }
            Some(Ok(_)) => continue,
            Some(Err(_)) | None => Close::GoingDown,
        };
        return Err(NotFounded::Closed(close));
    }
}
