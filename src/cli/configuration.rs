//! `vcispec.toml`: what a user writes down once about an issuer, so that `vcispec run` needs
//! no arguments.
//!
//! An unknown key is an error with the nearest known one beside it. `${NAME}` in a string is
//! replaced by an environment variable, which must be set; `$${` stands for a plain `${`. Paths
//! are relative to the file.

mod client;
mod error;
mod http;
mod interpolation;
mod offer;
mod origin;
mod back_office;
mod callback;
mod secret;
mod sources;
mod trust;

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};
use toml::Spanned;

pub use super::document::Problem;
pub use client::{Authentication, Client, Provider};
pub use error::ConfigurationError;
pub use http::{Http, Resolve};
pub use secret::Secret;
pub use trust::Trust;

use super::arguments::{FailOn, Target};
use super::document::{Document, Finding, suggestion};
use crate::checks::{Edition, Policy, Profiles};
use crate::protocol::dialect::Speech;
use back_office::{BackOfficeTables, ChangeClaimsTable, EndEligibilityTable, RevokeTable};
use callback::CallbackTable;
pub(in crate::cli) use interpolation::Substitution;
use offer::OfferTable;

/// The configuration of one issuer under test.
#[derive(Debug)]
pub struct Configuration {
    /// `issuer`: the Credential Issuer Identifier, to the letter. Absent, the offer names it.
    pub issuer: Option<String>,
    /// `profile`: what the issuer claims to follow beyond `vci-1.0`, one name or several.
    pub profiles: Profiles,
    /// `edition`: the edition of the checks in force, such as `2026.1`; newer checks only warn.
    /// Absent: the newest that there is.
    pub edition: Option<Edition>,
    /// `dialect`: what the wallet speaks, `auto` (the default), `1.0`, a draft or a guide's preset. One
    /// that is named excuses what it has otherwise than 1.0.
    pub dialect: Option<Speech>,
    /// `baseline`: the file of known failures. Absent: `vcispec-baseline.toml` beside this one, if
    /// it is there.
    pub baseline: Option<PathBuf>,
    /// `require_complete`: a scenario that could not run is a failure. Default `false`.
    pub require_complete: bool,
    /// `scenarios`: scripts of one's own, or folders of them, that are run too.
    pub scenarios: Vec<PathBuf>,
    /// `snapshot`: the file that the issuer must not drift from. Absent: the one of this issuer
    /// in `snapshots/issuers/` beside this file, where it is there.
    pub snapshot: Option<PathBuf>,
    /// `fail_on`: `must` (the default) or `should`, which lets warnings fail the run too.
    pub fail_on: Option<FailOn>,
    /// `target`: `stage` (the default) or `production`, where nothing may be left behind.
    pub target: Option<Target>,
    /// `retry_transport`: how often a request that spends nothing is sent again after the
    /// connection failed, 0 to 5. Default 0.
    pub retry_transport: u32,
    /// `exclude`: checks and scenarios (globs) that are left out, as with `--exclude`.
    pub exclude: Vec<String>,
    /// `[client]`: how the wallet is known to the Authorization Server. Absent: anonymous.
    pub client: Option<Client>,
    /// `[wallet_provider]`: who vouches for the wallet and its keys.
    pub wallet_provider: Provider,
    /// `[trust]`: who may sign what.
    pub trust: Trust,
    /// `[http]`: how the issuer is reached.
    pub http: Http,
    /// `[revoke]`, `[end_eligibility]`, `[change_claims]`: what the issuer's operator can be asked to
    /// do. Absent: nothing is said of it.
    back_office: BackOfficeTables,
    /// `[callback]`: where callbacks are listened for. Absent: nowhere.
    callback: Option<CallbackTable>,
    /// `[[offers]]`, each checked, none opened yet.
    offers: Vec<Spanned<OfferTable>>,
    /// The file, to point into when an offer source fails.
    document: Document,
}

/// How vcispec tests one issuer. `${NAME}` in a string is replaced by an environment variable;
/// paths are relative to the file.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Tables {
    /// The Credential Issuer Identifier, to the letter. Absent: the offer names it.
    #[serde(deserialize_with = "issuer")]
    issuer: Option<String>,
    /// What the issuer claims to follow beyond vci-1.0, one name or several.
    profile: Profiles,
    /// The edition of the checks in force, such as 2026.1; newer checks only warn. Absent: the
    /// newest that there is.
    edition: Option<Edition>,
    /// What the wallet speaks: auto, 1.0, a draft (15, 14, 13, 11) or a guide's preset. One that is named
    /// excuses what it has otherwise than 1.0. Absent: auto.
    #[serde(deserialize_with = "dialect")]
    #[schemars(with = "Option<String>")]
    dialect: Option<Speech>,
    /// The file of known failures. Absent: vcispec-baseline.toml beside this one, if it is there.
    baseline: Option<PathBuf>,
    /// A scenario that could not run is a failure.
    require_complete: bool,
    /// Checks and scenarios (globs) that are left out.
    exclude: Vec<String>,
    /// Scripts of one's own, or folders of them, that are run too.
    scenarios: Vec<PathBuf>,
    /// The file that the issuer must not drift from. Absent: the one of this issuer in
    /// snapshots/issuers/ beside this file, if it is there.
    snapshot: Option<PathBuf>,
    /// What makes a run red beside failures.
    fail_on: Option<FailOn>,
    /// What is tested. In production nothing may be left behind.
    target: Option<Target>,
    /// How often a request that spends nothing is sent again after the connection failed, 0 to 5.
    #[serde(deserialize_with = "retry_transport")]
    retry_transport: u32,
    /// How the wallet is known to the Authorization Server. Absent: anonymous.
    client: Option<Client>,
    /// Who vouches for the wallet and its keys.
    wallet_provider: Provider,
    /// Who may sign what.
    trust: Trust,
    /// How the issuer is reached.
    http: Http,
    /// How a credential is revoked, so that it can be seen that it is.
    #[schemars(with = "Option<RevokeTable>")]
    revoke: Option<Spanned<RevokeTable>>,
    /// How the eligibility of a holder ends, so that it can be seen that nothing is renewed.
    #[schemars(with = "Option<EndEligibilityTable>")]
    end_eligibility: Option<Spanned<EndEligibilityTable>>,
    /// How the data of a holder are changed, so that it can be seen that renewed credentials show it.
    #[schemars(with = "Option<ChangeClaimsTable>")]
    change_claims: Option<Spanned<ChangeClaimsTable>>,
    /// Where callbacks of the issuer are listened for: the profile connector.
    callback: Option<CallbackTable>,
    /// Where fresh offers come from.
    #[schemars(with = "Vec<OfferTable>")]
    offers: Vec<Spanned<OfferTable>>,
}

/// The JSON Schema of the file, for editors.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Tables)
}

impl Configuration {
    /// Reads a file. Variables come from the environment of the process.
    pub fn load(path: &Path) -> Result<Self, ConfigurationError> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            ConfigurationError::Unreadable { path: path.to_owned(), reason: error.to_string() }
        })?;
        let directory = path.parent().map(Path::to_owned).unwrap_or_default();
        Self::read(&path.display().to_string(), &text, directory, |name| std::env::var(name).ok())
    }

    /// Reads a text. `name` stands above its snippets, paths are relative to `directory`, and
    /// `environment` knows the variables.
    pub fn read(
        name: &str,
        text: &str,
        directory: PathBuf,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigurationError> {
        let (document, tree) = Document::parse(name, text, directory, secret::is_secret)?;
        let (tree, substituted) = interpolation::interpolate(tree, environment)
            .map_err(|problem| document.refuse(problem))?;
        let tables = Tables::deserialize(toml::Deserializer::from(tree))
            .map_err(|error| document.refuse(suggestion::problem(&error, &substituted)))?;
        offer::check(&tables.offers).map_err(|problem| document.refuse(problem))?;
        let back_office = BackOfficeTables {
            revoke: tables.revoke,
            end_eligibility: tables.end_eligibility,
            change_claims: tables.change_claims,
        };
        back_office.check().map_err(|problem| document.refuse(problem))?;
        let mut configuration = Self {
            issuer: tables.issuer,
            profiles: tables.profile,
            edition: tables.edition,
            dialect: tables.dialect,
            baseline: tables.baseline.map(|path| document.path(&path)),
            require_complete: tables.require_complete,
            scenarios: tables.scenarios.iter().map(|path| document.path(path)).collect(),
            snapshot: tables.snapshot.map(|path| document.path(&path)),
            fail_on: tables.fail_on,
            target: tables.target,
            retry_transport: tables.retry_transport,
            exclude: tables.exclude,
            client: tables.client,
            wallet_provider: tables.wallet_provider,
            trust: tables.trust,
            http: tables.http,
            back_office,
            callback: tables.callback,
            offers: tables.offers,
            document,
        };
        configuration.trust.settle(&configuration.document);
        configuration.wallet_provider.settle(&configuration.document);
        if let Some(client) = &mut configuration.client {
            client.settle(&configuration.document);
        }
        configuration.http.settle(&configuration.document);
        Ok(configuration)
    }

    /// A path as the file means it: relative to where it lies.
    pub fn beside(&self, path: &Path) -> PathBuf {
        self.document.path(path)
    }

    /// Where the file lies.
    pub fn directory(&self) -> PathBuf {
        self.document.directory()
    }

    /// What this means for judging. Reads the trust anchors.
    pub fn policy(&self) -> Result<Policy, ConfigurationError> {
        let trusted = self.trust.read()?;
        Ok(Policy {
            profiles: self.profiles.clone(),
            edition: self.edition,
            trust_anchors: trusted.anchors,
            issuer_keys: trusted.issuer_keys,
            dpop_bound_access_tokens: self
                .client
                .as_ref()
                .is_some_and(|client| client.dpop_bound_access_tokens),
            ..Policy::default()
        })
    }
}

/// A Credential Issuer Identifier is compared as a string, so it is kept as one; that it is no
/// URL at all is the user's slip.
fn issuer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let issuer = String::deserialize(deserializer)?;
    match url::Url::parse(&issuer) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(Some(issuer)),
        _ => {
            Err(serde::de::Error::custom("expected the Credential Issuer Identifier, an https url"))
        }
    }
}

/// A dialect by its name.
fn dialect<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Speech>, D::Error> {
    let name = String::deserialize(deserializer)?;
    name.parse().map(Some).map_err(serde::de::Error::custom)
}

/// More than a few repetitions are no transport that hiccups, but one that is broken.
fn retry_transport<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let times = i64::deserialize(deserializer)?;
    u32::try_from(times).ok().filter(|times| *times <= 5).ok_or_else(|| {
        serde::de::Error::custom(format!("expected 0 to 5 repetitions, found {times}"))
    })
}

#[cfg(test)]
mod tests;
