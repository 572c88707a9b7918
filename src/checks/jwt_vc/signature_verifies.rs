//! A credential whose signature does not verify is waste paper.

use super::{beyond_reach, each};
use crate::checks::sd_jwt::unverified;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedJwtVc, Scene, applicability};
use crate::formats::SignatureVerdict;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/signature-verifies",
    aliases: &[],
    since: "2026.3",
    title: "the issuer's signature verifies",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::jwt_vc,
    spec: &["vcdm1#json-web-token", "rfc7515#section-5.2"],
    obligation: "the signature of an issued jwt_vc_json credential verifies with the key that the credential leads to",
    doc: "The key is that of the first certificate in `x5c`; the one that `kid` names in the document of a \
          DID, or in the DID itself; or the one with that `kid` in the key set behind an `iss` that is a \
          URL. The signature fails when keys were rotated at one place only, when a signing service returns \
          DER where JOSE wants r and s side by side, or when the payload is written anew after signing.\n\n\
          If no key can be found at all, see `jwt-vc/key-belongs-to-the-issuer`.",
    judge: Judge::Answers(Station::Credential, signature_verifies),
};

fn signature_verifies(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| signature(opened, scene))
}

fn signature(opened: &OpenedJwtVc, scene: &Scene<'_>) -> Finding {
    match &opened.signature {
        SignatureVerdict::Verified { by } => Finding::HoldsAsFar(by.told("x5c")),
        SignatureVerdict::Failed { why } => Finding::breaks("a signature that verifies", why),
        SignatureVerdict::Unresolvable { .. } => match beyond_reach(&opened.jwt_vc, scene) {
            Some(why) => Finding::Exempt(why),
            None => Finding::Silent("no key of the issuer could be found"),
        },
        SignatureVerdict::UnsupportedAlgorithm { algorithm } => unverified(algorithm),
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::{JwtPaper, OTHER_DID, issued};
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{CA, LEAF, issuer_key, key};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::jose::{Signing, did};
    use serde_json::json;

    fn by_did() -> JwtPaper {
        JwtPaper::honest(1)
    }

    fn by_url() -> JwtPaper {
        by_did().claim("iss", json!("https://issuer.example")).header("kid", json!("key-1"))
    }

    fn by_chain() -> JwtPaper {
        by_did().header("kid", json!(null)).header("x5c", json!([LEAF, CA]))
    }

    #[test]
    fn it_verifies_on_each_way_to_the_key() {
        let did = did::jwk_url(&issuer_key().public_jwk());
        let carried = by_did().header("kid", json!(did)).claim("iss", json!(did.replace("#0", "")));
        for paper in [by_did(), by_url(), by_chain(), carried] {
            assert_holds(&super::CHECK, &issued(&[paper]));
        }
    }

    #[test]
    fn another_signature_breaks_on_each() {
        for mut paper in [by_did(), by_url(), by_chain()] {
            paper.draft.signing = Signing::Key(key(9));
            assert_breaks(&super::CHECK, &issued(&[paper]), "does not fit");
        }
    }

    #[test]
    fn nothing_is_said_of_what_is_not_known_here() {
        for paper in [
            by_did().header("kid", json!("did:ebsi:z#1")),
            by_did().header("kid", json!(OTHER_DID)),
            by_url().claim("iss", json!("https://elsewhere.example")),
        ] {
            assert_outcome(&super::CHECK, &issued(&[paper]), Outcome::NotApplicable);
        }
    }

    #[test]
    fn an_algorithm_that_is_not_known_here_warns() {
        let paper = by_did().header("alg", json!("ES512"));
        assert_outcome(&super::CHECK, &issued(&[paper]), Outcome::Warn);
    }

    #[test]
    fn a_document_without_the_key_leaves_nothing_to_judge() {
        let paper = by_did().header("kid", json!("did:web:issuer.example#another"));
        assert_outcome(&super::CHECK, &issued(&[paper]), Outcome::NotTestable);
    }

    /// Of what is not verified, this check or its neighbour says so.
    #[test]
    fn whatever_is_not_verified_is_a_finding() {
        let neighbour = &super::super::key_belongs_to_the_issuer::CHECK;
        for odd in [
            by_did().header("alg", json!("none")),
            by_did().header("alg", json!("ES512")),
            by_did().header("kid", json!("did:ebsi:z#1")),
            by_did().header("kid", json!(OTHER_DID)),
            by_did().header("kid", json!("did:web:issuer.example#another")),
            by_did().claim("iss", json!(null)).header("kid", json!(null)),
            by_url().claim("iss", json!("https://elsewhere.example")),
            by_chain().header("x5c", json!(["AAAA"])),
        ] {
            let stage = issued(&[odd]);
            let verdicts = [stage.verdicts(&super::CHECK), stage.verdicts(neighbour)].concat();
            let worst = verdicts.iter().map(|verdict| verdict.outcome).max();
            assert!(worst >= Some(Outcome::Warn), "{verdicts:?}");
        }
    }
}
