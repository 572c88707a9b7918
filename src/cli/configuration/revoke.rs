//! `[revoke]`: how a credential is revoked at the issuer's, so that it can be seen that it is.

use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::Configuration;
use super::secret::Secret;
use crate::offers::{Exec, Reach, StatusHook, StatusRequest};

/// How a credential is revoked. Of `exec` and `http` it has exactly one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["exec"] }, { "required": ["http"] }]))]
pub(super) struct RevokeTable {
    /// `exec`: a program and its arguments. It finds the entry in `VCISPEC_STATUS_URI` and
    /// `VCISPEC_STATUS_IDX`, and in `VCISPEC_STATUS` what it is to become: `invalid` or `suspended`.
    #[schemars(with = "Option<Vec<String>>")]
    exec: Option<Secret<Vec<String>>>,
    /// `http`: a request that revokes.
    http: Option<RevokeHttp>,
    /// `suspends`: whether it can suspend, too. Default `false`.
    #[serde(default)]
    suspends: bool,
    /// `timeout_seconds`: how long it may take. Default 30.
    timeout_seconds: Option<NonZeroU64>,
}

/// `[revoke.http]`. In `url` and in the strings of `body`, `{uri}` and `{idx}` stand for the entry
/// in the status list, `{status}` for what it is to become.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RevokeHttp {
    /// `method`. Default `POST`.
    #[serde(default = "post")]
    method: String,
    /// `url`: `http` is allowed.
    #[schemars(with = "String")]
    url: Secret<String>,
    /// `[revoke.http.headers]`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    headers: BTreeMap<String, Secret<String>>,
    /// `body`: sent as JSON. A string that is `{idx}` and nothing else becomes a number.
    #[schemars(with = "Option<Value>")]
    body: Option<Secret<Value>>,
}

impl Configuration {
    /// The hook of `[revoke]`, where there is one. `reach` is how an endpoint is connected to.
    pub fn status_hook(&self, reach: &Reach) -> Option<StatusHook> {
        let table = self.revoke.as_ref()?;
        let time_limit = Duration::from_secs(table.timeout_seconds.map_or(30, NonZeroU64::get));
        if let Some(argv) = &table.exec {
            let argv = argv.expose().clone();
            let exec = Exec { argv, directory: self.document.directory(), time_limit };
            return Some(StatusHook::exec(exec, table.suspends));
        }
        let http = table.http.as_ref()?;
        let headers = http.headers.iter();
        let request = StatusRequest {
            method: http.method.clone(),
            url: http.url.expose().clone(),
            headers: headers.map(|(name, value)| (name.clone(), value.expose().clone())).collect(),
            body: http.body.as_ref().map(|body| body.expose().clone()),
            reach: reach.clone(),
            time_limit,
        };
        Some(StatusHook::http(request, table.suspends))
    }
}

impl RevokeTable {
    /// What serde cannot see: that it has one way, and not two.
    pub(super) fn check(&self) -> Result<(), &'static str> {
        match (&self.exec, &self.http) {
            (Some(_), None) | (None, Some(_)) => Ok(()),
            (None, None) => Err("[revoke] needs exec or http"),
            (Some(_), Some(_)) => Err("[revoke] has exec and http: give one of them"),
        }
    }
}

fn post() -> String {
    "POST".into()
}
