//! What a JWT says of itself, read without verification: the judge looks at what was sent.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::transcript::Exchange;

/// The claims of the DPoP proof that the wallet sent.
pub(super) fn of_proof(exchange: &Exchange) -> Option<Value> {
    of_jwt(exchange.request.headers.get("dpop")?)
}

/// The claims of a compact JWS, none if it is not one.
pub(super) fn of_jwt(compact: &str) -> Option<Value> {
    let mut parts = compact.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let octets = URL_SAFE_NO_PAD.decode(payload).ok()?;
    let claims: Value = serde_json::from_slice(&octets).ok()?;
    claims.is_object().then_some(claims)
}

#[cfg(test)]
pub(super) mod staged {
    use base64::Engine as _;

    use super::{URL_SAFE_NO_PAD, Value};

    /// A JWT with these claims, and nothing else that could be relied on.
    pub fn jwt(claims: &Value) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_a_jwt_has_claims() {
        let claims = json!({"nonce": "n"});
        assert_eq!(of_jwt(&staged::jwt(&claims)), Some(claims));
        for text in ["", "opaque", "a.b", "e30.e30", "e30.W10.x", "e30.e30.x.y.z", "e30.!.x"] {
            assert_eq!(of_jwt(text), None, "{text:?}");
        }
    }
}
