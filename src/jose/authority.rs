//! Certificates of an authority of our own: a root that signs itself, and the leaves below it, for
//! those who vouch for a simulated wallet.

use std::str::FromStr as _;
use std::time::Duration;

use p256::pkcs8::EncodePublicKey as _;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder as _, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::der::asn1::UtcTime;
use x509_cert::der::{Decode as _, Encode as _};
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, KeyUsages};
use x509_cert::ext::{Extension, ToExtension as _};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::time::{Time, Validity};

use super::private_key::Secret;
use super::{KeyError, PrivateKey};

/// The serial number of certificates that are their own issuer.
const FIRST: u32 = 1;

/// Between which seconds since 1970 a certificate is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first second.
    pub from: i64,
    /// The last second.
    pub until: i64,
}

/// The DER of a root that signs itself. `name` is its common name.
///
/// # Errors
/// [`KeyError::Unreadable`] if it cannot be encoded, which only an impossible time or name causes.
pub fn root(name: &str, key: &PrivateKey, span: Span) -> Result<Vec<u8>, KeyError> {
    build(name, (name, FIRST), true, (key, key), span).map_err(KeyError::Unreadable)
}

/// The DER of a leaf for `key`, signed by the key of a root, whose leaves each have a serial number
/// of their own, above one.
///
/// # Errors
/// As for [`root`].
pub fn leaf(
    subject: (&str, u32),
    key: &PrivateKey,
    (root_name, root_key): (&str, &PrivateKey),
    span: Span,
) -> Result<Vec<u8>, KeyError> {
    build(root_name, subject, false, (key, root_key), span).map_err(KeyError::Unreadable)
}

/// The DER of a leaf that is its own issuer.
///
/// # Errors
/// As for [`root`].
pub fn lone_leaf(name: &str, key: &PrivateKey, span: Span) -> Result<Vec<u8>, KeyError> {
    build(name, (name, FIRST), false, (key, key), span).map_err(KeyError::Unreadable)
}

fn build(
    issuer: &str,
    (subject, serial): (&str, u32),
    is_authority: bool,
    (key, signer): (&PrivateKey, &PrivateKey),
    span: Span,
) -> Result<Vec<u8>, String> {
    let at = |seconds: i64| -> Result<Time, String> {
        let seconds = u64::try_from(seconds).map_err(|error| error.to_string())?;
        let time = UtcTime::from_unix_duration(Duration::from_secs(seconds));
        Ok(Time::UtcTime(time.map_err(|error| error.to_string())?))
    };
    let validity = Validity::new(at(span.from)?, at(span.until)?);
    let public = match key.secret() {
        Secret::P256(key) => key.verifying_key().to_public_key_der(),
        Secret::P384(key) => key.verifying_key().to_public_key_der(),
        Secret::Ed25519(key) => key.verifying_key().to_public_key_der(),
    };
    let public = public.map_err(|error| error.to_string())?;
    let public = SubjectPublicKeyInfoOwned::from_der(public.as_bytes());
    let public = public.map_err(|error| error.to_string())?;
    let profile = Profile { issuer: named(issuer)?, subject: named(subject)?, is_authority };
    let builder = CertificateBuilder::new(profile, SerialNumber::from(serial), validity, public)
        .map_err(|error| error.to_string())?;
    let certificate = match signer.secret() {
        Secret::P256(key) => builder.build::<_, p256::ecdsa::DerSignature>(key),
        Secret::P384(key) => builder.build::<_, p384::ecdsa::DerSignature>(key),
        Secret::Ed25519(key) => builder.build::<_, ed25519_dalek::Signature>(key),
    };
    certificate.map_err(|error| error.to_string())?.to_der().map_err(|error| error.to_string())
}

fn named(common_name: &str) -> Result<Name, String> {
    Name::from_str(&format!("CN={common_name}")).map_err(|error| error.to_string())
}

/// Who certifies whom.
struct Profile {
    issuer: Name,
    subject: Name,
    is_authority: bool,
}

impl BuilderProfile for Profile {
    fn get_issuer(&self, _: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        _: SubjectPublicKeyInfoRef<'_>,
        _: SubjectPublicKeyInfoRef<'_>,
        certificate: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let subject = certificate.subject();
        if !self.is_authority {
            let usage = KeyUsage(KeyUsages::DigitalSignature.into());
            return Ok(vec![usage.to_extension(subject, &[])?]);
        }
        let constraints = BasicConstraints { ca: true, path_len_constraint: Some(0) };
        let usage = KeyUsage(KeyUsages::KeyCertSign.into());
        Ok(vec![constraints.to_extension(subject, &[])?, usage.to_extension(subject, &[])?])
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;
    use crate::jose::{Certificate, ChainStanding, SignatureAlgorithm, chain};

    const NOW: i64 = 1_800_000_000;
    const SPAN: Span = Span { from: NOW - 10, until: NOW + 10 };

    #[test]
    fn a_leaf_stands_under_its_root_and_under_no_other() {
        let (root_key, key) = (PrivateKey::generate().unwrap(), PrivateKey::generate().unwrap());
        let certificate = |der: Vec<u8>| Certificate::from_der(&der).unwrap();
        let anchor = certificate(root("The Root", &root_key, SPAN).unwrap());
        let below =
            certificate(leaf(("The Leaf", 2), &key, ("The Root", &root_key), SPAN).unwrap());
        assert!(anchor.is_ca() && anchor.is_self_signed() && !below.is_ca());
        assert_eq!(below.public_key().unwrap().to_jwk(), key.public_jwk());
        let standing = |anchor: Certificate| {
            chain::examine(std::slice::from_ref(&below), &[anchor], NOW).standing()
        };
        assert!(matches!(standing(anchor), ChainStanding::Anchored { .. }));
        let other_key = PrivateKey::generate().unwrap();
        let other = certificate(root("The Root", &other_key, SPAN).unwrap());
        assert_eq!(standing(other), ChainStanding::NotAnchored);
        let lone = certificate(lone_leaf("The Leaf", &key, SPAN).unwrap());
        assert!(lone.is_self_signed() && !lone.is_ca());
    }

    #[test]
    fn a_leaf_is_for_a_key_on_any_curve() {
        let root_key = PrivateKey::generate().unwrap();
        let anchors = [Certificate::from_der(&root("The Root", &root_key, SPAN).unwrap()).unwrap()];
        for (algorithm, serial) in SignatureAlgorithm::ALL.into_iter().zip(2..) {
            let key = PrivateKey::generate_for(algorithm).unwrap();
            let below = leaf(("The Leaf", serial), &key, ("The Root", &root_key), SPAN).unwrap();
            let below = Certificate::from_der(&below).unwrap();
            assert_eq!(below.public_key().unwrap().to_jwk(), key.public_jwk());
            let standing = chain::examine(&[below], &anchors, NOW).standing();
            assert!(matches!(standing, ChainStanding::Anchored { .. }), "{algorithm:?}");
            let lone = lone_leaf("The Leaf", &key, SPAN).unwrap();
            assert!(Certificate::from_der(&lone).unwrap().is_self_signed(), "{algorithm:?}");
        }
    }
}
