//! A disclosure that cannot be read cannot be shown.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedSdJwt, Scene, applicability};
use crate::formats::DisclosureKind;
use crate::formats::sd_jwt::Problem;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/disclosures-are-well-formed",
    aliases: &[],
    since: "2026.1",
    title: "disclosures are well formed",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["rfc9901#section-4.2.1", "rfc9901#section-4.2.2", "rfc9901#section-7.1"],
    obligation: "each disclosure of an issued SD-JWT VC is an array of salt, name and value for a property, or of salt and value for an array element, under a name that is free",
    doc: "A disclosure is base64url of a JSON array: three elements for a property, two \
          for an array element, the salt a string. The name is not `_sd`, not `...`, and \
          not the name of a claim that stands in clear beside it. Wallets and verifiers \
          must reject the whole credential if one disclosure is wrong.\n\n\
          The usual causes are base64 with padding, a number as salt, and a claim that is \
          both disclosed and left in the payload.",
    judge: Judge::Answers(Station::Credential, disclosures_are_well_formed),
};

fn disclosures_are_well_formed(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| malformed(opened))
}

fn malformed(opened: &OpenedSdJwt) -> Finding {
    const EXPECTED: &str = "disclosures as RFC 9901 has them";
    for (index, disclosure) in opened.sd_jwt.disclosures.iter().enumerate() {
        if let DisclosureKind::Malformed { why } = &disclosure.kind {
            return Finding::breaks(EXPECTED, format!("disclosure {index}: {why}"));
        }
    }
    let Ok(unpacked) = &opened.unpacked else {
        return Finding::Holds;
    };
    let misplaced = unpacked.problems.iter().find(|problem| {
        matches!(
            problem,
            Problem::OtherForm { .. } | Problem::ReservedName { .. } | Problem::NameTaken { .. }
        )
    });
    match misplaced {
        Some(problem) => Finding::breaks(EXPECTED, problem.to_string()),
        None => Finding::Holds,
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use serde_json::json;

    #[test]
    fn properties_and_elements_hold() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1)]));
    }

    #[test]
    fn other_shapes_and_names_break() {
        let cases = [
            (json!(["s", "a", 1, 2]), "found 4"),
            (json!([5, "a", 1]), "salt"),
            (json!(["s", 5, 1]), "name"),
            (json!(["s", "_sd", 1]), "reserved"),
            (json!(["s", "nationality", "FR"]), "there already"),
            (json!(["s", "an element"]), "property"),
            (json!({"salt": "s"}), "array"),
        ];
        for (disclosure, says) in cases {
            let stage = issued(&[Paper::honest(1).disclosure(disclosure)]);
            assert_breaks(&super::CHECK, &stage, says);
        }
    }
}
