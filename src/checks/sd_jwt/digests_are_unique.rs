//! One digest, one claim.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedSdJwt, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/digests-are-unique",
    aliases: &[],
    since: "2026.1",
    title: "no digest occurs twice",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["rfc9901#section-4.1", "rfc9901#section-7.1"],
    obligation: "no digest occurs twice in an issued SD-JWT VC, in its payload and disclosures together",
    doc: "A digest that stands at two places would put one claim at both, so wallets and \
          verifiers must reject the credential. It happens when a subtree is processed \
          twice, or when decoys come from a constant.\n\n\
          Make a new disclosure, with a new salt, for each place, and each decoy from \
          fresh random bytes.",
    judge: Judge::Answers(Station::Credential, digests_are_unique),
};

fn digests_are_unique(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| repeated(opened))
}

fn repeated(opened: &OpenedSdJwt) -> Finding {
    let digests = opened.sd_jwt.digests();
    match digests.repeated().first() {
        None => Finding::Holds,
        Some(digest) => {
            let pointer = &digest.place.pointer;
            let place = match digest.place.disclosure {
                Some(disclosure) => format!("{pointer} in disclosure {disclosure}"),
                None => pointer.clone(),
            };
            Finding::breaks("each digest once", format!("{} again at {place}", digest.value))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use serde_json::json;

    #[test]
    fn a_digest_that_occurs_again_breaks() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1)]));
        let twice = vec!["decoy".to_owned(), "decoy".to_owned()];
        let paper = Paper { digests: Some(twice), ..Paper::honest(1) };
        assert_breaks(&super::CHECK, &issued(&[paper]), "again at /_sd/1");
        let nested = json!(["s", "address", {"_sd": ["decoy", "decoy"]}]);
        let paper = Paper::honest(1).disclosure(nested);
        assert_breaks(&super::CHECK, &issued(&[paper]), "in disclosure 2");
    }
}
