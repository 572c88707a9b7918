//! A hash in the credential is a promise about another document.

use serde_json::Value;

use super::super::sd_jwt::each;
use super::{answer_from, is_meant_as_metadata, location, vcts};
use crate::checks::{
    Answered, Applies, Breach, Check, Finding, Judge, Level, Scene, applicability, shape,
};
use crate::formats::integrity::{Integrity, compare};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "type-metadata/vct-integrity-matches",
    aliases: &[],
    since: "2026.3",
    title: "vct#integrity is the hash of the type metadata",
    level: Level::Must,
    raised_by: &[],
    applies: with_integrity,
    spec: &["sdjwtvc#section-3.2.2.2", "sdjwtvc#section-7"],
    obligation: "vct#integrity of an issued credential is integrity metadata as Subresource Integrity has them, and the type metadata served at the vct have that hash",
    doc: "A wallet that checks the hash rejects metadata that do not have it. The hash is over the \
          octets as they are served: a document that is formatted anew, or that gains a trailing \
          line feed, has another one. It is written `sha256-`, `sha384-` or `sha512-` and then \
          standard base64 with padding; `sha-256`, hexadecimal digits or base64url are not read.\n\n\
          Compute the hash from the file that is served, when it is served, and give a changed \
          type a new `vct`.",
    judge: Judge::Answers(Station::Credential, vct_integrity_matches),
};

fn with_integrity(scene: &Scene<'_>) -> Applies {
    if let Applies::No(reason) = applicability::sd_jwt_vc(scene) {
        return Applies::No(reason);
    }
    Applies::when(
        vcts(scene).next().is_none() || vcts(scene).any(|(_, hash)| hash.is_some()),
        "no credential has a vct#integrity",
    )
}

fn vct_integrity_matches(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| {
        let Some(integrity) = opened.sd_jwt.payload().get("vct#integrity") else {
            return Finding::Exempt("the credential has no vct#integrity");
        };
        let vct = opened.sd_jwt.vct().unwrap_or_default();
        held_against("vct#integrity", integrity, vct, scene)
    })
}

/// Judges a member that ends in `#integrity`, by the document it is about where that was fetched.
pub(super) fn held_against(
    member: &str,
    integrity: &Value,
    vct: &str,
    scene: &Scene<'_>,
) -> Finding {
    let Some(text) = integrity.as_str() else {
        return Finding::breaks(
            format!("{member}, a string"),
            format!("{member} is {}", shape::describe(Some(integrity))),
        );
    };
    let answer = location(vct, scene).and_then(|url| answer_from(&url, scene));
    let served = answer.filter(is_meant_as_metadata);
    let octets = served.map(|answered| answered.answer.body.octets());
    match (compare(text, octets.as_deref().unwrap_or_default()), octets) {
        (Integrity::Malformed { part }, _) => Finding::breaks(
            format!("{member} as in sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
            format!("{member} holds {}", shape::quote(&part)),
        ),
        (_, None) => Finding::HoldsAsFar("no type metadata were fetched there".to_owned()),
        (Integrity::Matches, _) => Finding::Holds,
        (Integrity::MatchesOddly, _) => Finding::Warns(
            Breach::new("standard base64 with padding", format!("{member} {text}")),
            "the hash is right, and readers that compare texts do not see it",
        ),
        (Integrity::Differs { actual }, _) => Finding::breaks(
            format!("{member} {actual}"),
            format!("{member} {}", shape::quote(text)),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::{VCT, of_type, plain};
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use serde_json::{Value, json};
    use sha2::{Digest as _, Sha256};

    fn promised(integrity: Value) -> Stage {
        let paper = Paper::honest(1).claim("vct#integrity", integrity);
        of_type(issued(&[paper]), VCT, plain())
    }

    fn hash() -> String {
        use base64::Engine as _;
        let digest = Sha256::digest(plain().to_string());
        format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(digest))
    }

    #[test]
    fn the_hash_of_what_is_served_holds() {
        assert_holds(&super::CHECK, &promised(json!(hash())));
        let stage = promised(json!(hash().trim_end_matches('=')));
        assert_outcome(&super::CHECK, &stage, Outcome::Warn);
    }

    #[test]
    fn another_hash_and_what_is_none_break() {
        let other = format!("sha256-{}=", "A".repeat(43));
        assert_breaks(&super::CHECK, &promised(json!(other)), "AAAA");
        assert_breaks(&super::CHECK, &promised(json!("sha-256-abc")), "sha-256-abc");
        assert_breaks(&super::CHECK, &promised(json!(7)), "is 7");
    }

    #[test]
    fn without_a_hash_or_a_document_nothing_is_blamed() {
        let silent = issued(&[Paper::honest(1)]);
        assert_outcome(&super::CHECK, &silent, Outcome::NotApplicable);
        let unfetched = issued(&[Paper::honest(1).claim("vct#integrity", json!(hash()))]);
        assert_holds(&super::CHECK, &unfetched);
    }
}
