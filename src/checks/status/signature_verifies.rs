//! A list that anybody could have written is worth nothing.

use super::of_tokens;
use crate::checks::sd_jwt::unverified;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::formats::SignatureVerdict;

pub static CHECK: Check = Check {
    id: "status/signature-verifies",
    aliases: &[],
    since: "2026.3",
    title: "the signature of the status list verifies",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-5.1", "tsl#section-8.3"],
    obligation: "the signature of a status list verifies with the key that the list itself points to, or with one that a credential which refers to it leads to",
    doc: "The key is that of the first certificate in the `x5c` of the list; else the one with its `kid` in \
          the key set of the credential's issuer; else the one that signed the credential. It \
          fails when the list is signed by another service whose key was rotated, or kept in a \
          cache over a rotation.\n\nIf no key can be found at all, see `status/key-can-be-trusted`.",
    judge: Judge::Transcript(signature_verifies),
};

fn signature_verifies(scene: &Scene<'_>) -> Finding {
    of_tokens(scene, |_, read| match &read.signature {
        SignatureVerdict::Verified { by } => Finding::HoldsAsFar(by.told("x5c")),
        // A MAC is allowed, among those who share a key.
        SignatureVerdict::Failed { .. } if is_mac(read.token.jws.algorithm()) => {
            let breach = Breach::new("a signature that can be verified", "a MAC");
            Finding::Warns(breach, "only those who share its key can verify it")
        }
        SignatureVerdict::Failed { why } => Finding::breaks("a signature that verifies", why),
        SignatureVerdict::Unresolvable { .. } => {
            Finding::Exempt("no key of the list could be found")
        }
        SignatureVerdict::UnsupportedAlgorithm { algorithm } => unverified(algorithm),
    })
}

fn is_mac(algorithm: Option<&str>) -> bool {
    algorithm.is_some_and(|algorithm| algorithm.starts_with("HS"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{CA, LEAF, issued, key};
    use crate::checks::staging::status::{LIST, fetch, list, paper, published};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::jose::Signing;

    #[test]
    fn it_verifies_by_metadata_by_chain_and_with_the_chain_of_the_credential() {
        assert_holds(&super::CHECK, &published(&list()));
        let mut by_chain = list();
        by_chain.header.insert("x5c".into(), json!([LEAF, CA]));
        assert_holds(&super::CHECK, &published(&by_chain));
        let credential = paper(1, 7).header("kid", json!(null)).header("x5c", json!([LEAF, CA]));
        let credential = credential.claim("iss", json!(null));
        let media_type = "application/statuslist+jwt";
        let stage = fetch(issued(&[credential]), LIST, 200, media_type, &list().compact());
        assert_holds(&super::CHECK, &stage);
    }

    #[test]
    fn a_key_that_the_list_does_not_point_to_is_only_a_guess() {
        let mut another = list();
        another.header.shift_remove("kid");
        another.signing = Signing::Key(key(9));
        assert_outcome(&super::CHECK, &published(&another), Outcome::NotApplicable);
    }

    #[test]
    fn another_signature_breaks_and_a_mac_warns() {
        let mut forged = list();
        forged.signing = Signing::Key(key(9));
        assert_breaks(&super::CHECK, &published(&forged), "does not fit");
        let mut unsigned = list();
        unsigned.sign_with(Signing::None);
        assert_breaks(&super::CHECK, &published(&unsigned), "no digital signature");
        let mut mac = list();
        mac.sign_with(Signing::Hmac(vec![1; 32]));
        assert_outcome(&super::CHECK, &published(&mac), Outcome::Warn);
    }
}
