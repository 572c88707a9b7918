//! Offers taken on trial, two from each source that mints: one shows that it gives any, two that
//! they are fresh. What was given beforehand is looked at and left where it is.

use std::time::{Duration, Instant};

use crate::offers::{FreshOffer, OfferError, OfferSource, Wanted};
use crate::protocol::{CredentialOffer, GivenOffer};
use crate::transcript::{Ending, Transcript};
use crate::wallet::HandedOffer;

use super::patient::Case;

/// Everything that was taken on trial.
#[derive(Default)]
pub struct Trials(Vec<Trial>);

/// One offer, or why there is none.
pub struct Trial {
    /// The source.
    pub source: String,
    /// How long it took to get.
    pub took: Duration,
    /// What it turned out to be.
    pub offer: Result<Seen, Trouble>,
}

/// What can be seen of an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// `credential_issuer`.
    pub issuer: Option<String>,
    /// The pre-authorized code. It is compared and never shown.
    pub code: Option<String>,
    /// `credential_configuration_ids`.
    pub ids: Vec<String>,
    /// Whether it asks for a Transaction Code, or for a user PIN as drafts until 12 did.
    pub asks_for_tx_code: bool,
    /// Whether one came with it.
    pub has_tx_code: bool,
    /// Whether it came as a `credential_offer_uri`.
    pub by_reference: bool,
}

/// Why an offer is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// In words.
    pub why: String,
    /// Whether the configuration has to change for it.
    pub is_configuration: bool,
}

impl Trials {
    /// Takes one more offer of a source.
    pub async fn take(
        &mut self,
        case: &Case,
        source: &OfferSource,
        identifier: Option<&str>,
    ) -> &Trial {
        let began = Instant::now();
        let minted = match source.at_hand() {
            Some(given) => given.into_iter().next().ok_or_else(|| OfferError::UsedUp {
                name: source.name().to_owned(),
                wanted: "an offer".to_owned(),
            }),
            None => source.mint(&Wanted::default()).await,
        };
        let took = began.elapsed();
        let offer = match minted {
            Ok(offer) => seen(case, offer, source.left().is_none(), identifier).await,
            Err(error) => Err(Trouble {
                why: error.to_string().replace("\n  | ", "; it said: "),
                is_configuration: error.is_configuration(),
            }),
        };
        let place = self.0.len();
        self.0.push(Trial { source: source.name().to_owned(), took, offer });
        &self.0[place]
    }

    /// What was taken of a source.
    pub fn of<'a>(&'a self, source: &'a str) -> impl Iterator<Item = &'a Trial> {
        self.0.iter().filter(move |trial| trial.source == source)
    }

    /// How long a source takes to mint an offer, as far as it was tried.
    pub fn pace(&self, source: &str) -> Option<Duration> {
        let times: Vec<Duration> = self.of(source).map(|trial| trial.took).collect();
        times.iter().sum::<Duration>().checked_div(u32::try_from(times.len()).ok()?)
    }
}

impl Trial {
    /// The issuer that the offer names, or why it is not known.
    pub fn issuer(&self) -> Result<String, String> {
        match &self.offer {
            Ok(seen) => seen
                .issuer
                .clone()
                .ok_or_else(|| format!("the offer of {} names no credential_issuer", self.source)),
            Err(trouble) => Err(trouble.why.clone()),
        }
    }
}

/// Reads an offer. One by reference is fetched if that can be done over: some issuers hand an
/// offer out once.
async fn seen(
    case: &Case,
    offer: FreshOffer,
    is_minted: bool,
    identifier: Option<&str>,
) -> Result<Seen, Trouble> {
    let trouble = |why: String, is_configuration| Trouble { why, is_configuration };
    let name = offer.source.clone();
    let has_tx_code = offer.tx_code.is_some();
    let read = GivenOffer::read(&offer.given).map_err(|error| {
        trouble(format!("{name} gives no offer that can be read: {error}"), false)
    })?;
    let (object, by_reference) = match read {
        GivenOffer::Value(object) => (object, false),
        GivenOffer::Reference(_) if !is_minted => {
            let why =
                format!("the offer of {name} comes by reference, and fetching it may use it up");
            return Err(trouble(why, true));
        }
        GivenOffer::Reference(_) => {
            let handed = HandedOffer {
                source: offer.source,
                given: offer.given,
                tx_code: None,
                id: None,
                is_irreplaceable: false,
            };
            let transcript = case.discover(identifier.map(str::to_owned), Some(handed)).await;
            let object = transcript.offers.first().and_then(|offer| offer.object.clone());
            let why = || trouble(format!("{name}: {}", why(&transcript)), false);
            (object.ok_or_else(why)?, true)
        }
    };
    let lens = CredentialOffer::new(&object);
    Ok(Seen {
        issuer: lens.credential_issuer().map(str::to_owned),
        code: lens.pre_authorized_code().map(str::to_owned),
        ids: lens.credential_configuration_ids().into_iter().map(str::to_owned).collect(),
        asks_for_tx_code: lens.wants_a_code(),
        has_tx_code,
        by_reference,
    })
}

fn why(transcript: &Transcript) -> String {
    match &transcript.ending {
        Ending::Stopped { why, .. }
        | Ending::Failed { why }
        | Ending::NotApplicable { why }
        | Ending::NotRun { why } => why.clone(),
        Ending::Completed => "the offer could not be fetched".to_owned(),
    }
}
