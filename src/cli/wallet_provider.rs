//! `vcispec wallet-provider`: what an issuer has to know to trust attestations of the simulated
//! wallet. Standard output has only the document.

use super::arguments::{WalletProviderArguments, WalletProviderDocument};
use super::{CliError, identity, order, terminal};
use crate::report::ExitStatus;

/// Prints the trust anchor of the wallet provider, which is made where there is none yet.
pub fn wallet_provider(arguments: &WalletProviderArguments) -> Result<ExitStatus, CliError> {
    let configuration = order::configuration(arguments.config.as_deref())
        .map_err(|error| CliError::Usage(error.render(terminal::style(false).colour)))?;
    let path = identity::path(arguments.wallet_provider.as_deref(), configuration.as_ref());
    let provider = path.and_then(|path| identity::kept(&path)).map_err(CliError::Usage)?;
    terminal::result(&match arguments.document {
        WalletProviderDocument::Jwks => {
            serde_json::to_string_pretty(&provider.jwks()).unwrap_or_default()
        }
        WalletProviderDocument::Ca => provider.ca().trim_end().to_owned(),
    });
    Ok(ExitStatus::Green)
}
