//! `vcispec-baseline.toml`: read with the place of every mistake in it.

use std::path::Path;

use jiff::civil::Date;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::checks::matches;
use crate::cli::configuration::ConfigurationError;
use crate::cli::document::{Document, Finding, Problem, suggestion};
use crate::gate::{Baseline, Entry, Suite, check_names};
use crate::scenario::did_you_mean;

/// Known failures, which `vcispec run` lets pass until they are mended or expire.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct File {
    /// The known failures. Of several that cover a verdict the first counts.
    #[serde(default)]
    #[schemars(with = "Vec<Table>")]
    known: Vec<Spanned<Table>>,
}

/// One known failure.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Known")]
struct Table {
    /// Glob on the id of a check, or on `check@endpoint`, such as
    /// `dpop/refuses-wrong-htm@credential`.
    #[schemars(with = "String", length(min = 1))]
    check: Spanned<String>,
    /// Glob on the id of a scenario, such as `refusals/*`. Absent: all of them, and the run as a
    /// whole.
    #[serde(default)]
    #[schemars(with = "String")]
    scenario: Option<Spanned<String>>,
    /// Why it is let pass.
    #[schemars(with = "String", length(min = 1))]
    reason: Spanned<String>,
    /// The last day on which it is let pass, in UTC. Absent: until it is mended.
    #[serde(default)]
    #[schemars(with = "Date")]
    expires: Option<Spanned<Datetime>>,
    /// Where it is tracked.
    #[serde(default)]
    #[schemars(with = "String")]
    issue: Option<String>,
}

/// The JSON Schema of the file, for editors.
pub fn schema() -> schemars::Schema {
    // TOML has no null, so nothing has it as its default.
    let without_null = RecursiveTransform(|schema: &mut schemars::Schema| {
        if schema.get("default").is_some_and(serde_json::Value::is_null) {
            schema.remove("default");
        }
    });
    let settings = SchemaSettings::draft2020_12().with_transform(without_null);
    settings.into_generator().into_root_schema_for::<File>()
}

/// Reads a baseline. Every pattern must cover a check that there is, and a scenario of the suite.
pub fn load(path: &Path, suite: Suite) -> Result<Baseline, ConfigurationError> {
    let text = std::fs::read_to_string(path).map_err(|error| ConfigurationError::Unreadable {
        path: path.to_owned(),
        reason: error.to_string(),
    })?;
    Ok(read(&path.display().to_string(), &text, suite)?)
}

fn read(name: &str, text: &str, suite: Suite) -> Result<Baseline, Box<Problem>> {
    let (document, tree) = Document::parse(name, text, Default::default(), |_, _| false)?;
    let file = File::deserialize(toml::Deserializer::from(tree))
        .map_err(|error| document.refuse(suggestion::problem(&error, &[])))?;
    let names = Names::of(&suite);
    let entries = file
        .known
        .iter()
        .map(|table| entry(table, &names, &document))
        .collect::<Result<_, _>>()
        .map_err(|finding| document.refuse(finding))?;
    Ok(Baseline { file: name.to_owned(), entries, suite })
}

fn entry(
    table: &Spanned<Table>,
    names: &Names,
    document: &Document,
) -> Result<Entry, Box<Finding>> {
    let line = document.line(table.span().start);
    let table = table.get_ref();
    covers(&table.check, &names.checks, "check")?;
    if let Some(scenario) = &table.scenario {
        covers(scenario, &names.scenarios, "scenario")?;
    }
    if table.reason.get_ref().trim().is_empty() {
        let message = "the reason is empty".to_owned();
        return Err(finding(&table.reason, message, "say why it is let pass", None));
    }
    Ok(Entry {
        check: table.check.get_ref().clone(),
        scenario: table.scenario.as_ref().map(|scenario| scenario.get_ref().clone()),
        reason: table.reason.get_ref().clone(),
        expires: table.expires.as_ref().map(day).transpose()?,
        issue: table.issue.clone(),
        line,
    })
}

/// What patterns can be about.
struct Names {
    checks: Vec<String>,
    scenarios: Vec<String>,
}

impl Names {
    fn of(suite: &Suite) -> Self {
        let scenarios = suite.iter().map(|(id, _)| id.clone()).collect();
        Self { checks: check_names(), scenarios }
    }
}

/// A pattern that covers nothing is a slip of the pen, and would let nothing pass.
fn covers(pattern: &Spanned<String>, names: &[String], what: &str) -> Result<(), Box<Finding>> {
    let glob = pattern.get_ref();
    let whole = glob.split('#').next().unwrap_or_default();
    if names.iter().any(|name| matches(glob, name) || matches(whole, name)) {
        return Ok(());
    }
    let folders = names.iter().filter_map(|name| Some(format!("{}/*", name.split_once('/')?.0)));
    let known: Vec<String> = names.iter().cloned().chain(folders).collect();
    let help = did_you_mean(glob, known.iter().map(String::as_str))
        .unwrap_or_else(|| format!("vcispec list {what}s lists them"));
    let message = format!("{glob} covers no {what}");
    Err(finding(pattern, message, &format!("no {what} is called so"), Some(help)))
}

fn day(written: &Spanned<Datetime>) -> Result<Date, Box<Finding>> {
    let datetime = written.get_ref();
    let wrong = || {
        let message = format!("expected a date, found {datetime}");
        finding(written, message, "a day, such as 2027-01-31", None)
    };
    let date = datetime.date.filter(|_| datetime.time.is_none() && datetime.offset.is_none());
    let date = date.ok_or_else(wrong)?;
    let parts = (i16::try_from(date.year), i8::try_from(date.month), i8::try_from(date.day));
    let (Ok(year), Ok(month), Ok(day)) = parts else { return Err(wrong()) };
    Date::new(year, month, day).map_err(|_| wrong())
}

fn finding<T>(at: &Spanned<T>, message: String, label: &str, help: Option<String>) -> Box<Finding> {
    Box::new(Finding { message, span: Some(at.span()), label: label.to_owned(), help, also: None })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    fn baseline(text: &str) -> Result<Baseline, Box<Problem>> {
        let suite = vec![("refusals/dpop-at-credential".to_owned(), Vec::new())];
        read("vcispec-baseline.toml", text, suite)
    }

    fn refused(text: &str) -> String {
        baseline(text).unwrap_err().render(false)
    }

    #[test]
    fn a_complete_file_means_what_it_says() {
        let read = baseline(
            r#"
# a comment
[[known]]
check    = "dpop/refuses-wrong-htm@credential"
scenario = "refusals/*"
reason   = "our gateway strips the header"
expires  = 2027-01-31
issue    = "https://tracker.example/123"

[[known]]
check  = "nonce/*"
reason = "later"
"#,
        )
        .unwrap();
        let lines: Vec<usize> = read.entries.iter().map(|entry| entry.line).collect();
        assert_eq!(lines, [3, 10]);
        let first = read.entries.first().unwrap();
        assert_eq!(first.expires, Some(jiff::civil::date(2027, 1, 31)));
        assert_eq!(first.issue.as_deref(), Some("https://tracker.example/123"));
        assert_eq!(baseline("").unwrap().entries, []);
    }

    #[test]
    fn a_pattern_that_covers_no_check_is_shown_with_a_guess() {
        insta::assert_snapshot!(
            refused("[[known]]\ncheck = \"nonce/is-uncachable\"\nreason = \"r\"\n"),
            @r#"
          × nonce/is-uncachable covers no check
           ╭─[vcispec-baseline.toml:2:9]
         1 │ [[known]]
         2 │ check = "nonce/is-uncachable"
           ·         ──────────┬──────────
           ·                   ╰── no check is called so
         3 │ reason = "r"
           ╰────
          help: did you mean nonce/is-uncacheable?
        "#
        );
    }

    #[test]
    fn what_is_wrong_is_said_where_it_stands() {
        for (text, expected, help) in [
            (
                "[[known]]\ncheck = \"dpop/*\"\nscenario = \"refusal/*\"\nreason = \"r\"",
                "refusal/* covers no scenario",
                "did you mean refusals/*?",
            ),
            (
                "[[known]]\ncheck = \"dpop/refuses-wrong-htm@nonce\"\nreason = \"r\"",
                "dpop/refuses-wrong-htm@nonce covers no check",
                "did you mean dpop/refuses-wrong-htm@token?",
            ),
            (
                "[[known]]\ncheck = \"*\"\nreson = \"r\"",
                "unknown key reson",
                "did you mean reason?",
            ),
            ("[[knwon]]\ncheck = \"*\"", "unknown key knwon", "did you mean known?"),
            ("[[known]]\ncheck = \"*\"", "missing key reason", "has no reason"),
            ("[[known]]\ncheck = \"*\"\nreason = \" \"", "the reason is empty", "say why"),
            (
                "[[known]]\ncheck = \"*\"\nreason = \"r\"\nexpires = 2027-01-31T00:00:00Z",
                "expected a date, found 2027-01-31T00:00:00Z",
                "such as 2027-01-31",
            ),
        ] {
            assert!(refused(text).contains(expected), "{}", refused(text));
            assert!(refused(text).contains(help), "{}", refused(text));
        }
    }

    #[test]
    fn the_schema_knows_the_keys() {
        let schema = serde_json::to_value(schema()).unwrap();
        let known = schema.pointer("/$defs/Known/properties").unwrap().as_object().unwrap();
        let keys: Vec<&str> = known.keys().map(String::as_str).collect();
        assert_eq!(keys, ["check", "scenario", "reason", "expires", "issue"]);
    }
}
