//! The file itself: its text as it may be shown, and where it lies.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{ConfigurationError, Finding, Problem};
use super::secret::is_secret;
use super::suggestion::sentence;

/// A file that was read.
#[derive(Clone, Debug)]
pub(super) struct Document {
    name: String,
    /// Where secrets stood in the file there are asterisks, octet for octet.
    shown: String,
    directory: PathBuf,
}

impl Document {
    /// Takes a text apart.
    pub(super) fn parse<'text>(
        name: &str,
        text: &'text str,
        directory: PathBuf,
    ) -> Result<(Self, Spanned<DeTable<'text>>), ConfigurationError> {
        let (tree, errors) = DeTable::parse_recoverable(text);
        let document =
            Self { name: name.to_owned(), shown: hide_secrets(text, tree.get_ref()), directory };
        match errors.first() {
            None => Ok((document, tree)),
            Some(error) => Err(document.refuse(Box::new(Finding {
                message: sentence(error.message()),
                span: error.span(),
                label: "here".into(),
                help: None,
                also: None,
            }))),
        }
    }

    /// An error that points into this file.
    pub(super) fn refuse(&self, finding: Box<Finding>) -> ConfigurationError {
        ConfigurationError::Problem {
            problem: Box::new(Problem::new(&self.name, self.shown.clone(), finding)),
        }
    }

    /// A path as the file means it.
    pub(super) fn path(&self, path: &Path) -> PathBuf {
        self.directory.join(path)
    }

    /// Where the file lies; `.` when it was given without a directory.
    pub(super) fn directory(&self) -> PathBuf {
        if self.directory.as_os_str().is_empty() {
            PathBuf::from(".")
        } else {
            self.directory.clone()
        }
    }
}

fn hide_secrets(text: &str, tree: &DeTable<'_>) -> String {
    let mut spans = Vec::new();
    find(tree, "", false, &mut spans);
    let mut octets = text.as_bytes().to_vec();
    for span in spans {
        for octet in octets.get_mut(span).into_iter().flatten() {
            if !matches!(octet, b'\n' | b'\r') {
                *octet = b'*';
            }
        }
    }
    // Whole tokens of the text were replaced, so it is still UTF-8.
    String::from_utf8_lossy(&octets).into_owned()
}

fn find(table: &DeTable<'_>, name: &str, within: bool, spans: &mut Vec<Range<usize>>) {
    for (key, value) in table {
        let key = key.get_ref();
        find_in(value, key, within || is_secret(name, key), spans);
    }
}

fn find_in(value: &Spanned<DeValue<'_>>, key: &str, within: bool, spans: &mut Vec<Range<usize>>) {
    match value.get_ref() {
        DeValue::Array(values) => {
            for value in values {
                find_in(value, key, within, spans);
            }
        }
        DeValue::Table(table) => find(table, key, within, spans),
        _ if within => spans.push(value.span()),
        _ => {}
    }
}
