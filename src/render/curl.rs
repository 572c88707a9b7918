//! A request as a command for a shell, where it may be shown as it was sent.

use super::shell::quoted;
use crate::transcript::{Body, Exchange, Station};

/// Header fields that hold nothing secret, and whether they matter for the answer.
const FIELDS: &[(&str, bool)] =
    &[("accept", true), ("content-type", true), ("traceparent", false), ("user-agent", false)];

/// The command that sends the same request; none where it carries a proof, a token, a code, or a
/// header field that the user gave, any of which may be secret and some of which are good once.
pub fn curl(exchange: &Exchange) -> Option<String> {
    let request = &exchange.request;
    let station = exchange.station;
    let is_public = station.is_public_document() || station == Station::Nonce;
    if !is_public || request.body != Body::Empty {
        return None;
    }
    let mut command = "curl -i".to_owned();
    match request.method.as_str() {
        "GET" => {}
        // A POST without content, and so without a type of content.
        "POST" => command.push_str(" --data '' -H 'content-type:'"),
        _ => return None,
    }
    for (name, value) in &request.headers.0 {
        let known = FIELDS.iter().find(|(field, _)| name.eq_ignore_ascii_case(field));
        let (_, matters) = known?;
        if *matters {
            command.push_str(&format!(" -H {}", quoted(&format!("{name}: {value}"))));
        }
    }
    Some(format!("{command} {}", quoted(&request.url)))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::transcript::{Failure, FailureKind, Headers, Received, Request};

    fn exchange(station: Station, method: &str, headers: &[(&str, &str)], body: &str) -> Exchange {
        let at = Timestamp::UNIX_EPOCH;
        let headers = headers.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        Exchange {
            number: 1,
            station,
            wallet: "holder".into(),
            offer: None,
            step: 1,
            racer: None,
            tamper: None,
            superseded: false,
            request: Request {
                at,
                method: method.into(),
                url: "https://h.example/it's".into(),
                headers: Headers(headers.collect()),
                body: body.into(),
                plaintext: None,
            },
            received: Received::Failure(Failure {
                at,
                kind: FailureKind::Closed,
                says: String::new(),
            }),
        }
    }

    #[test]
    fn public_requests_are_quoted_for_a_shell() {
        let own = [("accept", "application/json"), ("traceparent", "00-1"), ("user-agent", "v")];
        let get = curl(&exchange(Station::IssuerMetadata, "GET", &own, ""));
        let expected = r"curl -i -H 'accept: application/json' 'https://h.example/it'\''s'";
        assert_eq!(get.as_deref(), Some(expected));
        let post = curl(&exchange(Station::Nonce, "POST", &own, "")).unwrap_or_default();
        assert!(post.starts_with("curl -i --data '' -H 'content-type:' -H"), "{post}");
    }

    #[test]
    fn nothing_secret_becomes_a_command() {
        for (station, headers, body) in [
            (Station::Token, &[][..], "pre-authorized_code=1"),
            (Station::Credential, &[][..], "{}"),
            (Station::Offer, &[][..], ""),
            (Station::Nonce, &[("dpop", "a.b.c")][..], ""),
            (Station::IssuerMetadata, &[("x-api-key", "1")][..], ""),
            (Station::Nonce, &[][..], "{}"),
        ] {
            assert_eq!(curl(&exchange(station, "POST", headers, body)), None, "{station}");
        }
    }
}
