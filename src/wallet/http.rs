//! The one place that sends anything: bounded in octets and time, recording everything.

use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use url::Url;

use super::connection::{HttpError, HttpOptions, Resolve, causes, client};
use super::draft::Ready;
use super::recorder::Recorder;
use super::repeat::{may_repeat, pause};
use super::waits::Patience;
use crate::jose::{Jwe, PrivateKey};
use crate::protocol::is_loopback;
use crate::transcript::{
    Answer, Body, Exchange, Failure, FailureKind, Headers, Received, Request, Tamper,
};

/// The longest `Retry-After` that is waited for.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(30);

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

    /// A second client that finds a host at this address and nowhere else.
    pub fn bound_to(&self, host: &str, address: SocketAddr) -> Result<Self, HttpError> {
        let mut options = self.options.clone();
        options.resolve.push(Resolve { host: host.to_owned(), address });
        Self::new(options)
    }

    /// How long credentials that are put off are waited for.
    pub fn patience(&self) -> Patience {
        self.options.patience
    }

    /// A second client with connections of its own.
    pub fn separate(&self) -> Result<Self, HttpError> {
        Self::new(self.options.clone())
    }

    /// Sends a request, sends it again where the connection failed, it spends nothing, and the user
    /// wants it, and writes everything down.
    pub async fn exchange(&self, recorder: &Recorder, mark: &Mark, ready: &Ready) -> Recorded {
        for attempt in 0..self.options.retry_transport {
            let recorded = self.exchange_once(recorder, mark, ready).await;
            if !may_repeat(mark, ready, &recorded.received) {
                return recorded;
            }
            recorder.supersede(recorded.number);
            tokio::time::sleep(pause(attempt)).await;
        }
        self.exchange_once(recorder, mark, ready).await
    }

    async fn exchange_once(&self, recorder: &Recorder, mark: &Mark, ready: &Ready) -> Recorded {
        self.wait_for_slot().await;
        let number = recorder.next_number();
        let request = self.written(ready, number);
        let received = match self.refusal_to_follow(&ready.url) {
            Some(says) => failed(FailureKind::NotFollowed, says),
            None => opened(self.send(ready, &request).await, ready.opens_with.as_ref()),
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
            method: ready.method.clone().into_owned(),
            url: ready.url.to_string(),
            headers,
            body: Body::from(ready.body.as_str()),
            plaintext: ready.plaintext.as_deref().map(Body::from),
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
            plaintext: None,
        })
    }

    /// Whether a request to this URL would be sent: by https, or by plain http where that is
    /// allowed.
    pub fn allows(&self, url: &Url) -> bool {
        self.refusal_to_follow(url).is_none()
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

/// The same with what is inside of an answer that this key opens.
fn opened(mut received: Received, key: Option<&PrivateKey>) -> Received {
    if let (Received::Answer(answer), Some(key)) = (&mut received, key) {
        let sealed = answer.body.text().and_then(|text| Jwe::read(text.trim()).ok());
        let plaintext = sealed.and_then(|sealed| sealed.open(key).ok());
        answer.plaintext = plaintext.map(Body::from_octets);
    }
    received
}

/// An identifier for one request, 16 hexadecimal digits, never all zero.
fn span(number: u32) -> String {
    let mut octets = [0_u8; 8];
    match getrandom::fill(&mut octets) {
        Ok(()) if octets != [0; 8] => octets.iter().map(|octet| format!("{octet:02x}")).collect(),
        _ => format!("{number:016x}"),
    }
}

/// How long an issuer wants the wallet to wait, if it wants that and it is not too long.
pub fn retry_after(answer: &Answer) -> Option<Duration> {
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
