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

use super::http::difference;
use super::{Applies, Check, Profile, Scene};
use crate::transcript::Station;

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
fn profile_and(scene: &Scene<'_>, applies: impl Fn(&Scene<'_>) -> Applies) -> Applies {
    match profile(scene) {
        Applies::Yes => applies(scene),
        no => no,
    }
}

/// Concerns issuers that are held to the profile and whose clock agrees with ours so far: a proof
/// that is dated by our clock tells how theirs is read only while the two are near each other.
/// `ahead` is by how many seconds the server's clock may be ahead of ours, negative for behind.
fn profile_by_the_clock(scene: &Scene<'_>, ahead: std::ops::RangeInclusive<i64>) -> Applies {
    profile_and(scene, |scene| {
        let asked = scene.answered().filter(|one| one.exchange.station == Station::Token);
        let differences = asked.filter_map(|one| difference(&one));
        match differences.max_by_key(|seconds| seconds.abs()) {
            Some(seconds) if ahead.contains(&seconds) => Applies::Yes,
            Some(seconds) => Applies::No(format!(
                "the server's clock is {seconds:+} s from ours, so what it saw of the proof's date cannot be told"
            )),
            None => Applies::No(
                "no answer has a Date, so what the server saw of the proof's date cannot be told"
                    .to_owned(),
            ),
        }
    })
}

#[cfg(test)]
mod held {
    //! An issuer that is held to the profile, for the tests of these checks.

    use serde_json::json;

    use crate::checks::staging::{Stage, assert_outcome};
    use crate::checks::{Check, Outcome, Policy, Profile, Profiles};
    use crate::transcript::{Received, Station};

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
        dated(to_haip(stage.answer_json(Station::Token, 200, token)), 0)
    }

    /// The last answer says that it is so many seconds after midnight, which is our time.
    pub fn dated(stage: Stage, seconds: u32) -> Stage {
        let date = format!("Thu, 01 Jan 1970 00:{:02}:{:02} GMT", seconds / 60, seconds % 60);
        stage.last(|exchange| {
            if let Received::Answer(answer) = &mut exchange.received {
                answer.headers.0.retain(|(name, _)| name != "date");
                answer.headers.push("date", &date);
            }
        })
    }

    /// Nobody else is concerned.
    #[track_caller]
    pub fn assert_concerns_nobody_else(check: &'static Check, stage: &Stage) {
        assert_outcome(check, stage, Outcome::NotApplicable);
    }
}
