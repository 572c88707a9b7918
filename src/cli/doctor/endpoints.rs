//! Whether the endpoints that the metadata names are where a connection can be made: they may be
//! on other hosts, and behind other firewalls, than the metadata.

use std::collections::BTreeMap;

use serde_json::Value;
use url::Url;

use super::Look;
use super::connection::open;
use super::finding::Finding;
use super::name::addresses;
use super::patient::Patient;
use crate::protocol::is_loopback;
use crate::wallet::HttpOptions;

/// The members that name endpoints of the issuer.
const OF_THE_ISSUER: [&str; 4] = [
    "credential_endpoint",
    "nonce_endpoint",
    "deferred_credential_endpoint",
    "notification_endpoint",
];
/// The members that name endpoints of the authorization server.
const OF_THE_SERVER: [&str; 1] = ["token_endpoint"];

/// Opens a connection to each origin that is not the issuer's own.
pub fn look(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        let Some(case) = &patient.case else { return Vec::new() };
        let knowledge = patient.knowledge();
        let mut origins: BTreeMap<String, (Url, Vec<&str>)> = BTreeMap::new();
        let mut findings = Vec::new();
        for (json, members) in
            [(&knowledge.issuer, OF_THE_ISSUER.as_slice()), (&knowledge.server, &OF_THE_SERVER)]
        {
            for member in members {
                let Some(value) = json.as_ref().and_then(|json| json.get(member)) else { continue };
                match value.as_str().and_then(|text| Url::parse(text).ok()) {
                    Some(url) => {
                        let origin = url.origin().ascii_serialization();
                        origins.entry(origin).or_insert((url, Vec::new())).1.push(member);
                    }
                    None => findings.push(no_url(member, value)),
                }
            }
        }
        let own = patient.url().map(|url| url.origin().ascii_serialization()).unwrap_or_default();
        let mut elsewhere = Vec::new();
        for (origin, (url, members)) in origins.iter().filter(|(origin, _)| **origin != own) {
            match reached(url, &case.options).await {
                Ok(()) => elsewhere.push(format!("{} at {origin}", members.join(", "))),
                Err(finding) => findings.push(Finding {
                    says: format!("{}: {}", members.join(", "), finding.says),
                    ..finding
                }),
            }
        }
        if findings.is_empty() {
            findings.push(Finding::well(match elsewhere.as_slice() {
                [] => "all at the issuer's own host".to_owned(),
                elsewhere => format!("reached: {}", elsewhere.join("; ")),
            }));
        }
        findings
    })
}

fn no_url(member: &str, value: &Value) -> Finding {
    let found: String = value.to_string().chars().take(60).collect();
    Finding::fault(format!("expected a URL in {member}, found {found}"))
        .so(format!("mend {member} in the metadata"))
}

async fn reached(url: &Url, options: &HttpOptions) -> Result<(), Finding> {
    let host = url.host_str().unwrap_or_default();
    let is_allowed = is_loopback(url) || options.allow_http.iter().any(|allowed| allowed == host);
    if url.scheme() != "https" && !is_allowed {
        return Err(Finding::misconfigured(format!("{host} is spoken to without TLS"))
            .so(format!("--allow-http {host}")));
    }
    let found = addresses(url, options).await.map_err(|why| {
        let port = url.port_or_known_default().unwrap_or(443);
        Finding::unreachable(why).so(format!("--resolve {host}:{port}=ADDRESS"))
    })?;
    let mut refused = None;
    for address in found.addresses() {
        match open(*address).await {
            Ok(_) => return Ok(()),
            Err(why) => refused = Some(why),
        }
    }
    match refused {
        Some(why) => Err(Finding::unreachable(why).so(format!("curl -i {url}"))),
        None => Ok(()),
    }
}
