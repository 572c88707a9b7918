//! A key that came in clear may be anybody's.

use super::{CLEAR, announces_both};
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "encryption/refuses-a-key-in-clear",
    aliases: &[],
    since: "2026.3",
    title: "a key for the answer that came in clear is refused",
    level: Level::Should,
    raised_by: &[],
    applies: announces_both,
    spec: &["vci#credential-response", "vci#deferred-credential-request", "vci#encrypted-messages"],
    obligation: "a credential request, or a deferred one, in clear that asks for an encrypted answer is refused",
    doc: "Wallets must encrypt a request that brings the key for its answer: else whoever can \
          read the request could put their own key in, read the credential, and pass it on. \
          That duty is the wallet's; the issuer should turn down what was not encrypted \
          although it had to be.\n\n\
          Where `credential_response_encryption` is present, look at the media type of the \
          request, and answer `400` with `invalid_encryption_parameters` if it was \
          `application/json`.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-key-in-clear",
        expects: &[CLEAR, Expectation { station: Station::Deferred, ..CLEAR }],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{accepted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    const TAMPER: &str = "encryption-key-in-clear";

    #[test]
    fn the_refusal_holds_and_everything_else_does_not() {
        assert_holds(&super::CHECK, &refused(TAMPER, 400, "invalid_credential_request"));
        assert_breaks(&super::CHECK, &refused(TAMPER, 500, "server_error"), "server error");
        assert_outcome(&super::CHECK, &accepted(TAMPER), Outcome::Warn);
    }
}
