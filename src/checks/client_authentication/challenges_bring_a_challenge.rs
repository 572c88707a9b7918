//! Who asks for a challenge sends it along.

use super::attested_clients;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene};

pub static CHECK: Check = Check {
    id: "client-authentication/challenges-bring-a-challenge",
    aliases: &[],
    since: "2026.3",
    title: "use_attestation_challenge brings a challenge",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-6.2", "abca#section-8.1"],
    obligation: "an answer with use_attestation_challenge has the header OAuth-Client-Attestation-Challenge",
    doc: "The code alone tells a wallet to sign again with a challenge and not with \
          which. Where there is no challenge endpoint it can never find out.\n\n\
          Put a fresh challenge into the header `OAuth-Client-Attestation-Challenge` \
          of each such answer, and see that gateways let it through.",
    judge: Judge::Transcript(challenges_bring_a_challenge),
};

fn challenges_bring_a_challenge(scene: &Scene<'_>) -> Finding {
    let mut holds = false;
    for answered in scene.answered() {
        if answered.error_code().as_deref() != Some("use_attestation_challenge") {
            continue;
        }
        if answered.answer.headers.get("oauth-client-attestation-challenge").is_none() {
            let breach = Breach::new(
                "OAuth-Client-Attestation-Challenge",
                "use_attestation_challenge without the header",
            );
            return Finding::Breaks(breach.at([answered.exchange.number]));
        }
        holds = true;
    }
    match holds {
        true => Finding::Holds,
        false => Finding::Exempt("no answer asked for a challenge"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::attested;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn the_header_is_needed() {
        let body = json!({ "error": "use_attestation_challenge" });
        let without = attested("client-proof-missing-challenge", 400, body);
        assert_breaks(&super::CHECK, &without, "without the header");
        let mut with = without;
        for exchange in &mut with.transcript().exchanges {
            if let crate::transcript::Received::Answer(answer) = &mut exchange.received {
                answer.headers.push("oauth-client-attestation-challenge", "c");
            }
        }
        assert_holds(&super::CHECK, &with);
    }

    #[test]
    fn challenges_are_optional() {
        let body = json!({ "error": "invalid_client" });
        let stage = attested("client-attestation-missing", 401, body);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}
