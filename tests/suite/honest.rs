//! The honest issuer, in every configuration: nothing red, nothing warned, and each check passes
//! in at least one.

use std::collections::BTreeSet;

use vcispec::checks::{self, Level, Outcome};

use crate::bench::{block_on, suite};

#[test]
fn the_honest_issuer_is_never_blamed_and_every_check_can_succeed() {
    let mut blamed = Vec::new();
    let mut judged = BTreeSet::new();
    for configuration in reference_issuer::configurations() {
        let outcome = block_on(suite(configuration.name, &[]));
        for verdict in outcome.judgement.verdicts {
            let is_note = verdict.outcome == Outcome::Note;
            if verdict.outcome.is_red() || verdict.outcome == Outcome::Warn {
                blamed.push(format!("{}: {verdict:?}", configuration.name));
            }
            let level = checks::find(verdict.check).map(|check| check.level);
            if verdict.outcome == Outcome::Pass || (is_note && level == Some(Level::Note)) {
                judged.insert(verdict.check);
            }
        }
    }
    assert!(blamed.is_empty(), "an honest issuer was blamed:\n{}", blamed.join("\n"));
    let never: Vec<&str> =
        checks::all().map(|check| check.id).filter(|id| !judged.contains(id)).collect();
    assert!(never.is_empty(), "never judged against an honest issuer: {never:?}");
}
