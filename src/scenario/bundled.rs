//! The scenarios inside the binary.

include!(concat!(env!("OUT_DIR"), "/bundled_scenarios.rs"));

/// The bundled scenarios: id and text, in the order of their ids.
pub fn bundled() -> &'static [(&'static str, &'static str)] {
    BUNDLED
}
