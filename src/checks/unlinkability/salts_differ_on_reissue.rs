//! Salts that can be computed again are no secret.

use std::collections::{BTreeSet, HashMap};

use crate::checks::seen_credentials;
use crate::checks::{Check, Finding, Judge, Level, applicability};
use crate::formats::Disclosure;
use crate::transcript::Run;

pub static CHECK: Check = Check {
    id: "unlinkability/salts-differ-on-reissue",
    aliases: &[],
    since: "2026.3",
    title: "the same data issued again has other salts",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["rfc9901#section-9.3"],
    obligation: "no salt of an issued SD-JWT VC occurs in a credential that was issued for another offer",
    doc: "Salts that are derived from the holder's data, from a row of a table or from a seed that starts anew \
          with the process come back when the data are issued again. They then link the old credential with \
          the new one, and who knows the rule can compute what a digest hides.\n\n\
          Draw each salt from the system's generator. Within one scenario it is \
          `sd-jwt/salts-are-fresh` that looks, within one batch \
          `unlinkability/salts-differ-within-a-batch`.",
    judge: Judge::Run(salts_differ_on_reissue),
};

fn salts_differ_on_reissue(run: &Run) -> Finding {
    let credentials = seen_credentials::sd_jwts(run);
    let mut first_uses: HashMap<&str, usize> = HashMap::new();
    let mut scenarios = BTreeSet::new();
    for credential in &credentials {
        for salt in credential.sd_jwt.disclosures.iter().filter_map(Disclosure::salt) {
            scenarios.insert(credential.transcript);
            let first = *first_uses.entry(salt).or_insert(credential.transcript);
            if first != credential.transcript {
                let name = |place: usize| {
                    run.transcripts.get(place).map_or("", |one| one.scenario.as_str())
                };
                return Finding::breaks(
                    "new salts for each issuance",
                    format!("{} and {} share a salt", name(first), name(credential.transcript)),
                );
            }
        }
    }
    match scenarios.len() {
        0 if credentials.is_empty() => Finding::Silent("no SD-JWT VC was issued"),
        0 => Finding::Exempt("no credential has disclosures"),
        1 => Finding::Exempt("disclosures came in one scenario only"),
        _ => Finding::Holds,
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    fn both(one: &Paper, other: &Paper) -> Stage {
        let mut stage = issued(std::slice::from_ref(one));
        let mut second = issued(std::slice::from_ref(other)).run.transcripts.remove(0);
        second.scenario = "staged/again".into();
        stage.run.transcripts.push(second);
        stage
    }

    #[test]
    fn new_salts_hold_and_old_ones_warn() {
        assert_holds(&super::CHECK, &both(&Paper::honest(1), &Paper::honest(2)));
        let mut again = Paper::honest(2);
        again.disclosures = Paper::honest(1).disclosures;
        let stage = both(&Paper::honest(1), &again);
        assert_breaks(&super::CHECK, &stage, "staged/scenario and staged/again share a salt");
        assert_outcome(&super::CHECK, &stage, Outcome::Warn);
        let once = issued(&[Paper::honest(1)]);
        assert_outcome(&super::CHECK, &once, Outcome::NotApplicable);
    }
}
