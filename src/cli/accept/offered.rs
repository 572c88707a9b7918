//! What `vcispec accept` knows of an offer before anything is spent: the offer object, and what
//! the issuer that it names publishes.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{printable, stopped, with};
use crate::cli::CliError;
use crate::cli::arguments::AcceptArguments;
use crate::offers::{OfferError, OfferSource, Wanted};
use crate::protocol::dialect::Speech;
use crate::protocol::former::{modernised, offered_ids};
use crate::protocol::{CredentialOffer, IssuerMetadata, PRE_AUTHORIZED_CODE};
use crate::scenario::Scenario;
use crate::transcript::{Exchange, Station};
use crate::wallet::{HandedOffer, Http, Identity, drive};

/// An offer that was read and not redeemed.
pub struct Offered {
    /// The offer object, fetched if it was given by reference.
    pub object: Value,
    /// The transaction code that came in the same file.
    pub tx_code: Option<String>,
    /// The Credential Issuer Metadata, as the wallet reads them.
    metadata: Option<Value>,
}

impl Offered {
    /// Reads the offer, and the metadata of the issuer that it names.
    pub async fn read(arguments: &AcceptArguments, http: &Arc<Http>) -> Result<Self, CliError> {
        let (offer, tx_code) = match (&arguments.issuer, &arguments.code) {
            (Some(issuer), Some(code)) => (of_a_code(arguments, issuer, code), None),
            _ => {
                let given = arguments.offer.as_deref().unwrap_or_default();
                let usage = |error: OfferError| CliError::Usage(error.to_string());
                let source = OfferSource::argument(given, None, std::io::stdin()).map_err(usage)?;
                let offer = source.mint(&Wanted::default()).await.map_err(usage)?;
                (handed(offer.source, offer.given), offer.tx_code)
            }
        };
        let with = with(arguments, http, &Arc::new(Identity::fleeting()), offer);
        let transcript = drive(&Scenario::look(true), &with).await;
        let object = transcript.offers.first().and_then(|offer| offer.object.clone());
        let object = object.ok_or_else(|| stopped(&transcript))?;
        let answers = transcript.at(Station::IssuerMetadata).filter_map(Exchange::answer);
        let objects = answers.filter(|answer| answer.is_success()).filter_map(|it| it.body.json());
        let metadata = objects.filter(Value::is_object).last();
        let metadata = metadata.map(|metadata| match arguments.dialect {
            Speech::Final => metadata,
            Speech::Auto | Speech::Named(_) => modernised(&metadata),
        });
        Ok(Self { object, tx_code, metadata })
    }

    /// A configuration that is not in the offer, or not in the metadata, is told before the code
    /// is spent.
    pub fn check_configuration(&self, arguments: &AcceptArguments) -> Result<(), CliError> {
        let offered = CredentialOffer::new(&self.object).credential_configuration_ids();
        match &arguments.config_id {
            // What drafts until 12 offer is known by the metadata only.
            Some(id) if !offered.is_empty() && !offered.contains(&id.as_str()) => {
                Err(CliError::Usage(format!(
                    "the offer has no configuration {id:?}, it has {}. Nothing was spent",
                    printable(&offered.join(", "))
                )))
            }
            _ => {
                self.metadata.as_ref().map_or(Ok(()), |metadata| self.is_known(metadata, arguments))
            }
        }
    }

    /// Of several that are offered the wallet asks for one that the metadata have.
    fn is_known(&self, metadata: &Value, arguments: &AcceptArguments) -> Result<(), CliError> {
        let wanted = match &arguments.config_id {
            Some(id) => vec![id.clone()],
            None => offered_ids(&self.object, metadata),
        };
        let lens = IssuerMetadata::new(metadata);
        if wanted.is_empty() || wanted.iter().any(|id| lens.configuration(id).is_some()) {
            return Ok(());
        }
        let known: Vec<&str> = lens.configurations().map(|(id, _)| id).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Err(CliError::Usage(format!(
            "the issuer's metadata have no configuration {}, they have {}. Nothing was spent",
            printable(&wanted.join(", ")),
            printable(&known)
        )))
    }
}

/// The offer that a bare code stands for.
fn of_a_code(arguments: &AcceptArguments, issuer: &str, code: &str) -> HandedOffer {
    let ids: Vec<&String> = arguments.config_id.iter().collect();
    let object = json!({
        "credential_issuer": issuer,
        "credential_configuration_ids": ids,
        "grants": { PRE_AUTHORIZED_CODE: { "pre-authorized_code": code } },
    });
    handed("command-line".into(), object.to_string())
}

/// An offer that is looked at only.
fn handed(source: String, given: String) -> HandedOffer {
    HandedOffer { source, given, tx_code: None, id: None, is_irreplaceable: false }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: AcceptArguments,
    }

    fn checked(ids: &[&str], more: &[&str]) -> Result<(), CliError> {
        let line = ["accept", "https://h/o"].iter().chain(more);
        let arguments = Line::try_parse_from(line).unwrap().arguments;
        let offered = Offered {
            object: json!({ "credential_configuration_ids": ids }),
            tx_code: None,
            metadata: Some(json!({ "credential_configurations_supported": { "pid": {} } })),
        };
        offered.check_configuration(&arguments)
    }

    #[test]
    fn what_the_metadata_do_not_have_is_told_beforehand() {
        assert!(checked(&["pid"], &[]).is_ok());
        assert!(checked(&["gone", "pid"], &[]).is_ok());
        assert!(checked(&[], &[]).is_ok(), "a bare code is for what there is");
        let gone = checked(&["gone"], &[]).unwrap_err().to_string();
        assert!(gone.contains("no configuration gone, they have pid. Nothing was spent"), "{gone}");
        let named = checked(&["gone", "pid"], &["--config-id", "gone"]).unwrap_err();
        assert!(named.to_string().contains("metadata"), "{named}");
        let other = checked(&["pid"], &["--config-id", "x"]).unwrap_err();
        assert!(other.to_string().contains("the offer has no configuration"), "{other}");
    }
}
