//! Two credentials for one key can be linked by it.

use std::collections::HashSet;

use super::{refused_or, unless_skipped};
use crate::checks::{Answered, Check, Finding, Judge, Level, Requested, Scene, issued};
use crate::formats::{Mdoc, SdJwt};
use crate::protocol::CredentialResponse;

pub static CHECK: Check = Check {
    id: "batch/refuses-a-duplicate-key",
    aliases: &[],
    since: "2026.1",
    title: "two proofs by one key give no two credentials",
    level: Level::Derived,
    raised_by: &[],
    applies: |scene| unless_skipped(scene, TAMPER),
    spec: &["vci#credential-response", "vci#credential-request-errors"],
    obligation: "a credential request with two proofs by the same key is refused with 400 invalid_proof, or gets at most one credential for that key",
    doc: "Each key that the wallet provides is bound to at most one credential. An issuer \
          that makes one credential per proof, without looking whether the keys differ, \
          hands out twins that every verifier can link.\n\n\
          Compare the thumbprints of the proofs before signing: refuse the request, or \
          issue once per key.",
    judge: Judge::Transcript(refuses_a_duplicate_key),
};

const TAMPER: &str = "batch-duplicate-key";

fn refuses_a_duplicate_key(scene: &Scene<'_>) -> Finding {
    refused_or(scene, TAMPER, |answered| granted(answered, scene))
}

fn granted(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let texts = answered.json.map(|json| CredentialResponse::new(json).credentials());
    let texts = texts.unwrap_or_default();
    if texts.is_empty() {
        return Finding::Silent("the answer has no credentials to compare");
    }
    let proved: Vec<Option<String>> = Requested::read(answered.exchange, scene)
        .map(|request| issued::proved_keys(&request))
        .unwrap_or_default();
    let distinct: HashSet<&String> = proved.iter().flatten().collect();
    let mut bound = HashSet::new();
    for text in &texts {
        let key = match SdJwt::open(text) {
            Ok(sd_jwt) => sd_jwt.cnf_jwk().and_then(|jwk| jwk.thumbprint().ok()),
            Err(_) => Mdoc::open(text).ok().and_then(|mdoc| mdoc.device_key_thumbprint()),
        };
        if let Some(key) = key
            && !bound.insert(key)
        {
            return Finding::breaks("at most one credential for each key", "two for one key");
        }
    }
    if !proved.contains(&None) && texts.len() > distinct.len() {
        let actual = format!("{} credentials for {} keys", texts.len(), distinct.len());
        return Finding::breaks("at most one credential for each key", actual);
    }
    Finding::Holds
}

#[cfg(test)]
mod tests {
    use super::super::staged::{granted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::Paper;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn a_refusal_holds_and_so_does_one_credential() {
        assert_holds(&super::CHECK, &refused(super::TAMPER, 400, "invalid_proof"));
        assert_holds(&super::CHECK, &granted(super::TAMPER, &[Paper::honest(1).text()], 2));
        assert_outcome(&super::CHECK, &refused(super::TAMPER, 400, "oops"), Outcome::Warn);
    }

    #[test]
    fn twins_warn() {
        let mut twin = Paper::honest(2);
        twin.draft.claims = Paper::honest(1).draft.claims;
        let stage = granted(super::TAMPER, &[Paper::honest(1).text(), twin.text()], 2);
        assert_breaks(&super::CHECK, &stage, "two for one key");
        assert_outcome(&super::CHECK, &stage, Outcome::Warn);
        let many = granted(super::TAMPER, &["a".into(), "b".into(), "c".into()], 2);
        assert_breaks(&super::CHECK, &many, "3 credentials for 2 keys");
    }
}
