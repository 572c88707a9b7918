//! What an issuer answered, as expectations.

use std::fmt::Write as _;

use serde_json::Value;

use super::{key, quoted};
use crate::checks::{Answered, Opened, Scene};
use crate::formats::Mdoc;
use crate::protocol::{ClaimsPath, CredentialResponse};
use crate::transcript::{Exchange, Station};

/// Claims that are not about the holder, or differ from credential to credential.
const VOLATILE: &[&str] =
    &["iss", "iat", "nbf", "exp", "jti", "vct", "cnf", "status", "vct#integrity"];
/// Members of a token response that stay what they are.
const STABLE: &[&str] = &["token_type"];
/// The most claims that are named.
const MOST_CLAIMS: usize = 100;

/// The tables that belong below a step.
pub fn table(scene: &Scene<'_>, exchange: &Exchange) -> String {
    let found = scene.answered().find(|answered| answered.exchange.number == exchange.number);
    let Some(answered) = found else { return String::new() };
    let mut text = format!("\n[step.expect]\nstatus = {}\n", answered.answer.status);
    let challenge = answered.challenge_error();
    if let Some(code) = answered.error_code().or(challenge) {
        let _ = writeln!(text, "error = {}", quoted(&code));
    }
    if let Some(media_type) = answered.answer.media_type() {
        let _ = writeln!(text, "media_type = {}", quoted(&media_type));
    }
    if let Some(value) = answered.answer.headers.get("cache-control") {
        let _ = writeln!(text, "headers = {{ cache-control = {} }}", quoted(value));
    }
    match exchange.station {
        Station::Token | Station::Nonce => text.push_str(&body(&answered)),
        Station::Credential | Station::Deferred if answered.answer.is_success() => {
            text.push_str(&credential(scene, &answered));
        }
        _ => {}
    }
    text
}

/// The members of a body: what stays, and behind a # what does not.
fn body(answered: &Answered<'_>) -> String {
    let members = answered.json.and_then(Value::as_object);
    let Some(members) = members.filter(|_| answered.answer.is_success()) else {
        return String::new();
    };
    let mut text = "\n[step.expect.body]\n".to_owned();
    for (name, value) in members {
        let path = ClaimsPath::from(name.as_str()).to_string();
        let path = key(&path);
        let _ = match value {
            Value::String(value) if STABLE.contains(&name.as_str()) => {
                writeln!(text, "{path} = {}", quoted(value))
            }
            Value::Number(value) => writeln!(text, "{path} = \"*\" # {value}"),
            _ => writeln!(text, "{path} = \"*\""),
        };
    }
    text
}

fn credential(scene: &Scene<'_>, answered: &Answered<'_>) -> String {
    let Some(json) = answered.json else { return String::new() };
    let count = CredentialResponse::new(json).credentials().len();
    if count == 0 {
        return String::new();
    }
    let mut text = format!("\n[step.expect.credential]\ncount = {count}\n");
    let issued = scene.issued_by(answered);
    let configuration = issued.and_then(|issued| issued.configuration(scene));
    if let Some(format) = configuration.and_then(|configuration| configuration.format()) {
        let _ = writeln!(text, "format = {}", quoted(format));
    }
    let first = issued.and_then(|issued| Some(&issued.credentials.first()?.opened));
    if let (Some(issued), Some(Opened::Mdoc(opened))) = (issued, first) {
        text.push_str(&of_mdoc(&opened.mdoc, issued.received_at.as_second()));
        return text;
    }
    let opened = match first {
        Some(Opened::SdJwt(opened)) => Some(opened),
        _ => None,
    };
    let announced =
        configuration.and_then(|configuration| configuration.json().get("vct")?.as_str());
    if let Some(vct) = opened.and_then(|opened| opened.sd_jwt.vct()).or(announced) {
        let _ = writeln!(text, "vct = {}", quoted(vct));
    }
    let claims = opened.and_then(|opened| opened.unpacked.as_ref().ok()).map(|all| &all.claims);
    let Some(claims) = claims else {
        text.push_str("# the evidence of --save would name the claims here\n");
        return text;
    };
    let _ = writeln!(text, "status = {}", claims.contains_key("status"));
    if let (Some(exp), Some(issued)) = (claims.get("exp").and_then(Value::as_i64), issued) {
        let days = exp.saturating_sub(issued.received_at.as_second()) / 86_400;
        let _ = writeln!(text, "# valid_for = {{ at_least = \"{days}d\" }}");
    }
    text.push_str("\n[step.expect.credential.claims]\n");
    let names = claims.keys().filter(|name| !VOLATILE.contains(&name.as_str()));
    for name in names.take(MOST_CLAIMS) {
        let path = ClaimsPath::from(name.as_str()).to_string();
        let _ = writeln!(text, "{} = \"*\"", key(&path));
    }
    text
}

/// The elements of an mdoc, by namespace and name.
fn of_mdoc(mdoc: &Mdoc, received_at: i64) -> String {
    let object = mdoc.security_object.as_ref().ok();
    let has_status = object.is_some_and(|object| object.status_reference().is_some());
    let mut text = format!("status = {has_status}\n");
    let until = object.and_then(|object| object.validity.valid_until.as_ref()?.second);
    if let Some(until) = until {
        let days = until.saturating_sub(received_at) / 86_400;
        let _ = writeln!(text, "# valid_for = {{ at_least = \"{days}d\" }}");
    }
    text.push_str("\n[step.expect.credential.claims]\n");
    for (space, item) in mdoc.items().take(MOST_CLAIMS) {
        let Some(name) = &item.identifier else { continue };
        let path = format!("{}.{}", ClaimsPath::from(space), ClaimsPath::from(name.as_str()));
        let _ = writeln!(text, "{} = \"*\"", key(&path));
    }
    text
}
