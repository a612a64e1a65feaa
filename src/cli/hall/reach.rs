//! Who can reach an address of this machine.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

use crate::wire::link::Address;
use crate::words::Said;

/// Who can reach a relay, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Reach {
    /// This machine alone.
    Machine(IpAddr),
    /// Those of the network it is in.
    Network(IpAddr),
    /// Everybody, unless something on the way keeps them off.
    World(IpAddr),
    /// Whoever reaches this name, behind which something hands on to the relay.
    Public(Address),
}

impl Reach {
    /// Who reaches what listens there, where it is known by this name or by none.
    pub(crate) fn of(listens: SocketAddr, public: Option<&Address>) -> Reach {
        public.map_or_else(|| Reach::by(listens.ip(), own_address), |public| Reach::Public(public.clone()))
    }

    /// How this machine reaches what listens there.
    pub(crate) fn near(listens: SocketAddr) -> Reach {
        match listens.ip() {
            ip if ip.is_unspecified() => Reach::Machine(Ipv4Addr::LOCALHOST.into()),
            ip => Reach::Machine(ip),
        }
    }

    fn by(ip: IpAddr, own: impl FnOnce() -> Option<IpAddr>) -> Reach {
        let ip = if ip.is_unspecified() { own().unwrap_or(Ipv4Addr::LOCALHOST.into()) } else { ip };
        match ip {
            ip if ip.is_loopback() => Reach::Machine(ip),
            ip if is_private(ip) => Reach::Network(ip),
            ip => Reach::World(ip),
        }
    }

    /// What links to it begin with.
    pub(crate) fn address(&self, port: u16, is_tls: bool) -> Address {
        match self {
            Reach::Public(address) => address.clone(),
            Reach::Machine(ip) | Reach::Network(ip) | Reach::World(ip) => {
                let host = if ip.is_ipv6() { format!("[{ip}]") } else { ip.to_string() };
                Address { is_tls, host, port }
            }
        }
    }

    /// The sentence people read.
    pub(crate) fn said(&self, address: &Address) -> Said {
        let key = match self {
            Reach::Machine(_) => "relay-reach-machine",
            Reach::Network(_) => "relay-reach-network",
            Reach::World(_) => "relay-reach-world",
            Reach::Public(_) => "relay-reach-public",
        };
        Said::new(key).with("address", address)
    }
}

/// The address with which this machine would speak to others. Nothing is sent.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address that documents use, and nobody has.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|ip| !ip.is_unspecified())
}

fn is_private(ip: IpAddr) -> bool {
    match ip {
        // 100.64.0.0/10 belongs to providers, and to private networks laid over others.
        IpAddr::V4(ip) => {
            ip.is_private() || ip.is_link_local() || ip.octets()[0] == 100 && ip.octets()[1] & 0xc0 == 64
        }
        IpAddr::V6(ip) => ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_can_reach_an_address_is_told_by_the_address() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let check = |listens: &str, own: Option<&str>, wanted: Reach| {
            assert_eq!(Reach::by(ip(listens), || own.map(ip)), wanted, "{listens}");
        };
        check("127.0.0.1", None, Reach::Machine(ip("127.0.0.1")));
        check("::1", None, Reach::Machine(ip("::1")));
        check("192.168.0.7", None, Reach::Network(ip("192.168.0.7")));
        check("100.101.1.1", None, Reach::Network(ip("100.101.1.1")));
        check("fd00::7", None, Reach::Network(ip("fd00::7")));
        check("203.0.113.7", None, Reach::World(ip("203.0.113.7")));
        check("0.0.0.0", Some("10.0.0.9"), Reach::Network(ip("10.0.0.9")));
        check("::", Some("10.0.0.9"), Reach::Network(ip("10.0.0.9")));
        check("0.0.0.0", None, Reach::Machine(ip("127.0.0.1")));
    }

    #[test]
    fn links_begin_with_what_others_call_it() {
        let address = |reach: Reach| reach.address(7070, true).to_string();
        assert_eq!(address(Reach::World("2001:db8::1".parse().unwrap())), "https://[2001:db8::1]:7070");
        assert_eq!(
            address(Reach::Public("https://storm.example.org".parse().unwrap())),
            "https://storm.example.org"
        );
    }
}
