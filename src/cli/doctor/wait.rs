//! `--wait`: a pipeline that has just started the issuer need not guess how long that takes.

use std::time::{Duration, Instant};

use super::Look;
use super::finding::Finding;
use super::patient::Patient;
use crate::cli::terminal;
use crate::protocol::{Location, WellKnown};
use crate::transcript::{Answer, Exchange, Station};
use crate::wallet::{Document, Recorder, read_document};

/// The first pause between two attempts; it grows to the longest.
const SHORTEST: Duration = Duration::from_millis(250);
/// The longest.
const LONGEST: Duration = Duration::from_secs(2);
/// How often a log is told that we wait.
const SIGN: Duration = Duration::from_secs(15);

/// Asks for the metadata until something other than a gateway answers.
pub fn look(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        let (Some(seconds), Some(case)) = (patient.wait, &patient.case) else { return Vec::new() };
        let identifier = patient.identifier.as_deref().unwrap_or_default();
        let Some(url) = WellKnown::CredentialIssuer.url(identifier, Location::Inserted) else {
            return Vec::new();
        };
        let metadata = Document::at(Station::IssuerMetadata, url);
        let began = Instant::now();
        let limit = Duration::from_secs(seconds);
        let mut pause = SHORTEST;
        let mut told = SIGN;
        loop {
            let recorder = Recorder::default();
            let asked = read_document(&case.plan.http, &recorder, &metadata);
            // An attempt that outlasts the wait is no answer.
            let in_time = tokio::time::timeout(limit.saturating_sub(began.elapsed()), asked).await;
            let exchanges = recorder.finish().exchanges;
            let answer = exchanges.last().and_then(Exchange::answer);
            if in_time.is_ok() && answer.is_some_and(|answer| !is_starting(answer)) {
                let seconds = began.elapsed().as_secs_f64();
                return vec![Finding::well(format!("answered after {seconds:.1} s"))];
            }
            if began.elapsed() + pause >= limit {
                return vec![given_up(seconds, answer, &patient.again)];
            }
            if began.elapsed() >= told {
                let waited = began.elapsed().as_secs();
                terminal::remark(&format!("waiting for {identifier}, {waited} of {seconds} s"));
                told += SIGN;
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST);
        }
    })
}

/// What a gateway says of a service that is not up yet.
fn is_starting(answer: &Answer) -> bool {
    matches!(answer.status, 502..=504)
}

fn given_up(seconds: u64, answer: Option<&Answer>, again: &str) -> Finding {
    let says = match answer {
        Some(answer) => format!("still {} after {seconds} s", answer.status),
        None => format!("no answer within {seconds} s"),
    };
    let longer = seconds.saturating_mul(2).min(3600);
    Finding::unreachable(says).so(format!("vcispec doctor{again} --wait {longer}"))
}
