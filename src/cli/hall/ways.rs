//! The ways to a relay, as they are asked for.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use clap::Args;

use super::data::{Data, unread};
use crate::cli::failure::{Failure, Outcome};
use crate::relay::tls::{BadSeal, Seal, pin};
use crate::wire::link::{Address, NotALink};
use crate::words::Said;

/// The port where nothing is said.
pub(crate) const PORT: u16 = 7070;

/// Where it listens, what it is called, how it is sealed.
#[derive(Args, Debug)]
pub(crate) struct Ways {
    #[arg(long, value_name = "value-address", help = "arg-listen")]
    pub(crate) listen: Option<SocketAddr>,
    #[arg(long, value_name = "value-url", help = "arg-public", value_parser = address)]
    pub(crate) public: Option<Address>,
    #[arg(long, value_name = "value-file", help = "arg-tls-cert", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,
    #[arg(long, value_name = "value-file", help = "arg-tls-key", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,
    #[arg(long, value_name = "value-address", help = "arg-metrics")]
    pub(crate) metrics: Option<SocketAddr>,
    #[arg(long, help = "arg-unsealed", conflicts_with = "tls_cert")]
    pub(crate) insecure: bool,
}

fn address(text: &str) -> Result<Address, Said> {
    text.trim_end_matches('/').parse().map_err(|NotALink| Said::new("relay-no-url"))
}

impl Ways {
    /// Where it listens.
    pub(super) fn listen(&self) -> SocketAddr {
        self.listen.unwrap_or((Ipv4Addr::LOCALHOST, PORT).into())
    }

    /// How the way is sealed. On this machine nobody listens, and behind a name that was given somebody else seals.
    pub(super) fn sealing(&self, data: &Data) -> Outcome<Option<Sealing>> {
        if let (Some(certificate), Some(key)) = (&self.tls_cert, &self.tls_key) {
            let read = |path: &Path| fs::read_to_string(path).map_err(|error| unread(path, &error));
            return Sealing::of(certificate, &read(certificate)?, key, &read(key)?, true).map(Some);
        }
        if self.listen().ip().is_loopback() || self.public.is_some() || self.insecure {
            return Ok(None);
        }
        let (path, pem) = data.certificate()?;
        Sealing::of(&path, &pem, &path, &pem, false).map(Some)
    }
}

/// How the way to a relay is sealed.
pub(super) struct Sealing {
    pub(super) seal: Seal,
    /// The hash of its key.
    pub(super) pin: String,
    /// Whether somebody vouches for the key.
    pub(super) is_vouched: bool,
}

impl Sealing {
    fn of(path: &Path, pem: &str, key_path: &Path, key: &str, is_vouched: bool) -> Outcome<Sealing> {
        let bad = |why| unsealed(why, path, key_path);
        Ok(Sealing { seal: Seal::of(pem, key).map_err(bad)?, pin: pin(pem).map_err(bad)?, is_vouched })
    }
}

fn unsealed(why: BadSeal, certificate: &Path, key: &Path) -> Failure {
    Failure::trouble(match why {
        BadSeal::NoCertificate => Said::new("relay-no-certificate").with("path", certificate.display()),
        BadSeal::NoKey => Said::new("relay-no-key").with("path", key.display()),
        BadSeal::Unlike(text) => Said::new("relay-bad-key")
            .with("path", certificate.display())
            .with_said("cause", Said::new("cause-other").with("text", text)),
    })
}
