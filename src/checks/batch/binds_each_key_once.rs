//! A key is for one credential.

use std::collections::{HashMap, HashSet};

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "batch/binds-each-key-once",
    aliases: &[],
    since: "2026.1",
    title: "each proved key is bound to at most one credential",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::batch_of_proofs,
    spec: &["vci#credential-response"],
    obligation: "a credential response has no more credentials than the request proved keys, and no two are bound to the same key",
    doc: "Batches exist so that presentations cannot be linked, and the key is the first \
          thing to link by. Issuers take the first proof's key for the whole batch, or \
          repeat the last key when they make more credentials than there were proofs. An \
          attestation may bring further keys, each for a credential of its own.\n\n\
          Issue in a loop over the proofs, one credential for each. Fewer are allowed, in \
          any order. That each key is one that was proved is \
          `sd-jwt/binds-the-holder-key`, `jwt-vc/binds-the-holder-key` and `mdoc/binds-the-device-key`.",
    judge: Judge::Answers(Station::Credential, binds_each_key_once),
};

fn binds_each_key_once(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let Some(issued) = scene.issued_by(answered) else {
        return Finding::Silent("nothing was issued");
    };
    if issued.proved_keys.is_empty() {
        return Finding::Silent("the request proved no key");
    }
    let readable: HashSet<&String> = issued.proved_keys.iter().flatten().collect();
    let unreadable = issued.proved_keys.iter().filter(|key| key.is_none()).count();
    let (count, keys) = (issued.credentials.len(), readable.len() + unreadable);
    if count > keys {
        let actual = format!("{count} credentials for {keys} keys");
        return Finding::breaks("at most one credential for each key", actual);
    }
    let mut bound = HashMap::new();
    for (place, opened) in issued.readable() {
        if let Some(first) = opened.holder_key().and_then(|key| bound.insert(key, place)) {
            let actual = format!("credentials {} and {} have the same key", first + 1, place + 1);
            return Finding::breaks("a key of its own for each credential", actual);
        }
    }
    Finding::Holds
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::credentials::{Paper, issued, issued_texts};
    use crate::checks::staging::mdocs::{self, licence};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn distinct_keys_hold_in_any_order_and_number() {
        let papers = [Paper::honest(3), Paper::honest(1)].map(|paper| paper.text());
        assert_holds(&super::CHECK, &issued_texts(&papers, 3));
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1)]));
    }

    #[test]
    fn the_device_keys_of_mdocs_count_too() {
        assert_holds(&super::CHECK, &mdocs::issued(&[licence(2), licence(1)]));
        let twin = mdocs::issued(&[licence(1), licence(1)]);
        assert_breaks(&super::CHECK, &twin, "credentials 1 and 2");
    }

    #[test]
    fn one_key_for_two_or_too_many_credentials_break() {
        let cnf = Paper::honest(1).draft.claims["cnf"].clone();
        let twin = Paper::honest(2).claim("cnf", cnf);
        let stage = issued(&[Paper::honest(1), twin]);
        assert_breaks(&super::CHECK, &stage, "credentials 1 and 2");
        let papers = [Paper::honest(1), Paper::honest(2)].map(|paper| paper.text());
        assert_breaks(&super::CHECK, &issued_texts(&papers, 1), "2 credentials for 1 keys");
    }
}
