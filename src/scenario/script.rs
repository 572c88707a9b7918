//! The shape of a scenario.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::need::{Impact, Need};
use super::own_tamper::OwnTamper;
use super::step::{Action, Step};
use super::wallet_settings::{Another, WalletSettings};
use crate::transcript::StepExpectation;

/// One scenario: what a simulated wallet does, and what is expected of the issuer.
///
/// Its id is the path of its file below `scenarios/`, without the ending.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Filled in from the path.
    #[serde(skip)]
    pub id: String,
    /// One sentence on what happens, in the present tense.
    pub title: String,
    /// The checks it is there to exercise: one of them that cannot be judged is red.
    #[serde(default)]
    pub aims: Vec<String>,
    /// What must be had or advertised for it to make sense.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// What it does to the issuer under test.
    #[serde(default)]
    pub impact: Impact,
    /// How its wallets differ from a plain one.
    #[serde(default)]
    pub wallet: WalletSettings,
    /// Whose the other wallets are, by the names that steps give them in `as`.
    #[serde(default)]
    pub wallets: BTreeMap<String, Another>,
    /// How long a step `wait` waits. With it, the scenario runs only with `--slow`.
    #[serde(default)]
    pub slow: Option<Slow>,
    /// Tampers of its own.
    #[serde(default, rename = "tamper")]
    pub tampers: Vec<OwnTamper>,
    /// What is done, in order.
    #[serde(default, rename = "step")]
    pub steps: Vec<Step>,
}

/// How long a scenario waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Slow {
    /// So many seconds.
    Seconds(u64),
    /// What the issuer says of the access token, and five and a half minutes for clocks that differ.
    Stated(Stated),
}

/// A lifetime that an issuer states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stated {
    /// `expires_in` of the token response.
    ExpiresIn,
}

impl Scenario {
    /// One that looks at an issuer, or at an offer of it, and does nothing. It is no script of
    /// anybody's: what has to know an issuer before a run begins drives it.
    pub fn look(at_an_offer: bool) -> Self {
        let (needs, action) = match at_an_offer {
            true => (vec![Need::Offer], Action::Offer),
            false => (Vec::new(), Action::Discover),
        };
        Self {
            id: "look".to_owned(),
            title: "Look".to_owned(),
            aims: Vec::new(),
            needs,
            impact: Impact::None,
            wallet: WalletSettings::default(),
            wallets: BTreeMap::new(),
            slow: None,
            tampers: Vec::new(),
            steps: vec![Step::plain(action)],
        }
    }

    /// How many fresh offers it uses up.
    pub fn offers(&self) -> usize {
        self.takers().len()
    }

    /// The name of the wallet that takes it, for each fresh offer.
    pub fn takers(&self) -> Vec<String> {
        if !self.uses_offers() {
            return Vec::new();
        }
        let name = |step: &'_ Step| (step.wallet.clone(), step.offer.clone());
        let mut names: Vec<(String, String)> = self.steps.iter().map(name).collect();
        names.sort_unstable();
        names.dedup();
        let rounds = self.steps.iter().filter(|step| step.at_once > 1).flat_map(|step| {
            let again = step.times.saturating_sub(1) as usize;
            std::iter::repeat_n(step.wallet.clone(), again)
        });
        names.into_iter().map(|(wallet, _)| wallet).chain(rounds).collect()
    }

    /// What is expected of its answers, step by step.
    pub fn expectations(&self) -> Vec<StepExpectation> {
        let numbered = self.steps.iter().zip(1..);
        numbered
            .filter_map(|(step, number)| {
                Some(StepExpectation {
                    step: number,
                    station: step.action.asks(),
                    wallet: step.wallet.clone(),
                    tampers: step.tamper.clone(),
                    until: step.until.is_some(),
                    expect: step.expect.clone()?,
                })
            })
            .collect()
    }

    /// Whether its wallets fetch credentials that are put off without a step of their own.
    pub fn fetches_deferred(&self) -> bool {
        !self.steps.iter().any(|step| step.action == Action::Deferred)
    }

    /// Whether it redeems offers at all.
    pub fn uses_offers(&self) -> bool {
        self.needs.iter().any(|need| need.asks_for_an_offer())
    }
}
