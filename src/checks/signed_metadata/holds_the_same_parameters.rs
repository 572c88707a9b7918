//! Who signs metadata signs all of them.

use super::in_signed;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "signed-metadata/holds-the-same-parameters",
    aliases: &[],
    since: "2026.3",
    title: "signed metadata hold every parameter",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-signed-metadata"],
    obligation: "every parameter of the unsigned metadata is a claim of the signed ones, at the top and with the same value",
    doc: "The parameters stand beside `sub` and `iat` at the top of the payload, not under a member of their own such as \
          `metadata`, and none is left to the unsigned form. A parameter that is missing fails; another value only \
          warns, since the document may have changed between two requests. Sign the very object that is served \
          unsigned.",
    judge: Judge::Answers(Station::NegotiatedMetadata, holds_the_same_parameters),
};

fn holds_the_same_parameters(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_signed(answered, |jws| {
        let unsigned = scene.issuer_metadata().and_then(|metadata| metadata.json().as_object());
        let Some(unsigned) = unsigned else {
            return Finding::Silent("the unsigned metadata are not known");
        };
        let Ok(claims) = jws.payload_claims() else {
            return Finding::breaks("a JSON object as payload", "none");
        };
        let names = |is_so: &dyn Fn(&str) -> bool| {
            let names: Vec<&str> =
                unsigned.keys().map(String::as_str).filter(|name| is_so(name)).collect();
            (!names.is_empty()).then(|| names.join(", "))
        };
        let expected = "each parameter of the unsigned metadata as a claim of the payload";
        if let Some(missing) = names(&|name| !claims.contains_key(name)) {
            return Finding::breaks(expected, format!("no {missing}"));
        }
        match names(&|name| claims.get(name) != unsigned.get(name)) {
            Some(other) => Finding::Warns(
                Breach::new(expected, format!("other values for {other}")),
                "metadata may change between two requests",
            ),
            None => Finding::Holds,
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::signed_metadata::staged::{given, honest, with_claim};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn none_is_left_out_and_none_has_another_value() {
        assert_holds(&super::CHECK, &given(&honest()));
        let without = given(&with_claim("credential_endpoint", json!(null)));
        assert_breaks(&super::CHECK, &without, "no credential_endpoint");
        let other = given(&with_claim("credential_endpoint", json!("https://elsewhere.example")));
        assert_outcome(&super::CHECK, &other, Outcome::Warn);
    }
}
