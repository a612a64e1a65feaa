//! A relay that runs in this process, over a folder of its own: what `serve` is, and what `host` has beside its wall.

mod data;
mod log;
mod reach;
mod room;
mod stop;
mod ways;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::failure::{Failure, Outcome};
use crate::relay::secret::hash;
use crate::relay::{Relay, Settings};
use crate::session::bell::Bell;
use crate::session::saves::error::cause;
use crate::store::Journal;
use crate::wire::frame::Token;
use crate::wire::link::{Address, Link};
use crate::words::{Lang, Said, say};

pub(crate) use data::{Data, keep_link, link_in};
pub(crate) use log::Log;
use reach::Reach;
pub(crate) use room::{new_links, print_links, room_names};
pub(crate) use stop::Stop;
pub(crate) use ways::Ways;

/// How often it is looked whether the journal still keeps what it is given.
const HEALTH_EVERY: Duration = Duration::from_secs(1);
/// How long what still runs may take when all is over.
const END: Duration = Duration::from_secs(5);

/// The relay, for as long as this lives.
pub(crate) struct Hall {
    runtime: Runtime,
    serving: Vec<JoinHandle<()>>,
    ends: watch::Sender<bool>,
    journal: Arc<dyn Journal>,
    reach: Reach,
    /// Where it listens.
    pub(crate) listens: SocketAddr,
    address: Address,
    near: Address,
    /// The hash of its key, where it is sealed.
    pin: Option<String>,
    is_vouched: bool,
}

/// What a relay is to be, beside the ways to it.
#[derive(Default)]
pub(crate) struct Purpose {
    /// The token that makes rooms.
    pub(crate) create: Option<Token>,
    /// Whether anybody may make rooms.
    pub(crate) is_open: bool,
    /// Ports that will do where the first is taken.
    pub(crate) more_ports: u16,
}

impl Hall {
    /// Opens the folder and the doors.
    pub(crate) fn open(data: &Data, ways: &Ways, purpose: &Purpose) -> Outcome<Hall> {
        let journal = data.open()?;
        let sealing = ways.sealing(data)?;
        let runtime = Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(|error| unstartable(&error))?;
        let listener = runtime.block_on(listen(ways.listen(), purpose.more_ports))?;
        let listens = listener.local_addr().map_err(|error| unstartable(&error))?;
        let is_tls = sealing.is_some();
        let reach = Reach::of(listens, ways.public.as_ref());
        let address = reach.address(listens.port(), is_tls);
        let near = Reach::near(listens).address(listens.port(), is_tls);
        let is_vouched = sealing.as_ref().is_none_or(|sealing| sealing.is_vouched);
        let (seal, pin) = sealing.map(|sealing| (sealing.seal, sealing.pin)).unzip();
        let settings = Settings {
            seal,
            create: purpose.create.as_ref().map(hash),
            is_open: purpose.is_open,
            is_behind: ways.public.is_some(),
            hosts: vec![host(&address)],
            shows_metrics: ways.metrics.is_none() && ways.public.is_none() && listens.ip().is_loopback(),
            page: page(),
        };
        let (ends, ending) = watch::channel(false);
        let relay = {
            let _within = runtime.enter();
            Relay::new(journal.clone(), settings)
        };
        let mut serving = Vec::new();
        if let Some(at) = ways.metrics {
            let listener = runtime.block_on(listen(at, 0))?;
            serving.push(runtime.spawn(relay.clone().serve_metrics(listener, told(ending.clone()))));
        }
        let serve = relay.serve(listener, told(ending));
        serving.push(runtime.spawn(async move { drop(serve.await) }));
        Ok(Hall { runtime, serving, ends, journal, reach, listens, address, near, pin, is_vouched })
    }

    /// A link to it as others need it; without a room, the one that makes rooms.
    pub(crate) fn link(&self) -> Link {
        let pin = self.pin.clone().filter(|_| !self.is_vouched);
        Link { relay: self.address.clone(), room: None, token: Token(String::new()), pin }
    }

    /// The same as this machine needs it.
    pub(crate) fn near_link(&self) -> Link {
        Link { relay: self.near.clone(), pin: self.pin.clone(), ..self.link() }
    }

    /// Who can reach it now, as a sentence.
    pub(crate) fn reach(&self) -> Said {
        self.reach.said(&self.address)
    }

    /// Whether the way to it is sealed by a key nobody vouches for.
    pub(crate) fn is_pinned(&self) -> bool {
        !self.is_vouched
    }

    /// Asks something of the journal.
    pub(crate) fn ask<A: Future>(&self, asked: impl FnOnce(&dyn Journal) -> A) -> A::Output {
        let _within = self.runtime.enter();
        self.runtime.block_on(asked(&*self.journal))
    }

    /// What tells when the machine or the person ends this process.
    pub(crate) fn stop(&self) -> Stop {
        let _within = self.runtime.enter();
        Stop::new()
    }

    /// Serves until it is told to stop, or the journal keeps nothing any more.
    pub(crate) fn serve(&self, stop: Stop) -> Outcome<()> {
        self.serve_beside(stop, &Bell::default(), || ())
    }

    /// The same, beside something else: `each` is called now and then, and
    /// whenever this bell is rung.
    pub(crate) fn serve_beside(&self, mut stop: Stop, bell: &Bell, each: impl FnMut()) -> Outcome<()> {
        let ((tell, told), ring) = (channel(), bell.clone());
        drop(self.runtime.spawn(async move {
            stop.told().await;
            if tell.send(()).is_ok() {
                ring.ring();
            }
        }));
        self.serve_until(&told, bell, each)
    }

    /// The same until this is told, and the bell rung.
    pub(crate) fn serve_until<T>(
        &self,
        told: &Receiver<T>,
        bell: &Bell,
        mut each: impl FnMut(),
    ) -> Outcome<T> {
        loop {
            each();
            self.journal.health()?;
            if let Ok(word) = told.try_recv() {
                return Ok(word);
            }
            bell.wait(HEALTH_EVERY);
        }
    }

    /// Ends every conversation with a word, and closes the journal.
    pub(crate) fn close(self) {
        let Hall { runtime, serving, ends, journal, .. } = self;
        ends.send_replace(true);
        runtime.block_on(async {
            for served in serving {
                drop(served.await);
            }
        });
        runtime.shutdown_timeout(END);
        drop(journal);
    }
}

/// What a journal is asked within, where no relay runs.
pub(crate) fn runtime() -> Outcome<Runtime> {
    Builder::new_current_thread().enable_all().build().map_err(|error| unstartable(&error))
}

async fn told(mut ending: watch::Receiver<bool>) {
    // Gone with the hall, it is told as well.
    drop(ending.wait_for(|is_over| *is_over).await);
}

async fn listen(at: SocketAddr, more: u16) -> Outcome<TcpListener> {
    let mut at = at;
    for left in (0..=more).rev() {
        match TcpListener::bind(at).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
                if left == 0 {
                    let said = Said::new("relay-port-taken").with("address", at);
                    return Err(Failure::trouble(said).hint(Said::new("relay-other-port")));
                }
                at.set_port(at.port() + 1);
            }
            Err(error) => {
                let said = Said::new("relay-no-port").with("address", at);
                return Err(Failure::trouble(said).because(cause(&error)));
            }
        }
    }
    unreachable!("the last try returns")
}

fn unstartable(error: &std::io::Error) -> Failure {
    Failure::trouble(Said::new("relay-no-start")).because(cause(error))
}

/// The name browsers call it by, with the port where it is not the usual.
fn host(address: &Address) -> String {
    let text = address.to_string();
    text.split_once("://").map_or(text.clone(), |(_, host)| host.to_owned())
}

/// What a browser is shown in place of a room.
fn page() -> String {
    let part = |lang: Lang| {
        let [title, how, seal] =
            ["relay-page-title", "relay-page-how", "relay-page-seal"].map(|key| say(lang, key));
        let code = lang.code();
        format!(
            "<section lang=\"{code}\"><h1>{title}</h1><p>{how}</p><pre>squall join -</pre><p>{seal}</p></section>\n"
        )
    };
    let style = "body{font:16px/1.6 system-ui,sans-serif;max-width:36em;margin:3em auto;padding:0 1em}\
                 pre{background:#8882;padding:.6em 1em}h1{font-size:1.3em}";
    format!(
        "<!doctype html>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>squall</title>\n<style>{style}</style>\n{}",
        Lang::ALL.map(part).concat()
    )
}
