//! A date that is a text is no date to a reader.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/elements-have-their-types",
    aliases: &[],
    since: "2026.3",
    title: "well-known documents have their elements, in the right type",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5"],
    obligation: "an issued driving licence or PID has the mandatory elements of its document type, and those that are known have the CBOR type that its rules give them",
    doc: "`birth_date` is a `full-date` (tag 1004 around `YYYY-MM-DD`), `issue_date` and \
          `expiry_date` are that or a `tdate`, `portrait` is the bytes of the picture and \
          not base64, `driving_privileges` is an array of maps, `age_over_18` is true or \
          false. Issuers that fill an mdoc from JSON write texts for all of them, and \
          readers refuse the whole licence.\n\n\
          Judged are `org.iso.18013.5.1.mDL`, by ISO/IEC 18013-5, and \
          `eu.europa.ec.eudi.pid.1`, by the PID Rulebook that goes with Implementing Regulation \
          (EU) 2024/2977, where `place_of_birth` (a map) and `nationality` (an array) are mandatory too; \
          other documents are not known here.",
    judge: Judge::Answers(Station::Credential, elements_have_their_types),
};

/// An element, the types it may have, and whether it has to be there.
type Rule = (&'static str, &'static [&'static str], bool);

/// Document type, namespace, and the elements in it.
const DOCUMENTS: &[(&str, &str, &[Rule])] = &[
    ("org.iso.18013.5.1.mDL", "org.iso.18013.5.1", LICENCE),
    ("eu.europa.ec.eudi.pid.1", "eu.europa.ec.eudi.pid.1", PID),
];

const DATE: &[&str] = &["full-date"];
const DATE_OR_TIME: &[&str] = &["full-date", "tdate"];
const TEXT: &[&str] = &["tstr"];
const BYTES: &[&str] = &["bstr"];
const NUMBER: &[&str] = &["uint"];
const TRUTH: &[&str] = &["bool"];

const LICENCE: &[Rule] = &[
    ("family_name", TEXT, true),
    ("given_name", TEXT, true),
    ("birth_date", DATE, true),
    ("issue_date", DATE_OR_TIME, true),
    ("expiry_date", DATE_OR_TIME, true),
    ("issuing_country", TEXT, true),
    ("issuing_authority", TEXT, true),
    ("document_number", TEXT, true),
    ("portrait", BYTES, true),
    ("driving_privileges", &["array"], true),
    ("un_distinguishing_sign", TEXT, true),
    ("administrative_number", TEXT, false),
    ("sex", NUMBER, false),
    ("height", NUMBER, false),
    ("weight", NUMBER, false),
    ("portrait_capture_date", &["tdate"], false),
    ("age_in_years", NUMBER, false),
    ("age_birth_year", NUMBER, false),
    ("age_over_18", TRUTH, false),
    ("age_over_21", TRUTH, false),
    ("issuing_jurisdiction", TEXT, false),
    ("nationality", TEXT, false),
    ("resident_address", TEXT, false),
    ("resident_city", TEXT, false),
    ("resident_country", TEXT, false),
    ("signature_usual_mark", BYTES, false),
];

const PID: &[Rule] = &[
    ("family_name", TEXT, true),
    ("given_name", TEXT, true),
    ("birth_date", DATE, true),
    ("place_of_birth", &["map"], true),
    ("nationality", &["array"], true),
    ("expiry_date", DATE_OR_TIME, true),
    ("issuing_authority", TEXT, true),
    ("issuing_country", TEXT, true),
    ("issuance_date", DATE_OR_TIME, false),
    ("age_over_18", TRUTH, false),
    ("portrait", BYTES, false),
    ("document_number", TEXT, false),
    ("resident_address", TEXT, false),
    ("resident_country", TEXT, false),
];

fn elements_have_their_types(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| types(opened))
}

fn types(opened: &OpenedMdoc) -> Finding {
    let Some(doc_type) = opened.mdoc.doc_type() else {
        return Finding::Silent("the document has no type");
    };
    let Some((_, space, rules)) = DOCUMENTS.iter().find(|(own, ..)| *own == doc_type) else {
        return Finding::Exempt("a document whose elements are not known here");
    };
    let mut wrong = Vec::new();
    for (name, allowed, is_mandatory) in *rules {
        match opened.mdoc.element(space, name) {
            Some(element) if !allowed.contains(&element.type_name.as_str()) => {
                let expected = allowed.join(" or ");
                wrong.push(format!("{name} is {}, not {expected}", element.type_name));
            }
            None if *is_mandatory => wrong.push(format!("no {name}")),
            _ => {}
        }
    }
    if wrong.is_empty() {
        return Finding::Holds;
    }
    wrong.truncate(6);
    Finding::breaks(format!("the elements of {doc_type}"), wrong.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn a_whole_licence_holds_and_another_document_is_not_known() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        let other = issued(&[licence(1).with("docType", "com.example.club".into())]);
        assert_outcome(&super::CHECK, &other, Outcome::NotApplicable);
    }

    #[test]
    fn a_pid_says_where_somebody_was_born_and_of_what_nationality() {
        let pid = issued(&[licence(1).with("docType", "eu.europa.ec.eudi.pid.1".into())]);
        assert_breaks(&super::CHECK, &pid, "no place_of_birth, no nationality");
        assert_outcome(&super::CHECK, &pid, Outcome::Warn);
    }

    #[test]
    fn a_text_as_date_and_a_missing_element_warn() {
        let text = issued(&[licence(1).element("birth_date", "1984-01-26".into())]);
        assert_breaks(&super::CHECK, &text, "birth_date is tstr, not full-date");
        assert_outcome(&super::CHECK, &text, Outcome::Warn);
        let missing = issued(&[licence(1).element("portrait", ciborium::Value::Null)]);
        assert_breaks(&super::CHECK, &missing, "no portrait");
    }
}
