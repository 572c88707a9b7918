//! Wallets of older drafts say the algorithm twice.

use super::announces_responses;
use crate::checks::{Acceptance, Check, Judge, Level};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "encryption/ignores-a-stray-alg",
    aliases: &[],
    since: "2026.3",
    title: "an alg beside the key for the answer is ignored",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#credential-request", "vci#encrypted-messages"],
    obligation: "a credential request whose credential_response_encryption has an alg of its own is granted all the same",
    doc: "Up to draft 15 `credential_response_encryption` had an `alg` beside `jwk` and `enc`. Now the \
          key states it, and a member that is not defined is ignored. Issuers that still read the old \
          member, or refuse members they do not know, lock out wallets that send both to get along with \
          either.\n\n\
          Read `jwk.alg`, and nothing else.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "encryption-stray-alg",
        stations: &[Station::Credential],
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{accepted, refused};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn a_grant_holds_and_a_refusal_breaks() {
        assert_holds(&super::CHECK, &accepted("encryption-stray-alg"));
        let refused = refused("encryption-stray-alg", 400, "invalid_encryption_parameters");
        assert_breaks(&super::CHECK, &refused, "400");
    }
}
