//! A private key in a header is no longer private.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-private-key",
    aliases: &[],
    since: "2026.1",
    title: "a key proof that carries a private key is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#verifying-key-proof"],
    obligation: "a key proof whose header carries a private key is refused with 400 invalid_proof",
    doc: "A wallet that sends `jwk` with its private part has given the key away to every \
          log on the path. Issuing to that key would bind a credential to something that \
          is not a secret; JOSE libraries read the public half and are content.\n\n\
          Look for private members (`d`, and for RSA `p`, `q`, `dp`, `dq`, `qi`) in `jwk` \
          and refuse when one is there.",
    judge: Judge::Refusal(invalid_proof("proof-private-key")),
};
