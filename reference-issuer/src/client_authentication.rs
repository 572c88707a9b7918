//! Which client asks, where clients must show it: by an attestation of a trusted provider with a
//! proof of possession (attestation-based client authentication, sections 5, 6 and 9), or by a JWT
//! signed with a registered key (RFC 7523).

use serde_json::{Map, Value, json};

use crate::{
    algorithm::{self, lists},
    clock,
    faults::{conduct::Conduct, rules::Rule},
    incoming::Incoming,
    issuer::Issuer,
    jws::Jws,
    layout::Layout,
    public_key::{PublicKey, Thumbprint},
    random,
    refusal::Refusal,
    self_contained::Realm,
    settings::{ClientAuthentication, Settings},
};

/// How much older or younger than now a proof or an assertion may be, in seconds.
const AGE: (u64, u64) = (300, 60);
/// How old an attestation may be, in seconds: twelve hours.
const ATTESTATION_AGE: u64 = 12 * 3600;
/// What `client_assertion_type` must say (RFC 7523, section 2.2).
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Adds to the metadata how clients authenticate.
pub fn announce(settings: &Settings, layout: &Layout, metadata: &mut Value) {
    match settings.client_authentication {
        ClientAuthentication::None => {}
        ClientAuthentication::Attestation => {
            metadata["token_endpoint_auth_methods_supported"] = json!(["attest_jwt_client_auth"]);
            metadata["client_attestation_signing_alg_values_supported"] =
                json!(algorithm::names(settings.provider_algorithms));
            metadata["client_attestation_pop_signing_alg_values_supported"] =
                json!(algorithm::names(settings.client_algorithms));
            if settings.challenges {
                metadata["challenge_endpoint"] = json!(layout.challenge_endpoint);
            }
        }
        ClientAuthentication::PrivateKeyJwt => {
            metadata["token_endpoint_auth_methods_supported"] = json!(["private_key_jwt"]);
            metadata["token_endpoint_auth_signing_alg_values_supported"] =
                json!(algorithm::names(settings.client_algorithms));
        }
    }
}

/// Who asks, as far as it was shown.
#[derive(Debug, Default)]
pub struct Client {
    /// Its id.
    pub id: Option<String>,
    /// The key of the installation that asks, where its provider attests one.
    pub instance: Option<Thumbprint>,
}

/// Checks which client makes a request; nobody where none has to show it.
pub fn authenticate(
    issuer: &Issuer,
    conduct: &Conduct,
    incoming: &Incoming,
) -> Result<Client, Refusal> {
    match issuer.settings.client_authentication {
        ClientAuthentication::None => Ok(Client::default()),
        ClientAuthentication::Attestation => attested(issuer, conduct, incoming),
        ClientAuthentication::PrivateKeyJwt => {
            asserted(issuer, conduct, incoming).map(|id| Client { id, instance: None })
        }
    }
}

/// Whether clients are challenged.
pub fn challenges(settings: &Settings) -> bool {
    settings.client_authentication == ClientAuthentication::Attestation && settings.challenges
}

/// A fresh challenge.
pub fn fresh_challenge(issuer: &Issuer) -> String {
    if issuer.settings.stateless {
        return issuer.self_contained.fresh(Realm::Client);
    }
    let challenge = random::long();
    issuer.store.keep_challenge(&challenge);
    challenge
}

fn invalid(why: &'static str) -> Refusal {
    Refusal::bad_request("invalid_client", why)
}

fn parameter(incoming: &Incoming, name: &str) -> Option<String> {
    let form = incoming.form();
    form.into_iter().find(|(own, _)| own == name).map(|(_, value)| value.into_owned())
}

fn attested(issuer: &Issuer, conduct: &Conduct, incoming: &Incoming) -> Result<Client, Refusal> {
    let attestations: Vec<&str> = incoming.header("oauth-client-attestation").collect();
    let proofs: Vec<&str> = incoming.header("oauth-client-attestation-pop").collect();
    let is_there = !attestations.is_empty();
    conduct.require(Rule::ClientAttestationPresent, is_there, || {
        invalid("the client is not attested")
    })?;
    let Some(attestation) = attestations.first() else {
        return Ok(Client { id: parameter(incoming, "client_id"), instance: None });
    };
    let is_single = attestations.len() == 1 && proofs.len() < 2;
    conduct.require(Rule::ClientAttestationSingle, is_single, || {
        invalid("there is more than one client attestation")
    })?;
    let unreadable = || invalid("the client attestation is not a compact JWS of JSON objects");
    let attestation = Jws::read(attestation).ok_or_else(unreadable)?;
    check_attester(issuer, conduct, &attestation)?;
    let key = check_attestation(conduct, &attestation)?;
    let client = attestation.claim_text("sub").map(str::to_owned);
    conduct.require(Rule::ClientProofPresent, !proofs.is_empty(), || {
        invalid("the client attestation comes without its proof")
    })?;
    if let Some(proof) = proofs.first() {
        let unreadable = || invalid("the proof of the client is not a compact JWS of JSON objects");
        let proof = Jws::read(proof).ok_or_else(unreadable)?;
        check_proof(issuer, conduct, &proof, key.as_ref(), client.as_deref())?;
    }
    let named = parameter(incoming, "client_id");
    let is_same = named.is_none() || client.is_none() || named == client;
    conduct.require(Rule::ClientIdAttested, is_same, || {
        invalid("client_id is not the client that is attested")
    })?;
    let instance = key.as_ref().map(PublicKey::thumbprint);
    if let (Some(client), Some(instance)) = (&client, instance)
        && conduct.policy().knows_one_instance_of_each_client
        && !issuer.store.is_first_instance(client, instance)
    {
        return Err(invalid("the client is registered with another key"));
    }
    Ok(Client { id: client.or(named), instance })
}

/// typ, alg, and whose signature the attestation has.
fn check_attester(issuer: &Issuer, conduct: &Conduct, attestation: &Jws) -> Result<(), Refusal> {
    let typ = attestation.header_text("typ");
    conduct.require(
        Rule::ClientAttestationTyp,
        typ == Some("oauth-client-attestation+jwt"),
        || invalid("typ of the client attestation is not oauth-client-attestation+jwt"),
    )?;
    let alg = attestation.header_text("alg").unwrap_or_default();
    conduct.require(Rule::ClientAttestationAlg, alg != "none", || {
        invalid("alg of the client attestation is none")
    })?;
    let is_listed = alg == "none" || lists(issuer.settings.provider_algorithms, alg);
    conduct.require(Rule::ClientAttestationAlgListed, is_listed, || {
        invalid("alg of the client attestation is not supported")
    })?;
    let x5c = attestation.header.get("x5c");
    let attester = x5c.and_then(|x5c| issuer.attesters.read(x5c));
    let attester = attester.ok_or_else(|| invalid("the client attestation has no readable x5c"))?;
    conduct.require(Rule::ClientAttestationTrusted, attester.is_trusted, || {
        invalid("the client attestation is not by a trusted wallet provider")
    })?;
    // An algorithm that only a lapse let through has no signature to verify.
    let is_signed = alg == "none" || attestation.is_signed_by(&attester.key);
    conduct.require(Rule::ClientAttestationSignature, is_signed, || {
        invalid("the signature of the client attestation does not verify")
    })
}

/// sub, exp, iat and cnf; answers the key that the client must prove, `None` only where a lapse
/// waived it.
fn check_attestation(conduct: &Conduct, attestation: &Jws) -> Result<Option<PublicKey>, Refusal> {
    let has_subject = attestation.claim_text("sub").is_some();
    conduct.require(Rule::ClientAttestationSub, has_subject, || {
        invalid("the client attestation has no sub")
    })?;
    let has_expiry = attestation.payload.contains_key("exp");
    conduct.require(Rule::ClientAttestationExpPresent, has_expiry, || {
        invalid("the client attestation has no exp")
    })?;
    let now = clock::now();
    let is_live = !has_expiry || attestation.claim_is_within("exp", now, u64::MAX);
    conduct.require(Rule::ClientAttestationUnexpired, is_live, || {
        invalid("the client attestation has expired")
    })?;
    let is_fresh = !is_live
        || !attestation.payload.contains_key("iat")
        || attestation.claim_is_within("iat", now.saturating_sub(ATTESTATION_AGE), u64::MAX);
    conduct.require(Rule::ClientAttestationFresh, is_fresh, || {
        Refusal::bad_request("use_fresh_attestation", "the client attestation is too old")
    })?;
    let jwk = attestation.payload.get("cnf").and_then(|cnf| cnf.get("jwk"));
    let jwk: Option<&Map<String, Value>> = jwk.and_then(Value::as_object);
    conduct.require(Rule::ClientAttestationCnf, jwk.is_some(), || {
        invalid("the client attestation has no cnf with a jwk")
    })?;
    let is_public = jwk.is_none_or(|jwk| !jwk.contains_key("d") && !jwk.contains_key("k"));
    conduct.require(Rule::ClientAttestationKeyPublic, is_public, || {
        invalid("the client attestation shows a private key")
    })?;
    let unusable = || invalid("cnf of the client attestation is no key on a known curve");
    jwk.map(|jwk| PublicKey::from_jwk(jwk).ok_or_else(unusable)).transpose()
}

fn check_proof(
    issuer: &Issuer,
    conduct: &Conduct,
    proof: &Jws,
    key: Option<&PublicKey>,
    client: Option<&str>,
) -> Result<(), Refusal> {
    let typ = proof.header_text("typ");
    let is_typed = typ == Some("oauth-client-attestation-pop+jwt");
    conduct.require(Rule::ClientProofTyp, is_typed, || {
        invalid("typ of the client's proof is not oauth-client-attestation-pop+jwt")
    })?;
    let alg = proof.header_text("alg").unwrap_or_default();
    conduct.require(Rule::ClientProofAlg, alg != "none", || {
        invalid("alg of the client's proof is none")
    })?;
    let is_listed = alg == "none" || lists(issuer.settings.client_algorithms, alg);
    conduct.require(Rule::ClientProofAlgListed, is_listed, || {
        invalid("alg of the client's proof is not supported")
    })?;
    let is_signed = alg == "none" || key.is_none_or(|key| proof.is_signed_by(key));
    conduct.require(Rule::ClientProofSignature, is_signed, || {
        invalid("the client's proof is not signed by the key that is attested")
    })?;
    let is_ours = proof.claim_text("aud") == Some(issuer.layout.authorization_server.as_str());
    conduct.require(Rule::ClientProofAud, is_ours, || {
        invalid("aud of the client's proof is not this authorization server")
    })?;
    let is_its_own = client.is_none() || proof.claim_text("iss") == client;
    conduct.require(Rule::ClientProofIss, is_its_own, || {
        invalid("iss of the client's proof is not the client that is attested")
    })?;
    let (now, (past, future)) = (clock::now(), AGE);
    let is_dated = proof.payload.contains_key("iat");
    conduct.require(Rule::ClientProofIatPresent, is_dated, || {
        invalid("the client's proof has no iat")
    })?;
    let is_recent =
        !is_dated || proof.claim_is_within("iat", now.saturating_sub(past), now + future);
    let is_ahead = proof.claim_is_within("iat", now + future + 1, u64::MAX);
    let rule = if is_ahead { Rule::ClientProofNotAhead } else { Rule::ClientProofFresh };
    conduct.require(rule, is_recent, || invalid("iat of the client's proof is not recent"))?;
    let jti = proof.claim_text("jti").unwrap_or_default();
    conduct.require(Rule::ClientProofJti, !jti.is_empty(), || {
        invalid("the client's proof has no jti")
    })?;
    let is_new = jti.is_empty() || issuer.is_new_proof(&format!("client {jti}"));
    conduct.require(Rule::ClientProofUnreplayed, is_new, || {
        invalid("the client's proof was used before")
    })?;
    check_challenge(issuer, conduct, proof)
}

/// A challenge is good for as long as it lives, and a proof only once.
fn check_challenge(issuer: &Issuer, conduct: &Conduct, proof: &Jws) -> Result<(), Refusal> {
    let wanted = || {
        let why = "the client's proof needs a challenge of this server";
        Refusal::bad_request("use_attestation_challenge", why)
    };
    if !issuer.settings.challenges {
        return Ok(());
    }
    let challenge = proof.claim_text("challenge");
    conduct.require(Rule::ClientChallengePresent, challenge.is_some(), wanted)?;
    let is_known = challenge.is_none_or(|challenge| {
        issuer.self_contained.knows(challenge, Realm::Client)
            || issuer.store.knows_challenge(challenge)
    });
    conduct.require(Rule::ClientChallengeKnown, is_known, wanted)
}

fn asserted(
    issuer: &Issuer,
    conduct: &Conduct,
    incoming: &Incoming,
) -> Result<Option<String>, Refusal> {
    let named = parameter(incoming, "client_id");
    let assertion = parameter(incoming, "client_assertion");
    conduct.require(Rule::AssertionPresent, assertion.is_some(), || {
        invalid("the client does not authenticate")
    })?;
    let Some(assertion) = assertion else { return Ok(named) };
    let says = parameter(incoming, "client_assertion_type");
    conduct.require(Rule::AssertionType, says.as_deref() == Some(ASSERTION_TYPE), || {
        invalid("client_assertion_type is not that of a JWT")
    })?;
    let unreadable = || invalid("the assertion is not a compact JWS of JSON objects");
    let assertion = Jws::read(&assertion).ok_or_else(unreadable)?;
    let alg = assertion.header_text("alg").unwrap_or_default();
    conduct
        .require(Rule::AssertionAlg, alg != "none", || invalid("alg of the assertion is none"))?;
    let is_listed = alg == "none" || lists(issuer.settings.client_algorithms, alg);
    conduct.require(Rule::AssertionAlgListed, is_listed, || {
        invalid("alg of the assertion is not supported")
    })?;
    let client = assertion.claim_text("iss").unwrap_or_default();
    let is_its_own = assertion.claim_text("sub") == Some(client)
        && named.as_deref().is_none_or(|named| named == client);
    conduct.require(Rule::AssertionSubject, is_its_own, || {
        invalid("the assertion speaks for another client")
    })?;
    let registered = issuer.settings.clients.iter().find(|one| one.id == client);
    let keys = registered.into_iter().flat_map(|one| &one.keys);
    let keys: Vec<PublicKey> =
        keys.filter_map(|jwk| PublicKey::from_jwk(jwk.as_object()?)).collect();
    if keys.is_empty() {
        return Err(invalid("the client is not registered with a key"));
    }
    let is_signed = alg == "none" || keys.iter().any(|key| assertion.is_signed_by(key));
    conduct.require(Rule::AssertionSignature, is_signed, || {
        invalid("the signature of the assertion does not verify")
    })?;
    let aud = assertion.claim_text("aud").unwrap_or_default();
    let is_ours = [&issuer.layout.authorization_server, &issuer.layout.token_endpoint]
        .iter()
        .any(|own| *own == aud);
    conduct.require(Rule::AssertionAud, is_ours, || {
        invalid("aud of the assertion is not this authorization server")
    })?;
    let has_expiry = assertion.payload.contains_key("exp");
    conduct
        .require(Rule::AssertionExpPresent, has_expiry, || invalid("the assertion has no exp"))?;
    let is_live = !has_expiry || assertion.claim_is_within("exp", clock::now(), u64::MAX);
    conduct.require(Rule::AssertionUnexpired, is_live, || invalid("the assertion has expired"))?;
    let jti = assertion.claim_text("jti").unwrap_or_default();
    let is_new = jti.is_empty() || issuer.is_new_proof(&format!("assertion {client} {jti}"));
    conduct
        .require(Rule::AssertionUnreplayed, is_new, || invalid("the assertion was used before"))?;
    Ok(Some(client.to_owned()))
}
