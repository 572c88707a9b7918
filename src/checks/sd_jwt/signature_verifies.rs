//! A credential whose signature does not verify is waste paper.

use jiff::Timestamp;

use super::{each, names_a_did, unverified};
use crate::checks::issued;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedSdJwt, Scene, applicability};
use crate::formats::{JwtVc, SignatureVerdict};
use crate::jose::base64url;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/signature-verifies",
    aliases: &[],
    since: "2026.1",
    title: "the issuer's signature verifies",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["rfc9901#section-7.1", "sdjwtvc#section-3.4"],
    obligation: "the signature of an issued SD-JWT VC verifies with the key that the credential leads to",
    doc: "The key is that of the first certificate in `x5c`, or the one with the header's \
          `kid` in the key set of the JWT VC Issuer Metadata. The signature fails when \
          keys were rotated at one place only, when an HSM returns DER where JOSE wants r \
          and s side by side, or when the payload is serialised again after signing.\n\n\
          If no key can be found at all, see `sd-jwt/key-belongs-to-the-issuer`.",
    judge: Judge::Answers(Station::Credential, signature_verifies),
};

fn signature_verifies(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, issued| match &opened.signature {
        SignatureVerdict::Unresolvable { .. } if names_a_did(&opened.sd_jwt) => {
            by_did(opened, scene, issued.received_at)
        }
        _ => signature(opened),
    })
}

/// By a DID that has the key in its name, or whose document was fetched.
fn by_did(opened: &OpenedSdJwt, scene: &Scene<'_>, at: Timestamp) -> Finding {
    let jws = &opened.sd_jwt.jws;
    let jwt = format!("{}.{}", jws.signing_input(), base64url::encode(jws.signature()));
    let verdict = JwtVc::open(&jwt).map(|jwt| issued::jwt_vc::signature(&jwt, scene, &[], at));
    match verdict {
        Ok(SignatureVerdict::Verified { by }) => Finding::HoldsAsFar(by.told("x5c")),
        Ok(SignatureVerdict::Failed { why }) => Finding::breaks("a signature that verifies", why),
        _ => signature(opened),
    }
}

fn signature(opened: &OpenedSdJwt) -> Finding {
    match &opened.signature {
        SignatureVerdict::Verified { by } => Finding::HoldsAsFar(by.told("x5c")),
        SignatureVerdict::Failed { why } => Finding::breaks("a signature that verifies", why),
        SignatureVerdict::Unresolvable { .. } if names_a_did(&opened.sd_jwt) => {
            Finding::Exempt("the key is named by a DID, which is not resolved here")
        }
        SignatureVerdict::Unresolvable { .. } => {
            Finding::Silent("no key of the issuer could be found")
        }
        SignatureVerdict::UnsupportedAlgorithm { algorithm } => unverified(algorithm),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{CA, LEAF, Paper, issued, issuer_key, key};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::jose::{PrivateKey, Signing, did};
    use serde_json::json;

    fn signed_by_another() -> Paper {
        let mut paper = Paper::honest(1);
        paper.draft.signing = Signing::Key(key(9));
        paper
    }

    #[test]
    fn it_verifies_by_metadata_and_by_certificate() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1)]));
        let by_chain = Paper::honest(1).header("kid", json!(null)).header("x5c", json!([LEAF, CA]));
        assert_holds(&super::CHECK, &issued(&[by_chain]));
    }

    #[test]
    fn another_signature_breaks() {
        assert_breaks(&super::CHECK, &issued(&[signed_by_another()]), "does not fit");
        let by_chain = signed_by_another().header("x5c", json!([LEAF, CA]));
        assert_breaks(&super::CHECK, &issued(&[by_chain]), "does not fit");
    }

    #[test]
    fn a_did_that_has_the_key_in_its_name_is_resolved() {
        let named = |key: &PrivateKey| {
            let url = did::jwk_url(&key.public_jwk());
            let iss = url.trim_end_matches("#0").to_owned();
            issued(&[Paper::honest(1).claim("iss", json!(iss)).header("kid", json!(url))])
        };
        assert_holds(&super::CHECK, &named(&issuer_key()));
        assert_breaks(&super::CHECK, &named(&key(9)), "does not fit");
    }

    #[test]
    fn an_algorithm_that_is_not_known_here_warns() {
        let paper = Paper::honest(1).header("alg", json!("ES512"));
        assert_outcome(&super::CHECK, &issued(&[paper]), Outcome::Warn);
    }

    /// Of what is not verified, this check or its neighbour says so.
    #[test]
    fn whatever_is_not_verified_is_a_finding() {
        let neighbour = &super::super::key_belongs_to_the_issuer::CHECK;
        for odd in [
            signed_by_another(),
            Paper::honest(1).header("alg", json!("none")),
            Paper::honest(1).header("alg", json!("HS256")),
            Paper::honest(1).header("alg", json!("ES512")),
            Paper::honest(1).header("kid", json!("another")),
            Paper::honest(1).claim("iss", json!("did:web:issuer.example")),
            Paper::honest(1).claim("iss", json!(null)),
            Paper::honest(1).header("x5c", json!([])),
            Paper::honest(1).header("x5c", json!(["AAAA"])),
        ] {
            let stage = issued(&[odd]);
            let verdicts = [stage.verdicts(&super::CHECK), stage.verdicts(neighbour)].concat();
            let worst = verdicts.iter().map(|verdict| verdict.outcome).max();
            assert!(worst >= Some(Outcome::Warn), "{verdicts:?}");
        }
    }
}
