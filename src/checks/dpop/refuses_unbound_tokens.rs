//! A proof beside a token that is bound to no key proves nothing of it.

use super::AT_CREDENTIAL;
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-unbound-tokens",
    aliases: &[],
    since: "2026.3",
    title: "a bearer token is refused under the scheme DPoP",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-7.1"],
    obligation: "an access token that is bound to no key is refused with the DPoP scheme",
    doc: "Under `DPoP` the resource compares the key of the proof with the one that the token is \
          bound to. A comparison that is left out where the token names none makes of a stolen \
          bearer token one that looks bound, with whatever key the thief has.\n\n\
          Treat a token without `cnf` as a mismatch, and answer `invalid_token`.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-for-bearer-token",
        expects: &[Expectation {
            applies: applicability::always,
            codes: &["invalid_token", "invalid_dpop_proof"],
            ..AT_CREDENTIAL
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::controls;
    use crate::checks::staging::{assert_breaks, assert_holds};
    use crate::transcript::Station;

    const TAMPER: &str = "dpop-for-bearer-token";

    #[test]
    fn the_resource_refuses_it() {
        let right = controls().refused_at_credential(TAMPER, 401, "invalid_token");
        assert_holds(&super::CHECK, &right);
        let accepted = controls().accepted(TAMPER, Station::Credential);
        assert_breaks(&super::CHECK, &accepted, "accepted");
        let crashed = controls().refused_at_credential(TAMPER, 500, "");
        assert_breaks(&super::CHECK, &crashed, "a server error");
    }
}
