//! A renewed credential may replace the old one in its place: same holder, same key.

use super::issues_refresh_tokens;
use crate::checks::{Acceptance, Check, Judge, Level};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "refresh/issues-to-the-same-key",
    aliases: &[],
    since: "2026.3",
    title: "a credential is renewed for the same key",
    level: Level::Derived,
    raised_by: &[],
    applies: issues_refresh_tokens,
    spec: &["vci#section-14.5"],
    obligation: "a credential is issued anew to a key that an earlier one is bound to",
    doc: "Nothing in OpenID4VCI asks a wallet to make a new key for each renewal, and keys in secure \
          hardware are not always to be had in numbers. An issuer that keeps a unique index over holder \
          keys refuses them the second time, often with `invalid_proof` or as a server error. A key may \
          come back in a later request; within one batch each proof has a key of its own.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "proof-known-key",
        stations: &[Station::Credential],
    }),
};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::redeemed;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(status: u16) -> Stage {
        let given = json!({ "credentials": [{ "credential": "c" }] });
        let body = if status == 200 { given.clone() } else { json!({ "error": "invalid_proof" }) };
        redeemed("Bearer").answer_json(Station::Credential, 200, given).tampered(
            "proof-known-key",
            Station::Credential,
            status,
            body,
        )
    }

    #[test]
    fn the_key_comes_back() {
        assert_holds(&super::CHECK, &stage(200));
        assert_breaks(&super::CHECK, &stage(400), "invalid_proof");
        assert_outcome(&super::CHECK, &stage(400), Outcome::Warn);
    }
}
