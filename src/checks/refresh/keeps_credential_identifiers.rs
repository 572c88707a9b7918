//! A wallet keeps the identifiers with its credential; the renewal goes by the same names.

use std::collections::BTreeSet;

use super::{before, is_refresh};
use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Scene};
use crate::protocol::TokenResponse;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "refresh/keeps-credential-identifiers",
    aliases: &[],
    since: "2026.3",
    title: "credential identifiers stay the same across refreshes",
    level: Level::Note,
    raised_by: &[],
    applies: names_identifiers_and_refreshes,
    spec: &["vci#token-response", "vci#section-14.5"],
    obligation: "the credential_identifiers of a refreshed token include those of the token before",
    doc: "An identifier stands for one dataset of the holder. When a refresh makes up new ones, a wallet \
          cannot tell which credential it is renewing, and one that asks by the name it knows is refused. \
          Derive the identifiers from what was authorized and keep them with the grant, instead of drawing \
          them anew for each response. Leaving `authorization_details` out of the refreshed response is \
          fine: then the earlier ones go on.",
    judge: Judge::Answers(Station::Token, keeps_credential_identifiers),
};

fn names_identifiers_and_refreshes(scene: &Scene<'_>) -> Applies {
    match super::issues_refresh_tokens(scene) {
        Applies::Yes => Applies::when(
            scene.granted(Station::Token).next().is_none()
                || crate::checks::requested::names_identifiers(scene),
            "no token response names credential_identifiers",
        ),
        no => no,
    }
}

fn keeps_credential_identifiers(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    if !is_refresh(answered.exchange) {
        return Finding::Silent("no refresh was asked for");
    }
    let Some(response) = answered.json.map(TokenResponse::new) else {
        return Finding::Silent("no token was given");
    };
    let now = identifiers(response);
    let earlier = before(answered, scene).map(identifiers).find(|known| !known.is_empty());
    let Some(earlier) = earlier else {
        return Finding::Silent("the token before named no identifier");
    };
    if response.access_token().is_none() || now.is_empty() {
        return Finding::Exempt("the refreshed response names none: the earlier ones go on");
    }
    let lost: Vec<&str> = earlier.difference(&now).copied().collect();
    Finding::expect(
        lost.is_empty(),
        "every identifier of the token before",
        format!("{} of {} are gone, and {} are there", lost.len(), earlier.len(), now.len()),
    )
}

fn identifiers(response: TokenResponse<'_>) -> BTreeSet<&str> {
    let lists = response.authorization_details();
    let lists = lists.filter_map(|detail| detail.get("credential_identifiers")?.as_array());
    lists.flatten().filter_map(serde_json::Value::as_str).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::staged::redeemed;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Body;

    fn named(identifiers: &[&str]) -> Value {
        json!({"access_token": "a", "token_type": "Bearer", "refresh_token": "r", "authorization_details": [{
            "type": "openid_credential",
            "credential_configuration_id": "pid",
            "credential_identifiers": identifiers
        }]})
    }

    fn stage(then: Value) -> Stage {
        let first = redeemed("Bearer").last(|exchange| {
            if let crate::transcript::Received::Answer(answer) = &mut exchange.received {
                answer.body = Body::from(named(&["one", "two"]).to_string().as_str());
            }
        });
        first.refreshed(200, then)
    }

    #[test]
    fn they_stay_or_are_left_out() {
        assert_holds(&super::CHECK, &stage(named(&["two", "one", "three"])));
        assert_breaks(&super::CHECK, &stage(named(&["one", "new"])), "1 of 2 are gone");
        let bare = stage(json!({"access_token": "a2", "token_type": "Bearer"}));
        assert_outcome(&super::CHECK, &bare, Outcome::NotApplicable);
    }

    #[test]
    fn without_identifiers_there_is_nothing_to_keep() {
        assert_outcome(&super::CHECK, &redeemed("Bearer").renewed(), Outcome::NotApplicable);
    }
}
