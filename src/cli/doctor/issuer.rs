//! Who is tested: the issuer that was named, or the one that an offer names.

use super::Look;
use super::finding::Finding;
use super::patient::Patient;

/// Finds the Credential Issuer Identifier.
pub fn look(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        if let Some(identifier) = &patient.identifier {
            return vec![Finding::well(identifier.clone())];
        }
        let Some(case) = &patient.case else { return Vec::new() };
        let unnamed = |says: String| {
            vec![Finding::misconfigured(says).so("--issuer URL, or issuer = \"https://…\"")]
        };
        let first = case.plan.offers.as_ref().and_then(|offers| offers.sources().first());
        let Some(first) = first else {
            return unnamed("no issuer is named, and there is no offer that names one".into());
        };
        if first.left().is_none() && patient.spares_offers {
            return unnamed("only an offer names the issuer, and --no-offers takes none".into());
        }
        let name = first.name().to_owned();
        let named = patient.trials.take(case, first, None).await.issuer();
        match named {
            Ok(identifier) => {
                let says = format!("{identifier}, named by an offer of {name}");
                patient.identifier = Some(identifier);
                vec![Finding::well(says)]
            }
            Err(why) => unnamed(why),
        }
    })
}
