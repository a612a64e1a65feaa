//! Why a relay is not reached.

use std::io;

use tokio_tungstenite::tungstenite::Error;

use crate::session::saves::error::cause;
use crate::wire::close::Close;
use crate::words::Said;

/// Why a relay is not reached, or is none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// Nobody answers there.
    Unreachable(Said),
    /// What answers there takes too long.
    Silent,
    /// It is not who it has to be: no authority of this machine vouches for it.
    Stranger,
    /// It does not show the key that the link names.
    OtherKey,
    /// What answers there is no relay: it said this instead.
    NotARelay(u16),
    /// The way there is open to everybody, and nobody said that this is meant.
    Open,
}

impl Trouble {
    /// What the machine said of the way there; `is_pinned` where the link names a key.
    pub(super) fn of_io(error: &io::Error, is_pinned: bool) -> Trouble {
        let of_tls = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
        match (of_tls, error.kind()) {
            (Some(rustls::Error::InvalidCertificate(_)), _) if is_pinned => Trouble::OtherKey,
            (Some(rustls::Error::InvalidCertificate(_)), _) => Trouble::Stranger,
            (_, io::ErrorKind::TimedOut) => Trouble::Silent,
            (_, io::ErrorKind::ConnectionRefused) => Trouble::Unreachable(Said::new("cause-nobody-there")),
            _ => Trouble::Unreachable(cause(error)),
        }
    }

    /// What went wrong when the two ends greeted each other.
    pub(super) fn of_greeting(error: &Error) -> Trouble {
        match error {
            Error::Http(answer) => Trouble::NotARelay(answer.status().as_u16()),
            Error::Io(error) => Trouble::of_io(error, false),
            _ => Trouble::NotARelay(0),
        }
    }

    /// The same as the reason a connection ended, where it is one: a relay that has no place yet is tried late.
    pub(super) fn close(&self) -> Option<Close> {
        match self {
            Trouble::NotARelay(429) => Some(Close::Rate),
            Trouble::NotARelay(503) => Some(Close::Full),
            _ => None,
        }
    }

    /// The sentence people read.
    pub fn said(&self) -> Said {
        match self {
            Trouble::Unreachable(cause) => Said::new("net-unreachable").with_said("cause", cause.clone()),
            Trouble::Silent => Said::new("net-silent"),
            Trouble::Stranger => Said::new("net-stranger"),
            Trouble::OtherKey => Said::new("net-other-key"),
            Trouble::NotARelay(0) => Said::new("net-no-relay"),
            Trouble::NotARelay(429 | 503) => Said::new("net-full"),
            Trouble::NotARelay(code) => Said::new("net-answered").with("code", code),
            Trouble::Open => Said::new("net-open"),
        }
    }
}
