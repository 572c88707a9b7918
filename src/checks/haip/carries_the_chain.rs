//! Keys of the profile are found by certificate, and by nothing else.

use super::profile_and;
use crate::checks::sd_jwt::each;
use crate::checks::{
    Answered, Applies, Check, Finding, Judge, Level, OpenedSdJwt, Scene, applicability,
};
use crate::formats::{SignatureVerdict, VerifiedBy};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "haip/carries-the-chain",
    aliases: &[],
    since: "2026.3",
    title: "the credential carries its certificates, but for the anchor",
    level: Level::Must,
    raised_by: &[],
    applies: sd_jwt_vcs,
    spec: &["haip#issuer-key-resolution"],
    obligation: "an SD-JWT VC has x5c with the signing certificate and its chain, neither self-signed nor with the trust anchor",
    doc: "The profile knows one way to the key of the issuer: the certificates in `x5c`. The trust anchor is left out, for who \
          trusts it has it, and whoever takes it from the credential trusts anybody; and a self-signed certificate vouches for \
          nothing.\n\n\
          Put the leaf first, then the intermediate ones, into the protected header, in standard base64.",
    judge: Judge::Answers(Station::Credential, carries_the_chain),
};

fn carries_the_chain(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| chain(opened))
}

fn chain(opened: &OpenedSdJwt) -> Finding {
    const EXPECTED: &str = "x5c with the chain below the trust anchor";
    if !opened.sd_jwt.header().contains_key("x5c") {
        return Finding::breaks(EXPECTED, "no x5c");
    }
    match &opened.signature {
        SignatureVerdict::Verified { by: VerifiedBy::CertificateChain { report } } => {
            let wrong = match (report.self_signed_leaf, report.contains_anchor) {
                (true, _) => "the signing certificate is self-signed",
                (_, true) => "the trust anchor is in x5c",
                _ => return Finding::Holds,
            };
            Finding::breaks(EXPECTED, wrong)
        }
        SignatureVerdict::Unresolvable { why } => Finding::breaks(EXPECTED, why),
        _ => Finding::Silent("the signature does not verify by x5c"),
    }
}

fn sd_jwt_vcs(scene: &Scene<'_>) -> Applies {
    profile_and(scene, applicability::sd_jwt_vc)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::held::{assert_concerns_nobody_else, to_haip};
    use crate::checks::staging::credentials::{CA, LEAF, Paper, issued};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};

    fn with(x5c: serde_json::Value) -> Stage {
        issued(&[Paper::honest(1).header("kid", json!(null)).header("x5c", x5c)])
    }

    #[test]
    fn the_leaf_alone_holds_and_the_anchor_does_not_belong() {
        assert_holds(&super::CHECK, &to_haip(with(json!([LEAF]))));
        assert_breaks(&super::CHECK, &to_haip(with(json!([LEAF, CA]))), "trust anchor");
        assert_breaks(&super::CHECK, &to_haip(issued(&[Paper::honest(1)])), "no x5c");
        assert_breaks(&super::CHECK, &to_haip(with(json!(["?"]))), "base64");
        assert_concerns_nobody_else(&super::CHECK, &issued(&[Paper::honest(1)]));
    }
}
