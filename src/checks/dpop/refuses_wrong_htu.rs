//! A proof captured at one address must be worthless at another.

use super::AT_EACH_ENDPOINT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-wrong-htu",
    aliases: &[],
    since: "2026.1",
    title: "a proof for another address is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.2", "rfc9449#section-4.3"],
    obligation: "a DPoP proof whose htu is not the address of the request is refused",
    doc: "Behind a reverse proxy the server sees an internal address, the comparison fails for \
          every wallet, and it gets switched off or weakened to the host or a prefix. Compare \
          with the published URL of the endpoint instead, configured or rebuilt from trusted \
          forwarding headers, without query and fragment, after the normalisation of RFC 3986 \
          6.2.2 and 6.2.3.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-wrong-htu",
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

    const TAMPER: &str = "dpop-wrong-htu";

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
