//! Negatives: what the right answer to a tampered request is, and how near an answer comes.

use crate::checks::{Answered, Applies, Finding, Scene};
use crate::transcript::Station;

/// A tamper that must be refused.
#[derive(Clone, Copy, Debug)]
pub struct Refusal {
    /// Name of the row in the table of tampers.
    pub tamper: &'static str,
    /// What is right, by the endpoint the tampered request went to.
    pub expects: &'static [Expectation],
    /// Whether the same request, untampered, must have been granted.
    pub control: Control,
    /// Caps an acceptance at WARN where the specification leaves a way out, with the reason.
    pub leniency: Option<fn(&Answered<'_>, &Scene<'_>) -> Option<&'static str>>,
}

/// The right refusal at one endpoint.
#[derive(Clone, Copy, Debug)]
pub struct Expectation {
    /// The endpoint.
    pub station: Station,
    /// Whether it concerns this issuer at this endpoint.
    pub applies: fn(&Scene<'_>) -> Applies,
    /// The status codes that are right.
    pub status: &'static [u16],
    /// The error codes that are right; empty when no code is asked for.
    pub codes: &'static [&'static str],
    /// The codes that are understandable but not right: WARN.
    pub tolerated: &'static [&'static str],
    /// Where the code stands.
    pub code_in: CodeIn,
    /// Whether the text fixes status and code by a MUST: any other refusal then fails, else it
    /// warns.
    pub fixed: bool,
}

/// Where an error code stands in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeIn {
    /// The `error` member of a JSON body.
    Body,
    /// The `error` attribute of `WWW-Authenticate`.
    Challenge,
    /// One or the other.
    Either,
    /// Nowhere: a `WWW-Authenticate` field must be there and should carry no `error`, because
    /// the request presented nothing that could be wrong (RFC 6750 3.1). `codes` stays empty.
    BareChallenge,
}

/// Whether a negative needs to be paired with a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// The untampered request must have got through in the same scenario.
    Needed,
    /// The refusal needs no valid code or token to be meaningful.
    NotNeeded,
}

/// A tamper that must be granted: members that the specification says to ignore.
#[derive(Clone, Copy, Debug)]
pub struct Acceptance {
    /// Name of the row in the table of tampers.
    pub tamper: &'static str,
    /// The endpoints the tampered request goes to.
    pub stations: &'static [Station],
}

/// Status codes of layers before the endpoint, which say what is wrong without an error code: too
/// large, of another media type.
const SPEAK_FOR_THEMSELVES: &[u16] = &[413, 415];

/// How an answer stands to an expectation.
pub(in crate::checks) fn weigh(
    refusal: &Refusal,
    expectation: &Expectation,
    answered: &Answered<'_>,
    scene: &Scene<'_>,
) -> Finding {
    let expected = describe(expectation);
    let actual = answered.summary();
    if answered.grants_something() {
        let breach = crate::checks::Breach::new(expected, format!("accepted: {actual}"));
        return match refusal.leniency.and_then(|leniency| leniency(answered, scene)) {
            Some(reason) => Finding::Warns(breach, reason),
            None => Finding::Breaks(breach),
        };
    }
    let status = answered.answer.status;
    if status >= 500 && !expectation.status.contains(&status) {
        return Finding::breaks(expected, format!("a server error: {actual}"));
    }
    let codes: Vec<String> = match expectation.code_in {
        CodeIn::Body => answered.error_code().into_iter().collect(),
        CodeIn::Challenge | CodeIn::BareChallenge => answered.answer.challenge_errors(),
        CodeIn::Either => {
            answered.error_code().into_iter().chain(answered.answer.challenge_errors()).collect()
        }
    };
    let is_among = |listed: &[&str]| codes.iter().any(|code| listed.contains(&code.as_str()));
    let right_status = expectation.status.contains(&status);
    let right_code = match expectation.code_in {
        CodeIn::BareChallenge => answered.answer.headers.get("www-authenticate").is_some(),
        CodeIn::Body | CodeIn::Challenge | CodeIn::Either => {
            expectation.codes.is_empty()
                || is_among(expectation.codes)
                || SPEAK_FOR_THEMSELVES.contains(&status)
        }
    };
    if right_code && expectation.code_in == CodeIn::BareChallenge {
        let breach = crate::checks::Breach::new(expected, actual);
        return match (right_status, codes.is_empty()) {
            (true, true) => Finding::Holds,
            (true, false) => {
                Finding::Warns(breach, "an error code for a request that presented no token")
            }
            (false, _) => Finding::Warns(breach, "challenged, though with another status"),
        };
    }
    if right_status && right_code {
        return Finding::Holds;
    }
    let breach = crate::checks::Breach::new(expected, actual);
    if right_status && is_among(expectation.tolerated) {
        return Finding::Warns(breach, "refused with a code that can be argued for");
    }
    if expectation.fixed {
        Finding::Breaks(breach)
    } else {
        Finding::Warns(breach, "refused, though not in the way the text recommends")
    }
}

fn describe(expectation: &Expectation) -> String {
    let status: Vec<String> = expectation.status.iter().map(u16::to_string).collect();
    let status = status.join(" or ");
    if expectation.code_in == CodeIn::BareChallenge {
        return format!("{status} with WWW-Authenticate and no error code");
    }
    if expectation.codes.is_empty() {
        return format!("a refusal with {status}");
    }
    let place = match expectation.code_in {
        CodeIn::Body | CodeIn::Either => "",
        CodeIn::Challenge | CodeIn::BareChallenge => " in WWW-Authenticate",
    };
    format!("{status} {}{place}", expectation.codes.join(" or "))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]
mod tests;
