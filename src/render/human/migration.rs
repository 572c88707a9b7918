//! The way from an older draft to 1.0 Final, one line for each thing to do.

use crate::checks::Outcome;
use crate::render::page::{Ink, Page};
use crate::report::{Migration, counted};

pub(super) fn lines(migration: &Migration, page: &mut Page) {
    if migration.steps.is_empty() {
        return;
    }
    let count = counted(migration.steps.len(), "step");
    page.line(&[(Ink::Bold, "To 1.0 Final"), (Ink::Normal, &format!(": {count}"))]);
    for step in &migration.steps {
        let mark = match step.outcome {
            Outcome::Fail => "  must    ",
            Outcome::Warn => "  should  ",
            Outcome::Note => "  may     ",
            _ => "  -       ",
        };
        page.paragraph(mark, step.wants, Ink::Normal);
    }
    page.blank();
}
