//! The reasons for which a reader has to reject an SD-JWT (RFC 9901, section 7.1).

use super::unpack::DEEPEST;

/// A reason to reject an SD-JWT.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A disclosure is malformed and a digest refers to it.
    #[error("disclosure {disclosure}: {why}")]
    Malformed {
        /// The index of the disclosure.
        disclosure: usize,
        /// What is wrong with it.
        why: String,
    },
    /// A digest in `_sd` refers to an array element's disclosure, or the other way round.
    #[error("disclosure {disclosure} at `{level}`: expected {expected}")]
    OtherForm {
        /// The index of the disclosure.
        disclosure: usize,
        /// Where its digest stands.
        level: String,
        /// What the place demands.
        expected: &'static str,
    },
    /// A disclosure has the name `_sd` or `...`.
    #[error("disclosure {disclosure} at `{level}`: the name `{name}` is reserved")]
    ReservedName {
        /// The index of the disclosure.
        disclosure: usize,
        /// Where its digest stands.
        level: String,
        /// The name.
        name: String,
    },
    /// A disclosure has a name that its object has already.
    #[error("disclosure {disclosure} at `{level}`: the name `{name}` is there already")]
    NameTaken {
        /// The index of the disclosure.
        disclosure: usize,
        /// Where its digest stands.
        level: String,
        /// The name.
        name: String,
    },
    /// A digest occurs a second time.
    #[error("the digest `{digest}` occurs again at `{level}`")]
    RepeatedDigest {
        /// The digest.
        digest: String,
        /// Where it stands the second time.
        level: String,
    },
    /// No digest leads to a disclosure.
    #[error("disclosure {disclosure}: no digest refers to it")]
    Unreferenced {
        /// The index of the disclosure.
        disclosure: usize,
    },
    /// `_sd` or `...` does not have the form that it must have.
    #[error("at `{level}`: expected {expected}")]
    MisusedName {
        /// Where it stands.
        level: String,
        /// What it has to be.
        expected: &'static str,
    },
    /// The claims are nested too deeply.
    #[error("at `{level}`: claims are nested deeper than {DEEPEST} levels")]
    TooDeep {
        /// Where it was given up.
        level: String,
    },
}
