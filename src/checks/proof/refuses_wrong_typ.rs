//! A JWT made for another purpose is no key proof.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-wrong-typ",
    aliases: &[],
    since: "2026.1",
    title: "a key proof of another typ is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#jwt-proof-type", "vci#verifying-key-proof", "rfc8725#section-3.11"],
    obligation: "a key proof whose typ is not openid4vci-proof+jwt is refused with 400 invalid_proof",
    doc: "The same key may sign DPoP proofs, client assertions and presentations. Only \
          `typ` keeps one from passing for another, and most JOSE libraries do not look at \
          it unless told to.\n\n\
          Demand `typ` to be exactly `openid4vci-proof+jwt`, and treat a missing `typ` \
          like a wrong one.",
    judge: Judge::Refusal(invalid_proof("proof-wrong-typ")),
};
