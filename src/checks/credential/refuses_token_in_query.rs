//! A token in a URL ends up in logs.

use crate::checks::{
    Check, CodeIn, Control, Expectation, Judge, Level, Profile, Refusal, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-token-in-query",
    aliases: &[],
    since: "2026.1",
    title: "an access token in the query is not accepted",
    level: Level::Note,
    raised_by: &[Profile::Haip],
    applies: applicability::always,
    spec: &["rfc6750#section-2.3", "fapi2#section-5.3.4"],
    obligation: "a credential request whose access token stands only in the query of the URL is refused",
    doc: "RFC 6750 allows servers to take `?access_token=` and advises against it; FAPI 2.0, and so \
          HAIP, forbids it. URLs are written to access logs, proxies and traces, and a token in \
          them is a token for everybody who reads logs.\n\n\
          Take tokens from the `Authorization` field alone. Many resource server libraries have a \
          switch for the query parameter: see that it is off.",
    judge: Judge::Refusal(Refusal {
        tamper: "token-in-query",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400, 401],
            codes: &[],
            tolerated: &[],
            code_in: CodeIn::Challenge,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use crate::checks::staging::{Stage, assert_outcome};
    use crate::checks::{Outcome, Policy, Profile, Profiles};
    use crate::transcript::Station;
    use serde_json::json;

    #[test]
    fn acceptance_is_noted_and_fails_under_haip() {
        let issued = json!({"credentials": [{"credential": "a~"}]});
        let accepted = Stage::new()
            .tampered("token-in-query", Station::Credential, 200, issued.clone())
            .answer_json(Station::Credential, 200, issued);
        assert_outcome(&super::CHECK, &accepted, Outcome::Note);
        let haip = Policy { profiles: Profiles::of([Profile::Haip]), ..Policy::default() };
        assert_outcome(&super::CHECK, &accepted.policy(haip), Outcome::Fail);
    }
}
