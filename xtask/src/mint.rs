//! A fresh offer from the management side of an issuer: one `POST /offers`, over plain http to this machine.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::Outcome;

/// As long as minting an offer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// An offer, as handed to a wallet.
#[derive(Deserialize)]
pub struct Offer {
    /// The link.
    pub credential_offer_uri: String,
    /// The transaction code that the holder is told some other way.
    #[serde(default)]
    pub tx_code_value: Option<String>,
}

/// Asks for an offer like this.
pub fn mint(management_url: &str, wanted: &Value) -> Outcome<Offer> {
    let address =
        management_url.strip_prefix("http://").ok_or("the management side speaks plain http")?;
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let slash = if path.is_empty() { "" } else { "/" };
    let body = wanted.to_string();
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "POST /{path}{slash}offers HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("expected an HTTP answer")?;
    if head.split_whitespace().nth(1) != Some("201") {
        return Err(
            format!("POST {management_url}/offers: expected 201, got {head}\n{body}").into()
        );
    }
    Ok(serde_json::from_str(body)?)
}
