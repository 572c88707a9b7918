//! The offers that came by reference and were fetched, with where they came from.

use super::link::references;
use crate::checks::{Applies, Scene};
use crate::transcript::{Answer, Run, Station};

/// Concerns scenarios in which some offer came by reference, and those without offers.
pub fn where_offers_come_by_reference(scene: &Scene<'_>) -> Applies {
    let offers = &scene.transcript.offers;
    let some_reference = offers.iter().any(|record| !references(&record.given).is_empty());
    Applies::when(offers.is_empty() || some_reference, "no offer came by reference")
}

/// The address and the answer of each plain fetch that brought something.
pub fn fetched(run: &Run) -> impl Iterator<Item = (&str, &Answer)> {
    run.transcripts
        .iter()
        .flat_map(|transcript| transcript.at(Station::Offer))
        .filter(|exchange| exchange.tamper.is_none() && !exchange.superseded)
        .filter_map(|exchange| Some((exchange.request.url.as_str(), exchange.answer()?)))
        .filter(|(_, answer)| answer.is_success())
}

/// A run in which offers with these codes were fetched from these paths.
#[cfg(test)]
pub fn staged(fetches: &[(&str, &str)], cache_control: &str) -> crate::checks::staging::Stage {
    use super::examples::{GRANT, given, honest_offer};
    use crate::checks::staging::{ISSUER, Stage, with};
    use crate::transcript::OfferForm;
    use serde_json::json;

    fetches.iter().fold(Stage::new(), |stage, (path, code)| {
        let url = format!("{ISSUER}/{path}");
        let offer = with(honest_offer(), &format!("{GRANT}/pre-authorized_code"), json!(code));
        stage
            .offer_record(given(&url, OfferForm::ByReference, Some(offer.clone())))
            .answer(Station::Offer, 200, &[("cache-control", cache_control)], &offer.to_string())
            .sent("GET", &url, &[], "")
    })
}
