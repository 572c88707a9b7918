//! `[trust]`: who may sign what.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use super::error::ConfigurationError;
use crate::cli::document::Document;

/// Whose signatures are trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Trust {
    /// `credential_anchors`: PEM files of the authorities whose certificates may sign
    /// credentials.
    pub credential_anchors: Vec<PathBuf>,
}

impl Trust {
    pub(super) fn settle(&mut self, document: &Document) {
        for path in &mut self.credential_anchors {
            *path = document.path(path);
        }
    }

    /// The contents of the files.
    pub(super) fn read(&self) -> Result<Vec<String>, ConfigurationError> {
        let paths = self.credential_anchors.iter();
        paths
            .map(|path| {
                std::fs::read_to_string(path).map_err(|error| ConfigurationError::Unreadable {
                    path: path.clone(),
                    reason: error.to_string(),
                })
            })
            .collect()
    }
}
