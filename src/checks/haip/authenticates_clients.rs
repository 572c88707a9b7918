//! Under the profile nobody is anonymous.

use serde_json::Value;

use super::profile;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene};
use crate::protocol::AsMetadata;
use crate::transcript::{Exchange, Station};

pub static CHECK: Check = Check {
    id: "haip/authenticates-clients",
    aliases: &[],
    since: "2026.3",
    title: "the token endpoint wants to know the wallet",
    level: Level::Must,
    raised_by: &[],
    applies: profile,
    spec: &["haip#wallet-attestation"],
    obligation: "no wallet gets a token without client authentication",
    doc: "Issuers of the profile require client authentication wherever OAuth has it, at the token endpoint too. A token that was \
          given to a wallet that showed nothing of itself fails. Which mechanism it is, an ecosystem decides; the wallet \
          attestation of OpenID4VCI is `attest_jwt_client_auth`.\n\n\
          Where no token was seen, the metadata are looked at: `none` among `token_endpoint_auth_methods_supported`, or \
          `pre-authorized_grant_anonymous_access_supported`, promise the contrary and warn. A server may have clients beside \
          the wallets of the profile.",
    judge: Judge::Transcript(authenticates_clients),
};

const EXPECTED: &str = "client authentication at the token endpoint";

fn authenticates_clients(scene: &Scene<'_>) -> Finding {
    let metadata = scene.as_metadata();
    if metadata.is_some_and(|metadata| takes_certificates(&metadata)) {
        return Finding::Exempt("clients may authenticate by their TLS certificate, unseen");
    }
    let mut granted = scene
        .granted(Station::Token)
        .filter(|answered| answered.member("access_token").is_some())
        .map(|answered| answered.exchange)
        .peekable();
    let was_granted = granted.peek().is_some();
    let strangers: Vec<u32> =
        granted.filter(|one| !is_authenticated(one)).map(|one| one.number).collect();
    if !strangers.is_empty() {
        let actual = "a token for a wallet that did not authenticate";
        return Finding::Breaks(Breach::new(EXPECTED, actual).at(strangers));
    }
    match metadata {
        None if !was_granted => Finding::Silent("no token was given, and no metadata"),
        None => Finding::Holds,
        Some(metadata) => match contradiction(&metadata) {
            None => Finding::Holds,
            Some(contradiction) => Finding::Warns(
                Breach::new(EXPECTED, contradiction),
                "the server may have clients beside the wallets of the profile",
            ),
        },
    }
}

/// Whether the request says who sends it: by an attestation, an assertion or a secret.
fn is_authenticated(exchange: &Exchange) -> bool {
    let header = |name| exchange.request.headers.get(name).is_some();
    let parameter = |name| exchange.form_value(name).is_some();
    header("oauth-client-attestation")
        || header("authorization")
        || parameter("client_assertion")
        || parameter("client_secret")
}

fn methods<'a>(metadata: &AsMetadata<'a>) -> impl Iterator<Item = &'a str> {
    let methods = metadata.json().get("token_endpoint_auth_methods_supported");
    methods.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn takes_certificates(metadata: &AsMetadata<'_>) -> bool {
    methods(metadata).any(|method| method.ends_with("tls_client_auth"))
}

fn contradiction(metadata: &AsMetadata<'_>) -> Option<&'static str> {
    if metadata.allows_anonymous_access() {
        return Some("pre-authorized_grant_anonymous_access_supported is true");
    }
    let lists_none = methods(metadata).any(|method| method == "none");
    lists_none.then_some("token_endpoint_auth_methods_supported lists none")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::held::{assert_concerns_nobody_else, to_haip};
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_as_metadata, with,
    };
    use crate::transcript::Station;

    fn server(methods: &[&str], anonymous: bool) -> Stage {
        let access = "/pre-authorized_grant_anonymous_access_supported";
        let json = with(honest_as_metadata(), access, json!(anonymous));
        let json = with(json, "/token_endpoint_auth_methods_supported", json!(methods));
        Stage::new().as_metadata(json)
    }

    fn token(server: Stage, headers: &[(&str, &str)]) -> Stage {
        let token = json!({ "access_token": "a", "token_type": "DPoP" });
        let url = "https://issuer.example/token";
        server.answer_json(Station::Token, 200, token).sent("POST", url, headers, "")
    }

    const ATTESTED: &[&str] = &["attest_jwt_client_auth"];

    #[test]
    fn a_token_for_a_stranger_breaks() {
        let attestation = [("OAuth-Client-Attestation", "e30.e30.")];
        let known = token(server(ATTESTED, false), &attestation);
        assert_holds(&super::CHECK, &to_haip(known));
        let stranger = token(server(ATTESTED, false), &[]);
        assert_concerns_nobody_else(&super::CHECK, &stranger);
        assert_breaks(&super::CHECK, &to_haip(stranger), "did not authenticate");
    }

    #[test]
    fn metadata_that_promise_a_way_around_warn() {
        assert_holds(&super::CHECK, &to_haip(server(ATTESTED, false)));
        for stage in [server(ATTESTED, true), server(&["none"], false)] {
            assert_outcome(&super::CHECK, &to_haip(stage), Outcome::Warn);
        }
    }

    #[test]
    fn what_tls_says_of_the_client_is_not_seen() {
        let stage = token(server(&["tls_client_auth"], false), &[]);
        assert_outcome(&super::CHECK, &to_haip(stage), Outcome::NotApplicable);
    }
}
