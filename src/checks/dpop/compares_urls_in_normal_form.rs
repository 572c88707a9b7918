//! One address has many spellings, and none of them is another address.

use crate::checks::{Acceptance, Check, Judge, Level, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "dpop/compares-urls-in-normal-form",
    aliases: &[],
    since: "2026.3",
    title: "htu is compared in normal form",
    level: Level::Should,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.3"],
    obligation: "an htu that spells the URL of the endpoint in another way is accepted",
    doc: "Scheme and host are written in any case, and the port of the scheme may be there or not: the address \
          is the same. Servers that compare octets refuse wallets whose URL library writes more, or less, \
          than their own.\n\n\
          Read both addresses with a URL parser and compare what it makes of them. Look at the public \
          address, which is the one in the metadata, not at the one behind the gateway.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "dpop-htu-in-another-form",
        stations: &[Station::Token, Station::Credential],
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::assert_makes_no_difference;

    #[test]
    fn it_makes_no_difference_at_either_endpoint() {
        assert_makes_no_difference(&super::CHECK, "dpop-htu-in-another-form");
    }
}
