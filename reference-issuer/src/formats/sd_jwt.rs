//! SD-JWT VC (`dc+sd-jwt`): which claims are hidden, under which salts, and the compact form.

mod concealment;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use super::Context;
use crate::{
    clock,
    credentials::Credential,
    faults::conduct::Conduct,
    keys::{self, Signer},
    random,
    refusal::Refusal,
};

pub use concealment::{Concealment, Depth, Hash};

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
    /// Claims about the holder, to be hidden as the credential's [`Concealment`] says.
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
    /// The hash that makes digests.
    pub hash: Hash,
    /// What stands in `_sd_alg`; `None` where nothing is hidden.
    pub hash_name: Option<String>,
}

impl Packed {
    /// The protected header, opened for change.
    pub fn header(&mut self, context: &Context) -> &mut Map<String, Value> {
        self.header.get_or_insert_with(|| context.signer.header().clone())
    }

    /// Adds a disclosure, and answers its digest.
    pub fn disclose(&mut self, disclosure: &Value) -> String {
        let disclosure = URL_SAFE_NO_PAD.encode(disclosure.to_string());
        let digest = self.hash.digest(&disclosure);
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
    let concealment = &credential.concealment;
    let hidden = concealment.hidden_in(&claims.dataset);
    let mut salts: Vec<String> = (0..hidden).map(|_| random::short()).collect();
    conduct.amend_salts(&mut salts, context);
    let mut packed = concealment.pack(claims, salts);
    conduct.amend_packed(&mut packed, context);
    let compact = sign(context.signer, packed).ok_or_else(Refusal::crash)?;
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
    if let Some(integrity) = &credential.vct_integrity {
        clear.insert("vct#integrity".to_owned(), json!(integrity));
    }
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

/// The compact form: the signed part, each disclosure, and a tilde after every one of them.
fn sign(signer: &Signer, packed: Packed) -> Option<String> {
    let mut payload = packed.payload;
    if !packed.digests.is_empty() {
        payload.insert("_sd".to_owned(), json!(packed.digests));
    }
    if let Some(name) = packed.hash_name {
        payload.insert("_sd_alg".to_owned(), json!(name));
    }
    let own_header = packed.header.as_ref().map(keys::encode);
    let header_segment = own_header.as_deref().unwrap_or_else(|| signer.header_segment());
    let mut compact = signer.sign(header_segment, &payload)?;
    compact.push('~');
    for disclosure in packed.disclosures {
        compact.push_str(&disclosure);
        compact.push('~');
    }
    Some(compact)
}
