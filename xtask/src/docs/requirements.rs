//! How far the checks reach: for each section of the requirements, how many are judged, excluded, open.

use std::collections::BTreeMap;
use std::fs;

use serde::Deserialize;

use super::markdown;
use crate::{Outcome, workspace};

/// The columns of the table that are counted here.
#[derive(Deserialize)]
struct Requirement {
    id: String,
    #[serde(default)]
    checks: Vec<String>,
    excluded: Option<String>,
}

/// A heading of the table and the requirements below it.
struct Section {
    title: String,
    requirements: Vec<Requirement>,
}

/// `requirements.md`.
pub fn document() -> Outcome<String> {
    let sections = sections()?;
    let mut text = markdown::head(
        "Requirements",
        "Every normative statement of the covered specifications is judged by a check, excluded for a reason that \
         stands beside it, or still open. `vcispec list requirements --open` lists the distance.",
    );
    let everything = sections.iter().flat_map(|section| &section.requirements);
    let total = row("**all**", everything);
    let rows = sections.iter().map(|section| row(&section.title, &section.requirements));
    text += &markdown::table(["section", "judged", "excluded", "open", "all"], rows.chain([total]));
    let excluded: Vec<[String; 2]> = sections
        .iter()
        .flat_map(|section| &section.requirements)
        .filter_map(|row| Some([markdown::code([row.id.as_str()]), row.excluded.clone()?]))
        .collect();
    if !excluded.is_empty() {
        text += "\n## Excluded\n";
        text += &markdown::table(["requirement", "why no check will judge it"], excluded);
    }
    Ok(text)
}

/// The requirements that each check judges.
pub fn by_check() -> Outcome<BTreeMap<String, Vec<String>>> {
    let mut table: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for requirement in sections()?.into_iter().flat_map(|section| section.requirements) {
        for check in requirement.checks {
            table.entry(check).or_default().push(requirement.id.clone());
        }
    }
    Ok(table)
}

fn row<'a>(title: &str, requirements: impl IntoIterator<Item = &'a Requirement>) -> [String; 5] {
    let (mut judged, mut excluded, mut all) = (0, 0, 0);
    for requirement in requirements {
        judged += usize::from(!requirement.checks.is_empty());
        excluded += usize::from(requirement.excluded.is_some());
        all += 1;
    }
    let numbers = [judged, excluded, all - judged - excluded, all].map(|number| number.to_string());
    let [judged, excluded, open, all] = numbers;
    [title.to_owned(), judged, excluded, open, all]
}

/// A section begins with a comment that stands alone between empty lines; what comes before the first is a preface.
fn sections() -> Outcome<Vec<Section>> {
    #[derive(Default, Deserialize)]
    struct Table {
        #[serde(default)]
        requirement: Vec<Requirement>,
    }
    let text = fs::read_to_string(workspace::root().join("src/checks/requirements.toml"))?;
    let mut sections = Vec::new();
    for part in text.split("\n\n# ").skip(1) {
        let (title, rows) = part.split_once("\n\n").unwrap_or((part, ""));
        let requirements = toml::from_str::<Table>(rows)?.requirement;
        if !requirements.is_empty() {
            sections.push(Section { title: title.to_owned(), requirements });
        }
    }
    Ok(sections)
}

#[cfg(test)]
mod tests {
    use super::sections;

    #[test]
    fn no_requirement_is_lost_between_the_sections() -> crate::Outcome {
        let whole =
            std::fs::read_to_string(crate::workspace::root().join("src/checks/requirements.toml"))?;
        let all: usize = sections()?.iter().map(|section| section.requirements.len()).sum();
        assert_eq!(all, whole.matches("[[requirement]]").count());
        Ok(())
    }
}
