//! Nothing secret is left, and what was equal still is.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Redactor, redact};
use crate::formats::mdoc::draft::Draft;
use crate::jose::PrivateKey;
use crate::jose::vectors::LEAF;
use crate::transcript::{
    Answer, Body, Ending, EntitlementChange, Entitles, Exchange, Headers, OfferForm, OfferRecord,
    Provenance, Received, Request, Run, Station, Transcript,
};

const CODE: &str = "oaKazR-9_Q/adz+wn";
const TX_CODE: &str = "493536";
const TOKEN: &str = "czZCaGRSa3F0MzpnWDFmQmF0M2JW";
const REFRESH: &str = "8xLOxBtZp8-refresh";
const NONCE: &str = "wKI4LT17ac15ES9bw8ac4";
const DPOP_NONCE: &str = "eyJ7S_zG.eyJH0-Z";
const CLIENT_SECRET: &str = "correct horse \"battery\"";
const COOKIE: &str = "SID31d4d96e407aad42";
const GATEWAY_KEY: &str = "gateway key of the staging host";
const BROKEN_TOKEN: &str = "token-in-no-JSON-at-all";
const REFERENCE: &str = "https://issuer.example/offers/GkurKxf5T0Y-mnPFCHqWOMiZi4VS138c";

fn encoded(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

fn jwt(payload: &Value, signature: &str) -> String {
    let header = encoded(r#"{"alg":"ES256"}"#);
    format!("{header}.{}.{}", encoded(&payload.to_string()), encoded(signature))
}

fn proof() -> String {
    jwt(&json!({ "nonce": NONCE }), "a signature of ours")
}

fn dpop() -> String {
    jwt(&json!({ "nonce": DPOP_NONCE }), "another signature")
}

fn credential() -> String {
    let payload = json!({
        "iss": "https://issuer.example", "vct": "https://issuer.example/vct/pid",
        "sub": "did:example:holder-of-it", "birth_year": 1963,
    });
    let name = encoded(r#"["c2FsdHNhbHRzYWx0","given_name","Mustermann-Gabler"]"#);
    let place = encoded(r#"["bW9yZXNhbHRhbmRtb3Jl","address",{"locality":"Heidestadt"}]"#);
    format!("{}~{name}~{place}~", jwt(&payload, "the issuer's own"))
}

fn form(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn headers(fields: &[(&str, &str)]) -> Headers {
    let owned = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Headers(owned.collect())
}

fn exchange(
    station: Station,
    url: &str,
    sent: (Headers, String),
    got: (Headers, String),
) -> Exchange {
    Exchange {
        number: 1,
        station,
        wallet: "holder".into(),
        offer: Some(0),
        step: 1,
        racer: None,
        tamper: None,
        superseded: false,
        request: Request {
            at: Timestamp::UNIX_EPOCH,
            method: "POST".into(),
            url: url.into(),
            headers: sent.0,
            body: sent.1.into(),
            plaintext: None,
        },
        received: Received::Answer(Answer {
            at: Timestamp::UNIX_EPOCH,
            status: 200,
            headers: got.0,
            body: Body::from(got.1),
            plaintext: None,
        }),
    }
}

fn offer_object() -> Value {
    let grant = json!({ "pre-authorized_code": CODE, "tx_code": { "length": 6 } });
    json!({
        "credential_issuer": "https://issuer.example",
        "grants": { "urn:ietf:params:oauth:grant-type:pre-authorized_code": grant },
    })
}

fn token_exchange() -> Exchange {
    let basic = STANDARD.encode(format!("client:{CLIENT_SECRET}"));
    exchange(
        Station::Token,
        "https://issuer.example/token",
        (
            headers(&[
                ("content-type", "application/x-www-form-urlencoded"),
                ("DPoP", &dpop()),
                ("authorization", &format!("Basic {basic}")),
                ("cookie", &format!("lang=de; sid={COOKIE}")),
                ("x-gateway-key", GATEWAY_KEY),
                ("x-forwarded-host", "issuer.example"),
                ("x-skip-warning", "true"),
            ]),
            form(&[("pre-authorized_code", CODE), ("tx_code", TX_CODE)]),
        ),
        (
            headers(&[
                ("set-cookie", &format!("sid={COOKIE}; Path=/")),
                ("dpop-nonce", DPOP_NONCE),
            ]),
            json!({ "access_token": TOKEN, "refresh_token": REFRESH, "expires_in": 60 })
                .to_string(),
        ),
    )
}

fn credential_exchange() -> Exchange {
    let description = format!(
        "proof {} of {} for {CLIENT_SECRET}, {GATEWAY_KEY} and {CODE} is fine",
        proof(),
        "Mustermann-Gabler"
    );
    exchange(
        Station::Credential,
        &format!("https://issuer.example/credential?access_token={TOKEN}&code=abc"),
        (
            headers(&[("Authorization", &format!("DPoP {TOKEN}"))]),
            json!({ "proofs": { "jwt": [proof()] }, "credential_configuration_id": "pid" })
                .to_string(),
        ),
        (
            headers(&[("x-echo", &form(&[("was", CLIENT_SECRET)]))]),
            json!({
                "credentials": [{ "credential": credential() }],
                "error_description": description,
            })
            .to_string(),
        ),
    )
}

fn run() -> Run {
    let given = format!(
        "openid-credential-offer://?{}",
        form(&[("credential_offer", &offer_object().to_string())])
    );
    let reference = form(&[("credential_offer_uri", REFERENCE)]);
    let offer = |given: String, form, object| OfferRecord {
        source: "staged".into(),
        given,
        form,
        object: Some(object),
        tx_code: Some(TX_CODE.into()),
    };
    let none = || (Headers::default(), String::new());
    let broken = format!("{{\"access_token\": \"{BROKEN_TOKEN}\", oops {}", credential());
    let transcript = Transcript {
        scenario: "staged/scenario".into(),
        title: "A staged scenario".into(),
        aims: Vec::new(),
        expectations: Vec::new(),
        skipped: Vec::new(),
        elsewhere: None,
        status_changes: Vec::new(),
        entitlement_changes: Vec::new(),
        backend: None,
        isolated: false,
        ending: Ending::Stopped {
            step: 1,
            why: format!("GET {REFERENCE} answered {BROKEN_TOKEN}"),
        },
        wallets: Vec::new(),
        offers: vec![
            offer(given, OfferForm::ByValue, offer_object()),
            offer(
                format!("haip-vci://?{reference}"),
                OfferForm::ByReference,
                json!({ "tx_code": 7, "pre-authorized_code": 12345 }),
            ),
        ],
        exchanges: vec![
            exchange(
                Station::Offer,
                REFERENCE,
                none(),
                (Headers::default(), offer_object().to_string()),
            ),
            token_exchange(),
            exchange(
                Station::Nonce,
                "https://issuer.example/nonce",
                none(),
                (Headers::default(), json!({ "c_nonce": NONCE }).to_string()),
            ),
            credential_exchange(),
            exchange(
                Station::Token,
                "https://issuer.example/token",
                none(),
                (Headers::default(), broken),
            ),
        ],
    };
    Run {
        provenance: Provenance {
            version: "0.0.0".into(),
            commit: "staged".into(),
            run_id: "0".repeat(32),
            credential_issuer: "https://issuer.example".into(),
            offer_source: format!("mint --secret={COOKIE}"),
            client_id: None,
            client_certificate: false,
            relaxations: Vec::new(),
            started_at: Timestamp::UNIX_EPOCH,
            finished_at: Timestamp::UNIX_EPOCH,
        },
        transcripts: vec![transcript],
    }
}

#[test]
fn nothing_secret_survives() {
    let redactor = Redactor::of(&run());
    let text = serde_json::to_string(&(redactor.redact(&run()), redactor.opened()));
    let text = text.unwrap_or_default();
    let credential = credential();
    let mut secrets: Vec<String> = [
        CODE,
        TX_CODE,
        TOKEN,
        REFRESH,
        NONCE,
        DPOP_NONCE,
        COOKIE,
        GATEWAY_KEY,
        BROKEN_TOKEN,
        REFERENCE,
        "12345",
        "Mustermann-Gabler",
        "Heidestadt",
        "did:example:holder-of-it",
        "battery",
        "GkurKxf5T0Y-mnPFCHqWOMiZi4VS138c",
        "c2FsdHNhbHRzYWx0",
        "1963",
    ]
    .map(str::to_owned)
    .to_vec();
    secrets.extend([proof(), dpop(), credential.clone()]);
    secrets.extend(credential.split('~').filter(|part| !part.is_empty()).map(str::to_owned));
    for secret in secrets {
        for spelling in [secret.clone(), form(&[("", &secret)])[1..].to_owned()] {
            assert!(!text.contains(&spelling), "{spelling} survives in {text}");
        }
    }
}

#[test]
fn pseudonyms_keep_what_was_equal() {
    let redacted = redact(&run());
    let transcript = &redacted.transcripts[0];
    let bodies: Vec<_> = transcript
        .exchanges
        .iter()
        .map(|exchange| exchange.request.body.text().unwrap_or_default())
        .collect();
    assert_eq!(bodies[1], "pre-authorized_code=code#1&tx_code=tx-code#1");
    assert_eq!(bodies[3], r#"{"proofs":{"jwt":["proof#1"]},"credential_configuration_id":"pid"}"#);
    let fields = &transcript.exchanges[1].request.headers;
    assert_eq!(fields.get("dpop"), Some("dpop-proof#1"));
    assert_eq!(fields.get("authorization"), Some("Basic authorization#1"));
    assert_eq!(fields.get("cookie"), Some("lang=cookie#1; sid=cookie#2"));
    assert_eq!(fields.get("x-gateway-key"), Some("header#1"));
    assert_eq!(fields.get("x-skip-warning"), Some("header"));
    let request = &transcript.exchanges[3].request;
    assert_eq!(request.headers.get("authorization"), Some("DPoP token#1"));
    assert_eq!(request.url, "https://issuer.example/credential?access_token=token#1&code=code#3");
    let fetched = transcript.exchanges[0].answer().and_then(|answer| answer.body.json());
    assert_eq!(fetched, transcript.offers[0].object);
    assert_eq!(transcript.offers[0].given, "offer#1");
    assert_eq!(transcript.exchanges[0].request.url, "https://issuer.example/offer-uri#1");
}

#[test]
fn what_the_issuer_publishes_and_what_is_no_secret_stays() {
    let redactor = Redactor::of(&run());
    for text in [
        "400 invalid_grant from https://issuer.example/token",
        "expires_in 14935361",
        "vct is https://issuer.example/vct/pid",
        "token#1 was used twice, by tx-code#1",
        "expected true",
    ] {
        assert_eq!(redactor.scrub(text), text);
    }
    assert_eq!(
        redactor.scrub("code%3D493536 and sub=did:example:holder-of-it, 1963"),
        "code%3Dtx-code#1 and sub=<string>, <number>"
    );
}

#[test]
fn a_short_secret_is_replaced_in_its_place_only() {
    let mut short = run();
    short.transcripts[0].offers[0].tx_code = Some("42".into());
    let redactor = Redactor::of(&short);
    assert_eq!(redactor.scrub("answer 42"), "answer 42");
    let redacted = redactor.redact(&short);
    let tx_code = redacted.transcripts[0].offers[0].tx_code.as_deref();
    assert_eq!(tx_code, Some("tx-code#1"));
}

#[test]
fn a_pin_is_told_from_other_numbers() {
    let answer = |status, headers: &[(&str, &str)], body: Value| {
        let mut answered = exchange(
            Station::Token,
            "https://issuer.example:3600/token",
            (
                headers_of_a_form(),
                form(&[("tx_code", "3600"), ("renamed", "3600"), ("age", "36000")]),
            ),
            (self::headers(headers), body.to_string()),
        );
        if let Received::Answer(answer) = &mut answered.received {
            answer.status = status;
        }
        answered
    };
    let lives = json!({ "access_token": TOKEN, "expires_in": 3600, "interval": 3600 });
    let told = json!({
        "error": "invalid_grant", "error_description": "Eingabe 3600 ist \"falsch\"", "hint": "3600",
        "pin": 3600, "user_pin": 3600, "retry_after": 3600,
    });
    let challenge = [("www-authenticate", r#"DPoP error_description="use 3600 no more""#)];
    let fields = [("cache-control", "private, max-age=3600"), ("content-length", "3600")];
    let mut run = run();
    run.transcripts[0].offers[0].tx_code = Some("3600".into());
    run.transcripts[0].exchanges = vec![answer(200, &fields, lives), answer(400, &challenge, told)];
    let redactor = Redactor::of(&run);
    let redacted = redactor.redact(&run);
    let [granted, refused] = redacted.transcripts[0].exchanges.as_slice() else {
        unreachable!("there are two")
    };
    let form = granted.request.body.text().unwrap_or_default();
    let pin = redacted.transcripts[0].offers[0].tx_code.clone().unwrap_or_default();
    assert!(pin.starts_with("tx-code#"), "{pin}");
    assert_eq!(form, format!("tx_code={pin}&renamed={pin}&age=36000"));
    assert_eq!(granted.request.url, "https://issuer.example:3600/token");
    let answers = [granted, refused].map(|one| one.answer().cloned());
    let [Some(granted), Some(refused)] = answers else { unreachable!("both were answered") };
    assert_eq!(granted.body.json().unwrap_or_default()["expires_in"], 3600);
    assert_eq!(granted.body.json().unwrap_or_default()["interval"], 3600);
    assert_eq!(granted.headers.get("cache-control"), Some("private, max-age=3600"));
    assert_eq!(granted.headers.get("content-length"), Some("3600"));
    let told = refused.body.json().unwrap_or_default();
    assert_eq!(told["error_description"], format!("Eingabe {pin} ist \"falsch\""));
    for member in ["hint", "pin", "user_pin"] {
        assert_eq!(told[member], pin, "{member}");
    }
    assert_eq!(told["retry_after"], 3600);
    let challenge = format!(r#"DPoP error_description="use {pin} no more""#);
    assert_eq!(refused.headers.get("www-authenticate"), Some(challenge.as_str()));
    for kept in ["expires_in is 3600", "a lifetime of 3600 s", "found 3600"] {
        assert_eq!(redactor.scrub(kept), kept);
    }
    let echoed = redactor.scrub("400 invalid_grant (Eingabe 3600 ist)");
    assert_eq!(echoed, format!("400 invalid_grant (Eingabe {pin} ist)"));
}

fn headers_of_a_form() -> Headers {
    headers(&[("content-type", "application/x-www-form-urlencoded")])
}

#[test]
fn overlapping_secrets_leave_nothing_behind() {
    let mut overlapping = run();
    overlapping.transcripts[0].exchanges[2].received = Received::Answer(Answer {
        at: Timestamp::UNIX_EPOCH,
        status: 200,
        headers: Headers::default(),
        body: json!({ "c_nonce": "12ab34cd", "access_token": "34cdefghij" }).to_string().into(),
        plaintext: None,
    });
    let scrubbed = Redactor::of(&overlapping).scrub("x12ab34cdefghijx");
    assert_eq!(scrubbed, "xtoken#2x");
}

#[test]
fn tokens_are_opened_without_their_secrets() {
    let tokens = Redactor::of(&run()).opened();
    let of = |name: &str| {
        let token = tokens.iter().find(|token| token.name == name);
        token.map(|token| (token.claims.clone(), token.disclosures.clone())).unwrap_or_default()
    };
    assert_eq!(of("proof#1").0, json!({ "nonce": "nonce#1" }));
    assert_eq!(of("dpop-proof#1").0, json!({ "nonce": "dpop-nonce#1" }));
    let (claims, disclosures) = of("credential#1");
    let kept = json!({
        "iss": "https://issuer.example", "vct": "https://issuer.example/vct/pid",
        "sub": "<string>", "birth_year": "<number>",
    });
    assert_eq!(claims, kept);
    let place = json!(["<salt>", "address", { "locality": "<string>" }]);
    assert_eq!(disclosures, [json!(["<salt>", "given_name", "<string>"]), place]);
    assert!(tokens.iter().all(|token| token.header == json!({ "alg": "ES256" })));
}

#[test]
fn a_token_of_the_issuer_s_making_is_opened_within_bounds() {
    let deep = (0..100).fold(json!("bottom"), |inner, _| json!({ "deeper": inner }));
    let many: serde_json::Map<String, Value> =
        (0..2000).map(|index| (format!("claim{index}"), json!(index))).collect();
    let long = "long ".repeat(10_000);
    let private = json!({ "kty": "EC", "crv": "P-256", "d": "the private half" });
    let header = encoded(&json!({ "alg": "none", "kid": long, "jwk": private }).to_string());
    let claims = encoded(&json!({ "aud": deep, "more": many, TOKEN: TOKEN }).to_string());
    let mut hostile = run();
    hostile.transcripts[0].exchanges[2].received = Received::Answer(Answer {
        at: Timestamp::UNIX_EPOCH,
        status: 200,
        headers: Headers::default(),
        body: json!({ "access_token": format!("{header}.{claims}."), "c_nonce": "eyJ.e.e" })
            .to_string()
            .into(),
        plaintext: None,
    });
    let redactor = Redactor::of(&hostile);
    let opened = redactor.opened();
    let token = opened.iter().find(|token| token.name == "token#2");
    let text = token.map(|token| serde_json::to_string(token).unwrap_or_default());
    let text = text.unwrap_or_default();
    assert!(text.contains("<deeper>") && text.contains('…'), "{text}");
    assert!(text.contains("<private key>") && !text.contains("the private half"), "{text}");
    assert!(!text.contains(TOKEN) && !text.contains("claim1999") && text.len() < 20_000, "{text}");
    assert!(opened.iter().all(|token| !token.name.starts_with("nonce")));
}

#[test]
fn the_elements_of_an_mdoc_are_claims_too() {
    let mdoc = PrivateKey::from_bytes(&[11; 32])
        .map(|key| Draft::honest(&key.public_jwk(), 1, &key, LEAF).text())
        .unwrap_or_default();
    let mut run = run();
    let mut exchange = credential_exchange();
    if let Received::Answer(answer) = &mut exchange.received {
        let body = json!({
            "credentials": [{ "credential": mdoc }],
            "note": "for Mustermann, born on 1984-01-26, with portrait _9j_",
        });
        answer.body = Body::from(body.to_string().as_str());
    }
    run.transcripts[0].exchanges.push(exchange);
    let text = serde_json::to_string(&Redactor::of(&run).redact(&run)).unwrap_or_default();
    assert!(text.contains("for <string>"), "{text}");
    for personal in [mdoc.as_str(), "1984-01-26", "for Mustermann,"] {
        assert!(!text.contains(personal), "{personal} is still there");
    }
}

#[test]
fn a_w3c_credential_shows_what_it_is_and_not_what_it_says() {
    let subject = json!({"id": "did:jwk:e30", "given_name": "Mustermann-Gabler", "born": 1963});
    let payload = json!({
        "iss": "did:web:issuer.example", "sub": "user-of-account-4711",
        "vc": {
            "type": ["VerifiableCredential", "DegreeCredential"],
            "issuanceDate": "2026-11-22T00:00:00Z",
            "credentialSubject": subject
        }
    });
    let scrubber = super::Scrubber::default();
    let opened = super::opened::open("credential#1", &jwt(&payload, "s"), &scrubber);
    let shown = opened.map(|opened| opened.claims).unwrap_or_default();
    assert_eq!(shown["vc"]["type"][1], "DegreeCredential");
    assert_eq!(shown["vc"]["issuanceDate"], "2026-11-22T00:00:00Z");
    assert_eq!(shown["vc"]["credentialSubject"]["given_name"], "<string>");
    assert_eq!(shown["vc"]["credentialSubject"]["born"], "<number>");
    assert_eq!(shown["sub"], "<string>");
    let values: Vec<String> =
        super::claims::of(&jwt(&payload, "s")).into_iter().map(|(value, _)| value).collect();
    assert_eq!(values, ["user-of-account-4711", "Mustermann-Gabler", "1963"]);
}

#[test]
fn what_a_holders_data_became_is_a_claim() {
    let mut changed = run();
    let claims = [("address".into(), json!({ "locality": "Bonn" })), ("age".into(), json!(17))];
    changed.transcripts[0].entitlement_changes.push(EntitlementChange {
        step: 3,
        at: Timestamp::UNIX_EPOCH,
        offer: 0,
        entitles: Entitles::ToClaims(claims.into_iter().collect()),
    });
    let redacted = Redactor::of(&changed).redact(&changed);
    let Entitles::ToClaims(claims) = &redacted.transcripts[0].entitlement_changes[0].entitles
    else {
        unreachable!("it is another change")
    };
    assert_eq!(json!(claims), json!({ "address": { "locality": "<string>" }, "age": "<number>" }));
}
