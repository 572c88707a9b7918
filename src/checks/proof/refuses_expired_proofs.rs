//! A proof that says when it ends has ended then.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-expired-proofs",
    aliases: &[],
    since: "2026.3",
    title: "an expired key proof is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["rfc7519#section-4.1.4"],
    obligation: "a key proof whose exp lies an hour back is refused with 400 invalid_proof",
    doc: "A key proof needs no `exp`; the specification has the issuer look at `iat`. Where it is \
          there, it is a registered claim, and a JWT must not be accepted after it. Libraries that \
          are told to ignore expiry, because proofs mostly have none, ignore it here too.",
    judge: Judge::Refusal(invalid_proof("proof-expired")),
};
