//! Of two wishes that contradict each other none can be granted.

use super::INVALID_DETAILS;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-contradictory-claims",
    aliases: &[],
    since: "2026.3",
    title: "contradictory claims descriptions are refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::authorization_details,
    spec: &["vci#claims-description-processing", "rfc9396#section-5"],
    obligation: "authorization details that describe one claim twice are refused with invalid_authorization_details",
    doc: "A wallet says by `claims` in its authorization details which claims it wants, and whether it takes a \
          credential without them. Where one claim is described twice, or in ways that exclude each other, the \
          processing has to be aborted: whoever takes the first description, or the last, may grant what the \
          wallet said it does not take.\n\n\
          Compare the paths before anything is granted. A server that does not look at `claims` at all \
          is warned of here, too.",
    judge: Judge::Refusal(Refusal {
        tamper: "details-repeated-claim",
        expects: INVALID_DETAILS,
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome, honest_as_metadata, with};
    use crate::transcript::Station;

    fn granted() -> Value {
        json!({"access_token": "t", "token_type": "Bearer"})
    }

    fn stage(status: u16, body: Value) -> Stage {
        Stage::new()
            .as_metadata(with(
                honest_as_metadata(),
                "/authorization_details_types_supported",
                json!(["openid_credential"]),
            ))
            .tampered("details-repeated-claim", Station::Token, status, body)
            .answer_json(Station::Token, 200, granted())
    }

    #[test]
    fn a_refusal_holds_and_a_grant_does_not() {
        assert_holds(
            &super::CHECK,
            &stage(400, json!({ "error": "invalid_authorization_details" })),
        );
        assert_outcome(&super::CHECK, &stage(200, granted()), Outcome::Warn);
        assert_outcome(&super::CHECK, &stage(500, json!({})), Outcome::Warn);
    }
}
