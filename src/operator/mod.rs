//! The issuer's operator, whom a wallet never meets: what its back office does at our request, and
//! what it is told of offers.
//!
//! Some of what must hold shows only when something happens behind the issuer in mid-run: a
//! credential is revoked, a holder is no longer eligible, their data change. A hook of the user's
//! has it done ([`BackOffice`]), and the transcript says that it was.

mod back_office;
mod callbacks;
mod hook;

pub use back_office::{BackOffice, OfferName, Service, Standing, StatusOrder};
pub use callbacks::Receiver;
pub use hook::{Hook, HookRequest};
