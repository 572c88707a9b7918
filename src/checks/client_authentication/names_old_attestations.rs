//! Who is told that an attestation is too old can fetch a new one.

use super::attested_clients;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene};

pub static CHECK: Check = Check {
    id: "client-authentication/names-old-attestations",
    aliases: &[],
    since: "2026.3",
    title: "an attestation that is too old is named so",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-6.2", "abca#section-9"],
    obligation: "an attestation that is not expired and yet refused for its age is answered with use_fresh_attestation",
    doc: "How old an attestation may be is the server's own policy. A wallet that is \
          told `invalid_client` gives up, though a fresh attestation would have been \
          enough; `use_fresh_attestation` is prescribed.\n\n\
          The attestation of this test was made twenty hours ago and is not expired. Accept \
          it, or answer `use_fresh_attestation`. Any other refusal warns: its reason may be \
          another than the age.",
    judge: Judge::Transcript(names_old_attestations),
};

fn names_old_attestations(scene: &Scene<'_>) -> Finding {
    let Some(answered) = scene.tampered("client-attestation-old").next() else {
        return Finding::Silent("no old attestation was sent");
    };
    if answered.grants_something() {
        return Finding::HoldsAsFar(
            "an attestation made twenty hours ago is fresh enough here".into(),
        );
    }
    if !scene.granted(crate::transcript::Station::Token).any(|one| one.grants_something()) {
        return Finding::Silent("the same request with a new attestation was not granted either");
    }
    match answered.error_code().as_deref() {
        Some("use_fresh_attestation") => Finding::Holds,
        Some("use_attestation_challenge") => {
            Finding::Silent("the server asked for a challenge before it looked at the age")
        }
        _ => {
            let breach = Breach::new("use_fresh_attestation, or a token", answered.summary())
                .at([answered.exchange.number]);
            match answered.answer.status {
                500.. => Finding::Breaks(breach),
                _ => Finding::Warns(breach, "it may be refused for something else than its age"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::attested;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn granted_and_named_hold() {
        let answer = |status, body| attested("client-attestation-old", status, body);
        assert_holds(&super::CHECK, &answer(200, json!({ "access_token": "t" })));
        assert_holds(&super::CHECK, &answer(400, json!({ "error": "use_fresh_attestation" })));
        let invalid = answer(400, json!({ "error": "invalid_client" }));
        assert_breaks(&super::CHECK, &invalid, "invalid_client");
        assert_outcome(&super::CHECK, &invalid, Outcome::Warn);
        let challenged = answer(400, json!({ "error": "use_attestation_challenge" }));
        assert_outcome(&super::CHECK, &challenged, Outcome::NotTestable);
    }
}
