//! A batch is one credential many times.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "batch/shares-one-dataset",
    aliases: &[],
    since: "2026.1",
    title: "the credentials of a batch say the same",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::batch_of_readable_credentials,
    spec: &["vci#section-3.3.2", "vci#credential-response"],
    obligation: "the credentials of one response have the same claims, but for key, status, times and identifiers of the credential itself",
    doc: "The wallet shows any credential of a batch for any other, so all say the same of \
          the holder. They differ when a batch is filled from a list of records, when a \
          random value was put among the claims, or when the data changed while the batch \
          was made.\n\n\
          Read the dataset once per request. Compared is what remains after all \
          disclosures are put in place, without `cnf`, `status`, `iat`, `nbf`, `exp`, \
          `jti`, `sub` and dates of issue and expiry.",
    judge: Judge::Answers(Station::Credential, shares_one_dataset),
};

/// Claims about the credential rather than its subject, beside those that a dataset leaves out
/// anyway: they may differ, so that credentials cannot be linked by them.
const OF_THE_CREDENTIAL: &[&str] =
    &["sub", "issuance_date", "issue_date", "date_of_issuance", "expiry_date", "date_of_expiry"];

fn shares_one_dataset(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let Some(issued) = scene.issued_by(answered) else {
        return Finding::Silent("nothing was issued");
    };
    let mut datasets = issued.readable().filter_map(|(place, opened)| {
        let mut dataset = opened.dataset()?;
        dataset.retain(|name, _| !OF_THE_CREDENTIAL.contains(&name.as_str()));
        Some((place, dataset))
    });
    let Some((_, first)) = datasets.next() else {
        return Finding::Silent("no credential that could be opened was issued");
    };
    let mut compared = false;
    for (place, other) in datasets {
        compared = true;
        let differing = differing(&first, &other);
        if !differing.is_empty() {
            let names = differing.join(", ");
            let actual = format!("credential {} differs in {names}", place + 1);
            return Finding::breaks("the same claims in the whole batch", actual);
        }
    }
    if compared {
        Finding::Holds
    } else {
        Finding::Exempt("one credential was issued, which is the issuer's right")
    }
}

/// The names of the claims that only one has, or that differ in value.
fn differing<'a>(one: &'a Map<String, Value>, other: &'a Map<String, Value>) -> Vec<&'a str> {
    let names: BTreeSet<&str> = one.keys().chain(other.keys()).map(String::as_str).collect();
    names.into_iter().filter(|name| one.get(*name) != other.get(*name)).take(6).collect()
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::mdocs::{self, licence};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn the_same_claims_hold_whatever_the_times_and_keys() {
        let later = Paper::honest(2).claim("jti", json!("other")).claim("iat", json!(1));
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1), later]));
        assert_outcome(&super::CHECK, &issued(&[Paper::honest(1)]), Outcome::NotApplicable);
    }

    #[test]
    fn the_elements_of_mdocs_are_compared() {
        assert_holds(&super::CHECK, &mdocs::issued(&[licence(1), licence(2)]));
        let other = licence(2).element("given_name", "Max".into());
        let stage = mdocs::issued(&[licence(1), other]);
        assert_breaks(&super::CHECK, &stage, "credential 2 differs in given_name");
    }

    #[test]
    fn another_value_breaks_in_clear_and_in_a_disclosure() {
        let french = Paper::honest(2).claim("nationality", json!("FR"));
        let stage = issued(&[Paper::honest(1), french]);
        assert_breaks(&super::CHECK, &stage, "credential 2 differs in nationality");
        let mut other = Paper::honest(2);
        other.disclosures[0] = json!(["salt", "given_name", "Max"]);
        assert_breaks(&super::CHECK, &issued(&[Paper::honest(1), other]), "given_name");
    }
}
