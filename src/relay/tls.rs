//! The seal on the way to a relay: a certificate and its key, brought along or made here.
//!
//! Nobody vouches for one that is made here, so links carry the hash of its key, which terminals check instead.

use std::fmt;
use std::io;
use std::sync::Arc;

use rcgen::{CertificateParams, DnType, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use webpki::EndEntityCert;

use super::secret::hex;

/// What a relay shows of itself, and how it seals what it says.
#[derive(Clone)]
pub struct Seal(TlsAcceptor);

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal")
    }
}

/// Why a certificate and a key make no seal.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadSeal {
    /// There is no certificate in it that can be read.
    #[error("no certificate")]
    NoCertificate,
    /// There is no key in it that can be read.
    #[error("no key")]
    NoKey,
    /// The two do not belong together, or are of a sort that is not known here.
    #[error("{0}")]
    Unlike(String),
}

impl Seal {
    /// The seal of a chain of certificates, the relay's own first, and its key, both as PEM.
    pub fn of(certificates: &str, key: &str) -> Result<Seal, BadSeal> {
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(certificates.as_bytes()).collect();
        let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or(BadSeal::NoCertificate)?;
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(|_| BadSeal::NoKey)?;
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .expect("ring has what every version of TLS that is safe needs")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(|error| BadSeal::Unlike(error.to_string()))?;
        Ok(Seal(TlsAcceptor::from(Arc::new(config))))
    }

    pub(super) async fn accept(&self, socket: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        self.0.accept(socket).await
    }
}

/// A certificate that nobody vouches for with its key, as one PEM text.
pub fn self_signed() -> String {
    let key = KeyPair::generate().expect("ring draws keys");
    // Who it is for does not matter: terminals look at the key alone.
    let mut about = CertificateParams::new(["squall.invalid".to_owned()]).expect("a plain name");
    about.distinguished_name.push(DnType::CommonName, "squall");
    let certificate = about.self_signed(&key).expect("a key signs");
    certificate.pem() + &key.serialize_pem()
}

/// The SHA-256 of the key that the first certificate of such a text is for, in lower-case hexadecimal, as links carry it.
pub fn pin(pem: &str) -> Result<String, BadSeal> {
    let certificate = CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|_| BadSeal::NoCertificate)?;
    let shown = EndEntityCert::try_from(&certificate).map_err(|_| BadSeal::NoCertificate)?;
    Ok(hex(&Sha256::digest(shown.subject_public_key_info())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_here_is_a_seal_and_each_has_a_key_of_its_own() {
        let [one, two] = [self_signed(), self_signed()];
        assert!(Seal::of(&one, &one).is_ok());
        assert_eq!(pin(&one).unwrap().len(), 64);
        assert_eq!(pin(&one), pin(&one));
        assert_ne!(pin(&one), pin(&two));
    }

    #[test]
    fn what_is_no_seal_is_none() {
        let [one, two] = [self_signed(), self_signed()];
        let key = one.find("-----BEGIN PRIVATE").unwrap();
        assert_eq!(Seal::of("", &one).err(), Some(BadSeal::NoCertificate));
        assert_eq!(Seal::of(&one[..key], "").err(), Some(BadSeal::NoKey));
        assert!(matches!(
            Seal::of(&one, &two[two.find("-----BEGIN PRIVATE").unwrap()..]),
            Err(BadSeal::Unlike(_))
        ));
    }
}
