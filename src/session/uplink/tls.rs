//! Who a relay has to show itself to be, where the way to it is sealed.
//!
//! A link with a pin names the key itself, and no authority is asked. Otherwise this machine's own authorities vouch:
//! a company's are among those, and none has to be shipped and to grow old in here.

use std::sync::{Arc, LazyLock};

use rustls::client::WantsClientCert;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, ConfigBuilder, DigitallySignedStruct, Error, RootCertStore,
    SignatureScheme, WantsVerifier,
};
use sha2::{Digest as _, Sha256};

/// How to shake hands with a relay whose key has this SHA-256 in lower-case hexadecimal, or that an authority of this
/// machine vouches for.
pub(super) fn config(pin: Option<&str>) -> Arc<ClientConfig> {
    static TRUSTING: LazyLock<Arc<ClientConfig>> = LazyLock::new(|| {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        Arc::new(alone(begin().with_root_certificates(roots)))
    });
    match pin {
        None => TRUSTING.clone(),
        Some(pin) => {
            let pinned = Pinned { pin: pin.to_owned(), provider: ring::default_provider() };
            let begun = begin().dangerous().with_custom_certificate_verifier(Arc::new(pinned));
            Arc::new(alone(begun))
        }
    }
}

fn begin() -> ConfigBuilder<ClientConfig, WantsVerifier> {
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring has what every version of TLS that is safe needs")
}

fn alone(begun: ConfigBuilder<ClientConfig, WantsClientCert>) -> ClientConfig {
    begun.with_no_client_auth()
}

/// Believes who shows one certain key, whatever else the certificate says.
#[derive(Debug)]
struct Pinned {
    pin: String,
    provider: CryptoProvider,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let wrong = |why| Error::InvalidCertificate(why);
        let shown =
            webpki::EndEntityCert::try_from(shown).map_err(|_| wrong(CertificateError::BadEncoding))?;
        let hash = Sha256::digest(shown.subject_public_key_info());
        let is_pinned = hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>() == self.pin;
        match is_pinned {
            true => Ok(ServerCertVerified::assertion()),
            false => Err(wrong(CertificateError::ApplicationVerificationFailure)),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, shown, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, shown, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
