//! What the German guide for providers of attestations asks beyond the specification: its
//! checklists bind nobody, so what is found here warns at most. What the guide repeats of the
//! specification is judged by the checks of the specification.

mod attaches_a_status;
mod errors_keep_internals_in;
mod keeps_to_the_described_claims;
mod states_its_validity;

use super::{Applies, Check, Profile, Scene};

/// The checks of this profile.
pub const CHECKS: &[&Check] = &[
    &states_its_validity::CHECK,
    &attaches_a_status::CHECK,
    &keeps_to_the_described_claims::CHECK,
    &errors_keep_internals_in::CHECK,
];

/// Concerns issuers that are held to the profile.
fn profile(scene: &Scene<'_>) -> Applies {
    Applies::when(
        scene.policy.profiles.contains(Profile::EaaDe),
        "the issuer is not held to eaa-de (--profile eaa-de)",
    )
}

/// Concerns issuers of SD-JWT VCs that are held to the profile.
fn sd_jwt_vcs(scene: &Scene<'_>) -> Applies {
    match profile(scene) {
        Applies::Yes => super::applicability::sd_jwt_vc(scene),
        no => no,
    }
}

#[cfg(test)]
mod held {
    //! An issuer that is held to the profile, for the tests of these checks.

    use crate::checks::staging::Stage;
    use crate::checks::{Policy, Profile, Profiles};

    /// The same, held to the profile.
    pub fn to_the_guide(stage: Stage) -> Stage {
        stage.policy(Policy { profiles: Profiles::of([Profile::EaaDe]), ..Policy::default() })
    }
}
