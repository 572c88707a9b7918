//! Extensions are possible only where the unknown is ignored.

use crate::checks::{Acceptance, Check, Judge, Level, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "token/ignores-unknown-detail-members",
    aliases: &[],
    since: "2026.3",
    title: "unknown members of authorization details are ignored",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::authorization_details,
    spec: &["vci#authorization-details"],
    obligation: "a token request whose authorization details have a member that nobody defined is granted all the same",
    doc: "RFC 9396 has servers refuse details with unknown members; OpenID4VCI allows further members in details of type \
          `openid_credential`. A general library for authorization details may know the first rule only, and then \
          refuses wallets that speak an extension.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "details-unknown-member",
        stations: &[Station::Token],
    }),
};

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome, honest_as_metadata, with};
    use crate::transcript::Station;

    #[test]
    fn a_grant_holds_and_a_refusal_does_not() {
        let granted = json!({"access_token": "t", "token_type": "Bearer"});
        let stage = |status: u16, body: Value| {
            Stage::new()
                .as_metadata(with(
                    honest_as_metadata(),
                    "/authorization_details_types_supported",
                    json!(["openid_credential"]),
                ))
                .tampered("details-unknown-member", Station::Token, status, body)
                .answer_json(Station::Token, 200, granted.clone())
        };
        assert_holds(&super::CHECK, &stage(200, granted.clone()));
        let refused = stage(400, json!({ "error": "invalid_request" }));
        assert_outcome(&super::CHECK, &refused, Outcome::Warn);
    }
}
