//! A credential that is not valid when it is handed over is of no use.

use serde_json::{Map, Value};

use super::each;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/is-valid-now",
    aliases: &[],
    since: "2026.1",
    title: "the credential is valid when it is issued",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["rfc7519#section-4.1", "rfc9901#section-7.1"],
    obligation: "exp, nbf and iat of an issued SD-JWT VC are seconds since the epoch, and the credential has not expired when it is received",
    doc: "Times are numbers of seconds. `Date.now()` gives milliseconds, and a JSON \
          library may write dates as ISO strings. `nbf` in the future, by more than a \
          minute, warns: a credential may be issued ahead of time, but mostly the clocks of \
          issuer and signing service differ, see `http/clock-is-right`.\n\n\
          An `iat` in the future is forbidden nowhere and warns, because verifiers refuse \
          it.",
    judge: Judge::Answers(Station::Credential, is_valid_now),
};

/// How far clocks may differ, in seconds.
const SKEW: f64 = 60.0;
/// Seconds that no date has; milliseconds of today are more.
const NO_DATE: f64 = 1e12;

fn is_valid_now(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, issued| {
        let claims = match &opened.unpacked {
            Ok(unpacked) => &unpacked.claims,
            Err(_) => opened.sd_jwt.payload(),
        };
        valid_at(claims, issued.received_at.as_millisecond() as f64 / 1000.0)
    })
}

/// Whether claims are valid at a time in seconds since the epoch, on clocks that may differ a little.
pub(in crate::checks) fn valid_at(claims: &Map<String, Value>, now: f64) -> Finding {
    for name in ["exp", "nbf", "iat"] {
        let expected = format!("{name} in seconds since the epoch");
        match claims.get(name).map(Value::as_f64) {
            None => {}
            Some(None) => return Finding::breaks(expected, format!("{name} is no number")),
            Some(Some(value)) if value >= NO_DATE => {
                return Finding::breaks(expected, format!("{name} {value}, like milliseconds"));
            }
            Some(Some(_)) => {}
        }
    }
    let time = |name: &str| claims.get(name).and_then(Value::as_f64);
    if let Some(exp) = time("exp").filter(|exp| *exp <= now) {
        let actual = format!("exp {exp}, {:.0} s before it was received", now - exp);
        return Finding::breaks("exp in the future", actual);
    }
    if let Some(nbf) = time("nbf").filter(|nbf| *nbf > now + SKEW) {
        let actual = format!("nbf {nbf}, {:.0} s after it was received", nbf - now);
        let breach = Breach::new("nbf not in the future", actual);
        return Finding::Warns(breach, "a credential may be issued before it is valid");
    }
    if let Some(iat) = time("iat").filter(|iat| *iat > now + SKEW) {
        let actual = format!("iat {iat}, {:.0} s after it was received", iat - now);
        let breach = Breach::new("iat not in the future", actual);
        return Finding::Warns(breach, "no text forbids it, but verifiers refuse it");
    }
    Finding::Holds
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{NOW, Paper, issued};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use serde_json::{Value, json};

    fn stage(name: &str, value: Value) -> Stage {
        issued(&[Paper::honest(1).claim(name, value)])
    }

    #[test]
    fn valid_times_hold_and_so_does_their_absence() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1)]));
        assert_holds(&super::CHECK, &stage("exp", json!(null)));
        assert_holds(&super::CHECK, &stage("nbf", json!(NOW + 30)));
        assert_holds(&super::CHECK, &stage("iat", json!(NOW as f64 + 0.5)));
    }

    #[test]
    fn expired_early_or_unreadable_times_break() {
        assert_breaks(&super::CHECK, &stage("exp", json!(NOW)), "before it was received");
        assert_breaks(&super::CHECK, &stage("iat", json!(NOW * 1000)), "milliseconds");
        assert_breaks(&super::CHECK, &stage("exp", json!("2030-01-01")), "no number");
    }

    #[test]
    fn an_nbf_or_iat_in_the_future_warns() {
        assert_outcome(&super::CHECK, &stage("nbf", json!(NOW + 90)), Outcome::Warn);
        assert_outcome(&super::CHECK, &stage("iat", json!(NOW + 90)), Outcome::Warn);
    }
}
