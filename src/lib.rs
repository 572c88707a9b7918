//! The floor plan, from the ground up. Each room knows only those below it.

/// L0: bytes to claims and back, rightly or wrongly signed.
pub mod jose;
/// L0: a credential opened, its signature verified once.
pub mod formats;
/// L1: the nouns of the protocol, lenient lenses over raw JSON.
pub mod protocol;
/// L2: the one value that flows, what was sent and what came back.
pub mod transcript;
/// L3: the script, TOML to scenario.
pub mod scenario;
/// L4: the driver, which does and never judges.
#[cfg(feature = "drive")]
pub mod wallet;
/// L5: the judge, one obligation per file.
pub mod checks;
