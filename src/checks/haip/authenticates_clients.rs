//! Under the profile nobody is anonymous.

use serde_json::Value;

use super::profile;
use crate::checks::as_metadata::in_document;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "haip/authenticates-clients",
    aliases: &[],
    since: "2026.3",
    title: "the token endpoint wants to know the wallet",
    level: Level::Must,
    raised_by: &[],
    applies: profile,
    spec: &["haip#wallet-attestation"],
    obligation: "the authorization server announces no way to a token without client authentication",
    doc: "Issuers of the profile require client authentication wherever OAuth has it, at the token endpoint too. The metadata \
          contradict that with `none` among `token_endpoint_auth_methods_supported`, or with anonymous access to the \
          Pre-Authorized Code Flow.\n\n\
          Which mechanism it is, an ecosystem decides; the wallet attestation of OpenID4VCI is \
          `attest_jwt_client_auth`. That unauthenticated requests are in fact refused is for other checks to see.",
    judge: Judge::Answers(Station::AsMetadata, authenticates_clients),
};

fn authenticates_clients(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    const METHODS: &str = "token_endpoint_auth_methods_supported";
    in_document(answered, scene, |metadata| {
        let methods = metadata.json().get(METHODS).and_then(Value::as_array);
        let lists_none = methods.is_some_and(|methods| methods.iter().any(|one| one == "none"));
        let contradiction = match (metadata.allows_anonymous_access(), lists_none) {
            (true, _) => "pre-authorized_grant_anonymous_access_supported is true",
            (_, true) => "token_endpoint_auth_methods_supported lists none",
            _ => return Finding::Holds,
        };
        Finding::breaks("client authentication at the token endpoint", contradiction)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::held::{assert_concerns_nobody_else, to_haip};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, honest_as_metadata, with};

    fn stage(methods: &[&str], anonymous: bool) -> Stage {
        let access = "/pre-authorized_grant_anonymous_access_supported";
        let json = with(honest_as_metadata(), access, json!(anonymous));
        let json = with(json, "/token_endpoint_auth_methods_supported", json!(methods));
        Stage::new().as_metadata(json)
    }

    #[test]
    fn a_way_around_authentication_breaks() {
        let attested = ["attest_jwt_client_auth"];
        assert_holds(&super::CHECK, &to_haip(stage(&attested, false)));
        assert_breaks(&super::CHECK, &to_haip(stage(&attested, true)), "anonymous_access");
        assert_breaks(&super::CHECK, &to_haip(stage(&["none"], false)), "lists none");
        assert_concerns_nobody_else(&super::CHECK, &stage(&["none"], true));
    }
}
