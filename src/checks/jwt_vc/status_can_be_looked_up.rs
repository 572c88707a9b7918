//! A status that nobody can look up never changes for anybody.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/status-can-be-looked-up",
    aliases: &[],
    since: "2026.3",
    title: "the address in credentialStatus answers",
    level: Level::Derived,
    raised_by: &[],
    applies: super::status,
    spec: &["vcdm1#status"],
    obligation: "the list that credentialStatus names, or else its id, is answered with 200 and some content",
    doc: "Verifiers follow `credentialStatus` to see whether a credential was suspended or revoked, and \
          refuse what they cannot look up. The address is written into the credential for as long as it is \
          good, so lists that move, or that stand behind a login, spoil everything that was issued \
          before.\n\n\
          Serve the list at an address that stays, to anybody. What is in it is a matter of the type of the \
          status, and is not looked at here.",
    judge: Judge::Answers(Station::CredentialStatus, status_can_be_looked_up),
};

fn status_can_be_looked_up(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    let is_empty = answered.answer.body.text().is_some_and(|text| text.trim().is_empty());
    let actual = match answered.answer.status {
        200 if !is_empty => return Finding::Holds,
        200 => "200 without content".to_owned(),
        status => status.to_string(),
    };
    Finding::breaks("200 with the status", actual)
}

#[cfg(test)]
mod tests {
    use super::super::staged::metadata;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(status: u16, body: &str) -> Stage {
        let stage = Stage::new().issuer_metadata(metadata());
        stage.answer(Station::CredentialStatus, status, &[], body)
    }

    #[test]
    fn only_content_will_do() {
        assert_holds(&super::CHECK, &stage(200, "e30.e30.c2ln"));
        assert_breaks(&super::CHECK, &stage(404, "gone"), "404");
        assert_breaks(&super::CHECK, &stage(200, ""), "without content");
        assert_outcome(&super::CHECK, &stage(404, "gone"), Outcome::Warn);
    }
}
