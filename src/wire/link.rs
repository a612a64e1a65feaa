//! Links: the address of a room and what lets somebody in, as people hand them round.

use std::fmt;
use std::str::FromStr;

use super::frame::Token;
use crate::model::RoomName;

/// Where a relay is reached.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Address {
    /// Whether the way there is sealed.
    pub is_tls: bool,
    /// A name, or an IP address, the newer sort in brackets.
    pub host: String,
    /// The port.
    pub port: u16,
}

/// `https://host[:port]/r/<room>#<token>[.<pin>]`, with `http` where nobody can listen on the way; a link that makes
/// rooms has `/new` in place of `/r/<room>`.
///
/// The token stands behind the `#`, which no browser sends: it is in no address that is logged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The relay.
    pub relay: Address,
    /// The room; none where the link makes rooms.
    pub room: Option<RoomName>,
    /// What lets somebody in.
    pub token: Token,
    /// The SHA-256 of the key the relay shows, where no authority vouches for it, in lower-case hexadecimal.
    pub pin: Option<String>,
}

/// Text that is no link.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not a link to a room")]
pub struct NotALink;

const ROOM: &str = "/r/";
const CREATE: &str = "/new";
/// Bytes of a link at most: a host takes 253, a room 64.
const BYTES_MAX: usize = 512;

impl Link {
    /// Another link to the same relay.
    #[must_use]
    pub fn with(&self, room: Option<RoomName>, token: Token) -> Link {
        Link { room, token, ..self.clone() }
    }

    /// Where a web socket connects to, without anything secret.
    pub fn socket(&self) -> String {
        let scheme = if self.relay.is_tls { "wss" } else { "ws" };
        let Address { host, port, .. } = &self.relay;
        match &self.room {
            Some(room) => format!("{scheme}://{host}:{port}/v1/rooms/{room}"),
            None => format!("{scheme}://{host}:{port}/v1/rooms"),
        }
    }

    /// Its address, without anything secret.
    pub fn page(&self) -> String {
        match &self.room {
            Some(room) => format!("{}{ROOM}{room}", self.relay),
            None => format!("{}{CREATE}", self.relay),
        }
    }
}

impl Address {
    /// Whether it is this machine.
    pub fn is_loopback(&self) -> bool {
        let bare = self.host.trim_start_matches('[').trim_end_matches(']');
        bare == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }

    /// The port that goes without saying.
    fn usual_port(is_tls: bool) -> u16 {
        if is_tls { 443 } else { 80 }
    }
}

impl FromStr for Address {
    type Err = NotALink;

    fn from_str(text: &str) -> Result<Self, NotALink> {
        let (scheme, rest) = text.split_once("://").ok_or(NotALink)?;
        let is_tls = match scheme {
            "https" => true,
            "http" => false,
            _ => return Err(NotALink),
        };
        let (host, port) = match rest.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')) {
            Some((host, port)) => (host, port.parse().map_err(|_| NotALink)?),
            None => (rest, Address::usual_port(is_tls)),
        };
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
        let is_host = !host.is_empty() && host.bytes().all(is_plain);
        if is_host { Ok(Address { is_tls, host: host.to_ascii_lowercase(), port }) } else { Err(NotALink) }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", if self.is_tls { "https" } else { "http" }, self.host)?;
        if self.port == Address::usual_port(self.is_tls) { Ok(()) } else { write!(f, ":{}", self.port) }
    }
}

impl FromStr for Link {
    type Err = NotALink;

    fn from_str(text: &str) -> Result<Self, NotALink> {
        let (place, secret) =
            text.trim().split_once('#').filter(|_| text.len() <= BYTES_MAX).ok_or(NotALink)?;
        let start = place.find("://").map(|at| at + 3).ok_or(NotALink)?;
        let slash = place[start..].find('/').map(|at| at + start).ok_or(NotALink)?;
        let (relay, path) = place.split_at(slash);
        let room = match path.strip_prefix(ROOM) {
            Some(room) => Some(room.parse().map_err(|_| NotALink)?),
            None if path == CREATE => None,
            None => return Err(NotALink),
        };
        let (token, pin) = match secret.split_once('.') {
            Some((token, pin)) => (token, Some(pin.to_owned())),
            None => (secret, None),
        };
        let is_plain = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        if !is_plain(token) || pin.as_deref().is_some_and(|pin| !is_plain(pin)) {
            return Err(NotALink);
        }
        Ok(Link { relay: relay.parse()?, room, token: Token(token.to_owned()), pin })
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.page(), self.token.0)?;
        self.pin.as_ref().map_or(Ok(()), |pin| write!(f, ".{pin}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_as_it_was_written() {
        for text in [
            "http://127.0.0.1:7070/r/shop#abc_-9",
            "https://relay.example.org/r/shop-2#t0ken",
            "https://[::1]:7070/r/shop#t0ken.0af3",
            "https://192.168.0.7:7070/new#t0ken.0af3",
        ] {
            let link: Link = text.parse().unwrap();
            assert_eq!(link.to_string(), text);
        }
        let link: Link = "https://Relay.example.org:443/r/shop#t".parse().unwrap();
        assert_eq!(link.to_string(), "https://relay.example.org/r/shop#t");
        assert_eq!(link.socket(), "wss://relay.example.org:443/v1/rooms/shop");
    }

    #[test]
    fn what_is_no_link_is_none() {
        for text in [
            "",
            "shop",
            "http://host/r/shop",
            "http://host/r/shop#",
            "ftp://host/r/shop#t",
            "http:///r/shop#t",
            "http://host/r/Shop#t",
            "http://host/r/../x#t",
            "http://host:99999/r/shop#t",
            "http://host/x#t",
            "http://a@b/r/shop#t",
            "http://host/r/shop#t t",
            "http://host/r/shop#t.",
        ] {
            assert_eq!(text.parse::<Link>(), Err(NotALink), "{text}");
        }
    }

    #[test]
    fn this_machine_is_known_by_all_its_names() {
        for (text, is_here) in [
            ("http://localhost:1/r/a#t", true),
            ("http://127.0.0.9:1/r/a#t", true),
            ("http://[::1]:1/r/a#t", true),
            ("http://192.168.0.7:1/r/a#t", false),
            ("http://localhost.evil.org:1/r/a#t", false),
        ] {
            assert_eq!(text.parse::<Link>().unwrap().relay.is_loopback(), is_here, "{text}");
        }
    }

    #[test]
    fn the_secret_of_a_link_shows_in_no_log() {
        let link: Link = "http://host/r/shop#s3cret".parse().unwrap();
        assert!(!format!("{link:?}").contains("s3cret") && !link.socket().contains("s3cret"));
    }
}
