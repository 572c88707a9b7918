//! What nobody announced nobody verifies.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-unlisted-types",
    aliases: &[],
    since: "2026.3",
    title: "a proof of a type that is not listed is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#credential-request", "vci#credential-issuer-parameters"],
    obligation: "a credential request whose proofs have only a type that proof_types_supported does not list is refused with 400 invalid_proof",
    doc: "The request carries a good proof under the name of a type that does not exist. An issuer \
          that looks for `proofs.jwt`, finds none, and goes on without a key gives away a \
          credential that anybody can present.\n\n\
          Treat a type that is not supported as no proof at all.",
    judge: Judge::Refusal(invalid_proof("proof-unlisted-type")),
};
