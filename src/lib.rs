//! The floor plan, from the ground up. Each room knows only those below it.

/// L4: the judge, one obligation per file.
pub mod checks;
/// L8: arguments, files, terminal, exit codes.
#[cfg(feature = "drive")]
pub mod cli;
/// L3: where fresh offers come from.
#[cfg(feature = "drive")]
pub mod offers;
/// L1: the nouns of the protocol, lenient lenses over raw JSON.
pub mod protocol;
/// L2: the one value that flows, what was sent and what came back.
pub mod transcript;
