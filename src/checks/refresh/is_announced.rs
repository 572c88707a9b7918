//! A wallet that keeps credentials fresh looks in the metadata whether it will be able to.

use super::issues_refresh_tokens;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::protocol::{REFRESH_TOKEN, TokenResponse};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "refresh/is-announced",
    aliases: &[],
    since: "2026.3",
    title: "the grant of refresh tokens is listed where they are issued",
    level: Level::Derived,
    raised_by: &[],
    applies: issues_refresh_tokens,
    spec: &["rfc8414#section-2", "vci#section-14.5"],
    obligation: "an authorization server that issues refresh tokens and publishes grant_types_supported lists refresh_token there",
    doc: "`grant_types_supported` is the list of what the token endpoint takes. A server that hands out a \
          `refresh_token` and does not list the grant says two things at once; wallets, and the scenarios \
          of this harness, go by the list and never try the token.\n\n\
          Add `refresh_token` to the list, or leave refresh tokens out of the response. The list is often \
          written by hand, next to a library that issues refresh tokens by default.",
    judge: Judge::Answers(Station::Token, is_announced),
};

fn is_announced(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let response = answered.json.map(TokenResponse::new);
    if response.and_then(|response| response.refresh_token()).is_none() {
        return Finding::Silent("the response carries no refresh_token");
    }
    let Some(server) = scene.as_metadata() else {
        return Finding::Silent("the authorization server metadata is not known");
    };
    if server.json().get("grant_types_supported").is_none() {
        return Finding::Exempt("grant_types_supported is left out");
    }
    Finding::expect(
        server.lists_grant(REFRESH_TOKEN),
        "refresh_token in grant_types_supported",
        "a refresh_token in the response, and no refresh_token in grant_types_supported",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::redeemed;
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_as_metadata, with, without,
    };
    use crate::transcript::Station;

    #[test]
    fn what_is_issued_is_listed() {
        let both = json!(["urn:ietf:params:oauth:grant-type:pre-authorized_code", "refresh_token"]);
        let listed = with(honest_as_metadata(), "/grant_types_supported", both);
        assert_holds(&super::CHECK, &redeemed("Bearer").as_metadata(listed));
        let stage = redeemed("Bearer").as_metadata(honest_as_metadata());
        assert_breaks(&super::CHECK, &stage, "no refresh_token in grant_types_supported");
        let bare = without(honest_as_metadata(), "/grant_types_supported");
        let stage = redeemed("Bearer").as_metadata(bare);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }

    #[test]
    fn a_server_without_refresh_tokens_is_not_concerned() {
        let token = json!({ "access_token": "a", "token_type": "Bearer" });
        let stage =
            Stage::new().as_metadata(honest_as_metadata()).answer_json(Station::Token, 200, token);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}
