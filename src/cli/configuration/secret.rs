//! A value that is used and never shown.

use std::fmt;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::interpolation::Substitution;

/// Shorter values cannot be searched for: they would be found everywhere.
const SEARCHABLE: usize = 8;

/// A value that no `{:?}` shows.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// The value, to be used and not to be shown.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("(hidden)")
    }
}

/// Whether what stands under this key of this table is a secret, or may hold one.
pub(super) fn is_secret(table: &str, key: &str) -> bool {
    matches!(key, "headers" | "body") || (table == "offers" && matches!(key, "uri" | "tx_code"))
}

/// The values of headers, and the variables in them.
pub(super) fn of(tree: &Spanned<DeTable<'_>>, substituted: &[Substitution]) -> Vec<Secret<String>> {
    let mut secrets = Vec::new();
    for (key, value) in tree.get_ref() {
        gather(key.get_ref(), value.get_ref(), false, &mut secrets);
    }
    let mut values: Vec<String> = Vec::new();
    for substitution in substituted {
        if secrets.contains(&substitution.value) {
            values.extend(substitution.variables.iter().cloned());
        }
    }
    secrets.extend(values);
    secrets.retain(|secret| secret.chars().count() >= SEARCHABLE);
    secrets.sort();
    secrets.dedup();
    secrets.into_iter().map(Secret).collect()
}

fn gather(key: &str, value: &DeValue<'_>, within: bool, secrets: &mut Vec<String>) {
    let within = within || key == "headers";
    match value {
        DeValue::String(text) if within => secrets.push(text.to_string()),
        DeValue::Array(values) => {
            for value in values {
                gather(key, value.get_ref(), within, secrets);
            }
        }
        DeValue::Table(table) => {
            for (key, value) in table {
                gather(key.get_ref(), value.get_ref(), within, secrets);
            }
        }
        _ => {}
    }
}
