//! Signed metadata say whose they are.

use super::in_signed;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "signed-metadata/sub-is-the-issuer",
    aliases: &[],
    since: "2026.3",
    title: "signed metadata name their issuer",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-signed-metadata"],
    obligation: "the sub of signed metadata is the Credential Issuer Identifier",
    doc: "Signed metadata can be copied to another place, and only `sub` tells which issuer they were made for. It is \
          the identifier to the letter, as in `credential_issuer`; `iss`, if there is one, may be somebody else \
          who attests to them.",
    judge: Judge::Answers(Station::NegotiatedMetadata, sub_is_the_issuer),
};

fn sub_is_the_issuer(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_signed(answered, |jws| {
        let identifier = scene.provenance.credential_issuer.as_str();
        let Ok(claims) = jws.payload_claims() else {
            return Finding::breaks(
                format!("sub {identifier}"),
                "a payload that is no JSON object",
            );
        };
        match claims.get("sub") {
            Some(sub) if sub == identifier => Finding::Holds,
            Some(sub) => Finding::breaks(format!("sub {identifier}"), format!("sub {sub}")),
            None => Finding::breaks(format!("sub {identifier}"), "no sub"),
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::signed_metadata::staged::{given, honest, with_claim};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn it_is_the_identifier_to_the_letter() {
        assert_holds(&super::CHECK, &given(&honest()));
        assert_breaks(&super::CHECK, &given(&with_claim("sub", json!(null))), "no sub");
        let other = with_claim("sub", json!("https://issuer.example/"));
        assert_breaks(&super::CHECK, &given(&other), "https://issuer.example/");
    }
}
