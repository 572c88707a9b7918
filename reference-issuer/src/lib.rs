//! An honest, strict OpenID4VCI 1.0 issuer that misbehaves on request.
//!
//! It stands in for the issuer under test: the harness is proved against it, in every configuration, once
//! honest and once for each fault in [`FAULTS`]. It shares no code with the harness.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use reference_issuer::{OfferRequest, Settings, start};
//!
//! let issuer = start(Settings::default()).await?;
//! let offer = issuer.mint(OfferRequest {
//!     credential_configuration_ids: vec!["pid".to_owned()],
//!     ..OfferRequest::default()
//! })?;
//! assert!(offer.credential_offer_uri.starts_with("openid-credential-offer://?"));
//! issuer.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! Whoever drives it over HTTP mints on the management side, which has a port of its own: `POST /offers` with
//! `credential_configuration_id` (`pid` or `diploma`) and, if wanted, `claims`, `tx_code` and `by_reference`. Where
//! credentials have a status, `POST /offers/{offer_id}/status` sets it for all that were issued for an offer, and
//! `POST /status` for the one with this `uri` and `idx`: `{"status": "invalid"}`, `"suspended"` or `"valid"`.
//!
//! A fault is a row: what is wrong, in which configuration it shows, and the checks that must catch it. It
//! takes hold at one point per stage of an exchange, and no handler knows of it. Every refusal that a wallet
//! can provoke passes one gate, where a fault lets the breach through, crashes on it, or refuses it wrongly.
//!
//! The floor plan, from the ground up; `tests/protocol/layers.rs` holds us to it:
//!
//! * what cryptography is said in: `strict_json`, `cbor`, `random`, `clock`, `algorithm`, `public_key`, `did`, `jws`,
//!   `jwe`, `start_error`, `signing_key`;
//! * what is heard and said, and what needs nothing else: `station`, `answer`, `refusal`, `incoming`, `expiring`,
//!   `attesters`;
//! * the round in which each may know the others, because settings name faults, and a fault may look at all that an
//!   issuer has: what is promised (`settings`, `dialect`, `configurations`, `guides`, `layout`, `credentials`,
//!   `typed_credentials`, `binding`, `keys`), what is remembered (`entitlement`, `refresh_tokens`, `store`,
//!   `callbacks`, `self_contained`, `status_list`), what is made (`formats`, `offers`, `negotiated_metadata`, `published`), what is judged
//!   (`client_authentication`, `token_request`, `encryption`, `key_attestation`), the `faults`, and the `issuer`;
//! * what only looks at requests by the issuer: `tls`, `credential_request`, `dpop`, `key_proof`, `transactions`,
//!   `authorization`, `grants`, `proofs`;
//! * then its `routes`, and `start`, which puts them on the network.

mod algorithm;
mod answer;
mod attesters;
mod authorization;
mod callbacks;
mod binding;
mod cbor;
mod client_authentication;
mod clock;
mod configurations;
mod credential_request;
mod credentials;
mod dialect;
mod did;
mod dpop;
mod encryption;
mod entitlement;
mod expiring;
mod faults;
mod formats;
mod grants;
mod guides;
mod incoming;
mod issuer;
mod jwe;
mod jws;
mod key_attestation;
mod key_proof;
mod keys;
mod layout;
mod negotiated_metadata;
mod offers;
mod proofs;
mod public_key;
mod published;
mod random;
mod refresh_tokens;
mod refusal;
mod routes;
mod self_contained;
mod settings;
mod signing_key;
mod start;
mod start_error;
mod station;
mod status_list;
mod store;
mod strict_json;
mod tls;
mod token_request;
mod transactions;
mod typed_credentials;

pub use algorithm::Algorithm;
pub use configurations::{Configuration, configuration, configurations};
pub use dialect::{
    AskedBy, AuthorizationServer, Batch, CredentialMember, Descriptions, Dialect, EncryptionAsked,
    Errors, Nonces, ProofMember, UserCode, Waiting, WellKnown,
};
pub use faults::{FAULTS, Fault, fault};
pub use formats::Format;
pub use guides::{Guide, guide, guides};
pub use offers::{InputMode, MintError, MintedOffer, OfferRequest, TxCodeRequest};
pub use settings::{
    ClientAuthentication, Deferral, Dpop, Encryption, IssuerKey, Lifetimes, Misbehave,
    RegisteredClient, Settings, Tenant,
};
pub use start::{Running, start};
pub use start_error::StartError;
pub use status_list::{Bits, Status, StatusError};
