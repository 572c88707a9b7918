//! Copies are no batch.

use std::collections::HashMap;

use crate::checks::{Answered, Check, Finding, Judge, Level, Opened, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "batch/credentials-differ",
    aliases: &[],
    since: "2026.1",
    title: "no two credentials of a batch are the same",
    level: Level::Should,
    raised_by: &[],
    applies: applicability::batch_of_proofs,
    spec: &["vci#section-3.3.2"],
    obligation: "no two credentials of one response have the same text or the same signature",
    doc: "A batch gives the wallet a fresh credential for each presentation. Copies of one \
          credential are linked at the second presentation, by the signature alone. It \
          happens when an issuer signs once and answers with n copies to satisfy the \
          number.\n\n\
          Sign each credential on its own, with its own key in `cnf`, its own salts and \
          times.",
    judge: Judge::Answers(Station::Credential, credentials_differ),
};

fn credentials_differ(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let Some(issued) = scene.issued_by(answered) else {
        return Finding::Silent("nothing was issued");
    };
    if issued.credentials.len() < 2 {
        return Finding::Silent("no batch was issued");
    }
    let mut first_places = HashMap::new();
    for (place, credential) in issued.credentials.iter().enumerate() {
        let mark = match &credential.opened {
            Opened::SdJwt(opened) => opened.sd_jwt.jws.signature(),
            Opened::Unreadable(_) | Opened::Other => credential.text.as_bytes(),
        };
        if let Some(first) = first_places.insert(mark, place) {
            let actual = format!("credentials {} and {} are the same", first + 1, place + 1);
            return Finding::breaks("credentials that differ", actual);
        }
    }
    Finding::Holds
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staged_credentials::{Paper, issued, issued_texts};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn a_batch_holds_and_copies_warn() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1), Paper::honest(2)]));
        let copies = issued_texts(&[Paper::honest(1).text(), Paper::honest(1).text()], 2);
        assert_breaks(&super::CHECK, &copies, "1 and 2 are the same");
        assert_outcome(&super::CHECK, &copies, Outcome::Warn);
    }
}
