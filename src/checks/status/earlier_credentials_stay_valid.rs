//! Whoever asks for one more does not lose the first.

use crate::checks::{Check, Finding, Judge, Level, Scene, applicability, judge};

pub static CHECK: Check = Check {
    id: "status/earlier-credentials-stay-valid",
    aliases: &[],
    since: "2026.3",
    title: "a further credential does not revoke the one before",
    level: Level::Should,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#section-14.3", "tsl#section-7.1"],
    obligation: "after a further credential was issued on the same token, the status of those before is still 0",
    doc: "A wallet asks again for fresh keys, for another device, or because an answer was lost. If the \
          issuer revokes what it gave before, a wallet that is in the middle of presenting it is \
          turned away, and one lost answer costs the user a working credential. Issuers break it \
          that keep one active credential for each dataset, and replace it.",
    judge: Judge::Transcript(earlier_credentials_stay_valid),
};

fn earlier_credentials_stay_valid(scene: &Scene<'_>) -> Finding {
    let Some((last, earlier)) = scene.issued().split_last() else {
        return Finding::Silent(super::NO_CREDENTIAL);
    };
    let changes = &scene.transcript.status_changes;
    let mut worst: Option<Finding> = None;
    for issued in earlier {
        for reference in super::references(issued) {
            // Before anything was revoked at our request, and after the last credential.
            let list = scene.status_lists().iter().find(|list| {
                list.is_at(&reference.uri)
                    && list.at > last.received_at
                    && changes.iter().all(|change| list.at < change.at)
            });
            let Some(list) = list else { continue };
            let value = list
                .token()
                .and_then(|read| read.list.as_ref().ok())
                .and_then(|list| list.get(reference.index));
            let Some(value) = value else { continue };
            let found = format!("{value} at idx {} after a further credential", reference.index);
            let finding = Finding::expect(value == 0, "0, valid", found);
            let finding = judge::shown_in(finding, list.exchange);
            worst = Some(match worst {
                Some(worst) => judge::worse(worst, finding),
                None => finding,
            });
        }
    }
    worst.unwrap_or(Finding::Exempt(
        "no status list was fetched after a further credential was issued",
    ))
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::issued;
    use crate::checks::staging::status::{
        LIST, and_issued, fetch, list, list_of, paper, published,
    };
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::jose::JwtDraft;

    /// Entry 7 is issued, then entry 3, then the list is fetched.
    fn twice(list: &JwtDraft) -> Stage {
        let stage = and_issued(issued(&[paper(1, 7)]), 3);
        fetch(stage, LIST, 200, "application/statuslist+jwt", &list.compact())
    }

    #[test]
    fn both_valid_holds_and_the_first_revoked_warns() {
        assert_holds(&super::CHECK, &twice(&list()));
        let revoked = twice(&list_of(&[0, 0b0100_0000]));
        assert_breaks(&super::CHECK, &revoked, "1 at idx 7");
        assert_outcome(&super::CHECK, &revoked, Outcome::Warn);
    }

    #[test]
    fn one_credential_shows_nothing() {
        assert_outcome(&super::CHECK, &published(&list()), Outcome::NotApplicable);
    }
}
