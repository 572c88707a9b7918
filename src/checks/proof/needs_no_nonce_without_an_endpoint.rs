//! What nobody can get, nobody has to send.

use crate::checks::{
    Answered, Applies, Breach, Check, Finding, Judge, Level, Requested, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "proof/needs-no-nonce-without-an-endpoint",
    aliases: &[],
    since: "2026.3",
    title: "without a Nonce Endpoint, a key proof without nonce is good",
    level: Level::Must,
    raised_by: &[],
    applies: where_there_is_no_endpoint,
    spec: &["vci#nonce-endpoint", "vci#credential-issuer-parameters"],
    obligation: "an issuer that publishes no nonce_endpoint takes key proofs without a nonce",
    doc: "Whoever wants a `c_nonce` in proofs offers a Nonce Endpoint, and an issuer without one says that it wants none. It \
          often has the endpoint and forgot it in the metadata, or still hands the nonce out with the token, as \
          drafts until 14 had it: a wallet of 1.0 does not look there.\n\n\
          Publish `nonce_endpoint`, or let proofs without `nonce` pass. A refusal by `invalid_nonce` is plain; one by \
          `invalid_proof` warns, for the proof may have been refused for something else.",
    judge: Judge::Answers(Station::Credential, needs_no_nonce_without_an_endpoint),
};

fn needs_no_nonce_without_an_endpoint(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let requested = Requested::read(answered.exchange, scene);
    let proofs = requested.map(|requested| requested.proofs).unwrap_or_default();
    if proofs.is_empty() {
        return Finding::Silent("the request has no proof");
    }
    if proofs.iter().flatten().any(|proof| proof.nonce().is_some()) {
        return Finding::Exempt("the proofs have the nonce that came with the token");
    }
    if answered.answer.is_success() && answered.grants_something() {
        return Finding::Holds;
    }
    let breach = || Breach::new("credentials for a proof without nonce", answered.summary());
    match answered.error_code().as_deref() {
        Some("invalid_nonce") => Finding::Breaks(breach()),
        Some("invalid_proof") => {
            Finding::Warns(breach(), "the proof may have been refused for something else")
        }
        _ => Finding::Silent("the request was refused for something else"),
    }
}

fn where_there_is_no_endpoint(scene: &Scene<'_>) -> Applies {
    match applicability::nonce_endpoint(scene) {
        Applies::Yes if scene.issuer_metadata().is_some() => {
            Applies::No("nonce_endpoint is advertised".to_owned())
        }
        _ => applicability::key_proofs(scene),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata, without,
    };
    use crate::transcript::Station;

    /// `{"alg":"none"}`, `{}`, no signature.
    const BARE: &str = "eyJhbGciOiJub25lIn0.e30.";

    fn asked(metadata: Value, status: u16, answer: Value) -> Stage {
        let body = json!({ "credential_configuration_id": "pid", "proofs": { "jwt": [BARE] } });
        let stage = Stage::new().issuer_metadata(metadata);
        stage.answer_json(Station::Credential, status, answer).sent(
            "POST",
            "https://issuer.example/credential",
            &[],
            &body.to_string(),
        )
    }

    #[test]
    fn a_credential_holds_and_a_refusal_breaks_by_its_code() {
        let metadata = || without(honest_metadata(), "/nonce_endpoint");
        let granted = json!({ "credentials": [{ "credential": "a~" }] });
        assert_holds(&super::CHECK, &asked(metadata(), 200, granted));
        for (code, outcome) in [("invalid_nonce", Outcome::Fail), ("invalid_proof", Outcome::Warn)]
        {
            let refused = asked(metadata(), 400, json!({ "error": code }));
            assert_breaks(&super::CHECK, &refused, code);
            assert_outcome(&super::CHECK, &refused, outcome);
        }
    }

    #[test]
    fn who_has_the_endpoint_is_not_concerned() {
        let refused = asked(honest_metadata(), 400, json!({ "error": "invalid_nonce" }));
        assert_outcome(&super::CHECK, &refused, Outcome::NotApplicable);
    }
}
