//! How the wallet shows which client it is: by an attestation of its provider with a proof of
//! possession (attestation-based client authentication 5, 6), or by a JWT of its own (RFC 7523).

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::dpop::fresh_identifier;
use super::draft::{Draft, Proof};
use super::session::{Session, Stop};
use super::{Authentication, ClientKey};
use crate::jose::{JwtDraft, PrivateKey, SignatureAlgorithm};
use crate::protocol::AsMetadata;

/// The `typ` of a client attestation.
const ATTESTATION_TYP: &str = "oauth-client-attestation+jwt";
/// The `typ` of the proof of possession that goes with it.
const POP_TYP: &str = "oauth-client-attestation-pop+jwt";
/// What `client_assertion_type` says (RFC 7523 2.2).
pub const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// The client that is attested where no `client_id` is configured.
pub const DEFAULT_CLIENT: &str = "vcispec";
/// How long an attestation of the client is good, in seconds.
const ATTESTATION_LIFE: i64 = 3600;
/// How long an assertion of the client is good, in seconds.
const ASSERTION_LIFE: i64 = 60;

/// Adds to a request whatever shows which client makes it.
pub fn authenticate(session: &Session, draft: &mut Draft) -> Result<(), Stop> {
    let issuer = session.issuer()?;
    let server = issuer.server();
    if session.settings.anonymous {
        return Ok(());
    }
    match session.identity.method(server) {
        Authentication::None | Authentication::Announced => Ok(()),
        Authentication::Attestation => {
            let client = session.client_id.as_deref().unwrap_or(DEFAULT_CLIENT);
            let signer =
                chosen("attestations of clients", &server.client_attestation_algorithms())?;
            let own = chosen("proofs of clients", &server.client_proof_algorithms())?;
            let key = session.identity.instance_key(own).map_err(Stop::Failed)?;
            draft.client_attestation = Some(attestation(session, client, signer, key)?);
            let audience = audience(session)?;
            let proof = proof_of_possession(session, client, key, audience);
            draft.client_proof = Some(Proof::Open(Box::new(proof)));
            Ok(())
        }
        Authentication::PrivateKeyJwt => {
            let (Some(client), Some(registered)) =
                (session.client_id.as_deref(), registered_key(session, server))
            else {
                let why = "private_key_jwt needs a client_id and a key: [client] id, key";
                return Err(Stop::Refused(why.into()));
            };
            let mut assertion = assertion(client, &registered.key, audience(session)?);
            if let Some(kid) = &registered.kid {
                assertion.header.insert("kid".into(), json!(kid));
            }
            draft.client_assertion = Some(Proof::Open(Box::new(assertion)));
            if let Some(form) = draft.form() {
                form.push(("client_assertion_type".into(), ASSERTION_TYPE.into()));
            }
            Ok(())
        }
    }
}

/// The first algorithm of the wallet's that is listed, or the one that everybody has where none is.
fn chosen(whose: &str, listed: &[&str]) -> Result<SignatureAlgorithm, Stop> {
    if listed.is_empty() {
        return Ok(SignatureAlgorithm::default());
    }
    let known = || SignatureAlgorithm::ALL.map(SignatureAlgorithm::name).join(", ");
    SignatureAlgorithm::first_of(listed).ok_or_else(|| {
        let listed = listed.join(", ");
        Stop::NotApplicable(format!(
            "{whose} are to be signed by {listed}; this wallet has {}",
            known()
        ))
    })
}

/// The key that the client is registered with: for an algorithm that is listed, else whichever there
/// is, for its owner says that the server knows it.
fn registered_key(session: &Session, server: AsMetadata<'_>) -> Option<ClientKey> {
    let listed = server.client_assertion_algorithms();
    let is_listed = |algorithm: &SignatureAlgorithm| listed.contains(&algorithm.name());
    let first = SignatureAlgorithm::ALL.into_iter().filter(is_listed);
    session.identity.client_key(first.chain(SignatureAlgorithm::ALL))
}

/// The issuer identifier of the authorization server.
fn audience(session: &Session) -> Result<String, Stop> {
    let issuer = session.issuer()?;
    let named = issuer.server().issuer().map(str::to_owned);
    named.ok_or_else(|| Stop::Refused("no issuer in the authorization server metadata".into()))
}

fn attestation(
    session: &Session,
    client: &str,
    signer: SignatureAlgorithm,
    key: &PrivateKey,
) -> Result<JwtDraft, Stop> {
    let provider = session.identity.provider().map_err(Stop::Failed)?;
    let now = Timestamp::now().as_second();
    let mut claims = Map::new();
    claims.insert("sub".into(), json!(client));
    claims.insert("iat".into(), json!(now));
    claims.insert("exp".into(), json!(now + ATTESTATION_LIFE));
    claims.insert("wallet_name".into(), json!("vcispec"));
    claims.insert("cnf".into(), json!({ "jwk": key.public_jwk().to_value() }));
    provider.statement(signer, ATTESTATION_TYP, claims).map_err(Stop::Failed)
}

fn proof_of_possession(
    session: &Session,
    client: &str,
    key: &PrivateKey,
    audience: String,
) -> JwtDraft {
    let mut claims = Map::new();
    claims.insert("iss".into(), json!(client));
    claims.insert("aud".into(), json!(audience));
    claims.insert("jti".into(), json!(fresh_identifier()));
    claims.insert("iat".into(), json!(Timestamp::now().as_second()));
    if let Some(challenge) = &session.challenge {
        claims.insert("challenge".into(), Value::String(challenge.clone()));
    }
    JwtDraft::new(POP_TYP, key, claims)
}

fn assertion(client: &str, key: &PrivateKey, audience: String) -> JwtDraft {
    let now = Timestamp::now().as_second();
    let mut claims = Map::new();
    claims.insert("iss".into(), json!(client));
    claims.insert("sub".into(), json!(client));
    claims.insert("aud".into(), json!(audience));
    claims.insert("jti".into(), json!(fresh_identifier()));
    claims.insert("iat".into(), json!(now));
    claims.insert("exp".into(), json!(now + ASSERTION_LIFE));
    JwtDraft::new("JWT", key, claims)
}
