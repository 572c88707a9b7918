//! Which profiles an issuer seems to follow, whether or not it was held to them. What is detected
//! is only told: a profile is chosen by whoever runs the tests.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::checks::{Policy, Profile, Scene};
use crate::protocol::{Configuration, IssuerMetadata};
use crate::transcript::Run;

/// A profile that the issuer shows signs of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Detected {
    /// The profile's name.
    pub profile: &'static str,
    /// Whether the issuer was held to it.
    pub judged: bool,
    /// What was seen of it, in a few words.
    pub signs: &'static str,
}

impl Detected {
    /// It in a sentence, where it was not judged.
    pub fn remark(&self) -> Option<String> {
        let Self { profile, judged, signs } = self;
        (!judged).then(|| {
            format!("this issuer shows signs of {profile} ({signs}), which is judged with --profile {profile}")
        })
    }
}

type Seen = fn(&Scene<'_>) -> bool;

/// What the profiles are known by.
static SIGNS: &[(Profile, &str, Seen)] = &[
    (Profile::Haip, "an offer link with haip-vci", has_haip_link),
    (
        Profile::Haip,
        "a scope in each configuration, a nonce endpoint, DPoP and client attestation",
        has_haip_metadata,
    ),
    (
        Profile::EaaDe,
        "token_endpoint and grant_types_supported in the issuer metadata, as in the guide's templates",
        has_template_metadata,
    ),
    (Profile::Connector, "a vct below /oidc4vci/types/, as of the EUDIW Connector", has_its_types),
];

/// The profiles that a run shows signs of, each once.
pub(super) fn detected(run: &Run, policy: &Policy) -> Vec<Detected> {
    let scenes: Vec<Scene<'_>> = run
        .transcripts
        .iter()
        .map(|transcript| Scene::new(&run.provenance, transcript, policy))
        .collect();
    let mut found: Vec<Detected> = Vec::new();
    for (profile, signs, is_seen) in SIGNS {
        let name = profile.name();
        if found.iter().all(|one| one.profile != name) && scenes.iter().any(is_seen) {
            let judged = policy.profiles.contains(*profile);
            found.push(Detected { profile: name, judged, signs });
        }
    }
    found
}

fn has_haip_link(scene: &Scene<'_>) -> bool {
    scene.transcript.offers.iter().any(|offer| offer.given.trim().starts_with("haip-vci:"))
}

fn has_haip_metadata(scene: &Scene<'_>) -> bool {
    let (Some(issuer), Some(server)) = (scene.issuer_metadata(), scene.as_metadata()) else {
        return false;
    };
    let methods = server.json().get("token_endpoint_auth_methods_supported");
    let mut methods = methods.and_then(Value::as_array).into_iter().flatten();
    issuer.nonce_endpoint().is_some()
        && has_a_profiled_format(&issuer)
        && issuer.configurations().all(|(_, one)| one.json().get("scope").is_some())
        && server.announces_dpop()
        && methods.any(|method| method == "attest_jwt_client_auth")
}

fn has_template_metadata(scene: &Scene<'_>) -> bool {
    scene.issuer_metadata().is_some_and(|issuer| {
        let has = |name| issuer.json().get(name).is_some();
        has("token_endpoint") && has("grant_types_supported") && has_a_profiled_format(&issuer)
    })
}

fn has_its_types(scene: &Scene<'_>) -> bool {
    let Some(issuer) = scene.issuer_metadata() else { return false };
    let ends_so = |(id, one): (&str, Configuration<'_>)| {
        one.vct().is_some_and(|vct| vct.ends_with(&format!("/oidc4vci/types/{id}")))
    };
    issuer.configurations().any(ends_so)
}

fn has_a_profiled_format(issuer: &IssuerMetadata<'_>) -> bool {
    issuer.configurations().any(|(_, one)| matches!(one.format(), Some("dc+sd-jwt" | "mso_mdoc")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::checks::Profiles;
    use crate::checks::staging::{Stage, honest_as_metadata, honest_metadata, with};

    fn names(stage: &Stage) -> Vec<&'static str> {
        detected(&stage.run, &Policy::default()).iter().map(|one| one.profile).collect()
    }

    fn haip() -> Stage {
        let methods = json!(["attest_jwt_client_auth"]);
        let server = with(honest_as_metadata(), "/token_endpoint_auth_methods_supported", methods);
        Stage::new().issuer_metadata(honest_metadata()).as_metadata(server)
    }

    #[test]
    fn an_issuer_of_haip_is_known_by_its_metadata() {
        assert_eq!(names(&haip()), ["haip-1.0"]);
        let plain = Stage::new().issuer_metadata(honest_metadata());
        assert!(names(&plain.as_metadata(honest_as_metadata())).is_empty());
    }

    #[test]
    fn what_is_judged_needs_no_remark() {
        let policy = Policy { profiles: Profiles::of([Profile::Haip]), ..Policy::default() };
        let judged = detected(&haip().run, &policy);
        assert!(judged.iter().all(|one| one.judged && one.remark().is_none()));
        let found = detected(&haip().run, &Policy::default());
        assert!(found[0].remark().is_some_and(|remark| remark.contains("--profile haip-1.0")));
    }

    #[test]
    fn the_templates_of_the_guide_are_recognised() {
        let issuer = with(honest_metadata(), "/token_endpoint", json!("https://issuer.example/t"));
        let issuer = with(issuer, "/grant_types_supported", json!(["authorization_code"]));
        assert_eq!(names(&Stage::new().issuer_metadata(issuer)), ["eaa-de"]);
    }

    #[test]
    fn the_connector_is_known_by_its_types() {
        let vct = "/credential_configurations_supported/pid/vct";
        let its = json!("https://issuer.example/oidc4vci/types/pid");
        let stage = Stage::new().issuer_metadata(with(honest_metadata(), vct, its));
        assert_eq!(names(&stage), ["connector"]);
    }
}
