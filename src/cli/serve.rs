//! `vcispec serve`: the reference issuer alone, honest or not.

use std::time::Duration;

use reference_issuer::{Dialect, Lifetimes, Misbehave, Running, Settings};
use serde_json::json;

use super::arguments::ServeArguments;
use super::stop::Stops;
use super::{CliError, plan, terminal};
use crate::report::ExitStatus;
use crate::scenario::nearest::did_you_mean;

/// Serves until it is interrupted.
pub async fn serve(arguments: ServeArguments) -> Result<ExitStatus, CliError> {
    let settings = settings(&arguments)?;
    let running = reference_issuer::start(settings).await.map_err(|error| {
        CliError::Failed(format!("the reference issuer did not start: {error}"))
    })?;
    terminal::result(&greeting(&running, &arguments));
    if arguments.like.as_deref() == Some("eudiw-connector") && arguments.callback.is_none() {
        terminal::remark(
            "the connector tells nobody what becomes of its offers: --callback URL names a backend, \
             such as the one that [callback] of vcispec.toml opens for the profile connector",
        );
    }
    Stops::listen().next().await;
    running.shutdown().await;
    Ok(ExitStatus::Green)
}

fn settings(arguments: &ServeArguments) -> Result<Settings, CliError> {
    let mut settings = match &arguments.like {
        Some(name) => liked(name)?,
        None => configured(&arguments.configuration)?,
    };
    if let Some(name) = &arguments.dialect {
        settings.dialect = Dialect::named(name).ok_or_else(|| {
            let known = Dialect::NAMES.join(", ");
            CliError::Usage(format!("expected one of {known} as dialect, found {name:?}"))
        })?;
    }
    if let Some(address) = arguments.listen {
        settings.listen = address;
    }
    if let Some(host) = &arguments.host {
        settings.host.clone_from(host);
    }
    if let Some(address) = arguments.management {
        settings.management = address;
    }
    settings.callback.clone_from(&arguments.callback);
    if let Some(seconds) = arguments.lifetimes {
        let life = Duration::from_secs(seconds.max(1));
        settings.lifetimes = Lifetimes {
            code: life,
            access_token: life,
            c_nonce: life,
            dpop_nonce: life,
            ..settings.lifetimes
        };
    }
    settings.trusted_wallet_providers = plan::read_certificates(&arguments.trust_wallet_provider)?;
    for name in &arguments.fault {
        let fault = reference_issuer::fault(name).ok_or_else(|| {
            let known = reference_issuer::FAULTS.iter().map(|fault| fault.name);
            unknown("fault", name, known, "vcispec list faults lists them")
        })?;
        settings.faults.push(fault);
    }
    if let Some(share) = &arguments.misbehave {
        settings.misbehave = Some(Misbehave { share: read_share(share)?, seed: arguments.seed });
    }
    Ok(settings)
}

fn liked(name: &str) -> Result<Settings, CliError> {
    let known = || reference_issuer::guides().iter().map(|guide| guide.name);
    let guide = reference_issuer::guide(name).ok_or_else(|| {
        let all = format!("known are {}", known().collect::<Vec<_>>().join(", "));
        unknown("guide", name, known(), &all)
    })?;
    Ok(guide.settings())
}

fn configured(name: &str) -> Result<Settings, CliError> {
    let configuration = reference_issuer::configuration(name).ok_or_else(|| {
        let known = reference_issuer::configurations().iter().map(|known| known.name);
        unknown("configuration", name, known, "vcispec list configurations lists them")
    })?;
    Ok((configuration.settings)())
}

/// A name that nothing has, with what may have been meant and where all of them are told.
fn unknown(
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'static str>,
    all: &str,
) -> CliError {
    let guess = did_you_mean(name, known).map(|guess| format!("; {guess}")).unwrap_or_default();
    CliError::Usage(format!("no {what} is called {name:?}{guess}\n  {all}"))
}

fn read_share(text: &str) -> Result<f64, CliError> {
    let (number, scale) = match text.strip_suffix('%') {
        Some(number) => (number, 100.0),
        None => (text, 1.0),
    };
    number
        .trim()
        .parse::<f64>()
        .ok()
        .map(|number| number / scale)
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| {
            CliError::Usage(format!("expected a share such as 0.05 or 5%, found {text:?}"))
        })
}

fn greeting(running: &Running, arguments: &ServeArguments) -> String {
    let (issuer, management) = (running.credential_issuer(), running.management_url());
    let (offers, example) = running.offer_request();
    if arguments.json {
        return json!({
            "credential_issuer": issuer,
            "management_url": management,
            "offers": offers,
            "offer_request": example,
            "ca_certificate": running.ca_certificate(),
            "trust_anchor": running.trust_anchor(),
        })
        .to_string();
    }
    let faults = match (arguments.fault.as_slice(), &arguments.misbehave) {
        ([], None) => "honest".to_owned(),
        ([], Some(share)) => format!("some fault in {share} of the requests"),
        (faults, None) => format!("with {}", faults.join(", ")),
        (faults, Some(share)) => {
            format!("with {} and some fault in {share} of the requests", faults.join(", "))
        }
    };
    let trust = running.ca_certificate().map(|pem| {
        format!(
            "\n  \
             certificates       of an authority of its own: save what follows as ca.pem, and add \
             --ca ca.pem\n{}",
            pem.trim_end()
        )
    });
    format!(
        "reference issuer, {}, {faults}\n  \
         credential issuer  {issuer}\n  \
         fresh offer        curl -s -X POST {offers} -H 'content-type: application/json' \
         -d '{example}'\n  \
         stop               Ctrl-C{}",
        called(arguments),
        trust.unwrap_or_default()
    )
}

fn called(arguments: &ServeArguments) -> String {
    let draft = arguments.dialect.as_ref().map(|draft| format!(", draft {draft}"));
    match &arguments.like {
        Some(name) => format!("like {name}"),
        None => format!("{}{}", arguments.configuration, draft.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_not_known_is_told_with_a_guess_and_the_list() {
        let told = |wrong: Result<Settings, CliError>| wrong.err().map(|error| error.to_string());
        assert_eq!(
            told(configured("private-key-jwd")).as_deref(),
            Some(
                "no configuration is called \"private-key-jwd\"; did you mean private-key-jwt?\n  \
                 vcispec list configurations lists them"
            )
        );
        assert_eq!(
            told(liked("corbada")).as_deref(),
            Some(
                "no guide is called \"corbada\"; did you mean corbado?\n  \
                 known are corbado, gramota, eudiw-connector, eaa-de-template"
            )
        );
    }

    #[test]
    fn a_share_is_a_fraction_or_a_percentage() {
        assert_eq!(read_share("5%").ok(), Some(0.05));
        assert_eq!(read_share("0.5").ok(), Some(0.5));
        assert!(read_share("150%").is_err());
    }
}
