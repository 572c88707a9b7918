//! A proof made for another issuer is a replay.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-wrong-aud",
    aliases: &[],
    since: "2026.1",
    title: "a key proof for another audience is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#jwt-proof-type", "vci#verifying-key-proof"],
    obligation: "a key proof whose aud is not the Credential Issuer Identifier is refused with 400 invalid_proof",
    doc: "An issuer that receives a proof could hand it on to another issuer, if that one \
          did not look at `aud`. Verifiers skip it when the JOSE library is not given an \
          expected audience, or compare a prefix only.\n\n\
          Compare `aud` with the Credential Issuer Identifier as a whole string: the value \
          of `credential_issuer` in the metadata, not the URL of the Credential Endpoint \
          and not the identifier of the authorization server.",
    judge: Judge::Refusal(invalid_proof("proof-wrong-aud")),
};
