//! The agreed key: ECDH on P-256, then the Concat KDF of NIST SP 800-56A in the form of RFC 7518,
//! section 4.6.2.

use p256::ecdh::diffie_hellman;
use sha2::{Digest as _, Sha256};

use super::content::ContentEncryption;
use crate::jose::jwk::{KeyError, PublicJwk};
use crate::jose::private_key::PrivateKey;
use crate::jose::public_key::PublicKey;

/// The secret that both parties come to. The other's point is known to be on the curve.
pub fn agree(own: &PrivateKey, other: &PublicJwk) -> Result<Vec<u8>, KeyError> {
    let PublicKey::P256(other) = other.to_public_key()? else {
        return Err(KeyError::Unsupported("other than P-256 for key agreement".to_owned()));
    };
    let secret = diffie_hellman(own.on_p256()?.as_nonzero_scalar(), other.as_affine());
    Ok(secret.raw_secret_bytes().to_vec())
}

/// The key of the content. One round of SHA-256 is as long as the longest of them.
pub fn derive(secret: &[u8], encryption: ContentEncryption, parties: &[Vec<u8>; 2]) -> Vec<u8> {
    let length = encryption.key_length();
    let mut hash = Sha256::new();
    hash.update(1_u32.to_be_bytes());
    hash.update(secret);
    for part in [encryption.name().as_bytes(), &parties[0], &parties[1]] {
        hash.update(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        hash.update(part);
    }
    hash.update(u32::try_from(length * 8).unwrap_or(u32::MAX).to_be_bytes());
    hash.finalize().iter().take(length).copied().collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use serde_json::json;

    use super::*;
    use crate::jose::base64url;

    #[test]
    fn the_key_is_that_of_rfc_7518_appendix_c() {
        let alice = base64url::decode("0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo").unwrap();
        let bob = json!({
            "kty": "EC", "crv": "P-256",
            "x": "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
            "y": "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"
        });
        let alice = PrivateKey::from_bytes(&alice).unwrap();
        let secret = agree(&alice, &PublicJwk::from_value(&bob).unwrap()).unwrap();
        let parties = [b"Alice".to_vec(), b"Bob".to_vec()];
        let key = derive(&secret, ContentEncryption::A128Gcm, &parties);
        assert_eq!(base64url::encode(key), "VqqN6vgjbSBcIijNcacQGg");
    }

    #[test]
    fn a_point_off_the_curve_agrees_on_nothing() {
        let key = PrivateKey::generate().unwrap();
        let point = json!({"kty": "EC", "crv": "P-256", "x": base64url::encode([1; 32]),
            "y": base64url::encode([2; 32])});
        let point = PublicJwk::from_value(&point).unwrap();
        assert_eq!(agree(&key, &point), Err(KeyError::NotOnCurve("P-256")));
        let other = json!({"kty": "OKP", "crv": "Ed25519",
            "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
        assert!(agree(&key, &PublicJwk::from_value(&other).unwrap()).is_err());
    }
}
