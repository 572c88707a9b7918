//! Whose signature is on an mdoc: verified once, with the certificate that it brings along.

use super::Mdoc;
use super::issuer_auth::IssuerAuth;
use crate::formats::{SignatureVerdict, VerifiedBy};
use crate::jose::{Certificate, KeyError, VerifyError, chain};

/// Verifies the signature of an mdoc with the first certificate of its `x5chain`, and examines the
/// chain at a second since the epoch.
pub fn verify(mdoc: &Mdoc, trust_anchors: &[Certificate], now: i64) -> SignatureVerdict {
    let auth = &mdoc.issuer_auth;
    let Some(payload) = &auth.payload else {
        return failed("there is no payload");
    };
    let Some(algorithm) = auth.algorithm.as_ref().or(auth.unprotected_algorithm.as_ref()) else {
        return failed("no header has an `alg`");
    };
    let Some(jose_name) = algorithm.verifiable() else {
        return SignatureVerdict::UnsupportedAlgorithm { algorithm: algorithm.told() };
    };
    let certificates = match auth.chain.as_ref().map(|chain| &chain.certificates) {
        None => return unresolvable("there is no `x5chain`"),
        Some(Err(why)) => return unresolvable(&format!("`x5chain`: {why}")),
        Some(Ok(certificates)) => certificates,
    };
    let Some(leaf) = certificates.first() else {
        return unresolvable("`x5chain` is empty");
    };
    let key = match leaf.public_key() {
        Ok(key) => key,
        Err(KeyError::Unsupported(kind)) if kind.contains("RSA") => {
            return failed(&format!("{} does not go with a key of kind RSA", algorithm.told()));
        }
        Err(KeyError::Unsupported(kind)) => {
            let algorithm = format!("{} with a key of kind {kind}", algorithm.told());
            return SignatureVerdict::UnsupportedAlgorithm { algorithm };
        }
        Err(error) => return unresolvable(&error.to_string()),
    };
    match key.verify(jose_name, &signed_bytes(auth, payload), &auth.signature) {
        Ok(()) => SignatureVerdict::Verified {
            by: VerifiedBy::CertificateChain {
                report: chain::examine(certificates, trust_anchors, now),
            },
        },
        Err(VerifyError::UnsupportedAlgorithm(algorithm)) => {
            SignatureVerdict::UnsupportedAlgorithm { algorithm }
        }
        Err(error) => failed(&error.to_string()),
    }
}

fn failed(why: &str) -> SignatureVerdict {
    SignatureVerdict::Failed { why: why.to_owned() }
}

fn unresolvable(why: &str) -> SignatureVerdict {
    SignatureVerdict::Unresolvable { why: why.to_owned() }
}

/// `Sig_structure` (RFC 9052, section 4.4): what the signature is over.
fn signed_bytes(auth: &IssuerAuth, payload: &[u8]) -> Vec<u8> {
    // An empty map is protected as no bytes at all.
    let protected: &[u8] = if auth.protected == [0xa0] { &[] } else { &auth.protected };
    let mut bytes = vec![0x84, 0x6a];
    bytes.extend(b"Signature1");
    for part in [protected, &[], payload] {
        bytes.extend(byte_string_head(part.len()));
        bytes.extend(part);
    }
    bytes
}

/// The shortest head of a byte string of this length.
fn byte_string_head(length: usize) -> Vec<u8> {
    let short = u16::try_from(length).ok();
    match (u8::try_from(length).ok(), short) {
        (Some(tiny @ 0..24), _) => vec![0x40 | tiny],
        (Some(small), _) => vec![0x58, small],
        (None, Some(medium)) => [&[0x59][..], &medium.to_be_bytes()].concat(),
        (None, None) => {
            let large = u32::try_from(length).unwrap_or(u32::MAX);
            [&[0x5a][..], &large.to_be_bytes()].concat()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_signed_is_what_another_library_signs() {
        for length in [0, 1, 23, 24, 255, 256, 65_535, 65_536] {
            let payload = vec![7; length];
            let protected = vec![0xa1, 0x01, 0x26];
            let auth = IssuerAuth {
                tag: None,
                protected: protected.clone(),
                protected_problem: None,
                algorithm: None,
                unprotected_algorithm: None,
                chain: None,
                payload: None,
                payload_is_tagged: false,
                signature: Vec::new(),
            };
            let header = coset::ProtectedHeader {
                original_data: Some(protected),
                ..coset::ProtectedHeader::default()
            };
            let context = coset::SignatureContext::CoseSign1;
            let expected = coset::sig_structure_data(context, header, None, &[], &payload);
            assert_eq!(signed_bytes(&auth, &payload), expected, "{length}");
        }
    }
}
