//! How the wallet asks for credentials (OpenID4VCI 8.2).

use serde_json::{Map, json};

use super::ask::{answered, ask, summary};
use super::draft::{Authorization, Content, Draft, Proof};
use super::session::{Session, Stop};
use super::tampers::Tamper;
use super::{dpop, key_proof, nonce};
use crate::jose::{JwtDraft, PrivateKey};
use crate::protocol::{CredentialOffer, IssuerMetadata, TokenResponse};
use crate::scenario::{Configurations, ProofCount};
use crate::transcript::Station;

/// The most proofs that a request carries, whatever is announced.
const MOST_PROOFS: u64 = 100;

/// Requests the configurations that the settings name, one after the other.
pub async fn request(session: &mut Session, tamper: Option<&'static Tamper>) -> Result<(), Stop> {
    for id in configurations(session)? {
        request_one(session, &id, tamper).await?;
    }
    Ok(())
}

async fn request_one(
    session: &mut Session,
    id: &str,
    tamper: Option<&'static Tamper>,
) -> Result<(), Stop> {
    let recorded = attempt(session, id, tamper).await?;
    if tamper.is_some() {
        return Ok(());
    }
    let answer = answered(&recorded)?;
    if answer.status == 400 && summary(answer).ends_with("invalid_nonce") {
        session.recorder.supersede(recorded.number);
        let recorded = attempt(session, id, None).await?;
        return granted(answered(&recorded)?);
    }
    granted(answer)
}

async fn attempt(
    session: &mut Session,
    id: &str,
    tamper: Option<&'static Tamper>,
) -> Result<super::http::Recorded, Stop> {
    let c_nonce = nonce::fetch(session).await?;
    let proofs = proofs(session, id, c_nonce.as_deref())?;
    let build = |session: &Session| draft(session, id, &proofs);
    ask(session, &build, tamper).await
}

fn granted(answer: &crate::transcript::Answer) -> Result<(), Stop> {
    let json = answer.body.json();
    let has_credentials =
        json.is_some_and(|json| json.get("credentials").or(json.get("credential")).is_some());
    if answer.is_success() && has_credentials {
        return Ok(());
    }
    Err(Stop::Refused(format!("no credentials in the credential response: {}", summary(answer))))
}

fn draft(session: &Session, id: &str, proofs: &[JwtDraft]) -> Result<Draft, Stop> {
    let issuer = session.issuer()?;
    let url = issuer.endpoint("credential_endpoint", issuer.credential().credential_endpoint())?;
    let mut request = Map::new();
    match identifier(session, id) {
        Some(identifier) => request.insert("credential_identifier".into(), json!(identifier)),
        None => request.insert("credential_configuration_id".into(), json!(id)),
    };
    let mut draft = Draft::post(Station::Credential, url);
    draft.content = Content::Json(request.into());
    draft.key_proofs = proofs.to_vec();
    if let Some(token) = &session.token {
        let access_token = token.access_token.clone();
        let scheme = if token.is_dpop_bound { "DPoP" } else { "Bearer" };
        if token.is_dpop_bound {
            let proof = dpop::proof(session, Station::Credential, &draft.url, Some(&access_token));
            draft.dpop = Some(Proof::Open(Box::new(proof)));
        }
        draft.authorization = Some(Authorization { scheme, token: access_token });
    }
    Ok(draft)
}

/// The `credential_identifier` to use, where the token response named any (OpenID4VCI 8.2).
fn identifier(session: &Session, id: &str) -> Option<String> {
    let response = &session.token.as_ref()?.response;
    TokenResponse::new(response).credential_identifiers(id).first().map(|name| (*name).to_owned())
}

fn configurations(session: &Session) -> Result<Vec<String>, Stop> {
    let issuer = session.issuer()?;
    let metadata = issuer.credential();
    let offered: Vec<String> = match session.offer_object.as_ref().map(CredentialOffer::new) {
        Some(offer) => {
            offer.credential_configuration_ids().iter().map(|id| (*id).to_owned()).collect()
        }
        None => metadata.configurations().map(|(id, _)| id.to_owned()).collect(),
    };
    let ids = match &session.settings.configurations {
        Configurations::Named(id) => vec![id.clone()],
        Configurations::Every => offered,
        Configurations::First => {
            let provable = offered.iter().find(|id| is_provable(&metadata, id));
            provable.or(offered.first()).cloned().into_iter().collect()
        }
    };
    if ids.is_empty() {
        return Err(Stop::Refused("no credential configuration to ask for".into()));
    }
    Ok(ids)
}

fn is_provable(metadata: &IssuerMetadata<'_>, id: &str) -> bool {
    metadata.configuration(id).is_some_and(|configuration| {
        configuration.is_sd_jwt_vc() && configuration.supports_jwt_proofs()
    })
}

fn proofs(session: &Session, id: &str, c_nonce: Option<&str>) -> Result<Vec<JwtDraft>, Stop> {
    let issuer = session.issuer()?;
    let metadata = issuer.credential();
    let configuration = metadata.configuration(id);
    if configuration.is_some_and(|configuration| !configuration.asks_for_proofs()) {
        return Ok(Vec::new());
    }
    (0..count(session.settings.proofs, metadata.batch_size())?)
        .map(|_| {
            let key = fresh_key(session)?;
            Ok(key_proof::proof(session, issuer, configuration, c_nonce, &key))
        })
        .collect()
}

/// A fresh holder key, written down.
pub fn fresh_key(session: &Session) -> Result<PrivateKey, Stop> {
    let key = PrivateKey::generate().map_err(|error| Stop::Failed(error.to_string()))?;
    session.recorder.holder_key(&session.name, key.public_jwk().to_value());
    Ok(key)
}

fn count(wanted: ProofCount, batch_size: Option<u64>) -> Result<u64, Stop> {
    let not_announced =
        || Stop::NotApplicable("batch_credential_issuance is not advertised".to_owned());
    match wanted {
        ProofCount::One => Ok(1),
        ProofCount::Exactly(count) => Ok(count.clamp(1, MOST_PROOFS)),
        ProofCount::Some => Ok(batch_size.ok_or_else(not_announced)?.min(3)),
        ProofCount::BatchSize => match batch_size.ok_or_else(not_announced)? {
            size if size > MOST_PROOFS => Err(Stop::NotApplicable(format!(
                "batch_size is {size}, more than the {MOST_PROOFS} proofs that are sent at most"
            ))),
            size => Ok(size),
        },
        ProofCount::Ten => match batch_size.ok_or_else(not_announced)? {
            size if size <= 10 => {
                Err(Stop::NotApplicable(format!("batch_size is {size}, not more than ten")))
            }
            _ => Ok(10),
        },
    }
}
