//! The path is what a proof is bound to, and what follows it is not.

use crate::checks::{Acceptance, Check, Judge, Level, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "dpop/overlooks-a-query-in-htu",
    aliases: &[],
    since: "2026.3",
    title: "a query or fragment in htu does no harm",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.2", "rfc9449#section-4.3"],
    obligation: "an htu with a stray query and fragment is accepted",
    doc: "A wallet leaves query and fragment out of `htu`, and a server leaves them out of its comparison. A \
          server that cuts them off its own address alone refuses wallets that forgot to, though the proof is \
          as good as any.\n\n\
          Cut them off on both sides before comparing.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "dpop-htu-with-query",
        stations: &[Station::Token, Station::Credential],
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::assert_makes_no_difference;

    #[test]
    fn it_makes_no_difference_at_either_endpoint() {
        assert_makes_no_difference(&super::CHECK, "dpop-htu-with-query");
    }
}
