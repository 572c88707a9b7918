//! Whoever reads the list needs to know whose key it is.

use super::of_tokens;
use crate::checks::{
    Breach, Check, Finding, Judge, Level, Opened, PublishedList, Scene, applicability,
    certificate_chain,
};
use crate::formats::{SignatureVerdict, StatusReference, VerifiedBy};
use crate::jose::chain::NOT_ANCHORED;
use crate::jose::did_web;

pub static CHECK: Check = Check {
    id: "status/key-can-be-trusted",
    aliases: &[],
    since: "2026.3",
    title: "the key of the status list leads to somebody",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-11.3", "tsl#section-8.3", "rfc7515#section-4.1.6"],
    obligation: "the x5c chain of a status list holds, or its key is found in the way in which the key of the credential is",
    doc: "The draft fixes no way to find the key. What verifiers can be expected to follow is the way that \
          they went for the credential: the same `x5c`, or a chain under the same authority, or a \
          `kid` in the same key set. A list whose key is found in none of these ways warns, and so \
          does a chain that ends at none of the trust anchors of the run; one that does not hold in \
          itself fails.\n\n\
          HAIP 1.0 asks for `x5c`, without the anchor and not self-signed.",
    judge: Judge::Transcript(key_can_be_trusted),
};

fn key_can_be_trusted(scene: &Scene<'_>) -> Finding {
    of_tokens(scene, |published, read| match &read.signature {
        SignatureVerdict::Verified { by: VerifiedBy::CertificateChain { report } } => {
            certificate_chain::weigh_or(report, not_anchored)
        }
        SignatureVerdict::Verified { by: VerifiedBy::Did { url } } => {
            of_did(did_web::did_of(url), published, scene)
        }
        SignatureVerdict::Verified { .. } => Finding::Holds,
        SignatureVerdict::Unresolvable { why } => Finding::Warns(
            Breach::new("a key by x5c, or as for the credential", why),
            "the draft leaves it to ecosystems how keys are found",
        ),
        SignatureVerdict::Failed { .. } => Finding::Silent("the signature does not verify"),
        SignatureVerdict::UnsupportedAlgorithm { .. } => {
            Finding::Exempt("the signature has an algorithm that is not verified here")
        }
    })
}

/// Whether a DID is the one that a credential which refers to the list names.
fn of_did(did: &str, published: &PublishedList, scene: &Scene<'_>) -> Finding {
    let names_it = |name: Option<&str>| name.is_some_and(|name| did_web::did_of(name) == did);
    let is_known = scene.issued().iter().flat_map(|issued| &issued.credentials).any(|credential| {
        let reference = credential.status.as_ref().and_then(|one| StatusReference::read(one).ok());
        let refers = reference.is_some_and(|reference| published.is_at(&reference.uri));
        refers
            && match &credential.opened {
                Opened::SdJwt(opened) => {
                    names_it(opened.sd_jwt.issuer()) || names_it(opened.sd_jwt.jws.key_id())
                }
                Opened::JwtVc(opened) => {
                    names_it(opened.jwt_vc.issuer()) || names_it(opened.jwt_vc.jws.key_id())
                }
                _ => false,
            }
    });
    match is_known {
        true => Finding::Holds,
        false => Finding::Warns(
            Breach::new("a DID of the issuer of a credential that refers to the list", did),
            "an ecosystem may say who else signs status lists",
        ),
    }
}

fn not_anchored() -> Finding {
    Finding::Warns(
        Breach::new("a chain to a given trust anchor", NOT_ANCHORED),
        "the draft leaves it to ecosystems under whom a list may be signed",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{CA, LEAF, issuer_key};
    use crate::checks::staging::mdocs::{IACA, trusting};
    use crate::checks::staging::status::{list, published};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::jose::chain::NOT_ANCHORED;
    use crate::jose::did;

    fn by_chain(x5c: Value) -> Stage {
        let mut list = list();
        list.header.insert("x5c".into(), x5c);
        published(&list)
    }

    #[test]
    fn a_chain_and_the_issuers_key_set_hold() {
        assert_holds(&super::CHECK, &published(&list()));
        assert_holds(&super::CHECK, &by_chain(json!([LEAF, CA])));
        for anchor in [CA, LEAF] {
            let anchored = by_chain(json!([LEAF, CA])).policy(trusting(anchor));
            assert_holds(&super::CHECK, &anchored);
        }
    }

    #[test]
    fn anybodys_did_and_another_anchor_warn() {
        let mut by_did = list();
        by_did.header.insert("kid".into(), json!(did::jwk_url(&issuer_key().public_jwk())));
        assert_outcome(&super::CHECK, &published(&by_did), Outcome::Warn);
        let elsewhere = by_chain(json!([LEAF, CA])).policy(trusting(IACA));
        assert_breaks(&super::CHECK, &elsewhere, NOT_ANCHORED);
        assert_outcome(&super::CHECK, &elsewhere, Outcome::Warn);
    }

    #[test]
    fn a_chain_that_does_not_hold_breaks_and_an_unknown_key_warns() {
        assert_breaks(&super::CHECK, &by_chain(json!([LEAF, LEAF])), "comes next");
        let mut unknown = list();
        unknown.header.insert("kid".into(), json!("another"));
        assert_outcome(&super::CHECK, &published(&unknown), Outcome::Warn);
    }
}
