//! Two who mean well, and whom nothing that others do may disturb.

use std::sync::Arc;
use std::time::Duration;

use squall::model::Author;
use squall::relay::Relay;
use squall::wire::close::Close;
use squall::wire::frame::{ClientFrame, Voice};
use tokio::io::{AsyncRead, AsyncWrite, DuplexStream};
use tokio::time::timeout;

use super::client::{Client, join_in};

/// What a line says that is others' and nobody waits for.
pub(crate) const NOISE: &str = "noise";
/// How often two go on while others do as they like.
const PULSE: Duration = Duration::from_secs(1);
/// How long a deed may take to get around on a clock that stands still while anybody works.
const AROUND: Duration = Duration::from_millis(50);

/// Ana, who writes, and Bo, who looks.
pub(crate) struct Pair<S> {
    ana: Client<S>,
    bo: Client<S>,
    said: u32,
}

/// What comes of something, while two go on in a room of the same relay as if nothing were.
pub(super) async fn undisturbed<T>(
    relay: &Arc<Relay>,
    room: &str,
    does: impl AsyncFnOnce(&Arc<Relay>) -> T,
) -> T {
    let (ana, bo) = (join_in(relay, room, "Ana", "edit").await, join_in(relay, room, "Bo", "view").await);
    let mut pair = Pair::of(ana, bo).await;
    let mut pulse = tokio::time::interval(PULSE);
    let came = {
        let does = does(relay);
        tokio::pin!(does);
        loop {
            tokio::select! {
                came = &mut does => break came,
                _ = pulse.tick() => pair.goes_on_at_once().await,
            }
        }
    };
    pair.goes_on_at_once().await;
    came
}

impl Pair<DuplexStream> {
    async fn goes_on_at_once(&mut self) {
        timeout(AROUND, self.go_on()).await.expect("what two say to each other does not wait for others");
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Pair<S> {
    /// Two who have come in.
    pub(crate) async fn of(mut ana: Client<S>, bo: Client<S>) -> Pair<S> {
        ana.send(&ClientFrame::Voice(Voice { author: ana.author, from: 1 })).await;
        Pair { ana, bo, said: 0 }
    }

    /// What Ana says Bo hears next, beside noise, and Ana hears that it is kept.
    pub(crate) async fn go_on(&mut self) {
        self.said += 1;
        let text = format!("deed {}", self.said);
        let id = self.ana.says(&text).await;
        let heard = loop {
            let lines = self.bo.lines().await;
            let heard: Vec<String> = lines.into_iter().filter(|line| !line.starts_with(NOISE)).collect();
            if !heard.is_empty() {
                break heard;
            }
        };
        assert_eq!(heard, [text]);
        self.ana.kept(id).await;
    }

    pub(crate) fn author(&self) -> Author {
        self.ana.author
    }

    /// How their connections end.
    pub(crate) async fn goodbye(&mut self) -> [Close; 2] {
        let mut ends = Vec::new();
        for client in [&mut self.ana, &mut self.bo] {
            ends.push(loop {
                if let Err(close) = client.hear().await {
                    break close;
                }
            });
        }
        ends.try_into().expect("two")
    }
}
