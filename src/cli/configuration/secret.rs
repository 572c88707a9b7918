//! A value that is used and never shown.

use std::fmt;

use serde::Deserialize;
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
