//! What is signed says how it is to be read.

use super::each;
use crate::checks::{
    Answered, Breach, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability,
};
use crate::formats::mdoc::DigestAlgorithm;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/names-its-version-and-digest",
    aliases: &[],
    since: "2026.3",
    title: "version and digest algorithm are known",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5"],
    obligation: "the mobile security object has version 1.0 and digestAlgorithm SHA-256, SHA-384 or SHA-512",
    doc: "`version` is the text `1.0`, not the number. `digestAlgorithm` has its name in \
          capitals and with a hyphen; `sha-256`, `SHA256` and `S256` are names of other \
          worlds, and readers compare letter by letter.\n\n\
          Minor versions above 1.0 come with later editions of the standard and warn.",
    judge: Judge::Answers(Station::Credential, names_its_version_and_digest),
};

fn names_its_version_and_digest(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| names(opened))
}

fn names(opened: &OpenedMdoc) -> Finding {
    let Ok(object) = &opened.mdoc.security_object else {
        return Finding::Silent("the security object cannot be read");
    };
    let digest = object.digest_algorithm.as_deref();
    if digest.and_then(DigestAlgorithm::from_name).is_none() {
        let actual = digest.map_or_else(|| "no text".to_owned(), str::to_owned);
        return Finding::breaks("digestAlgorithm SHA-256, SHA-384 or SHA-512", actual);
    }
    match object.version.as_deref() {
        Some("1.0") => Finding::Holds,
        Some(later) if later.starts_with("1.") => Finding::Warns(
            Breach::new("version 1.0", format!("version {later}")),
            "later editions of the standard have versions of their own",
        ),
        Some(other) => Finding::breaks("version 1.0", format!("version {other}")),
        None => Finding::breaks("version 1.0", "no text as version"),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn version_and_digest_hold() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        let later = issued(&[licence(1).with("version", "1.1".into())]);
        assert_outcome(&super::CHECK, &later, Outcome::Warn);
    }

    #[test]
    fn others_break() {
        let stage = |name, value: ciborium::Value| issued(&[licence(1).with(name, value)]);
        assert_breaks(&super::CHECK, &stage("digestAlgorithm", "sha-256".into()), "sha-256");
        assert_breaks(&super::CHECK, &stage("version", "2.0".into()), "version 2.0");
        assert_breaks(&super::CHECK, &stage("version", ciborium::Value::Float(1.0)), "no text");
    }
}
