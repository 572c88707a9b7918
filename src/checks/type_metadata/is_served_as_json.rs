//! What is JSON may say so.

use super::{described, in_document};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "type-metadata/is-served-as-json",
    aliases: &[],
    since: "2026.3",
    title: "type metadata say that they are JSON",
    level: Level::Note,
    raised_by: &[],
    applies: described,
    spec: &["sdjwtvc#section-6.3.1"],
    obligation: "type metadata come as application/json",
    doc: "The draft asks for a JSON object and names no media type, so this counts for nothing. \
          Readers that look at Content-Type before they parse, and caches that sort by it, are \
          better served by `application/json`. Files without a suffix on a static server tend to \
          come as `application/octet-stream`.",
    judge: Judge::Answers(Station::TypeMetadata, is_served_as_json),
};

fn is_served_as_json(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |_| {
        let media_type = answered.answer.media_type().unwrap_or_default();
        Finding::expect(
            media_type == "application/json" || media_type.ends_with("+json"),
            "Content-Type: application/json",
            if media_type.is_empty() { "no Content-Type".to_owned() } else { media_type },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::staged::{answered, described, plain};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_holds, assert_outcome};

    #[test]
    fn another_media_type_is_noted() {
        assert_holds(&super::CHECK, &described(plain()));
        let octets = answered(200, "application/octet-stream", "{}");
        assert_outcome(&super::CHECK, &octets, Outcome::Note);
    }
}
