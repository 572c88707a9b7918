//! A proof with an attestation names its key as any other.

use super::{answer_to, demanded};
use crate::checks::{Check, Finding, Judge, Level, Scene};
use crate::protocol::KeyProof;

pub static CHECK: Check = Check {
    id: "key-attestation/accepts-a-jwk-header",
    aliases: &[],
    since: "2026.3",
    title: "an attested proof may name its key by jwk",
    level: Level::Derived,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#jwt-proof-type"],
    obligation: "a jwt proof with a key attestation that names its key by jwk is accepted",
    doc: "An example of the specification has `\"kid\": \"0\"` beside \
          `key_attestation`, as if it were an index into `attested_keys`; no rule says \
          so. Issuers that were built after the example refuse the `jwk` header that \
          they accept everywhere else.\n\n\
          Read the key of the proof as without an attestation: from `jwk`, `kid` or \
          `x5c`.",
    judge: Judge::Transcript(accepts_a_jwk_header),
};

fn accepts_a_jwk_header(scene: &Scene<'_>) -> Finding {
    answer_to(scene, "a credential for a proof with key_attestation and jwk", |requested| {
        let mut proofs = requested.proofs.iter().flatten();
        requested.proofs.len() == 1
            && proofs.any(|proof| proof.has_key_attestation() && KeyProof::names_key_by_jwk(proof))
    })
}

#[cfg(test)]
mod tests {
    use super::super::staged::{attested, turned_down};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn granted_holds_and_refused_warns() {
        assert_holds(&super::CHECK, &attested(1, 1));
        assert_breaks(&super::CHECK, &turned_down(1), "invalid_proof");
        assert_outcome(&super::CHECK, &turned_down(1), Outcome::Warn);
    }
}
