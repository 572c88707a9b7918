//! A certificate over a wallet's own key, signed by that key: for key proofs that name their key
//! by `x5c`.

use std::str::FromStr as _;
use std::time::Duration;

use p256::pkcs8::EncodePublicKey as _;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder as _, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::der::asn1::UtcTime;
use x509_cert::der::{Decode as _, Encode as _};
use x509_cert::ext::pkix::{KeyUsage, KeyUsages};
use x509_cert::ext::{Extension, ToExtension as _};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::time::{Time, Validity};

use super::private_key::Secret;
use super::{KeyError, PrivateKey};

/// How long before and after `now` the certificate is valid, in seconds.
const SPAN: u64 = 86_400;

/// The DER of a self-signed certificate, valid for a day around `now` (seconds since 1970).
///
/// # Errors
/// [`KeyError::Unreadable`] if it cannot be encoded, which only an impossible time can cause.
pub fn self_signed(key: &PrivateKey, now: i64) -> Result<Vec<u8>, KeyError> {
    build(key, now).map_err(KeyError::Unreadable)
}

fn build(key: &PrivateKey, now: i64) -> Result<Vec<u8>, String> {
    let now = u64::try_from(now).map_err(|error| error.to_string())?;
    let at = |seconds: u64| -> Result<Time, String> {
        let time = UtcTime::from_unix_duration(Duration::from_secs(seconds));
        Ok(Time::UtcTime(time.map_err(|error| error.to_string())?))
    };
    let validity = Validity::new(at(now.saturating_sub(SPAN))?, at(now.saturating_add(SPAN))?);
    let public = match key.secret() {
        Secret::P256(key) => key.verifying_key().to_public_key_der(),
        Secret::P384(key) => key.verifying_key().to_public_key_der(),
        Secret::Ed25519(key) => key.verifying_key().to_public_key_der(),
    };
    let public = public.map_err(|error| error.to_string())?;
    let public = SubjectPublicKeyInfoOwned::from_der(public.as_bytes());
    let builder = CertificateBuilder::new(
        Holder,
        SerialNumber::from(1_u32),
        validity,
        public.map_err(|error| error.to_string())?,
    )
    .map_err(|error| error.to_string())?;
    let certificate = match key.secret() {
        Secret::P256(key) => builder.build::<_, p256::ecdsa::DerSignature>(key),
        Secret::P384(key) => builder.build::<_, p384::ecdsa::DerSignature>(key),
        Secret::Ed25519(key) => builder.build::<_, ed25519_dalek::Signature>(key),
    };
    certificate.map_err(|error| error.to_string())?.to_der().map_err(|error| error.to_string())
}

/// A leaf that is its own issuer and only signs.
struct Holder;

impl BuilderProfile for Holder {
    fn get_issuer(&self, subject: &Name) -> Name {
        subject.clone()
    }

    fn get_subject(&self) -> Name {
        Name::from_str("CN=simulated wallet").unwrap_or_default()
    }

    fn build_extensions(
        &self,
        _: SubjectPublicKeyInfoRef<'_>,
        _: SubjectPublicKeyInfoRef<'_>,
        certificate: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let usage = KeyUsage(KeyUsages::DigitalSignature.into());
        Ok(vec![usage.to_extension(certificate.subject(), &[])?])
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;
    use crate::jose::Certificate;

    #[test]
    fn the_certificate_is_about_the_key_and_signed_by_it() {
        let key = PrivateKey::generate().unwrap();
        let certificate =
            Certificate::from_der(&self_signed(&key, 1_800_000_000).unwrap()).unwrap();
        assert_eq!(certificate.public_key().unwrap().to_jwk(), key.public_jwk());
        assert!(certificate.is_self_signed() && certificate.is_valid_at(1_800_000_000));
    }
}
