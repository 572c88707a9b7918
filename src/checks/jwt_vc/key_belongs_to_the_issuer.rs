//! A signature is worth what is known of the key.

use url::Url;

use super::{beyond_reach, each};
use crate::checks::certificate_chain;
use crate::checks::{
    Answered, Breach, Check, Finding, Judge, Level, OpenedJwtVc, Scene, applicability,
};
use crate::formats::{SignatureVerdict, VerifiedBy};
use crate::jose::did_web;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/key-belongs-to-the-issuer",
    aliases: &[],
    since: "2026.3",
    title: "the signing key leads to the issuer",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::jwt_vc,
    spec: &["vcdm1#json-web-token", "vcdm1#issuer", "did-core#assertion", "did-web#read-resolve"],
    obligation: "the key that signs a jwt_vc_json credential belongs to its iss: by an x5c chain, by the assertionMethod of its DID, or by the key set of its https URL",
    doc: "With an `iss` that is a DID, `kid` is a DID URL of that same DID, and the key stands in its \
          document under `assertionMethod`: a did:web at `/.well-known/did.json`, or at `did.json` below the \
          path that the DID has; did:jwk and did:key hold the key themselves. With an `iss` that is an https \
          URL, the key with the header's `kid` is looked for in `/.well-known/jwt-vc-issuer`, and in the \
          `jwks_uri` of `/.well-known/openid-configuration`, whose `issuer` must be that URL.\n\n\
          What cannot be looked up here warns, since the signature is then not verified: other DID methods, \
          hosts that are neither the issuer's nor public (see `--allow-host`), and URLs with no key set, for \
          no text says how the keys of a URL are found.",
    judge: Judge::Answers(Station::Credential, key_belongs_to_the_issuer),
};

fn key_belongs_to_the_issuer(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| key(opened, scene))
}

fn key(opened: &OpenedJwtVc, scene: &Scene<'_>) -> Finding {
    let jwt_vc = &opened.jwt_vc;
    let issuer = jwt_vc.issuer().unwrap_or_default();
    match &opened.signature {
        SignatureVerdict::Verified { by } => match by {
            VerifiedBy::CertificateChain { report } => certificate_chain::weigh(report),
            VerifiedBy::GivenKeys { .. } => Finding::Holds,
            VerifiedBy::Did { url } => of_did(did_web::did_of(url), issuer),
            VerifiedBy::IssuerMetadata { .. } | VerifiedBy::OpenidConfiguration { .. } => {
                let is_secure = Url::parse(issuer)
                    .is_ok_and(|url| url.scheme() == "https" || scene.allows_http(&url));
                Finding::expect(is_secure, "an https URL as iss", format!("iss {issuer}"))
            }
        },
        SignatureVerdict::Unresolvable { why } => {
            let breach = Breach::new("a key by x5c, by DID, or by the key set of iss", why);
            match beyond_reach(jwt_vc, scene) {
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

fn of_did(did: &str, issuer: &str) -> Finding {
    if did == issuer {
        return Finding::Holds;
    }
    let breach = Breach::new(format!("a key of iss {issuer}"), format!("the key belongs to {did}"));
    if issuer.starts_with("https://") {
        return Finding::Warns(breach, "an ecosystem may say which DIDs belong to a URL");
    }
    Finding::Breaks(breach)
}

#[cfg(test)]
mod tests {
    use super::super::staged::{DID, JwtPaper, OTHER_DID, documents, issued};
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{CA, LEAF, respond};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    fn paper() -> JwtPaper {
        JwtPaper::honest(1)
    }

    #[test]
    fn a_key_of_the_issuer_holds() {
        let url = json!("https://issuer.example");
        assert_holds(&super::CHECK, &issued(&[paper()]));
        assert_holds(&super::CHECK, &issued(&[paper().header("kid", json!("#key-1"))]));
        let by_url = paper().claim("iss", url).header("kid", json!("key-1"));
        assert_holds(&super::CHECK, &issued(&[by_url]));
        let by_chain = paper().header("kid", json!(null)).header("x5c", json!([LEAF, CA]));
        assert_holds(&super::CHECK, &issued(&[by_chain]));
    }

    #[test]
    fn a_key_of_somebody_else_breaks() {
        let foreign = paper().claim("iss", json!("did:web:somebody.example"));
        assert_breaks(&super::CHECK, &issued(&[foreign]), "belongs to did:web:issuer.example");
        let unlisted = paper().header("kid", json!(format!("{DID}#key-2")));
        assert_breaks(&super::CHECK, &issued(&[unlisted]), "has no key");
        let for_login = paper().header("kid", json!(format!("{DID}#login")));
        assert_breaks(&super::CHECK, &issued(&[for_login]), "assertionMethod");
        let nobody = paper().claim("iss", json!(null)).header("kid", json!(null));
        assert_breaks(&super::CHECK, &issued(&[nobody]), "neither");
    }

    #[test]
    fn another_document_in_its_place_breaks() {
        let document = json!({"id": "did:web:somebody.example"});
        let stage = respond(documents(document), &[paper().text()], 1);
        assert_breaks(&super::CHECK, &stage, "found another `id`");
    }

    #[test]
    fn what_cannot_be_looked_up_warns() {
        for odd in [
            paper().header("kid", json!("did:ebsi:z#1")),
            paper().header("kid", json!(OTHER_DID)),
            paper().claim("iss", json!("https://elsewhere.example")).header("kid", json!("1")),
        ] {
            assert_outcome(&super::CHECK, &issued(&[odd]), Outcome::Warn);
        }
    }
}
