//! Key proofs of the `jwt` type (OpenID4VCI Appendix F.1).

use base64::Engine as _;
use serde_json::Value;

/// The `typ` of a key proof JWT.
pub const PROOF_TYP: &str = "openid4vci-proof+jwt";

/// A key proof as sent, opened without verification: the judge reads what the wallet claimed.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyProof {
    /// The JOSE header.
    pub header: Value,
    /// The claims.
    pub claims: Value,
}

impl KeyProof {
    /// Opens a compact JWT, none if it is not one.
    pub fn read(jwt: &str) -> Option<Self> {
        let mut parts = jwt.split('.');
        let (header, claims) = (parts.next()?, parts.next()?);
        parts.next()?;
        if parts.next().is_some() {
            return None;
        }
        Some(Self { header: part(header)?, claims: part(claims)? })
    }

    /// `nonce`, when it is a string.
    pub fn nonce(&self) -> Option<&str> {
        self.claims.get("nonce")?.as_str()
    }
}

fn part(encoded: &str) -> Option<Value> {
    let octets = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(encoded).ok()?;
    let json: Value = serde_json::from_slice(&octets).ok()?;
    json.is_object().then_some(json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_opened_and_anything_else_is_none() {
        // {"alg":"none"} . {"nonce":"n"} . nothing
        let proof = KeyProof::read("eyJhbGciOiJub25lIn0.eyJub25jZSI6Im4ifQ.");
        assert_eq!(proof.as_ref().and_then(KeyProof::nonce), Some("n"));
        for text in ["", "a.b", "e30.e30", "e30.e30.x.y", "e30.W10.x", "!.e30.x"] {
            assert_eq!(KeyProof::read(text), None, "{text:?}");
        }
    }
}
