//! The script: what a simulated wallet does, as TOML. A script says only what is odd.

mod bundled;
mod cut;
mod load;
mod script;

pub use bundled::bundled;
pub use load::{ScenarioError, Vocabulary, load};
pub use script::{
    Action, BindingMethod, Configurations, DpopUse, Impact, Need, ProofCount, Scenario, Step,
    WalletSettings,
};
