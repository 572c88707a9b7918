//! SD-JWT VCs made by hand, for the unit tests of the checks that open them.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::checks::staging::{ISSUER, Stage, honest_metadata};
use crate::formats::HashAlgorithm;
use crate::jose::{JwtDraft, PrivateKey, base64url};
use crate::protocol::PROOF_TYP;
use crate::transcript::{Received, Station};

/// When staged credentials are received, in seconds since the Unix epoch: on no round time.
pub const NOW: i64 = 1_800_000_123;
/// The start of that day.
pub const TODAY: i64 = 1_799_971_200;
/// A self-signed CA.
pub const CA: &str = "MIIBKTCB0KADAgECAgEBMAoGCCqGSM49BAMCMBQxEjAQBgNVBAMMCVN0YWdlZCBDQTAeFw03MDAxMDEwMDAwMDBaFw00OTEyMzEwMDAwMDBaMBQxEjAQBgNVBAMMCVN0YWdlZCBDQTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABEKtlx0DfRqyvt/OPxf5fbrRIF6nzHWgT/WC3cpWoL84H9ul5SQtUc52DyfAPhI3nYNy2cHJz5uqsdVYsRfHuQGjEzARMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAMHUMxhJc/VjZNffXIBs1WtEDewO0Or3yA61BpeQGUJXAiANj1L5msQ5wgHTZbXK6rImYfzEaBlBMqEIM0mxMw/GxA==";
/// The certificate of the staged issuer's key, signed by the CA.
pub const LEAF: &str = "MIIBKzCB0aADAgECAgECMAoGCCqGSM49BAMCMBQxEjAQBgNVBAMMCVN0YWdlZCBDQTAeFw03MDAxMDEwMDAwMDBaFw00OTEyMzEwMDAwMDBaMBgxFjAUBgNVBAMMDVN0YWdlZCBJc3N1ZXIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQgnDF7Y3k13T2hxU9jSV37Mfl9KT3whXEDIFlcmqy4P93kxp/Begx0wgzGkmYvBJiSujekukfSxwzYqZmGOR+boxAwDjAMBgNVHRMBAf8EAjAAMAoGCCqGSM49BAMCA0kAMEYCIQCYJM2nf6xTSYMYxN1cesJc7pYAP02Dk2qsKsOyUg0KIQIhAKeyoXOi8WhtE634zL7qji7kHPDmn1BDVV0X/VnBLEDK";

/// A credential before it is signed.
#[derive(Clone, Debug)]
pub struct Paper {
    pub draft: JwtDraft,
    pub disclosures: Vec<Value>,
    /// The digests in `_sd`, where they are not to be those of the disclosures.
    pub digests: Option<Vec<String>>,
    /// What stands at the end.
    pub ending: &'static str,
}

impl Paper {
    /// An honest credential for the holder key of that number.
    pub fn honest(holder: u8) -> Self {
        let claims = json!({
            "iss": ISSUER,
            "vct": "https://issuer.example/vct/pid",
            "iat": TODAY,
            "exp": TODAY + 30 * 86_400,
            "cnf": { "jwk": key(holder).public_jwk().to_value() },
            "nationality": "DE"
        });
        let mut draft = JwtDraft::new("dc+sd-jwt", &issuer_key(), object(claims));
        draft.header.insert("kid".into(), json!("key-1"));
        Self {
            draft,
            disclosures: vec![
                json!([format!("salt-{holder}-1"), "given_name", "Erika"]),
                json!([format!("salt-{holder}-2"), "family_name", "Mustermann"]),
            ],
            digests: None,
            ending: "~",
        }
    }

    /// With this claim in clear; none for `null`.
    pub fn claim(mut self, name: &str, value: Value) -> Self {
        self.draft.claims.shift_remove(name);
        if !value.is_null() {
            self.draft.claims.insert(name.into(), value);
        }
        self
    }

    /// With this header parameter; none for `null`.
    pub fn header(mut self, name: &str, value: Value) -> Self {
        self.draft.header.shift_remove(name);
        if !value.is_null() {
            self.draft.header.insert(name.into(), value);
        }
        self
    }

    /// With this disclosure too.
    pub fn disclosure(mut self, disclosure: Value) -> Self {
        self.disclosures.push(disclosure);
        self
    }

    /// As it is sent.
    pub fn text(&self) -> String {
        let encoded: Vec<String> =
            self.disclosures.iter().map(|one| base64url::encode(one.to_string())).collect();
        let digests = self.digests.clone().unwrap_or_else(|| {
            encoded.iter().map(|one| HashAlgorithm::Sha256.digest(one)).collect()
        });
        let mut draft = self.draft.clone();
        draft.claims.insert("_sd".into(), json!(digests));
        let mut parts = vec![draft.compact()];
        parts.extend(encoded);
        parts.join("~") + self.ending
    }
}

/// A scenario in which these credentials are issued to a request with a proof for each of the
/// holder keys 1 to n.
pub fn issued(papers: &[Paper]) -> Stage {
    issued_texts(&papers.iter().map(Paper::text).collect::<Vec<_>>(), papers.len())
}

/// A scenario in which these credentials are issued to a request with that many proofs.
pub fn issued_texts(texts: &[String], proofs: usize) -> Stage {
    let stage = Stage::new().issuer_metadata(honest_metadata());
    respond(key_set(stage), texts, proofs)
}

/// Adds the JWT VC Issuer Metadata with the issuer's key.
fn key_set(stage: Stage) -> Stage {
    let mut jwk = issuer_key().public_jwk().to_value();
    jwk["kid"] = json!("key-1");
    let metadata = json!({ "issuer": ISSUER, "jwks": { "keys": [jwk] } });
    let url = format!("{ISSUER}/.well-known/jwt-vc-issuer");
    stage.answer_json(Station::JwtVcIssuer, 200, metadata).sent("GET", &url, &[], "")
}

/// Adds a credential response with these credentials, to a request with that many proofs.
pub fn respond(stage: Stage, texts: &[String], proofs: usize) -> Stage {
    let credentials: Vec<Value> = texts.iter().map(|text| json!({ "credential": text })).collect();
    let jwts: Vec<String> = (1..=proofs).map(|n| proof(u8::try_from(n).unwrap_or(1))).collect();
    let body = json!({ "credential_configuration_id": "pid", "proofs": { "jwt": jwts } });
    stage
        .answer_json(Station::Credential, 200, json!({ "credentials": credentials }))
        .sent("POST", "https://issuer.example/credential", &[], &body.to_string())
        .last(|exchange| {
            if let Received::Answer(answer) = &mut exchange.received {
                answer.at = Timestamp::from_second(NOW).unwrap_or(Timestamp::UNIX_EPOCH);
            }
        })
}

/// A key proof by the holder key of that number.
pub fn proof(holder: u8) -> String {
    let key = key(holder);
    let claims = json!({ "aud": ISSUER, "iat": NOW, "nonce": "n" });
    let mut draft = JwtDraft::new(PROOF_TYP, &key, object(claims));
    draft.header.insert("jwk".into(), key.public_jwk().to_value());
    draft.compact()
}

/// The holder key of that number.
pub fn key(holder: u8) -> PrivateKey {
    scalar(holder.saturating_add(100))
}

/// The key of the staged issuer.
pub fn issuer_key() -> PrivateKey {
    scalar(11)
}

#[expect(clippy::unwrap_used, reason = "a test may stop")]
fn scalar(octet: u8) -> PrivateKey {
    PrivateKey::from_bytes(&[octet; 32]).unwrap()
}

pub fn object(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}
