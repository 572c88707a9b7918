//! Each attested key gets a credential.

use super::demanded;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "key-attestation/issues-for-each-attested-key",
    aliases: &[],
    since: "2026.3",
    title: "each attested key gets a credential",
    level: Level::Should,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#jwt-proof-type", "vci#attestation-proof-type", "vci#credential-response"],
    obligation: "a request that attests several keys is answered with a credential for each, as far as batch_size goes",
    doc: "One attestation can attest many keys, and one proof then asks for a batch. \
          Issuers that count proofs instead of keys issue a single credential. Fewer \
          are allowed, and where no batches are announced one is all that can be \
          expected.\n\n\
          Collect the keys of the proofs and of their attestations, drop what comes \
          twice, and issue for each.",
    judge: Judge::Answers(Station::Credential, issues_for_each_attested_key),
};

fn issues_for_each_attested_key(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let Some(issued) = scene.issued_by(answered) else {
        return Finding::Silent("nothing was issued");
    };
    let proofs = issued.requested.proofs.len().max(1);
    let keys = issued.proved_keys.len();
    if keys <= proofs {
        return Finding::Silent("the request attested no further keys");
    }
    let size = scene.issuer_metadata().and_then(|metadata| metadata.batch_size()).unwrap_or(1);
    let wanted = keys.min(usize::try_from(size).unwrap_or(usize::MAX));
    if wanted <= proofs {
        return Finding::Exempt("no batches are announced that would hold a credential for each");
    }
    let count = issued.credentials.len();
    if count >= wanted {
        return Finding::Holds;
    }
    let breach = Breach::new(
        format!("{wanted} credentials, one for each attested key"),
        format!("{count} for {keys} attested keys"),
    );
    Finding::Warns(breach, "an issuer may issue fewer credentials than there are keys")
}

#[cfg(test)]
mod tests {
    use super::super::staged::attested;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn as_many_as_keys_hold_and_fewer_warn() {
        assert_holds(&super::CHECK, &attested(3, 3));
        assert_breaks(&super::CHECK, &attested(3, 1), "1 for 3 attested keys");
        assert_outcome(&super::CHECK, &attested(3, 1), Outcome::Warn);
        assert_outcome(&super::CHECK, &attested(1, 1), Outcome::NotTestable);
    }
}
