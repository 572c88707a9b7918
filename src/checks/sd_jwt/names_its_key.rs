//! Among several keys, the right one has a name.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::formats::{SignatureVerdict, VerifiedBy};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/names-its-key",
    aliases: &[],
    since: "2026.3",
    title: "the header names the key in the issuer's set",
    level: Level::Should,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["sdjwtvc#section-5.2"],
    obligation: "a credential whose key is in the JWT VC Issuer Metadata names that key by kid in its header",
    doc: "Without `kid` a verifier tries every key of the set, and rejects the credential if it does not \
          care to. It works as long as there is one key, and stops on the day of the first rotation.\n\n\
          Give each key of the set a `kid` and write it into the header. A `kid` that the set does not \
          have is what `sd-jwt/key-belongs-to-the-issuer` says.",
    judge: Judge::Answers(Station::Credential, names_its_key),
};

fn names_its_key(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| match &opened.signature {
        SignatureVerdict::Verified { by: VerifiedBy::IssuerMetadata { .. } } => {
            Finding::expect(opened.sd_jwt.jws.key_id().is_some(), "kid in the header", "none")
        }
        _ => Finding::Exempt("the key was not found in JWT VC Issuer Metadata"),
    })
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{LEAF, Paper, issued};
    use crate::checks::staging::{assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn a_name_holds_and_none_warns() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1)]));
        let nameless = issued(&[Paper::honest(1).header("kid", json!(null))]);
        assert_outcome(&super::CHECK, &nameless, Outcome::Warn);
        let chain = Paper::honest(1).header("x5c", json!([LEAF]));
        assert_outcome(&super::CHECK, &issued(&[chain]), Outcome::NotApplicable);
    }
}
