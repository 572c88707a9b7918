//! A request and what came back, in the words of HAR.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::uri;
use crate::transcript::{Answer, Body, Headers, Received, Request};

/// No exchange has it written down.
const UNKNOWN: &str = "unknown";
/// Sizes on the wire are not what is shown here: "not available", in HAR.
const NOT_TOLD: i64 = -1;
/// Content of a type that nobody named (RFC 9110 8.3).
const OCTETS: &str = "application/octet-stream";

pub(super) fn request(request: &Request) -> Value {
    let url = uri::valid(&request.url);
    // No request has a fragment: a `#` is that of a pseudonym.
    let query = request.url.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let cookies = request.headers.all("cookie").flat_map(|field| field.split(';'));
    let mut told = json!({
        "method": request.method,
        "url": url,
        "httpVersion": UNKNOWN,
        "cookies": cookies.filter_map(pair).collect::<Vec<_>>(),
        "headers": headers(&request.headers),
        "queryString": pairs(query),
        "headersSize": NOT_TOLD,
        "bodySize": NOT_TOLD,
    });
    if let Some(members) = told.as_object_mut() {
        if url != request.url {
            members.insert("_url".to_owned(), json!(request.url));
        }
        if let Some(posted) = posted(request) {
            members.insert("postData".to_owned(), posted);
        }
        if let Some(plaintext) = request.plaintext.as_ref().and_then(Body::text) {
            members.insert("_plaintext".to_owned(), json!(plaintext));
        }
    }
    told
}

/// Parameters of a form or text, never both.
fn posted(request: &Request) -> Option<Value> {
    let mime_type = request.headers.get("content-type").unwrap_or(OCTETS);
    match &request.body {
        Body::Empty => None,
        Body::Text(form) if mime_type.contains("x-www-form-urlencoded") => {
            Some(json!({ "mimeType": mime_type, "params": pairs(form) }))
        }
        Body::Text(text) => Some(json!({ "mimeType": mime_type, "text": text })),
        Body::Binary(octets) => Some(json!({
            "mimeType": mime_type,
            "text": octets,
            "comment": "octets, in base64url",
        })),
    }
}

pub(super) fn response(received: &Received) -> Value {
    match received {
        Received::Answer(answer) => answered(answer),
        Received::Failure(failure) => json!({
            "status": 0,
            "statusText": "",
            "httpVersion": UNKNOWN,
            "cookies": [],
            "headers": [],
            "content": { "size": 0, "mimeType": OCTETS },
            "redirectURL": "",
            "headersSize": NOT_TOLD,
            "bodySize": NOT_TOLD,
            "_error": failure.says,
        }),
    }
}

fn answered(answer: &Answer) -> Value {
    let mime_type = answer.headers.get("content-type").unwrap_or(OCTETS);
    let mut content = match &answer.body {
        Body::Empty => json!({ "size": 0, "mimeType": mime_type }),
        Body::Text(text) => json!({ "size": text.len(), "mimeType": mime_type, "text": text }),
        Body::Binary(encoded) => {
            let octets = URL_SAFE_NO_PAD.decode(encoded).unwrap_or_default();
            json!({
                "size": octets.len(),
                "mimeType": mime_type,
                "text": STANDARD.encode(octets),
                "encoding": "base64",
            })
        }
    };
    if let Some(plaintext) = answer.plaintext.as_ref().and_then(Body::text) {
        content["_plaintext"] = json!(plaintext);
    }
    let cookies = answer.headers.all("set-cookie").filter_map(|field| field.split(';').next());
    json!({
        "status": answer.status,
        "statusText": "",
        "httpVersion": UNKNOWN,
        "cookies": cookies.filter_map(pair).collect::<Vec<_>>(),
        "headers": headers(&answer.headers),
        "content": content,
        "redirectURL": answer.headers.get("location").unwrap_or_default(),
        "headersSize": NOT_TOLD,
        "bodySize": NOT_TOLD,
    })
}

fn headers(headers: &Headers) -> Vec<Value> {
    headers.0.iter().map(|(name, value)| named(name, value)).collect()
}

fn pair(text: &str) -> Option<Value> {
    let (name, value) = text.trim().split_once('=')?;
    Some(named(name, value))
}

fn pairs(text: &str) -> Vec<Value> {
    form_urlencoded::parse(text.as_bytes()).map(|(name, value)| named(&name, &value)).collect()
}

fn named(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn posting(url: &str, mime_type: &str, body: &str) -> Value {
        request(&Request {
            at: Timestamp::UNIX_EPOCH,
            method: "POST".into(),
            url: url.into(),
            headers: Headers(vec![
                ("content-type".into(), mime_type.into()),
                ("cookie".into(), "one=1; two=2".into()),
            ]),
            body: body.into(),
            plaintext: None,
        })
    }

    #[test]
    fn a_form_is_told_by_its_parameters_and_anything_else_as_text() {
        let form = posting(
            "https://issuer.example/token?a=b%20c&d=code#1",
            "application/x-www-form-urlencoded",
            "tx_code=1&tx_code=2+3",
        );
        let params = json!([named("tx_code", "1"), named("tx_code", "2 3")]);
        assert_eq!(form["postData"]["params"], params);
        assert_eq!(form["postData"].get("text"), None);
        assert_eq!(form["queryString"], json!([named("a", "b c"), named("d", "code#1")]));
        assert_eq!(form["cookies"], json!([named("one", "1"), named("two", "2")]));
        let json = posting("https://issuer.example", "application/json", "{}");
        assert_eq!(json["postData"], json!({ "mimeType": "application/json", "text": "{}" }));
    }

    #[test]
    fn octets_are_told_in_base64() {
        let answer = Answer {
            at: Timestamp::UNIX_EPOCH,
            status: 200,
            headers: Headers(vec![("set-cookie".into(), "id=7; Path=/".into())]),
            body: Body::from_octets(vec![0xff, 0xfe]),
            plaintext: None,
        };
        let told = response(&Received::Answer(answer));
        assert_eq!(told["content"]["text"], "//4=");
        assert_eq!(told["content"]["encoding"], "base64");
        assert_eq!(told["content"]["size"], 2);
        assert_eq!(told["cookies"], json!([named("id", "7")]));
    }
}
