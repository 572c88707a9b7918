//! A proof is made for one request, and the method is part of it.

use super::AT_EACH_ENDPOINT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-wrong-htm",
    aliases: &[],
    since: "2026.1",
    title: "a proof for another method is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.2", "rfc9449#section-4.3"],
    obligation: "a DPoP proof whose htm is not the method of the request is refused",
    doc: "Compare `htm` with the method of the request, letter by letter: methods are \
          case-sensitive. Where the proof is checked in a filter that serves several routes, \
          take the method from the request at hand and not from configuration.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-wrong-htm",
        expects: AT_EACH_ENDPOINT,
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::controls;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    const TAMPER: &str = "dpop-wrong-htm";

    #[test]
    fn it_is_refused_at_both_endpoints() {
        let right = controls()
            .refused_at_token(TAMPER, 400, "invalid_dpop_proof")
            .refused_at_credential(TAMPER, 401, "invalid_dpop_proof");
        assert_holds(&super::CHECK, &right);
        for station in [Station::Token, Station::Credential] {
            let accepted = controls().accepted(TAMPER, station);
            assert_breaks(&super::CHECK, &accepted, "accepted");
        }
    }

    #[test]
    fn another_refusal_warns_and_a_crash_breaks() {
        let other = controls().refused_at_token(TAMPER, 401, "invalid_client");
        assert_outcome(&super::CHECK, &other, Outcome::Warn);
        let tolerated = controls().refused_at_credential(TAMPER, 401, "invalid_token");
        assert_outcome(&super::CHECK, &tolerated, Outcome::Warn);
        let crashed = controls().refused_at_credential(TAMPER, 500, "");
        assert_breaks(&super::CHECK, &crashed, "a server error");
    }
}
