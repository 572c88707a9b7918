//! A fresh offer from the management side of an issuer, and a word on what became of it: one `POST`, over plain http to
//! this machine.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::Outcome;

/// As long as minting an offer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// An offer, as handed to a wallet.
#[derive(Deserialize)]
pub struct Offer {
    /// The link.
    pub credential_offer_uri: String,
    /// What the management side calls it; issuers of third parties have no such name.
    #[serde(default)]
    pub offer_id: String,
    /// The transaction code that the holder is told some other way.
    #[serde(default)]
    pub tx_code_value: Option<String>,
}

/// Asks for an offer like this.
pub fn mint(management_url: &str, wanted: &Value) -> Outcome<Offer> {
    post(&format!("{management_url}/offers"), wanted, "201")
}

/// Says what became of everything that was issued for an offer.
pub fn set_status(management_url: &str, offer_id: &str, status: &str) -> Outcome {
    let url = format!("{management_url}/offers/{offer_id}/status");
    post::<Value>(&url, &json!({ "status": status }), "200").map(drop)
}

fn post<T: DeserializeOwned>(url: &str, body: &Value, expected: &str) -> Outcome<T> {
    let address = url.strip_prefix("http://").ok_or("the management side speaks plain http")?;
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let body = body.to_string();
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "POST /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("expected an HTTP answer")?;
    if head.split_whitespace().nth(1) != Some(expected) {
        return Err(format!("POST {url}: expected {expected}, got {head}\n{body}").into());
    }
    Ok(serde_json::from_str(body)?)
}
