//! A proof that nobody signed proves nothing.

use super::AT_EACH_ENDPOINT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-alg-none",
    aliases: &[],
    since: "2026.1",
    title: "an unsigned proof is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.2", "rfc9449#section-4.3"],
    obligation: "a DPoP proof with the alg none is refused",
    doc: "The header is written by the sender, so a verifier that lets it choose the algorithm \
          lets it choose none. Give the library the list of algorithms that the metadata \
          announces in `dpop_signing_alg_values_supported`, asymmetric ones only, and refuse \
          everything else before looking at the signature.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-alg-none",
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

    const TAMPER: &str = "dpop-alg-none";

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
