//! Opens the credentials of a transcript just far enough to fetch what judging will need, and
//! records it as ordinary exchanges.

mod jwt_vc;
mod types;

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use url::Url;

use crate::formats::sd_jwt::SdJwt;
use crate::protocol::{CredentialResponse, Location, WellKnown};
use crate::transcript::{Exchange, Station, Transcript};
use crate::wallet::{Http, Recorder, read_document};

/// The most documents that are fetched for one scenario.
const MOST_DOCUMENTS: usize = 4;

/// What was fetched in this run already, by URL, with every attempt.
#[derive(Debug, Default)]
pub struct Gathered(Mutex<HashMap<Url, Vec<Exchange>>>);

/// Fetches what judging one transcript will need, where there is no run around it.
pub async fn gather_for(transcript: &mut Transcript, http: &Http, allowed: &[String]) {
    Gathered::default().gather(transcript, http, allowed).await;
}

impl Gathered {
    /// Fetches what the credentials of a transcript refer to.
    pub async fn gather(&self, transcript: &mut Transcript, http: &Http, allowed: &[String]) {
        let own = hosts(transcript);
        self.key_sets(transcript, http, &own, allowed).await;
        self.types(transcript, http, &own, allowed).await;
        jwt_vc::gather(self, transcript, http, &own, allowed).await;
    }

    /// The key sets of issuers that publish them.
    async fn key_sets(
        &self,
        transcript: &mut Transcript,
        http: &Http,
        own: &[String],
        allowed: &[String],
    ) {
        for issuer in issuers(transcript).into_iter().take(MOST_DOCUMENTS) {
            let Some(url) = WellKnown::JwtVcIssuer.url(&issuer, Location::Inserted) else {
                continue;
            };
            let found = self.fetch(transcript, http, Station::JwtVcIssuer, url, own, allowed).await;
            let key_set = found
                .and_then(|json| json.get("jwks_uri")?.as_str().map(str::to_owned))
                .and_then(|uri| Url::parse(&uri).ok());
            if let Some(url) = key_set {
                self.fetch(transcript, http, Station::KeySet, url, own, allowed).await;
            }
        }
    }

    async fn fetch(
        &self,
        transcript: &mut Transcript,
        http: &Http,
        station: Station,
        url: Url,
        own: &[String],
        allowed: &[String],
    ) -> Option<Value> {
        let known = self.known().get(&url).cloned();
        let exchanges = match known {
            Some(exchanges) => exchanges,
            None => {
                let client = client_for(&url, http, own, allowed).await?;
                let recorder = Recorder::default();
                read_document(client.get(), &recorder, station, url.clone()).await;
                let exchanges = recorder.finish().exchanges;
                self.known().insert(url, exchanges.clone());
                exchanges
            }
        };
        let last = transcript.exchanges.last().map_or(0, |last| last.number);
        for (number, exchange) in (last + 1..).zip(exchanges) {
            transcript.exchanges.push(Exchange { number, ..exchange });
        }
        transcript.exchanges.last()?.answer()?.body.json()
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<Url, Vec<Exchange>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The `iss` of each SD-JWT that carries no certificate chain, each once.
fn issuers(transcript: &Transcript) -> Vec<String> {
    named(transcript, |opened| {
        (!opened.header().contains_key("x5c")).then(|| opened.issuer()).flatten()
    })
}

/// What the SD-JWTs of a transcript name, each once.
fn named(transcript: &Transcript, name: impl Fn(&SdJwt) -> Option<&str>) -> Vec<String> {
    let mut names: Vec<String> = transcript
        .at(Station::Credential)
        .filter_map(|exchange| exchange.answer()?.body.json())
        .flat_map(|json| {
            CredentialResponse::new(&json)
                .credentials()
                .iter()
                .filter_map(|credential| Some(name(&SdJwt::open(credential).ok()?)?.to_owned()))
                .collect::<Vec<_>>()
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn hosts(transcript: &Transcript) -> Vec<String> {
    [Station::IssuerMetadata, Station::AsMetadata]
        .into_iter()
        .flat_map(|station| transcript.at(station))
        .filter_map(|exchange| {
            Url::parse(&exchange.request.url).ok()?.host_str().map(str::to_owned)
        })
        .collect()
}

/// The client of the run, or one that is bound to an address that was looked at.
enum Client<'h> {
    OfTheRun(&'h Http),
    Bound(Box<Http>),
}

impl Client<'_> {
    fn get(&self) -> &Http {
        match self {
            Self::OfTheRun(http) => http,
            Self::Bound(http) => http,
        }
    }
}

/// A client for a URL that an issuer names: for its own hosts, for hosts the user allowed, and for
/// public addresses, which it is then bound to; never for the network that the harness runs in.
async fn client_for<'h>(
    url: &Url,
    http: &'h Http,
    own: &[String],
    allowed: &[String],
) -> Option<Client<'h>> {
    let host = url.host_str()?;
    if own.iter().chain(allowed).any(|known| known == host) {
        return Some(Client::OfTheRun(http));
    }
    let port = url.port_or_known_default().unwrap_or(443);
    let found = tokio::net::lookup_host((host.trim_matches(['[', ']']), port)).await.ok()?;
    let addresses: Vec<SocketAddr> = found.collect();
    let first = *addresses.first()?;
    if !addresses.iter().all(|address| is_public(&address.ip())) {
        return None;
    }
    http.bound_to(host, first).ok().map(Box::new).map(Client::Bound)
}

fn is_public(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [first, second, third, _] = v4.octets();
            let special =
                matches!((first, second), (0 | 240.., _) | (100, 64..128) | (198, 18 | 19))
                    || (first, second, third) == (192, 0, 0);
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_unspecified()
                || v4.is_multicast()
                || v4.is_broadcast()
                || v4.is_documentation()
                || special)
        }
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => is_public(&IpAddr::V4(v4)),
            None => {
                let translated = v6.segments().starts_with(&[0x64, 0xff9b]);
                !(translated
                    || v6.is_loopback()
                    || v6.is_unspecified()
                    || v6.is_multicast()
                    || v6.is_unique_local()
                    || v6.is_unicast_link_local())
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn addresses_inside_are_not_public() {
        for inside in [
            "127.0.0.1",
            "0.1.2.3",
            "198.18.0.1",
            "64:ff9b::7f00:1",
            "10.1.2.3",
            "169.254.169.254",
            "100.64.0.1",
            "::1",
            "fd00::1",
            "::ffff:10.0.0.1",
        ] {
            let address = inside.parse().ok();
            assert_eq!(address.as_ref().map(is_public), Some(false), "{inside}");
        }
        assert_eq!("2606:4700::1111".parse().ok().as_ref().map(is_public), Some(true));
    }
}
