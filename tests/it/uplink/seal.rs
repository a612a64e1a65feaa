//! Who a relay has to show itself to be.

use std::sync::Arc;

use rcgen::{CertifiedKey, PublicKeyData as _, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use sha2::{Digest as _, Sha256};
use squall::session::Wall;
use squall::session::uplink::{JoinedRoom, Trouble};
use tokio_rustls::TlsAcceptor;

use super::server::Server;
use super::{Person, somebody};

/// A relay that nobody vouches for, and the pin of its key.
fn sealed() -> (Server, String) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let hash = Sha256::digest(signing_key.subject_public_key_info());
    let pin = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let key = PrivateKeyDer::Pkcs8(signing_key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    (Server::start_with("b1", Some(TlsAcceptor::from(Arc::new(config)))), pin)
}

#[test]
fn a_key_that_the_link_names_is_believed_and_no_other() {
    let (server, pin) = sealed();
    let connected = |name, pin: &str| {
        let mut person = Person::at(name, "b1");
        let link = server.text(&format!("edit{pin}")).parse().unwrap();
        person.wall.connect(JoinedRoom::new(link, false), somebody(name)).unwrap();
        person.wait("it is decided", |wall| wall.is_live() || wall.trouble().is_some());
        person
    };
    let mut ana = connected("Ana", &format!(".{pin}"));
    ana.write("Order placed");
    ana.hand_over();
    assert_eq!(server.ids().len(), 1);
    let why = |person: &Person| person.wall.trouble();
    let bo = connected("Bo", &format!(".{}", "0".repeat(64)));
    assert_eq!(why(&bo), Some(Trouble::OtherKey.said()));
    let chae = connected("Chae", "");
    assert_eq!(why(&chae), Some(Trouble::Stranger.said()));
    assert!(ana.wall.wait_until(super::DEADLINE, Wall::is_live));
}
