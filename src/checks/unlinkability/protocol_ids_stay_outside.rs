//! What was said on the way stays on the way.

use std::collections::HashMap;

use serde_json::Value;

use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::CredentialOffer;

pub static CHECK: Check = Check {
    id: "unlinkability/protocol-ids-stay-outside",
    aliases: &[],
    since: "2026.3",
    title: "ids of the protocol are not in the credential",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["vci#section-15.4.1"],
    obligation: "no code, token, nonce, notification_id or transaction_id of the issuance occurs in an issued SD-JWT VC",
    doc: "These values are unique to one issuance, and issuer and authorization server keep them in their logs. In \
          a credential they lead every verifier that sees them back to that issuance, and secrets among \
          them have no business with verifiers at all. The usual case is a `jti` or a serial number that is \
          the `notification_id` or the transaction's id, because it was at hand.\n\n\
          Give each credential an identifier of its own, or none.",
    judge: Judge::Transcript(protocol_ids_stay_outside),
};

/// Shorter values may be in a credential by chance.
const SHORTEST: usize = 8;
/// Members of answers that name an issuance.
const MEMBERS: &[&str] =
    &["access_token", "refresh_token", "c_nonce", "notification_id", "transaction_id"];

fn protocol_ids_stay_outside(scene: &Scene<'_>) -> Finding {
    let ids = ids(scene);
    let mut seen = false;
    for issued in scene.issued() {
        for (_, opened) in issued.sd_jwts() {
            let Ok(unpacked) = &opened.unpacked else { continue };
            seen = true;
            let mut values = Vec::new();
            unpacked.claims.values().for_each(|value| texts(value, &mut values));
            if let Some(name) = values.into_iter().find_map(|value| ids.get(value)) {
                let breach =
                    Breach::new("nothing of the issuance in the credential", format!("its {name}"));
                return Finding::Breaks(breach.at([issued.exchange]));
            }
        }
    }
    if seen { Finding::Holds } else { Finding::Silent("no SD-JWT VC was issued") }
}

/// What names this issuance, with what it is called.
fn ids(scene: &Scene<'_>) -> HashMap<String, &'static str> {
    let mut ids = HashMap::new();
    for answered in scene.answered() {
        for member in MEMBERS {
            if let Some(value) = answered.member(member).and_then(Value::as_str) {
                ids.insert(value.to_owned(), *member);
            }
        }
    }
    for offer in scene.transcript.offers.iter().filter_map(|offer| offer.object.as_ref()) {
        if let Some(code) = CredentialOffer::new(offer).pre_authorized_code() {
            ids.insert(code.to_owned(), "pre-authorized_code");
        }
    }
    ids.retain(|value, _| value.len() >= SHORTEST);
    ids
}

/// Every text in a claim. Claims are nested to a bound.
fn texts<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(elements) => elements.iter().for_each(|value| texts(value, found)),
        Value::Object(members) => members.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use crate::transcript::Station;
    use serde_json::json;

    #[test]
    fn an_id_of_its_own_holds_and_one_of_the_protocol_warns() {
        let stage =
            |jti: &str| {
                let nonce = json!({ "c_nonce": "a-nonce-of-the-issuance" });
                issued(&[Paper::honest(1).claim("document", json!({ "numbers": [jti] }))])
                    .answer_json(Station::Nonce, 200, nonce)
            };
        assert_holds(&super::CHECK, &stage("T22000129"));
        assert_breaks(&super::CHECK, &stage("a-nonce-of-the-issuance"), "its c_nonce");
    }
}
