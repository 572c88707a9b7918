//! A refresh token lives long: it is tied to a key, or it changes with every use.

use super::{before, is_refresh};
use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Scene};
use crate::protocol::TokenResponse;
use crate::transcript::{Exchange, Station};

pub static CHECK: Check = Check {
    id: "refresh/rotates-or-binds",
    aliases: &[],
    since: "2026.3",
    title: "an unbound refresh token changes with each use",
    level: Level::Should,
    raised_by: &[],
    applies: of_public_clients,
    spec: &["rfc9700#section-2.2.2", "rfc9700#section-4.14.2", "vci#token-endpoint"],
    obligation: "a public client that refreshes without a key is given a new refresh token in place of the one it used",
    doc: "Whoever finds an unbound refresh token can use it for months, beside its owner and unnoticed. \
          Either each refresh gives a new one and the old dies, so that two users of one line are found \
          out; or the token is bound to a key of the wallet, with DPoP. OAuth's best current practice asks \
          for one of the two, and OpenID4VCI recommends to follow it. Many servers have a switch for rotation that is off.",
    judge: Judge::Answers(Station::Token, rotates_or_binds),
};

/// Concerns wallets that authenticate with nothing, which is what the others rely on instead.
pub(super) fn of_public_clients(scene: &Scene<'_>) -> Applies {
    let authenticates = |exchange: &Exchange| {
        let headers = &exchange.request.headers;
        headers.get("authorization").is_some()
            || headers.get("oauth-client-attestation").is_some()
            || exchange.form_value("client_assertion").is_some()
    };
    match super::issues_refresh_tokens(scene) {
        Applies::Yes => Applies::when(
            !scene.transcript.at(Station::Token).any(authenticates),
            "the wallet authenticates as a client, so it is no public one",
        ),
        no => no,
    }
}

fn rotates_or_binds(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let exchange = answered.exchange;
    let (true, Some(used)) = (is_refresh(exchange), exchange.form_value("refresh_token")) else {
        return Finding::Silent("no refresh was asked for");
    };
    let Some(response) = answered.json.map(TokenResponse::new) else {
        return Finding::Silent("no token was given");
    };
    if response.access_token().is_none() {
        return Finding::Silent("no token was given");
    }
    if before(answered, scene).any(|earlier| earlier.is_dpop_bound()) {
        return Finding::Exempt("the refresh token goes with a DPoP key");
    }
    if scene.provenance.client_certificate {
        return Finding::Exempt("the refresh token may go with the client certificate");
    }
    let actual = match response.refresh_token() {
        Some(next) if next != used => return Finding::Holds,
        Some(_) => "the same refresh_token again",
        None => "no refresh_token in the response, so the one that was used goes on",
    };
    Finding::breaks("another refresh_token, since no key is bound", actual)
}

#[cfg(test)]
mod tests {
    use super::super::staged::{redeemed, response};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn an_unbound_one_changes() {
        let refreshed = |next| redeemed("Bearer").refreshed(200, response("a2", "Bearer", next));
        assert_holds(&super::CHECK, &refreshed(Some("r2")));
        assert_breaks(&super::CHECK, &refreshed(Some("r1")), "the same refresh_token");
        assert_breaks(&super::CHECK, &refreshed(None), "goes on");
        assert_outcome(&super::CHECK, &refreshed(None), Outcome::Warn);
    }

    #[test]
    fn a_bound_one_may_stay_and_so_may_that_of_a_client_that_authenticates() {
        let bound = redeemed("DPoP").refreshed(200, response("a2", "DPoP", None));
        assert_outcome(&super::CHECK, &bound, Outcome::NotApplicable);
        let confidential = redeemed("Bearer").refreshed(200, response("a2", "Bearer", None)).sent(
            "POST",
            "https://issuer.example/token",
            &[("OAuth-Client-Attestation", "x")],
            "refresh_token=r1",
        );
        assert_outcome(&super::CHECK, &confidential, Outcome::NotApplicable);
    }
}
