//! Each proof of a batch may bring its own attestation.

use super::{answer_to, batches_demanded};
use crate::checks::{Check, Finding, Judge, Level, Scene};
use crate::protocol::KeyProof;

pub static CHECK: Check = Check {
    id: "key-attestation/accepts-an-attestation-for-each-proof",
    aliases: &[],
    since: "2026.3",
    title: "each proof of a batch may bring an attestation",
    level: Level::Derived,
    raised_by: &[],
    applies: batches_demanded,
    spec: &["vci#jwt-proof-type", "vci#credential-request"],
    obligation: "a batch of jwt proofs, each with a key attestation of its own, is accepted",
    doc: "Keys in different storages, or made one after the other, come with \
          attestations of their own. Issuers that read only the attestation of the \
          first proof find the other keys in none.\n\n\
          Verify the attestation of each proof by itself.",
    judge: Judge::Transcript(accepts_an_attestation_for_each_proof),
};

fn accepts_an_attestation_for_each_proof(scene: &Scene<'_>) -> Finding {
    answer_to(scene, "credentials for proofs with an attestation each", |requested| {
        let proofs = &requested.proofs;
        proofs.len() > 1
            && proofs.iter().all(|one| one.as_ref().is_some_and(KeyProof::has_key_attestation))
    })
}

#[cfg(test)]
mod tests {
    use super::super::staged::{batch, turned_down};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn granted_holds_and_refused_warns() {
        assert_holds(&super::CHECK, &batch());
        assert_breaks(&super::CHECK, &turned_down(2), "invalid_proof");
    }
}
