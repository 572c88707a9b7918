//! SD-JWT VC (`dc+sd-jwt`): which claims are hidden, under which salts, and the compact form.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use super::Context;
use crate::{
    clock, credentials::Credential, faults::conduct::Conduct, issuer::Issuer, keys, random,
    refusal::Refusal,
};

/// Claims that a dataset may not contain: the credential's own, and the two names of RFC 9901.
pub const RESERVED: [&str; 13] = [
    "iss",
    "iat",
    "nbf",
    "exp",
    "cnf",
    "vct",
    "vct#integrity",
    "status",
    "sub",
    "jti",
    "_sd",
    "_sd_alg",
    "...",
];

/// The claims of a credential before anything is hidden.
pub struct Claims {
    /// Claims that every verifier sees.
    pub clear: Map<String, Value>,
    /// Claims that the holder may withhold: scalars as a whole, objects member by member, arrays element by element.
    pub dataset: Map<String, Value>,
}

/// A credential ready to be signed.
pub struct Packed {
    /// A protected header of its own; `None` for the one of every honest credential, encoded at start.
    header: Option<Map<String, Value>>,
    /// The claims set, without the digests at the top level.
    pub payload: Map<String, Value>,
    /// The digests at the top level.
    pub digests: Vec<String>,
    /// The disclosures, encoded.
    pub disclosures: Vec<String>,
}

impl Packed {
    /// The protected header, opened for change.
    pub fn header(&mut self, context: &Context) -> &mut Map<String, Value> {
        self.header.get_or_insert_with(|| context.issuer.signer.header().clone())
    }

    /// Adds a disclosure, and answers its digest.
    pub fn disclose(&mut self, disclosure: &Value) -> String {
        let disclosure = URL_SAFE_NO_PAD.encode(disclosure.to_string());
        let digest = digest_of(&disclosure);
        self.disclosures.push(disclosure);
        digest
    }
}

/// Makes one credential.
pub fn make(
    conduct: &Conduct,
    credential: &Credential,
    overrides: Option<&Map<String, Value>>,
    context: &Context,
) -> Result<Value, Refusal> {
    let mut claims = claims(credential, overrides, context);
    conduct.amend_claims(&mut claims, context);
    let mut salts: Vec<String> = (0..hidden_in(&claims.dataset)).map(|_| random::short()).collect();
    conduct.amend_salts(&mut salts, context);
    let mut packed = pack(claims, salts);
    conduct.amend_packed(&mut packed, context);
    let compact = sign(context.issuer, packed).ok_or_else(Refusal::crash)?;
    Ok(Value::String(conduct.amend_signed(compact)))
}

/// Times are rounded to the day, so that they tell nobody when a wallet was here (RFC 9901, section 10.1).
fn claims(
    credential: &Credential,
    overrides: Option<&Map<String, Value>>,
    context: &Context,
) -> Claims {
    let today = clock::midnight(context.now);
    let lifetime = context.issuer.settings.lifetimes.credential.as_secs();
    let mut clear = Map::new();
    clear.insert("iss".to_owned(), json!(context.issuer.layout.credential_issuer));
    clear.insert("iat".to_owned(), json!(today));
    clear.insert("exp".to_owned(), json!(today + lifetime));
    clear.insert("vct".to_owned(), json!(credential.vct));
    if let Some(Some(key)) = context.keys.get(context.position) {
        clear.insert("cnf".to_owned(), json!({"jwk": key.to_jwk()}));
    }
    if let Some(status) = &context.status {
        clear.insert("status".to_owned(), status.clone());
    }
    let mut dataset = credential.dataset.clone();
    for (name, value) in overrides.into_iter().flatten() {
        dataset.insert(name.clone(), value.clone());
    }
    Claims { clear, dataset }
}

/// How many disclosures a dataset takes.
fn hidden_in(dataset: &Map<String, Value>) -> usize {
    let hidden = |value: &Value| match value {
        Value::Object(members) => members.len(),
        Value::Array(elements) => elements.len(),
        _ => 1,
    };
    dataset.values().map(hidden).sum()
}

/// Hides the dataset. Sorting the digests, which are random, hides the order of the claims.
fn pack(claims: Claims, salts: Vec<String>) -> Packed {
    let mut salts = salts.into_iter();
    let mut salt = || salts.next().unwrap_or_else(random::short);
    let mut packed = Packed {
        header: None,
        payload: claims.clear,
        digests: Vec::new(),
        disclosures: Vec::new(),
    };
    for (name, value) in claims.dataset {
        match value {
            Value::Object(members) => {
                let mut digests: Vec<String> = members
                    .into_iter()
                    .map(|(member, value)| packed.disclose(&json!([salt(), member, value])))
                    .collect();
                digests.sort_unstable();
                packed.payload.insert(name, json!({"_sd": digests}));
            }
            Value::Array(elements) => {
                let elements: Vec<Value> = elements
                    .into_iter()
                    .map(|element| json!({"...": packed.disclose(&json!([salt(), element]))}))
                    .collect();
                packed.payload.insert(name, Value::Array(elements));
            }
            scalar => {
                let digest = packed.disclose(&json!([salt(), name, scalar]));
                packed.digests.push(digest);
            }
        }
    }
    packed.digests.sort_unstable();
    packed
}

/// The compact form: the signed part, each disclosure, and a tilde after every one of them.
fn sign(issuer: &Issuer, packed: Packed) -> Option<String> {
    let mut payload = packed.payload;
    if !packed.digests.is_empty() {
        payload.insert("_sd".to_owned(), json!(packed.digests));
    }
    payload.insert("_sd_alg".to_owned(), json!("sha-256"));
    let own_header = packed.header.as_ref().map(keys::encode);
    let header_segment = own_header.as_deref().unwrap_or_else(|| issuer.signer.header_segment());
    let mut compact = issuer.signer.sign(header_segment, &payload)?;
    compact.push('~');
    for disclosure in packed.disclosures {
        compact.push_str(&disclosure);
        compact.push('~');
    }
    Some(compact)
}

/// Digest of a disclosure (RFC 9901, section 4.2.3).
fn digest_of(disclosure: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, disclosure.as_bytes()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    /// The example of RFC 9901, section 4.2.3.
    #[test]
    fn digests_the_encoded_disclosure() {
        assert_eq!(
            digest_of("WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"),
            "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
        );
    }

    #[test]
    fn hides_scalars_members_and_elements() {
        let claims = Claims {
            clear: Map::new(),
            dataset: json!({"a": 1, "b": {"c": 2, "d": [3]}, "e": [4, 5]})
                .as_object()
                .unwrap()
                .clone(),
        };
        assert_eq!(hidden_in(&claims.dataset), 5);
        let packed = pack(claims, Vec::new());
        assert_eq!(packed.disclosures.len(), 5);
        assert_eq!(packed.digests.len(), 1);
        assert_eq!(packed.payload["b"]["_sd"].as_array().unwrap().len(), 2);
        assert!(packed.payload["e"][1]["..."].is_string());
        assert!(!packed.payload.contains_key("a"));
    }
}
