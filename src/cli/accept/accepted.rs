//! Credentials as their holder sees them: claims, key, validity, and whose signature they carry.

mod jwt_vc;
mod mdoc;
mod sd_jwt;
mod signed;
mod standing;

use std::fmt::Write as _;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use signed::Signed;
use standing::Standing;

use crate::checks::{Issued, Opened, Scene};
use crate::protocol::TokenResponse;
use crate::render::plain;
use crate::transcript::Station;

/// What an offer became.
#[derive(Debug)]
pub struct Accepted {
    issuer: String,
    credentials: Vec<Card>,
    /// Whether a refresh token came with the access token.
    is_renewable: bool,
}

#[derive(Debug)]
struct Card {
    configuration: String,
    /// What the type metadata call the type, for people.
    type_name: Option<String>,
    text: String,
    format: String,
    claims: Map<String, Value>,
    /// What the claims are shown as, where they are not shown one by one.
    lines: Vec<(String, String)>,
    holder_key: Option<String>,
    is_bound_to_us: bool,
    validity: Vec<(&'static str, i64)>,
    signature: Signed,
    /// What its status list says of it, where it refers to one.
    status: Option<Standing>,
}

impl Accepted {
    /// What a scenario was issued.
    pub fn of(scene: &Scene<'_>) -> Self {
        let issuer = scene
            .issuer_metadata()
            .and_then(|metadata| metadata.credential_issuer())
            .unwrap_or_default()
            .to_owned();
        let credentials = scene.issued().iter().flat_map(|issued| cards(issued, scene)).collect();
        let mut tokens = scene.granted(Station::Token).filter_map(|answered| answered.json);
        let is_renewable = tokens.any(|json| TokenResponse::new(json).refresh_token().is_some());
        Self { issuer, credentials, is_renewable }
    }

    /// Whether every credential carries a signature that could be verified.
    pub fn is_verified(&self) -> bool {
        !self.credentials.is_empty()
            && self.credentials.iter().all(|card| card.signature.is_verified)
    }

    /// One JSON document.
    pub fn json(&self) -> String {
        let credentials: Vec<Value> = self
            .credentials
            .iter()
            .map(|card| {
                let validity: Map<String, Value> = card
                    .validity
                    .iter()
                    .map(|(name, second)| ((*name).to_owned(), json!(second)))
                    .collect();
                json!({
                    "credential_configuration": card.configuration,
                    "type_name": card.type_name,
                    "format": card.format,
                    "credential": card.text,
                    "claims": card.claims,
                    "holder_key_thumbprint": card.holder_key,
                    "bound_to_this_wallet": card.is_bound_to_us,
                    "validity": validity,
                    "signature": card.signature.json(),
                    "status": card.status.as_ref().map(Standing::json),
                })
            })
            .collect();
        json!({
            "credential_issuer": self.issuer,
            "credentials": credentials,
            "refresh_token_came": self.is_renewable,
        })
        .to_string()
    }

    /// A text for people.
    pub fn human(&self) -> String {
        let count = self.credentials.len();
        let noun = if count == 1 { "credential" } else { "credentials" };
        let mut text = format!("{count} {noun} from {}\n", plain(&self.issuer));
        for (number, card) in self.credentials.iter().enumerate() {
            let type_name = card.type_name.iter().map(|name| format!("  {}", plain(name)));
            let type_name: String = type_name.collect();
            let configuration = plain(&card.configuration);
            let _ = writeln!(text, "\n{}. {configuration}  {}{type_name}", number + 1, card.format);
            let lines = if card.lines.is_empty() { &lines(&card.claims) } else { &card.lines };
            let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
            for (name, value) in lines {
                let line = format!("   {:width$}  {}", plain(name), plain(value));
                let _ = writeln!(text, "{}", line.trim_end());
            }
            let bound = if card.is_bound_to_us {
                "the key this wallet proved"
            } else {
                "not a key of this wallet"
            };
            match &card.holder_key {
                Some(key) => {
                    let _ = writeln!(text, "   bound to   {key} ({bound})");
                }
                None => {
                    let _ = writeln!(text, "   bound to   no key");
                }
            }
            for (name, second) in &card.validity {
                let _ = writeln!(text, "   {name:9}  {}", moment(*second));
            }
            let _ = writeln!(text, "   signature  {}", plain(&card.signature.says));
            if let Some(status) = &card.status {
                let _ = writeln!(text, "   status     {}", plain(&status.says));
            }
        }
        if self.is_renewable {
            text.push_str("\na refresh token came too, to renew what runs out\n");
        }
        text
    }
}

fn cards(issued: &Issued, scene: &Scene<'_>) -> Vec<Card> {
    let format = issued.configuration(scene).and_then(|configuration| configuration.format());
    issued
        .credentials
        .iter()
        .map(|credential| {
            let text = &credential.text;
            let unread = |why| unread_card(issued, format, text, why);
            let card = match &credential.opened {
                Opened::SdJwt(opened) => sd_jwt::card(issued, text, opened, scene),
                Opened::JwtVc(opened) => jwt_vc::card(issued, format, text, opened),
                Opened::Mdoc(opened) => mdoc::card(issued, text, opened),
                Opened::Unreadable(error) => unread(format!("not verified: {error}")),
                Opened::UnreadableMdoc(error) => unread(format!("not verified: {error}")),
                Opened::UnreadableJwtVc(error) => unread(format!("not verified: {error}")),
                Opened::Other => {
                    unread("not verified: credentials of this format are not opened".to_owned())
                }
            };
            Card { status: Standing::of(credential, scene), ..card }
        })
        .collect()
}

fn lines(claims: &Map<String, Value>) -> Vec<(String, String)> {
    let line = |(name, value): (&String, &Value)| {
        (name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    claims.iter().map(line).collect()
}

fn configuration(issued: &Issued) -> String {
    issued.requested.credential_configuration_id.clone().unwrap_or_default()
}

fn is_proved(issued: &Issued, holder_key: &Option<String>) -> bool {
    holder_key
        .as_ref()
        .is_some_and(|key| issued.proved_keys.iter().flatten().any(|proved| proved == key))
}

fn validity(claims: &Map<String, Value>) -> Vec<(&'static str, i64)> {
    [("issued", "iat"), ("from", "nbf"), ("until", "exp")]
        .into_iter()
        .filter_map(|(name, claim)| Some((name, claims.get(claim)?.as_i64()?)))
        .collect()
}

fn unread_card(issued: &Issued, format: Option<&str>, text: &str, signature: String) -> Card {
    Card {
        configuration: configuration(issued),
        type_name: None,
        text: text.to_owned(),
        format: format.unwrap_or("unknown").to_owned(),
        claims: Map::new(),
        lines: Vec::new(),
        holder_key: None,
        is_bound_to_us: false,
        validity: Vec::new(),
        signature: Signed::not(signature),
        status: None,
    }
}

fn moment(second: i64) -> String {
    Timestamp::from_second(second).map_or_else(|_| second.to_string(), |moment| moment.to_string())
}
