//! How connections are made: time, trust, names, proxies.

use std::net::SocketAddr;
use std::time::Duration;

use super::waits::Patience;

/// How connections are made, and what bounds them.
#[derive(Clone, Debug)]
pub struct HttpOptions {
    /// Time for one whole exchange.
    pub timeout: Duration,
    /// Time for a connection to stand.
    pub connect_timeout: Duration,
    /// Largest body that is read, in octets after content decoding.
    pub max_body: usize,
    /// Hosts that plain http is allowed to, beside loopback.
    pub allow_http: Vec<String>,
    /// Server certificates are not verified.
    pub insecure: bool,
    /// Further trust anchors for TLS, PEM.
    pub ca: Vec<String>,
    /// Client certificate chain and key in one PEM text.
    pub client_cert: Option<String>,
    /// Names that are looked up here instead of in DNS.
    pub resolve: Vec<Resolve>,
    /// Header fields sent to a host: host, name, value.
    pub headers: Vec<(String, String, String)>,
    /// Most requests a second.
    pub max_rps: Option<f64>,
    /// How often a request that spends nothing is sent again after a failure below HTTP.
    pub retry_transport: u32,
    /// How long credentials that are put off are waited for.
    pub patience: Patience,
    /// Identifier of the run, 32 hexadecimal digits, sent in `traceparent`.
    pub run_id: String,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(20),
            connect_timeout: Duration::from_secs(10),
            max_body: 4 << 20,
            allow_http: Vec::new(),
            insecure: false,
            ca: Vec::new(),
            client_cert: None,
            resolve: Vec::new(),
            headers: Vec::new(),
            max_rps: None,
            retry_transport: 0,
            patience: Patience::default(),
            run_id: "0".repeat(32),
        }
    }
}

/// `host:port=address`: the connection goes to the address, Host, `aud` and `htu` stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolve {
    /// The name in URLs.
    pub host: String,
    /// Where it is looked for; the port counts for URLs without one.
    pub address: SocketAddr,
}

/// Why no connection can be made at all.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// A certificate or key could not be read.
    #[error("expected PEM in {what}: {cause}")]
    Pem {
        /// Which option.
        what: &'static str,
        /// The reader's words.
        cause: String,
    },
    /// The client could not be set up.
    #[error("the http client could not be set up: {0}")]
    Setup(String),
}

/// A client that follows no redirect and keeps to these options.
pub(super) fn client(options: &HttpOptions) -> Result<reqwest::Client, HttpError> {
    let told = match builder(options)?.build() {
        Ok(client) => return Ok(client),
        Err(error) => causes(&error),
    };
    // A machine without a single authority, such as an empty container, can still test itself
    // over plain http; over https nobody is trusted.
    builder(options)?.tls_certs_only([]).build().map_err(|_| HttpError::Setup(told))
}

fn builder(options: &HttpOptions) -> Result<reqwest::ClientBuilder, HttpError> {
    // A second installation is refused, and the first is as good.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(options.connect_timeout)
        .timeout(options.timeout)
        .tcp_nodelay(true)
        .no_proxy()
        .tls_danger_accept_invalid_certs(options.insecure);
    for proxy in proxies()? {
        builder = builder.proxy(proxy);
    }
    let mut roots = Vec::new();
    for pem in &options.ca {
        roots.extend(
            reqwest::Certificate::from_pem_bundle(pem.as_bytes())
                .map_err(|error| HttpError::Pem { what: "--ca", cause: error.to_string() })?,
        );
    }
    if !roots.is_empty() {
        builder = builder.tls_certs_merge(roots);
    }
    if let Some(pem) = &options.client_cert {
        let identity = reqwest::Identity::from_pem(pem.as_bytes())
            .map_err(|error| HttpError::Pem { what: "--client-cert", cause: error.to_string() })?;
        builder = builder.identity(identity);
    }
    for Resolve { host, address } in &options.resolve {
        builder = builder.resolve(host, *address);
    }
    Ok(builder)
}

/// The variable that names a proxy for this URL, as far as can be told without connecting.
pub fn proxy_variable(url: &url::Url) -> Option<&'static str> {
    let host = url.host_str()?.trim_matches(['[', ']']);
    let is_past = |entry: &str| {
        let entry = entry.trim().trim_start_matches("*.").trim_start_matches('.');
        let below = host.strip_suffix(entry).is_some_and(|rest| rest.ends_with('.'));
        !entry.is_empty() && (entry == "*" || host == entry || below)
    };
    if crate::protocol::is_loopback(url)
        || variable("NO_PROXY").is_some_and(|list| list.split(',').any(is_past))
    {
        return None;
    }
    let own = if url.scheme() == "https" { "HTTPS_PROXY" } else { "HTTP_PROXY" };
    [own, "ALL_PROXY"].into_iter().find(|name| variable(name).is_some())
}

fn variable(name: &str) -> Option<String> {
    let value = std::env::var(name).or_else(|_| std::env::var(name.to_lowercase()));
    value.ok().filter(|value| !value.is_empty())
}

/// The proxies of the environment, none of them for this machine.
fn proxies() -> Result<Vec<reqwest::Proxy>, HttpError> {
    let past = variable("NO_PROXY").unwrap_or_default();
    let past = format!("{past},localhost,127.0.0.0/8,::1");
    let mut proxies = Vec::new();
    for (name, make) in [
        ("HTTPS_PROXY", reqwest::Proxy::https as fn(String) -> reqwest::Result<reqwest::Proxy>),
        ("HTTP_PROXY", reqwest::Proxy::http),
        ("ALL_PROXY", reqwest::Proxy::all),
    ] {
        if let Some(url) = variable(name) {
            let proxy = make(url).map_err(|error| HttpError::Setup(format!("{name}: {error}")))?;
            proxies.push(proxy.no_proxy(reqwest::NoProxy::from_string(&past)));
        }
    }
    Ok(proxies)
}

/// An error with the errors below it, in one line. The layers between the request and the reason
/// say nothing that the reason does not say.
pub(super) fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut below = error.source();
    while let Some(cause) = below {
        let says = cause.to_string();
        below = cause.source();
        let is_a_layer = below.is_some() && says.starts_with("client error (");
        if !is_a_layer {
            text.push_str(": ");
            text.push_str(&says);
        }
    }
    text
}
