//! Where the protocol puts secrets: one walk, used to learn them and again to replace them.

use serde_json::Value;

use super::pins::{Pins, Setting};
use super::pseudonyms::Kind;
use super::{claims, fragments};
use crate::protocol::GivenOffer;
use crate::transcript::{
    Body, Entitles, Exchange, Headers, OfferRecord, Received, Station, Transcript,
};

/// Told of each secret, answers with what is to stand in its place, if anything.
pub(super) type Visitor<'a> = dyn FnMut(Kind, &str) -> Option<String> + 'a;

/// How deep JSON is followed.
const DEPTH: usize = 128;
/// Members and parameters whose text value is a secret, wherever they stand.
pub(super) const MEMBERS: &[(&str, Kind)] = &[
    ("pre-authorized_code", Kind::Code),
    ("pre_authorized_code", Kind::Code),
    ("issuer_state", Kind::IssuerState),
    ("tx_code", Kind::TxCode),
    ("tx_code_value", Kind::TxCode),
    ("user_pin", Kind::TxCode),
    ("access_token", Kind::Token),
    ("acceptance_token", Kind::Token),
    ("id_token", Kind::Token),
    ("refresh_token", Kind::RefreshToken),
    ("c_nonce", Kind::Nonce),
    ("attestation_challenge", Kind::Challenge),
    ("client_secret", Kind::ClientSecret),
    ("client_assertion", Kind::ClientAssertion),
    ("transaction_id", Kind::Transaction),
    ("notification_id", Kind::Notification),
    ("credential_offer_uri", Kind::OfferUri),
];
/// Parameters that are secret in a form or a query; in JSON the names are too common.
const PARAMETERS: &[(&str, Kind)] =
    &[("code", Kind::Code), ("code_verifier", Kind::Code), ("token", Kind::RefreshToken)];
/// Header fields whose whole value is a secret.
const FIELDS: &[(&str, Kind)] = &[
    ("dpop", Kind::DpopProof),
    ("dpop-nonce", Kind::DpopNonce),
    ("oauth-client-attestation", Kind::Attestation),
    ("oauth-client-attestation-challenge", Kind::Challenge),
    ("oauth-client-attestation-pop", Kind::Attestation),
    ("x-api-key", Kind::Authorization),
];
/// Header fields that the wallet writes by itself, and that hold nothing secret. Any further one
/// was given by the user, and may be a key.
const OWN_FIELDS: &[&str] = &["accept", "content-type", "origin", "traceparent", "user-agent"];

/// Header fields of answers whose numbers are dates, lifetimes and sizes.
const COUNTING_FIELDS: &[&str] = &[
    "age",
    "alt-svc",
    "cache-control",
    "content-length",
    "content-security-policy",
    "date",
    "expires",
    "keep-alive",
    "last-modified",
    "retry-after",
    "server-timing",
    "strict-transport-security",
];

/// Shows every secret of a scenario to the visitor.
pub(super) fn visit(transcript: &mut Transcript, visitor: &mut Visitor<'_>) {
    for offer in &mut transcript.offers {
        in_offer(offer, visitor);
    }
    for wallet in &mut transcript.wallets {
        for key in &mut wallet.decryption_keys {
            if let Some(Value::String(private)) = key.get_mut("d") {
                replace(Kind::PrivateKey, private, visitor);
            }
        }
    }
    for exchange in &mut transcript.exchanges {
        in_exchange(exchange, visitor);
    }
    for change in &mut transcript.entitlement_changes {
        if let Entitles::ToClaims(claims) = &mut change.entitles {
            for (_, claim) in claims.iter_mut() {
                in_claims(claim, visitor);
            }
        }
    }
    if let Some(elsewhere) = &mut transcript.elsewhere {
        elsewhere.offers.iter_mut().for_each(|offer| in_offer(offer, visitor));
        elsewhere.exchanges.iter_mut().for_each(|exchange| in_exchange(exchange, visitor));
    }
}

/// Every text of a message that no place rules out, with what it is.
pub(super) fn texts<'a>(
    headers: &'a mut Headers,
    body: &'a mut Body,
    plaintext: Option<&'a mut Body>,
) -> impl Iterator<Item = (Setting, &'a mut String)> {
    let media_type = headers.get("content-type").unwrap_or_default().to_ascii_lowercase();
    let of_the_body = match media_type.contains("form-urlencoded") {
        true => Setting::Pairs,
        false if media_type.contains("json") => Setting::Text,
        false => Setting::Value,
    };
    let text = |body: &'a mut Body| match body {
        Body::Text(text) => Some(text),
        Body::Empty | Body::Binary(_) => None,
    };
    let fields = headers.0.iter_mut().map(|(name, value)| {
        let setting = match Pins::are_called(name) {
            true => Setting::Value,
            false if name.eq_ignore_ascii_case("location") => Setting::Pairs,
            false => Setting::Text,
        };
        (setting, value)
    });
    let body = text(body).map(|text| (of_the_body, text));
    fields.chain(body).chain(plaintext.and_then(text).map(|text| (Setting::Text, text)))
}

/// Every sentence that the issuer says to this wallet alone: strings with blanks in its answers,
/// all strings of its errors, challenges, and answers that are no JSON.
pub(super) fn sentences(transcript: &Transcript, hear: &mut dyn FnMut(&str)) {
    let elsewhere = transcript.elsewhere.iter().flat_map(|elsewhere| &elsewhere.exchanges);
    for exchange in transcript.exchanges.iter().chain(elsewhere) {
        let Some(answer) = exchange.answer() else { continue };
        // Dates, lifetimes and the like are no sentences.
        let fields = answer.headers.0.iter();
        let said = fields.filter(|(name, value)| {
            value.contains(' ') && !COUNTING_FIELDS.contains(&name.to_ascii_lowercase().as_str())
        });
        said.for_each(|(_, value)| hear(value));
        if exchange.station.is_public_document() {
            continue;
        }
        let is_error = !answer.is_success();
        let bodies = [Some(&answer.body), answer.plaintext.as_ref()];
        for text in bodies.into_iter().flatten().filter_map(Body::text) {
            match serde_json::from_str::<Value>(text) {
                Ok(mut json) => each_string(&mut json, &mut |text| {
                    let is_said = is_error && !text.contains("://");
                    if is_said || text.contains(' ') {
                        hear(text);
                        // The same as it stands in the JSON that it came in.
                        hear(serde_json::to_string(text).unwrap_or_default().trim_matches('"'));
                    }
                }),
                Err(_) => hear(text),
            }
        }
    }
    for callback in transcript.backend.iter().flat_map(|backend| &backend.callbacks) {
        each_string(&mut callback.body.clone(), &mut |text| hear(text));
    }
}

/// Every string in a document, names of members aside.
pub(super) fn each_string(json: &mut Value, change: &mut dyn FnMut(&mut String)) {
    strings(json, DEPTH, change);
}

fn in_offer(offer: &mut OfferRecord, visitor: &mut Visitor<'_>) {
    if let Ok(GivenOffer::Reference(mut reference)) = GivenOffer::read(&offer.given) {
        replace(Kind::OfferUri, &mut reference, visitor);
    }
    replace(Kind::Offer, &mut offer.given, visitor);
    if let Some(object) = &mut offer.object {
        in_json(object, DEPTH, visitor);
    }
    if let Some(tx_code) = &mut offer.tx_code {
        replace(Kind::TxCode, tx_code, visitor);
    }
}

fn in_exchange(exchange: &mut Exchange, visitor: &mut Visitor<'_>) {
    let request = &mut exchange.request;
    if exchange.station == Station::Offer {
        replace(Kind::OfferUri, &mut request.url, visitor);
    } else {
        in_query(&mut request.url, visitor);
    }
    if exchange.station == Station::OfferApi {
        in_order(&mut request.body, visitor);
    }
    in_given_fields(&mut request.headers, visitor);
    in_message(&mut request.headers, &mut request.body, visitor);
    in_plaintext(request.plaintext.as_mut(), visitor);
    if let Received::Answer(answer) = &mut exchange.received {
        if matches!(exchange.station, Station::StatusList | Station::CredentialStatus)
            && let Body::Text(text) = &mut answer.body
            && is_compact(text)
        {
            replace(Kind::StatusList, text, visitor);
        }
        in_message(&mut answer.headers, &mut answer.body, visitor);
        in_plaintext(answer.plaintext.as_mut(), visitor);
    }
}

/// The claims that an offer is ordered for.
fn in_order(body: &mut Body, visitor: &mut Visitor<'_>) {
    let Body::Text(text) = body else { return };
    let Ok(mut order) = serde_json::from_str::<Value>(text) else { return };
    if let Some(ordered) = order.get_mut("claims") {
        in_claims(ordered, visitor);
        *text = order.to_string();
    }
}

/// Claims that stand by themselves.
fn in_claims(claims: &mut Value, visitor: &mut Visitor<'_>) {
    claims::each(claims, DEPTH, &mut |claim| {
        leaf(Kind::Claim(claims::type_of(claim)), claim, visitor);
    });
}

/// What is inside an encrypted message, which is JSON.
fn in_plaintext(plaintext: Option<&mut Body>, visitor: &mut Visitor<'_>) {
    match plaintext {
        Some(Body::Text(text)) => in_text(text, visitor),
        Some(body @ Body::Binary(_)) => *body = Body::Text("<binary>".to_owned()),
        Some(Body::Empty) | None => {}
    }
}

fn in_message(headers: &mut Headers, body: &mut Body, visitor: &mut Visitor<'_>) {
    let media_type = headers.get("content-type").unwrap_or_default().to_ascii_lowercase();
    for (name, value) in &mut headers.0 {
        in_field(&name.to_ascii_lowercase(), value, visitor);
    }
    match body {
        Body::Empty => {}
        Body::Binary(_) => *body = Body::Text("<binary>".to_owned()),
        Body::Text(text) if media_type.starts_with("application/jwt") => {
            let is_encrypted = text.split('.').count() == 5;
            let kind = if is_encrypted { Kind::Encrypted } else { Kind::Credential };
            replace(kind, text, visitor);
        }
        Body::Text(text) if media_type.contains("form-urlencoded") => {
            *text = pairs(text, visitor);
        }
        Body::Text(text) => in_text(text, visitor),
    }
}

fn in_text(text: &mut String, visitor: &mut Visitor<'_>) {
    match serde_json::from_str::<Value>(text) {
        Ok(mut json) => {
            let before = json.clone();
            in_json(&mut json, DEPTH, visitor);
            // What has no secret keeps its spelling.
            if json != before {
                *text = json.to_string();
            }
        }
        Err(_) => *text = fragments::visit(text, visitor),
    }
}

/// Whether it has the looks of a token in compact form.
fn is_compact(text: &str) -> bool {
    let is_base64url = |octet: u8| octet.is_ascii_alphanumeric() || b"-_.".contains(&octet);
    text.split('.').count() == 3 && text.bytes().all(is_base64url)
}

/// The fields of a request that no other rule knows.
fn in_given_fields(headers: &mut Headers, visitor: &mut Visitor<'_>) {
    for (name, value) in &mut headers.0 {
        let name = name.to_ascii_lowercase();
        let known = OWN_FIELDS.contains(&name.as_str())
            || FIELDS.iter().any(|(field, _)| *field == name)
            || matches!(name.as_str(), "authorization" | "proxy-authorization" | "cookie");
        if !known {
            replace(Kind::GivenField, value, visitor);
        }
    }
}

fn in_field(name: &str, value: &mut String, visitor: &mut Visitor<'_>) {
    if let Some((_, kind)) = FIELDS.iter().find(|(field, _)| *field == name) {
        return replace(*kind, value, visitor);
    }
    match name {
        "authorization" | "proxy-authorization" => {
            let (scheme, mut credentials) = match value.split_once(' ') {
                Some((scheme, rest)) => (format!("{scheme} "), rest.trim().to_owned()),
                None => (String::new(), value.clone()),
            };
            let kind = match scheme.trim_end().to_ascii_lowercase().as_str() {
                "bearer" | "dpop" => Kind::Token,
                _ => Kind::Authorization,
            };
            replace(kind, &mut credentials, visitor);
            *value = format!("{scheme}{credentials}");
        }
        "cookie" | "set-cookie" => *value = cookies(value, name == "cookie", visitor),
        "location" => in_query(value, visitor),
        _ => {}
    }
}

/// `Cookie` has a pair in each part, `Set-Cookie` in its first only.
fn cookies(field: &str, every_part: bool, visitor: &mut Visitor<'_>) -> String {
    let parts = field.split(';').enumerate().map(|(index, part)| {
        let Some((name, value)) = part.split_once('=').filter(|_| every_part || index == 0) else {
            return part.to_owned();
        };
        let mut value = value.to_owned();
        replace(Kind::Cookie, &mut value, visitor);
        format!("{name}={value}")
    });
    parts.collect::<Vec<_>>().join(";")
}

fn in_query(url: &mut String, visitor: &mut Visitor<'_>) {
    if let Some((before, query)) = url.split_once('?') {
        *url = format!("{before}?{}", pairs(query, visitor));
    }
}

/// The pairs of a form or a query. What is left in place keeps its spelling.
fn pairs(text: &str, visitor: &mut Visitor<'_>) -> String {
    let parts = text.split('&').map(|part| {
        let pair = url::form_urlencoded::parse(part.as_bytes()).next();
        let Some((name, value)) = pair else {
            return part.to_owned();
        };
        let known = MEMBERS.iter().chain(PARAMETERS);
        let instead = match known.clone().find(|(member, _)| *member == name) {
            Some((_, kind)) if !value.is_empty() => visitor(*kind, &value),
            _ => None,
        };
        match instead {
            Some(instead) => format!("{name}={instead}"),
            None => part.to_owned(),
        }
    });
    parts.collect::<Vec<_>>().join("&")
}

fn in_json(json: &mut Value, depth: usize, visitor: &mut Visitor<'_>) {
    if depth == 0 {
        return;
    }
    match json {
        Value::Array(items) => {
            for item in items {
                in_json(item, depth - 1, visitor);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                in_member(name, member, depth - 1, visitor);
            }
        }
        _ => {}
    }
}

fn in_member(name: &str, member: &mut Value, depth: usize, visitor: &mut Visitor<'_>) {
    match name {
        "proofs" | "proof" => proofs(member, visitor),
        "credential" | "credentials" => credentials(member, depth, visitor),
        _ => {
            let kind = MEMBERS.iter().find(|(known, _)| *known == name);
            match (kind, member) {
                (Some((_, kind)), Value::String(text)) => replace(*kind, text, visitor),
                (Some((_, kind)), member @ Value::Number(_)) => leaf(*kind, member, visitor),
                (_, member) => in_json(member, depth, visitor),
            }
        }
    }
}

/// `proofs` of 1.0 and `proof` of the drafts before: every text but the name of the type.
fn proofs(member: &mut Value, visitor: &mut Visitor<'_>) {
    let Some(types) = member.as_object_mut() else {
        return;
    };
    for (name, value) in types {
        if name != "proof_type" {
            strings(value, DEPTH, &mut |text| {
                replace(Kind::Proof, text, visitor);
            });
        }
    }
}

fn credentials(member: &mut Value, depth: usize, visitor: &mut Visitor<'_>) {
    if depth == 0 {
        return;
    }
    match member {
        Value::String(text) => replace(Kind::Credential, text, visitor),
        Value::Array(items) => {
            for item in items {
                credentials(item, depth - 1, visitor);
            }
        }
        Value::Object(members) => match members.get_mut("credential") {
            Some(credential) => credentials(credential, depth - 1, visitor),
            None => claims::each(member, depth, &mut |claim| {
                leaf(Kind::Claim(claims::type_of(claim)), claim, visitor);
            }),
        },
        _ => {}
    }
}

/// A value that is no text, or need not be.
fn leaf(kind: Kind, value: &mut Value, visitor: &mut Visitor<'_>) {
    let text = match &*value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if let Some(instead) = visitor(kind, &text) {
        *value = instead.into();
    }
}

fn strings(json: &mut Value, depth: usize, change: &mut dyn FnMut(&mut String)) {
    match json {
        Value::String(text) => change(text),
        Value::Array(items) if depth > 0 => {
            for item in items {
                strings(item, depth - 1, change);
            }
        }
        Value::Object(members) if depth > 0 => {
            for (_, member) in members {
                strings(member, depth - 1, change);
            }
        }
        _ => {}
    }
}

fn replace(kind: Kind, value: &mut String, visitor: &mut Visitor<'_>) {
    if value.is_empty() {
        return;
    }
    if let Some(instead) = visitor(kind, value) {
        *value = instead;
    }
}
