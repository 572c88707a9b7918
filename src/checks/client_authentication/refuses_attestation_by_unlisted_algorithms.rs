//! An attester signs by what is announced, or does not count.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-attestation-by-unlisted-algorithms",
    aliases: &[],
    since: "2026.3",
    title: "a client attestation by an algorithm that is not listed is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-9", "abca#section-10.1"],
    obligation: "a client attestation by an algorithm that client_attestation_signing_alg_values_supported does not list is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "A server verifies attestations whose algorithm it supports and finds acceptable, and its \
          metadata say which ones these are. The attestation sent here is good otherwise, by another \
          key of the same provider. A server that takes it has a list that is shorter than what its \
          library verifies, or never looks at it.\n\n\
          Hand the list of the metadata to whatever verifies attestations, or extend the list.",
    judge: Judge::Refusal(invalid_client("client-attestation-unlisted-alg")),
};

#[cfg(test)]
mod tests {
    use super::super::staged::attested;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn a_refusal_holds_and_a_token_warns() {
        let refused =
            attested("client-attestation-unlisted-alg", 401, json!({ "error": "invalid_client" }));
        assert_holds(&super::CHECK, &refused);
        let granted =
            attested("client-attestation-unlisted-alg", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Warn);
    }
}
