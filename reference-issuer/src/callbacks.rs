//! What the operator's backend is told of each offer: that it was made, and what became of it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};
use url::Url;

use crate::{
    clock::Hourglass,
    faults::{Fault, Stage},
    settings::Settings,
};

/// How long the backend may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// An event before it is sent; a fault may send it otherwise, several times, or not at all.
#[derive(Debug)]
pub struct Told {
    /// What is said, one request for each.
    pub bodies: Vec<Value>,
}

/// The line to the backend.
#[derive(Clone)]
pub struct Callbacks {
    queue: UnboundedSender<Value>,
    /// Offers that nothing became of yet, and when their time is over.
    open: Arc<Mutex<HashMap<String, Instant>>>,
    hourglass: Hourglass,
    life: Duration,
    faults: Vec<&'static Fault>,
}

impl Callbacks {
    /// Opens the line, where the settings name a backend. Within a runtime only.
    pub fn new(settings: &Settings, hourglass: &Hourglass) -> Option<Self> {
        let backend = settings.callback.clone()?;
        let (queue, told) = unbounded_channel();
        tokio::spawn(deliver(backend, told));
        Some(Self {
            queue,
            open: Arc::default(),
            hourglass: hourglass.clone(),
            life: settings.lifetimes.code,
            faults: settings.faults.clone(),
        })
    }

    /// An offer was made.
    pub fn offer_created(&self, offer_id: &str) {
        self.open().insert(offer_id.to_owned(), self.hourglass.now() + self.life);
        self.tell(offer_id, "OFFER_CREATED");
        let later = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(later.life).await;
            later.end_what_is_over();
        });
    }

    /// The wallet has a credential; told once for each offer.
    pub fn issued(&self, offer_id: &str) {
        if self.open().remove(offer_id).is_some() {
            self.tell(offer_id, "ISSUED");
        }
    }

    /// Nothing will come of the offer any more.
    pub fn failed(&self, offer_id: &str, why: &str) {
        if self.open().remove(offer_id).is_some() {
            let mut body = event(offer_id, "FAILED");
            body["errorDetails"] = json!(why);
            self.send(body);
        }
    }

    /// Tells of the offers whose time is over.
    pub fn end_what_is_over(&self) {
        let now = self.hourglass.now();
        let mut over = Vec::new();
        self.open().retain(|offer_id, end| {
            let is_over = *end <= now;
            if is_over {
                over.push(offer_id.clone());
            }
            !is_over
        });
        for offer_id in over {
            self.tell(&offer_id, "EXPIRED");
        }
    }

    fn tell(&self, offer_id: &str, status: &str) {
        self.send(event(offer_id, status));
    }

    fn send(&self, body: Value) {
        let mut told = Told { bodies: vec![body] };
        for fault in &self.faults {
            if let Stage::Callback(alter) = fault.stage {
                alter(&mut told);
            }
        }
        for body in told.bodies {
            let _ = self.queue.send(body);
        }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<String, Instant>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn event(offer_id: &str, status: &str) -> Value {
    json!({"eventId": offer_id, "status": status, "offerId": offer_id})
}

/// Sends one event after the other, and once more what did not arrive.
async fn deliver(backend: Url, mut told: UnboundedReceiver<Value>) {
    while let Some(body) = told.recv().await {
        let body = body.to_string();
        for _ in 0..2 {
            if tokio::time::timeout(PATIENCE, post(&backend, &body)).await == Ok(Some(())) {
                break;
            }
        }
    }
}

/// Posts JSON, without TLS; `None` unless the answer is a success.
async fn post(backend: &Url, body: &str) -> Option<()> {
    let (host, port) = (backend.host_str()?, backend.port_or_known_default()?);
    let mut stream = TcpStream::connect((host.trim_matches(['[', ']']), port)).await.ok()?;
    let request = format!(
        "POST {} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        backend.path(),
        body.len()
    );
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut status = [0; 12];
    stream.read_exact(&mut status).await.ok()?;
    status.starts_with(b"HTTP/1.1 2").then_some(())
}
