//! Many failures at once usually have one cause: the issuer speaks an older draft.

use serde_json::Value;

use super::is_published_at_the_inserted_path;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::signs::{Fingerprint, Shown, fingerprint};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/speaks-the-final-version",
    aliases: &[],
    since: "2026.1",
    title: "nothing is left of older drafts",
    level: Level::Note,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-parameters", "vci#credential-issuer-signed-metadata"],
    obligation: "offer, metadata, token and credential response carry no sign of a draft before 1.0 Final",
    doc: "Between draft 11 and 1.0 Final nearly every message changed, most of it in drafts 15 and 16: the \
          place of the metadata, the source of nonces, the names of formats, the shape of proofs and \
          answers. Each sign names the drafts that had it; together they often name the library version \
          that is in use.\n\n\
          If several checks fail, read this note first and look for a newer release. Members kept on \
          purpose for old wallets do no harm: this never counts against an issuer.",
    judge: Judge::Transcript(speaks_the_final_version),
};

/// The signs of drafts in what the issuer sent in a scenario.
pub fn fingerprint_of(scene: &Scene<'_>) -> Fingerprint {
    let issuer_metadata = scene.issuer_metadata().map(|metadata| metadata.json());
    let mut tokens = scene.granted(Station::Token);
    let mut credentials = scene.granted(Station::Credential);
    fingerprint(&Shown {
        offer: scene.transcript.offers.iter().find_map(|record| record.object.as_ref()),
        issuer_metadata,
        token_response: tokens.find_map(|answered| answered.json),
        credential_response: credentials.find_map(|answered| answered.json),
        only_at_appended_location: issuer_metadata.is_some_and(Value::is_object)
            && !is_published_at_the_inserted_path(scene),
    })
}

fn speaks_the_final_version(scene: &Scene<'_>) -> Finding {
    if scene.issuer_metadata().is_none() {
        return Finding::Silent("no issuer metadata could be read");
    }
    let found = fingerprint_of(scene);
    let Some(sentence) = found.sentence() else {
        return Finding::Holds;
    };
    let signs: Vec<String> =
        found.former.iter().map(|sign| format!("{} ({})", sign.sign, sign.means)).collect();
    let metadata =
        scene.granted(Station::IssuerMetadata).map(|answered| answered.exchange.number).last();
    Finding::Breaks(
        Breach::new("1.0 Final", format!("{sentence}: {}", signs.join(", "))).at(metadata),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{PID, honest, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata,
    };
    use crate::transcript::Station;

    #[test]
    fn the_final_version_holds() {
        assert_holds(&super::CHECK, &honest());
    }

    #[test]
    fn a_draft_is_noted_with_its_signs() {
        let old = json!({ "format": "vc+sd-jwt", "vct": "v", "display": [] });
        let stage = metadata_with(PID, old);
        let says = "mixes draft 12 to 14 with draft 15 or newer: the format vc+sd-jwt";
        assert_breaks(&super::CHECK, &stage, says);
        assert_outcome(&super::CHECK, &stage, Outcome::Note);
    }

    #[test]
    fn the_appended_path_is_a_sign() {
        let url = "https://issuer.example/t/.well-known/openid-credential-issuer";
        let stage = Stage::new().answer_json(Station::IssuerMetadata, 200, honest_metadata()).sent(
            "GET",
            url,
            &[],
            "",
        );
        assert_breaks(&super::CHECK, &stage, "appended path (draft 15 or older)");
    }
}
