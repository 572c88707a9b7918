//! A refresh token is a standing promise, and promises end.

use super::{INVALID_GRANT, issues_refresh_tokens};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "refresh/ends-with-eligibility",
    aliases: &[],
    since: "2026.3",
    title: "nothing is renewed for a holder who is no longer eligible",
    level: Level::Derived,
    raised_by: &[],
    applies: issues_refresh_tokens,
    spec: &["rfc6749#section-5.2", "eaa-de#523-refresh-implementation-checklist"],
    obligation: "after the eligibility of its holder ended, a refresh token is refused with 400 invalid_grant",
    doc: "Refresh tokens outlive what they were given for: a membership is cancelled, a student leaves, an \
          employee is dismissed, and the wallet goes on renewing the credential of a status that is over. \
          Ask the source of the data at each refresh, or end the refresh tokens of a holder when the \
          eligibility ends; answer `invalid_grant`, so that the wallet knows that trying again is of no use.\n\n\
          The scenario has eligibility ended by the hook `[end_eligibility]` of the configuration, and then \
          refreshes. It warns, too, where the hook answers before the change has reached the token endpoint, and \
          where the token is given and only the credential is denied: then the wallet learns a step late.",
    judge: Judge::Refusal(Refusal {
        tamper: "refresh-ineligible",
        expects: &[INVALID_GRANT],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{granted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_holds, assert_outcome};

    #[test]
    fn it_is_a_bad_grant_and_at_worst_a_warning() {
        assert_holds(&super::CHECK, &refused("refresh-ineligible", 400, "invalid_grant"));
        assert_outcome(&super::CHECK, &granted("refresh-ineligible"), Outcome::Warn);
        let other = refused("refresh-ineligible", 403, "access_denied");
        assert_outcome(&super::CHECK, &other, Outcome::Warn);
    }
}
