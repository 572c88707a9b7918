//! `vcispec accept`: just be the wallet. Redeem one offer, verify what comes, show it.

mod accepted;
mod offered;
mod resume;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use super::arguments::{AcceptArguments, AlgorithmName, BindingName, ClientAuthenticationName};
use super::configuration::{Authentication, Client};
use super::stop::Stops;
use super::{CliError, identity, plan, terminal, trust};
use crate::checks::{Policy, Scene, fingerprint_of};
use crate::jose::SignatureAlgorithm;
use crate::protocol::dialect::Speech;
use crate::protocol::{CredentialOffer, TxCode};
use crate::render::plain;
use crate::report::ExitStatus;
use crate::runner::gather_for;
use crate::scenario::{
    Action, BindingMethod, Configurations, Impact, ProofCount, Scenario, Step, Until,
    WalletSettings,
};
use crate::transcript::{Ending, Exchange, Provenance, Station, Transcript};
use crate::wallet::{Announce, Drive, HandedOffer, Http, Identity, TakeOffer, Waits, drive_on};
use accepted::Accepted;
use offered::Offered;
use resume::{Resume, again, put_off};

/// Redeems an offer and prints the credentials, decoded and verified.
pub async fn accept(arguments: AcceptArguments) -> Result<ExitStatus, CliError> {
    let options = plan::http_options(&arguments.http, None)?;
    let provenance = plan::provenance(
        arguments.issuer.as_deref(),
        "the command line".into(),
        arguments.client_id.clone(),
        &options,
    );
    let trusted = trust::read(&arguments.trust)?;
    let policy = Policy {
        trust_anchors: trusted.anchors,
        issuer_keys: trusted.issuer_keys,
        dialect: arguments.dialect.named().map(|dialect| dialect.name.to_owned()),
        ..Policy::default()
    };
    let http = plan::http(options)?;

    if let Some(path) = &arguments.resume {
        let resume = Resume::read(path)?;
        return go_on(&arguments, &http, &policy, resume, path).await;
    }
    let offered = Offered::read(&arguments, &http).await?;
    offered.check_configuration(&arguments)?;
    let Offered { object: offer, tx_code: given_code, .. } = offered;
    let handed = HandedOffer {
        source: "command-line".into(),
        tx_code: transaction_code(&arguments, &offer, given_code)?,
        given: offer.to_string(),
        id: None,
        is_irreplaceable: false,
    };
    let identity = Arc::new(identity(&arguments)?);
    let mut with = with(&arguments, &http, &identity, handed);
    let (waits, interrupted) = waits();
    with.waits = waits;
    let (transcript, held) = drive_on(&scenario(&arguments), &with).await;
    if let Some(held) = held {
        return Err(put_off(&arguments, Resume::new(held, transcript), None, &interrupted));
    }
    if transcript.ending != Ending::Completed {
        return Err(stopped(&transcript));
    }
    show(&arguments, &http, &provenance, &policy, transcript).await
}

/// Goes on asking for the credential of a file.
async fn go_on(
    arguments: &AcceptArguments,
    http: &Arc<Http>,
    policy: &Policy,
    resume: Resume,
    path: &Path,
) -> Result<ExitStatus, CliError> {
    let Resume { held, mut transcript, .. } = resume;
    let (waits, interrupted) = waits();
    let identity = identity(arguments)?;
    let with = Drive {
        credential_issuer: Some(held.credential_issuer.clone()),
        client_id: held.client_id.clone(),
        speech: arguments.dialect,
        waits,
        held: Some(held.clone()),
        ..Drive::new(Arc::clone(http), Arc::new(identity))
    };
    let until = Step { until: Some(Until::Credentials), ..Step::plain(Action::Deferred) };
    let later = Scenario { steps: vec![until], needs: Vec::new(), ..Scenario::look(true) };
    let (later, still_held) = drive_on(&later, &with).await;
    let last = transcript.exchanges.last().map_or(0, |last| last.number);
    let numbered = later.exchanges.iter().cloned().zip(last + 1..);
    transcript.exchanges.extend(numbered.map(|(exchange, number)| Exchange { number, ..exchange }));
    transcript.ending.clone_from(&later.ending);
    // Whatever else went wrong, the credential may still be there the next time, unless it is
    // denied.
    if let Some(held) = still_held {
        let resume = Resume::new(held, transcript);
        return Err(put_off(arguments, resume, Some(path), &interrupted));
    }
    if transcript.ending != Ending::Completed {
        let was_asked = later.exchanges.iter().any(|one| one.station == Station::Deferred);
        let told = match was_asked {
            true => format!("{} is of no more use", path.display()),
            false => format!("{} is kept: {}", path.display(), again(arguments, path)),
        };
        return Err(stopped(&transcript).and(&told));
    }
    let provenance = plan::provenance(
        Some(&held.credential_issuer),
        "the command line".into(),
        held.client_id,
        &plan::http_options(&arguments.http, None)?,
    );
    let status = show(arguments, http, &provenance, policy, transcript).await?;
    if std::fs::remove_file(path).is_ok() {
        terminal::remark(&format!("{} is used up, and was removed", path.display()));
    }
    Ok(status)
}

/// Tells each wait, and lets Ctrl-C or SIGTERM end it; before the first there is nothing to be kept.
fn waits() -> (Waits, Arc<AtomicBool>) {
    let (stop, is_heard) = (Arc::new(AtomicBool::new(false)), AtomicBool::new(false));
    let stopped = Arc::clone(&stop);
    let announce: Announce = Arc::new(move |pause| {
        let seconds = pause.as_secs_f64().ceil();
        terminal::remark(&format!(
            "the issuer puts the credential off: asking again in {seconds} s, Ctrl-C keeps the wait for later"
        ));
        if !is_heard.swap(true, Ordering::Relaxed) {
            let stopped = Arc::clone(&stopped);
            tokio::spawn(async move {
                Stops::listen().next().await;
                stopped.store(true, Ordering::Relaxed);
            });
        }
    });
    (Waits { announce, stop: Arc::clone(&stop) }, stop)
}

/// Verifies what came, and shows it.
async fn show(
    arguments: &AcceptArguments,
    http: &Arc<Http>,
    provenance: &Provenance,
    policy: &Policy,
    mut transcript: Transcript,
) -> Result<ExitStatus, CliError> {
    gather_for(&mut transcript, http, &arguments.http.allow_host).await;
    let scene = Scene::new(provenance, &transcript, policy);
    if let Some(says) = spoken(arguments.dialect, &scene) {
        terminal::remark(&says);
    }
    if let (true, Some(why)) = (scene.issued().is_empty(), scene.outstanding()) {
        return Err(CliError::Refused(printable(&why)));
    }
    let accepted = Accepted::of(&scene);
    terminal::result(&if arguments.json { accepted.json() } else { accepted.human() });
    Ok(if accepted.is_verified() { ExitStatus::Green } else { ExitStatus::Red })
}

/// What the wallet spoke in place of 1.0 Final, or could have.
fn spoken(speech: Speech, scene: &Scene<'_>) -> Option<String> {
    match speech {
        Speech::Named(dialect) => Some(format!("spoke {dialect}, not 1.0")),
        Speech::Final => None,
        Speech::Auto => {
            let sentence = fingerprint_of(scene).sentence()?;
            Some(format!("the issuer {sentence}; `vcispec run` lists what 1.0 would need"))
        }
    }
}

/// The transaction code, asked for on the terminal where the offer needs one and none was given:
/// before the code is spent.
fn transaction_code(
    arguments: &AcceptArguments,
    offer: &Value,
    given: Option<String>,
) -> Result<Option<String>, CliError> {
    let lens = CredentialOffer::new(offer);
    let Some(tx_code) = lens.tx_code() else {
        if lens.requires_user_pin() && arguments.dialect != Speech::Final {
            return user_pin(arguments.tx_code.clone().or(given)).map(Some);
        }
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

/// The code of an offer of draft 12 or older, which says nothing of its form.
fn user_pin(given: Option<String>) -> Result<String, CliError> {
    given.or_else(|| terminal::ask("user PIN:")).ok_or_else(|| {
        CliError::Usage(
            "the offer needs a user PIN (user_pin_required): add --tx-code. Nothing was spent"
                .into(),
        )
    })
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

/// Who the wallet is: the client of the arguments, which say what `[client]` says for a run.
fn identity(arguments: &AcceptArguments) -> Result<Identity, CliError> {
    let authentication = arguments.client_authentication.map(|name| match name {
        ClientAuthenticationName::None => Authentication::None,
        ClientAuthenticationName::PrivateKeyJwt => Authentication::PrivateKeyJwt,
        ClientAuthenticationName::Attestation => Authentication::Attestation,
    });
    let client = arguments.client_id.as_ref().map(|id| Client {
        id: id.clone(),
        authentication,
        key: arguments.client_key.clone(),
        dpop_bound_access_tokens: false,
    });
    let provider = identity::path(arguments.wallet_provider.as_deref(), None);
    identity::called(provider, client.as_ref())
}

fn with(
    arguments: &AcceptArguments,
    http: &Arc<Http>,
    identity: &Arc<Identity>,
    handed: HandedOffer,
) -> Drive {
    let take_offer: TakeOffer = Arc::new(move |_| {
        let handed = handed.clone();
        Box::pin(async move { Ok(handed) })
    });
    Drive {
        take_offer,
        client_id: arguments.client_id.clone(),
        speech: arguments.dialect,
        ..Drive::new(Arc::clone(http), Arc::clone(identity))
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
            proof_alg: arguments.alg.map(algorithm),
            ..WalletSettings::default()
        },
        steps: vec![Step::plain(Action::Token), Step::plain(Action::Credential)],
        ..Scenario::look(true)
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

fn algorithm(name: AlgorithmName) -> SignatureAlgorithm {
    match name {
        AlgorithmName::Es256 => SignatureAlgorithm::Es256,
        AlgorithmName::Es384 => SignatureAlgorithm::Es384,
        AlgorithmName::EdDsa => SignatureAlgorithm::EdDsa,
        AlgorithmName::Ed25519 => SignatureAlgorithm::Ed25519,
    }
}

fn stopped(transcript: &Transcript) -> CliError {
    match &transcript.ending {
        Ending::Stopped { why, .. } | Ending::NotApplicable { why } | Ending::NotRun { why } => {
            CliError::Refused(reason(why))
        }
        Ending::Failed { why } => CliError::Failed(reason(why)),
        Ending::Completed => CliError::Refused("the offer could not be read".into()),
    }
}

/// Why the wallet stopped, with the way out where its connections are the reason.
fn reason(why: &str) -> String {
    let way_out = match why.contains("UnknownIssuer") {
        true => "\n  --ca FILE, with the certificate of its authority in PEM",
        false => "",
    };
    format!("{}{way_out}", printable(why))
}

/// The beginning of an issuer's text, harmless for a terminal.
fn printable(text: &str) -> String {
    plain(&text.chars().take(300).collect::<String>())
}
