//! What a simulated wallet was made of: names and public key halves, and the private keys that
//! open what was encrypted for it, which only the evidence keeps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One simulated wallet of a scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WalletRecord {
    /// The name a script gives it; `holder` where the script gives none.
    pub name: String,
    /// The public JWK of its DPoP key.
    pub dpop_key: Value,
    /// The public JWKs it proved possession of, in the order of use.
    pub holder_keys: Vec<Value>,
    /// The private JWKs of the keys that answers were encrypted for, in the order of use. In the
    /// redacted projection a pseudonym stands for what is private in them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decryption_keys: Vec<Value>,
    /// The `client_id` it used, none when anonymous.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
}
