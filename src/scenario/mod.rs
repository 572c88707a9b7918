//! The script: what a simulated wallet does, as TOML. A script says only what is odd.

mod bundled;
mod cases;
mod check;
mod cut;
mod load;
mod nearest;
mod own_tamper;
mod place;
mod reference;
mod schema;
mod script;

pub use bundled::bundled;
pub use load::{KnownTamper, LARGEST, Rejected, ScenarioError, Vocabulary, load};
pub(crate) use nearest::{Told, did_you_mean, nearest, sentence};
pub use own_tamper::OwnTamper;
pub use place::{JwtPart, Place, Source};
pub use reference::fill;
pub use schema::schema;
pub use script::{
    Action, Another, BindingMethod, Configurations, DpopUse, EncryptionUse, Impact,
    KeyAttestationUse, Need, ProofCount, ProofType, Scenario, Slow, Stated, Step, Until,
    WalletSettings,
};
