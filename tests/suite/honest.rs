//! The honest issuer, in every configuration: nothing red, nothing warned, and each check passes
//! in at least one.

use std::collections::BTreeSet;

use vcispec::checks::{self, Level, Outcome};
use vcispec::formats::Mdoc;
use vcispec::transcript::{Exchange, Station};

use crate::bench::{Outcome as Judged, block_on, scenarios, suite, suite_of};

#[test]
fn the_honest_issuer_is_never_blamed_and_every_check_can_succeed() {
    let mut blamed = Vec::new();
    let mut judged = BTreeSet::new();
    for configuration in reference_issuer::configurations() {
        let outcome = block_on(suite(configuration.name, &[]));
        for verdict in outcome.judgement.verdicts {
            let is_note = verdict.outcome == Outcome::Note;
            if verdict.outcome.is_red() || verdict.outcome == Outcome::Warn {
                blamed.push(format!("{}: {verdict:?}", configuration.name));
            }
            let level = checks::find(verdict.check).map(|check| check.level);
            if verdict.outcome == Outcome::Pass || (is_note && level == Some(Level::Note)) {
                judged.insert(verdict.check);
            }
        }
    }
    assert!(blamed.is_empty(), "an honest issuer was blamed:\n{}", blamed.join("\n"));
    let never: Vec<&str> =
        checks::all().map(|check| check.id).filter(|id| !judged.contains(id)).collect();
    assert!(never.is_empty(), "never judged against an honest issuer: {never:?}");
}

#[test]
fn a_server_may_remember_no_proof_and_no_nonce() {
    let ids = ["refusals/dpop-replay", "attestation/client-attestation-replay", "refusals/nonces"];
    let judged = some("stateless", &ids);
    for check in ["dpop/refuses-replayed-jti", "client-authentication/refuses-replayed-challenge"] {
        assert!(has(&judged, check, Outcome::Note), "{check}");
    }
    assert!(has(&judged, "nonce/names-a-used-nonce", Outcome::Pass));
    let again = |one: &Exchange| one.is_tampered_by("proof-used-nonce") && status(one) == 200;
    assert!(exchanges(&judged).any(again), "a used nonce was not taken");
}

#[test]
fn what_keys_stand_in_may_have_moved() {
    let ids = ["discovery/metadata", "formats/dc-sd-jwt", "formats/jwt-vc-json"];
    let judged = some("uncommon", &ids);
    for station in [Station::DidDocument, Station::JwtVcIssuer] {
        let moved = |one: &Exchange| one.station == station && status(one) == 307;
        assert!(exchanges(&judged).any(moved), "{station} has not moved");
    }
    for check in ["jwt-vc/did-document-names-the-key", "sd-jwt/issuer-key-set-is-well-formed"] {
        assert!(has(&judged, check, Outcome::Pass), "{check}");
    }
}

#[test]
fn a_token_may_be_good_once() {
    let judged = some("single-use", &["refusals/nonces", "pre-authorized/one-credential"]);
    let spent = |one: &Exchange| one.station == Station::Credential && status(one) == 401;
    assert!(exchanges(&judged).any(spent), "every token was good twice");
    let red = judged.judgement.verdicts.iter().find(|verdict| verdict.outcome.is_red());
    assert_eq!(red, None);
}

#[test]
fn mdocs_are_signed_under_each_algorithm_that_readers_know() {
    let signed = |configuration: &str, id: &str| -> BTreeSet<i128> {
        let judged = some(configuration, &["discovery/metadata", id]);
        let red = judged.judgement.verdicts.iter().find(|verdict| verdict.outcome.is_red());
        assert_eq!(red, None);
        assert!(has(&judged, "mdoc/signature-verifies", Outcome::Pass), "{configuration}");
        let answers = exchanges(&judged).filter_map(Exchange::answer);
        let issued = answers.filter_map(|answer| {
            let credentials = answer.body.json()?.get("credentials")?.as_array()?.clone();
            let text = credentials.first()?.get("credential")?.as_str()?.to_owned();
            Mdoc::open(&text).ok()?.issuer_auth.algorithm?.number()
        });
        issued.collect()
    };
    assert_eq!(signed("mdoc", "pre-authorized/two-configurations"), BTreeSet::from([-7, -35]));
    assert_eq!(signed("algorithms", "formats/mso-mdoc"), BTreeSet::from([-8]));
}

fn some(configuration: &str, ids: &[&str]) -> Judged {
    let mut wanted = scenarios();
    wanted.retain(|scenario| ids.contains(&scenario.id.as_str()));
    assert_eq!(wanted.len(), ids.len());
    block_on(suite_of(wanted, configuration, &[]))
}

fn has(judged: &Judged, check: &str, outcome: Outcome) -> bool {
    let mut verdicts = judged.judgement.verdicts.iter();
    verdicts.any(|verdict| verdict.check == check && verdict.outcome == outcome)
}

fn exchanges(judged: &Judged) -> impl Iterator<Item = &Exchange> {
    judged.run.transcripts.iter().flat_map(|transcript| &transcript.exchanges)
}

fn status(exchange: &Exchange) -> u16 {
    exchange.answer().map_or(0, |answer| answer.status)
}
