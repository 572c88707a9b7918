//! `[revoke]`, `[end_eligibility]`, `[change_claims]`: how the issuer's operator has done what shows
//! only when it happens in mid-run.

use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};
use toml::Spanned;

use super::secret::Secret;
use super::{Configuration, Finding};
use crate::offers::{Exec, Reach};
use crate::operator::{BackOffice, Hook, HookRequest, Service, Standing};

/// How a credential is revoked. Of `exec` and `http` it has exactly one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["exec"] }, { "required": ["http"] }]))]
pub(super) struct RevokeTable {
    /// `exec`: a program and its arguments. It finds the entry in `VCISPEC_STATUS_URI` and
    /// `VCISPEC_STATUS_IDX`, and in `VCISPEC_STATUS` what it is to become: `invalid` or `suspended`.
    #[schemars(with = "Option<Vec<String>>")]
    exec: Option<Secret<Vec<String>>>,
    /// `http`: a request that revokes. `{uri}` and `{idx}` are the entry in the status list,
    /// `{status}` what it is to become.
    http: Option<HookHttp>,
    /// `suspends`: whether it can suspend, too. Default `false`.
    #[serde(default)]
    suspends: bool,
    /// `timeout_seconds`: how long it may take. Default 30.
    timeout_seconds: Option<NonZeroU64>,
}

/// How the eligibility of a holder ends. Of `exec` and `http` it has exactly one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["exec"] }, { "required": ["http"] }]))]
pub(super) struct EndEligibilityTable {
    /// `exec`: a program and its arguments. It finds the offer in `VCISPEC_OFFER_ID`, where the mint
    /// answered with an `offer_id`, and in `VCISPEC_PRE_AUTHORIZED_CODE`.
    #[schemars(with = "Option<Vec<String>>")]
    exec: Option<Secret<Vec<String>>>,
    /// `http`: a request that does it. `{offer_id}` and `{pre-authorized_code}` are the offer.
    http: Option<HookHttp>,
    /// `timeout_seconds`: how long it may take. Default 30.
    timeout_seconds: Option<NonZeroU64>,
}

/// How the data of a holder are changed. Of `exec` and `http` it has exactly one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["exec"] }, { "required": ["http"] }]))]
pub(super) struct ChangeClaimsTable {
    /// `claims`: the claims that are others afterwards, as a credential is to show them.
    claims: Map<String, Value>,
    /// `exec`: a program and its arguments. It finds the offer in `VCISPEC_OFFER_ID` and
    /// `VCISPEC_PRE_AUTHORIZED_CODE`, and the claims as JSON in `VCISPEC_CLAIMS`.
    #[schemars(with = "Option<Vec<String>>")]
    exec: Option<Secret<Vec<String>>>,
    /// `http`: a request that does it. `{offer_id}` and `{pre-authorized_code}` are the offer,
    /// `{claims}` is the object of the claims.
    http: Option<HookHttp>,
    /// `timeout_seconds`: how long it may take. Default 30.
    timeout_seconds: Option<NonZeroU64>,
}

/// A request to the back office. In `url` and in the strings of `body`, what stands in braces is
/// filled in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct HookHttp {
    /// `method`. Default `POST`.
    #[serde(default = "post")]
    method: String,
    /// `url`: `http` is allowed.
    #[schemars(with = "String")]
    url: Secret<String>,
    /// `headers`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    headers: BTreeMap<String, Secret<String>>,
    /// `body`: sent as JSON. A string that is one name in braces and nothing else becomes the value.
    #[schemars(with = "Option<Value>")]
    body: Option<Secret<Value>>,
}

/// The tables, each where it is.
#[derive(Debug, Default)]
pub(super) struct BackOfficeTables {
    pub(super) revoke: Option<Spanned<RevokeTable>>,
    pub(super) end_eligibility: Option<Spanned<EndEligibilityTable>>,
    pub(super) change_claims: Option<Spanned<ChangeClaimsTable>>,
}

/// By which way a hook is called.
struct Way<'a> {
    service: Service,
    exec: Option<&'a Secret<Vec<String>>>,
    http: Option<&'a HookHttp>,
    timeout_seconds: Option<NonZeroU64>,
}

impl Configuration {
    /// What the issuer's operator can be asked to do. `reach` is how an endpoint is connected to.
    pub fn back_office(&self, reach: &Reach) -> BackOffice {
        let mut office = BackOffice::default();
        let tables = &self.back_office;
        if let Some(table) = &tables.revoke {
            let table = table.get_ref();
            if let Some(hook) = self.hook(&table.way(), reach) {
                office = office.revoking(hook, table.suspends);
            }
        }
        if let Some(table) = &tables.end_eligibility
            && let Some(hook) = self.hook(&table.get_ref().way(), reach)
        {
            office = office.ending_eligibility(hook);
        }
        if let Some(table) = &tables.change_claims {
            let table = table.get_ref();
            if let Some(hook) = self.hook(&table.way(), reach) {
                office = office.changing_claims(hook, table.claims.clone());
            }
        }
        office
    }

    /// What is missing for the operator to do it.
    pub fn lacks_for(&self, service: Service) -> Option<&'static str> {
        match self.back_office(&Reach::default()).standing(service) {
            Standing::Untold(_) => Some(service.table()),
            Standing::Ready | Standing::Idle(_) => None,
        }
    }

    fn hook(&self, way: &Way<'_>, reach: &Reach) -> Option<Hook> {
        let time_limit = Duration::from_secs(way.timeout_seconds.map_or(30, NonZeroU64::get));
        if let Some(argv) = way.exec {
            let argv = argv.expose().clone();
            let exec = Exec { argv, directory: self.document.directory(), time_limit };
            return Some(Hook::exec(way.service.table(), exec));
        }
        let http = way.http?;
        let headers = http.headers.iter();
        let request = HookRequest {
            method: http.method.clone(),
            url: http.url.expose().clone(),
            headers: headers.map(|(name, value)| (name.clone(), value.expose().clone())).collect(),
            body: http.body.as_ref().map(|body| body.expose().clone()),
            reach: reach.clone(),
            time_limit,
        };
        Some(Hook::http(way.service.table(), request))
    }
}

impl BackOfficeTables {
    /// What serde cannot see: that each has one way, and not two, and that something changes.
    pub(super) fn check(&self) -> Result<(), Box<Finding>> {
        let at = |span, message: String| {
            let label = "this table".into();
            Box::new(Finding { message, span: Some(span), label, help: None, also: None })
        };
        let ways = [
            self.revoke.as_ref().map(|table| (table.span(), table.get_ref().way())),
            self.end_eligibility.as_ref().map(|table| (table.span(), table.get_ref().way())),
            self.change_claims.as_ref().map(|table| (table.span(), table.get_ref().way())),
        ];
        for (span, way) in ways.into_iter().flatten() {
            way.check().map_err(|message| at(span, message))?;
        }
        match &self.change_claims {
            Some(table) if table.get_ref().claims.is_empty() => {
                Err(at(table.span(), "[change_claims] changes nothing: claims is empty".into()))
            }
            _ => Ok(()),
        }
    }
}

impl Way<'_> {
    fn check(&self) -> Result<(), String> {
        let table = self.service.table();
        match (self.exec, self.http) {
            (Some(_), None) => Ok(()),
            (None, Some(http)) => {
                let texts = [http.url.expose().as_str()].into_iter();
                let mut texts =
                    texts.chain(http.body.iter().flat_map(|body| strings(body.expose())));
                let known = self.service.words();
                let stranger = texts.find_map(|text| {
                    words(text).find(|word| !known.contains(word)).map(str::to_owned)
                });
                stranger.map_or(Ok(()), |word| {
                    let known = known.join("}, {");
                    Err(format!("{table} says {{{word}}}: it is told {{{known}}}"))
                })
            }
            (None, None) => Err(format!("{table} needs exec or http")),
            (Some(_), Some(_)) => Err(format!("{table} has exec and http: give one of them")),
        }
    }
}

impl RevokeTable {
    fn way(&self) -> Way<'_> {
        let Self { exec, http, timeout_seconds, .. } = self;
        Way::of(Service::Revoke, exec, http, *timeout_seconds)
    }
}

impl EndEligibilityTable {
    fn way(&self) -> Way<'_> {
        let Self { exec, http, timeout_seconds } = self;
        Way::of(Service::EndEligibility, exec, http, *timeout_seconds)
    }
}

impl ChangeClaimsTable {
    fn way(&self) -> Way<'_> {
        let Self { exec, http, timeout_seconds, .. } = self;
        Way::of(Service::ChangeClaims, exec, http, *timeout_seconds)
    }
}

impl<'a> Way<'a> {
    fn of(
        service: Service,
        exec: &'a Option<Secret<Vec<String>>>,
        http: &'a Option<HookHttp>,
        timeout_seconds: Option<NonZeroU64>,
    ) -> Self {
        Self { service, exec: exec.as_ref(), http: http.as_ref(), timeout_seconds }
    }
}

/// What stands in braces and looks like a name.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |word: &&str| {
        let is_of_one = |octet: u8| octet.is_ascii_lowercase() || b"_-".contains(&octet);
        !word.is_empty() && word.bytes().all(is_of_one)
    };
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).filter(is_name)
}

/// Every string of a body, which a file holds and is as deep as that.
fn strings(json: &Value) -> Vec<&str> {
    match json {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(members) => members.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

fn post() -> String {
    "POST".into()
}
