//! A short salt can be tried out.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::formats::Disclosure;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/salts-are-long",
    aliases: &[],
    since: "2026.3",
    title: "salts are long enough for 128 bits",
    level: Level::Should,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["rfc9901#section-9.3"],
    obligation: "each salt of an issued SD-JWT VC is long enough to hold 128 random bits",
    doc: "Whoever sees a digest can try values and salts until it fits; a birth date has few values, so the \
          salt has to have many. 128 random bits are advised. Written in base64url they take 22 \
          characters, and no printable text of fewer than 20 can hold them: shorter salts warn. How random \
          a longer one is, nobody can see.",
    judge: Judge::Answers(Station::Credential, salts_are_long),
};

/// No text of fewer printable characters holds 128 bits.
const SHORTEST: usize = 20;

fn salts_are_long(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| {
        let salts = opened.sd_jwt.disclosures.iter().filter_map(Disclosure::salt);
        match salts.map(str::len).min() {
            None => Finding::Exempt("the credential has no disclosures"),
            Some(shortest) => Finding::expect(
                shortest >= SHORTEST,
                "salts of 128 bits, 22 characters in base64url",
                format!("a salt of {shortest} characters"),
            ),
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn sixteen_octets_hold_and_eight_warn() {
        let salted = |salt: &str| {
            let mut paper = Paper::honest(1);
            paper.disclosures = vec![json!([salt, "given_name", "Erika"])];
            issued(&[paper])
        };
        assert_holds(&super::CHECK, &salted("_26bc4LT-ac6q2KI6cBW5es"));
        assert_breaks(&super::CHECK, &salted("26bc4LT-ac6"), "11 characters");
        assert_outcome(&super::CHECK, &salted("1"), Outcome::Warn);
    }
}
