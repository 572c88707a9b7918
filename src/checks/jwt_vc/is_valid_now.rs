//! A credential that is not valid when it is handed over is of no use.

use super::each;
use crate::checks::sd_jwt::valid_at;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/is-valid-now",
    aliases: &[],
    since: "2026.3",
    title: "the credential is valid when it is issued",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::jwt_vc,
    spec: &["rfc7519#section-4.1", "vcdm1#issuance-date", "vcdm1#expiration"],
    obligation: "nbf and exp of an issued jwt_vc_json credential are seconds since the epoch, and it is valid when it is received",
    doc: "`nbf` in the future, by more than a minute, means that every verifier rejects what the wallet was \
          just given; `exp` in the past means the same for ever. `Date.now()` gives milliseconds. Look at the \
          clocks of issuer and signing service, and see `http/clock-is-right`.\n\n\
          That the dates inside `vc` are the same is `jwt-vc/dates-agree`.",
    judge: Judge::Answers(Station::Credential, is_valid_now),
};

fn is_valid_now(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, issued| {
        let claims = opened.jwt_vc.payload();
        // A date that is text is what jwt-vc/dates-agree says.
        if ["nbf", "exp"].iter().any(|name| claims.get(*name).is_some_and(|it| !it.is_number())) {
            return Finding::Silent("a date is no number");
        }
        valid_at(claims, issued.received_at.as_millisecond() as f64 / 1000.0)
    })
}

#[cfg(test)]
mod tests {
    use super::super::staged::{JwtPaper, issued};
    use crate::checks::staging::credentials::NOW;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use serde_json::{Value, json};

    fn stage(name: &str, value: Value) -> Stage {
        issued(&[JwtPaper::honest(1).claim(name, value)])
    }

    #[test]
    fn valid_times_hold_and_others_warn() {
        assert_holds(&super::CHECK, &stage("exp", json!(null)));
        assert_holds(&super::CHECK, &stage("nbf", json!(NOW + 30)));
        assert_breaks(&super::CHECK, &stage("exp", json!(NOW)), "before it was received");
        assert_breaks(&super::CHECK, &stage("nbf", json!(NOW + 90)), "90 s after");
        assert_breaks(&super::CHECK, &stage("exp", json!(NOW * 1000)), "milliseconds");
    }
}
