//! The credential endpoint: a token, proofs of possession, and one credential for each proved key.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use crate::{
    answer::Answer,
    authorization::authorize,
    expiring::Key,
    faults::{conduct::Conduct, rules::Rule},
    incoming::Incoming,
    issuer::Issuer,
    key_proof::{self, Proved},
    public_key::PublicKey,
    refusal::{Refusal, Scheme},
    sd_jwt,
    store::Grant,
    strict_json,
};

/// Answers a credential request.
pub fn answer(issuer: &Issuer, conduct: &Conduct, incoming: &Incoming) -> Result<Answer, Refusal> {
    let grant = authorize(issuer, conduct, incoming)?;
    let asked = Asked::read(incoming);
    conduct.require(Rule::BodyReadable, asked.is_some(), || {
        invalid_request("the body is not the JSON of a credential request")
    })?;
    if asked.as_ref().is_some_and(|asked| asked.wants_encryption) {
        let why = "this issuer does not encrypt its answers";
        return Err(Refusal::bad_request("invalid_encryption_parameters", why));
    }
    let (place, keys) = match &asked {
        Some(asked) => {
            (asked.place(issuer, conduct, &grant)?, prove(issuer, conduct, &grant, &asked.proofs)?)
        }
        None => (0, vec![None]),
    };
    let credential = issuer.credentials.get(place).ok_or_else(Refusal::crash)?;
    let claims = grant.entitlement.claims.as_ref();
    let credentials: Vec<Value> = sd_jwt::issue(issuer, conduct, credential, claims, &keys)?
        .into_iter()
        .map(|credential| json!({"credential": credential}))
        .collect();
    Ok(Answer::json(StatusCode::OK, json!({"credentials": credentials})).uncacheable())
}

fn invalid_request(why: &'static str) -> Refusal {
    Refusal::bad_request("invalid_credential_request", why)
}

fn invalid_proof(why: &'static str) -> Refusal {
    Refusal::bad_request("invalid_proof", why)
}

/// A credential request whose members have the right types.
struct Asked {
    identifier: Option<String>,
    configuration: Option<String>,
    proofs: Option<Map<String, Value>>,
    wants_encryption: bool,
}

impl Asked {
    fn read(incoming: &Incoming) -> Option<Self> {
        if !incoming.is_of_type("application/json") {
            return None;
        }
        let mut body = strict_json::read_object(&incoming.body)?;
        Some(Self {
            identifier: text(&mut body, "credential_identifier")?,
            configuration: text(&mut body, "credential_configuration_id")?,
            proofs: match body.remove("proofs") {
                None => None,
                Some(Value::Object(proofs)) => Some(proofs),
                Some(_) => return None,
            },
            wants_encryption: body.contains_key("credential_response_encryption"),
        })
    }

    /// The place of the credential asked for, in exactly one of two ways.
    fn place(&self, issuer: &Issuer, conduct: &Conduct, grant: &Grant) -> Result<usize, Refusal> {
        match (&self.identifier, &self.configuration) {
            (Some(identifier), None) => {
                let mut identifiers = grant.identifiers.iter();
                let found = identifiers.find(|(own, _)| own == identifier);
                let (_, place) = found.ok_or_else(|| {
                    let why = "the access token names no such credential_identifier";
                    Refusal::bad_request("unknown_credential_identifier", why)
                })?;
                Ok(*place)
            }
            (None, Some(configuration)) => {
                let place = issuer.place_of(configuration);
                conduct.require(Rule::ConfigurationKnown, place.is_some(), || {
                    let why = "the metadata have no such credential_configuration_id";
                    Refusal::bad_request("unknown_credential_configuration", why)
                })?;
                let place = place.unwrap_or_default();
                let is_offered = grant.credentials.contains(&place);
                conduct.require(Rule::ConfigurationOffered, is_offered, || {
                    let scheme = match grant.key {
                        Some(_) => Scheme::Dpop,
                        None => Scheme::Bearer,
                    };
                    Refusal::challenge(StatusCode::FORBIDDEN, scheme, "insufficient_scope")
                })?;
                if !grant.identifiers.is_empty() {
                    let why = "the token answer named credential_identifiers, which must be used";
                    return Err(invalid_request(why));
                }
                Ok(place)
            }
            _ => {
                let why = "expected one of credential_identifier and credential_configuration_id";
                Err(invalid_request(why))
            }
        }
    }
}

/// A member that is text if it is there: `None` when it is there and something else.
fn text(body: &mut Map<String, Value>, name: &str) -> Option<Option<String>> {
    match body.remove(name) {
        None => Some(None),
        Some(Value::String(text)) => Some(Some(text)),
        Some(_) => None,
    }
}

/// Checks every proof, uses their nonces up, and answers the keys that credentials will be bound to.
fn prove(
    issuer: &Issuer,
    conduct: &Conduct,
    grant: &Grant,
    proofs: &Option<Map<String, Value>>,
) -> Result<Vec<Option<PublicKey>>, Refusal> {
    conduct
        .require(Rule::ProofPresent, proofs.is_some(), || invalid_proof("proofs are missing"))?;
    let Some(proofs) = proofs else {
        return Ok(vec![None]);
    };
    let proofs = jwt_proofs(proofs)
        .ok_or_else(|| invalid_proof("expected proofs to hold one non-empty array named jwt"))?;
    let limit = issuer.settings.batch_size.unwrap_or(1);
    let is_within = u32::try_from(proofs.len()).is_ok_and(|count| count <= limit);
    conduct.require(Rule::BatchSize, is_within, || {
        invalid_proof("there are more proofs than the batch size")
    })?;
    let proved = check_all(issuer, conduct, grant, &proofs)?;
    let (mut keys, mut nonces) = (Vec::new(), Vec::new());
    for Proved { key, nonce } in proved {
        let is_distinct = !keys.contains(&Some(key.clone()));
        conduct.require(Rule::BatchKeysDistinct, is_distinct, || {
            invalid_proof("two proofs are by the same key")
        })?;
        keys.push(Some(key));
        nonces.extend(nonce.filter(|nonce| !nonces.contains(nonce)));
    }
    use_up(issuer, conduct, &nonces)?;
    Ok(keys)
}

/// The proofs of the one type that is supported.
fn jwt_proofs(proofs: &Map<String, Value>) -> Option<Vec<&str>> {
    let jwt = proofs.get("jwt")?.as_array()?;
    let proofs_of_type: Option<Vec<&str>> = jwt.iter().map(Value::as_str).collect();
    proofs_of_type.filter(|of_type| proofs.len() == 1 && !of_type.is_empty())
}

/// One bad proof spoils them all (OpenID4VCI, section 8.3.1.2).
fn check_all(
    issuer: &Issuer,
    conduct: &Conduct,
    grant: &Grant,
    proofs: &[&str],
) -> Result<Vec<Proved>, Refusal> {
    let mut proved = Vec::new();
    for proof in proofs {
        match key_proof::check(issuer, conduct, grant, proof) {
            Ok(good) => proved.push(good),
            Err(refusal) if proofs.len() == 1 => return Err(refusal),
            Err(refusal) => conduct.require(Rule::BatchAllGood, false, || refusal)?,
        }
    }
    if proved.is_empty() {
        return Err(invalid_proof("no proof is good"));
    }
    Ok(proved)
}

/// A nonce serves all proofs of one request, and no other request.
fn use_up(issuer: &Issuer, conduct: &Conduct, nonces: &[Key]) -> Result<(), Refusal> {
    for nonce in nonces {
        let was_unused = issuer.store.use_nonce(nonce);
        conduct.require(Rule::ProofNonceKnown, was_unused, key_proof::unknown_nonce)?;
    }
    Ok(())
}
