//! The one place that opens connections: bounded in octets and time, recording everything.

use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use url::Url;

use super::draft::Ready;
use super::recorder::Recorder;
use crate::protocol::is_loopback;
use crate::transcript::{
    Answer, Body, Exchange, Failure, FailureKind, Headers, Received, Request, Tamper,
};

/// How often a throttled request is repeated.
const MOST_THROTTLED: u32 = 2;
/// The longest `Retry-After` that is waited for.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(30);

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

/// A client with its bounds.
#[derive(Debug)]
pub struct Http {
    options: HttpOptions,
    client: reqwest::Client,
    next_slot: Mutex<Instant>,
}

/// What the transcript says of a request beside the request itself.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    /// The wallet that asks.
    pub wallet: String,
    /// The offer it belongs to.
    pub offer: Option<usize>,
    /// The step of the script, from 1.
    pub step: u32,
    /// The racer, where several are released together.
    pub racer: Option<u32>,
    /// What is wrong with the request.
    pub tamper: Option<Tamper>,
}

/// An exchange that was written down: its number, and what came back.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The number in the transcript.
    pub number: u32,
    /// What came back.
    pub received: Received,
}

impl Recorded {
    /// The answer, unless the exchange failed below HTTP.
    pub fn answer(&self) -> Option<&Answer> {
        match &self.received {
            Received::Answer(answer) => Some(answer),
            Received::Failure(_) => None,
        }
    }
}

impl Http {
    /// Sets up a client.
    pub fn new(options: HttpOptions) -> Result<Self, HttpError> {
        let client = client(&options)?;
        Ok(Self { options, client, next_slot: Mutex::new(Instant::now()) })
    }

    /// A second client with connections of its own.
    pub fn separate(&self) -> Result<Self, HttpError> {
        Self::new(self.options.clone())
    }

    /// The options it was set up with.
    pub fn options(&self) -> &HttpOptions {
        &self.options
    }

    /// Sends a request, waits where the issuer says `Retry-After`, and writes everything down.
    pub async fn exchange(&self, recorder: &Recorder, mark: &Mark, ready: &Ready) -> Recorded {
        for _ in 0..MOST_THROTTLED {
            let recorded = self.exchange_once(recorder, mark, ready).await;
            let Some(wait) = recorded.answer().and_then(retry_after) else {
                return recorded;
            };
            recorder.supersede(recorded.number);
            tokio::time::sleep(wait).await;
        }
        self.exchange_once(recorder, mark, ready).await
    }

    async fn exchange_once(&self, recorder: &Recorder, mark: &Mark, ready: &Ready) -> Recorded {
        self.wait_for_slot().await;
        let number = recorder.next_number();
        let request = self.written(ready, number);
        let received = match self.refusal_to_follow(&ready.url) {
            Some(says) => failed(FailureKind::NotFollowed, says),
            None => self.send(ready, &request).await,
        };
        recorder.exchange(Exchange {
            number,
            station: ready.station,
            wallet: mark.wallet.clone(),
            offer: mark.offer,
            step: mark.step,
            racer: mark.racer,
            tamper: mark.tamper.clone(),
            superseded: false,
            request,
            received: received.clone(),
        });
        Recorded { number, received }
    }

    /// The request as it is recorded and sent, with the fields that every request carries.
    fn written(&self, ready: &Ready, number: u32) -> Request {
        let mut headers = ready.headers.clone();
        let span = span(number);
        headers.push("traceparent", format!("00-{}-{span}-01", self.options.run_id));
        let run = self.options.run_id.get(..8).unwrap_or_default();
        let version = env!("CARGO_PKG_VERSION");
        headers.push("user-agent", format!("vcispec/{version} (run {run}; exchange {span})"));
        let host = ready.url.host_str().unwrap_or_default();
        for (for_host, name, value) in &self.options.headers {
            if for_host == host {
                headers.push(name.as_str(), value.as_str());
            }
        }
        Request {
            at: Timestamp::now(),
            method: ready.method.to_owned(),
            url: ready.url.to_string(),
            headers,
            body: Body::from(ready.body.as_str()),
        }
    }

    async fn send(&self, ready: &Ready, request: &Request) -> Received {
        let method = reqwest::Method::from_bytes(ready.method.as_bytes());
        let Ok(method) = method else {
            return failed(FailureKind::NotFollowed, format!("no such method: {}", ready.method));
        };
        let mut builder = self.client.request(method.clone(), ready.url.clone());
        for (name, value) in &request.headers.0 {
            builder = builder.header(name, value);
        }
        if !ready.body.is_empty() || method == reqwest::Method::POST {
            builder = builder.body(ready.body.clone());
        }
        let response = match builder.send().await {
            Ok(response) => response,
            Err(error) => return failure(&error),
        };
        self.read(response).await
    }

    async fn read(&self, mut response: reqwest::Response) -> Received {
        let status = response.status().as_u16();
        let headers = Headers(
            response
                .headers()
                .iter()
                .map(|(name, value)| {
                    let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                    (name.as_str().to_owned(), value)
                })
                .collect(),
        );
        let most = self.options.max_body;
        let too_large =
            || failed(FailureKind::TooLarge, format!("expected at most {most} octets, found more"));
        if response.content_length().is_some_and(|length| length > most as u64) {
            return too_large();
        }
        let mut octets = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if octets.len() + chunk.len() > most => return too_large(),
                Ok(Some(chunk)) => octets.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(error) => return failure(&error),
            }
        }
        Received::Answer(Answer {
            at: Timestamp::now(),
            status,
            headers,
            body: Body::from_octets(octets),
        })
    }

    fn refusal_to_follow(&self, url: &Url) -> Option<String> {
        let host = url.host_str().unwrap_or_default();
        match url.scheme() {
            "https" => None,
            "http"
                if is_loopback(url)
                    || self.options.allow_http.iter().any(|allowed| allowed == host) =>
            {
                None
            }
            "http" => Some(format!(
                "plain http to {host} is not allowed: use --allow-http {host} to test it anyway"
            )),
            other => Some(format!("expected an https URL, found the scheme {other}")),
        }
    }

    async fn wait_for_slot(&self) {
        let Some(rate) = self.options.max_rps.filter(|rate| *rate > 0.0) else {
            return;
        };
        let slot = {
            let mut next = self.next_slot.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let slot = (*next).max(Instant::now());
            *next = slot + Duration::from_secs_f64(1.0 / rate);
            slot
        };
        tokio::time::sleep_until(slot.into()).await;
    }
}

/// An identifier for one request, 16 hexadecimal digits, never all zero.
fn span(number: u32) -> String {
    let mut octets = [0_u8; 8];
    match getrandom::fill(&mut octets) {
        Ok(()) if octets != [0; 8] => octets.iter().map(|octet| format!("{octet:02x}")).collect(),
        _ => format!("{number:016x}"),
    }
}

fn client(options: &HttpOptions) -> Result<reqwest::Client, HttpError> {
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
    builder.build().map_err(|error| HttpError::Setup(causes(&error)))
}

/// The proxies of the environment, none of them for this machine.
fn proxies() -> Result<Vec<reqwest::Proxy>, HttpError> {
    let variable = |name: &str| {
        let value = std::env::var(name).or_else(|_| std::env::var(name.to_lowercase()));
        value.ok().filter(|value| !value.is_empty())
    };
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

fn retry_after(answer: &Answer) -> Option<Duration> {
    if answer.status != 429 {
        return None;
    }
    let seconds: u64 = answer.headers.get("retry-after")?.trim().parse().ok()?;
    let wait = Duration::from_secs(seconds);
    (wait <= LONGEST_RETRY_AFTER).then_some(wait)
}

fn failure(error: &reqwest::Error) -> Received {
    let kind = if error.is_timeout() {
        FailureKind::TimedOut
    } else if error.is_connect() {
        FailureKind::Connect
    } else if error.is_decode() {
        FailureKind::Malformed
    } else {
        FailureKind::Closed
    };
    failed(kind, causes(error))
}

fn failed(kind: FailureKind, says: String) -> Received {
    Received::Failure(Failure { at: Timestamp::now(), kind, says })
}

/// An error with the errors below it, in one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut below = error.source();
    while let Some(cause) = below {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        below = cause.source();
    }
    text
}
