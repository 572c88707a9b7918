//! Entries of a baseline as TOML, with what a reviewer wants to see beside each.

use jiff::civil::Date;

use super::plain;
use crate::gate::Proposal;

/// What is written into entries whose failures nobody knew of before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Why they are let pass.
    pub reason: String,
    /// The last day on which they are.
    pub expires: Option<Date>,
    /// Where they are tracked.
    pub issue: Option<String>,
}

/// One `[[known]]` table for each proposal. What was known already keeps its own terms.
pub fn baseline(proposals: &[Proposal], terms: &Terms) -> String {
    proposals.iter().map(|proposal| entry(proposal, terms)).collect::<Vec<_>>().join("\n")
}

fn entry(proposal: &Proposal, terms: &Terms) -> String {
    let mut text = String::new();
    comment(&mut text, proposal.judged.name(), &proposal.obligation);
    if let Some(actual) = &proposal.actual {
        comment(&mut text, "actual", actual);
    }
    if !proposal.seen_in.is_empty() {
        comment(&mut text, "seen in", &proposal.seen_in.join(", "));
    }
    text.push_str("[[known]]\n");
    line(&mut text, "check", &quoted(&proposal.check));
    if let Some(scenario) = &proposal.scenario {
        line(&mut text, "scenario", &quoted(scenario));
    }
    let (reason, expires, issue) = match &proposal.known {
        Some(known) => (&known.reason, known.expires, &known.issue),
        None => (&terms.reason, terms.expires, &terms.issue),
    };
    line(&mut text, "reason", &quoted(reason));
    if let Some(expires) = expires {
        line(&mut text, "expires", &expires.to_string());
    }
    if let Some(issue) = issue {
        line(&mut text, "issue", &quoted(issue));
    }
    text
}

/// What comes from the issuer must not end the comment.
fn comment(text: &mut String, label: &str, words: &str) {
    text.push_str(&format!("# {label}: {}\n", plain(words)));
}

fn line(text: &mut String, key: &str, value: &str) {
    text.push_str(&format!("{key:<8} = {value}\n"));
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Outcome;
    use crate::report::Known;

    #[test]
    fn an_entry_says_what_it_lets_pass() {
        let new = Proposal {
            check: "dpop/refuses-wrong-htm@credential".into(),
            scenario: Some("refusals/dpop".into()),
            judged: Outcome::Fail,
            obligation: "a proof for another method is refused".into(),
            actual: Some("accepted: 200\n[[known]]".into()),
            seen_in: vec!["refusals/dpop".into(), "refusals/more".into()],
            known: None,
        };
        let known = Known {
            judged: Outcome::Warn,
            reason: "said \"later\"".into(),
            expires: None,
            issue: Some("T-1".into()),
        };
        let old = Proposal {
            check: "a/b".into(),
            scenario: None,
            judged: Outcome::Warn,
            actual: None,
            seen_in: Vec::new(),
            known: Some(known),
            ..new.clone()
        };
        let terms = Terms {
            reason: "our gateway".into(),
            expires: Some(jiff::civil::date(2027, 1, 31)),
            issue: None,
        };
        insta::assert_snapshot!(baseline(&[new, old], &terms), @r#"
        # FAIL: a proof for another method is refused
        # actual: accepted: 200\n[[known]]
        # seen in: refusals/dpop, refusals/more
        [[known]]
        check    = "dpop/refuses-wrong-htm@credential"
        scenario = "refusals/dpop"
        reason   = "our gateway"
        expires  = 2027-01-31

        # WARN: a proof for another method is refused
        [[known]]
        check    = "a/b"
        reason   = 'said "later"'
        issue    = "T-1"
        "#);
    }
}
