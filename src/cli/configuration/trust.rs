//! `[trust]`: who may sign what.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use super::error::ConfigurationError;
use crate::cli::document::Document;
use crate::cli::trust::{self, Trusted};

/// Whose signatures are trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Trust {
    /// `credential_anchors`: files, and folders of files, with the certificates of authorities that
    /// may certify who signs credentials (PEM or DER), and with the keys of issuers that publish
    /// none (JSON, as JWT VC Issuer Metadata).
    pub credential_anchors: Vec<PathBuf>,
}

impl Trust {
    pub(super) fn settle(&mut self, document: &Document) {
        for path in &mut self.credential_anchors {
            *path = document.path(path);
        }
    }

    /// What the files hold.
    pub(super) fn read(&self) -> Result<Trusted, ConfigurationError> {
        Ok(trust::read(&self.credential_anchors)?)
    }
}
