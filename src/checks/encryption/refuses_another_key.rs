//! The right kid does not make the right key.

use super::{UNDECRYPTABLE, announces_requests};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "encryption/refuses-another-key",
    aliases: &[],
    since: "2026.3",
    title: "a request that was encrypted for another key is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_requests,
    spec: &["vci#credential-request-errors", "vci#encrypted-messages"],
    obligation: "a credential request that was encrypted for another key than its kid names is refused with 400 and an error in plain JSON",
    doc: "This is what a wallet sends that has cached your metadata from before a new key took \
          over the old `kid`. The agreement gives another secret, the tag does not fit, and an \
          exception that nobody expects becomes a `500`.\n\n\
          Catch the failure of decryption at the Credential Endpoint, and answer `400 \
          invalid_encryption_parameters`. Give a new key a new `kid`.",
    judge: Judge::Refusal(Refusal {
        tamper: "encryption-foreign-key",
        expects: &[UNDECRYPTABLE],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{accepted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    const TAMPER: &str = "encryption-foreign-key";

    #[test]
    fn the_refusal_holds_and_everything_else_does_not() {
        assert_holds(&super::CHECK, &refused(TAMPER, 400, "invalid_credential_request"));
        assert_breaks(&super::CHECK, &refused(TAMPER, 500, "server_error"), "server error");
        assert_outcome(&super::CHECK, &accepted(TAMPER), Outcome::Warn);
    }
}
