//! W3C credentials secured as JWTs (`jwt_vc_json`; VCDM 1.1, section 6.3.1), and the documents that lead a
//! verifier to their key and their schema.

use serde_json::{Map, Value, json};

use super::Context;
use crate::{
    clock,
    credentials::Credential,
    faults::conduct::Conduct,
    keys::{self, Signer},
    layout::Layout,
    random,
    refusal::Refusal,
};

/// The context of every credential of version 1 of the data model.
const CONTEXT: &str = "https://www.w3.org/2018/credentials/v1";

/// What makes a credential one of the W3C.
pub struct Definition {
    /// `type`.
    pub types: &'static [&'static str],
    /// Who issues it.
    pub issuer: Identity,
}

/// How the issuer calls itself, and so how its key is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// By its did:web, with the key in the DID document.
    Did,
    /// By its URL, with the key in the key set of its OpenID configuration.
    Url,
}

/// A credential ready to be signed.
pub struct Unsigned {
    /// The protected header.
    pub header: Map<String, Value>,
    /// The claims set, with the credential in `vc`.
    pub claims: Map<String, Value>,
}

impl Unsigned {
    /// The credential inside.
    pub fn vc(&mut self) -> Option<&mut Map<String, Value>> {
        self.claims.get_mut("vc")?.as_object_mut()
    }

    /// What it says of its subject.
    pub fn subject(&mut self) -> Option<&mut Map<String, Value>> {
        self.vc()?.get_mut("credentialSubject")?.as_object_mut()
    }
}

/// Makes one credential.
pub fn make(
    conduct: &Conduct,
    credential: &Credential,
    overrides: Option<&Map<String, Value>>,
    context: &Context,
) -> Result<Value, Refusal> {
    let definition = credential.definition.as_ref().ok_or_else(Refusal::crash)?;
    let mut unsigned = unsigned(credential, definition, overrides, context);
    if let Some(guide) = context.issuer.settings.guide {
        (guide.rewrite_credential)(&mut unsigned);
    }
    conduct.amend_jwt_vc(&mut unsigned, context);
    let header = keys::encode(&unsigned.header);
    let signed = context.signer.sign(&header, &unsigned.claims);
    Ok(Value::String(conduct.amend_signed(signed.ok_or_else(Refusal::crash)?)))
}

/// Times are rounded to the day, and each credential has an identifier of its own.
fn unsigned(
    credential: &Credential,
    definition: &Definition,
    overrides: Option<&Map<String, Value>>,
    context: &Context,
) -> Unsigned {
    let (layout, signer) = (&context.issuer.layout, context.signer);
    let (issuer, kid) = match definition.issuer {
        Identity::Did => (&layout.did, format!("{}#{}", layout.did, signer.kid())),
        Identity::Url => (&layout.credential_issuer, signer.kid().to_owned()),
    };
    let today = clock::midnight(context.now);
    let until = today + context.issuer.settings.lifetimes.credential.as_secs();
    let id = format!("{}/{}", layout.credential_ids, random::short());
    let mut subject = credential.dataset.clone();
    for (name, value) in overrides.into_iter().flatten() {
        subject.insert(name.clone(), value.clone());
    }
    let mut claims = json!({"iss": issuer, "nbf": today, "exp": until, "jti": id});
    if let Some(Some(key)) = context.keys.get(context.position) {
        match key.did() {
            Some(did) => {
                claims["sub"] = json!(did);
                subject.insert("id".to_owned(), json!(did));
            }
            None => claims["cnf"] = json!({"jwk": key.to_jwk()}),
        }
    }
    if let Some(status) = &context.status {
        claims["status"] = status.clone();
    }
    claims["vc"] = json!({
        "@context": [CONTEXT],
        "id": id,
        "type": definition.types,
        "issuer": issuer,
        "issuanceDate": clock::rfc3339(today),
        "expirationDate": clock::rfc3339(until),
        "credentialSubject": subject,
        "credentialSchema": {
            "id": format!("{}/{}", layout.schemas, credential.id),
            "type": "JsonSchema"
        }
    });
    if let Some(list) = context.status.as_ref().and_then(|status| status.get("status_list")) {
        let uri = list["uri"].as_str().unwrap_or_default();
        let id = format!("{uri}#{}", list["idx"]);
        claims["vc"]["credentialStatus"] = json!({"id": id, "type": "TokenStatusList"});
    }
    let header = json!({"alg": signer.algorithm().name(), "typ": "JWT", "kid": kid});
    Unsigned { header: object(header), claims: object(claims) }
}

/// The DID document: the keys, for assertions.
pub fn did_document(did: &str, signers: &[Signer]) -> Value {
    let key = |signer: &Signer| format!("{did}#{}", signer.kid());
    let method = |signer| {
        json!({
            "id": key(signer),
            "type": "JsonWebKey2020",
            "controller": did,
            "publicKeyJwk": signer.jwk()
        })
    };
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1"],
        "id": did,
        "verificationMethod": signers.iter().map(method).collect::<Vec<_>>(),
        "assertionMethod": signers.iter().map(key).collect::<Vec<_>>()
    })
}

/// The OpenID configuration, as far as a verifier of credentials needs it.
pub fn openid_configuration(layout: &Layout) -> Value {
    json!({
        "issuer": layout.credential_issuer,
        "jwks_uri": layout.key_set,
        "token_endpoint": layout.token_endpoint,
        "response_types_supported": [],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"]
    })
}

/// The schema of a credential, before it became a JWT.
pub fn schema(credential: &Credential, layout: &Layout) -> Value {
    let kind = |value: &Value| match value {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) | Value::Null => "string",
    };
    let properties: Map<String, Value> = credential
        .dataset
        .iter()
        .map(|(name, value)| (name.clone(), json!({"type": kind(value)})))
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("{}/{}", layout.schemas, credential.id),
        "type": "object",
        "required": ["credentialSubject"],
        "properties": {"credentialSubject": {"type": "object", "properties": properties}}
    })
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
