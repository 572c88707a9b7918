//! How the wallet asks for credentials (OpenID4VCI 8.2).

use std::sync::atomic::Ordering;

use super::ask::{answered, ask, error_code, summary};
use super::draft::{Authorization, Content, Draft, Proof};
use super::obstacles::obstacle;
use super::session::{Session, Stop};
use super::tampers::Tampering;
use super::{deferred, dpop, encryption, key_attestation, key_proof, nonce};
use crate::jose::{JwtDraft, PrivateKey, SignatureAlgorithm, Signing};
use crate::protocol::dialect::Speech;
use crate::protocol::former::offered_ids;
use crate::protocol::traits::NonceSource;
use crate::protocol::{
    Configuration, CredentialOffer, CredentialResponse, Feature, IssuerMetadata, TokenResponse,
};
use crate::scenario::{Configurations, KeyAttestationUse, ProofCount, ProofType, WalletSettings};
use crate::transcript::{Answer, Station};

/// The most proofs that a request carries, whatever is announced.
const MOST_PROOFS: u64 = 100;

/// The most identifiers of one configuration that are asked by.
const MOST_IDENTIFIERS: usize = 8;

/// Requests the configurations that the settings name, one after the other.
pub async fn request(session: &mut Session, tamper: Option<Tampering<'_>>) -> Result<(), Stop> {
    for id in configurations(session)? {
        if session.settings.every_encryption && tamper.is_none() {
            request_each(session, &id).await?;
        } else if session.settings.every_identifier && tamper.is_none() {
            request_by_each_identifier(session, &id).await?;
        } else {
            request_one(session, &id, tamper).await?;
        }
    }
    Ok(())
}

/// Requests a configuration in each of the announced ways of encrypting: one that does not work is
/// no reason to stop.
async fn request_each(session: &mut Session, id: &str) -> Result<(), Stop> {
    let count = encryption::count_of_methods(&session.issuer()?.credential());
    let mut ended = Ok(());
    for method in 0..count.max(1) {
        session.encryption_method = method;
        match request_one(session, id, None).await {
            Err(Stop::Refused(why)) => ended = Err(Stop::Refused(why)),
            other => other?,
        }
    }
    session.encryption_method = 0;
    ended
}

/// Requests a configuration by each of the identifiers that were given for it: one that is refused
/// is no reason to stop.
async fn request_by_each_identifier(session: &mut Session, id: &str) -> Result<(), Stop> {
    let response = session.token.as_ref().map(|token| TokenResponse::new(&token.response));
    let count = response.map_or(0, |response| response.credential_identifiers(id).len());
    let mut ended = Ok(());
    for place in 0..count.clamp(1, MOST_IDENTIFIERS) {
        session.identifier = place;
        let requested = request_one(session, id, None).await;
        session.identifier = 0;
        match requested {
            Err(Stop::Refused(why)) => ended = Err(Stop::Refused(why)),
            other => other?,
        }
    }
    ended
}

async fn request_one(
    session: &mut Session,
    id: &str,
    tamper: Option<Tampering<'_>>,
) -> Result<(), Stop> {
    session.asked_for = Some(id.to_owned());
    let mut recorded = attempt(session, id, tamper).await?;
    if tamper.is_some() {
        return Ok(());
    }
    let mut is_renewed = false;
    loop {
        let answer = answered(&recorded)?;
        if !is_renewed && brings_another_nonce(session, answer) {
            is_renewed = true;
        } else if !speaks_otherwise(session, answer) {
            break;
        }
        session.recorder.supersede(recorded.number);
        recorded = attempt(session, id, None).await?;
    }
    let answer = answered(&recorded)?;
    if answer.status == 400 && error_code(answer).as_deref() == Some("invalid_nonce") {
        session.recorder.supersede(recorded.number);
        let recorded = attempt(session, id, None).await?;
        return take(session, answered(&recorded)?).await;
    }
    take(session, answer).await
}

/// Whether a proof was refused and a nonce for another came with that, as until draft 14.
fn brings_another_nonce(session: &Session, answer: &Answer) -> bool {
    error_code(answer).as_deref() == Some("invalid_proof")
        && session.traits().nonce_source == NonceSource::TokenResponse
        && session.c_nonce != session.sent_nonce
}

/// Whether there is another way to say what was refused, and the wallet is now about to try it: what
/// an issuer understands shows only in part beforehand.
fn speaks_otherwise(session: &mut Session, answer: &Answer) -> bool {
    let code = error_code(answer);
    let is_of_its_form = match code.as_deref() {
        Some("invalid_nonce" | "invalid_token" | "use_dpop_nonce" | "invalid_dpop_proof") => false,
        Some("credential_request_denied" | "insufficient_scope") => false,
        _ => matches!(answer.status, 400 | 422 | 500),
    };
    let has_another = session.way + 1 < session.ways().len();
    let tries_another = is_of_its_form && has_another && session.token.is_some();
    if tries_another {
        session.way += 1;
        // What was refused so far may have been refused for its form.
        session.recorder.supersede_tampered(&session.name, Station::Credential);
    }
    tries_another
}

/// Takes what came. Credentials that are put off are fetched, unless the script does that itself;
/// that they do not come is no reason to stop.
async fn take(session: &mut Session, answer: &Answer) -> Result<(), Stop> {
    granted(answer).map_err(|stop| session.advised(stop))?;
    session.known_way.store(session.way, Ordering::Relaxed);
    session.spent_nonce = session.sent_nonce.clone();
    session.was_put_off = false;
    session.notification = None;
    session.transaction = None;
    deferred::note(session, answer);
    if session.was_put_off && session.fetches_deferred {
        return match deferred::fetch(session).await {
            Err(Stop::Refused(_)) => Ok(()),
            fetched => fetched.map(|_| ()),
        };
    }
    Ok(())
}

async fn attempt(
    session: &mut Session,
    id: &str,
    tamper: Option<Tampering<'_>>,
) -> Result<super::http::Recorded, Stop> {
    within_reach(session, id)?;
    let c_nonce = nonce::fetch(session).await?;
    let proofs = Proofs::make(session, id, c_nonce.as_deref())?;
    let last = proofs.jwts.last().map(|proof| &proof.signing);
    if let (None, Some(Signing::Key(key))) = (&tamper, last) {
        session.holder_key = Some(key.clone());
    }
    session.sent_nonce = c_nonce;
    let build = |session: &Session| draft(session, id, &proofs);
    let recorded = ask(session, &build, tamper).await?;
    if session.traits().nonce_source == NonceSource::TokenResponse
        && let Some(told) = recorded.answer().and_then(|answer| answer.said().json())
    {
        session.c_nonce = nonce::given_with(&told).or(session.c_nonce.take());
    }
    Ok(recorded)
}

/// Whether credentials came, or the promise of some.
fn granted(answer: &Answer) -> Result<(), Stop> {
    let json = answer.said().json();
    let is_granted = json.is_some_and(|json| CredentialResponse::new(&json).is_granted());
    if answer.is_success() && is_granted {
        return Ok(());
    }
    Err(Stop::Refused(format!("no credentials in the credential response: {}", summary(answer))))
}

fn draft(session: &Session, id: &str, proofs: &Proofs) -> Result<Draft, Stop> {
    let issuer = session.issuer()?;
    let url = issuer.endpoint("credential_endpoint", issuer.credential().credential_endpoint())?;
    let traits = session.traits();
    let configuration = issuer.credential().configuration(id);
    let request = traits.asked(id, identifier(session, id).as_deref(), configuration);
    let mut draft = Draft::post(Station::Credential, url);
    draft.content = Content::Json(request.into());
    draft.proof_member = traits.proof_member;
    draft.key_proofs = proofs.jwts.clone();
    draft.key_attestations = proofs.attestations.clone();
    authorize(session, &mut draft);
    encryption::apply(session, &mut draft)?;
    Ok(draft)
}

/// Adds the access token, with a DPoP proof where it is bound to a key.
pub fn authorize(session: &Session, draft: &mut Draft) {
    let Some(token) = &session.token else { return };
    let access_token = token.access_token.clone();
    let scheme = if token.is_dpop_bound { "DPoP" } else { "Bearer" };
    if token.is_dpop_bound {
        let proof = dpop::proof(session, draft.station, &draft.url, Some(&access_token));
        draft.dpop = Some(Proof::Open(Box::new(proof)));
    }
    draft.authorization = Some(Authorization { scheme: scheme.into(), token: access_token });
}

/// The `credential_identifier` to use, where the token response named any (OpenID4VCI 8.2).
pub fn identifier(session: &Session, id: &str) -> Option<String> {
    let response = &session.token.as_ref()?.response;
    let identifiers = TokenResponse::new(response).credential_identifiers(id);
    identifiers.get(session.identifier).map(|name| (*name).to_owned())
}

/// The configurations to ask for, of those that the offer names.
pub(super) fn configurations(session: &Session) -> Result<Vec<String>, Stop> {
    let issuer = session.issuer()?;
    let metadata = issuer.credential();
    let named = match (&session.offer.object, session.speech) {
        (None, _) => Vec::new(),
        (Some(offer), Speech::Final) => {
            let named = CredentialOffer::new(offer).credential_configuration_ids();
            named.into_iter().map(str::to_owned).collect()
        }
        (Some(offer), _) => offered_ids(offer, &issuer.metadata),
    };
    // A bare code comes without an offer's list: then it is for what the metadata has.
    let offered: Vec<String> = match named.is_empty() {
        true => metadata.configurations().map(|(id, _)| id.to_owned()).collect(),
        false => named,
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
            let settings = &session.settings;
            let best = offered.iter().min_by_key(|id| reluctance(&metadata, id, settings));
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
    let settings = &session.settings;
    let unspoken = encryption::obstacle(&metadata, settings.encryption);
    match unspoken.or_else(|| obstacle(&metadata, metadata.configuration(id), settings)) {
        Some(why) => Err(Stop::NotApplicable(why)),
        None => Ok(()),
    }
}

/// How much a configuration is in the way of showing something: the least comes first.
fn reluctance(metadata: &IssuerMetadata<'_>, id: &str, settings: &WalletSettings) -> u8 {
    let Some(configuration) = metadata.configuration(id) else { return 3 };
    let is_proved =
        configuration.supports_jwt_proofs() || configuration.supports_attestation_proofs();
    match obstacle(metadata, Some(configuration), settings) {
        Some(_) => 3,
        None if is_proved && configuration.is_sd_jwt_vc() => 0,
        None if is_proved => 1,
        None => 2,
    }
}

/// The proofs of one request.
#[derive(Default)]
struct Proofs {
    jwts: Vec<JwtDraft>,
    attestations: Vec<JwtDraft>,
}

impl Proofs {
    /// As many as the settings want, each by a fresh key, of the type that the wallet uses here.
    fn make(session: &Session, id: &str, c_nonce: Option<&str>) -> Result<Self, Stop> {
        let issuer = session.issuer()?;
        let metadata = issuer.credential();
        let configuration = metadata.configuration(id);
        // Until draft 14 a nonce in the token response asked for a proof, too.
        let is_asked_by_nonce = session.traits().nonce_source == NonceSource::TokenResponse;
        if configuration.is_some_and(|configuration| !configuration.asks_for_proofs())
            && !is_asked_by_nonce
        {
            return Ok(Self::default());
        }
        let settings = &session.settings;
        let count = count(settings.proofs, metadata.batch_size())?;
        if proof_type(configuration, settings) == ProofType::Attestation {
            let further = u64::from(settings.further_attested_keys);
            let keys = fresh_keys(session, count + further)?;
            let attestation =
                key_attestation::attest(session, configuration, "attestation", c_nonce, &keys)?;
            return Ok(Self { jwts: Vec::new(), attestations: vec![attestation] });
        }
        let mut made = Self::default();
        for _ in 0..count {
            let key = fresh_key(session, key_proof::algorithm(settings, configuration))?;
            let proof = key_proof::proof(session, issuer, configuration, c_nonce, &key)
                .map_err(|error| Stop::Failed(error.to_string()))?;
            made.jwts.push(proof);
            if is_attested(configuration, settings) {
                let mut keys = vec![key];
                keys.extend(fresh_keys(session, u64::from(settings.further_attested_keys))?);
                let attestation =
                    key_attestation::attest(session, configuration, "jwt", c_nonce, &keys)?;
                made.attestations.push(attestation);
            }
        }
        Ok(made)
    }
}

/// The type of proof that the wallet sends for a configuration; never
/// [`ProofType::Announced`].
fn proof_type(configuration: Option<Configuration<'_>>, settings: &WalletSettings) -> ProofType {
    match settings.proof_type {
        ProofType::Announced => match configuration {
            Some(it) if !it.supports_jwt_proofs() && it.supports_attestation_proofs() => {
                ProofType::Attestation
            }
            _ => ProofType::Jwt,
        },
        chosen => chosen,
    }
}

/// Whether proofs for a configuration carry an attestation in their header.
fn is_attested(configuration: Option<Configuration<'_>>, settings: &WalletSettings) -> bool {
    match settings.key_attestation {
        KeyAttestationUse::WhereRequired => {
            configuration.is_some_and(|configuration| configuration.requires_key_attestations())
        }
        KeyAttestationUse::Always => true,
        KeyAttestationUse::Never => false,
    }
}

fn fresh_keys(session: &Session, count: u64) -> Result<Vec<PrivateKey>, Stop> {
    (0..count.min(MOST_PROOFS)).map(|_| fresh_key(session, SignatureAlgorithm::Es256)).collect()
}

/// A fresh holder key, written down.
pub fn fresh_key(session: &Session, algorithm: SignatureAlgorithm) -> Result<PrivateKey, Stop> {
    let key =
        PrivateKey::generate_for(algorithm).map_err(|error| Stop::Failed(error.to_string()))?;
    session.recorder.holder_key(&session.name, key.public_jwk().to_value());
    session.recorder.private_key(key.clone());
    Ok(key)
}

fn count(wanted: ProofCount, batch_size: Option<u64>) -> Result<u64, Stop> {
    let not_announced = || Stop::NotApplicable(Feature::Batch.absence().to_owned());
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
