//! Relics of drafts in the credential response, reported and never held against an issuer.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/omits-old-members",
    aliases: &[],
    since: "2026.1",
    title: "a credential response has no members of drafts",
    level: Level::Note,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-response"],
    obligation: "a credential response has none of c_nonce, c_nonce_expires_in and format",
    doc: "Up to draft 14 the next `c_nonce` came in the credential response, and up to draft 12 the \
          `format`. Wallets of 1.0 Final ignore both, so nothing breaks; but a wallet in transition \
          may take its nonce from there, and an issuer that means to speak 1.0 Final gives away \
          that it still speaks a draft as well.\n\n\
          Serve nonces from the Nonce Endpoint alone, once the last old wallet is gone.",
    judge: Judge::Answers(Station::Credential, omits_old_members),
};

const OLD_MEMBERS: &[&str] = &["c_nonce", "c_nonce_expires_in", "format"];

fn omits_old_members(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if !answered.grants_something() {
        return Finding::Silent("nothing was issued");
    }
    let found: Vec<&str> =
        OLD_MEMBERS.iter().copied().filter(|name| answered.member(name).is_some()).collect();
    Finding::expect(found.is_empty(), "members of 1.0 Final", found.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome};
    use crate::transcript::Station;
    use serde_json::{Value, json};

    #[test]
    fn a_nonce_in_the_response_is_noted() {
        let stage = |body: Value| Stage::new().answer_json(Station::Credential, 200, body);
        assert_holds(&super::CHECK, &stage(json!({"credentials": [], "zzz": 1})));
        let old = stage(json!({"credentials": [], "c_nonce": "n"}));
        assert_outcome(&super::CHECK, &old, Outcome::Note);
    }
}
