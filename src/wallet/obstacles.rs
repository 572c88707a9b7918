//! What an issuer may rightly ask of wallets and this one cannot do: where it is asked for,
//! nothing is sent, for a refusal would say nothing of the issuer.

use serde_json::Value;

use super::encryption;
use crate::jose::SignatureAlgorithm;
use crate::protocol::{Configuration, IssuerMetadata};
use crate::scenario::{BindingMethod, EncryptionUse, KeyAttestationUse, ProofType, WalletSettings};

/// Why the wallet cannot ask for a configuration with these settings, or nothing.
pub fn obstacle(
    metadata: &IssuerMetadata<'_>,
    configuration: Option<Configuration<'_>>,
    settings: &WalletSettings,
) -> Option<String> {
    if let Some(why) = encryption::obstacle(metadata, EncryptionUse::WhereRequired) {
        return Some(why);
    }
    let configuration = configuration?;
    unknown_proofs(configuration, settings)
        .or_else(|| unknown_binding(configuration, settings.binding))
}

/// Why the wallet can make none of the proofs that are asked for.
fn unknown_proofs(configuration: Configuration<'_>, settings: &WalletSettings) -> Option<String> {
    let types = configuration.json().get("proof_types_supported")?.as_object()?;
    if types.is_empty() {
        return None;
    }
    let wanted: &[&str] = match settings.proof_type {
        ProofType::Announced => &["jwt", "attestation"],
        ProofType::Jwt => &["jwt"],
        ProofType::Attestation => &["attestation"],
    };
    let Some((name, proofs)) =
        wanted.iter().find_map(|name| types.get(*name).map(|proofs| (*name, proofs)))
    else {
        let names: Vec<&str> = types.keys().take(4).map(String::as_str).collect();
        let wanted = wanted.join(" and not ");
        return Some(format!("the only proof types are {}, not {wanted}", names.join(", ")));
    };
    let is_attested = name == "jwt" && configuration.requires_key_attestations();
    if is_attested && settings.key_attestation == KeyAttestationUse::Never {
        return Some("key_attestations_required: this wallet is to have none".into());
    }
    let algorithms = proofs.get("proof_signing_alg_values_supported").and_then(Value::as_array)?;
    let listed = |algorithm: &SignatureAlgorithm| {
        algorithms.is_empty() || algorithms.iter().any(|one| one == algorithm.name())
    };
    let (are_listed, wanted) = match settings.proof_alg.filter(|_| name == "jwt") {
        Some(wanted) => (listed(&wanted), wanted.name().to_owned()),
        None => (
            SignatureAlgorithm::ALL.iter().any(listed),
            SignatureAlgorithm::ALL.map(SignatureAlgorithm::name).join(", "),
        ),
    };
    (!are_listed).then(|| format!("proof_signing_alg_values_supported does not list {wanted}"))
}

/// Why no key of the wallet's has a form that the credential can be bound to. Where nothing is
/// announced, or something that is no DID method, the key itself is tried.
fn unknown_binding(configuration: Configuration<'_>, wanted: BindingMethod) -> Option<String> {
    let methods = configuration.binding_methods();
    if let Some(named) = wanted.name() {
        return (!methods.contains(&named))
            .then(|| format!("cryptographic_binding_methods_supported does not list {named}"));
    }
    let foreign =
        |method: &&str| method.starts_with("did:") && !matches!(*method, "did:jwk" | "did:key");
    let all_foreign = !methods.is_empty() && methods.iter().all(foreign);
    (wanted == BindingMethod::Announced && all_foreign)
        .then(|| format!("this wallet has no key by {}", methods.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(metadata: &Value, binding: BindingMethod) -> Option<String> {
        let metadata = IssuerMetadata::new(metadata);
        let settings = WalletSettings { binding, ..WalletSettings::default() };
        obstacle(&metadata, metadata.configuration("pid"), &settings)
    }

    fn with(member: &str, value: Value) -> Value {
        let mut pid = json!({
            "format": "dc+sd-jwt",
            "cryptographic_binding_methods_supported": ["jwk"],
            "proof_types_supported": { "jwt": { "proof_signing_alg_values_supported": ["ES256"] } }
        });
        pid[member] = value;
        json!({ "credential_configurations_supported": { "pid": pid } })
    }

    #[test]
    fn a_plain_issuer_is_no_obstacle() {
        let plain = with("scope", json!("pid"));
        assert_eq!(found(&plain, BindingMethod::Announced), None);
        assert_eq!(found(&plain, BindingMethod::Jwk), None);
        let unusual = with("cryptographic_binding_methods_supported", json!(["JWK"]));
        assert_eq!(found(&unusual, BindingMethod::Announced), None);
        let unbound = with("proof_types_supported", json!({}));
        assert_eq!(found(&unbound, BindingMethod::Announced), None);
    }

    #[test]
    fn what_the_wallet_cannot_prove_is_told() {
        let said = |value| found(&with("proof_types_supported", value), BindingMethod::Announced);
        let other = said(json!({ "di_vp": {} }));
        assert!(other.is_some_and(|why| why.contains("di_vp")));
        assert_eq!(said(json!({ "attestation": {} })), None);
        assert_eq!(said(json!({ "jwt": { "key_attestations_required": {} } })), None);
        let listed = json!({ "jwt": { "proof_signing_alg_values_supported": ["RS256"] } });
        assert!(said(listed).is_some_and(|why| why.contains("ES256, ES384, EdDSA, Ed25519")));
        let ours = json!({ "jwt": { "proof_signing_alg_values_supported": ["EdDSA"] } });
        assert_eq!(said(ours), None);
    }

    #[test]
    fn keys_are_named_only_in_ways_that_are_announced() {
        let plain = with("scope", json!("pid"));
        let why = found(&plain, BindingMethod::DidKey);
        assert!(why.is_some_and(|why| why.contains("did:key")));
        let foreign = with("cryptographic_binding_methods_supported", json!(["did:web"]));
        let why = found(&foreign, BindingMethod::Announced);
        assert!(why.is_some_and(|why| why.contains("did:web")));
    }

    #[test]
    fn required_encryption_that_is_not_spoken_stops_every_request() {
        for member in ["credential_request_encryption", "credential_response_encryption"] {
            let mut metadata = with("scope", json!("pid"));
            metadata[member] = json!({ "encryption_required": true });
            let why = found(&metadata, BindingMethod::Announced);
            assert!(why.is_some_and(|why| why.contains("encryption")));
            metadata[member] = json!({ "encryption_required": false });
            assert_eq!(found(&metadata, BindingMethod::Announced), None);
        }
    }
}
