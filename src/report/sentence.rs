//! The verdict in a sentence, for whoever reads nothing else.

use super::exit::NOTHING_JUDGED;
use super::{ExitStatus, Report};

/// What a report comes to. It never says more than was judged.
pub(super) fn of(report: &Report) -> String {
    let totals = &report.totals;
    let judged = totals.judged();
    let counted = match judged {
        1 => "1 obligation that was judged".to_owned(),
        _ => format!("{judged} obligations that were judged"),
    };
    let reasons = report.exit.reasons.join(", ");
    match report.exit.status {
        ExitStatus::Green if totals.known > 0 => {
            let are = if totals.known == 1 { "is" } else { "are" };
            format!("Nothing new: of {counted}, {} {are} let pass as known", totals.known)
        }
        ExitStatus::Green if totals.warn > 0 => {
            let warn = if totals.warn == 1 { "warns" } else { "warn" };
            format!("No failure: of {counted}, {} {warn}", totals.warn)
        }
        ExitStatus::Green => format!("Nothing to complain of: of {counted}, none fails"),
        ExitStatus::Red if totals.fail > 0 => {
            let fail = if totals.fail == 1 { "fails" } else { "fail" };
            format!("Not conformant: of {counted}, {} {fail}", totals.fail)
        }
        ExitStatus::Red if reasons == NOTHING_JUDGED => "Nothing was judged".to_owned(),
        ExitStatus::Red => format!("Not let pass: {reasons}"),
        ExitStatus::Usage | ExitStatus::Error => format!("Not judged to the end: {reasons}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Judgement;
    use crate::report::{Report, staging};

    fn sentence(change: impl FnOnce(&mut Report)) -> String {
        let mut report = staging::report_of(&staging::run(), &Judgement::default());
        report.credentials_issued = 1;
        change(&mut report);
        report.held_to(Default::default()).sentence
    }

    #[test]
    fn it_says_no_more_than_was_judged() {
        assert_eq!(sentence(|_| {}), "Nothing was judged");
        assert_eq!(
            sentence(|report| report.totals.pass = 1),
            "Nothing to complain of: of 1 obligation that was judged, none fails"
        );
        assert_eq!(
            sentence(|report| (report.totals.pass, report.totals.warn) = (4, 2)),
            "No failure: of 6 obligations that were judged, 2 warn"
        );
        assert_eq!(
            staging::report().sentence,
            "Not conformant: of 6 obligations that were judged, 2 fail"
        );
    }

    #[test]
    fn what_is_known_and_what_drifts_are_no_failures() {
        assert_eq!(
            sentence(|report| {
                report.totals.pass = 4;
                report.totals.known = 1;
            }),
            "Nothing new: of 5 obligations that were judged, 1 is let pass as known"
        );
        assert_eq!(sentence(|report| report.totals.drift = 1), "Not let pass: 1 DRIFT");
        assert_eq!(sentence(|report| report.totals.error = 1), "Not judged to the end: 1 ERROR");
    }
}
