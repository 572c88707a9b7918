//! A key of one's own is a name.

use std::collections::HashSet;

use crate::checks::seen_credentials;
use crate::checks::{Check, Finding, Judge, Level, applicability};
use crate::transcript::Run;

pub static CHECK: Check = Check {
    id: "unlinkability/issuer-keys-are-shared",
    aliases: &[],
    since: "2026.3",
    title: "credentials are signed under keys that others share",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["vci#section-15.5"],
    obligation: "the kid and the signing certificate of issued SD-JWT VCs are not different in every credential",
    doc: "`kid` and `x5c` are shown at each presentation. An issuer that makes a key, a certificate or only a \
          name for it per holder or per credential gives verifiers an identifier that no selective \
          disclosure takes away.\n\n\
          Sign the credentials of many holders with one key, and rotate it by the calendar. That there is a \
          key for each holder cannot be seen where all offers are for the same one: what is judged is \
          whether every credential of the run has its own.",
    judge: Judge::Run(issuer_keys_are_shared),
};

/// With fewer credentials, different keys may be a rotation.
const FEWEST: usize = 5;

fn issuer_keys_are_shared(run: &Run) -> Finding {
    let credentials = seen_credentials::sd_jwts(run);
    if credentials.is_empty() {
        return Finding::Silent("no SD-JWT VC was issued");
    }
    let headers = || credentials.iter().map(|credential| credential.sd_jwt.header());
    let by_kid: Vec<&str> = headers().filter_map(|header| header.get("kid")?.as_str()).collect();
    let by_leaf = headers().filter_map(|header| header.get("x5c")?.get(0)?.as_str());
    let by_leaf: Vec<&str> = by_leaf.collect();
    let mut judged = false;
    for (what, names) in [("kid", by_kid), ("signing certificate", by_leaf)] {
        if names.len() < FEWEST {
            continue;
        }
        judged = true;
        if names.iter().collect::<HashSet<_>>().len() == names.len() {
            return Finding::breaks(
                format!("a {what} that credentials share"),
                format!("a {what} of its own in each of {} credentials", names.len()),
            );
        }
    }
    match judged {
        true => Finding::Holds,
        false => Finding::Exempt("too few credentials came to tell one key each from a rotation"),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    fn keys(count: u8, distinct: bool) -> Stage {
        let paper = |number: u8| {
            let kid = if distinct { format!("key-{number}") } else { "key-1".to_owned() };
            Paper::honest(number).header("kid", json!(kid))
        };
        issued(&(1..=count).map(paper).collect::<Vec<_>>())
    }

    #[test]
    fn one_key_for_many_holds_and_one_for_each_warns() {
        assert_holds(&super::CHECK, &keys(6, false));
        assert_breaks(&super::CHECK, &keys(6, true), "each of 6 credentials");
        assert_outcome(&super::CHECK, &keys(6, true), Outcome::Warn);
        assert_outcome(&super::CHECK, &keys(3, true), Outcome::NotApplicable);
    }
}
