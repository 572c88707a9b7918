//! The wallet keeps the one nonce it was given last, so an answer must not leave a choice.

use std::collections::BTreeSet;

use super::{AUTHORIZATION_SERVER, CREDENTIAL_ISSUER, nonces};
use crate::checks::{
    Applies, Breach, Check, Finding, Judge, Level, Scene, applicability, guessing,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "dpop/sends-one-nonce",
    aliases: &[],
    since: "2026.1",
    title: "DPoP nonces come singly and well-formed",
    level: Level::Must,
    raised_by: &[],
    applies: where_handed_out,
    spec: &["rfc9449#section-8", "rfc9449#section-8.1"],
    obligation: "an answer carries at most one DPoP-Nonce, in the characters allowed for it, and the next one cannot be foretold",
    doc: "Two fields come about when the server and a gateway both add one, or when a filter runs \
          twice; set the header instead of adding it. A nonce consists of printable ASCII without \
          space, quote and backslash, which base64url is and JSON is not. Counters and time \
          stamps can be foretold: take random octets, or authenticate what the nonce carries.",
    judge: Judge::Transcript(sends_one_nonce),
};

fn where_handed_out(scene: &Scene<'_>) -> Applies {
    if let Applies::No(reason) = applicability::dpop(scene) {
        return Applies::No(reason);
    }
    let unknown = scene.transcript.at(Station::Token).next().is_none();
    let handed_out =
        nonces(scene, AUTHORIZATION_SERVER).chain(nonces(scene, CREDENTIAL_ISSUER)).next();
    Applies::when(unknown || handed_out.is_some(), "no answer carries DPoP-Nonce")
}

fn sends_one_nonce(scene: &Scene<'_>) -> Finding {
    let mut seen = false;
    for answered in scene.answered() {
        let found: Vec<&str> = answered.answer.headers.all("dpop-nonce").collect();
        let Some(first) = found.first() else { continue };
        seen = true;
        let number = [answered.exchange.number];
        if found.len() > 1 {
            let actual = format!("{} DPoP-Nonce headers", found.len());
            return Finding::Breaks(Breach::new("one DPoP-Nonce header", actual).at(number));
        }
        if !is_nonce(first) {
            let expected = "one or more of %x21, %x23-5B, %x5D-7E";
            let actual = match first.chars().find(|one| !is_nonce(one.encode_utf8(&mut [0; 4]))) {
                Some(character) => format!("{character:?} in DPoP-Nonce"),
                None => "an empty DPoP-Nonce".to_owned(),
            };
            return Finding::Breaks(Breach::new(expected, actual).at(number));
        }
    }
    for stations in [AUTHORIZATION_SERVER, CREDENTIAL_ISSUER] {
        let distinct: BTreeSet<&str> = nonces(scene, stations).collect();
        let distinct: Vec<&str> = distinct.into_iter().collect();
        if let (3.., Some(why)) = (distinct.len(), guessing::foretold(&distinct)) {
            return Finding::breaks("DPoP nonces that cannot be foretold", why);
        }
    }
    if seen { Finding::Holds } else { Finding::Silent("no answer carried DPoP-Nonce") }
}

/// Whether a text is a nonce by the syntax of RFC 9449 8.1.
fn is_nonce(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|octet| matches!(octet, 0x21 | 0x23..=0x5b | 0x5d..=0x7e))
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(answers: &[&[&str]]) -> Stage {
        answers.iter().fold(Stage::new(), |stage, nonces| {
            let headers: Vec<(&str, &str)> =
                nonces.iter().map(|nonce| ("DPoP-Nonce", *nonce)).collect();
            stage.answer(Station::Token, 200, &headers, "{}")
        })
    }

    #[test]
    fn one_well_formed_nonce_holds() {
        assert_holds(&super::CHECK, &stage(&[&["eyJ7S_zG.eyJH0-Z.HX4w-7v"], &[]]));
        assert_breaks(&super::CHECK, &stage(&[&["a", "b"]]), "2 DPoP-Nonce headers");
        assert_breaks(&super::CHECK, &stage(&[&["a b"]]), "' ' in DPoP-Nonce");
        assert_breaks(&super::CHECK, &stage(&[&[""]]), "an empty DPoP-Nonce");
    }

    #[test]
    fn a_counter_can_be_foretold() {
        let counter = stage(&[&["n-1"], &["n-2"], &["n-3"]]);
        assert_breaks(&super::CHECK, &counter, "bits change");
    }

    #[test]
    fn a_server_without_nonces_is_not_concerned() {
        assert_outcome(&super::CHECK, &stage(&[&[]]), Outcome::NotApplicable);
        assert_outcome(&super::CHECK, &Stage::new(), Outcome::NotTestable);
    }
}
