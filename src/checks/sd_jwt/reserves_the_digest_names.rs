//! Two names belong to the machinery, and nothing else may bear them.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedSdJwt, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/reserves-the-digest-names",
    aliases: &[],
    since: "2026.2",
    title: "_sd and ... are used for digests only",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["rfc9901#section-4.1", "rfc9901#section-4.2.4"],
    obligation: "in an issued SD-JWT VC _sd is an array of digests, ... stands alone in an element of an array with a digest, and neither name is used otherwise",
    doc: "A reader goes through the whole credential in search of these two names. What it finds under \
          `_sd` must be an array of strings; an array element that stands for a hidden one has `...` as \
          its only member, with a string. Anything else and readers either reject the credential or \
          leave machinery among the claims.\n\n\
          It happens when an element is hidden and keeps its other members, when a single digest is \
          written without its array, and when claims from outside are passed on unlooked at. Refuse \
          these names in the data that you issue from.",
    judge: Judge::Answers(Station::Credential, reserves_the_digest_names),
};

fn reserves_the_digest_names(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| misused(opened))
}

/// A misplaced `_sd_alg` is found beside them, and is no name for digests.
fn misused(opened: &OpenedSdJwt) -> Finding {
    let digests = opened.sd_jwt.digests();
    let misuse = digests.misuses.iter().find(|misuse| !misuse.place.pointer.ends_with("/_sd_alg"));
    match misuse {
        None => Finding::Holds,
        Some(misuse) => {
            let pointer = &misuse.place.pointer;
            let place = match misuse.place.disclosure {
                Some(disclosure) => format!("{pointer} in disclosure {disclosure}"),
                None => pointer.clone(),
            };
            Finding::breaks(
                "_sd as an array of strings, ... alone with a string",
                format!("at {place}: {}", misuse.why),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use serde_json::json;

    #[test]
    fn digests_in_their_places_hold() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1)]));
        let hidden = json!([{ "...": "decoy" }, "DE"]);
        let nested = Paper::honest(1).claim("address", json!({ "_sd": ["decoy"] }));
        assert_holds(&super::CHECK, &issued(&[nested.claim("nationalities", hidden)]));
    }

    #[test]
    fn any_other_use_breaks() {
        for (claim, says) in [
            (json!({ "_sd": "digest" }), "at /extra/_sd: expected `_sd` to be an array"),
            (json!({ "_sd": [1] }), "at /extra/_sd/0: expected a string"),
            (json!({ "...": "digest" }), "at /extra/...: `...` belongs"),
            (json!([{ "...": "digest", "more": 1 }]), "at /extra/0: `...` has to be the only"),
            (json!([{ "...": ["digest"] }]), "at /extra/0: expected a string"),
        ] {
            let paper = Paper::honest(1).claim("extra", claim.clone());
            assert_breaks(&super::CHECK, &issued(&[paper]), says);
            let hidden = Paper::honest(1).disclosure(json!(["s", "extra", { "in": claim }]));
            assert_breaks(&super::CHECK, &issued(&[hidden]), "in disclosure 2");
        }
    }

    #[test]
    fn the_name_of_the_hash_is_another_matter() {
        let nested = Paper::honest(1).claim("extra", json!({ "_sd_alg": "sha-256" }));
        assert_holds(&super::CHECK, &issued(&[nested]));
    }
}
