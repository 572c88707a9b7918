//! Absent means the default; an empty array means something nobody intended.

use serde_json::Value;

use super::in_document;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "as-metadata/omits-empty-arrays",
    aliases: &[],
    since: "2026.1",
    title: "authorization server metadata has no empty arrays",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc8414#section-3.2"],
    obligation: "members with zero elements are omitted",
    doc: "Many members have a default that counts when they are absent. An empty array is no default: \
          `\"grant_types_supported\": []` says that no grant is supported, where leaving it out would have \
          meant two. Serializers write empty lists unless they are told not to.\n\n\
          Configure the serializer of this document to skip empty collections.",
    judge: Judge::Answers(Station::AsMetadata, omits_empty_arrays),
};

fn omits_empty_arrays(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let empty: Vec<&str> = metadata
            .json()
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(_, value)| value.as_array().is_some_and(Vec::is_empty))
            .map(|(name, _): (&String, &Value)| name.as_str())
            .collect();
        Finding::expect(
            empty.is_empty(),
            "no member with zero elements",
            format!("an empty array in {}", empty.join(", ")),
        )
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{honest, metadata_with};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn an_absent_member_holds_and_an_empty_one_does_not() {
        assert_holds(&super::CHECK, &honest());
        let stage = metadata_with("/scopes_supported", json!([]));
        assert_breaks(&super::CHECK, &stage, "in scopes_supported");
    }
}
