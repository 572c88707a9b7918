//! The header says what the token is, or nothing.

use serde_json::Value;

use super::each;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/typ-is-jwt",
    aliases: &[],
    since: "2026.3",
    title: "typ is JWT, or is left out",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::jwt_vc,
    spec: &["vcdm1#json-web-token", "rfc7519#section-5.1"],
    obligation: "the typ header of an issued jwt_vc_json credential, if there is one, is JWT",
    doc: "`dc+sd-jwt` belongs to another format, `vc+jwt` and `vc+ld+json+jwt` to version 2 of the data \
          model, which has no `vc` claim. Verifiers choose their rules by `typ`, and then look for members \
          that are not there. It happens where one signer with one header serves several formats.\n\n\
          Another spelling of the same word, such as `jwt`, only warns: media types are compared without \
          regard to case.",
    judge: Judge::Answers(Station::Credential, typ_is_jwt),
};

fn typ_is_jwt(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| typ(opened.jwt_vc.jws.header().get("typ")))
}

fn typ(found: Option<&Value>) -> Finding {
    const EXPECTED: &str = "typ JWT, or none";
    match found {
        None => Finding::Holds,
        Some(Value::String(typ)) if typ == "JWT" => Finding::Holds,
        Some(Value::String(typ)) if typ.eq_ignore_ascii_case("JWT") => {
            let breach = Breach::new(EXPECTED, format!("typ {typ}"));
            Finding::Warns(breach, "media types are compared without regard to case")
        }
        Some(other) => Finding::breaks(EXPECTED, format!("typ {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::{JwtPaper, issued};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use serde_json::{Value, json};

    fn stage(typ: Value) -> Stage {
        issued(&[JwtPaper::honest(1).header("typ", typ)])
    }

    #[test]
    fn jwt_and_nothing_hold() {
        assert_holds(&super::CHECK, &stage(json!("JWT")));
        assert_holds(&super::CHECK, &stage(json!(null)));
    }

    #[test]
    fn another_type_breaks_and_another_spelling_warns() {
        assert_breaks(&super::CHECK, &stage(json!("dc+sd-jwt")), "dc+sd-jwt");
        assert_breaks(&super::CHECK, &stage(json!(["JWT"])), "[\"JWT\"]");
        assert_outcome(&super::CHECK, &stage(json!("jwt")), Outcome::Warn);
    }
}
