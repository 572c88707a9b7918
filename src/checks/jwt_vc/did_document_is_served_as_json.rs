//! A DID document has a media type of its own.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/did-document-is-served-as-json",
    aliases: &[],
    since: "2026.3",
    title: "the DID document has a media type of JSON",
    level: Level::Derived,
    raised_by: &[],
    applies: super::did_document,
    spec: &["did-core#json", "did-web#read-resolve"],
    obligation: "the document of a did:web is served as application/did+json, application/did+ld+json, or application/json",
    doc: "DID Core registers `application/did+json` for the JSON representation and `application/did+ld+json` \
          for that with a context; web servers that know neither send `application/json` for a file of that \
          name, which every resolver takes. `application/octet-stream` or `text/html` come from a server that \
          was never told about the file, or from the page that an application shows for every path.\n\n\
          Set the type where `did.json` is served, and look at it with `curl -i`.",
    judge: Judge::Answers(Station::DidDocument, did_document_is_served_as_json),
};

const MEDIA_TYPES: &[&str] =
    &["application/did+json", "application/did+ld+json", "application/json", "application/ld+json"];

fn did_document_is_served_as_json(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if !answered.answer.is_success() {
        return Finding::Silent("there is no DID document");
    }
    let media_type = answered.answer.media_type().unwrap_or_default();
    let actual = match media_type.as_str() {
        "" => "no Content-Type".to_owned(),
        other => other.to_owned(),
    };
    Finding::expect(MEDIA_TYPES.contains(&media_type.as_str()), "application/did+json", actual)
}

#[cfg(test)]
mod tests {
    use super::super::staged::metadata;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    fn stage(media_type: &str) -> Stage {
        let stage = Stage::new().issuer_metadata(metadata());
        stage.answer(Station::DidDocument, 200, &[("content-type", media_type)], "{}")
    }

    #[test]
    fn types_of_json_hold_and_others_do_not() {
        for fine in ["application/did+json", "application/did+ld+json", "Application/JSON; a=b"] {
            assert_holds(&super::CHECK, &stage(fine));
        }
        assert_breaks(&super::CHECK, &stage("text/html"), "text/html");
    }
}
