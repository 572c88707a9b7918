//! The JSON Schema of a report, made from the types that are written.

use schemars::Schema;
use schemars::generate::SchemaSettings;

use super::Report;

/// The JSON Schema (draft 2020-12) of a JSON report of this [`super::SCHEMA_VERSION`].
///
/// It allows members that it does not name: a later version of the program may add some.
pub fn schema() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<Report>()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use serde_json::Value;

    use super::schema;
    use crate::report::staging;

    /// What is wrong with a report, by the schema.
    fn complaints(report: &Value) -> Vec<String> {
        let schema = jsonschema::validator_for(schema().as_value()).unwrap();
        let complaints = schema.iter_errors(report);
        complaints.map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    fn broken(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut report = serde_json::to_value(staging::report()).unwrap();
        change(&mut report);
        complaints(&report)
    }

    #[test]
    fn staged_reports_are_valid() {
        for report in
            [staging::report(), staging::report_in_the_clear(), staging::report_of_a_gate()]
        {
            let complaints = complaints(&serde_json::to_value(report).unwrap());
            assert!(complaints.is_empty(), "{complaints:#?}");
        }
    }

    #[test]
    fn a_broken_report_is_none() {
        let remove = |report: &mut Value, member: &str| {
            report.as_object_mut().unwrap().remove(member);
        };
        assert!(!broken(|report| remove(report, "totals")).is_empty());
        assert!(!broken(|report| remove(&mut report["provenance"], "run_id")).is_empty());
        assert!(!broken(|report| report["schema_version"] = 2.into()).is_empty());
        assert!(!broken(|report| report["redaction"] = "partly".into()).is_empty());
        assert!(!broken(|report| report["exit"]["status"] = 4.into()).is_empty());
        assert!(!broken(|report| report["results"][0]["outcome"] = "failed".into()).is_empty());
        assert!(!broken(|report| report["transcripts"][0]["exchanges"] = "none".into()).is_empty());
    }

    #[test]
    fn what_a_later_version_adds_is_let_pass() {
        assert!(broken(|report| report["added"] = "later".into()).is_empty());
    }

    #[test]
    fn every_member_is_described_in_plain_words() {
        let text = schema().as_value().to_string();
        assert!(!text.contains("[`"), "a link that leads nowhere outside of the source");
        let properties = schema().as_value()["properties"].clone();
        for (name, property) in properties.as_object().unwrap() {
            assert!(property.get("description").is_some(), "{name}");
        }
    }
}
