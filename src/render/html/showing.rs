//! How a message is shown: once in full, or again as the witness of a problem.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

/// Contents of this length, in octets, are shown once if they occur twice.
const WORTH_SHARING: usize = 600;

/// An exchange that had the same content.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Same {
    pub(super) anchor: String,
    pub(super) number: u32,
    pub(super) scenario: String,
}

/// What was shown already, of a page that shows everything once.
#[derive(Debug, Default)]
pub(super) struct Shown<'a> {
    tokens: HashSet<&'a str>,
    contents: HashMap<&'a str, Same>,
}

/// How a message is shown.
#[derive(Debug)]
pub(super) enum Showing<'s, 'a> {
    /// In full, as the place that others refer to.
    Everything(&'s mut Shown<'a>, Same),
    /// As the witness of a problem: what is marked, and what stands around it.
    Witness,
}

impl<'a> Showing<'_, 'a> {
    /// Whether only what is in question is shown.
    pub(super) fn is_witness(&self) -> bool {
        matches!(self, Self::Witness)
    }

    /// Whether everything is shown, and this token for the first time.
    pub(super) fn is_first_of(&mut self, token: &'a str) -> bool {
        match self {
            Self::Everything(shown, _) => shown.tokens.insert(token),
            Self::Witness => false,
        }
    }

    /// The exchange that shows this content already, where it is worth a link.
    pub(super) fn same_as(&mut self, content: &'a str) -> Option<Same> {
        let Self::Everything(shown, here) = self else { return None };
        if content.len() < WORTH_SHARING {
            return None;
        }
        let known = shown.contents.get(content).cloned();
        if known.is_none() {
            shown.contents.insert(content, here.clone());
        }
        known
    }
}
