//! Issuer metadata as a wallet asks for them: signed (OpenID4VCI, section 12.2.3), or in some languages only (section
//! 12.2.2).

use axum::http::{HeaderValue, StatusCode, header};
use serde_json::{Map, Value, json};

use crate::{
    answer::Answer,
    clock,
    faults::{conduct::Conduct, rules::Rule},
    incoming::Incoming,
    issuer::Issuer,
    keys,
    refusal::Refusal,
};

/// How long signed metadata can be relied on, in seconds.
const LIFETIME: u64 = 86_400;
/// The languages of the display texts.
const LANGUAGES: &[&str] = &["en", "de"];

/// Signed metadata before they are signed.
pub struct SignedMetadata {
    /// The protected header.
    pub header: Map<String, Value>,
    /// The claims.
    pub claims: Map<String, Value>,
    /// Whether a claim is changed once the signature stands.
    pub alters_after_signing: bool,
}

/// Answers a request for issuer metadata.
pub fn answer(issuer: &Issuer, conduct: &Conduct, incoming: &Incoming) -> Result<Answer, Refusal> {
    let plain = Answer::prepared(&issuer.documents.issuer_metadata);
    if !issuer.settings.negotiates_metadata {
        return Ok(plain);
    }
    let asks = incoming.header("accept").any(|accept| accept.contains("application/jwt"));
    if conduct.require(Rule::SignedFormAsked, asks, Refusal::crash).is_ok() {
        let signed = signed(issuer, conduct).ok_or_else(Refusal::crash)?;
        let mut answer = Answer::empty(StatusCode::OK).typed("application/jwt");
        answer.replace_by_text(signed);
        return Ok(answer.set(header::VARY, "accept, accept-language"));
    }
    let wanted: Vec<String> = incoming.header("accept-language").flat_map(languages).collect();
    Ok(narrowed(plain, &wanted).set(header::VARY, "accept, accept-language"))
}

fn signed(issuer: &Issuer, conduct: &Conduct) -> Option<String> {
    let signer = issuer.signers.first()?;
    let mut header = signer.header().clone();
    header.insert("typ".to_owned(), json!("openidvci-issuer-metadata+jwt"));
    let mut claims: Map<String, Value> =
        serde_json::from_slice(&issuer.documents.issuer_metadata).ok()?;
    let now = clock::now();
    claims.insert("iss".to_owned(), json!(issuer.layout.credential_issuer));
    claims.insert("sub".to_owned(), json!(issuer.layout.credential_issuer));
    claims.insert("iat".to_owned(), json!(now));
    claims.insert("exp".to_owned(), json!(now + LIFETIME));
    let mut draft = SignedMetadata { header, claims, alters_after_signing: false };
    conduct.amend_signed_metadata(&mut draft);
    let signed = signer.sign(&keys::encode(&draft.header), &draft.claims)?;
    if !draft.alters_after_signing {
        return Some(signed);
    }
    draft.claims.insert("exp".to_owned(), json!(now + 2 * LIFETIME));
    let (_, signature) = signed.rsplit_once('.')?;
    Some(format!("{}.{}.{signature}", keys::encode(&draft.header), keys::encode(&draft.claims)))
}

/// The languages of a header field, without regions and preferences.
fn languages(field: &str) -> Vec<String> {
    let name = |range: &str| {
        let tag = range.split([';', '-']).next().unwrap_or_default();
        tag.trim().to_ascii_lowercase()
    };
    field.split(',').map(name).collect()
}

/// Keeps the display texts of the wanted languages, where there are some; says which are left.
fn narrowed(mut plain: Answer, wanted: &[String]) -> Answer {
    let known: Vec<&str> =
        LANGUAGES.iter().copied().filter(|own| wanted.iter().any(|one| one == own)).collect();
    if known.is_empty() || known.len() == LANGUAGES.len() {
        return plain;
    }
    let Some(object) = plain.object() else { return plain };
    let mut left = Vec::new();
    for (name, value) in object.iter_mut() {
        narrow(name, value, &known, &mut left);
    }
    left.sort_unstable();
    left.dedup();
    if let Ok(languages) = HeaderValue::try_from(left.join(", ")) {
        plain.headers.insert(header::CONTENT_LANGUAGE, languages);
    }
    plain
}

/// A list of texts that has none in these languages stays as it is.
fn narrow(name: &str, value: &mut Value, known: &[&str], left: &mut Vec<String>) {
    match value {
        Value::Array(texts) if name == "display" => {
            let locale = |text: &Value| text.get("locale")?.as_str().map(str::to_owned);
            let is_known = |text: &Value| locale(text).is_some_and(|own| known.contains(&&*own));
            if texts.iter().any(is_known) {
                texts.retain(is_known);
            }
            left.extend(texts.iter().filter_map(locale));
        }
        Value::Array(elements) => {
            elements.iter_mut().for_each(|element| narrow("", element, known, left));
        }
        Value::Object(members) => {
            for (name, value) in members {
                narrow(name, value, known, left);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_display_texts_are_narrowed() {
        let texts = json!([{"locale": "en"}, {"locale": "de"}]);
        let english = json!([{"locale": "en"}]);
        let body = json!({"display": texts, "inner": {"display": english, "locales": texts}});
        let mut answer = narrowed(Answer::json(StatusCode::OK, body), &["de".to_owned()]);
        assert_eq!(answer.headers["content-language"], "de, en");
        let expected =
            json!({"display": [{"locale": "de"}], "inner": {"display": english, "locales": texts}});
        assert_eq!(answer.object().map(|own| json!(own)), Some(expected));
        assert_eq!(languages("fr-CH, de;q=0.9"), ["fr", "de"]);
    }
}
