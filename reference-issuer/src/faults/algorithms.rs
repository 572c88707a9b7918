//! Faults of credentials under other algorithms than the usual one: what libraries for P-256 make of them.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use super::{Fault, Stage};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "credential-signature-cut-short",
        station: "sd-jwt",
        stage: Stage::Signed(|credential| match credential.contains('~') {
            true => resized(&credential, |signature| signature.truncate(63)),
            false => credential,
        }),
        config: "algorithms",
        says: "The signature of the credential is cut short, whatever its algorithm",
        caught_by: &["sd-jwt/signature-verifies"],
    },
    Fault {
        name: "credential-alg-of-another-key",
        station: "sd-jwt",
        stage: Stage::Packed(|packed, context| misname(packed.header(context))),
        config: "algorithms",
        says: "The alg of the credential is not one of its key",
        caught_by: &["sd-jwt/signature-verifies", "sd-jwt/alg-is-announced"],
    },
    Fault {
        name: "jwt-vc-signature-too-long",
        station: "jwt-vc",
        stage: Stage::Signed(|credential| {
            match credential.contains('.') && !credential.contains('~') {
                true => resized(&credential, |signature| signature.push(0)),
                false => credential,
            }
        }),
        config: "algorithms",
        says: "The signature of the W3C credential has an octet too many",
        caught_by: &["jwt-vc/signature-verifies"],
    },
    Fault {
        name: "jwt-vc-alg-of-another-key",
        station: "jwt-vc",
        stage: Stage::JwtVc(|unsigned, _| misname(&mut unsigned.header)),
        config: "algorithms",
        says: "The alg of the W3C credential is not one of its key",
        caught_by: &["jwt-vc/signature-verifies", "jwt-vc/alg-is-announced"],
    },
];

/// Signed as it should be, and then with a signature of another length.
fn resized(credential: &str, resize: impl Fn(&mut Vec<u8>)) -> String {
    let (signed, disclosures) = match credential.split_once('~') {
        Some((signed, disclosures)) => (signed, format!("~{disclosures}")),
        None => (credential, String::new()),
    };
    let (input, signature) = signed.rsplit_once('.').unwrap_or((signed, ""));
    let mut signature = URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
    resize(&mut signature);
    format!("{input}.{}{disclosures}", URL_SAFE_NO_PAD.encode(signature))
}

/// Says EdDSA of a key on a curve for ECDSA, and the other way round.
fn misname(header: &mut Map<String, Value>) {
    let is_ecdsa =
        header.get("alg").and_then(Value::as_str).is_some_and(|alg| alg.starts_with("ES"));
    header.insert("alg".to_owned(), json!(if is_ecdsa { "EdDSA" } else { "ES384" }));
}
