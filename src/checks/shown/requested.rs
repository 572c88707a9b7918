//! What a credential request asked for, as the judge reads it from what the wallet sent.

use serde_json::Value;

use crate::checks::Scene;
use crate::protocol::former::{asked_for, modernised};
use crate::protocol::{Configuration, CredentialRequest, KeyAttestation, KeyProof, TokenResponse};
use crate::transcript::{Exchange, Station};

/// A credential request, read.
#[derive(Clone, Debug, Default)]
pub struct Requested {
    /// The configuration it asks for, by its id or through a `credential_identifier` that a
    /// token response of the scenario names.
    pub credential_configuration_id: Option<String>,
    /// The key proofs of the `jwt` type, each as sent. Those that are no JWT are kept as `None`.
    pub proofs: Vec<Option<KeyProof>>,
    /// The key attestations, in the headers of those proofs or in place of them. What is no JWT is
    /// left out.
    pub attestations: Vec<KeyAttestation>,
    /// The format that it names itself, as requests did until draft 14.
    pub format: Option<String>,
    /// Whether it asks for an encrypted answer.
    pub wants_encryption: bool,
}

impl Requested {
    /// Reads the request of an exchange, none if its content is not a JSON object. A deferred
    /// credential request asks for what was asked for at first (OpenID4VCI 9.1).
    pub fn read(exchange: &Exchange, scene: &Scene<'_>) -> Option<Self> {
        let exchange = scene.first_request(exchange)?;
        let json = exchange.request.said().json()?;
        if !json.is_object() {
            return None;
        }
        let request = CredentialRequest::new(&json);
        let by_identifier = || {
            let identifier = request.credential_identifier()?;
            configuration_of_identifier(identifier, exchange, scene)
        };
        let by_type = || asked_for(&json, &modernised(scene.issuer_metadata()?.json()));
        let proofs: Vec<Option<KeyProof>> =
            request.jwt_proofs().into_iter().map(KeyProof::read).collect();
        let alone = request.attestation_proofs().into_iter().filter_map(KeyAttestation::read);
        let in_headers = proofs.iter().flatten().filter_map(KeyProof::key_attestation);
        Some(Self {
            attestations: in_headers.chain(alone).collect(),
            credential_configuration_id: request
                .credential_configuration_id()
                .map(str::to_owned)
                .or_else(by_identifier)
                .or_else(by_type),
            proofs,
            format: json.get("format").and_then(Value::as_str).map(str::to_owned),
            wants_encryption: json.get("credential_response_encryption").is_some(),
        })
    }

    /// The entry of the metadata that it asks for.
    pub fn configuration<'s>(&self, scene: &'s Scene<'_>) -> Option<Configuration<'s>> {
        let id = self.credential_configuration_id.as_deref()?;
        scene.issuer_metadata()?.configuration(id)
    }
}

/// Every credential request of a scenario that can be read, tampered ones included.
pub fn requests<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = Requested> + use<'s> {
    scene
        .transcript
        .at(Station::Credential)
        .filter_map(move |exchange| Requested::read(exchange, scene))
}

/// Whether a token response of the scenario names `credential_identifiers`, so that requests
/// must not name a configuration (OpenID4VCI 8.2).
pub fn names_identifiers(scene: &Scene<'_>) -> bool {
    scene.granted(Station::Token).filter_map(|answered| answered.json).any(|json| {
        TokenResponse::new(json)
            .authorization_details()
            .any(|detail| detail.get("credential_identifiers").is_some())
    })
}

/// The configuration that a token response names beside an identifier: the response that gave
/// the token of this request if there is one, else any.
fn configuration_of_identifier(
    identifier: &str,
    exchange: &Exchange,
    scene: &Scene<'_>,
) -> Option<String> {
    let presented = exchange.access_token();
    let naming: Vec<(bool, String)> = scene
        .granted(Station::Token)
        .filter_map(|answered| answered.json)
        .filter_map(|json| {
            let response = TokenResponse::new(json);
            let detail =
                response.authorization_details().find(|detail| names(detail, identifier))?;
            let id = detail.get("credential_configuration_id")?.as_str()?;
            let own = response.access_token().is_some() && response.access_token() == presented;
            Some((own, id.to_owned()))
        })
        .collect();
    naming.iter().find(|(own, _)| *own).or_else(|| naming.last()).map(|(_, id)| id.clone())
}

fn names(detail: &Value, identifier: &str) -> bool {
    detail
        .get("credential_identifiers")
        .and_then(Value::as_array)
        .is_some_and(|identifiers| identifiers.iter().any(|named| named == identifier))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::staging::{Stage, honest_metadata};
    use serde_json::json;

    #[test]
    fn a_credential_identifier_leads_to_the_configuration_the_token_response_names() {
        let token = |token: &str, id: &str| {
            json!({"access_token": token, "authorization_details": [{
                "type": "openid_credential",
                "credential_configuration_id": id,
                "credential_identifiers": ["one"]
            }]})
        };
        let stage = Stage::new()
            .issuer_metadata(honest_metadata())
            .answer_json(Station::Token, 200, token("mine", "pid"))
            .answer_json(Station::Token, 200, token("other", "diploma"))
            .answer_json(Station::Credential, 200, json!({}))
            .sent(
                "POST",
                "https://issuer.example/credential",
                &[("authorization", "Bearer mine")],
                r#"{"credential_identifier":"one"}"#,
            );
        let scene = Scene::new(&stage.run.provenance, &stage.run.transcripts[0], &stage.policy);
        let asked: Vec<Requested> = requests(&scene).collect();
        assert_eq!(asked[0].credential_configuration_id.as_deref(), Some("pid"));
        assert!(asked[0].configuration(&scene).is_some());
        assert!(names_identifiers(&scene));
    }
}
