//! Up to draft 14, an error brought the next nonce along; since then there is an endpoint for it.

use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "nonce/errors-carry-no-nonce",
    aliases: &[],
    since: "2026.3",
    title: "an invalid_nonce error brings no new nonce",
    level: Level::Note,
    raised_by: &[],
    applies: applicability::nonce_endpoint,
    spec: &["vci#credential-request-errors", "vci#nonce-endpoint"],
    obligation: "a credential error response with invalid_nonce carries no c_nonce",
    doc: "A wallet of the final version goes to the Nonce Endpoint and never looks for a `c_nonce` in an error. \
          The member is a relic of drafts, and does no harm beyond a nonce that is made for nobody. Leave it \
          out when no wallet of those drafts is served any more.",
    judge: Judge::Transcript(errors_carry_no_nonce),
};

fn errors_carry_no_nonce(scene: &Scene<'_>) -> Finding {
    let errors: Vec<_> = scene
        .answered()
        .filter(|answered| answered.exchange.station == Station::Credential)
        .filter(|answered| answered.error_code().as_deref() == Some("invalid_nonce"))
        .collect();
    if errors.is_empty() {
        return Finding::Exempt("no error says invalid_nonce");
    }
    let relics: Vec<u32> = errors
        .iter()
        .filter(|answered| answered.member("c_nonce").is_some())
        .map(|answered| answered.exchange.number)
        .collect();
    if relics.is_empty() {
        return Finding::Holds;
    }
    Finding::Breaks(Breach::new("no c_nonce in the error", "c_nonce beside error").at(relics))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(body: Value) -> Stage {
        Stage::new().tampered("proof-unknown-nonce", Station::Credential, 400, body)
    }

    #[test]
    fn a_relic_is_noted() {
        assert_holds(&super::CHECK, &stage(json!({ "error": "invalid_nonce" })));
        let relic = stage(json!({ "error": "invalid_nonce", "c_nonce": "n" }));
        assert_breaks(&super::CHECK, &relic, "c_nonce");
        assert_outcome(&super::CHECK, &relic, Outcome::Note);
        let other = stage(json!({ "error": "invalid_proof" }));
        assert_outcome(&super::CHECK, &other, Outcome::NotApplicable);
    }
}
