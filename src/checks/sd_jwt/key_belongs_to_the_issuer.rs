//! A signature is worth what is known of the key.

use super::{each, names_a_did};
use crate::checks::{
    Answered, Breach, Check, Finding, Judge, Level, OpenedSdJwt, Scene, applicability,
    certificate_chain,
};
use crate::formats::{SdJwt, SignatureVerdict, VerifiedBy};
use crate::protocol::{Location, WellKnown};
use crate::transcript::{Answer, Station};

use url::Url;

pub static CHECK: Check = Check {
    id: "sd-jwt/key-belongs-to-the-issuer",
    aliases: &[],
    since: "2026.1",
    title: "the signing key leads to the issuer",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["sdjwtvc#section-3.5", "sdjwtvc#section-5", "rfc7515#section-4.1.6"],
    obligation: "the key that signs an SD-JWT VC belongs to the issuer, by a valid x5c chain or by the JWT VC Issuer Metadata that its https iss publishes",
    doc: "`x5c` holds certificates in standard base64 (not base64url), the signing one \
          first, each signed by the next, all valid today. Without `x5c`, `iss` is an \
          https URL with metadata at `/.well-known/jwt-vc-issuer`, inserted between host \
          and path, whose `issuer` equals `iss` and whose key set has the `kid`. A \
          credential whose key leads nowhere must be rejected.\n\n\
          Give the trust anchors of your ecosystem to the run, or whether the chain ends \
          at one of them is not judged. Nobody has to publish such metadata: where there are \
          none, and for a DID, an ecosystem may define how keys are found, and OpenID4VCI does \
          not; that warns, and so does a host that was not asked (see `--allow-host`).",
    judge: Judge::Answers(Station::Credential, key_belongs_to_the_issuer),
};

fn key_belongs_to_the_issuer(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| key(opened, scene))
}

fn key(opened: &OpenedSdJwt, scene: &Scene<'_>) -> Finding {
    let sd_jwt = &opened.sd_jwt;
    match &opened.signature {
        SignatureVerdict::Verified { by: VerifiedBy::CertificateChain { report } } => {
            certificate_chain::weigh(report)
        }
        SignatureVerdict::Verified { .. } => {
            let issuer = sd_jwt.issuer().unwrap_or_default();
            let secure = Url::parse(issuer)
                .is_ok_and(|url| url.scheme() == "https" || scene.allows_http(&url));
            Finding::expect(secure, "an https URL as iss", format!("iss {issuer}"))
        }
        SignatureVerdict::Unresolvable { why } => {
            let breach = Breach::new("a key by x5c or by JWT VC Issuer Metadata", why);
            match beyond_reach(sd_jwt, scene) {
                Some(reason) => Finding::Warns(breach, reason),
                None => Finding::Breaks(breach),
            }
        }
        SignatureVerdict::Failed { .. } => Finding::Silent("the signature does not verify"),
        SignatureVerdict::UnsupportedAlgorithm { .. } => {
            Finding::Exempt("the signature has an algorithm that is not verified here")
        }
    }
}

/// Why no key was found without anything being wrong: nobody has to publish metadata, and what was
/// not asked for, or did not answer, is not known.
fn beyond_reach(sd_jwt: &SdJwt, scene: &Scene<'_>) -> Option<&'static str> {
    if names_a_did(sd_jwt) {
        return Some("an ecosystem may define that keys are found by DID");
    }
    if sd_jwt.header().contains_key("x5c") {
        return None;
    }
    let metadata = WellKnown::JwtVcIssuer.url(sd_jwt.issuer()?, Location::Inserted)?;
    let served = match asked(Station::JwtVcIssuer, &metadata, scene) {
        Err(reason) => return Some(reason),
        Ok(answer) if !answer.is_success() => {
            return Some(
                "nobody has to publish metadata: an ecosystem may find keys in other ways",
            );
        }
        Ok(answer) => answer.body.json()?,
    };
    if served.get("jwks").is_some() {
        return None;
    }
    let key_set = Url::parse(served.get("jwks_uri")?.as_str()?).ok()?;
    asked(Station::KeySet, &key_set, scene).err()
}

/// What was answered from a URL, or why nothing was.
fn asked<'s>(
    station: Station,
    url: &Url,
    scene: &'s Scene<'_>,
) -> Result<&'s Answer, &'static str> {
    let at = scene.transcript.at(station).filter(|exchange| scene.is_from(exchange, url));
    match at.last() {
        Some(exchange) => {
            exchange.answer().ok_or("the issuer's keys may be out of reach from here only")
        }
        None => Err(
            "the host of the issuer's keys was not asked: allow it by --allow-host if it is yours",
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{CA, LEAF, Paper, issued, issued_texts, respond};
    use crate::checks::staging::mdocs::{IACA, trusting};
    use crate::checks::staging::{ISSUER, Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::jose::chain::NOT_ANCHORED;
    use crate::transcript::Station;
    use serde_json::{Value, json};

    fn by_chain(x5c: Value) -> Stage {
        issued(&[Paper::honest(1).header("kid", json!(null)).header("x5c", x5c)])
    }

    #[test]
    fn metadata_and_chains_hold() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1)]));
        assert_holds(&super::CHECK, &by_chain(json!([LEAF, CA])).policy(trusting(CA)));
        assert_holds(&super::CHECK, &by_chain(json!([LEAF])).policy(trusting(CA)));
    }

    #[test]
    fn without_an_anchor_the_bound_is_told() {
        let verdicts = by_chain(json!([LEAF, CA])).verdicts(&super::CHECK);
        let because = verdicts[0].because.as_deref().unwrap_or_default();
        assert!(because.contains("no trust anchor was given"), "{verdicts:?}");
    }

    #[test]
    fn a_leaf_that_is_itself_an_anchor_holds() {
        assert_holds(&super::CHECK, &by_chain(json!([LEAF])).policy(trusting(LEAF)));
    }

    #[test]
    fn a_chain_to_another_anchor_or_in_the_wrong_order_breaks() {
        let elsewhere = by_chain(json!([LEAF, CA])).policy(trusting(IACA));
        assert_breaks(&super::CHECK, &elsewhere, NOT_ANCHORED);
        let disordered = by_chain(json!([LEAF, LEAF]));
        assert_breaks(&super::CHECK, &disordered, "comes next");
        let url_alphabet = LEAF.replace('+', "-").replace('/', "_");
        assert_breaks(&super::CHECK, &by_chain(json!([url_alphabet])), "base64url");
    }

    #[test]
    fn a_key_that_leads_nowhere_breaks_and_a_did_warns() {
        let unknown = issued(&[Paper::honest(1).header("kid", json!("other"))]);
        assert_breaks(&super::CHECK, &unknown, "no key `other`");
        let nobody = issued_texts(&[Paper::honest(1).claim("iss", json!(null)).text()], 1);
        assert_breaks(&super::CHECK, &nobody, "neither");
        let did = issued(&[Paper::honest(1).claim("iss", json!("did:web:issuer.example"))]);
        assert_outcome(&super::CHECK, &did, Outcome::Warn);
    }

    fn served(metadata: Value, status: u16) -> Stage {
        let url = format!("{ISSUER}/.well-known/jwt-vc-issuer");
        let stage = Stage::new().answer_json(Station::JwtVcIssuer, status, metadata);
        respond(stage.sent("GET", &url, &[], ""), &[Paper::honest(1).text()], 1)
    }

    #[test]
    fn what_is_not_published_or_was_not_asked_for_warns() {
        let elsewhere = Paper::honest(1).claim("iss", json!("https://elsewhere.example"));
        assert_outcome(&super::CHECK, &issued(&[elsewhere]), Outcome::Warn);
        assert_outcome(&super::CHECK, &served(json!({}), 404), Outcome::Warn);
        let behind = json!({"issuer": ISSUER, "jwks_uri": "https://elsewhere.example/jwks"});
        assert_outcome(&super::CHECK, &served(behind, 200), Outcome::Warn);
        assert_breaks(&super::CHECK, &served(json!({"issuer": ISSUER}), 200), "no key set");
    }
}
