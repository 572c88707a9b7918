//! Authorization Server Metadata (RFC 8414, OpenID4VCI 12.3).

use serde_json::Value;

use crate::jose::SignatureAlgorithm;

/// Client authentication by an attestation, as `token_endpoint_auth_methods_supported` names it.
pub const ATTEST_JWT_CLIENT_AUTH: &str = "attest_jwt_client_auth";
/// Client authentication by a JWT that the client signs itself (RFC 7523).
pub const PRIVATE_KEY_JWT: &str = "private_key_jwt";

/// A lens over the metadata of an authorization server.
#[derive(Clone, Copy, Debug)]
pub struct AsMetadata<'a>(&'a Value);

impl<'a> AsMetadata<'a> {
    /// Looks at a JSON document.
    pub fn new(json: &'a Value) -> Self {
        Self(json)
    }

    /// Of the documents of several servers, in the order in which they were read, the one that
    /// wallets redeem a pre-authorized code with: the last, where reading stopped because it
    /// lists the grant, else the first.
    pub fn preferred(read: &[&'a Value]) -> Option<&'a Value> {
        let lists = |json: &&&Value| AsMetadata::new(json).lists_grant(super::PRE_AUTHORIZED_CODE);
        read.last().filter(lists).or(read.first()).copied()
    }

    /// The document itself.
    pub fn json(&self) -> &'a Value {
        self.0
    }

    /// `issuer`.
    pub fn issuer(&self) -> Option<&'a str> {
        self.0.get("issuer")?.as_str()
    }

    /// `token_endpoint`.
    pub fn token_endpoint(&self) -> Option<&'a str> {
        self.0.get("token_endpoint")?.as_str()
    }

    /// `revocation_endpoint` (RFC 8414 2, RFC 7009).
    pub fn revocation_endpoint(&self) -> Option<&'a str> {
        self.0.get("revocation_endpoint")?.as_str()
    }

    /// Whether refresh tokens may be expected: `grant_types_supported` lists their grant, or is left
    /// out, and then only a token response tells.
    pub fn may_refresh(&self) -> bool {
        self.0.get("grant_types_supported").is_none() || self.lists_grant(super::REFRESH_TOKEN)
    }

    /// Whether DPoP is announced for proofs that wallets here can sign:
    /// `dpop_signing_alg_values_supported` lists one of their algorithms, or cannot be read as a
    /// list (RFC 9449 5.1).
    pub fn announces_dpop(&self) -> bool {
        match self.0.get("dpop_signing_alg_values_supported") {
            None | Some(Value::Null) => false,
            Some(Value::Array(_)) => SignatureAlgorithm::ALL
                .into_iter()
                .any(|algorithm| self.lists_dpop_algorithm(algorithm.name())),
            Some(_) => true,
        }
    }

    /// Whether `dpop_signing_alg_values_supported` lists the algorithm.
    pub fn lists_dpop_algorithm(&self, algorithm: &str) -> bool {
        self.dpop_algorithms().contains(&algorithm)
    }

    /// The strings of `dpop_signing_alg_values_supported`. Empty when absent.
    pub fn dpop_algorithms(&self) -> Vec<&'a str> {
        self.strings("dpop_signing_alg_values_supported")
    }

    /// Whether `grant_types_supported` lists the grant.
    pub fn lists_grant(&self, grant_type: &str) -> bool {
        self.0
            .get("grant_types_supported")
            .and_then(Value::as_array)
            .is_some_and(|grants| grants.iter().any(|grant| grant == grant_type))
    }

    /// Whether a listed grant begins with an authorization request.
    pub fn takes_authorization_requests(&self) -> bool {
        self.lists_grant("authorization_code") || self.lists_grant("implicit")
    }

    /// Whether `authorization_details_types_supported` lists `openid_credential`.
    pub fn takes_authorization_details(&self) -> bool {
        self.0
            .get("authorization_details_types_supported")
            .and_then(Value::as_array)
            .is_some_and(|types| types.iter().any(|listed| listed == "openid_credential"))
    }

    /// Whether `token_endpoint_auth_methods_supported` lists the method.
    pub fn lists_authentication(&self, method: &str) -> bool {
        self.0
            .get("token_endpoint_auth_methods_supported")
            .and_then(Value::as_array)
            .is_some_and(|methods| methods.iter().any(|listed| listed == method))
    }

    /// The strings of `client_attestation_signing_alg_values_supported`: what attestations of clients
    /// may be signed with. Empty when absent.
    pub fn client_attestation_algorithms(&self) -> Vec<&'a str> {
        self.strings("client_attestation_signing_alg_values_supported")
    }

    /// The strings of `client_attestation_pop_signing_alg_values_supported`: what attested clients
    /// may sign their proofs with. Empty when absent.
    pub fn client_proof_algorithms(&self) -> Vec<&'a str> {
        self.strings("client_attestation_pop_signing_alg_values_supported")
    }

    /// The strings of `token_endpoint_auth_signing_alg_values_supported`: what clients may sign their
    /// assertions with. Empty when absent.
    pub fn client_assertion_algorithms(&self) -> Vec<&'a str> {
        self.strings("token_endpoint_auth_signing_alg_values_supported")
    }

    fn strings(&self, member: &str) -> Vec<&'a str> {
        let listed = self.0.get(member).and_then(Value::as_array);
        listed.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// `challenge_endpoint`, which gives challenges for client attestations.
    pub fn challenge_endpoint(&self) -> Option<&'a str> {
        self.0.get("challenge_endpoint")?.as_str()
    }

    /// Whether `pre-authorized_grant_anonymous_access_supported` is `true`.
    pub fn allows_anonymous_access(&self) -> bool {
        self.0.get("pre-authorized_grant_anonymous_access_supported") == Some(&Value::Bool(true))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn of_several_servers_the_one_with_the_grant_counts_else_the_first() {
        let plain = json!({ "issuer": "https://one" });
        let other = json!({ "issuer": "https://two", "grant_types_supported": ["implicit"] });
        let grant = super::super::PRE_AUTHORIZED_CODE;
        let fit = json!({ "issuer": "https://three", "grant_types_supported": [grant] });
        assert_eq!(AsMetadata::preferred(&[&plain, &other]), Some(&plain));
        assert_eq!(AsMetadata::preferred(&[&plain, &fit]), Some(&fit));
        assert_eq!(AsMetadata::preferred(&[]), None);
    }

    #[test]
    fn dpop_counts_where_the_wallet_can_sign() {
        let announces = |json: Value| {
            let metadata = json!({ "dpop_signing_alg_values_supported": json });
            AsMetadata::new(&metadata).announces_dpop()
        };
        assert!(announces(json!(["EdDSA", "ES256"])));
        assert!(announces(json!(["EdDSA"])));
        assert!(!announces(json!(["RS256", "es256"])));
        assert!(!announces(json!([])));
        assert!(!announces(Value::Null));
    }
}
