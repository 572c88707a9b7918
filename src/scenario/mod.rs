//! The script: what a simulated wallet does, as TOML. A script says only what is odd.

mod bundled;
mod cases;
mod check;
mod cut;
mod load;
pub(crate) mod nearest;
mod need;
mod own_tamper;
mod place;
mod reference;
mod schema;
mod script;
mod step;
mod wallet_settings;

pub use bundled::bundled;
pub use load::{KnownTamper, LARGEST, Rejected, ScenarioError, Vocabulary, load};
pub use need::{Impact, Need};
pub use own_tamper::OwnTamper;
pub use place::{JwtPart, Place, Source};
pub use reference::fill;
pub use schema::schema;
pub use script::{Scenario, Slow, Stated};
pub use step::{Action, Step, Until};
pub use wallet_settings::{
    Another, BindingMethod, Configurations, DpopUse, EncryptionUse, KeyAttestationUse, ProofCount,
    ProofType, WalletSettings,
};
