//! Requests of a dialect, read into those of 1.0.

use serde_json::{Map, Value, json};

use super::{AskedBy, Dialect, EncryptionAsked, ProofMember, UserCode};
use crate::{
    credentials::Credential, formats::Format, issuer::Issuer, refusal::Refusal, store::Grant,
};

/// What a credential request names by its format and type.
#[derive(Debug)]
pub struct Named {
    format: String,
    members: Map<String, Value>,
}

impl Dialect {
    /// The parameter of a token request that carries the transaction code.
    pub(crate) fn user_code_parameter(&self) -> &'static str {
        match self.user_code {
            UserCode::TxCode | UserCode::Both => "tx_code",
            UserCode::UserPin => "user_pin",
        }
    }

    /// Puts key proofs where 1.0 has them. `None` where a member has the wrong type.
    ///
    /// Proofs in both members become none that anybody could accept.
    pub(crate) fn hear_proofs(&self, body: &mut Map<String, Value>) -> Option<()> {
        if self.proof_member == ProofMember::Proofs {
            return Some(());
        }
        if self.proof_member == ProofMember::Proof {
            body.remove("proofs");
        }
        let Some(proof) = body.remove("proof") else { return Some(()) };
        let mut proof = match proof {
            Value::Object(proof) => proof,
            _ => return None,
        };
        let kind = proof.remove("proof_type")?.as_str()?.to_owned();
        let proofs = match proof.remove(&kind) {
            Some(proof) if !body.contains_key("proofs") => json!({kind: [proof]}),
            _ => json!({}),
        };
        body.insert("proofs".to_owned(), proofs);
        Some(())
    }

    /// Puts the algorithm of an encrypted answer where 1.0 has it.
    pub(crate) fn hear_encryption(&self, body: &mut Map<String, Value>) {
        let Some(Value::Object(asked)) = body.get_mut("credential_response_encryption") else {
            return;
        };
        if self.encryption == EncryptionAsked::AlgBeside
            && let Some(alg) = asked.remove("alg")
            && let Some(Value::Object(jwk)) = asked.get_mut("jwk")
        {
            jwk.insert("alg".to_owned(), alg);
        }
    }

    /// What is named by format and type, where the dialect has that. `None` where `format` is no text.
    pub(crate) fn hear_format(&self, body: &mut Map<String, Value>) -> Option<Option<Named>> {
        if self.asked_by == AskedBy::Id {
            return Some(None);
        }
        if self.asked_by == AskedBy::Format {
            body.remove("credential_configuration_id");
        }
        match body.remove("format") {
            None => Some(None),
            Some(Value::String(format)) => Some(Some(Named { format, members: body.clone() })),
            Some(_) => None,
        }
    }
}

impl Named {
    /// The place of the credential: one that was granted, if the description fits several.
    pub(crate) fn place(&self, issuer: &Issuer, grant: &Grant) -> Result<usize, Refusal> {
        let dialect = &issuer.settings.dialect;
        let is_of_format =
            |credential: &Credential| self.format == dialect.format_name(credential.format);
        let mut places = issuer.credentials.iter().enumerate();
        if !places.clone().any(|(_, credential)| is_of_format(credential)) {
            let why = "no credential has this format";
            return Err(Refusal::bad_request("unsupported_credential_format", why));
        }
        let fitting: Vec<usize> = places
            .by_ref()
            .filter(|(_, credential)| is_of_format(credential) && self.is_type_of(credential))
            .map(|(place, _)| place)
            .collect();
        let granted = fitting.iter().find(|place| grant.credentials.contains(place));
        granted.or(fitting.first()).copied().ok_or_else(|| {
            let why = "no credential of this format has this type";
            Refusal::bad_request("unsupported_credential_type", why)
        })
    }

    /// Whether the members that go with the format name this type.
    fn is_type_of(&self, credential: &Credential) -> bool {
        let text = |name: &str| self.members.get(name).and_then(Value::as_str);
        match credential.format {
            Format::SdJwt => text("vct") == Some(credential.vct.as_str()),
            Format::Mdoc => text("doctype") == Some(credential.vct.as_str()),
            Format::JwtVc => {
                let definition = self.members.get("credential_definition");
                let types = definition.and_then(|definition| definition.get("type"));
                let types = types.or_else(|| self.members.get("types"));
                let own = credential.definition.as_ref().map(|definition| definition.types);
                match (types.and_then(Value::as_array), own) {
                    (Some(types), Some(own)) => {
                        let is_own =
                            |one: &Value| one.as_str().is_some_and(|one| own.contains(&one));
                        !types.is_empty() && types.iter().all(is_own)
                    }
                    // Some describe a W3C credential by a document type.
                    _ => text("doctype") == Some(credential.id),
                }
            }
        }
    }
}
