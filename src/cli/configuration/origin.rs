//! Exactly one of the keys that say where a source has its offers from.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;

use super::offer::{HttpTable, OfferTable};
use crate::cli::document::Finding;

/// Where a source has its offers from.
pub(super) enum Origin<'a> {
    Uri(&'a str),
    File(&'a Path),
    Exec(&'a [String]),
    Http(&'a HttpTable),
    Builtin,
}

impl<'a> Origin<'a> {
    /// The one that a table has.
    pub(super) fn of(table: &'a Spanned<OfferTable>) -> Result<Self, Box<Finding>> {
        let mut found: Vec<_> = candidates(table.get_ref()).into_iter().flatten().collect();
        found.sort_by_key(|(span, _)| span.start);
        let mut found = found.into_iter();
        let Some((span, origin)) = found.next() else {
            return Err(Box::new(Finding {
                message: format!("{} has no source", table.get_ref().name.get_ref()),
                span: Some(table.get_ref().name.span()),
                label: "this one".into(),
                help: Some("give one of uri, file, exec, http and builtin".into()),
                also: None,
            }));
        };
        if let Some((second, other)) = found.next() {
            return Err(Box::new(Finding {
                message: format!("{} has two sources", table.get_ref().name.get_ref()),
                span: Some(second),
                label: format!("{} is another", other.key()),
                help: Some("give one of them, or make two [[offers]] of it".into()),
                also: Some((span, format!("{} is one", origin.key()))),
            }));
        }
        Ok(origin)
    }

    /// The key in the file.
    pub(super) fn key(&self) -> &'static str {
        match self {
            Self::Uri(_) => "uri",
            Self::File(_) => "file",
            Self::Exec(_) => "exec",
            Self::Http(_) => "http",
            Self::Builtin => "builtin",
        }
    }
}

fn candidates(table: &OfferTable) -> [Option<(Range<usize>, Origin<'_>)>; 5] {
    [
        table.uri.as_ref().map(|uri| (uri.span(), Origin::Uri(uri.get_ref().expose()))),
        table.file.as_ref().map(|file| (file.span(), Origin::File(file.get_ref()))),
        table.exec.as_ref().map(|exec| (exec.span(), Origin::Exec(exec.get_ref().expose()))),
        table.http.as_ref().map(|http| (http.span(), Origin::Http(http.get_ref()))),
        table
            .builtin
            .as_ref()
            .filter(|builtin| *builtin.get_ref())
            .map(|builtin| (builtin.span(), Origin::Builtin)),
    ]
}
