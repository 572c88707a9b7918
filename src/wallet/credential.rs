//! How the wallet asks for credentials (OpenID4VCI 8.2).

use serde_json::{Map, json};

use super::ask::{answered, ask, error_code, summary};
use super::draft::{Authorization, Content, Draft, Proof};
use super::obstacles::obstacle;
use super::session::{Session, Stop};
use super::tampers::Tampering;
use super::{dpop, key_proof, nonce};
use crate::jose::{JwtDraft, PrivateKey, Signing};
use crate::protocol::{CredentialOffer, IssuerMetadata, TokenResponse};
use crate::scenario::{BindingMethod, Configurations, ProofCount};
use crate::transcript::Station;

/// The most proofs that a request carries, whatever is announced.
const MOST_PROOFS: u64 = 100;

/// Requests the configurations that the settings name, one after the other.
pub async fn request(session: &mut Session, tamper: Option<Tampering<'_>>) -> Result<(), Stop> {
    for id in configurations(session)? {
        request_one(session, &id, tamper).await?;
    }
    Ok(())
}

async fn request_one(
    session: &mut Session,
    id: &str,
    tamper: Option<Tampering<'_>>,
) -> Result<(), Stop> {
    let recorded = attempt(session, id, tamper).await?;
    if tamper.is_some() {
        return Ok(());
    }
    let answer = answered(&recorded)?;
    if answer.status == 400 && error_code(answer).as_deref() == Some("invalid_nonce") {
        session.recorder.supersede(recorded.number);
        let recorded = attempt(session, id, None).await?;
        granted(answered(&recorded)?)?;
    } else {
        granted(answer)?;
    }
    session.spent_nonce = session.c_nonce.clone();
    Ok(())
}

async fn attempt(
    session: &mut Session,
    id: &str,
    tamper: Option<Tampering<'_>>,
) -> Result<super::http::Recorded, Stop> {
    within_reach(session, id)?;
    let c_nonce = nonce::fetch(session).await?;
    let proofs = proofs(session, id, c_nonce.as_deref())?;
    if let (None, Some(Signing::Key(key))) = (&tamper, proofs.last().map(|proof| &proof.signing)) {
        session.holder_key = Some(key.clone());
    }
    let build = |session: &Session| draft(session, id, &proofs);
    ask(session, &build, tamper).await
}

/// Whether credentials came, or the promise of some: those are not fetched, and no reason to stop.
fn granted(answer: &crate::transcript::Answer) -> Result<(), Stop> {
    let json = answer.body.json();
    let given = ["credentials", "credential", "transaction_id"];
    let is_given = json.is_some_and(|json| given.iter().any(|name| json.get(name).is_some()));
    if answer.is_success() && is_given {
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
        draft.authorization = Some(Authorization { scheme: scheme.into(), token: access_token });
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
    let named = session.offer_object.as_ref().map(CredentialOffer::new);
    let named = named.map(|offer| offer.credential_configuration_ids()).unwrap_or_default();
    // A bare code comes without an offer's list: then it is for what the metadata has.
    let offered: Vec<String> = match named.is_empty() {
        true => metadata.configurations().map(|(id, _)| id.to_owned()).collect(),
        false => named.into_iter().map(str::to_owned).collect(),
    };
    let format = session.settings.format.as_deref();
    let is_wanted = |id: &String| {
        let configuration = metadata.configuration(id);
        format.is_none_or(|format| configuration.and_then(|it| it.format()) == Some(format))
    };
    let offered: Vec<String> = offered.into_iter().filter(is_wanted).collect();
    let ids = match &session.settings.configurations {
        Configurations::Named(id) => vec![id.clone()],
        Configurations::Every => offered,
        Configurations::First => {
            let binding = session.settings.binding;
            let best = offered.iter().min_by_key(|id| reluctance(&metadata, id, binding));
            best.cloned().into_iter().collect()
        }
    };
    if ids.is_empty() {
        return Err(Stop::Refused("no credential configuration to ask for".into()));
    }
    Ok(ids)
}

/// Stops where the wallet cannot ask for that configuration.
fn within_reach(session: &Session, id: &str) -> Result<(), Stop> {
    let metadata = session.issuer()?.credential();
    let binding = session.settings.binding;
    match obstacle(&metadata, metadata.configuration(id), binding) {
        Some(why) => Err(Stop::NotApplicable(why)),
        None => Ok(()),
    }
}

/// How much a configuration is in the way of showing something: the least comes first.
fn reluctance(metadata: &IssuerMetadata<'_>, id: &str, binding: BindingMethod) -> u8 {
    let Some(configuration) = metadata.configuration(id) else { return 3 };
    let is_proved = configuration.supports_jwt_proofs();
    match obstacle(metadata, Some(configuration), binding) {
        Some(_) => 3,
        None if is_proved && configuration.is_sd_jwt_vc() => 0,
        None if is_proved => 1,
        None => 2,
    }
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
            key_proof::proof(session, issuer, configuration, c_nonce, &key)
                .map_err(|error| Stop::Failed(error.to_string()))
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
