//! Answers of 1.0, said in a dialect.

use serde_json::{Map, Value, json};

use super::{CredentialMember, Dialect, Errors, ListedBy, Nonces, UserCode};
use crate::{
    answer::Answer,
    credentials::Credential,
    faults::{Draw, conduct::Conduct},
    formats::Format,
    issuer::Issuer,
    offers::Minted,
    station::Station,
};

impl Dialect {
    /// Lists the credentials and asks for the transaction code as the dialect does, in an offer of 1.0.
    pub(crate) fn say_offer(&self, minted: &mut Minted) {
        if self.listed_by == ListedBy::Credentials
            && let Some(ids) = minted.offer.remove("credential_configuration_ids")
        {
            minted.offer.insert("credentials".to_owned(), ids);
        }
        if self.user_code == UserCode::TxCode {
            return;
        }
        let Some(grant) = minted.grant() else { return };
        let is_needed = match self.user_code {
            UserCode::Both => grant.contains_key("tx_code"),
            _ => grant.remove("tx_code").is_some(),
        };
        grant.insert("user_pin_required".to_owned(), json!(is_needed));
    }

    /// The body of a credential answer.
    pub(crate) fn say_credentials(
        &self,
        credential: &Credential,
        mut credentials: Vec<Value>,
    ) -> Value {
        let mut body = match self.credential_member {
            CredentialMember::Credential if !credentials.is_empty() => {
                json!({"credential": credentials.swap_remove(0)})
            }
            _ => {
                let wrapped = credentials.into_iter().map(|one| json!({"credential": one}));
                json!({"credentials": wrapped.collect::<Vec<Value>>()})
            }
        };
        if self.tells_format {
            body["format"] = json!(self.format_name(credential.format));
        }
        body
    }

    /// Lists the configurations in the issuer metadata.
    pub(crate) fn say_configurations(
        &self,
        metadata: &mut Value,
        configurations: Map<String, Value>,
    ) {
        match self.listed_by {
            ListedBy::ConfigurationIds => {
                metadata["credential_configurations_supported"] = Value::Object(configurations);
            }
            ListedBy::Credentials => {
                let listed = configurations.into_iter().map(|(id, mut one)| {
                    one["id"] = json!(id);
                    one
                });
                metadata["credentials_supported"] = listed.collect();
            }
        }
    }

    /// What a format is called.
    pub(crate) fn format_name(&self, format: Format) -> &'static str {
        match format {
            Format::SdJwt => self.sd_jwt,
            Format::JwtVc => self.jwt_vc,
            Format::Mdoc => "mso_mdoc",
        }
    }
}

/// Adds a fresh `c_nonce` where answers carry one.
pub fn fresh_nonce(issuer: &Issuer, conduct: &Conduct, body: &mut Value) {
    if let Some(body) = body.as_object_mut() {
        add_nonce(issuer, conduct, body);
    }
}

fn add_nonce(issuer: &Issuer, conduct: &Conduct, body: &mut Map<String, Value>) {
    if issuer.settings.dialect.nonces == Nonces::Endpoint {
        return;
    }
    let nonce = conduct.draw(Draw::CNonce);
    issuer.store.keep_nonce(&nonce, issuer.tenant);
    body.insert("c_nonce".to_owned(), json!(nonce));
    let seconds = issuer.settings.lifetimes.c_nonce.as_secs();
    body.insert("c_nonce_expires_in".to_owned(), json!(seconds));
}

/// Says a refusal in the error codes of the dialect; one of a proof brings the nonce that it lacked.
pub fn reword(issuer: &Issuer, conduct: &Conduct, station: Station, answer: &mut Answer) {
    let errors = issuer.settings.dialect.errors;
    if errors == Errors::Final || !matches!(station, Station::Credential | Station::BatchCredential)
    {
        return;
    }
    let Some(body) = answer.object() else { return };
    let said = match body.get("error").and_then(Value::as_str) {
        Some("unknown_credential_configuration" | "unknown_credential_identifier") => {
            "unsupported_credential_type"
        }
        Some("invalid_nonce" | "invalid_proof") if errors == Errors::WithoutNonce => {
            "invalid_proof"
        }
        _ => return,
    };
    body.insert("error".to_owned(), json!(said));
    if said == "invalid_proof" {
        add_nonce(issuer, conduct, body);
    }
}
