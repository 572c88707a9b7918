//! Tampers with the requests of the plain flow: each is refused for its own reason, and let through or crashed on as
//! the faults say. What the other configurations refuse is proved by the harness, fault by fault.

use std::sync::Arc;

use crate::wallet::{Answered, Draft, Tamper, Wallet, jwk, key, now};
use reference_issuer::{OfferRequest, Settings, TxCodeRequest, configuration, fault, start};
use serde_json::{Value, json};

/// What a tamper is called, what it does, and the error it should meet.
type Row = (&'static str, Tamper, u16, &'static str);

fn drop_parameter(form: &mut Vec<(String, String)>, dropped: &str) {
    form.retain(|(name, _)| name != dropped);
}

fn set_parameter(form: &mut Vec<(String, String)>, name: &str, value: &str) {
    drop_parameter(form, name);
    form.push((name.to_owned(), value.to_owned()));
}

fn remove(value: &mut Value, name: &str) {
    value.as_object_mut().unwrap().remove(name);
}

const TOKEN: &[Row] = &[
    (
        "missing-tx-code",
        Tamper::Form(|form| drop_parameter(form, "tx_code")),
        400,
        "invalid_request",
    ),
    (
        "wrong-tx-code",
        Tamper::Form(|form| set_parameter(form, "tx_code", "no")),
        400,
        "invalid_grant",
    ),
    (
        "unknown-code",
        Tamper::Form(|form| set_parameter(form, "pre-authorized_code", "no")),
        400,
        "invalid_grant",
    ),
    (
        "missing-code",
        Tamper::Form(|form| drop_parameter(form, "pre-authorized_code")),
        400,
        "invalid_request",
    ),
    (
        "missing-grant-type",
        Tamper::Form(|form| drop_parameter(form, "grant_type")),
        400,
        "invalid_request",
    ),
    (
        "unsupported-grant",
        Tamper::Form(|form| set_parameter(form, "grant_type", "no")),
        400,
        "unsupported_grant_type",
    ),
    (
        "repeated-parameter",
        Tamper::Form(|form| form.extend(form.last().cloned())),
        400,
        "invalid_request",
    ),
];

const PROOF: &[Row] = &[
    ("proof-missing", Tamper::Body(|body| remove(body, "proofs")), 400, "invalid_proof"),
    (
        "proof-bad-signature",
        Tamper::Proof(|draft| draft.breaks_signature = true),
        400,
        "invalid_proof",
    ),
    (
        "proof-wrong-typ",
        Tamper::Proof(|draft| draft.header["typ"] = json!("JWT")),
        400,
        "invalid_proof",
    ),
    (
        "proof-alg-none",
        Tamper::Proof(|draft| draft.header["alg"] = json!("none")),
        400,
        "invalid_proof",
    ),
    (
        "proof-symmetric-alg",
        Tamper::Proof(|draft| draft.header["alg"] = json!("HS256")),
        400,
        "invalid_proof",
    ),
    (
        "proof-private-key",
        Tamper::Proof(|draft| draft.header["jwk"]["d"] = json!("AA")),
        400,
        "invalid_proof",
    ),
    (
        "proof-wrong-aud",
        Tamper::Proof(|draft| draft.claims["aud"] = json!("https://a.example")),
        400,
        "invalid_proof",
    ),
    (
        "proof-stale-iat",
        Tamper::Proof(|draft| draft.claims["iat"] = json!(now() - 86_400)),
        400,
        "invalid_proof",
    ),
    (
        "proof-missing-nonce",
        Tamper::Proof(|draft| remove(&mut draft.claims, "nonce")),
        400,
        "invalid_proof",
    ),
    (
        "proof-unknown-nonce",
        Tamper::Proof(|draft| draft.claims["nonce"] = json!("no")),
        400,
        "invalid_nonce",
    ),
    (
        "proof-two-keys",
        Tamper::Proof(|draft| draft.header["kid"] = json!("did:jwk:no#0")),
        400,
        "invalid_proof",
    ),
    ("missing-token", Tamper::Request(|request, _| request), 401, ""),
    (
        "invalid-token",
        Tamper::Request(|request, _| request.bearer_auth("no")),
        401,
        "invalid_token",
    ),
    (
        "token-in-query",
        Tamper::Request(|request, token| request.query(&[("access_token", token)])),
        401,
        "",
    ),
    (
        "unknown-configuration",
        Tamper::Body(|body| body["credential_configuration_id"] = json!("no")),
        400,
        "unknown_credential_configuration",
    ),
    (
        "unoffered-configuration",
        Tamper::Body(|body| body["credential_configuration_id"] = json!("diploma")),
        403,
        "insufficient_scope",
    ),
    ("malformed-json", Tamper::RawBody("{"), 400, "invalid_credential_request"),
];

/// What a tamper does to a DPoP proof.
type Alter = fn(&mut Draft);

const DPOP: &[(&str, Alter)] = &[
    ("dpop-wrong-typ", |draft| draft.header["typ"] = json!("JWT")),
    ("dpop-alg-none", |draft| draft.header["alg"] = json!("none")),
    ("dpop-private-key", |draft| draft.header["jwk"]["d"] = json!("AA")),
    ("dpop-bad-signature", |draft| draft.breaks_signature = true),
    ("dpop-missing-jti", |draft| remove(&mut draft.claims, "jti")),
    ("dpop-wrong-htm", |draft| draft.claims["htm"] = json!("GET")),
    ("dpop-wrong-htu", |draft| draft.claims["htu"] = json!("https://a.example/")),
    ("dpop-stale-iat", |draft| draft.claims["iat"] = json!(now() - 3600)),
];

const BOUND: &[Row] = &[
    ("dpop-missing", Tamper::NoDpop, 401, "invalid_dpop_proof"),
    (
        "dpop-missing-ath",
        Tamper::CredentialDpop(|draft| remove(&mut draft.claims, "ath")),
        401,
        "invalid_dpop_proof",
    ),
    (
        "dpop-wrong-ath",
        Tamper::CredentialDpop(|draft| draft.claims["ath"] = json!("no")),
        401,
        "invalid_dpop_proof",
    ),
    ("dpop-another-key", Tamper::CredentialDpop(another_key), 401, "invalid_token"),
    (
        "dpop-bearer-downgrade",
        Tamper::Request(|request, token| request.bearer_auth(token)),
        401,
        "invalid_token",
    ),
];

fn another_key(draft: &mut Draft) {
    draft.key = Arc::new(key());
    draft.header["jwk"] = jwk(&draft.key);
}

/// Runs the flow up to the tampered request, in one configuration and with one fault.
async fn run(
    config: &str,
    name: Option<String>,
    tamper: Tamper,
    asks_tx_code: bool,
    keys: usize,
) -> Answered {
    let faults = name.map(|name| fault(&name).unwrap()).into_iter().collect();
    let settings = (configuration(config).unwrap().settings)();
    let issuer = start(Settings { faults, ..settings }).await.unwrap();
    let mut wallet = Wallet::new(&issuer).await;
    let request = OfferRequest {
        credential_configuration_ids: vec!["pid".to_owned()],
        tx_code: asks_tx_code.then(TxCodeRequest::default),
        ..OfferRequest::default()
    };
    let offer = issuer.mint(request).unwrap();
    if matches!(tamper, Tamper::Form(_) | Tamper::TokenDpop(_)) {
        wallet.tamper = tamper;
        return wallet.token(&offer).await;
    }
    let token = wallet.token(&offer).await.body;
    wallet.tamper = tamper;
    wallet.credential(&token, keys).await
}

/// Refused honestly, accepted under one fault, crashed on under the other.
async fn assert_row(
    config: &str,
    (name, tamper, status, code): Row,
    asks_tx_code: bool,
    keys: usize,
) {
    let honest = run(config, None, tamper, asks_tx_code, keys).await;
    assert_eq!((honest.status.as_u16(), honest.error()), (status, code), "{name}");
    let accepting = Some(format!("accepts-{name}"));
    let accepted = run(config, accepting, tamper, asks_tx_code, keys).await;
    assert_eq!(accepted.status.as_u16(), 200, "{name}: {accepted:?}");
    let crashing = Some(format!("crashes-on-{name}"));
    let crashed = run(config, crashing, tamper, asks_tx_code, keys).await;
    assert_eq!(crashed.status.as_u16(), 500, "{name}: {crashed:?}");
}

#[tokio::test]
async fn token_requests() {
    for row in TOKEN {
        assert_row("plain", *row, true, 1).await;
    }
    let unexpected = Tamper::Form(|form| set_parameter(form, "tx_code", "1234"));
    assert_row("plain", ("unexpected-tx-code", unexpected, 400, "invalid_request"), false, 1).await;
}

#[tokio::test]
async fn credential_requests() {
    for row in PROOF {
        assert_row("plain", *row, false, 1).await;
    }
}

#[tokio::test]
async fn dpop_proofs() {
    for (name, alter) in DPOP {
        let at_token = (*name, Tamper::TokenDpop(*alter), 400, "invalid_dpop_proof");
        assert_row("dpop-required", at_token, false, 1).await;
        let at_credential = (*name, Tamper::CredentialDpop(*alter), 401, "invalid_dpop_proof");
        assert_row("dpop-required", at_credential, false, 1).await;
    }
    for row in BOUND {
        assert_row("dpop-required", *row, false, 1).await;
    }
    let made_up: Alter = |draft| draft.claims["nonce"] = json!("no");
    let row = ("dpop-made-up-nonce", Tamper::TokenDpop(made_up), 400, "use_dpop_nonce");
    assert_row("default", row, false, 1).await;
    let row = ("dpop-made-up-nonce", Tamper::CredentialDpop(made_up), 401, "use_dpop_nonce");
    assert_row("default", row, false, 1).await;
}

#[tokio::test]
async fn batches() {
    let one_bad = Tamper::OneProof(|draft| draft.breaks_signature = true);
    for (name, tamper, keys) in [
        ("batch-over-size", Tamper::Nothing, 11),
        ("batch-duplicate-key", Tamper::SameProofTwice, 3),
        ("batch-one-bad-proof", one_bad, 3),
    ] {
        assert_row("identifiers", (name, tamper, 400, "invalid_proof"), false, keys).await;
    }
}

#[tokio::test]
async fn unknown_members_are_ignored_unless_a_fault_minds_them() {
    let rows: [(&str, &str, Tamper); 5] = [
        (
            "plain",
            "refuses-unknown-parameter",
            Tamper::Form(|form| set_parameter(form, "zzz", "1")),
        ),
        ("plain", "refuses-unknown-member", Tamper::Body(|body| body["zzz"] = json!(1))),
        (
            "plain",
            "refuses-proof-unknown-member",
            Tamper::Proof(|draft| draft.claims["zzz"] = json!(1)),
        ),
        (
            "dpop-required",
            "refuses-dpop-unknown-member",
            Tamper::TokenDpop(|draft| draft.claims["zzz"] = json!(1)),
        ),
        (
            "dpop-required",
            "refuses-dpop-unknown-member",
            Tamper::CredentialDpop(|draft| draft.claims["zzz"] = json!(1)),
        ),
    ];
    for (config, name, tamper) in rows {
        assert_eq!(run(config, None, tamper, false, 1).await.status.as_u16(), 200, "{name}");
        let minded = run(config, Some(name.to_owned()), tamper, false, 1).await;
        assert!(minded.status.is_client_error(), "{name}: {minded:?}");
    }
}
