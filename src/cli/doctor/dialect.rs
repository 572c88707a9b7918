//! Which version of the specification the issuer seems to speak, and by which it would be judged.

use super::Look;
use super::finding::Finding;
use super::patient::Patient;
use crate::protocol::dialect::{DIALECTS, Speech};
use crate::protocol::signs::{Fingerprint, Shown, fingerprint};
use crate::protocol::{Location, WellKnown};
use crate::transcript::{Answer, Station};

/// Reads the signs of older drafts in the metadata.
pub fn look(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        let Some(speech) = patient.case.as_ref().map(|case| case.plan.speech) else {
            return Vec::new();
        };
        let identifier = patient.identifier.clone().unwrap_or_default();
        let place = WellKnown::CredentialIssuer.url(&identifier, Location::Inserted);
        let is_in_place = |url: &str| place.as_ref().is_some_and(|place| place.as_str() == url);
        let exchanges = patient.discovered(Station::IssuerMetadata).await;
        let granted =
            || exchanges.iter().filter(|one| one.answer().is_some_and(Answer::is_success));
        let json = granted().next_back().and_then(|one| one.answer()?.body.json());
        let found = fingerprint(&Shown {
            issuer_metadata: json.as_ref(),
            only_at_appended_location: json.is_some()
                && !granted().any(|one| is_in_place(&one.request.url)),
            ..Shown::default()
        });
        vec![told(speech, &found)]
    })
}

fn told(speech: Speech, found: &Fingerprint) -> Finding {
    if let Some(dialect) = speech.named() {
        return Finding::remark(format!("spoken to in {dialect}, and judged as that, not as 1.0"));
    }
    let Some(sentence) = found.sentence() else {
        return Finding::well("1.0 Final, as far as the metadata show");
    };
    let signs: Vec<&str> = found.former.iter().map(|sign| sign.sign).collect();
    let finding = Finding::remark(format!("{sentence}, and judged as 1.0: {}", signs.join(", ")));
    let newest = found.newest();
    match DIALECTS.iter().find(|one| one.drafts == (newest, newest)) {
        Some(dialect) => finding.so(format!("--dialect {}   # judges it as that", dialect.name)),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::cli::doctor::finding::Mark;

    fn of(metadata: serde_json::Value) -> Fingerprint {
        fingerprint(&Shown { issuer_metadata: Some(&metadata), ..Shown::default() })
    }

    #[test]
    fn an_older_draft_is_named_with_its_signs() {
        let old = of(json!({ "credentials_supported": [] }));
        let finding = told(Speech::Auto, &old);
        assert_eq!(finding.mark, Mark::Remark);
        assert!(finding.says.contains("draft 11"), "{}", finding.says);
        assert!(finding.says.contains("credentials_supported"), "{}", finding.says);
        assert!(finding.remedy.is_some_and(|remedy| remedy.starts_with("--dialect 11")));
    }

    #[test]
    fn nothing_old_is_1_0_and_a_named_dialect_is_told() {
        let new = of(json!({ "nonce_endpoint": "https://h/n" }));
        assert_eq!(told(Speech::Auto, &new).mark, Mark::Well);
        let named = "13".parse().map(|speech| told(speech, &new).says);
        assert!(named.is_ok_and(|says| says.contains("draft 13")));
    }
}
