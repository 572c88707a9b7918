//! `vcispec accept`: just be the wallet. Redeem one offer, verify what comes, show it.

mod accepted;

use std::sync::Arc;

use serde_json::{Value, json};

use super::arguments::{AcceptArguments, BindingName};
use super::{CliError, identity, plan, terminal};
use crate::checks::{Policy, Scene};
use crate::offers::{OfferSource, Wanted};
use crate::protocol::{CredentialOffer, PRE_AUTHORIZED_CODE, TxCode};
use crate::render::plain;
use crate::report::ExitStatus;
use crate::runner::gather_for;
use crate::scenario::{
    Action, BindingMethod, Configurations, Impact, Need, ProofCount, Scenario, Step, WalletSettings,
};
use crate::transcript::{Ending, Transcript};
use crate::wallet::{Drive, HandedOffer, Http, Identity, StatusMeans, TakeOffer, drive};
use accepted::Accepted;

/// Redeems an offer and prints the credentials, decoded and verified.
pub async fn accept(arguments: AcceptArguments) -> Result<ExitStatus, CliError> {
    let options = plan::http_options(&arguments.http, None)?;
    let provenance = plan::provenance(
        arguments.issuer.as_deref(),
        "the command line".into(),
        arguments.client_id.clone(),
        &options,
    );
    let policy =
        Policy { trust_anchors: plan::read_certificates(&arguments.trust)?, ..Policy::default() };
    let http = plan::http(options)?;

    let (offer, given_code) = read_offer(&arguments, &http).await?;
    check_configuration(&arguments, &offer)?;
    let handed = HandedOffer {
        source: "command-line".into(),
        tx_code: transaction_code(&arguments, &offer, given_code)?,
        given: offer.to_string(),
    };
    let identity = Arc::new(identity::from(arguments.wallet_provider.as_deref(), None)?);
    let with = with(&arguments, &http, &identity, handed);
    let mut transcript = drive(&scenario(&arguments), &with).await;
    if transcript.ending != Ending::Completed {
        return Err(stopped(&transcript));
    }
    gather_for(&mut transcript, &http, &arguments.http.allow_host).await;
    let scene = Scene::new(&provenance, &transcript, &policy);
    let accepted = Accepted::of(&scene);
    terminal::result(&if arguments.json { accepted.json() } else { accepted.human() });
    Ok(if accepted.is_verified() { ExitStatus::Green } else { ExitStatus::Red })
}

/// The offer object, fetched if it was given by reference, and the transaction code that came in
/// the same file. Nothing is spent by this.
async fn read_offer(
    arguments: &AcceptArguments,
    http: &Arc<Http>,
) -> Result<(Value, Option<String>), CliError> {
    if let (Some(issuer), Some(code)) = (&arguments.issuer, &arguments.code) {
        let ids: Vec<&String> = arguments.config_id.iter().collect();
        let object = json!({
            "credential_issuer": issuer,
            "credential_configuration_ids": ids,
            "grants": { PRE_AUTHORIZED_CODE: { "pre-authorized_code": code } },
        });
        return Ok((object, None));
    }
    let given = arguments.offer.as_deref().unwrap_or_default();
    let usage = |error: crate::offers::OfferError| CliError::Usage(error.to_string());
    let source = OfferSource::argument(given, None, std::io::stdin()).map_err(usage)?;
    let offer = source.mint(&Wanted::default()).await.map_err(usage)?;
    let handed = HandedOffer { source: offer.source, given: offer.given, tx_code: None };
    let transcript =
        drive(&looking(), &with(arguments, http, &Arc::new(Identity::fleeting()), handed)).await;
    let object = transcript.offers.first().and_then(|offer| offer.object.clone());
    let object = object.ok_or_else(|| stopped(&transcript))?;
    Ok((object, offer.tx_code))
}

/// A configuration that is not in the offer is told before the code is spent.
fn check_configuration(arguments: &AcceptArguments, offer: &Value) -> Result<(), CliError> {
    let offered = CredentialOffer::new(offer).credential_configuration_ids();
    match &arguments.config_id {
        Some(id) if !offered.contains(&id.as_str()) => Err(CliError::Usage(format!(
            "the offer has no configuration {id:?}, it has {}. Nothing was spent",
            printable(&offered.join(", "))
        ))),
        _ => Ok(()),
    }
}

/// The transaction code, asked for on the terminal where the offer needs one and none was given:
/// before the code is spent.
fn transaction_code(
    arguments: &AcceptArguments,
    offer: &Value,
    given: Option<String>,
) -> Result<Option<String>, CliError> {
    let Some(tx_code) = CredentialOffer::new(offer).tx_code() else {
        return match arguments.tx_code {
            None => Ok(None),
            Some(_) => Err(CliError::Usage(
                "the offer asks for no transaction code: leave --tx-code out. Nothing was spent"
                    .into(),
            )),
        };
    };
    if let Some(code) = arguments.tx_code.clone().or(given) {
        return fits(&code, tx_code).map(|()| Some(code));
    }
    let kind = match (tx_code.length(), tx_code.input_mode()) {
        (Some(length), "text") => format!("{length} characters"),
        (Some(length), _) => format!("{length} digits"),
        (None, "text") => "text".to_owned(),
        (None, _) => "digits".to_owned(),
    };
    let hint =
        tx_code.description().map(|text| format!(" ({})", printable(text))).unwrap_or_default();
    match terminal::ask(&format!("transaction code, {kind}{hint}:")) {
        Some(code) => fits(&code, tx_code).map(|()| Some(code)),
        None => Err(CliError::Usage(format!(
            "the offer needs a transaction code, {kind}{hint}: add --tx-code. Nothing was spent"
        ))),
    }
}

/// A code that cannot be the right one is told before the offer's code is spent.
fn fits(code: &str, announced: TxCode<'_>) -> Result<(), CliError> {
    let length = code.chars().count() as u64;
    if let Some(expected) = announced.length().filter(|expected| *expected != length) {
        return Err(CliError::Usage(format!(
            "expected a transaction code of {expected} characters, found {length}. Nothing was spent"
        )));
    }
    if announced.input_mode() == "numeric"
        && !code.chars().all(|character| character.is_ascii_digit())
    {
        return Err(CliError::Usage(
            "expected a transaction code of digits only. Nothing was spent".into(),
        ));
    }
    Ok(())
}

fn with(
    arguments: &AcceptArguments,
    http: &Arc<Http>,
    identity: &Arc<Identity>,
    handed: HandedOffer,
) -> Drive {
    let take_offer: TakeOffer = Arc::new(move || {
        let handed = handed.clone();
        Box::pin(async move { Ok(handed) })
    });
    Drive {
        http: Arc::clone(http),
        take_offer,
        credential_issuer: None,
        issuer: None,
        client_id: arguments.client_id.clone(),
        identity: Arc::clone(identity),
        status: StatusMeans::default(),
    }
}

/// Looks at the offer and does nothing with it.
fn looking() -> Scenario {
    Scenario {
        id: "accept/look".into(),
        title: "Look at an offer".into(),
        aims: Vec::new(),
        needs: vec![Need::Offer],
        impact: Impact::None,
        wallet: WalletSettings::default(),
        tampers: Vec::new(),
        steps: vec![Step::plain(Action::Offer)],
    }
}

fn scenario(arguments: &AcceptArguments) -> Scenario {
    let configurations = match &arguments.config_id {
        Some(id) => Configurations::Named(id.clone()),
        None => Configurations::First,
    };
    Scenario {
        id: "accept/offer".into(),
        title: "Redeem an offer".into(),
        impact: Impact::BurnsOffers,
        wallet: WalletSettings {
            proofs: ProofCount::Exactly(arguments.batch),
            configurations,
            binding: binding(arguments.binding),
            ..WalletSettings::default()
        },
        steps: vec![Step::plain(Action::Token), Step::plain(Action::Credential)],
        ..looking()
    }
}

fn binding(name: Option<BindingName>) -> BindingMethod {
    match name {
        None => BindingMethod::Announced,
        Some(BindingName::Jwk) => BindingMethod::Jwk,
        Some(BindingName::DidJwk) => BindingMethod::DidJwk,
        Some(BindingName::DidKey) => BindingMethod::DidKey,
        Some(BindingName::X5c) => BindingMethod::X5c,
    }
}

fn stopped(transcript: &Transcript) -> CliError {
    match &transcript.ending {
        Ending::Stopped { why, .. } | Ending::NotApplicable { why } | Ending::NotRun { why } => {
            CliError::Refused(printable(why))
        }
        Ending::Failed { why } => CliError::Failed(printable(why)),
        Ending::Completed => CliError::Refused("the offer could not be read".into()),
    }
}

/// The beginning of an issuer's text, harmless for a terminal.
fn printable(text: &str) -> String {
    plain(&text.chars().take(300).collect::<String>())
}
