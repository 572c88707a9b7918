//! The exchanges as HAR 1.2, for the network panel of a browser and everything else that reads it.
//! A page is a scenario. What HAR has no word for stands in members with an underscore.

mod message;
mod uri;

use serde_json::{Value, json};

use self::message::{request, response};
use crate::report::Report;
use crate::transcript::{Exchange, Received, Transcript};

/// The report's exchanges as HAR 1.2, indented, with a newline at the end.
pub fn har(report: &Report) -> String {
    let provenance = &report.provenance;
    let ran = || report.transcripts.iter().filter(|one| !one.exchanges.is_empty());
    let entries = ran().flat_map(|transcript| {
        transcript.exchanges.iter().map(move |exchange| entry(transcript, exchange))
    });
    let warning = report.warning.map(|warning| format!("{warning}; ")).unwrap_or_default();
    let log = json!({
        "version": "1.2",
        "comment": format!(
            "{warning}run {} against {}, {}",
            provenance.run_id, provenance.credential_issuer, report.redaction
        ),
        "creator": { "name": "vcispec", "version": provenance.version },
        "pages": ran().map(page).collect::<Vec<_>>(),
        "entries": entries.collect::<Vec<_>>(),
    });
    // Maps with keys that are no text could fail, and there are none.
    let mut text = serde_json::to_string_pretty(&json!({ "log": log })).unwrap_or_default();
    text.push('\n');
    text
}

fn page(transcript: &Transcript) -> Value {
    let started = transcript.exchanges.iter().map(|exchange| exchange.request.at).min();
    json!({
        "id": transcript.scenario,
        "title": transcript.title,
        "startedDateTime": started,
        "pageTimings": {},
    })
}

fn entry(transcript: &Transcript, exchange: &Exchange) -> Value {
    let milliseconds = milliseconds(exchange);
    let mut entry = json!({
        "pageref": transcript.scenario,
        "startedDateTime": exchange.request.at,
        "time": milliseconds,
        "request": request(&exchange.request),
        "response": response(&exchange.received),
        "cache": {},
        // What is before and after the first octet of the answer is not told apart.
        "timings": { "send": 0, "wait": milliseconds, "receive": 0 },
        "_scenario": transcript.scenario,
        "_exchange": exchange.number,
        "_station": exchange.station,
        "_wallet": exchange.wallet,
    });
    let failure = match &exchange.received {
        Received::Failure(failure) => Some(&failure.says),
        Received::Answer(_) => None,
    };
    let told = [
        ("_tamper", exchange.tamper.as_ref().map(|tamper| json!(tamper.name))),
        ("_error", failure.map(|says| json!(says))),
        ("_racer", exchange.racer.map(|racer| json!(racer))),
        ("_superseded", exchange.superseded.then_some(Value::Bool(true))),
    ];
    for (name, value) in told {
        if let (Some(members), Some(value)) = (entry.as_object_mut(), value) {
            members.insert(name.to_owned(), value);
        }
    }
    entry
}

/// From the beginning of the request to the end of the answer.
fn milliseconds(exchange: &Exchange) -> f64 {
    let ended = match &exchange.received {
        Received::Answer(answer) => answer.at,
        Received::Failure(failure) => failure.at,
    };
    let took = ended.duration_since(exchange.request.at).as_secs_f64() * 1000.0;
    took.max(0.0)
}
