//! Each proof of a batch shows that it is fresh.

use crate::checks::proof::INVALID_NONCE;
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "batch/refuses-one-stale-nonce",
    aliases: &[],
    since: "2026.3",
    title: "one wrong nonce among good ones refuses the batch",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::batch_of_proofs,
    spec: &["vci#credential-request-errors", "vci#verifying-key-proof"],
    obligation: "a credential request in which one of several key proofs has an invalid c_nonce is refused with 400 invalid_nonce, and nothing is issued",
    doc: "`invalid_nonce` is defined for requests in which at least one of the proofs has an invalid `c_nonce`; the wallet \
          then fetches a new one and signs again. An issuer that looks at the nonce of the first proof only lets \
          proofs be made in advance for all the others, and whoever has the device for a minute can have \
          credentials bound to their keys later.\n\n\
          Look at the nonce of every proof before anything is signed. `invalid_proof` is understandable and warns: \
          wallets take it for a broken key.",
    judge: Judge::Refusal(REFUSAL),
};

const REFUSAL: Refusal = Refusal {
    tamper: "batch-one-stale-nonce",
    expects: &[Expectation { fixed: false, ..INVALID_NONCE[0] }],
    control: Control::Needed,
    leniency: None,
};

#[cfg(test)]
mod tests {
    use super::super::staged::{granted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn invalid_nonce_holds_and_part_of_the_batch_warns() {
        let tamper = super::REFUSAL.tamper;
        assert_holds(&super::CHECK, &refused(tamper, 400, "invalid_nonce"));
        assert_outcome(&super::CHECK, &refused(tamper, 400, "invalid_proof"), Outcome::Warn);
        let part = granted(tamper, &["a~".into(), "b~".into()], 3);
        assert_breaks(&super::CHECK, &part, "accepted");
        assert_outcome(&super::CHECK, &part, Outcome::Warn);
    }
}
