//! The recipes of `scenarios/recipes`, from which `vcispec init` writes its `[[offers]]`: what is
//! known of the issuer is filled in, what is not stays a variable of the environment.

include!(concat!(env!("OUT_DIR"), "/bundled_recipes.rs"));

/// A recipe, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// What its head says to a reader, without the `#`.
    pub prose: Vec<String>,
    /// What its head says of a variable: name and remark.
    remarks: Vec<(String, String)>,
    /// The Credential Issuer Identifier as it is made of a variable, such as `${URL}/openid4vci`.
    identifier: String,
    /// The profiles that issuers of this product claim to follow.
    pub profiles: Vec<String>,
    /// The tables, as they are written.
    pub tables: String,
}

/// A variable that must be set before a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// What the recipe says of it.
    pub remark: Option<String>,
}

impl Variable {
    /// Whether it is to be kept where pipelines keep secrets, and not where they keep settings.
    pub fn is_secret(&self) -> bool {
        ["TOKEN", "SECRET", "KEY", "PASSWORD"].iter().any(|word| self.name.contains(word))
    }
}

/// The recipe of that name.
pub fn find(name: &str) -> Option<Recipe> {
    RECIPES.iter().find(|(other, _)| *other == name).map(|(_, text)| Recipe::read(text))
}

impl Recipe {
    /// Takes a recipe apart: comments and keys come first, tables follow.
    fn read(text: &str) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let first_table =
            lines.iter().position(|line| line.starts_with('[')).unwrap_or(lines.len());
        let head = lines.get(..first_table).unwrap_or_default();
        // A comment below the last key belongs to the table that follows.
        let last_key = head.iter().rposition(|line| key(line).is_some()).map_or(0, |at| at + 1);
        let (head, tables) = lines.split_at_checked(last_key).unwrap_or_default();
        let value = |name| head.iter().filter_map(|line| key(line)).find(|(key, _)| *key == name);
        let comments = || head.iter().filter_map(|line| line.strip_prefix('#'));
        let is_export = |line: &&str| line.trim_start().starts_with("export ");
        Self {
            prose: paragraphs(comments().filter(|line| !is_export(line))),
            remarks: comments().filter(is_export).flat_map(remarks).collect(),
            identifier: value("issuer").map(|(_, value)| value.to_owned()).unwrap_or_default(),
            profiles: value("profile").map(|(_, value)| names(value)).unwrap_or_default(),
            tables: format!("{}\n", tables.join("\n").trim()),
        }
    }

    /// Replaces the variable of which the identifier is made, where this identifier can be made so.
    pub fn settle_identifier(&mut self, identifier: &str) {
        let Some((name, end)) =
            self.identifier.strip_prefix("${").and_then(|rest| rest.split_once('}'))
        else {
            return;
        };
        if let Some(value) = identifier.strip_suffix(end) {
            let name = name.to_owned();
            self.settle(&name, value);
        }
    }

    /// Replaces a variable by a value, wherever it stands in a string.
    pub fn settle(&mut self, name: &str, value: &str) {
        self.tables = self.tables.replace(&format!("${{{name}}}"), &inside_quotes(value));
    }

    /// Whether a variable is still there.
    pub fn asks_for(&self, name: &str) -> bool {
        self.tables.contains(&format!("${{{name}}}"))
    }

    /// The variables that are still there, in the order in which they stand.
    pub fn variables(&self) -> Vec<Variable> {
        let mut variables: Vec<Variable> = Vec::new();
        for part in self.tables.replace("$${", "").split("${").skip(1) {
            let Some((name, _)) = part.split_once('}') else { continue };
            if variables.iter().all(|variable| variable.name != name) {
                let remark = self.remarks.iter().find(|(of, _)| of == name);
                let remark = remark.map(|(_, remark)| remark.clone());
                variables.push(Variable { name: name.to_owned(), remark });
            }
        }
        variables
    }
}

/// A value as it stands between quotation marks in TOML, with no variable in it.
pub fn inside_quotes(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for character in value.replace("${", "$${").chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            character if character.is_control() => {
                text.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            character => text.push(character),
        }
    }
    text
}

/// `key = "value"`.
fn key(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    let is_name = !key.starts_with(['#', '[']);
    is_name.then(|| (key.trim(), value.trim().trim_matches('"')))
}

/// The names in a value: one, or a list of them.
fn names(value: &str) -> Vec<String> {
    let names = value.split(|other: char| "[],\" ".contains(other));
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Lines without the empty ones at their ends, and with none twice.
fn paragraphs<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for line in lines.map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()) {
        if !line.is_empty() || kept.last().is_some_and(|last| !last.is_empty()) {
            kept.push(line.to_owned());
        }
    }
    while kept.last().is_some_and(String::is_empty) {
        kept.pop();
    }
    kept
}

/// `export A=… B=…    # remark`: the remark, for each name.
fn remarks(line: &str) -> Vec<(String, String)> {
    let Some((exports, remark)) = line.split_once(" # ") else { return Vec::new() };
    let names = exports.split_whitespace().filter_map(|word| word.split_once('='));
    names.map(|(name, _)| (name.to_owned(), remark.trim().to_owned())).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;

    fn names_in(recipe: &Recipe) -> Vec<String> {
        recipe.variables().into_iter().map(|variable| variable.name).collect()
    }

    #[test]
    fn what_is_known_is_filled_in_and_the_rest_is_told() {
        let mut recipe = find("walt-id").unwrap();
        recipe.settle_identifier("https://issuer.example/openid4vci");
        assert!(recipe.tables.contains("\"https://issuer.example/issuer2/credential-offers\""));
        assert_eq!(names_in(&recipe), ["PROFILE_ID"]);
        let mut recipe = find("keycloak").unwrap();
        recipe.settle_identifier("https://id.example/realms/test");
        recipe.settle("CREDENTIAL_CONFIGURATION_ID", "pid");
        let [token] = recipe.variables().try_into().unwrap_or_else(|_| unreachable!("one is left"));
        assert_eq!(token.name, "USER_TOKEN");
        assert!(token.remark.as_deref().is_some_and(|remark| remark.contains("access token")));
        assert!(token.is_secret());
    }

    #[test]
    fn an_identifier_that_the_recipe_cannot_make_leaves_its_variable() {
        let mut recipe = find("walt-id").unwrap();
        recipe.settle_identifier("https://issuer.example/elsewhere");
        assert!(recipe.asks_for("ISSUER_URL"));
    }

    #[test]
    fn a_head_is_prose_and_profiles() {
        let recipe = find("eudiw-connector").unwrap();
        assert_eq!(recipe.profiles, ["haip-1.0", "connector"]);
        assert_eq!(recipe.prose.first().map(String::as_str), Some("Truvity EUDIW Connector."));
        assert!(recipe.prose.iter().all(|line| !line.contains("export")));
        assert!(recipe.tables.starts_with("[[offers]]"));
    }

    #[test]
    fn a_value_cannot_leave_its_quotation_marks() {
        assert_eq!(inside_quotes("a\"b\\c\n${D}"), "a\\\"b\\\\c\\u000a$${D}");
    }

    #[test]
    fn every_recipe_can_be_taken_apart() {
        for (name, _) in RECIPES {
            let recipe = find(name).unwrap();
            assert!(recipe.identifier.starts_with("${"), "{name}");
            assert!(recipe.tables.contains("[[offers]]"), "{name}");
            assert!(!recipe.prose.is_empty(), "{name}");
            // No recipe without somebody who uses it.
            let used =
                super::super::products::PRODUCTS.iter().any(|product| product.recipe == *name);
            assert!(used || name.starts_with("any-issuer"), "{name}");
        }
    }
}
