//! Who asks without a name is refused, unless nameless wallets are invited.

use super::INVALID_REQUEST;
use crate::checks::{Applies, Check, Control, Expectation, Judge, Level, Refusal, Scene};
use crate::protocol::Feature;

pub static CHECK: Check = Check {
    id: "token/refuses-anonymous-client",
    aliases: &[],
    since: "2026.1",
    title: "an anonymous client is refused where anonymous access is not announced",
    level: Level::Derived,
    raised_by: &[],
    applies: where_not_announced,
    spec: &["vci#token-error-response", "vci#as-metadata"],
    obligation: "a token request without client_id is refused with invalid_client where anonymous access is not supported",
    doc: "`pre-authorized_grant_anonymous_access_supported` is `false` when it is absent. A server \
          that says so and yet serves a request without `client_id` has two policies, and the one \
          that is written down is not the one that is enforced.\n\n\
          Either publish `true`, or look `client_id` up before anything else and answer \
          `invalid_client`.",
    judge: Judge::Refusal(Refusal {
        tamper: "missing-client-id",
        expects: &[Expectation {
            status: &[400, 401],
            codes: &["invalid_client"],
            tolerated: &["invalid_request"],
            ..INVALID_REQUEST
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

fn where_not_announced(scene: &Scene<'_>) -> Applies {
    Applies::where_announced(scene, Feature::NoAnonymousAccess)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::token;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_outcome, honest_as_metadata};
    use crate::transcript::Station;

    fn granted(announced: bool) -> Stage {
        let mut metadata = honest_as_metadata();
        metadata["pre-authorized_grant_anonymous_access_supported"] = json!(announced);
        Stage::new()
            .as_metadata(metadata)
            .tampered("missing-client-id", Station::Token, 200, token("u"))
            .redeems("code", 200, token("t"))
    }

    #[test]
    fn a_token_warns_unless_anonymous_access_is_announced() {
        assert_outcome(&super::CHECK, &granted(false), Outcome::Warn);
        assert_outcome(&super::CHECK, &granted(true), Outcome::NotApplicable);
    }
}
