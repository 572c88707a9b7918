//! Starting and stopping: ports first, because every URL names one, then keys and documents, then listeners.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, serve::ListenerExt};
use axum_server::{
    Handle,
    accept::NoDelayAcceptor,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use rustls::ServerConfig;
use serde_json::{Value, json};
use thiserror::Error;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::{
    guides::Side,
    issuer::Issuer,
    layout::Origins,
    offers::{self, MintError, MintedOffer, OfferRequest},
    routes,
    settings::Settings,
    status_list::{Status, StatusError},
    tls::Tls,
};

/// How long open connections may take to finish once the issuer is told to stop.
const PATIENCE: Duration = Duration::from_millis(200);

/// Why an issuer did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// A port could not be taken.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// A key could not be made.
    #[error("cannot make a P-256 key")]
    Key,
    /// A certificate could not be made.
    #[error("cannot make a certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// TLS could not be set up.
    #[error("cannot set up TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// The issuer path would make no URL.
    #[error(
        "expected an issuer path that is empty or starts with `/` and has plain segments, got `{0}`"
    )]
    IssuerPath(String),
}

/// A running issuer. Dropping it stops it, too.
pub struct Running {
    issuer: Arc<Issuer>,
    management_url: String,
    ca_certificate: Option<String>,
    stop: watch::Sender<()>,
    listeners: Vec<JoinHandle<()>>,
}

/// Starts an issuer: a protocol listener, a management listener, and one more for a separate authorization server.
pub async fn start(settings: Settings) -> Result<Running, StartError> {
    check_path(&settings.issuer_path)?;
    if let Some(path) = &settings.second_tenant {
        check_path(path)?;
    }
    let tls = settings.tls.then(|| Tls::new(&settings.host)).transpose()?;
    let scheme = if settings.tls { "https" } else { "http" };

    let another_port = SocketAddr::new(settings.listen.ip(), 0);
    let protocol = Bound::new(settings.listen).await?;
    let management = Bound::new(settings.management).await?;
    let authorization_server = match settings.separate_authorization_server {
        true => Some(Bound::new(another_port).await?),
        false => None,
    };
    let host = &settings.host;
    let origin = |scheme: &str, bound: &Bound| format!("{scheme}://{host}:{}", bound.port);
    let origins = Origins {
        issuer: origin(scheme, &protocol),
        authorization_server: authorization_server.as_ref().map(|bound| origin(scheme, bound)),
    };
    let management_url =
        format!("http://{}", SocketAddr::new(settings.management.ip(), management.port));

    let issuer = Arc::new(Issuer::new(settings, origins)?);
    let (stop, stopped) = watch::channel(());
    let serving = Serving { tls: tls.as_ref().map(|tls| Arc::clone(&tls.server)), stopped };
    let mut listeners = Vec::new();
    let mut own = routes::credential_issuer(&issuer).with_state(Arc::clone(&issuer));
    let mut apart = routes::authorization_server(&issuer).with_state(Arc::clone(&issuer));
    if let Some(neighbour) = &issuer.neighbour {
        let with_state = |router: Router<Arc<Issuer>>| router.with_state(Arc::clone(neighbour));
        own = own.merge(with_state(routes::credential_issuer(neighbour)));
        apart = apart.merge(with_state(routes::authorization_server(neighbour)));
    }
    match authorization_server {
        Some(bound) => listeners.push(serving.protected(bound, apart)),
        None => own = own.merge(apart),
    }
    listeners.push(serving.protected(protocol, own));
    let routes = routes::management(&issuer).with_state(Arc::clone(&issuer));
    listeners.push(serving.plain(management, routes));
    Ok(Running {
        issuer,
        management_url,
        ca_certificate: tls.map(|tls| tls.ca_certificate),
        stop,
        listeners,
    })
}

impl Running {
    /// The Credential Issuer Identifier.
    pub fn credential_issuer(&self) -> &str {
        &self.issuer.layout.credential_issuer
    }

    /// Origin of the management side; `POST /offers` is below it.
    pub fn management_url(&self) -> &str {
        &self.management_url
    }

    /// PEM of the authority over the TLS certificates; `None` without TLS.
    pub fn ca_certificate(&self) -> Option<&str> {
        self.ca_certificate.as_deref()
    }

    /// PEM of the authorities over the credential signers: one, and that of mdocs where there are any.
    pub fn trust_anchor(&self) -> String {
        self.issuer.trust_anchors()
    }

    /// How an offer is asked for: where, by `POST`, and with what JSON.
    pub fn offer_request(&self) -> (String, String) {
        match self.issuer.settings.offer_api() {
            None => {
                let first =
                    self.credential_configuration_ids().first().copied().unwrap_or_default();
                let body = json!({"credential_configuration_id": first});
                (format!("{}/offers", self.management_url), body.to_string())
            }
            Some(api) => {
                let origin = match api.side {
                    Side::Protocol => &self.issuer.layout.origins.issuer,
                    Side::Management => &self.management_url,
                };
                (format!("{origin}{}", api.path), api.example.to_owned())
            }
        }
    }

    /// The configurations that can be offered, in the order of the metadata.
    pub fn credential_configuration_ids(&self) -> Vec<&str> {
        self.issuer.credentials.iter().map(|credential| credential.id).collect()
    }

    /// Mints an offer without a request.
    ///
    /// # Errors
    ///
    /// When the request names nothing, or something unknown, or asks for the impossible.
    pub fn mint(&self, request: OfferRequest) -> Result<MintedOffer, MintError> {
        offers::mint(&self.issuer, request)
    }

    /// Whether there is a second tenant to mint for.
    pub fn has_second_tenant(&self) -> bool {
        self.issuer.neighbour.is_some()
    }

    /// Lets lifetimes run out without waiting: all of them by that much.
    pub fn advance(&self, by: Duration) {
        self.issuer.advance(by);
    }

    /// Replaces the claims of what was offered: credentials issued from now on show them.
    /// False where nobody knows the offer.
    ///
    /// # Errors
    ///
    /// When the claims are no object, or use a name that they may not.
    pub fn change_claims(&self, offer_id: &str, claims: Value) -> Result<bool, MintError> {
        offers::change_claims(&self.issuer, offer_id, claims)
    }

    /// Ends the eligibility of whoever took the offer: nothing is renewed. False where nobody knows it.
    pub fn end(&self, offer_id: &str) -> bool {
        offers::end(&self.issuer, offer_id)
    }

    /// Whether credentials have a status that can be set.
    pub fn keeps_a_status_list(&self) -> bool {
        self.issuer.status_list.is_some()
    }

    /// Says what became of the credential with that entry, without a request.
    ///
    /// # Errors
    ///
    /// When there is no such entry, or its list has too few bits.
    pub fn set_status(&self, uri: &str, index: usize, status: Status) -> Result<(), StatusError> {
        self.issuer.set_status(uri, index, status)
    }

    /// Stops listening, gives open connections a moment, and returns.
    pub async fn shutdown(self) {
        let _ = self.stop.send(());
        for mut listener in self.listeners {
            if tokio::time::timeout(PATIENCE, &mut listener).await.is_err() {
                listener.abort();
            }
        }
    }
}

/// A port that was taken.
struct Bound {
    listener: TcpListener,
    port: u16,
}

impl Bound {
    async fn new(address: SocketAddr) -> Result<Self, StartError> {
        let failed = |source| StartError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        Ok(Self { listener, port })
    }
}

/// What every listener shares.
struct Serving {
    tls: Option<Arc<ServerConfig>>,
    stopped: watch::Receiver<()>,
}

impl Serving {
    /// Serves over TLS, if there is any.
    fn protected(&self, bound: Bound, router: Router) -> JoinHandle<()> {
        let Some(tls) = &self.tls else {
            return self.plain(bound, router);
        };
        let acceptor = RustlsAcceptor::new(RustlsConfig::from_config(Arc::clone(tls)))
            .acceptor(NoDelayAcceptor);
        let service = router.into_make_service();
        let (handle, stopped) = (Handle::new(), self.stopped.clone());
        tokio::spawn(async move {
            let Ok(server) = bound.listener.into_std().and_then(axum_server::from_tcp) else {
                return;
            };
            let serve = server.acceptor(acceptor).handle(handle.clone()).serve(service);
            let stop = async move {
                until(stopped).await;
                handle.graceful_shutdown(Some(PATIENCE));
            };
            let (_, _) = tokio::join!(serve, stop);
        })
    }

    /// Serves without TLS.
    fn plain(&self, bound: Bound, router: Router) -> JoinHandle<()> {
        // A connection that cannot be told to send small segments at once still works, only slower.
        let listener = bound.listener.tap_io(|stream| {
            let _ = stream.set_nodelay(true);
        });
        let stopped = self.stopped.clone();
        tokio::spawn(async move {
            let serve = axum::serve(listener, router);
            let _ = serve.with_graceful_shutdown(until(stopped)).await;
        })
    }
}

/// Returns when the issuer is told to stop, or dropped.
async fn until(mut stopped: watch::Receiver<()>) {
    let _ = stopped.changed().await;
}

fn check_path(path: &str) -> Result<(), StartError> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let is_good = path.is_empty()
        || path.starts_with('/')
            && path.bytes().all(is_plain)
            && path.split('/').skip(1).all(|segment| {
                !matches!(segment, "" | "." | "..") && !segment.starts_with(".well-known")
            });
    is_good.then_some(()).ok_or_else(|| StartError::IssuerPath(path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_path_makes_a_url() {
        for good in ["", "/tenant", "/tenant/eu-1"] {
            assert!(check_path(good).is_ok(), "{good}");
        }
        for bad in ["/", "tenant", "/a/", "/a/../b", "/a?b", "/{a}", "/.well-known/a"] {
            assert!(check_path(bad).is_err(), "{bad}");
        }
    }
}
