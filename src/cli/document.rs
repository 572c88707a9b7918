//! A TOML file that a user wrote: its text as it may be shown, where it lies, and what is wrong
//! with it, said where it stands and with a guess at what was meant.

mod problem;
pub(in crate::cli) mod suggestion;

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::scenario::sentence;
pub(in crate::cli) use problem::Finding;
pub use problem::Problem;

/// A file that was read.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Document {
    name: String,
    /// Where secrets stood in the file there are asterisks, octet for octet.
    shown: String,
    directory: PathBuf,
}

impl Document {
    /// Takes a text apart. Where `is_secret` says so of the key of a table, the value is never
    /// shown.
    pub(in crate::cli) fn parse<'text>(
        name: &str,
        text: &'text str,
        directory: PathBuf,
        is_secret: IsSecret,
    ) -> Result<(Self, Spanned<DeTable<'text>>), Box<Problem>> {
        let (tree, errors) = DeTable::parse_recoverable(text);
        let shown = hide_secrets(text, tree.get_ref(), is_secret);
        let document = Self { name: name.to_owned(), shown, directory };
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
    pub(in crate::cli) fn refuse(&self, finding: Box<Finding>) -> Box<Problem> {
        Box::new(Problem::new(&self.name, self.shown.clone(), finding))
    }

    /// The line, from 1, of an octet of the file.
    pub(in crate::cli) fn line(&self, octet: usize) -> usize {
        self.shown.get(..octet).map_or(1, |before| before.matches('\n').count() + 1)
    }

    /// A path as the file means it.
    pub(in crate::cli) fn path(&self, path: &Path) -> PathBuf {
        self.directory.join(path)
    }

    /// Where the file lies; `.` when it was given without a directory.
    pub(in crate::cli) fn directory(&self) -> PathBuf {
        if self.directory.as_os_str().is_empty() {
            PathBuf::from(".")
        } else {
            self.directory.clone()
        }
    }
}

/// Whether the value under this key (second) of this table (first) is a secret.
type IsSecret = fn(&str, &str) -> bool;

fn hide_secrets(text: &str, tree: &DeTable<'_>, is_secret: IsSecret) -> String {
    let mut secrets = Secrets { is_secret, spans: Vec::new() };
    secrets.in_table(tree, "", false);
    let mut octets = text.as_bytes().to_vec();
    for span in secrets.spans {
        for octet in octets.get_mut(span).into_iter().flatten() {
            if !matches!(octet, b'\n' | b'\r') {
                *octet = b'*';
            }
        }
    }
    // Whole tokens of the text were replaced, so it is still UTF-8.
    String::from_utf8_lossy(&octets).into_owned()
}

struct Secrets {
    is_secret: IsSecret,
    spans: Vec<Range<usize>>,
}

impl Secrets {
    fn in_table(&mut self, table: &DeTable<'_>, name: &str, within: bool) {
        for (key, value) in table {
            let key = key.get_ref();
            self.in_value(value, key, within || (self.is_secret)(name, key));
        }
    }

    fn in_value(&mut self, value: &Spanned<DeValue<'_>>, key: &str, within: bool) {
        match value.get_ref() {
            DeValue::Array(values) => {
                for value in values {
                    self.in_value(value, key, within);
                }
            }
            DeValue::Table(table) => self.in_table(table, key, within),
            _ if within => self.spans.push(value.span()),
            _ => {}
        }
    }
}
