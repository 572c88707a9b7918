//! What can be wrong with an encrypted credential request, and with what it asks of the answer.

use serde_json::{Map, Value, json};

use super::Tamper;
use crate::jose::jwe::{DEFLATE, Damage};
use crate::jose::{JweDraft, PrivateKey};
use crate::transcript::Station;
use crate::wallet::dpop::fresh_identifier;
use crate::wallet::draft::{Content, Draft};
use crate::wallet::session::Session;

/// What a bomb inflates to, in octets: more than any credential request.
const BOMB: usize = 10 << 20;
/// An algorithm that nobody has heard of.
const UNKNOWN: &str = "VCISPEC-UNKNOWN";

const fn row(
    name: &'static str,
    says: &'static str,
    change: fn(&mut Draft, &Session) -> Result<String, String>,
) -> Tamper {
    Tamper { name, says, at: &[Station::Credential], resends: false, change }
}

/// The rows of encryption.
pub const TAMPERS: &[Tamper] = &[
    row("encryption-missing-jwk", "asks for encryption without a key", |draft, _| {
        wanted(draft)?.shift_remove("jwk");
        Ok("credential_response_encryption has no jwk".into())
    }),
    row("encryption-missing-enc", "asks for encryption without enc", |draft, _| {
        wanted(draft)?.shift_remove("enc");
        Ok("credential_response_encryption has no enc".into())
    }),
    row("encryption-key-without-alg", "asks with a key that states no alg", |draft, _| {
        key(draft)?.shift_remove("alg");
        Ok("credential_response_encryption.jwk has no alg".into())
    }),
    row("encryption-unknown-alg", "asks with a key of an unknown algorithm", |draft, _| {
        key(draft)?.insert("alg".into(), json!(UNKNOWN));
        Ok(format!("credential_response_encryption.jwk has the alg {UNKNOWN}"))
    }),
    row("encryption-unknown-enc", "asks for an unknown content encryption", |draft, _| {
        wanted(draft)?.insert("enc".into(), json!(UNKNOWN));
        Ok(format!("credential_response_encryption has the enc {UNKNOWN}"))
    }),
    row(
        "encryption-unannounced-zip",
        "asks for a compression that is not announced",
        |draft, session| {
            let metadata = session.issuer.as_ref().ok_or("the metadata is not known")?;
            let offered = metadata.credential().response_encryption();
            let is_announced =
                offered.is_some_and(|offered| offered.compressions().contains(&DEFLATE));
            let zip = if is_announced { UNKNOWN } else { DEFLATE };
            wanted(draft)?.insert("zip".into(), json!(zip));
            Ok(format!("credential_response_encryption has the zip {zip}"))
        },
    ),
    row("encryption-private-key", "sends the private key for the answer", |draft, _| {
        let private = draft.opens_with.as_ref().map(PrivateKey::private_jwk);
        let private = private.and_then(|mut members| members.shift_remove("d"));
        let private = private.ok_or("no encrypted answer is asked for")?;
        key(draft)?.insert("d".into(), private);
        Ok("credential_response_encryption.jwk contains d".into())
    }),
    row("encryption-key-for-signatures", "asks with a key for signatures", |draft, _| {
        key(draft)?.insert("use".into(), json!("sig"));
        Ok("credential_response_encryption.jwk has the use sig".into())
    }),
    row("encryption-stray-alg", "adds the alg that drafts had beside the key", |draft, _| {
        wanted(draft)?.insert("alg".into(), json!("RSA-OAEP-256"));
        Ok("credential_response_encryption has an alg of its own, RSA-OAEP-256".into())
    }),
    row("encryption-not-asked-for", "does not ask for an encrypted answer", |draft, _| {
        wanted(draft)?;
        request(draft)?.shift_remove("credential_response_encryption");
        Ok("no credential_response_encryption".into())
    }),
    Tamper {
        at: &[Station::Credential, Station::Deferred],
        ..row("encryption-key-in-clear", "asks for an encrypted answer in clear", |draft, _| {
            wanted(draft)?;
            envelope(draft)?;
            draft.encryption = None;
            Ok("credential_response_encryption in a request that is not encrypted".into())
        })
    },
    Tamper {
        at: &[Station::Deferred],
        ..row("encryption-left-out", "asks for no encrypted answer any more", |draft, session| {
            let metadata = session.issuer.as_ref().ok_or("the metadata is not known")?;
            let offered = metadata.credential().response_encryption();
            if offered.is_some_and(|offered| offered.is_required()) {
                return Err("encrypted responses are required".into());
            }
            wanted(draft)?;
            request(draft)?.shift_remove("credential_response_encryption");
            draft.opens_with = None;
            Ok("no credential_response_encryption, as there was in the credential request".into())
        })
    },
    row("encryption-request-in-clear", "sends the request in clear", |draft, _| {
        envelope(draft)?;
        draft.encryption = None;
        Ok("the request is not encrypted".into())
    }),
    row("encryption-unknown-kid", "encrypts for a key that was never published", |draft, _| {
        let kid = fresh_identifier();
        envelope(draft)?.header.insert("kid".into(), json!(kid));
        Ok(format!("kid is {kid}"))
    }),
    row("encryption-bad-tag", "turns one bit of the authentication tag", |draft, _| {
        envelope(draft)?.damage = Damage::Tag;
        Ok("one bit of the tag is turned".into())
    }),
    row("encryption-foreign-key", "encrypts with another key under a published kid", |draft, _| {
        let foreign = PrivateKey::generate().map_err(|error| error.to_string())?;
        envelope(draft)?.recipient = foreign.public_jwk();
        Ok("encrypted for a fresh key, kid is that of a published one".into())
    }),
    row("encryption-truncated", "leaves out the last segment", |draft, _| {
        envelope(draft)?.damage = Damage::Truncated;
        Ok("four segments, the tag is missing".into())
    }),
    row("encryption-json-as-jwt", "sends JSON under the media type of a JWT", |draft, _| {
        envelope(draft)?;
        draft.encryption = None;
        draft.headers.push("content-type", "application/jwt");
        Ok("JSON labelled application/jwt".into())
    }),
    row(
        "encryption-bomb",
        "sends ten megabytes, compressed to a few kilobytes",
        |draft, session| {
            let metadata = session.issuer.as_ref().ok_or("the metadata is not known")?;
            let offered = metadata.credential().request_encryption();
            if !offered.is_some_and(|offered| offered.compressions().contains(&DEFLATE)) {
                return Err(
                    "zip_values_supported of credential_request_encryption does not list DEF"
                        .into(),
                );
            }
            let bomb = envelope(draft)?.clone().compressed();
            draft.encryption = Some(bomb);
            let mut request = request(draft)?.clone();
            if let Some(proofs) = draft.proofs() {
                request.insert("proofs".into(), proofs);
            }
            draft.key_proofs.clear();
            draft.key_attestations.clear();
            let request = Value::Object(request).to_string();
            draft.content = Content::Text(format!("{request}{}", " ".repeat(BOMB)));
            Ok(format!("the request and {BOMB} spaces, compressed"))
        },
    ),
];

fn request(draft: &mut Draft) -> Result<&mut Map<String, Value>, String> {
    match &mut draft.content {
        Content::Json(Value::Object(object)) => Ok(object),
        _ => Err("the request is not a JSON object".to_owned()),
    }
}

fn wanted(draft: &mut Draft) -> Result<&mut Map<String, Value>, String> {
    let wanted = request(draft)?.get_mut("credential_response_encryption");
    let wanted = wanted.and_then(Value::as_object_mut);
    wanted.ok_or_else(|| "no encrypted answer is asked for".to_owned())
}

fn key(draft: &mut Draft) -> Result<&mut Map<String, Value>, String> {
    let key = wanted(draft)?.get_mut("jwk").and_then(Value::as_object_mut);
    key.ok_or_else(|| "no key for the answer is sent".to_owned())
}

fn envelope(draft: &mut Draft) -> Result<&mut JweDraft, String> {
    draft.encryption.as_mut().ok_or_else(|| "the request is not encrypted".to_owned())
}
