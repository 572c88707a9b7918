//! Whether each source gives offers that can be read, fresh ones, with what belongs to them.

use super::Look;
use super::finding::{Finding, Mark};
use super::patient::{Case, Patient};
use super::trial::{Seen, Trial, Trials};
use crate::offers::{Gives, OfferSource};
use crate::protocol::{CredentialOffer, GivenOffer, IssuerMetadata};
use crate::scenario::{Impact, Need};

/// Takes two offers of each source that mints, and looks at those given beforehand.
pub fn look(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        let Some(case) = &patient.case else { return Vec::new() };
        let Some(offers) = &case.plan.offers else {
            return vec![
                Finding::idle("no source: only what needs none is run")
                    .so("--offer LINK, or [[offers]] in vcispec.toml"),
            ];
        };
        if case.plan.allowed == Impact::None {
            return vec![Finding::idle(
                "not looked at: none is used where the target is production",
            )];
        }
        // What the metadata says, where that differs: a cause is told once.
        let metadata = patient.knowledge().issuer;
        let metadata = metadata.as_ref().map(IssuerMetadata::new);
        let named = metadata.and_then(|metadata| metadata.credential_issuer());
        let identifier = named.or(patient.identifier.as_deref());
        let mut findings = Vec::new();
        for source in offers.sources() {
            findings.push(if source.left().is_some() {
                given_beforehand(source)
            } else if patient.spares_offers {
                Finding::idle(format!("{}: not looked at: --no-offers", source.name()))
            } else {
                tried(&mut patient.trials, case, source, identifier).await
            });
        }
        if findings.iter().all(|finding| finding.mark == Mark::Well) {
            findings.extend(nobody_refers(case, &patient.trials));
        }
        findings
    })
}

/// Some obligations are only seen in offers by reference; a source that may give them and does
/// not leaves these unjudged.
fn nobody_refers(case: &Case, trials: &Trials) -> Option<Finding> {
    let sources = case.plan.offers.as_ref()?.sources();
    let needy = case.plan.scenarios.iter().find(|one| one.needs.contains(&Need::ByReference))?;
    let refers = |source: &OfferSource| {
        let mut seen = trials.of(source.name()).filter_map(|trial| trial.offer.as_ref().ok());
        let mut given = source.at_hand().unwrap_or_default().into_iter();
        // The bundled issuer gives whatever is wanted.
        source.gives_what_is_wanted()
            || seen.any(|offer| offer.by_reference)
            || given
                .any(|offer| matches!(GivenOffer::read(&offer.given), Ok(GivenOffer::Reference(_))))
    };
    if sources.iter().any(refers) {
        return None;
    }
    Some(
        Finding::remark(format!(
            "no source gives offers by reference, which {} is about",
            needy.id
        ))
        .so("gives = { by_reference = true }   # of one more source"),
    )
}

fn given_beforehand(source: &OfferSource) -> Finding {
    let name = source.name();
    let given = source.at_hand().unwrap_or_default();
    let lacks_code = given.iter().any(|offer| {
        let Ok(GivenOffer::Value(object)) = GivenOffer::read(&offer.given) else { return false };
        CredentialOffer::new(&object).wants_a_code() && offer.tx_code.is_none()
    });
    if lacks_code {
        return Finding::misconfigured(format!(
            "{name}: a transaction code is asked for, and none is given"
        ))
        .so("--tx-code CODE, or tx_code = \"CODE\" under [[offers]]");
    }
    match given.len() {
        0 => Finding::misconfigured(format!("{name}: no offer")).so("give one that is not used up"),
        1 => Finding::well(format!("{name}: 1 offer given beforehand, left as it is")),
        count => {
            Finding::well(format!("{name}: {count} offers given beforehand, left as they are"))
        }
    }
}

async fn tried(
    trials: &mut Trials,
    case: &Case,
    source: &OfferSource,
    identifier: Option<&str>,
) -> Finding {
    let name = source.name().to_owned();
    while trials.of(&name).count() < 2 {
        let is_trouble = trials.take(case, source, identifier).await.offer.is_err();
        if is_trouble {
            break;
        }
    }
    let both: Vec<&Trial> = trials.of(&name).collect();
    let mut seen = Vec::new();
    for trial in both {
        match &trial.offer {
            Ok(offer) => seen.push(offer),
            Err(trouble) if trouble.is_configuration => {
                return Finding::misconfigured(trouble.why.clone())
                    .so("mend this source under [[offers]]");
            }
            Err(trouble) => {
                return Finding::unreachable(trouble.why.clone())
                    .so("run its command or request by hand");
            }
        }
    }
    let pace = trials.pace(&name).unwrap_or_default().as_millis();
    match seen.as_slice() {
        [first, second] => fault(&name, first, second, source.declared(), identifier)
            .unwrap_or_else(|| well(&name, first, pace)),
        _ => Finding::fault(format!("{name}: expected two offers, found {}", seen.len())),
    }
}

fn well(name: &str, offer: &Seen, milliseconds: u128) -> Finding {
    let form = if offer.by_reference { "by reference" } else { "by value" };
    let coded = if offer.asks_for_tx_code { ", each with a transaction code" } else { "" };
    Finding::well(format!(
        "{name}: two taken on trial, fresh, {form}{coded}, {milliseconds} ms each"
    ))
}

/// What is wrong with two offers of a source, the worst first.
fn fault(
    name: &str,
    first: &Seen,
    second: &Seen,
    declared: &Gives,
    identifier: Option<&str>,
) -> Option<Finding> {
    if first.code.is_none() {
        return Some(
            Finding::fault(format!("{name}: the offer carries no pre-authorized_code"))
                .so("mint offers of the Pre-Authorized Code Flow"),
        );
    }
    if let (Some(named), Some(identifier)) = (&first.issuer, identifier)
        && named != identifier
    {
        let says = format!("{name}: the offer is of {named}, not {identifier}");
        return Some(Finding::misconfigured(says).so(format!("--issuer {named}")));
    }
    if first.code == second.code {
        let says = format!("{name}: the same code twice, and a code is good once");
        return Some(Finding::fault(says).so(
            "mint a fresh offer each time; a single one goes into uri or file under [[offers]]",
        ));
    }
    if first.asks_for_tx_code && !first.has_tx_code {
        let says = format!("{name}: the offer asks for a transaction code, and none came with it");
        return Some(
            Finding::misconfigured(says).so("tx_code = \"/pointer\" under [offers.http]\n\
             {\"credential_offer_uri\": \"…\", \"tx_code\": \"…\"} as the output of exec"),
        );
    }
    declares_otherwise(name, first, declared)
}

/// Scenarios pick their sources by what is declared, so that has to be true.
fn declares_otherwise(name: &str, offer: &Seen, declared: &Gives) -> Option<Finding> {
    let wrong = |key: &str, value: String| {
        let says = format!("{name}: gives says otherwise than its offers");
        Some(Finding::misconfigured(says).so(format!("gives = {{ {key} = {value} }}")))
    };
    if declared.tx_code.is_some_and(|declared| declared != offer.asks_for_tx_code) {
        return wrong("tx_code", offer.asks_for_tx_code.to_string());
    }
    if declared.by_reference.is_some_and(|declared| declared != offer.by_reference) {
        return wrong("by_reference", offer.by_reference.to_string());
    }
    let ids = &declared.credential_configuration_ids;
    if !ids.is_empty() && ids.iter().any(|id| !offer.ids.contains(id)) {
        return wrong("credential_configuration_ids", format!("{:?}", offer.ids));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::ExitStatus;

    fn seen(code: &str) -> Seen {
        Seen {
            issuer: Some("https://h".into()),
            code: Some(code.into()),
            ids: vec!["pid".into()],
            asks_for_tx_code: false,
            has_tx_code: false,
            by_reference: false,
        }
    }

    fn found(change: impl Fn(&mut Seen), declared: &Gives) -> Option<Finding> {
        let (mut first, mut second) = (seen("one"), seen("two"));
        change(&mut first);
        change(&mut second);
        fault("plain", &first, &second, declared, Some("https://h"))
    }

    #[test]
    fn good_offers_are_not_blamed() {
        let declared = Gives {
            tx_code: Some(false),
            by_reference: Some(false),
            credential_configuration_ids: vec!["pid".into()],
            ..Gives::default()
        };
        assert_eq!(found(|_| {}, &declared), None);
        assert!(well("plain", &seen("one"), 12).says.ends_with("fresh, by value, 12 ms each"));
    }

    #[test]
    fn each_fault_has_its_remedy() {
        let undeclared = Gives::default();
        let says = |finding: Option<Finding>| {
            let finding = finding.unwrap_or_else(|| Finding::idle(""));
            assert_eq!(finding.mark, Mark::Fault);
            assert!(finding.remedy.is_some());
            finding.says
        };
        assert!(says(found(|offer| offer.code = None, &undeclared)).contains("no pre-authorized"));
        let same = found(|offer| offer.code = Some("same".into()), &undeclared);
        assert!(!format!("{same:?}").contains("\"same\""));
        assert!(says(same).contains("the same code twice"));
        let other = found(|offer| offer.issuer = Some("https://other".into()), &undeclared);
        assert!(says(other).contains("is of https://other"));
        let coded = found(|offer| offer.asks_for_tx_code = true, &undeclared);
        assert_eq!(coded.as_ref().map(|finding| finding.status), Some(ExitStatus::Usage));
        assert!(says(coded).contains("none came with it"));
        let declared = Gives { by_reference: Some(true), ..Gives::default() };
        let otherwise = found(|_| {}, &declared);
        let remedy = otherwise.and_then(|finding| finding.remedy).unwrap_or_default();
        assert_eq!(remedy, "gives = { by_reference = false }");
    }
}
