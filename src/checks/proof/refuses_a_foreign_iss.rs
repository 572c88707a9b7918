//! A proof that names another client was made for another request.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-a-foreign-iss",
    aliases: &[],
    since: "2026.3",
    title: "a key proof of another client is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#jwt-proof-type"],
    obligation: "a key proof whose iss is not the client that got the access token is refused with 400 invalid_proof; after an anonymous token request any iss is another client's",
    doc: "`iss` may be left out. Where it is there it has to be the `client_id` of the client that asks, and after an \
          anonymous token request it must not be there. An issuer that does not compare it takes a proof that was \
          made in one wallet for a request of another.\n\n\
          Compare `iss` with the client that the token was issued to, and let its absence pass: the plain requests of \
          a wallet without `client_id` carry none.",
    judge: Judge::Refusal(invalid_proof("proof-foreign-iss")),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{accepted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn invalid_proof_holds_and_a_credential_warns() {
        let tamper = "proof-foreign-iss";
        assert_holds(&super::CHECK, &refused(tamper, "invalid_proof"));
        assert_breaks(&super::CHECK, &accepted(tamper), "accepted");
        assert_outcome(&super::CHECK, &accepted(tamper), Outcome::Warn);
    }
}
