//! Tokens of the profile are bound to a key.

use super::profile;
use crate::checks::as_metadata::in_document;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "haip/supports-dpop",
    aliases: &[],
    since: "2026.3",
    title: "DPoP is announced",
    level: Level::Must,
    raised_by: &[],
    applies: profile,
    spec: &["haip#section-4", "rfc9449#section-5.1"],
    obligation: "the authorization server announces DPoP with ES256",
    doc: "Access tokens are sender-constrained by DPoP under the profile. A server says so by \
          `dpop_signing_alg_values_supported`, and ES256 is the algorithm that all parties can use. Without the member a \
          wallet does not send a proof, and gets a bearer token.\n\n\
          The checks of DPoP itself are in the room `dpop`; here it is only asked whether there is any.",
    judge: Judge::Answers(Station::AsMetadata, supports_dpop),
};

fn supports_dpop(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let found = metadata.json().get("dpop_signing_alg_values_supported");
        Finding::expect(
            metadata.announces_dpop(),
            "dpop_signing_alg_values_supported with ES256",
            shape::describe(found),
        )
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::held::{assert_concerns_nobody_else, to_haip};
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, honest_as_metadata, with, without,
    };

    #[test]
    fn a_server_without_dpop_breaks() {
        let member = "/dpop_signing_alg_values_supported";
        let stage = |json| Stage::new().as_metadata(json);
        assert_holds(&super::CHECK, &to_haip(stage(honest_as_metadata())));
        let without = stage(without(honest_as_metadata(), member));
        assert_concerns_nobody_else(&super::CHECK, &without);
        assert_breaks(&super::CHECK, &to_haip(without), "nothing");
        let other = stage(with(honest_as_metadata(), member, json!(["RS256"])));
        assert_breaks(&super::CHECK, &to_haip(other), "an array of 1");
    }
}
