//! Tokens of the profile are bound to a key.

use serde_json::Value;

use super::profile;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, shape};
use crate::protocol::TokenResponse;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "haip/supports-dpop",
    aliases: &[],
    since: "2026.3",
    title: "tokens can be bound by DPoP",
    level: Level::Must,
    raised_by: &[],
    applies: profile,
    spec: &["haip#section-4", "rfc9449#section-5.1"],
    obligation: "the authorization server supports DPoP",
    doc: "Access tokens are sender-constrained by DPoP under the profile. A server says so by \
          `dpop_signing_alg_values_supported`. Without the member a wallet does not send a proof: where it then gets a bearer \
          token this fails; where it gets none this warns, for RFC 9449 leaves the announcement to the server.\n\n\
          The checks of DPoP itself are in the room `dpop`; here it is only asked whether there is any.",
    judge: Judge::Transcript(supports_dpop),
};

fn supports_dpop(scene: &Scene<'_>) -> Finding {
    const EXPECTED: &str = "dpop_signing_alg_values_supported";
    let mut tokens = scene
        .granted(Station::Token)
        .filter_map(|answered| Some((answered.exchange, TokenResponse::new(answered.json?))));
    let Some(metadata) = scene.as_metadata() else {
        let is_bound = tokens.any(|(_, token)| token.is_dpop_bound());
        return if is_bound { Finding::Holds } else { Finding::Silent("no metadata was given") };
    };
    let listed = metadata.json().get("dpop_signing_alg_values_supported");
    if listed.and_then(Value::as_array).is_some_and(|listed| !listed.is_empty()) {
        return Finding::Holds;
    }
    let bearer = tokens.find(|(_, token)| token.access_token().is_some() && !token.is_dpop_bound());
    match bearer {
        Some((exchange, _)) => {
            let actual = format!("{}, and a bearer token", shape::describe(listed));
            Finding::Breaks(Breach::new(EXPECTED, actual).at([exchange.number]))
        }
        None => Finding::Warns(
            Breach::new(EXPECTED, shape::describe(listed)),
            "a server may support DPoP without announcing it",
        ),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::held::{assert_concerns_nobody_else, to_haip};
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_as_metadata, with, without,
    };
    use crate::transcript::Station;

    const MEMBER: &str = "/dpop_signing_alg_values_supported";

    #[test]
    fn any_algorithm_will_do() {
        let stage = |json| to_haip(Stage::new().as_metadata(json));
        assert_holds(&super::CHECK, &stage(honest_as_metadata()));
        assert_holds(&super::CHECK, &stage(with(honest_as_metadata(), MEMBER, json!(["EdDSA"]))));
    }

    #[test]
    fn a_server_that_gives_bearer_tokens_breaks() {
        let silent = Stage::new().as_metadata(without(honest_as_metadata(), MEMBER));
        assert_outcome(&super::CHECK, &to_haip(silent.clone()), Outcome::Warn);
        let token = json!({ "access_token": "a", "token_type": "Bearer" });
        let bearer = silent.answer_json(Station::Token, 200, token);
        assert_concerns_nobody_else(&super::CHECK, &bearer);
        assert_breaks(&super::CHECK, &to_haip(bearer), "nothing, and a bearer token");
    }
}
