//! The matrix: every deliberate misbehaviour of the reference issuer, and the checks that it turns red.

use reference_issuer::{FAULTS, configurations};

use super::markdown;

/// `faults.md`.
pub fn document() -> String {
    let mut text = markdown::head(
        "Faults",
        &format!(
            "{} ways in which the reference issuer can misbehave (`vcispec serve --fault NAME`). In the configuration \
             named, each turns exactly the checks beside it red; a test proves it.",
            FAULTS.len()
        ),
    );
    text += "\n## Configurations\n";
    text += &markdown::table(
        ["configuration", "what is particular about it"],
        configurations().iter().map(|row| [markdown::code([row.name]), row.says.to_owned()]),
    );
    text += "\n## The matrix\n";
    text += &markdown::table(
        ["fault", "station", "configuration", "what the issuer does", "caught by"],
        FAULTS.iter().map(|fault| {
            [
                markdown::code([fault.name]),
                fault.station.to_owned(),
                fault.config.to_owned(),
                fault.says.to_owned(),
                markdown::code(fault.caught_by.iter().copied()),
            ]
        }),
    );
    text
}
