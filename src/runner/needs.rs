//! Whether a scenario can be run against this issuer with these offers, and if not, why.

use std::time::Duration;

use super::knowledge::Knowledge;
use super::unmet::unmet;
use crate::checks::Policy;
use crate::offers::{Fit, Offers, Wanted};
use crate::operator::BackOffice;
use crate::protocol::IssuerMetadata;
use crate::scenario::{Configurations, Impact, Need, Scenario, Slow};
use crate::transcript::{
    Ending, IS_SLOW, NO_SECOND_SUBJECT, NO_SECOND_TENANT, TARGET_IS_PRODUCTION,
};
use crate::wallet::Identity;

/// What becomes of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is run, with offers like this where it uses any.
    Run(Wanted),
    /// It ends before it begins.
    End(Ending),
}

/// What the caller allows and has at hand.
#[derive(Clone, Copy, Debug)]
pub struct Means<'a> {
    /// Where offers come from.
    pub offers: Option<&'a Offers>,
    /// What the issuer's operator can be asked to do.
    pub back_office: &'a BackOffice,
    /// Whether somebody listens for callbacks.
    pub hears_callbacks: bool,
    /// The configured `client_id`.
    pub client_id: Option<&'a str>,
    /// Who vouches for the wallets, and how they authenticate.
    pub identity: &'a Identity,
    /// What the run is judged by.
    pub policy: &'a Policy,
    /// The worst impact allowed; none at all where the target is production.
    pub allowed: Impact,
    /// How long a scenario may wait; none where it may not.
    pub longest_wait: Option<Duration>,
}

/// Decides on a scenario.
pub fn decide(scenario: &Scenario, means: &Means<'_>, knowledge: &Knowledge) -> Decision {
    let unmet = unmet(scenario, means, knowledge);
    // What does not concern the issuer needs no leave and no time.
    if let Some(ending @ Ending::NotApplicable { .. }) = unmet {
        return Decision::End(ending);
    }
    if scenario.impact > means.allowed {
        return not_run(match means.allowed {
            Impact::None => TARGET_IS_PRODUCTION.to_owned(),
            _ => format!("it has an impact on the issuer: --allow {}", scenario.impact.name()),
        });
    }
    if let Some(why) = too_slow(scenario, means) {
        return not_run(why);
    }
    if let Some(ending) = unmet {
        return Decision::End(ending);
    }
    if !scenario.uses_offers() {
        return match knowledge.identifier {
            Some(_) => Decision::Run(Wanted::default()),
            None => not_run("no issuer was given: add --issuer URL".into()),
        };
    }
    offer(scenario, means, knowledge)
}

/// Why there is no time for a scenario. What an issuer will state is not known yet.
fn too_slow(scenario: &Scenario, means: &Means<'_>) -> Option<String> {
    let slow = scenario.slow?;
    let Some(longest) = means.longest_wait else { return Some(IS_SLOW.to_owned()) };
    match slow {
        Slow::Seconds(seconds) if Duration::from_secs(seconds) > longest => {
            Some(format!("it would wait {seconds} s: add --max-wait {seconds}"))
        }
        Slow::Seconds(_) | Slow::Stated(_) => None,
    }
}

/// The offer that one wallet of a scenario needs.
pub fn wanted_by(scenario: &Scenario, wallet: &str, wanted: &Wanted) -> Wanted {
    match scenario.wallets.get(wallet) {
        Some(another) => Wanted {
            subject: another.subject.clone(),
            not_subject: None,
            is_declared: another.subject.is_some(),
            tenant: another.tenant.clone(),
            ..wanted.clone()
        },
        None => wanted.clone(),
    }
}

fn offer(scenario: &Scenario, means: &Means<'_>, knowledge: &Knowledge) -> Decision {
    let Some(offers) = means.offers else {
        return not_run("no offer source: add --offer LINK, or [[offers]] in vcispec.toml".into());
    };
    let has = |need| scenario.needs.contains(&need);
    if is_single(offers) != has(Need::SingleOffer) {
        return match is_single(offers) {
            true => not_run("it needs an offer of its own, and one static offer was given".into()),
            false => Decision::End(Ending::NotApplicable {
                why: "it is for a single static offer, and fresh ones can be had".into(),
            }),
        };
    }
    let mut wanted = Wanted {
        tx_code: match (has(Need::TxCode), has(Need::NoTxCode)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        },
        by_reference: has(Need::ByReference).then_some(true),
        configurations: if has(Need::TwoConfigurations) { 2 } else { 1 },
        credential_configuration_id: match &scenario.wallet.configurations {
            Configurations::Named(id) => Some(id.clone()),
            Configurations::First | Configurations::Every => None,
        },
        subject: scenario.wallet.subject.clone(),
        not_subject: scenario.wallets.values().find_map(|another| another.subject.clone()),
        is_declared: false,
        tenant: None,
    };
    if let Some(format) = &scenario.wallet.format {
        wanted.credential_configuration_id = of_format(format, &wanted, offers, knowledge);
    }
    for (name, another) in &scenario.wallets {
        if offers.can_give(&wanted_by(scenario, name, &wanted)).is_err() {
            return not_run(match another.tenant {
                Some(_) => NO_SECOND_TENANT.to_owned(),
                None => NO_SECOND_SUBJECT.to_owned(),
            });
        }
    }
    if has(Need::DeclaredSubject) && !is_declared(&wanted, offers) {
        let subject = wanted.subject.as_deref().unwrap_or_default();
        return not_run(format!(
            "no offer source declares gives = {{ subject = {subject:?} }}, and for others nobody knows"
        ));
    }
    match offers.can_give(&wanted) {
        Ok(()) => Decision::Run(wanted),
        Err(error) => not_run(error.to_string()),
    }
}

/// Whether some source is certain to give offers like this.
fn is_declared(wanted: &Wanted, offers: &Offers) -> bool {
    offers.sources().iter().any(|source| source.fits(wanted) == Fit::Certain)
}

/// The configuration of a format that an offer can be had for, else the first of that format.
fn of_format(
    format: &str,
    wanted: &Wanted,
    offers: &Offers,
    knowledge: &Knowledge,
) -> Option<String> {
    let issuer = knowledge.issuer.as_ref().map(IssuerMetadata::new)?;
    let wishes: Vec<Wanted> = issuer
        .configurations()
        .filter(|(_, configuration)| configuration.format() == Some(format))
        .map(|(id, _)| Wanted { credential_configuration_id: Some(id.into()), ..wanted.clone() })
        .collect();
    let can_be_had = wishes.iter().find(|wish| offers.can_give(wish).is_ok());
    can_be_had.or(wishes.first()).and_then(|wish| wish.credential_configuration_id.clone())
}

/// Whether all there is is one offer, which cannot be renewed.
fn is_single(offers: &Offers) -> bool {
    match offers.sources() {
        [source] => source.given().is_some_and(|given| given <= 1),
        _ => false,
    }
}

fn not_run(why: String) -> Decision {
    Decision::End(Ending::NotRun { why })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::WalletSettings;

    fn scenario(impact: Impact) -> Scenario {
        Scenario {
            id: "staged".into(),
            title: String::new(),
            aims: Vec::new(),
            needs: Vec::new(),
            impact,
            wallet: WalletSettings::default(),
            wallets: Default::default(),
            slow: None,
            tampers: Vec::new(),
            steps: Vec::new(),
        }
    }

    #[test]
    fn in_production_only_what_leaves_nothing_behind_is_run() {
        let policy = Policy::default();
        let knowledge = Knowledge::of(Some("https://h".into()));
        let decision = |impact, allowed| {
            let (identity, back_office) = (&Identity::fleeting(), &BackOffice::default());
            let means = Means {
                offers: None,
                back_office,
                hears_callbacks: false,
                client_id: None,
                identity,
                policy: &policy,
                allowed,
                longest_wait: None,
            };
            decide(&scenario(impact), &means, &knowledge)
        };
        let runs = Decision::Run(Wanted::default());
        assert_eq!(decision(Impact::None, Impact::None), runs);
        assert_eq!(decision(Impact::BurnsOffers, Impact::BurnsOffers), runs);
        assert_eq!(decision(Impact::Locks, Impact::Load), runs);
        for impact in [Impact::BurnsOffers, Impact::Locks, Impact::Load] {
            assert_eq!(decision(impact, Impact::None), not_run(TARGET_IS_PRODUCTION.into()));
        }
        let asked = not_run("it has an impact on the issuer: --allow locks".into());
        assert_eq!(decision(Impact::Locks, Impact::BurnsOffers), asked);
    }
}
