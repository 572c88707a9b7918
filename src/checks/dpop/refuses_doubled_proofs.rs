//! Of two proofs nobody can tell which one counts.

use super::AT_EACH_ENDPOINT;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-doubled-proofs",
    aliases: &[],
    since: "2026.3",
    title: "two DPoP header fields are refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.3"],
    obligation: "a request with more than one DPoP header field is refused",
    doc: "Most frameworks give the first value of a header field, or the last, and never tell that \
          there were two. A gateway that looks at the one, before a server that looks at the other, \
          lets a stolen token pass.\n\n\
          Ask for all values of the field, and answer `invalid_dpop_proof` unless there is exactly \
          one.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-doubled",
        expects: AT_EACH_ENDPOINT,
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::controls;
    use crate::checks::staging::{assert_breaks, assert_holds};
    use crate::transcript::Station;

    const TAMPER: &str = "dpop-doubled";

    #[test]
    fn it_is_refused_at_both_endpoints() {
        let right = controls()
            .refused_at_token(TAMPER, 400, "invalid_dpop_proof")
            .refused_at_credential(TAMPER, 401, "invalid_dpop_proof");
        assert_holds(&super::CHECK, &right);
        let accepted = controls().accepted(TAMPER, Station::Token);
        assert_breaks(&super::CHECK, &accepted, "accepted");
    }
}
