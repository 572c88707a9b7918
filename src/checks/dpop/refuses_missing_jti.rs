//! A proof without an identifier cannot be recognised when it comes again.

use super::AT_EACH_ENDPOINT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-missing-jti",
    aliases: &[],
    since: "2026.1",
    title: "a proof without jti is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.2", "rfc9449#section-4.3"],
    obligation: "a DPoP proof without jti is refused",
    doc: "`jti` is required, whether or not the server keeps track of it. Claims that are merely \
          looked up yield nothing where they are missing, and a replay check on nothing finds \
          nothing. Make the claim a required member of the type the payload is parsed into, and \
          refuse the empty string with it.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-missing-jti",
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

    const TAMPER: &str = "dpop-missing-jti";

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
