//! A disclosure that no digest names proves nothing.

use serde_json::Value;

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedSdJwt, Scene, applicability};
use crate::formats::HashAlgorithm;
use crate::formats::sd_jwt::{Problem, Standing};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/disclosures-are-referenced",
    aliases: &[],
    since: "2026.1",
    title: "every disclosure is referenced by its digest",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["rfc9901#section-4.2.3", "rfc9901#section-7.1"],
    obligation: "each disclosure of an issued SD-JWT VC is referenced by its digest, in the payload or in another disclosure, under a registered hash algorithm",
    doc: "The digest is the hash of the disclosure's text as it is sent, in base64url. \
          Issuers hash the decoded JSON instead, encode the digest in hex or with padding, \
          name one algorithm in `_sd_alg` and use another, or send disclosures that belong \
          to another credential of the batch.\n\n\
          Digests without a disclosure are decoys and are in order. `_sd_alg` is one of \
          the names of the IANA registry, in lower case: `sha-256`.",
    judge: Judge::Answers(Station::Credential, disclosures_are_referenced),
};

fn disclosures_are_referenced(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| unreferenced(opened))
}

fn unreferenced(opened: &OpenedSdJwt) -> Finding {
    let unpacked = match &opened.unpacked {
        Ok(unpacked) => unpacked,
        Err(error) => {
            let named = opened.sd_jwt.payload().get("_sd_alg").and_then(Value::as_str);
            return match named.map(HashAlgorithm::standing) {
                Some(Standing::Registered | Standing::Unknown) => {
                    Finding::Exempt("_sd_alg names a hash algorithm that is not computed here")
                }
                Some(Standing::Misspelt { .. }) | None => {
                    Finding::breaks("a registered hash algorithm as _sd_alg", error.to_string())
                }
            };
        }
    };
    let orphan = unpacked.problems.iter().find(|one| matches!(one, Problem::Unreferenced { .. }));
    match orphan {
        Some(orphan) => Finding::breaks("a digest for each disclosure", orphan.to_string()),
        None => Finding::Holds,
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn decoys_hold_and_orphans_do_not() {
        let nested = json!(["s", "address", {"_sd": ["decoy"]}]);
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1).disclosure(nested)]));
        let orphaned = Paper { digests: Some(vec!["decoy".into()]), ..Paper::honest(1) };
        assert_breaks(&super::CHECK, &issued(&[orphaned]), "no digest refers to it");
    }

    #[test]
    fn the_hash_is_named_as_it_is_registered() {
        let stage = |name| issued(&[Paper::honest(1).claim("_sd_alg", json!(name))]);
        assert_holds(&super::CHECK, &stage("sha-256"));
        assert_breaks(&super::CHECK, &stage("SHA-256"), "SHA-256");
        assert_outcome(&super::CHECK, &stage("sha3-256"), Outcome::NotApplicable);
        assert_outcome(&super::CHECK, &stage("whirlpool"), Outcome::NotApplicable);
        assert_breaks(&super::CHECK, &stage("sha-512"), "no digest refers to it");
    }
}
