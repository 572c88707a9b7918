//! How the wallet takes an offer: reads what it was handed, fetches what it refers to, and
//! discovers the issuer it names.

use std::sync::Arc;

use serde_json::Value;
use url::Url;

use super::ask::{answered, ask, follow, summary};
use super::draft::Draft;
use super::session::{Issuer, OfferAtHand, Renewal, Session, Stop};
use super::tampers::Tampering;
use super::{as_metadata, issuer_metadata};
use crate::protocol::dialect::Speech;
use crate::protocol::former::modernised;
use crate::protocol::{CredentialOffer, GivenOffer};
use crate::scenario::Need;
use crate::transcript::{OfferForm, OfferRecord, Station};

/// Why an offer is not redeemed that cannot be, and for which there is no other.
pub const LACKS_TX_CODE: &str = "the offer needs a transaction code, and none came with it: add \
     --tx-code, or tx_code under [[offers]]. Nothing was spent";

/// An offer as a source handed it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOffer {
    /// The name of the source.
    pub source: String,
    /// A link, JSON or a URL.
    pub given: String,
    /// The Transaction Code that came out of band.
    pub tx_code: Option<String>,
    /// What the source calls it.
    pub id: Option<String>,
    /// Whether it was given beforehand and not minted: its code is not spent where it is known that
    /// no token will come of it.
    pub is_irreplaceable: bool,
}

/// Takes an offer and makes it the one at hand.
pub async fn take(session: &mut Session, handed: HandedOffer) -> Result<(), Stop> {
    let HandedOffer { source, given, tx_code, id, is_irreplaceable } = handed;
    let read = GivenOffer::read(&given);
    let form = match &read {
        Ok(GivenOffer::Value(_)) if given.trim_start().starts_with('{') => OfferForm::Json,
        Ok(GivenOffer::Value(_)) => OfferForm::ByValue,
        Ok(GivenOffer::Reference(_)) => OfferForm::ByReference,
        Err(_) => OfferForm::Unreadable,
    };
    let record = OfferRecord { source, given, form, object: None, tx_code: tx_code.clone() };
    let index = session.recorder.offer(record);
    session.offer = OfferAtHand { index: Some(index), tx_code, id, ..OfferAtHand::default() };
    session.token = None;
    session.renewal = Renewal::default();
    let object = match read.map_err(|error| Stop::Refused(error.to_string()))? {
        GivenOffer::Value(object) => object,
        GivenOffer::Reference(reference) => fetch(session, &reference).await?,
    };
    session.recorder.offer_object(index, object.clone());
    let wants_a_code = CredentialOffer::new(&object).wants_a_code_in(session.speech);
    if is_irreplaceable && wants_a_code && session.offer.tx_code.is_none() {
        return Err(Stop::Failed(LACKS_TX_CODE.to_owned()));
    }
    session.offer.object = Some(object);
    Ok(())
}

/// Why the offer at hand is not one that a scenario can be run with: nobody knows what an offer is
/// like that its source does not describe.
pub fn unlike(session: &Session, needs: &[Need]) -> Option<&'static str> {
    let lens = CredentialOffer::new(session.offer.object.as_ref()?);
    let asks_for_a_code = session.offer.tx_code.is_some() || lens.wants_a_code_in(session.speech);
    let is_unlike = |need: &Need| match need {
        Need::ByReference if session.offer.reference.is_none() => Some(
            "the offer came by value, and one by reference is needed: add an offer source with gives = { by_reference = true }",
        ),
        Need::TxCode if !asks_for_a_code => Some(
            "the offer asks for no transaction code, and one that does is needed: add an offer source with gives = { tx_code = true }",
        ),
        _ => None,
    };
    needs.iter().find_map(is_unlike)
}

/// Fetches the offer at hand once more, with something wrong. Nothing of the answer is used.
pub async fn tampered(session: &mut Session, tamper: Tampering<'_>) -> Result<(), Stop> {
    let build = |session: &Session| {
        let reference = session.offer.reference.clone();
        let url = reference
            .ok_or_else(|| Stop::NotApplicable("the offer did not come by reference".into()))?;
        Ok(Draft { method: "GET".into(), ..Draft::post(Station::Offer, url) })
    };
    ask(session, &build, Some(tamper)).await.map(|_| ())
}

/// Discovers the issuer that the offer at hand names, or the one given.
pub async fn discover(session: &mut Session, given: Option<&str>) -> Result<(), Stop> {
    let (identifier, named) = {
        let offer = session.offer.object.as_ref().map(CredentialOffer::new);
        let identifier = offer.and_then(|offer| offer.credential_issuer()).or(given);
        let named = offer.and_then(|offer| offer.authorization_server());
        (identifier.map(str::to_owned), named.map(str::to_owned))
    };
    let identifier =
        identifier.ok_or_else(|| Stop::Refused("no credential_issuer in the offer".into()))?;
    if let Some(given) = given.filter(|given| !same_origin(given, &identifier)) {
        return Err(Stop::Failed(format!(
            "this run is about {given}, the offer is from {identifier}"
        )));
    }
    let known = session.issuer.clone().filter(|issuer| issuer.identifier == identifier);
    let is_named = |issuer: &Arc<Issuer>| {
        named.as_deref().is_none_or(|named| issuer.server().issuer() == Some(named))
    };
    if known.as_ref().is_some_and(is_named) {
        return Ok(());
    }
    let (metadata, is_appended) = match known {
        Some(issuer) => (issuer.metadata.clone(), issuer.is_appended),
        None => {
            let (metadata, is_appended) = issuer_metadata::read(session, &identifier).await?;
            let metadata = match session.speech {
                Speech::Final => metadata,
                Speech::Auto | Speech::Named(_) => modernised(&metadata),
            };
            (metadata, is_appended)
        }
    };
    let as_metadata = as_metadata::read(session, &identifier, &metadata, named.as_deref()).await?;
    session.issuer = Some(Arc::new(Issuer { identifier, metadata, as_metadata, is_appended }));
    Ok(())
}

/// Whether two identifiers are at home at the same host and port. What else may differ between
/// them is judged, not decided here.
fn same_origin(one: &str, other: &str) -> bool {
    match (Url::parse(one), Url::parse(other)) {
        (Ok(one), Ok(other)) => one.origin() == other.origin(),
        _ => true,
    }
}

async fn fetch(session: &mut Session, reference: &str) -> Result<Value, Stop> {
    let url = Url::parse(reference).map_err(|error| {
        Stop::Refused(format!("expected a URL in credential_offer_uri: {error}"))
    })?;
    session.offer.reference = Some(url.clone());
    let recorded = follow(session, Station::Offer, url).await?;
    let answer = answered(&recorded)?;
    answer.body.json().filter(|_| answer.is_success()).ok_or_else(|| {
        Stop::Refused(format!(
            "expected a credential offer as JSON at credential_offer_uri, found status {}",
            summary(answer)
        ))
    })
}
