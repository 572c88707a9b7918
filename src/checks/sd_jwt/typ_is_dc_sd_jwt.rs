//! A credential says what it is.

use super::each;
use crate::checks::{
    Answered, Breach, Check, Finding, Judge, Level, OpenedSdJwt, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/typ-is-dc-sd-jwt",
    aliases: &[],
    since: "2026.1",
    title: "the typ of an SD-JWT VC is dc+sd-jwt",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["sdjwtvc#section-3.2.1"],
    obligation: "the header of an issued SD-JWT VC has typ dc+sd-jwt",
    doc: "Until November 2024 the drafts of SD-JWT VC had `vc+sd-jwt`, and many libraries \
          still write it by default. Verifiers may take both for a time, but the format \
          that OpenID4VCI 1.0 names is `dc+sd-jwt`, and `typ` follows it.\n\n\
          Set `typ` where the credential is signed. `JWT`, or no `typ` at all, lets a \
          credential pass for any other token that is signed with the same key.",
    judge: Judge::Answers(Station::Credential, typ_is_dc_sd_jwt),
};

fn typ_is_dc_sd_jwt(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| typ(opened))
}

fn typ(opened: &OpenedSdJwt) -> Finding {
    const EXPECTED: &str = "typ dc+sd-jwt";
    match opened.sd_jwt.jws.token_type() {
        Some("dc+sd-jwt") => Finding::Holds,
        Some(typ) if typ.eq_ignore_ascii_case("application/dc+sd-jwt") => Finding::Warns(
            Breach::new(EXPECTED, format!("typ {typ}")),
            "the prefix application/ is to be left out, though receivers may read it the same",
        ),
        Some("vc+sd-jwt") => {
            Finding::breaks(EXPECTED, "typ vc+sd-jwt, as in drafts before November 2024")
        }
        Some(typ) => Finding::breaks(EXPECTED, format!("typ {typ}")),
        None => Finding::breaks(EXPECTED, "no typ"),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn only_dc_sd_jwt_holds() {
        let stage = |typ| issued(&[Paper::honest(1).header("typ", typ)]);
        assert_holds(&super::CHECK, &stage(json!("dc+sd-jwt")));
        assert_breaks(&super::CHECK, &stage(json!("vc+sd-jwt")), "drafts");
        assert_breaks(&super::CHECK, &stage(json!("JWT")), "JWT");
        assert_breaks(&super::CHECK, &stage(json!(null)), "no typ");
        let long = stage(json!("application/dc+sd-jwt"));
        assert_outcome(&super::CHECK, &long, Outcome::Warn);
    }

    #[test]
    fn the_one_that_breaks_is_named() {
        let old = Paper::honest(2).header("typ", json!("vc+sd-jwt"));
        assert_breaks(&super::CHECK, &issued(&[Paper::honest(1), old]), "credential 2 of 2");
    }
}
