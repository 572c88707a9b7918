//! What credentials are bound to: in which form a proof may name its key, and which credentials are bound to none.

use serde_json::{Map, Value, json};

use crate::{
    credentials::Credential,
    faults::{conduct::Conduct, rules::Rule},
    formats::Format,
    refusal::Refusal,
    settings::Settings,
};

/// The forms of keys that credentials may be bound to, where nothing else is said.
pub const ANY_KEY: &[&str] = &["jwk", "did:jwk", "did:key"];

/// `cryptographic_binding_methods_supported` of a credential; empty for one that is bound to no key.
pub fn methods(settings: &Settings, credential: &Credential) -> &'static [&'static str] {
    if settings.unbound.contains(&credential.id) {
        &[]
    } else if credential.format == Format::Mdoc {
        &["cose_key"]
    } else {
        settings.bound_by
    }
}

/// Says in the metadata of a credential what it is bound to, where that is not what all are bound to.
pub fn announce(settings: &Settings, credential: &Credential, metadata: &mut Value) {
    let methods = methods(settings, credential);
    let Some(members) = metadata.as_object_mut() else { return };
    if methods.is_empty() {
        members.remove("cryptographic_binding_methods_supported");
        members.remove("proof_types_supported");
    } else if settings.bound_by != ANY_KEY {
        members.insert("cryptographic_binding_methods_supported".to_owned(), json!(methods));
    }
}

/// Refuses a key in a form that is not announced. A certificate has a plain key in it, like `jwk`. To be bound to a COSE
/// key says nothing of how a proof names the key.
pub fn check(
    conduct: &Conduct,
    methods: &[&str],
    header: &Map<String, Value>,
) -> Result<(), Refusal> {
    if methods.is_empty() || methods.contains(&"cose_key") {
        return Ok(());
    }
    let takes_keys = methods.contains(&"jwk");
    let is_listed = takes_keys || header.contains_key("kid");
    conduct.require(Rule::ProofKeyForm, is_listed, || {
        Refusal::bad_request("invalid_proof", "keys are taken by a listed DID method only")
    })?;
    let is_by = |kid: &str| {
        let listed =
            |method: &&str| kid.strip_prefix(*method).is_some_and(|rest| rest.starts_with(':'));
        methods.iter().any(listed)
    };
    let kid = header.get("kid").and_then(Value::as_str);
    conduct.require(Rule::ProofDidMethod, kid.is_none_or(is_by), || {
        Refusal::bad_request("invalid_proof", "the DID method of the key is not supported")
    })
}
