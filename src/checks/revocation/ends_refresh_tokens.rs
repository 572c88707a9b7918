//! What was given back is gone.

use super::takes_back;
use crate::checks::refresh::INVALID_GRANT;
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "revocation/ends-refresh-tokens",
    aliases: &[],
    since: "2026.3",
    title: "a revoked refresh token is refused",
    level: Level::Must,
    raised_by: &[],
    applies: takes_back,
    spec: &["rfc7009#section-2", "rfc7009#section-2.1", "rfc6749#section-5.2"],
    obligation: "a refresh token that was revoked is refused with 400 invalid_grant",
    doc: "A wallet revokes its refresh token when the holder deletes the credential, or the app. An endpoint \
          that answers 200 and keeps the token, because revocation works on access tokens only or is left \
          to a job at night, makes that a lie. A Revocation Endpoint has to know refresh tokens, and from \
          its answer on the token endpoint refuses them with `invalid_grant`.",
    judge: Judge::Refusal(Refusal {
        tamper: "refresh-revoked",
        expects: &[INVALID_GRANT],
        control: Control::Needed,
        leniency: None,
    }),
};
