//! A nonce that is handed out beforehand is there to save a challenge.

use super::{claims, nonces};
use crate::checks::{Applies, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "dpop/takes-nonces-of-the-nonce-endpoint",
    aliases: &[],
    since: "2026.3",
    title: "a DPoP nonce of the Nonce Endpoint is good",
    level: Level::Note,
    raised_by: &[],
    applies: handed_out_early,
    spec: &["vci#nonce-response", "rfc9449#section-8.2"],
    obligation: "a DPoP-Nonce that came from the Nonce Endpoint is accepted at the Credential Endpoint",
    doc: "The Nonce Endpoint may send a `DPoP-Nonce`, which the wallet then uses at the Credential \
          Endpoint. Where the two do not share what they know of nonces, each request is challenged \
          for another, and the wallet signs everything twice.\n\n\
          Hand out at the one what the other takes, or hand out nothing.",
    judge: Judge::Transcript(takes_nonces_of_the_nonce_endpoint),
};

fn handed_out_early(scene: &Scene<'_>) -> Applies {
    if let Applies::No(reason) = applicability::dpop(scene) {
        return Applies::No(reason);
    }
    let is_handed_out = nonces(scene, &[Station::Nonce]).next().is_some();
    Applies::when(is_handed_out, "the Nonce Endpoint hands out no DPoP-Nonce")
}

fn takes_nonces_of_the_nonce_endpoint(scene: &Scene<'_>) -> Finding {
    let given: Vec<&str> = nonces(scene, &[Station::Nonce]).collect();
    let mut used = scene.answered().filter(|answered| {
        let exchange = answered.exchange;
        let proof = claims::of_proof(exchange);
        let nonce = proof.as_ref().and_then(|claims| claims.get("nonce")?.as_str());
        exchange.station == Station::Credential
            && exchange.tamper.is_none()
            && nonce.is_some_and(|nonce| given.contains(&nonce))
    });
    let Some(first) = used.next() else {
        return Finding::Silent("no request used a nonce of the Nonce Endpoint");
    };
    match first.asks_for_a_dpop_nonce() {
        true => Finding::Breaks(
            Breach::new("no challenge for another nonce", first.summary())
                .at([first.exchange.number]),
        ),
        false => Finding::Holds,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::claims::staged::jwt;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn asked(status: u16, headers: &[(&str, &str)]) -> Stage {
        let proof = jwt(&json!({"nonce": "n"}));
        Stage::new()
            .answer(Station::Nonce, 200, &[("DPoP-Nonce", "n")], "{}")
            .answer(Station::Credential, status, headers, "{}")
            .sent("POST", "https://issuer.example/credential", &[("DPoP", &proof)], "")
    }

    #[test]
    fn a_challenge_for_another_is_told() {
        assert_holds(&super::CHECK, &asked(200, &[]));
        let challenge = ("WWW-Authenticate", r#"DPoP error="use_dpop_nonce""#);
        assert_breaks(&super::CHECK, &asked(401, &[challenge]), "use_dpop_nonce");
        let none = Stage::new().answer(Station::Nonce, 200, &[], "{}");
        assert_outcome(&super::CHECK, &none, Outcome::NotApplicable);
    }
}
