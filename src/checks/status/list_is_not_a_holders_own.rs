//! A list for each credential tells the issuer whose credential was just shown.

use std::collections::HashSet;

use super::every_entry::all;
use crate::checks::{Check, Finding, Judge, Level, applicability};
use crate::transcript::Run;

pub static CHECK: Check = Check {
    id: "status/list-is-not-a-holders-own",
    aliases: &[],
    since: "2026.3",
    title: "many credentials refer to one status list",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-12.2", "tsl#section-12.1"],
    obligation: "of five or more credentials, some refer to the same status list",
    doc: "The address of the list is what the issuer sees when a verifier fetches it. An address that \
          only one credential has, by a list of its own or by a query or a path segment that makes \
          it unique, undoes what the list is there for: the issuer can follow each use. Give \
          thousands of credentials the same address. Several lists side by side are good, as long \
          as each has its crowd.",
    judge: Judge::Run(list_is_not_a_holders_own),
};

/// With fewer credentials, lists that differ may be chance.
const LEAST: usize = 5;

fn list_is_not_a_holders_own(run: &Run) -> Finding {
    let entries = match all(run, LEAST, "fewer than five credentials refer to status lists") {
        Ok(entries) => entries,
        Err(finding) => return finding,
    };
    let credentials: HashSet<&str> =
        entries.iter().map(|entry| entry.credential.as_str()).collect();
    let lists: HashSet<&str> = entries.iter().map(|entry| entry.reference.uri.as_str()).collect();
    if credentials.len() < LEAST {
        return Finding::Exempt("fewer than five credentials refer to status lists");
    }
    let found = format!("{} credentials, {} lists", credentials.len(), lists.len());
    Finding::expect(lists.len() < credentials.len(), "lists with many credentials each", found)
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::status::{elsewhere, paper, paper_at};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn a_list_for_all_holds_and_one_for_each_warns() {
        let shared: Vec<Paper> = (1..=5).map(|holder| paper(holder, u64::from(holder))).collect();
        assert_holds(&super::CHECK, &issued(&shared));
        let own = |holder: u8| paper_at(holder, &elsewhere(&holder.to_string()), 7);
        let own: Vec<Paper> = (1..=5).map(own).collect();
        assert_breaks(&super::CHECK, &issued(&own), "5 credentials, 5 lists");
        assert_outcome(&super::CHECK, &issued(&own[..4]), Outcome::NotApplicable);
    }
}
