//! A promise is no good to a wallet that is locked out when it is kept.

use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::Deferral;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "deferred/access-outlasts-the-wait",
    aliases: &[],
    since: "2026.3",
    title: "access lasts as long as the wait",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::deferral,
    spec: &["vci#deferred-credential-issuance", "vci#section-14.5"],
    obligation: "the access token is good until the wallet may ask again, or there is a refresh token",
    doc: "The Deferred Credential Endpoint takes the access token of the request. Where the \
          token lives five minutes and `interval` says an hour, the wallet comes back with a \
          token that has expired, and the offer's code is used up long since.\n\n\
          Make the access token live as long as the review takes, or issue a refresh token with \
          it.",
    judge: Judge::Transcript(access_outlasts_the_wait),
};

fn access_outlasts_the_wait(scene: &Scene<'_>) -> Finding {
    let mut finding = Finding::Silent("the token response does not say how long access lasts");
    let answers = scene.granted(Station::Credential).chain(scene.granted(Station::Deferred));
    for answered in answers {
        let deferral = answered.json.and_then(Deferral::read);
        let Some(interval) = deferral.and_then(|deferral| deferral.seconds()) else { continue };
        let Some((lifetime, can_refresh)) = access(&answered, scene) else { continue };
        if !can_refresh && lifetime < interval {
            let breach = Breach::new(
                format!("access for {interval} s, which is the interval, or a refresh token"),
                format!("an access token for {lifetime} s and no refresh token"),
            );
            return Finding::Breaks(breach.at([answered.exchange.number]));
        }
        finding = Finding::Holds;
    }
    finding
}

/// The lifetime of the token of a request in seconds, and whether it can be refreshed.
fn access(answered: &Answered<'_>, scene: &Scene<'_>) -> Option<(f64, bool)> {
    let token = answered.exchange.access_token()?;
    let own = |response: &Answered<'_>| {
        response.member("access_token").and_then(|own| own.as_str()) == Some(token)
    };
    let response = scene.granted(Station::Token).find(own)?;
    let lifetime = response.member("expires_in")?.as_f64()?;
    Some((lifetime, response.member("refresh_token").is_some()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    fn stage(token: Value) -> Stage {
        let put_off = json!({"transaction_id": "t", "interval": 600});
        let url = "https://issuer.example/credential";
        Stage::new()
            .answer_json(Station::Token, 200, token)
            .answer_json(Station::Credential, 202, put_off)
            .sent("POST", url, &[("authorization", "Bearer a")], "{}")
    }

    #[test]
    fn a_long_token_or_a_refresh_token_holds() {
        assert_holds(&super::CHECK, &stage(json!({"access_token": "a", "expires_in": 3600})));
        let short = json!({"access_token": "a", "expires_in": 300});
        assert_breaks(&super::CHECK, &stage(short.clone()), "300");
        let mut renewable = short;
        renewable["refresh_token"] = json!("r");
        assert_holds(&super::CHECK, &stage(renewable));
    }
}
