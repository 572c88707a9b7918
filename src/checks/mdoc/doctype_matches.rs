//! What was asked for is what is signed.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/doctype-matches",
    aliases: &[],
    since: "2026.3",
    title: "docType is that of the configuration",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["vci#mdocs", "iso18013-5"],
    obligation: "docType of the mobile security object is the doctype of the requested configuration",
    doc: "`docType` names the kind of document, such as `org.iso.18013.5.1.mDL`. It stands \
          in what is signed; the metadata say beforehand what it will be, in `doctype` with \
          a small t. Both are compared letter by letter.\n\n\
          A version at the end (`eu.europa.ec.eudi.pid.1`) belongs to the name.",
    judge: Judge::Answers(Station::Credential, doctype_matches),
};

fn doctype_matches(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, issued| {
        let wanted = issued.configuration(scene).and_then(|configuration| configuration.doctype());
        doctype(opened, wanted)
    })
}

fn doctype(opened: &OpenedMdoc, wanted: Option<&str>) -> Finding {
    if opened.mdoc.security_object.is_err() {
        return Finding::Silent("the security object cannot be read");
    }
    let Some(found) = opened.mdoc.doc_type() else {
        return Finding::breaks("a text as docType", "none");
    };
    match wanted {
        None => Finding::Silent("the configuration has no doctype"),
        Some(wanted) => Finding::expect(
            found == wanted,
            format!("docType {wanted}"),
            format!("docType {found}"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn the_announced_type_holds_and_no_other() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        let stage = |value: ciborium::Value| issued(&[licence(1).with("docType", value)]);
        assert_breaks(&super::CHECK, &stage("org.iso.18013.5.1.mdl".into()), "5.1.mdl");
        assert_breaks(&super::CHECK, &stage(ciborium::Value::Null), "none");
    }
}
