//! W3C credentials made by hand, for the unit tests of these checks.

use serde_json::{Map, Value, json};

use crate::checks::staging::credentials::{NOW, TODAY, issuer_key, key, respond};
use crate::checks::staging::{ISSUER, Stage, honest_metadata, with};
use crate::jose::{JwtDraft, did};
use crate::transcript::Station;

/// The DID of the staged issuer.
pub const DID: &str = "did:web:issuer.example";
/// A key of a DID whose document nobody fetched.
pub const OTHER_DID: &str = "did:web:intranet.example#key-1";

/// A credential before it is signed.
#[derive(Clone, Debug)]
pub struct JwtPaper {
    pub draft: JwtDraft,
}

impl JwtPaper {
    /// An honest credential for the holder key of that number.
    pub fn honest(holder: u8) -> Self {
        let subject = did::jwk_url(&key(holder).public_jwk()).replace("#0", "");
        let id = format!("{ISSUER}/credentials/{holder}");
        let claims = json!({
            "iss": DID, "nbf": TODAY, "exp": TODAY + 30 * 86_400, "jti": id, "sub": subject,
            "vc": {
                "@context": ["https://www.w3.org/2018/credentials/v1"],
                "id": id,
                "type": ["VerifiableCredential", "Degree"],
                "issuer": DID,
                "issuanceDate": date(TODAY),
                "expirationDate": date(TODAY + 30 * 86_400),
                "credentialSubject": { "id": subject, "given_name": "Erika" }
            }
        });
        let mut draft = JwtDraft::new("JWT", &issuer_key(), object(claims));
        draft.header.insert("kid".into(), json!(format!("{DID}#key-1")));
        Self { draft }
    }

    /// With this claim beside `vc`; none for `null`.
    pub fn claim(mut self, name: &str, value: Value) -> Self {
        put(&mut self.draft.claims, name, value);
        self
    }

    /// With this member of `vc`; none for `null`.
    pub fn vc(mut self, name: &str, value: Value) -> Self {
        if let Some(Value::Object(vc)) = self.draft.claims.get_mut("vc") {
            put(vc, name, value);
        }
        self
    }

    /// With this header parameter; none for `null`.
    pub fn header(mut self, name: &str, value: Value) -> Self {
        put(&mut self.draft.header, name, value);
        self
    }

    /// As it is sent.
    pub fn text(&self) -> String {
        self.draft.compact()
    }
}

/// A scenario in which these credentials are issued to a request with a proof for each of the
/// holder keys 1 to n.
pub fn issued(papers: &[JwtPaper]) -> Stage {
    issued_texts(&papers.iter().map(JwtPaper::text).collect::<Vec<_>>(), papers.len())
}

/// A scenario in which these texts are issued to a request with that many proofs.
pub fn issued_texts(texts: &[String], proofs: usize) -> Stage {
    respond(documents(document()), texts, proofs)
}

/// The metadata of an issuer of degrees, under the id that staged requests ask for.
pub fn metadata() -> Value {
    let degree = json!({
        "format": "jwt_vc_json",
        "credential_definition": { "type": ["VerifiableCredential", "Degree"] },
        "cryptographic_binding_methods_supported": ["jwk", "did:jwk"],
        "credential_signing_alg_values_supported": ["ES256"],
        "proof_types_supported": { "jwt": { "proof_signing_alg_values_supported": ["ES256"] } }
    });
    with(honest_metadata(), "/credential_configurations_supported/pid", degree)
}

/// The DID document of the staged issuer, with a key for assertions and one that is not.
pub fn document() -> Value {
    let method = |name: &str| {
        json!({
            "id": format!("{DID}#{name}"),
            "type": "JsonWebKey2020",
            "controller": DID,
            "publicKeyJwk": issuer_key().public_jwk().to_value()
        })
    };
    json!({
        "id": DID,
        "verificationMethod": [method("key-1"), method("login")],
        "assertionMethod": [format!("{DID}#key-1"), "#key-1"]
    })
}

/// A scenario in which metadata, this DID document, and a key set were fetched.
pub fn documents(document: Value) -> Stage {
    let mut jwk = issuer_key().public_jwk().to_value();
    jwk["kid"] = json!("key-1");
    let keys = format!("{ISSUER}/keys");
    let configuration = json!({ "issuer": ISSUER, "jwks_uri": keys });
    let at = |path: &str| format!("{ISSUER}/.well-known/{path}");
    Stage::new()
        .issuer_metadata(metadata())
        .answer_json(Station::DidDocument, 200, document)
        .sent("GET", &at("did.json"), &[], "")
        .answer_json(Station::OpenidConfiguration, 200, configuration)
        .sent("GET", &at("openid-configuration"), &[], "")
        .answer_json(Station::KeySet, 200, json!({ "keys": [jwk] }))
        .sent("GET", &keys, &[], "")
}

fn date(second: i64) -> String {
    jiff::Timestamp::from_second(second).map(|moment| moment.to_string()).unwrap_or_default()
}

fn put(object: &mut Map<String, Value>, name: &str, value: Value) {
    object.shift_remove(name);
    if !value.is_null() {
        object.insert(name.into(), value);
    }
}

fn object(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

const _: () = assert!(TODAY < NOW);
