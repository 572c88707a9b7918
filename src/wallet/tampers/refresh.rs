//! What can be wrong with a token request by a refresh token.

use super::Tamper;
use super::client_authentication::another_instance;
use super::token::{field, set};
use crate::jose::{PrivateKey, Signing};
use crate::transcript::Station;
use crate::wallet::dpop::{fresh_identifier, header};
use crate::wallet::draft::Draft;
use crate::wallet::session::Session;

const fn row(
    name: &'static str,
    says: &'static str,
    change: fn(&mut Draft, &Session) -> Result<String, String>,
) -> Tamper {
    Tamper { name, says, at: &[Station::Token], resends: false, change }
}

/// The rows of the refresh.
pub const TAMPERS: &[Tamper] = &[
    row("refresh-unknown", "sends a refresh_token that was never issued", |draft, _| {
        refreshes(draft)?;
        set(draft, "refresh_token", &fresh_identifier())?;
        Ok("refresh_token is a fresh random value".into())
    }),
    row("refresh-another-client", "sends the refresh_token as another client", |draft, _| {
        refreshes(draft)?;
        field(draft, "client_id").ok_or("this wallet has no client_id")?;
        set(draft, "client_id", &format!("vcispec-{}", fresh_identifier()))
    }),
    row(
        "refresh-another-key",
        "proves possession of a key that the refresh_token was not obtained with",
        |draft, session| {
            refreshes(draft)?;
            let algorithm = session.dpop_key.algorithm();
            let key = PrivateKey::generate_for(algorithm).map_err(|error| error.to_string())?;
            let proof = draft.open_dpop().ok_or("DPoP is not used with this issuer")?;
            proof.header = header(&key);
            proof.signing = Signing::Key(key);
            Ok("the DPoP proof is valid, by a fresh key".into())
        },
    ),
    row(
        "refresh-by-another-instance",
        "sends the refresh_token from another installation of the same wallet",
        |draft, _| {
            refreshes(draft)?;
            another_instance(draft)
        },
    ),
    row("refresh-replaced", "sends a refresh_token whose place another took", |draft, session| {
        refreshes(draft)?;
        let replaced = session.renewal.replaced.as_deref();
        let replaced = replaced.ok_or("no refresh replaced the refresh_token")?;
        set(draft, "refresh_token", replaced)?;
        Ok("refresh_token is the one before".into())
    }),
    row(
        "refresh-after-reuse",
        "sends the latest refresh_token after the one before was shown again",
        |draft, session| {
            refreshes(draft)?;
            let says = "the latest refresh_token, after the one before was shown again";
            let is_reused = session.renewal.is_reused;
            is_reused.then(|| says.to_owned()).ok_or_else(|| "none was shown again".to_owned())
        },
    ),
    row("refresh-revoked", "sends a refresh_token that was revoked", |draft, session| {
        refreshes(draft)?;
        let says = "the refresh_token, after it was revoked";
        let is_revoked = session.renewal.is_revoked;
        is_revoked.then(|| says.to_owned()).ok_or_else(|| "it was not revoked".to_owned())
    }),
    row(
        "refresh-ineligible",
        "sends the refresh_token of a holder who is no longer eligible",
        |draft, session| {
            refreshes(draft)?;
            let says = "the refresh_token, after the eligibility of its holder ended";
            let is_over = session.renewal.is_ineligible;
            is_over.then(|| says.to_owned()).ok_or_else(|| "the eligibility did not end".to_owned())
        },
    ),
    row("refresh-wider-scope", "asks for a scope that was never granted", |draft, _| {
        refreshes(draft)?;
        set(draft, "scope", &format!("vcispec-{}", fresh_identifier()))
    }),
    row("refresh-with-tx-code", "sends a tx_code with the refresh_token", |draft, _| {
        refreshes(draft)?;
        set(draft, "tx_code", "4711")
    }),
];

fn refreshes(draft: &mut Draft) -> Result<(), String> {
    let found = field(draft, "refresh_token").map(|_| ());
    found.ok_or_else(|| "the request has no refresh_token".to_owned())
}
