//! Issuers of older drafts and of public guides: the wallet gets the credential from each, and the
//! report says what 1.0 would need.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::process::{Served, stderr, stdout, vcispec_in};

/// An issuer, by the arguments of `vcispec serve` and where in the answer to an offer request link
/// and code are.
struct Speaker {
    serve: &'static [&'static str],
    offer: &'static str,
    tx_code: Option<&'static str>,
    /// The dialect by which it can be named; none where it speaks 1.0.
    dialect: Option<&'static str>,
}

const LINK: &str = "/credential_offer_uri";

const SPEAKERS: &[(&str, Speaker)] = &[
    (
        "draft-13",
        Speaker {
            serve: &["--dialect", "13", "--configuration", "plain"],
            offer: LINK,
            tx_code: None,
            dialect: Some("13"),
        },
    ),
    (
        "draft-15",
        Speaker {
            serve: &["--dialect", "15", "--configuration", "plain"],
            offer: LINK,
            tx_code: None,
            dialect: Some("15"),
        },
    ),
    (
        "draft-11",
        Speaker {
            serve: &["--dialect", "11", "--configuration", "deferred"],
            offer: LINK,
            tx_code: None,
            dialect: Some("11"),
        },
    ),
    (
        "corbado",
        Speaker {
            serve: &["--like", "corbado"],
            offer: LINK,
            tx_code: Some("/tx_code"),
            dialect: Some("corbado"),
        },
    ),
    (
        "gramota",
        Speaker {
            serve: &["--like", "gramota"],
            offer: "/offerUrl",
            tx_code: None,
            dialect: Some("gramota"),
        },
    ),
    (
        "eudiw-connector",
        Speaker {
            serve: &["--like", "eudiw-connector"],
            offer: LINK,
            tx_code: None,
            dialect: None,
        },
    ),
    (
        "eaa-de-template",
        Speaker {
            serve: &["--like", "eaa-de-template"],
            offer: LINK,
            tx_code: Some("/user_pin"),
            dialect: Some("eaa-de-template"),
        },
    ),
];

impl Speaker {
    /// A `vcispec.toml` for it.
    fn configuration(&self, served: &Served, folder: &Path) -> String {
        let (url, body) = &served.offer_request;
        let tx_code = self.tx_code.map(|place| format!("tx_code = {place:?}\n"));
        let text = format!(
            "issuer = {:?}\n[client]\nid = \"vcispec\"\n[[offers]]\nname = \"guide\"\n\
             gives = {{ tx_code = {} }}\n[offers.http]\nmethod = \"POST\"\nurl = {url:?}\n\
             body = {}\noffer = {:?}\n{}",
            served.issuer,
            self.tx_code.is_some(),
            inline(body),
            self.offer,
            tx_code.unwrap_or_default(),
        );
        let file = folder.join("vcispec.toml");
        std::fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    }

    /// A fresh offer with its code.
    fn offer(&self, served: &Served) -> (String, Option<String>) {
        let (url, body) = &served.offer_request;
        let answer = served.post(url, body);
        let text = |place: &str| answer.pointer(place).and_then(Value::as_str).map(str::to_owned);
        (text(self.offer).unwrap(), self.tx_code.and_then(text))
    }
}

/// JSON as an inline value of TOML.
fn inline(json: &Value) -> String {
    match json {
        Value::Object(members) => {
            let members =
                members.iter().map(|(name, value)| format!("{name:?} = {}", inline(value)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

fn accepted(speaker: &Speaker, dialect: &str) -> (Output, Value) {
    let served = Served::with(speaker.serve);
    let (offer, code) = speaker.offer(&served);
    let folder = tempfile::tempdir().unwrap();
    let mut arguments =
        vec!["accept", &offer, "--json", "--client-id", "vcispec", "--dialect", dialect];
    if let Some(code) = &code {
        arguments.extend(["--tx-code", code]);
    }
    let output = vcispec_in(folder.path(), &arguments);
    let json = serde_json::from_str(&stdout(&output)).unwrap_or(Value::Null);
    (output, json)
}

#[test]
fn the_wallet_gets_the_credential_from_each() {
    for (name, speaker) in SPEAKERS {
        for dialect in ["auto"].into_iter().chain(speaker.dialect) {
            let (output, accepted) = accepted(speaker, dialect);
            let told = format!("{name} spoken to in {dialect}: {}", stderr(&output));
            assert_eq!(output.status.code(), Some(0), "{told}");
            let credential = &accepted["credentials"][0];
            assert_eq!(credential["signature"]["verified"], true, "{told}");
            let is_told = stderr(&output).contains("draft") || dialect != "auto";
            assert_eq!(is_told, speaker.dialect.is_some(), "{told}");
        }
    }
}

#[test]
fn a_wallet_that_is_held_to_1_0_gets_none_from_older_drafts() {
    for name in ["draft-13", "draft-11", "corbado", "eaa-de-template"] {
        let (_, speaker) = SPEAKERS.iter().find(|(other, _)| *other == name).unwrap();
        let (output, _) = accepted(speaker, "1.0");
        assert_ne!(output.status.code(), Some(0), "{name}");
    }
}

/// The report of a run, with what was told and the exit status.
fn report(speaker: &Speaker, dialect: &str) -> (Value, String, Option<i32>) {
    let served = Served::with(speaker.serve);
    let folder = tempfile::tempdir().unwrap();
    let file = speaker.configuration(&served, folder.path());
    let arguments =
        ["run", "--config", &file, "--dialect", dialect, "--report", "json=report.json"];
    let output = vcispec_in(folder.path(), &arguments);
    let text = std::fs::read_to_string(folder.path().join("report.json"));
    let text = text.unwrap_or_else(|_| panic!("no report: {}", stderr(&output)));
    (serde_json::from_str(&text).unwrap(), stderr(&output), output.status.code())
}

/// The migration list, one line for each step.
fn steps(report: &Value) -> Vec<String> {
    let steps = report["migration"]["steps"].as_array().into_iter().flatten();
    steps
        .map(|step| {
            let text = |name: &str| step[name].as_str().unwrap_or_default();
            format!("{} {}: {}", text("outcome"), text("name"), text("wants"))
        })
        .collect()
}

/// What was judged to be worse than a note, and is no step of the list.
fn others(report: &Value) -> Vec<String> {
    let verdicts = report["results"].as_array().into_iter().flatten();
    let mut others: Vec<String> = verdicts
        .flat_map(|check| check["verdicts"].as_array().into_iter().flatten())
        .filter(|verdict| verdict["former"].is_null())
        .filter(|verdict| {
            let outcome = verdict["outcome"].as_str().unwrap_or_default();
            !["pass", "note", "not_applicable", "not_run"].contains(&outcome)
        })
        .map(|verdict| {
            let text = |name: &str| verdict[name].as_str().unwrap_or_default();
            format!("{} {}: {}{}", text("outcome"), text("name"), text("actual"), text("because"))
        })
        .collect();
    others.sort();
    others.dedup();
    others
}

#[test]
fn what_1_0_would_need_is_one_list() {
    for (name, speaker) in SPEAKERS {
        let (report, told, status) = report(speaker, "auto");
        let steps = steps(&report);
        insta::with_settings!({ snapshot_path => "../../snapshots/dialects", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(*name, format!(
                "{}\nexit {status:?}\n\n{}\n\nbeside it\n{}",
                report["migration"]["because"].as_str().unwrap_or("speaks 1.0"),
                steps.join("\n"),
                others(&report).join("\n"),
            ));
        });
        assert_eq!(steps.is_empty(), speaker.dialect.is_none(), "{name}");
        let must = steps.iter().any(|step| step.starts_with("fail"));
        assert!(!must || status == Some(1), "{name}: {told}");
    }
}

#[test]
fn a_dialect_that_is_named_replaces_failures_by_it() {
    for (name, speaker) in SPEAKERS {
        let Some(dialect) = speaker.dialect else { continue };
        let (report, told, _) = report(speaker, dialect);
        let headline = report["migration"]["because"].as_str().unwrap_or_default().to_owned();
        assert!(headline.starts_with("judged as "), "{name}: {headline}");
        let held_to = report["provenance"]["specifications"].to_string();
        assert!(!held_to.contains("OpenID4VCI 1.0"), "{name}: {held_to}");
        assert!(headline.ends_with(", not as 1.0"), "{name}: {headline}");
        assert!(told.contains(&headline), "{name}: {told}");
        assert!(!steps(&report).iter().any(|step| step.starts_with("fail")), "{name}: {told}");
    }
}
