//! Tenants of one server are strangers to each other.

use super::INVALID_GRANT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-another-issuers-code",
    aliases: &[],
    since: "2026.3",
    title: "a code of another issuer is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#token-error-response"],
    obligation: "a pre-authorized code that another issuer gave out is refused with 400 invalid_grant",
    doc: "Where one server has several issuers, their codes often lie in one table, found by value alone. Then a \
          code of the one is redeemed at the other, under its rules and with its keys. Keep the issuer with \
          each code, and look for both. Two issuers that name the same token endpoint share an \
          authorization server, and are not compared.",
    judge: Judge::Refusal(Refusal {
        tamper: "another-issuers-code",
        expects: &[INVALID_GRANT],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{refused, token};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    const TAMPER: &str = "another-issuers-code";

    #[test]
    fn only_a_refusal_as_invalid_grant_holds() {
        assert_holds(&super::CHECK, &refused(TAMPER, 400, "invalid_grant"));
        assert_outcome(&super::CHECK, &refused(TAMPER, 400, "invalid_request"), Outcome::Warn);
        assert_breaks(&super::CHECK, &refused(TAMPER, 500, "server_error"), "a server error");
        let granted =
            refused(TAMPER, 400, "invalid_grant").tampered(TAMPER, Station::Token, 200, token("u"));
        assert_outcome(&super::CHECK, &granted, Outcome::Warn);
    }
}
