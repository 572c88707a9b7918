//! A token that nobody knows is as good as revoked.

use super::takes_back;
use crate::checks::{Acceptance, Check, Judge, Level};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "revocation/accepts-unknown-tokens",
    aliases: &[],
    since: "2026.3",
    title: "the revocation of an unknown token is no error",
    level: Level::Derived,
    raised_by: &[],
    applies: takes_back,
    spec: &["rfc7009#section-2.2"],
    obligation: "the Revocation Endpoint answers a token that was never issued in the same way as one that was",
    doc: "What the client wants, a token that is not good any more, is the case already, and it could do \
          nothing about an error. An answer that differs also tells a stranger which tokens exist. Answer \
          200 whether or not the look-up found anything.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "revocation-unknown",
        stations: &[Station::Revocation],
    }),
};

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(status: u16, body: &str) -> Stage {
        Stage::new()
            .tampered_raw("revocation-unknown", Station::Revocation, status, &[], body)
            .answer(Station::Revocation, 200, &[], "")
    }

    #[test]
    fn both_are_alike() {
        assert_holds(&super::CHECK, &stage(200, ""));
        let refused = stage(400, r#"{"error":"invalid_request"}"#);
        assert_breaks(&super::CHECK, &refused, "400 invalid_request");
        assert_outcome(&super::CHECK, &refused, Outcome::Warn);
    }
}
