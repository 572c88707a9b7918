//! Of two documents, the newer counts, and none for ever.

use serde_json::Value;

use super::in_signed;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "signed-metadata/states-its-times",
    aliases: &[],
    since: "2026.3",
    title: "signed metadata state when they were made",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-signed-metadata"],
    obligation: "signed metadata have an integer as iat, and an exp, if any, that is still to come",
    doc: "`iat` is when this document was signed, in seconds since 1970, and is no text. Where metadata are signed once \
          and served from a file, `exp` passes unnoticed, and wallets that heed it have no metadata any more: sign \
          again before it does.",
    judge: Judge::Answers(Station::NegotiatedMetadata, states_its_times),
};

fn states_its_times(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    in_signed(answered, |jws| {
        let claims = jws.payload_claims().ok();
        let claim = |name| claims.and_then(|claims| claims.get(name));
        let shown = |name: &str, value: Option<&Value>| match value {
            Some(value) => format!("{name} {value}"),
            None => format!("no {name}"),
        };
        let iat = claim("iat");
        if !iat.is_some_and(Value::is_i64) {
            return Finding::breaks("an integer as iat", shown("iat", iat));
        }
        let Some(exp) = claim("exp") else { return Finding::Holds };
        match exp.as_i64() {
            None => Finding::breaks("an integer as exp", shown("exp", Some(exp))),
            Some(end) if end <= answered.answer.at.as_second() => Finding::Warns(
                Breach::new("an exp that is still to come", shown("exp", Some(exp))),
                "the text does not say that expired metadata may not be served",
            ),
            Some(_) => Finding::Holds,
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::signed_metadata::staged::{given, honest, with_claim};
    use crate::checks::staging::credentials::NOW;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn numbers_hold() {
        assert_holds(&super::CHECK, &given(&honest()));
        assert_holds(&super::CHECK, &given(&with_claim("exp", json!(null))));
        assert_breaks(&super::CHECK, &given(&with_claim("iat", json!(null))), "no iat");
        assert_breaks(&super::CHECK, &given(&with_claim("iat", json!("now"))), "now");
        assert_breaks(&super::CHECK, &given(&with_claim("exp", json!("soon"))), "soon");
    }

    #[test]
    fn expired_metadata_are_warned_of() {
        let expired = given(&with_claim("exp", json!(NOW - 1)));
        assert_outcome(&super::CHECK, &expired, Outcome::Warn);
    }
}
