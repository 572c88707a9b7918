//! What an issuer of an older draft would need for 1.0 Final: one list, in place of as many
//! failures that say the same.

use schemars::JsonSchema;
use serde::Serialize;

use super::CheckResult;
use crate::checks::{Outcome, Policy};
use crate::protocol::dialect::Dialect;

/// The way from an older draft to 1.0 Final.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Migration {
    /// Why there is one: `looks like draft 13`, or `judged as draft 13, not as 1.0`.
    pub because: String,
    /// Whether the user named the dialect, so that its ways count for nothing.
    pub is_excused: bool,
    /// What has to be done, in the order of an issuance.
    pub steps: Vec<MigrationStep>,
}

/// One thing that has to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MigrationStep {
    /// The check that asks for it, `check@endpoint`.
    pub name: String,
    /// What it came to.
    pub outcome: Outcome,
    /// What 1.0 Final wants, as an instruction.
    pub wants: &'static str,
    /// What the issuer does.
    pub actual: Option<String>,
}

/// The list, where an older draft explains anything or a dialect was named. `speaks` is what the
/// signs say of the draft.
pub(super) fn migration(
    results: &[CheckResult],
    policy: &Policy,
    speaks: Option<&str>,
) -> Option<Migration> {
    let dialect = policy.dialect.as_deref().and_then(Dialect::find);
    let mut steps: Vec<MigrationStep> = Vec::new();
    for verdict in results.iter().flat_map(|result| &result.verdicts) {
        let Some(wants) = verdict.former else { continue };
        let is_told = steps.iter().any(|step| step.name == verdict.name && step.wants == wants);
        if !is_told {
            steps.push(MigrationStep {
                name: verdict.name.clone(),
                outcome: verdict.judged(),
                wants,
                actual: verdict.actual.clone(),
            });
        }
    }
    if steps.is_empty() && dialect.is_none() {
        return None;
    }
    let because = match (dialect, speaks) {
        (Some(dialect), _) => format!("judged as {dialect}, not as 1.0"),
        (None, Some(speaks)) => signs_apart(speaks).to_owned(),
        (None, None) => "speaks an older draft".to_owned(),
    };
    Some(Migration { because, is_excused: dialect.is_some(), steps })
}

/// `looks like draft 13`, without the signs behind it.
fn signs_apart(speaks: &str) -> &str {
    speaks.split_once(": ").map_or(speaks, |(sentence, _)| sentence)
}
