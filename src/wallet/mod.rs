//! The driver: a simulated holder wallet that does what a script says and writes down what
//! happened. It may stop; it never blames.
//!
//! One file per station says how it is asked; [`drive`] takes the steps; [`tampers`] is the table
//! of everything the wallet knows to do wrong.

mod as_metadata;
mod ask;
mod challenge;
mod changes;
mod client_authentication;
mod connection;
mod credential;
mod deferred;
mod document;
mod dpop;
mod draft;
mod drive;
mod elsewhere;
mod encryption;
mod entitlement;
mod expiry;
mod held;
mod http;
mod identity;
mod issuer_metadata;
mod key_attestation;
mod key_proof;
mod negotiated_metadata;
mod nonce;
mod notification;
mod obstacles;
mod offer;
mod order;
mod provider;
mod recorder;
mod refresh;
mod repeat;
mod revocation;
mod saved;
mod session;
mod side_by_side;
mod status;
pub mod tampers;
mod token;
mod waits;

pub use connection::{HttpError, HttpOptions, Resolve, proxy_variable};
pub use deferred::MOST_POLLS;
pub use document::{Document, read_document};
pub use drive::{Drive, TakeOffer, drive, drive_on};
pub use elsewhere::client_for;
pub use entitlement::{Change, ChangeEntitlement, EntitlementOrder};
pub use expiry::{Wait, Waiting};
pub use held::Held;
pub use http::Http;
pub use identity::{Authentication, ClientKey, Identity};
pub use offer::{HandedOffer, LACKS_TX_CODE};
pub use order::{OrderMeans, SendOrder};
pub use provider::{ProviderError, WalletProvider};
pub use recorder::Recorder;
pub use session::{Issuer, Stop};
pub use status::{SetStatus, StatusMeans};
pub use waits::{Announce, Patience, Waits};
