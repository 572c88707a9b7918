//! The driver: a simulated holder wallet that does what a script says and writes down what
//! happened. It may stop; it never blames.
//!
//! One file per station says how it is asked; [`drive`] takes the steps; [`tampers`] is the table
//! of everything the wallet knows to do wrong.

mod as_metadata;
mod ask;
mod changes;
mod connection;
mod credential;
mod dpop;
mod draft;
mod drive;
mod http;
mod issuer_metadata;
mod key_proof;
mod nonce;
mod obstacles;
mod offer;
mod recorder;
mod refresh;
mod repeat;
mod revocation;
mod saved;
mod session;
pub mod tampers;
mod token;
mod waiting;

pub use ask::read_document;
pub use connection::{HttpError, HttpOptions, Resolve, proxy_variable};
pub use drive::{Drive, TakeOffer, drive};
pub use http::Http;
pub use offer::HandedOffer;
pub use recorder::Recorder;
pub use session::{Issuer, Stop};
pub use waiting::{Wait, Waiting};
