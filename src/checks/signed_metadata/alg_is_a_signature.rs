//! What everybody can make vouches for nobody.

use super::in_signed;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::jose::PublicKey;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "signed-metadata/alg-is-a-signature",
    aliases: &[],
    since: "2026.3",
    title: "signed metadata have a digital signature",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-signed-metadata"],
    obligation: "the alg of signed metadata is a digital signature, neither none nor a MAC",
    doc: "`none` signs nothing, and the key of a MAC such as `HS256` would have to be known to every wallet. Libraries \
          fall back to them where they are given a secret in place of a key pair. Sign with the issuer's private \
          key, for example by `ES256`.",
    judge: Judge::Answers(Station::NegotiatedMetadata, alg_is_a_signature),
};

fn alg_is_a_signature(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    in_signed(answered, |jws| match jws.algorithm() {
        Some(algorithm) => Finding::expect(
            !PublicKey::is_symmetric_or_none(algorithm),
            "a digital signature as alg",
            format!("alg {algorithm}"),
        ),
        None => Finding::breaks("a digital signature as alg", "no alg"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::signed_metadata::staged::{given, honest, with_header};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn only_signatures_will_do() {
        assert_holds(&super::CHECK, &given(&honest()));
        assert_breaks(&super::CHECK, &given(&with_header("alg", json!("none"))), "alg none");
        assert_breaks(&super::CHECK, &given(&with_header("alg", json!("HS256"))), "alg HS256");
    }
}
