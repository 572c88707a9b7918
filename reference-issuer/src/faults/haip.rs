//! Faults against what the High Assurance Interoperability Profile adds.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::{Fault, Lapse, Rule, Stage};
use crate::{
    answer::Answer,
    clock,
    formats::{
        Context,
        sd_jwt::{Claims, Packed},
    },
    incoming::Incoming,
    jws::Jws,
    refusal::Refusal,
    station::Station,
};

const METADATA: &[Station] = &[Station::IssuerMetadata];
const SERVER: &[Station] = &[Station::AsMetadata];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "haip-formats-of-its-own",
        station: "haip",
        stage: Stage::Wire(METADATA, |answer| {
            each_configuration(answer, |one| one["format"] = json!("example_token"));
        }),
        config: "profiled",
        says: "Every configuration has a format of the issuer's own",
        caught_by: &["haip/issues-a-profiled-format", "credential/is-of-a-judged-format"],
    },
    Fault {
        name: "haip-without-scopes",
        station: "haip",
        stage: Stage::Wire(METADATA, |answer| {
            each_configuration(answer, |one| {
                if let Some(one) = one.as_object_mut() {
                    one.remove("scope");
                }
            });
        }),
        config: "profiled",
        says: "The configurations have no scope",
        caught_by: &["haip/scopes-every-configuration"],
    },
    Fault {
        name: "haip-without-nonce-endpoint",
        station: "haip",
        stage: Stage::Wire(METADATA, |answer| {
            remove(answer, "nonce_endpoint");
        }),
        config: "profiled",
        says: "The nonce endpoint is not published",
        caught_by: &["haip/publishes-a-nonce-endpoint", "proof/needs-no-nonce-without-an-endpoint"],
    },
    Fault {
        name: "haip-one-configuration-without-es256",
        station: "haip",
        stage: Stage::Wire(METADATA, without_es256),
        config: "profiled",
        says: "A further configuration takes no ES256 in proofs",
        caught_by: &["haip/takes-es256"],
    },
    Fault {
        name: "haip-anonymous-access",
        station: "haip",
        stage: Stage::Wire(SERVER, |answer| {
            if let Some(server) = answer.object() {
                let methods = json!(["attest_jwt_client_auth", "none"]);
                server.insert("token_endpoint_auth_methods_supported".to_owned(), methods);
            }
        }),
        config: "profiled",
        says: "The authorization server announces clients that do not authenticate",
        caught_by: &["haip/authenticates-clients"],
    },
    Fault {
        name: "haip-dpop-unannounced",
        station: "haip",
        stage: Stage::Wire(SERVER, |answer| {
            remove(answer, "dpop_signing_alg_values_supported");
        }),
        config: "profiled",
        says: "DPoP is not announced",
        caught_by: &["haip/supports-dpop", "token/survives-wrong-tx-code"],
    },
    Fault {
        name: "haip-without-refresh-token",
        station: "haip",
        stage: Stage::Wire(&[Station::Token], |answer| {
            remove(answer, "refresh_token");
        }),
        config: "profiled",
        says: "Codes are redeemed for an access token alone",
        caught_by: &["haip/issues-refresh-tokens"],
    },
    Fault {
        name: "haip-anchor-in-x5c",
        station: "haip",
        stage: Stage::Packed(bring_the_anchor),
        config: "profiled",
        says: "The trust anchor comes along in the x5c of credentials",
        caught_by: &["haip/carries-the-chain"],
    },
    Fault {
        name: "haip-cnf-by-did",
        station: "haip",
        stage: Stage::Claims(name_the_key),
        config: "profiled",
        says: "The holder's key is named in cnf by a DID",
        caught_by: &["haip/binds-by-a-jwk"],
    },
    Fault {
        name: "haip-for-ever",
        station: "haip",
        stage: Stage::Claims(|claims, _| {
            claims.clear.remove("exp");
            claims.clear.remove("status");
        }),
        config: "profiled",
        says: "Credentials neither expire nor have a status",
        caught_by: &[
            "haip/limits-validity",
            "eaa-de/attaches-a-status",
            "eaa-de/states-its-validity",
        ],
    },
    Fault {
        name: "accepts-dpop-far-ahead",
        station: "haip",
        stage: Stage::Rule(Rule::DpopIatNotAhead, Lapse::Accepts),
        config: "profiled",
        says: "A DPoP proof dated a minute and a half ahead is accepted",
        caught_by: &["haip/refuses-proofs-from-the-future"],
    },
    Fault {
        name: "crashes-on-dpop-far-ahead",
        station: "haip",
        stage: Stage::Rule(Rule::DpopIatNotAhead, Lapse::Crashes),
        config: "profiled",
        says: "A DPoP proof dated a minute and a half ahead is answered with status 500",
        caught_by: &["haip/refuses-proofs-from-the-future", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-client-proof-far-ahead",
        station: "haip",
        stage: Stage::Rule(Rule::ClientProofNotAhead, Lapse::Accepts),
        config: "profiled",
        says: "A client's proof dated a minute and a half ahead is accepted",
        caught_by: &["haip/refuses-client-proofs-from-the-future"],
    },
    Fault {
        name: "crashes-on-client-proof-far-ahead",
        station: "haip",
        stage: Stage::Rule(Rule::ClientProofNotAhead, Lapse::Crashes),
        config: "profiled",
        says: "A client's proof dated a minute and a half ahead is answered with status 500",
        caught_by: &["haip/refuses-client-proofs-from-the-future", "http/never-answers-5xx"],
    },
    Fault {
        name: "haip-refuses-fast-clocks",
        station: "haip",
        stage: Stage::Request(&[Station::Token], refuse_from_the_future),
        config: "profiled",
        says: "A DPoP proof that is dated by more than two seconds ahead is refused",
        caught_by: &["haip/tolerates-fast-clocks"],
    },
];

fn refuse_from_the_future(incoming: &Incoming) -> Option<Refusal> {
    let proof = Jws::read(incoming.header("dpop").next()?)?;
    // Further ahead is another rule's affair.
    let soon = clock::now() + 3;
    proof
        .claim_is_within("iat", soon, soon + 20)
        .then(|| Refusal::bad_request("invalid_dpop_proof", "iat is in the future"))
}

fn remove(answer: &mut Answer, name: &str) {
    if let Some(object) = answer.object() {
        object.remove(name);
    }
}

fn each_configuration(answer: &mut Answer, alter: impl Fn(&mut Value)) {
    let Some(metadata) = answer.object() else { return };
    let all = metadata.get_mut("credential_configurations_supported");
    for (_, one) in all.and_then(Value::as_object_mut).into_iter().flatten() {
        alter(one);
    }
}

/// A configuration that nobody offers, so that nothing else breaks.
fn without_es256(answer: &mut Answer) {
    let Some(metadata) = answer.object() else { return };
    let all = metadata.get_mut("credential_configurations_supported");
    let Some(all) = all.and_then(Value::as_object_mut) else { return };
    let Some(mut another) = all.values().next().cloned() else { return };
    another["proof_types_supported"]["jwt"]["proof_signing_alg_values_supported"] =
        json!(["ES384"]);
    all.insert("another".to_owned(), another);
}

fn bring_the_anchor(packed: &mut Packed, context: &Context) {
    let Some(signer) = context.issuer.signers.first() else { return };
    let anchor: String =
        signer.trust_anchor().lines().filter(|line| !line.starts_with("-----")).collect();
    if let Some(chain) = packed.header(context).get_mut("x5c").and_then(Value::as_array_mut) {
        chain.push(json!(anchor));
    }
}

fn name_the_key(claims: &mut Claims, _: &Context) {
    if let Some(cnf) = claims.clear.get_mut("cnf") {
        let jwk = URL_SAFE_NO_PAD.encode(cnf["jwk"].to_string());
        *cnf = json!({"kid": format!("did:jwk:{jwk}#0")});
    }
}
