//! What a proof says beside what is asked for must not matter.

use crate::checks::{Acceptance, Check, Judge, Level, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "proof/ignores-unknown-members",
    aliases: &[],
    since: "2026.1",
    title: "unknown claims and header parameters of a key proof are ignored",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#jwt-proof-type", "rfc7519#section-4", "rfc7515#section-4"],
    obligation: "a key proof with a claim or header parameter that is not defined for it is accepted all the same",
    doc: "JWS and JWT both say that what is not understood is ignored (unless `crit` lists it), and \
          the specification adds nothing to that for key proofs. A strict schema for the claims \
          refuses wallets that add `jti` or `exp`, as many do.\n\n\
          Validate the members that are defined, and leave the others alone.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "proof-unknown-member",
        stations: &[Station::Credential],
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{accepted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_holds, assert_outcome};

    #[test]
    fn a_grant_holds_and_a_refusal_warns() {
        let tamper = "proof-unknown-member";
        assert_holds(&super::CHECK, &accepted(tamper));
        assert_outcome(&super::CHECK, &refused(tamper, "invalid_proof"), Outcome::Warn);
    }
}
