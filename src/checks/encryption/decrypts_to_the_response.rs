//! Inside is what would have come in clear.

use serde_json::Value;

use super::{announces_responses, in_message};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, shape};
use crate::jose::jwe::ECDH_ES;
use crate::jose::{Jwe, JweError, PrivateKey, base64url};
use crate::protocol::{CredentialResponse, WantedEncryption};
use crate::transcript::{Exchange, Station};

pub static CHECK: Check = Check {
    id: "encryption/decrypts-to-the-response",
    aliases: &[],
    since: "2026.3",
    title: "an encrypted answer decrypts to the credential response",
    level: Level::Must,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#encrypted-messages", "vci#credential-response"],
    obligation: "an encrypted credential response opens with the key that the wallet sent, and holds the JSON of a credential response",
    doc: "What goes wrong here is in the details of key agreement: `apu` and `apv` that are in \
          the header and not in the key derivation, a derived key of the wrong length, a tag \
          that covers a header that was written differently, an initialization vector of 16 \
          instead of 12 octets. Or the content is right and wrapped: in a `payload`, in a \
          signed JWT, in a string.\n\n\
          Use a JOSE library for the whole message instead of putting it together, and encrypt \
          exactly the bytes that would have been the body.",
    judge: Judge::Answers(Station::Credential, decrypts_to_the_response),
};

fn decrypts_to_the_response(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_message(answered, |jwe, wanted| {
        if jwe.algorithm() != Some(ECDH_ES) || jwe.algorithm() != wanted.of_key("alg") {
            return Finding::Silent("it is by another algorithm than the wallet speaks");
        }
        if jwe.encrypted_key_length() > 0 {
            return Finding::Silent("it carries an encrypted key, where there can be none");
        }
        let expected = "a credential response inside";
        let Some(key) = key(answered.exchange, wanted, scene) else {
            return Finding::Silent("the key is not in the evidence");
        };
        match content(jwe, &key) {
            Err(error) => Finding::breaks(expected, error.to_string()),
            Ok(Some(json)) if CredentialResponse::new(&json).is_granted() => Finding::Holds,
            Ok(json) => Finding::breaks(expected, told(json.as_ref())),
        }
    })
}

/// What is inside, as JSON if it is JSON.
fn content(jwe: &Jwe, key: &PrivateKey) -> Result<Option<Value>, JweError> {
    jwe.open(key).map(|content| serde_json::from_slice(&content).ok())
}

/// The private half of the key that the request names.
pub(super) fn key(
    exchange: &Exchange,
    wanted: WantedEncryption<'_>,
    scene: &Scene<'_>,
) -> Option<PrivateKey> {
    let kid = wanted.of_key("kid");
    let own = scene.transcript.wallets.iter().filter(|wallet| wallet.name == exchange.wallet);
    let mut keys = own.flat_map(|wallet| &wallet.decryption_keys);
    let jwk = keys.find(|key| key.get("kid").and_then(Value::as_str) == kid)?;
    let private = base64url::decode(jwk.get("d")?.as_str()?).ok()?;
    PrivateKey::from_bytes(&private).ok()
}

fn told(json: Option<&Value>) -> String {
    match json {
        Some(Value::Object(members)) => {
            let names: Vec<String> =
                members.keys().take(6).map(|name| shape::quote(name)).collect();
            format!("an object with {}", names.join(", "))
        }
        Some(json) => shape::kind(Some(json)).to_owned(),
        None => "no JSON".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::super::staged::{answered, draft, sent, stage};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::jose::JweDraft;
    use crate::jose::jwe::Damage;

    #[test]
    fn the_response_is_inside() {
        assert_holds(&super::CHECK, &sent(&draft()));
        assert_holds(&super::CHECK, &sent(&draft().compressed()));
        let broken = JweDraft { damage: Damage::Tag, ..draft() };
        assert_breaks(&super::CHECK, &sent(&broken), "tag does not fit");
    }

    #[test]
    fn something_else_inside_breaks() {
        for (inside, says) in
            [(r#"{"payload":{}}"#, "\"payload\""), ("eyJ.e.s", "no JSON"), ("[]", "an array")]
        {
            let text = draft().seal(inside.as_bytes()).unwrap();
            assert_breaks(&super::CHECK, &answered(stage(), None, &text), says);
        }
    }

    #[test]
    fn another_algorithm_is_judged_elsewhere() {
        let mut other = draft();
        other.header.insert("alg".into(), "RSA-OAEP".into());
        let stage = sent(&other);
        assert_outcome(&super::CHECK, &stage, Outcome::NotTestable);
    }
}
