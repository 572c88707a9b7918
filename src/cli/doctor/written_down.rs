//! What a run will be held against: the baseline of known failures, and the snapshot of the issuer,
//! read as the run reads them.

use super::Look;
use super::finding::Finding;
use super::patient::Patient;

/// Reads the baseline, if there is one.
pub fn baseline(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        let Some(case) = &patient.case else { return Vec::new() };
        vec![match case.gates.baseline() {
            Ok(None) => Finding::idle("none: every failure counts"),
            Ok(Some(baseline)) => {
                Finding::well(format!("{}, {}", baseline.file, entries(baseline.entries.len())))
            }
            Err(error) => Finding::from(&error),
        }]
    })
}

/// Reads the snapshot of the issuer, if there is one.
pub fn snapshot(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        let (Some(case), Some(issuer)) = (&patient.case, &patient.identifier) else {
            return Vec::new();
        };
        let snapshot = &case.gates.snapshot;
        vec![match snapshot.check().and_then(|()| snapshot.read(issuer)) {
            Ok(None) => Finding::idle("none of this issuer: no drift is told"),
            Ok(Some((path, shapes))) => Finding::well(format!(
                "{}, {} scenarios recorded",
                path.display(),
                shapes.scenarios.len()
            )),
            Err(error) => Finding::from(&error),
        }]
    })
}

fn entries(count: usize) -> String {
    match count {
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    }
}
