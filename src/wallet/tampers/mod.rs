//! Everything the wallet knows to do wrong, or unusually, one row each.
//!
//! A tamper changes one thing in a draft that is otherwise right, and says what it changed. It
//! never knows what the right answer would be: that is the affair of the checks.

mod borrowed;
mod client_authentication;
mod credential;
mod deferred;
mod details;
mod dpop;
mod malformed;
mod encryption;
mod key_attestation;
mod key_proof;
mod notification;
mod offer;
mod order;
mod own;
mod refresh;
mod revocation;
mod token;

pub use credential::CURRENT_REQUEST;
pub use malformed::BARE_POST;
pub use own::Own;

use super::draft::Draft;
use super::session::Session;
use crate::jose::SignatureAlgorithm;
use crate::transcript::Station;

/// One row of the table.
#[derive(Debug)]
pub struct Tamper {
    /// The name that scripts and checks use.
    pub name: &'static str,
    /// What it does, in words.
    pub says: &'static str,
    /// The endpoints it makes sense at.
    pub at: &'static [Station],
    /// Sends something a second time: a challenge must not be answered with something new.
    pub resends: bool,
    /// Changes the draft. The answer says what was changed in this one, or why it cannot be.
    pub change: fn(&mut Draft, &Session) -> Result<String, String>,
}

/// What is done to a draft: a row of the table, or what a script of one's own says.
#[derive(Clone, Copy, Debug)]
pub enum Tampering<'a> {
    /// A row of the table.
    Known(&'static Tamper),
    /// A tamper of the script.
    Own(&'a Own),
}

impl Tampering<'_> {
    /// The name that scripts and checks use.
    pub fn name(&self) -> &str {
        match self {
            Self::Known(row) => row.name,
            Self::Own(own) => &own.name,
        }
    }

    /// See [`Tamper::resends`].
    pub fn resends(&self) -> bool {
        matches!(self, Self::Known(row) if row.resends)
    }

    /// Changes the draft. The answer says what was changed in this one, or why it cannot be.
    pub(super) fn change(&self, draft: &mut Draft, session: &Session) -> Result<String, String> {
        match self {
            Self::Known(row) => (row.change)(draft, session),
            Self::Own(own) => own.change(draft),
        }
    }
}

/// Every tamper, by the part of the request that it changes.
pub fn all() -> impl Iterator<Item = &'static Tamper> {
    [
        offer::TAMPERS,
        order::TAMPERS,
        token::TAMPERS,
        details::TAMPERS,
        refresh::TAMPERS,
        revocation::TAMPERS,
        client_authentication::TAMPERS,
        dpop::TAMPERS,
        credential::TAMPERS,
        malformed::TAMPERS,
        key_proof::TAMPERS,
        borrowed::TAMPERS,
        key_attestation::TAMPERS,
        encryption::TAMPERS,
        deferred::TAMPERS,
        notification::TAMPERS,
    ]
    .into_iter()
    .flatten()
}

/// The tamper of that name.
pub fn find(name: &str) -> Option<&'static Tamper> {
    all().find(|tamper| tamper.name == name)
}

/// The first algorithm of this wallet that is not listed, under whichever name.
fn unlisted(is_listed: impl Fn(&str) -> bool) -> Result<SignatureAlgorithm, String> {
    let mut known = SignatureAlgorithm::ALL.into_iter();
    let unlisted = known.find(|algorithm| !algorithm.is_among(&is_listed));
    unlisted.ok_or_else(|| "every algorithm of this wallet is listed".to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    #[test]
    fn every_name_is_its_own() {
        let mut names = HashSet::new();
        for tamper in super::all() {
            assert!(names.insert(tamper.name), "{} twice", tamper.name);
            assert!(!tamper.at.is_empty(), "{} is made nowhere", tamper.name);
        }
    }
}
