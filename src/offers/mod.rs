//! Where fresh offers come from.
//!
//! A pre-authorized code is used once, and minting one is slow and often limited: offers are the
//! scarce good of a run. A source says beforehand what its offers are like ([`Gives`]), a
//! scenario says what it needs ([`Wanted`]), and [`Offers`] brings the two together and counts.

mod answer;
mod argument;
mod budget;
#[cfg(feature = "bundled-issuer")]
mod builtin;
mod error;
mod excerpt;
mod exec;
mod forecast;
mod gives;
mod http;
mod order;
mod pick;
mod pool;
mod reach;
mod source;
mod supply;
mod trial;
mod wanted;

pub use answer::NotAnOffer;
pub use budget::Budget;
pub use error::OfferError;
pub use exec::Exec;
pub use forecast::Forecast;
pub use gives::{Fit, Gives};
pub use http::HttpMint;
pub use order::{OfferApi, Ordered};
pub use pool::Offers;
pub use reach::Reach;
pub use source::{FreshOffer, OfferSource};
pub use wanted::Wanted;
