//! A limit that is announced and not kept is no limit.

use super::{batch_size, refused_or, unless_skipped};
use crate::checks::{Check, Finding, Judge, Level, Scene};
use crate::protocol::CredentialResponse;

pub static CHECK: Check = Check {
    id: "batch/refuses-beyond-the-batch-size",
    aliases: &[],
    since: "2026.1",
    title: "more proofs than batch_size are refused",
    level: Level::Derived,
    raised_by: &[],
    applies: |scene| unless_skipped(scene, TAMPER),
    spec: &["vci#credential-issuer-parameters", "vci#credential-request-errors"],
    obligation: "a credential request with more than batch_size proofs is refused with 400 invalid_proof or invalid_credential_request, or gets no more than batch_size credentials",
    doc: "`batch_size` binds the wallet; that the issuer enforces it follows. One that \
          does not can be made to sign thousands of credentials with one request.\n\n\
          No code is named for this case: `invalid_proof` and `invalid_credential_request` \
          are both right. To issue fewer credentials than there were proofs is the \
          issuer's right, so an answer with at most `batch_size` credentials holds too.",
    judge: Judge::Transcript(refuses_beyond_the_batch_size),
};

const TAMPER: &str = "batch-over-size";

fn refuses_beyond_the_batch_size(scene: &Scene<'_>) -> Finding {
    let Some(size) = batch_size(scene) else {
        return Finding::Silent("the metadata have no batch_size");
    };
    refused_or(scene, TAMPER, |answered| {
        let issued =
            answered.json.map_or(0, |json| CredentialResponse::new(json).credentials().len());
        if issued == 0 {
            return Finding::Silent("the answer has no credentials to count");
        }
        if issued <= size {
            return Finding::HoldsAsFar(format!("not refused, but only {issued} were issued"));
        }
        Finding::breaks(
            format!("a refusal, or at most {size} credentials"),
            format!("{issued} credentials"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::staged::{granted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn a_refusal_holds_with_either_code() {
        for code in ["invalid_proof", "invalid_credential_request"] {
            assert_holds(&super::CHECK, &refused(super::TAMPER, 400, code));
        }
        assert_outcome(&super::CHECK, &refused(super::TAMPER, 400, "oops"), Outcome::Warn);
        assert_breaks(&super::CHECK, &refused(super::TAMPER, 500, "oops"), "server error");
    }

    #[test]
    fn a_shortened_batch_holds_and_a_long_one_warns() {
        let texts = |count| vec!["a~".to_owned(); count];
        assert_holds(&super::CHECK, &granted(super::TAMPER, &texts(10), 11));
        let long = granted(super::TAMPER, &texts(11), 11);
        assert_breaks(&super::CHECK, &long, "11 credentials");
        assert_outcome(&super::CHECK, &long, Outcome::Warn);
    }
}
