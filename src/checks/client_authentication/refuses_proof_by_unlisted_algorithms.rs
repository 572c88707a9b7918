//! A client proves its key by what is announced, or not at all.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-proof-by-unlisted-algorithms",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof by an algorithm that is not listed is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-9", "abca#section-10.1"],
    obligation: "a client's proof by an algorithm that client_attestation_pop_signing_alg_values_supported does not list is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "The proof sent here is good otherwise: by a key for another algorithm, which the provider \
          attests in a listed one. A server that takes it lets the attested key decide by what the \
          proof is signed, whatever the metadata say.\n\n\
          Hand the list of the metadata to whatever verifies proofs, or extend the list.",
    judge: Judge::Refusal(invalid_client("client-proof-unlisted-alg")),
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
            attested("client-proof-unlisted-alg", 401, json!({ "error": "invalid_client" }));
        assert_holds(&super::CHECK, &refused);
        let granted = attested("client-proof-unlisted-alg", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Warn);
    }
}
