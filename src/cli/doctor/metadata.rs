//! Whether the Credential Issuer Metadata is where it should be, and can be read.

use super::Look;
use super::finding::Finding;
use super::patient::Patient;
use crate::protocol::former::modernised;
use crate::protocol::{IssuerMetadata, Location, WellKnown};
use crate::transcript::{Answer, Exchange, Received, Station};

/// Reads the metadata from the places where the wallet looks for it.
pub fn look(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        let identifier = patient.identifier.clone().unwrap_or_default();
        let place = WellKnown::CredentialIssuer.url(&identifier, Location::Inserted);
        let place = place.map(String::from).unwrap_or_default();
        let exchanges = patient.discovered(Station::IssuerMetadata).await;
        let found = exchanges.iter().find_map(|exchange| {
            let answer = exchange.answer().filter(|answer| answer.is_success())?;
            let json = answer.body.json().filter(serde_json::Value::is_object)?;
            Some((&exchange.request.url, json))
        });
        let Some((url, json)) = found else { return vec![missing(&exchanges, &place)] };
        let json = modernised(&json);
        let metadata = IssuerMetadata::new(&json);
        if metadata.credential_endpoint().is_none() || metadata.configurations().count() == 0 {
            return vec![
                Finding::fault(format!(
                    "{url} has no credential_endpoint, or no credential_configurations_supported"
                ))
                .so("vcispec explain issuer-metadata/lists-configurations"),
            ];
        }
        let ids: Vec<&str> = metadata.configurations().map(|(id, _)| id).collect();
        let says = format!("offers {}", listed(&ids));
        if *url == place {
            return vec![Finding::well(says)];
        }
        vec![Finding::remark(format!("{says}, but stands at {url}")).so(place)]
    })
}

/// Why there is no metadata: what the right place said, or else why nobody said anything.
fn missing(exchanges: &[Exchange], place: &str) -> Finding {
    let answer = exchanges.iter().find_map(Exchange::answer);
    let advice = format!("curl -i {place}");
    match (answer, exchanges.last().map(|exchange| &exchange.received)) {
        (Some(answer), _) => Finding::fault(format!("{} at {place}", described(answer))).so(advice),
        (None, Some(Received::Failure(failure))) => {
            Finding::unreachable(format!("no answer: {}", failure.says)).so(advice)
        }
        _ => Finding::unreachable("nothing was answered").so(advice),
    }
}

fn described(answer: &Answer) -> String {
    if !answer.is_success() {
        return answer.status.to_string();
    }
    let media_type = answer.media_type().unwrap_or_else(|| "no media type".to_owned());
    format!("{} without a JSON object ({media_type})", answer.status)
}

/// The first few, and how many more.
pub fn listed(names: &[&str]) -> String {
    const TOLD: usize = 4;
    let told: Vec<&str> = names.iter().copied().take(TOLD).collect();
    match names.len().saturating_sub(TOLD) {
        0 => told.join(", "),
        more => format!("{} and {more} more", told.join(", ")),
    }
}
