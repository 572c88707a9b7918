//! Proofs are meant to be extended, so what a server does not know must do no harm.

use crate::checks::{Acceptance, Check, Judge, Level, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "dpop/ignores-unknown-members",
    aliases: &[],
    since: "2026.1",
    title: "unknown members of a proof do no harm",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.2", "rfc7515#section-4", "rfc7519#section-4"],
    obligation: "a DPoP proof with further headers and claims is accepted all the same",
    doc: "A proof may carry more than RFC 9449 lists, for extensions and profiles, and JWTs are \
          read by ignoring what one does not understand. Refusals come from parsing header or \
          payload into a closed type (`deny_unknown_fields`, `additionalProperties: false`). Open \
          it, and go on refusing what `crit` names.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "dpop-unknown-member",
        stations: &[Station::Token, Station::Credential],
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::controls;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    const TAMPER: &str = "dpop-unknown-member";

    #[test]
    fn the_addition_makes_no_difference() {
        let accepted =
            controls().accepted(TAMPER, Station::Token).accepted(TAMPER, Station::Credential);
        assert_holds(&super::CHECK, &accepted);
        let refused = controls().refused_at_credential(TAMPER, 401, "invalid_dpop_proof");
        assert_breaks(&super::CHECK, &refused, "invalid_dpop_proof");
        let alone = Stage::new().refused_at_token(TAMPER, 400, "invalid_dpop_proof");
        assert_outcome(&super::CHECK, &alone, Outcome::Inconclusive);
    }
}
