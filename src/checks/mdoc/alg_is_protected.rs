//! An algorithm that anybody may change is no algorithm.

use super::each;
use crate::checks::{
    Answered, Breach, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/alg-is-protected",
    aliases: &[],
    since: "2026.3",
    title: "the algorithm is protected and is a signature algorithm",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5", "rfc9052#section-3.1"],
    obligation: "the protected header of issuerAuth has alg (label 1), and it is ECDSA with SHA-256, SHA-384 or SHA-512, or EdDSA, by the number that COSE gives it",
    doc: "`alg` is a number in COSE: `-7` for ES256, `-35` for ES384, `-36` for ES512, `-8` \
          for EdDSA. It stands in the protected header, which is the part that is signed. An \
          `alg` in the unprotected header only, the text `\"ES256\"`, and algorithms that are \
          none of these, such as RSA or a MAC, are refused by readers.\n\n\
          The fully specified numbers of RFC 9864 (`-9`, `-51`, `-52`, `-19`, `-53`) are \
          younger than the standard and warn: many readers know only the others.",
    judge: Judge::Answers(Station::Credential, alg_is_protected),
};

fn alg_is_protected(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| alg(opened))
}

fn alg(opened: &OpenedMdoc) -> Finding {
    const EXPECTED: &str = "a signature algorithm in the protected header";
    let auth = &opened.mdoc.issuer_auth;
    if let Some(problem) = &auth.protected_problem {
        return Finding::breaks(EXPECTED, format!("a protected header with {problem}"));
    }
    let Some(algorithm) = &auth.algorithm else {
        let actual = match &auth.unprotected_algorithm {
            Some(other) => format!("alg {} in the unprotected header only", other.told()),
            None => "no alg".to_owned(),
        };
        return Finding::breaks(EXPECTED, actual);
    };
    let actual = format!("alg {}", algorithm.told());
    match algorithm.number() {
        Some(-7 | -35 | -36 | -8) => Finding::Holds,
        Some(_) if algorithm.is_of_an_mdoc() => Finding::Warns(
            Breach::new("-7, -35, -36 or -8", actual),
            "the standard is older than the fully specified algorithms, which say the same",
        ),
        _ => Finding::breaks(EXPECTED, actual),
    }
}

#[cfg(test)]
mod tests {
    use ciborium::Value;

    use crate::checks::Outcome;
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    fn with(protected: Value) -> crate::checks::staging::Stage {
        let mut draft = licence(1);
        draft.protected = protected;
        issued(&[draft])
    }

    fn alg(value: Value) -> Value {
        Value::Map(vec![(1.into(), value)])
    }

    #[test]
    fn ecdsa_and_eddsa_hold() {
        for number in [-7, -35, -36, -8] {
            assert_holds(&super::CHECK, &with(alg(number.into())));
        }
        assert_outcome(&super::CHECK, &with(alg((-9).into())), Outcome::Warn);
    }

    #[test]
    fn others_and_none_break() {
        assert_breaks(&super::CHECK, &with(alg((-257).into())), "-257");
        assert_breaks(&super::CHECK, &with(alg("ES256".into())), "ES256");
        assert_breaks(&super::CHECK, &with(Value::Map(Vec::new())), "no alg");
        assert_breaks(&super::CHECK, &with(Value::Null), "null");
        let mut draft = licence(1);
        draft.protected = Value::Map(Vec::new());
        if let Value::Map(members) = &mut draft.unprotected {
            members.push((1.into(), (-7).into()));
        }
        assert_breaks(&super::CHECK, &issued(&[draft]), "unprotected header only");
    }
}
