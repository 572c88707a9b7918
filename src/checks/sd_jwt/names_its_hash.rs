//! The name of the hash is read letter by letter.

use serde_json::Value;

use super::each;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::formats::HashAlgorithm;
use crate::formats::sd_jwt::Standing;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/names-its-hash",
    aliases: &[],
    since: "2026.3",
    title: "_sd_alg is at the top and a registered name",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["rfc9901#section-4.1.1"],
    obligation: "_sd_alg of an issued SD-JWT VC stands at the top level of the payload, if at all, and is the name of a hash algorithm as it is registered",
    doc: "The name comes from the IANA registry of named information and has a hyphen and small letters: \
          `sha-256`, not `SHA-256` or `sha256`. Libraries have their own spellings, and one of them \
          slips in. Without `_sd_alg` the hash is SHA-256, so an issuer that uses another one must \
          say so, and says it once: inside a nested object the name means nothing.\n\n\
          A name that resembles no registered one only warns, as another specification may define it.",
    judge: Judge::Answers(Station::Credential, names_its_hash),
};

fn names_its_hash(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| {
        let digests = opened.sd_jwt.digests();
        let mut misuses = digests.misuses.iter();
        if let Some(misuse) = misuses.find(|misuse| misuse.place.pointer.ends_with("/_sd_alg")) {
            let place = &misuse.place.pointer;
            return Finding::breaks("_sd_alg at the top level only", format!("_sd_alg at {place}"));
        }
        match opened.sd_jwt.payload().get("_sd_alg") {
            None => Finding::Holds,
            Some(Value::String(name)) => named(name),
            Some(other) => Finding::breaks(
                "_sd_alg, a string",
                format!("_sd_alg is {}", shape::describe(Some(other))),
            ),
        }
    })
}

fn named(name: &str) -> Finding {
    const EXPECTED: &str = "a registered name such as sha-256";
    match HashAlgorithm::standing(name) {
        Standing::Registered => Finding::Holds,
        Standing::Misspelt { of } => {
            Finding::breaks(format!("_sd_alg {of}"), format!("_sd_alg {}", shape::quote(name)))
        }
        Standing::Unknown => Finding::Warns(
            Breach::new(EXPECTED, format!("_sd_alg {}", shape::quote(name))),
            "another specification may define the name",
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use serde_json::{Value, json};

    fn hashed(name: Value) -> Stage {
        issued(&[Paper::honest(1).claim("_sd_alg", name)])
    }

    #[test]
    fn registered_names_and_none_hold() {
        for name in [json!(null), json!("sha-256"), json!("sha-512"), json!("sha3-256")] {
            assert_holds(&super::CHECK, &hashed(name));
        }
    }

    #[test]
    fn other_spellings_types_and_places_break() {
        assert_breaks(&super::CHECK, &hashed(json!("SHA-256")), "SHA-256");
        assert_breaks(&super::CHECK, &hashed(json!("sha256")), "sha256");
        assert_breaks(&super::CHECK, &hashed(json!(256)), "is 256");
        let nested = Paper::honest(1).claim("address", json!({ "_sd_alg": "sha-256" }));
        assert_breaks(&super::CHECK, &issued(&[nested]), "/address/_sd_alg");
        assert_outcome(&super::CHECK, &hashed(json!("whirlpool")), Outcome::Warn);
    }
}
