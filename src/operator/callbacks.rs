//! The receiver of the callbacks that an issuer sends to its operator's backend.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore};

use crate::transcript::{Backend, Callback};

/// As much as a callback may have, in octets: its head, and its body.
const MOST_HEAD: u64 = 16 * 1024;
const MOST_BODY: usize = 64 * 1024;
/// How many callbacks are kept.
const MOST_KEPT: usize = 10_000;
/// How many senders are listened to at once.
const MOST_AT_ONCE: usize = 32;
/// How long a sender may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Listens for callbacks for as long as it lives.
#[derive(Debug)]
pub struct Receiver {
    address: SocketAddr,
    heard: Arc<Heard>,
    wait: Duration,
    task: tokio::task::JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Heard {
    callbacks: Mutex<Vec<Callback>>,
    news: Notify,
}

impl Receiver {
    /// Listens at an address; `wait` is how long a callback may be under way.
    pub async fn listen(address: SocketAddr, wait: Duration) -> std::io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let heard = Arc::new(Heard::default());
        let task = tokio::spawn(listen(listener, Arc::clone(&heard)));
        Ok(Self { address, heard, wait, task })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What was told of these offers, once `is_all` of it is there, or after the time that it may
    /// take.
    pub async fn told(&self, offer_ids: Vec<String>, is_all: impl Fn(&Backend) -> bool) -> Backend {
        let deadline = tokio::time::Instant::now() + self.wait;
        loop {
            let news = self.heard.news.notified();
            let backend = self.so_far(&offer_ids);
            if is_all(&backend) || tokio::time::timeout_at(deadline, news).await.is_err() {
                return self.so_far(&offer_ids);
            }
        }
    }

    fn so_far(&self, offer_ids: &[String]) -> Backend {
        let callbacks = self.heard.callbacks.lock().unwrap_or_else(PoisonError::into_inner);
        let is_ours = |callback: &&Callback| offer_ids.iter().any(|id| callback.is_about(id));
        Backend {
            offer_ids: offer_ids.to_vec(),
            callbacks: callbacks.iter().filter(is_ours).cloned().collect(),
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn listen(listener: TcpListener, heard: Arc<Heard>) {
    let places = Arc::new(Semaphore::new(MOST_AT_ONCE));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else { continue };
        let heard = Arc::clone(&heard);
        tokio::spawn(async move {
            let _ = tokio::time::timeout(PATIENCE, receive(stream, &heard)).await;
            drop(place);
        });
    }
}

/// One request: a body of JSON is kept and answered with 204, anything else with 400.
async fn receive(mut stream: TcpStream, heard: &Heard) -> Option<()> {
    let (read, mut write) = stream.split();
    let body = read_body(BufReader::new(read)).await;
    let body = body.and_then(|body| serde_json::from_slice::<Value>(&body).ok());
    let status = if body.is_some() { "204 No Content" } else { "400 Bad Request" };
    if let Some(body) = body {
        let mut callbacks = heard.callbacks.lock().unwrap_or_else(PoisonError::into_inner);
        if callbacks.len() < MOST_KEPT {
            callbacks.push(Callback { at: Timestamp::now(), body });
        }
        drop(callbacks);
        heard.news.notify_waiters();
    }
    let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    write.write_all(answer.as_bytes()).await.ok()?;
    write.shutdown().await.ok()
}

/// The body of a `POST` or `PUT` that says how long it is, or comes in chunks.
async fn read_body(reader: impl tokio::io::AsyncBufRead + Unpin) -> Option<Vec<u8>> {
    let mut head = reader.take(MOST_HEAD);
    let (mut length, mut is_chunked) = (0, false);
    let mut line = String::new();
    head.read_line(&mut line).await.ok()?;
    if !line.starts_with("POST ") && !line.starts_with("PUT ") {
        return None;
    }
    loop {
        line.clear();
        head.read_line(&mut line).await.ok()?;
        let field = line.trim_end();
        if field.is_empty() {
            break;
        }
        let (name, value) = field.split_once(':')?;
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        }
        is_chunked |= name.eq_ignore_ascii_case("transfer-encoding")
            && value.trim().eq_ignore_ascii_case("chunked");
    }
    let mut reader = head.into_inner();
    if !is_chunked {
        return exactly(&mut reader, length).await;
    }
    let mut body = Vec::new();
    loop {
        let mut size = String::new();
        (&mut reader).take(MOST_HEAD).read_line(&mut size).await.ok()?;
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        if body.len().saturating_add(size) > MOST_BODY {
            return None;
        }
        body.extend(exactly(&mut reader, size).await?);
        exactly(&mut reader, 2).await?;
    }
}

async fn exactly(
    reader: &mut (impl tokio::io::AsyncRead + Unpin),
    length: usize,
) -> Option<Vec<u8>> {
    if length > MOST_BODY {
        return None;
    }
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes).await.ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;

    async fn receiver() -> Receiver {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        Receiver::listen(any, Duration::from_millis(200)).await.unwrap()
    }

    async fn send(receiver: &Receiver, request: &str) -> String {
        let mut stream = TcpStream::connect(receiver.address()).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn what_is_about_an_offer_is_told_of_it() {
        let receiver = receiver().await;
        let body = r#"{"eventId":"a","offerId":"a","status":"ISSUED"}"#;
        let request = format!("POST /any HTTP/1.1\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        assert!(send(&receiver, &request).await.contains(" 204 "));
        let chunked = format!(
            "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
            body.len()
        );
        assert!(send(&receiver, &chunked).await.contains(" 204 "));
        let backend = receiver.told(vec!["a".into()], |told| told.callbacks.len() == 2).await;
        assert_eq!(backend.callbacks.len(), 2);
        assert_eq!(backend.events("a").len(), 1);
        let other = receiver.told(vec!["b".into()], |_| false).await;
        assert!(other.callbacks.is_empty());
    }

    #[tokio::test]
    async fn what_is_no_callback_is_refused() {
        let receiver = receiver().await;
        let flood = "POST / HTTP/1.1\r\ncontent-length: 99999999\r\n\r\n";
        for request in ["GET / HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\n\r\n", flood] {
            assert!(send(&receiver, request).await.contains(" 400 "), "{request}");
        }
    }
}
