//! Faults of credentials under other algorithms than the usual one: what libraries for P-256 make of them.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use super::{Fault, Stage};
use crate::{
    cbor::Cbor,
    formats::mdoc::{ALG, Sealed},
};

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
    Fault {
        name: "mdoc-signature-cut-short",
        station: "mdoc",
        stage: Stage::MdocSigned(|whole| {
            let auth = whole.get_mut("issuerAuth").and_then(Cbor::array_mut);
            if let Some(Cbor::Bytes(signature)) = auth.and_then(|parts| parts.last_mut()) {
                signature.truncate(63);
            }
        }),
        config: "algorithms",
        says: "The signature of the mdoc is cut short, whatever its algorithm",
        caught_by: &["mdoc/signature-verifies"],
    },
    Fault {
        name: "mdoc-alg-of-another-key",
        station: "mdoc",
        stage: Stage::MdocSealed(|sealed| {
            renumber(sealed, |number| Cbor::Integer(if number == EDDSA { ES384 } else { EDDSA }));
        }),
        config: "algorithms",
        says: "The alg of the mdoc is not one of its key",
        caught_by: &["mdoc/signature-verifies", "mdoc/alg-is-announced"],
    },
    Fault {
        name: "mdoc-alg-fully-specified",
        station: "mdoc",
        stage: Stage::MdocSealed(|sealed| {
            renumber(sealed, |number| {
                Cbor::Integer(if number == EDDSA { ED25519 } else { ESP384 })
            });
        }),
        config: "algorithms",
        says: "The alg of the mdoc is the number that names the curve, too",
        caught_by: &["mdoc/alg-is-protected"],
    },
    Fault {
        name: "mdoc-alg-as-text",
        station: "mdoc",
        stage: Stage::MdocSealed(|sealed| {
            renumber(sealed, |number| if number == EDDSA { "EdDSA" } else { "ES384" }.into());
        }),
        config: "algorithms",
        says: "The alg of the mdoc is a name, as JOSE has it",
        caught_by: &["mdoc/alg-is-protected", "mdoc/signature-verifies"],
    },
];

/// Numbers of algorithms in COSE, those that leave the curve open and those that name it.
const EDDSA: i64 = -8;
const ES384: i64 = -35;
const ED25519: i64 = -19;
const ESP384: i64 = -51;

/// Puts something else where the protected header has the number of the algorithm.
fn renumber(sealed: &mut Sealed, other: fn(i64) -> Cbor) {
    let Cbor::Map(members) = &mut sealed.protected else { return };
    for (_, value) in members.iter_mut().filter(|(label, _)| *label == ALG) {
        if let Cbor::Integer(number) = *value {
            *value = other(number);
        }
    }
}

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
