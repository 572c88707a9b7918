//! A key is its numbers, whatever else is said of it.

use crate::checks::{Acceptance, Check, Judge, Level, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "dpop/looks-at-the-key-alone",
    aliases: &[],
    since: "2026.3",
    title: "further members of the JWK do no harm",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc7638#section-3"],
    obligation: "a proof whose jwk has kid, use and alg beside the key itself is accepted, and the key is the same with and without them",
    doc: "The thumbprint that a token is bound to is made of the required members of the key alone, in the order \
          of their names. Servers that hash the JWK as it came, or compare it as text, bind the token to \
          something that the wallet may write differently next time.\n\n\
          Let the JOSE library make the thumbprint. Here the token is asked for with the plain key, and then \
          presented with one that says more of itself.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "dpop-jwk-with-extras",
        stations: &[Station::Token, Station::Credential],
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::assert_makes_no_difference;

    #[test]
    fn it_makes_no_difference_at_either_endpoint() {
        assert_makes_no_difference(&super::CHECK, "dpop-jwk-with-extras");
    }
}
