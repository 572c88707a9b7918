//! What the High Assurance Interoperability Profile adds (HAIP 1.0), as far as the Pre-Authorized
//! Code Flow goes. Outside of the profile none of it concerns anybody.

mod authenticates_clients;
mod binds_by_a_jwk;
mod carries_the_chain;
mod issues_a_profiled_format;
mod issues_refresh_tokens;
mod limits_validity;
mod publishes_a_nonce_endpoint;
mod refuses_client_proofs_from_the_future;
mod refuses_proofs_from_the_future;
mod scopes_every_configuration;
mod supports_dpop;
mod takes_es256;
mod tolerates_fast_clocks;

use super::{Applies, Check, Profile, Scene};

/// The checks of this profile.
pub const CHECKS: &[&Check] = &[
    &issues_a_profiled_format::CHECK,
    &scopes_every_configuration::CHECK,
    &publishes_a_nonce_endpoint::CHECK,
    &takes_es256::CHECK,
    &authenticates_clients::CHECK,
    &supports_dpop::CHECK,
    &issues_refresh_tokens::CHECK,
    &carries_the_chain::CHECK,
    &binds_by_a_jwk::CHECK,
    &limits_validity::CHECK,
    &tolerates_fast_clocks::CHECK,
    &refuses_proofs_from_the_future::CHECK,
    &refuses_client_proofs_from_the_future::CHECK,
];

/// Concerns issuers that are held to the profile.
fn profile(scene: &Scene<'_>) -> Applies {
    Applies::when(
        scene.policy.profiles.contains(Profile::Haip),
        "the issuer is not held to haip-1.0 (--profile haip-1.0)",
    )
}

/// Concerns issuers that are held to the profile, of what the other function says.
fn profile_and(scene: &Scene<'_>, applies: fn(&Scene<'_>) -> Applies) -> Applies {
    match profile(scene) {
        Applies::Yes => applies(scene),
        no => no,
    }
}

#[cfg(test)]
mod held {
    //! An issuer that is held to the profile, for the tests of these checks.

    use serde_json::json;

    use crate::checks::staging::{Stage, assert_outcome};
    use crate::checks::{Check, Outcome, Policy, Profile, Profiles};
    use crate::transcript::Station;

    /// The same, held to the profile.
    pub fn to_haip(stage: Stage) -> Stage {
        stage.policy(Policy { profiles: Profiles::of([Profile::Haip]), ..Policy::default() })
    }

    /// A tampered token request was answered so, a plain one with a token.
    pub fn asked_for_a_token(tamper: &str, status: u16, code: &str) -> Stage {
        let token = json!({"access_token": "t", "token_type": "DPoP"});
        let body = match status {
            200 => token.clone(),
            _ => json!({ "error": code }),
        };
        let stage = Stage::new().tampered(tamper, Station::Token, status, body);
        to_haip(stage.answer_json(Station::Token, 200, token))
    }

    /// Nobody else is concerned.
    #[track_caller]
    pub fn assert_concerns_nobody_else(check: &'static Check, stage: &Stage) {
        assert_outcome(check, stage, Outcome::NotApplicable);
    }
}
