//! What the caller expects of the issuer: profile, trust and expectations. Its digest stands in
//! every report.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::checks::{Edition, Profile, Profiles};

/// What a run is judged by. It never changes the level of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// The profiles the issuer claims to follow.
    #[serde(default)]
    pub profiles: Profiles,
    /// Trust anchors for credential signers, PEM.
    #[serde(default)]
    pub trust_anchors: Vec<String>,
    /// JWT VC Issuer Metadata with the keys of issuers that publish none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issuer_keys: Vec<Value>,
    /// The client is registered with `dpop_bound_access_tokens`: the token endpoint must not
    /// give it an unbound token (RFC 9449 5.2).
    #[serde(default)]
    pub dpop_bound_access_tokens: bool,
    /// The edition whose checks may fail; newer ones only warn. None: the newest there is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<Edition>,
    /// The dialect that the issuer speaks by its user's own word: what it has otherwise than 1.0
    /// Final is excused. None: nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialect: Option<String>,
    /// Globs of checks that are judged; empty means all.
    #[serde(default)]
    pub include: Vec<String>,
    /// Globs of checks that are not judged.
    #[serde(default)]
    pub exclude: Vec<String>,
}

impl Policy {
    /// Whether a token without DPoP binding is itself a fault here.
    pub fn demands_dpop(&self) -> bool {
        self.dpop_bound_access_tokens || self.profiles.contains(Profile::Haip)
    }

    /// The edition in force.
    pub fn edition(&self) -> Edition {
        self.edition.unwrap_or_else(Edition::newest)
    }

    /// SHA-256 of the policy's canonical text, the first 12 hexadecimal digits.
    pub fn digest(&self) -> String {
        use sha2::Digest as _;
        let text = serde_json::to_string(self).unwrap_or_default();
        let digest = sha2::Sha256::digest(text.as_bytes());
        digest.iter().take(6).map(|octet| format!("{octet:02x}")).collect()
    }
}
