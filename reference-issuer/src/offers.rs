//! Minting: a code, the offer that carries it, and the link that carries the offer.

use std::sync::Arc;

use axum::body::Bytes;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use thiserror::Error;
use url::form_urlencoded;

use crate::{
    entitlement::Entitlement, faults::Draw, formats::sd_jwt::RESERVED, issuer::Issuer, random,
    settings::Tenant, station::Station, store::Code,
};

/// The grant type, and its key in an offer's `grants`.
pub const PRE_AUTHORIZED_CODE: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

/// Longest transaction code, in characters.
const LONGEST_TX_CODE: usize = 32;
/// Longest `description` of a transaction code, in characters (OpenID4VCI, section 4.1.1).
const LONGEST_DESCRIPTION: usize = 300;
/// Deepest nesting of claims.
const DEEPEST_CLAIM: usize = 8;
/// Letters and digits that are not mistaken for one another.
const TEXT: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// What an offer is to contain.
#[derive(Debug, Clone, Default)]
pub struct OfferRequest {
    /// The configurations offered, at least one.
    pub credential_configuration_ids: Vec<String>,
    /// A JSON object whose members replace the default claims of that name.
    pub claims: Option<Value>,
    /// Ask for a transaction code.
    pub tx_code: Option<TxCodeRequest>,
    /// Who offers it.
    pub tenant: Tenant,
    /// Put a `credential_offer_uri` into the link instead of the offer itself.
    pub by_reference: bool,
}

/// What the `tx_code` of an offer is to say; all of it is optional, as in the offer.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct TxCodeRequest {
    /// Digits or text; digits when missing.
    pub input_mode: Option<InputMode>,
    /// Characters in the code, 1 to 32; six when missing.
    pub length: Option<usize>,
    /// Guidance for the holder, at most 300 characters.
    pub description: Option<String>,
}

/// The characters of a transaction code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InputMode {
    /// Digits only.
    Numeric,
    /// Any characters.
    Text,
}

/// An offer, ready to be shown to a wallet.
#[derive(Debug, Clone)]
pub struct MintedOffer {
    /// Unguessable; the last segment of the reference.
    pub offer_id: String,
    /// The whole deep link, `openid-credential-offer://?…`.
    pub credential_offer_uri: String,
    /// The code in it.
    pub pre_authorized_code: String,
    /// The transaction code, to be handed over by another channel.
    pub tx_code_value: Option<String>,
}

/// Why no offer was minted.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum MintError {
    /// Nothing to offer.
    #[error("expected at least one credential_configuration_id, got none")]
    NothingOffered,
    /// Not a key of `credential_configurations_supported`.
    #[error("unknown credential_configuration_id `{0}`")]
    UnknownConfiguration(String),
    /// The same configuration twice.
    #[error("credential_configuration_id `{0}` is repeated")]
    RepeatedConfiguration(String),
    /// Not an object.
    #[error("expected claims to be an object")]
    ClaimsNotAnObject,
    /// A name that belongs to the credential itself, or nesting beyond the limit.
    #[error(
        "claims may not use the reserved name `{0}`, nor nest more than {DEEPEST_CLAIM} levels"
    )]
    ReservedClaim(String),
    /// There is one tenant only.
    #[error("this server has no second tenant")]
    NoSecondTenant,
    /// A transaction code of an impossible length.
    #[error("expected a tx_code length of 1 to {LONGEST_TX_CODE}, got {0}")]
    TxCodeLength(usize),
    /// A description over the limit.
    #[error("expected a tx_code description of at most {LONGEST_DESCRIPTION} characters, got {0}")]
    TxCodeDescription(usize),
}

/// An offer before it is stored.
#[derive(Debug)]
pub struct Minted {
    /// The Credential Offer.
    pub offer: Map<String, Value>,
    /// The transaction code.
    pub tx_code: Option<String>,
}

impl Minted {
    /// The object of the pre-authorized code grant.
    pub fn grant(&mut self) -> Option<&mut Map<String, Value>> {
        let grants = self.offer.get_mut("grants")?;
        grants.get_mut(PRE_AUTHORIZED_CODE)?.as_object_mut()
    }

    /// The `tx_code` object in it.
    pub fn tx_code(&mut self) -> Option<&mut Map<String, Value>> {
        self.grant()?.get_mut("tx_code")?.as_object_mut()
    }
}

/// A link before it is written.
#[derive(Debug)]
pub struct Link {
    /// The offer by value.
    pub credential_offer: Option<String>,
    /// The offer by reference.
    pub credential_offer_uri: Option<String>,
    /// The offer itself.
    pub offer: String,
    /// Its reference.
    pub reference: String,
}

/// Replaces the claims of what was offered; false where nobody knows the offer.
pub fn change_claims(issuer: &Issuer, offer_id: &str, claims: Value) -> Result<bool, MintError> {
    let claims = overrides(claims)?;
    let Some(entitlement) = issuer.store.entitlement(offer_id) else { return Ok(false) };
    if !issuer.conduct(Station::Offer).policy().keeps_claims {
        entitlement.change_claims(claims);
    }
    Ok(true)
}

/// Ends the eligibility of whoever took an offer; false where nobody knows it.
pub fn end(issuer: &Issuer, offer_id: &str) -> bool {
    issuer.store.entitlement(offer_id).inspect(|own| own.end()).is_some()
}

/// Mints an offer.
pub fn mint(issuer: &Issuer, request: OfferRequest) -> Result<MintedOffer, MintError> {
    let issuer = issuer.of_tenant(request.tenant).ok_or(MintError::NoSecondTenant)?;
    let credentials = places(issuer, &request.credential_configuration_ids)?;
    let claims = request.claims.map(overrides).transpose()?;
    let tx_code = request.tx_code.as_ref().map(draw_tx_code).transpose()?;
    let conduct = issuer.conduct(Station::Offer);
    let (code, offer_id) = (random::long(), conduct.draw(Draw::OfferId));

    let mut grant = json!({"pre-authorized_code": code});
    if let Some(tx_code) = &request.tx_code {
        grant["tx_code"] = announced(tx_code);
    }
    if issuer.settings.lists_another_server {
        grant["authorization_server"] = json!(issuer.layout.authorization_server);
    }
    let mut offer = Map::new();
    let credential_issuer = &issuer.layout.credential_issuer;
    offer.insert("credential_issuer".to_owned(), json!(credential_issuer));
    offer.insert(
        "credential_configuration_ids".to_owned(),
        json!(request.credential_configuration_ids),
    );
    offer.insert("grants".to_owned(), json!({PRE_AUTHORIZED_CODE: grant}));

    let entitlement = Entitlement::new(issuer.tenant, credentials, claims, &offer_id);
    issuer.store.keep_entitlement(&offer_id, Arc::clone(&entitlement));
    let secret = tx_code.as_deref().map(Arc::from);
    issuer.store.keep_code(Code::new(&code, entitlement, secret));

    let mut minted = Minted { offer, tx_code };
    issuer.settings.dialect.say_offer(&mut minted);
    conduct.amend_offer(&mut minted, credential_issuer);
    let offer = Value::Object(minted.offer).to_string();

    let mut link = Link {
        credential_offer: (!request.by_reference).then(|| offer.clone()),
        credential_offer_uri: None,
        reference: format!("{}/{offer_id}", issuer.layout.offers),
        offer,
    };
    link.credential_offer_uri = request.by_reference.then(|| link.reference.clone());
    conduct.amend_link(&mut link);
    if link.credential_offer_uri.is_some() {
        issuer.store.keep_offer(&offer_id, Bytes::from(link.offer.clone()));
    }
    if let Some(callbacks) = &issuer.callbacks {
        callbacks.offer_created(&offer_id);
    }
    Ok(MintedOffer {
        offer_id,
        credential_offer_uri: written(&link),
        pre_authorized_code: code,
        tx_code_value: minted.tx_code,
    })
}

fn places(issuer: &Issuer, ids: &[String]) -> Result<Vec<usize>, MintError> {
    let mut places = Vec::new();
    for id in ids {
        let place =
            issuer.place_of(id).ok_or_else(|| MintError::UnknownConfiguration(id.clone()))?;
        if places.contains(&place) {
            return Err(MintError::RepeatedConfiguration(id.clone()));
        }
        places.push(place);
    }
    if places.is_empty() {
        return Err(MintError::NothingOffered);
    }
    Ok(places)
}

fn overrides(claims: Value) -> Result<Map<String, Value>, MintError> {
    let Value::Object(claims) = claims else {
        return Err(MintError::ClaimsNotAnObject);
    };
    for (name, value) in &claims {
        if RESERVED.contains(&name.as_str()) {
            return Err(MintError::ReservedClaim(name.clone()));
        }
        if let Some(name) = misused_name(value, 1) {
            return Err(MintError::ReservedClaim(name));
        }
    }
    Ok(claims)
}

/// A name inside a claim that would be taken for a digest; the text `…` stands for nesting beyond the limit.
fn misused_name(value: &Value, depth: usize) -> Option<String> {
    match value {
        Value::Object(_) | Value::Array(_) if depth > DEEPEST_CLAIM => Some("…".to_owned()),
        Value::Object(members) => members.iter().find_map(|(name, value)| {
            let is_misused = name == "_sd" || name == "...";
            is_misused.then(|| name.clone()).or_else(|| misused_name(value, depth + 1))
        }),
        Value::Array(elements) => {
            elements.iter().find_map(|element| misused_name(element, depth + 1))
        }
        _ => None,
    }
}

fn draw_tx_code(request: &TxCodeRequest) -> Result<String, MintError> {
    let description = request.description.as_deref().unwrap_or_default();
    let length = description.chars().count();
    if length > LONGEST_DESCRIPTION {
        return Err(MintError::TxCodeDescription(length));
    }
    let length = request.length.unwrap_or(6);
    if !(1..=LONGEST_TX_CODE).contains(&length) {
        return Err(MintError::TxCodeLength(length));
    }
    let alphabet = match request.input_mode {
        Some(InputMode::Text) => TEXT,
        _ => b"0123456789",
    };
    Ok(random::text(alphabet, length))
}

/// The `tx_code` object, saying no more than was asked for.
fn announced(request: &TxCodeRequest) -> Value {
    let mut tx_code = json!({});
    match request.input_mode {
        Some(InputMode::Numeric) => tx_code["input_mode"] = json!("numeric"),
        Some(InputMode::Text) => tx_code["input_mode"] = json!("text"),
        None => {}
    }
    if let Some(length) = request.length {
        tx_code["length"] = json!(length);
    }
    if let Some(description) = &request.description {
        tx_code["description"] = json!(description);
    }
    tx_code
}

fn written(link: &Link) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in [
        ("credential_offer", &link.credential_offer),
        ("credential_offer_uri", &link.credential_offer_uri),
    ] {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    // A form writes a space as `+`; whoever only percent-decodes must not read a plus sign.
    let query = query.finish().replace('+', "%20");
    format!("openid-credential-offer://?{query}")
}
