//! A cached credential is a leaked credential.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, served};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/is-uncacheable",
    aliases: &[],
    since: "2026.1",
    title: "a credential response is not cacheable",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-response", "rfc6750#section-5.3"],
    obligation: "a credential response carries Cache-Control with no-store",
    doc: "The specification shows `Cache-Control: no-store` in its examples and demands it nowhere, \
          so this warns. Credentials are personal data: what may be stored by a proxy or by a \
          browser's disk cache will be, and outlives the wallet's own deletion.\n\n\
          Set `Cache-Control: no-store` in the handler of the Credential Endpoint.",
    judge: Judge::Answers(Station::Credential, is_uncacheable),
};

fn is_uncacheable(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if !answered.grants_something() {
        return Finding::Silent("nothing was issued");
    }
    served::is_uncacheable(answered)
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn no_store_holds_and_its_absence_warns() {
        let stage = |headers: &[(&str, &str)]| {
            let body = r#"{"credentials":[{"credential":"a~"}]}"#;
            Stage::new().answer(Station::Credential, 200, headers, body)
        };
        assert_holds(&super::CHECK, &stage(&[("cache-control", "no-store")]));
        assert_breaks(&super::CHECK, &stage(&[("cache-control", "private")]), "private");
        assert_outcome(&super::CHECK, &stage(&[]), Outcome::Warn);
    }
}
