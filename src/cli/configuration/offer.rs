//! `[[offers]]`: one source of offers, and what its offers are like.

use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;

use super::origin::Origin;
use super::secret::Secret;
use crate::cli::document::Finding;
use crate::offers::Gives;

/// One `[[offers]]` table. Of `uri`, `file`, `exec`, `http` and `builtin` it has exactly one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [
    { "required": ["uri"] },
    { "required": ["file"] },
    { "required": ["exec"] },
    { "required": ["http"] },
    { "required": ["builtin"] },
]))]
pub(super) struct OfferTable {
    /// `name`: how the source is called in reports and errors. No two have the same.
    #[schemars(with = "String")]
    pub(super) name: Spanned<String>,
    /// `uri`: one offer, or one a line: link, URL or JSON.
    #[schemars(with = "Option<String>")]
    pub(super) uri: Option<Spanned<Secret<String>>>,
    /// `file`: a file with one offer a line, or one as JSON.
    #[schemars(with = "Option<PathBuf>")]
    pub(super) file: Option<Spanned<PathBuf>>,
    /// `exec`: a program that prints an offer, and its arguments. No shell stands between.
    #[schemars(with = "Option<Vec<String>>")]
    pub(super) exec: Option<Spanned<Secret<Vec<String>>>>,
    /// `http`: a request that is answered with an offer.
    #[schemars(with = "Option<HttpTable>")]
    pub(super) http: Option<Spanned<HttpTable>>,
    /// `builtin = true`: the issuer bundled with this program.
    #[schemars(with = "Option<bool>")]
    pub(super) builtin: Option<Spanned<bool>>,
    /// `tx_code`: the Transaction Code of every offer that comes without one.
    #[schemars(with = "Option<String>")]
    pub(super) tx_code: Option<Secret<String>>,
    /// `gives`: what the offers are like, where it cannot be seen.
    #[serde(default)]
    pub(super) gives: GivesTable,
    /// `serial`: mint one offer at a time. Default `false`.
    #[serde(default)]
    pub(super) serial: bool,
    /// `timeout_seconds`: how long minting one offer may take. Default 30.
    timeout_seconds: Option<NonZeroU64>,
}

/// `[offers.http]`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HttpTable {
    /// `method`. Default `POST`.
    #[serde(default = "post")]
    pub(super) method: String,
    /// `url`: `http` is allowed.
    #[schemars(with = "String")]
    pub(super) url: Secret<String>,
    /// `[offers.http.headers]`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub(super) headers: BTreeMap<String, Secret<String>>,
    /// `body`: sent as JSON.
    #[schemars(with = "Option<Value>")]
    pub(super) body: Option<Secret<Value>>,
    /// `offer`: where the offer is in the JSON answer: a JSON pointer, or a text such as
    /// `{/issuer}/{/nonce}`. Absent: the answer is read as the output of `exec` is.
    pub(super) offer: Option<String>,
    /// `tx_code`: where the Transaction Code is, in the same way.
    pub(super) tx_code: Option<String>,
}

/// `gives`: what is true of every offer of a source.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct GivesTable {
    /// `tx_code`: each needs a Transaction Code, or none does.
    tx_code: Option<bool>,
    /// `credential_configuration_ids`: what each names, all of them.
    credential_configuration_ids: Vec<String>,
    /// `subject`: whose credential it is; a scenario asks for it by this name.
    subject: Option<String>,
    /// `tenant`: the issuer, where it is not the one under test; a scenario asks for it by this name.
    tenant: Option<String>,
    /// `by_reference`: each comes as a `credential_offer_uri`, or none does.
    by_reference: Option<bool>,
}

impl OfferTable {
    /// How long minting one offer may take.
    pub(super) fn time_limit(&self) -> Duration {
        Duration::from_secs(self.timeout_seconds.map_or(30, NonZeroU64::get))
    }
}

impl GivesTable {
    /// The same, as a source declares it.
    pub(super) fn declared(&self) -> Gives {
        Gives {
            tx_code: self.tx_code,
            credential_configuration_ids: self.credential_configuration_ids.clone(),
            subject: self.subject.clone(),
            tenant: self.tenant.clone(),
            by_reference: self.by_reference,
            fresh: false,
        }
    }
}

/// What serde cannot see: one source in each table, and no name twice.
pub(super) fn check(offers: &[Spanned<OfferTable>]) -> Result<(), Box<Finding>> {
    let mut names: BTreeMap<&str, Range<usize>> = BTreeMap::new();
    for table in offers {
        Origin::of(table)?;
        let name = &table.get_ref().name;
        if let Some(first) = names.insert(name.get_ref(), name.span()) {
            return Err(Box::new(Finding {
                message: format!("two offer sources have the name {}", name.get_ref()),
                span: Some(name.span()),
                label: "and here".into(),
                help: None,
                also: Some((first, "here".into())),
            }));
        }
    }
    Ok(())
}

fn post() -> String {
    "POST".into()
}
