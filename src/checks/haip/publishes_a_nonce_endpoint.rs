//! Without a nonce, a proof can be made ahead and used later.

use super::profile_and;
use crate::checks::issuer_metadata::in_document;
use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Scene};
use crate::protocol::Configuration;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "haip/publishes-a-nonce-endpoint",
    aliases: &[],
    since: "2026.3",
    title: "bound credentials come with a nonce endpoint",
    level: Level::Must,
    raised_by: &[],
    applies: where_keys_are_bound,
    spec: &["haip#issuer-metadata"],
    obligation: "an issuer with a configuration that binds to a key publishes a nonce_endpoint",
    doc: "A configuration with `cryptographic_binding_methods_supported` asks for key proofs, and under the profile these carry a \
          `c_nonce` of the issuer. The text without the profile leaves the Nonce Endpoint to the issuer.\n\n\
          Publish `nonce_endpoint` and refuse proofs without a fresh nonce.",
    judge: Judge::Answers(Station::IssuerMetadata, publishes_a_nonce_endpoint),
};

fn publishes_a_nonce_endpoint(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let published = metadata.nonce_endpoint().is_some();
        Finding::expect(published, "nonce_endpoint", "no nonce_endpoint")
    })
}

fn where_keys_are_bound(scene: &Scene<'_>) -> Applies {
    profile_and(scene, |scene| {
        let Some(metadata) = scene.issuer_metadata() else { return Applies::Yes };
        let binds = |configuration: Configuration<'_>| {
            configuration.json().get("cryptographic_binding_methods_supported").is_some()
        };
        Applies::when(
            metadata.configurations().any(|(_, configuration)| binds(configuration)),
            "no configuration has cryptographic_binding_methods_supported",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::held::{assert_concerns_nobody_else, to_haip};
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata, without,
    };

    #[test]
    fn who_binds_keys_gives_nonces() {
        let stage = |pointers: &[&str]| {
            let json = pointers.iter().fold(honest_metadata(), |json, at| without(json, at));
            Stage::new().issuer_metadata(json)
        };
        let methods =
            "/credential_configurations_supported/pid/cryptographic_binding_methods_supported";
        assert_holds(&super::CHECK, &to_haip(stage(&[])));
        assert_breaks(&super::CHECK, &to_haip(stage(&["/nonce_endpoint"])), "no nonce_endpoint");
        let unbound = to_haip(stage(&["/nonce_endpoint", methods]));
        assert_outcome(&super::CHECK, &unbound, Outcome::NotApplicable);
        assert_concerns_nobody_else(&super::CHECK, &stage(&["/nonce_endpoint"]));
    }
}
