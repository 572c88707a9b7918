//! The issuer over real HTTP: the honest flow, and every refusal with the faults that spoil it.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod deferred;
mod dialects;
mod guides;
mod raw;
mod flow;
mod layers;
mod refusals;
mod wallet;
