//! The transaction code belongs to the offer, and the offer is long gone.

use super::issues_refresh_tokens;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene};

pub static CHECK: Check = Check {
    id: "refresh/ignores-a-tx-code",
    aliases: &[],
    since: "2026.3",
    title: "a transaction code means nothing in a refresh",
    level: Level::Derived,
    raised_by: &[],
    applies: issues_refresh_tokens,
    spec: &["vci#token-request"],
    obligation: "a tx_code in a refresh is ignored, or refused with 400 invalid_request",
    doc: "`tx_code` may be used with the pre-authorized code grant alone. A token endpoint that looks at it \
          before it looks at the grant type compares it with a code that is no longer there, and answers \
          `invalid_grant` or not at all. Read the parameters of each grant type apart.",
    judge: Judge::Transcript(ignores_a_tx_code),
};

const TAMPER: &str = "refresh-with-tx-code";

fn ignores_a_tx_code(scene: &Scene<'_>) -> Finding {
    let mut tried = scene.tampered(TAMPER);
    let Some(answered) = tried.find(|answered| !matches!(answered.answer.status, 429 | 503)) else {
        return Finding::Silent("no refresh was sent with a tx_code");
    };
    let code = answered.error_code();
    let status = answered.answer.status;
    if answered.grants_something() || (status, code.as_deref()) == (400, Some("invalid_request")) {
        return Finding::Holds;
    }
    let expected = "a token, or 400 invalid_request";
    Finding::Breaks(Breach::new(expected, answered.summary()).at([answered.exchange.number]))
}

#[cfg(test)]
mod tests {
    use super::super::staged::{granted, redeemed, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn it_is_ignored_or_malformed() {
        assert_holds(&super::CHECK, &granted(super::TAMPER));
        assert_holds(&super::CHECK, &refused(super::TAMPER, 400, "invalid_request"));
        let stage = refused(super::TAMPER, 400, "invalid_grant");
        assert_breaks(&super::CHECK, &stage, "400 invalid_grant");
        assert_outcome(&super::CHECK, &stage, Outcome::Warn);
        assert_outcome(&super::CHECK, &redeemed("Bearer"), Outcome::NotTestable);
    }
}
