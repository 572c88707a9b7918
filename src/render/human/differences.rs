//! What has drifted, value by value: as it was recorded, and as it is.

use crate::render::page::{Ink, Page};
use crate::report::{Difference, counted};

/// More differences of one shape are counted.
const TOLD: usize = 24;

pub(super) fn lines(differences: &[Difference], page: &mut Page) {
    let mut last = None;
    for difference in differences.iter().take(TOLD) {
        let (was, is) = (difference.recorded.as_deref(), difference.now.as_deref());
        let what = match (was, is) {
            (Some(_), Some(_)) => "changed",
            (Some(_), None) => "gone",
            (None, _) => "new",
        };
        if last != Some((what, difference.value.as_str())) {
            let label = format!("  {what:<10}  ");
            page.line(&[(Ink::Dim, &label), (Ink::Normal, &difference.value)]);
        }
        last = Some((what, difference.value.as_str()));
        if let Some(was) = was {
            page.line(&[(Ink::Red, "            - "), (Ink::Red, was)]);
        }
        if let Some(is) = is {
            page.line(&[(Ink::Green, "            + "), (Ink::Green, is)]);
        }
    }
    let more = differences.len().saturating_sub(TOLD);
    if more > 0 {
        let more = counted(more, "further value");
        page.line(&[(Ink::Dim, "              "), (Ink::Normal, &format!("and {more}"))]);
    }
}
