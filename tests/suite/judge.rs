//! A saved run is judged as it was when it was fresh, and a redacted one not at all.

use vcispec::checks::{self, Policy};
use vcispec::transcript::{EvidenceError, load, save};

use crate::bench::{block_on, suite};

#[test]
fn the_verdicts_of_a_saved_run_are_those_of_the_run() {
    let outcome = block_on(suite("default", &[]));
    let mut file = Vec::new();
    save(&outcome.run, &outcome.policy, &mut file).unwrap();
    let (run, policy): (_, Policy) = load(file.as_slice()).unwrap();
    assert_eq!(run, outcome.run);
    assert_eq!(checks::judge(&run, &policy), outcome.judgement);
}

#[test]
fn a_redacted_file_is_refused() {
    let refused = load::<Policy>(br#"{"redaction":"redacted","transcripts":[]}"#.as_slice());
    assert!(matches!(refused, Err(EvidenceError::Redacted)));
}
