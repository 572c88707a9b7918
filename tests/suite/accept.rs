//! `vcispec accept` where the issuer puts the credential off: it waits, keeps what it has when it is
//! stopped, and goes on from there.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::process::{BINARY, Served, stderr, stdout};

/// An offer whose credential the issuer holds back until it is told to release it.
fn held(served: &Served) -> String {
    let request =
        json!({ "credential_configuration_id": "pid", "claims": { "given_name": "held" } });
    served.offer(&request).0
}

fn accept(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(BINARY);
    command.arg("accept").args(arguments).current_dir(folder).stdin(Stdio::null());
    command.output().unwrap()
}

/// The one file in a folder, and what is in it.
fn resume_file(folder: &Path) -> (PathBuf, Value) {
    let files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [file] = files.as_slice() else { panic!("expected one file, found {files:?}") };
    (file.clone(), serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap())
}

fn decide(served: &Served, resume: &Value, decision: &str) {
    let body = json!({ "transaction_id": resume["held"]["transaction_id"], "decision": decision });
    assert_eq!(served.manage("transactions", &body), 204);
}

#[test]
fn a_credential_that_is_put_off_is_waited_for() {
    let served = Served::with(&["--configuration", "deferred"]);
    let (offer, _) = served.offer(&json!({ "credential_configuration_id": "pid" }));
    let folder = tempfile::tempdir().unwrap();
    let output = accept(folder.path(), &[&offer, "--json", "--batch", "2"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("asking again in 1 s"), "{}", stderr(&output));
    let accepted: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let credentials = accepted["credentials"].as_array().unwrap();
    assert_eq!(credentials.len(), 2);
    assert!(credentials.iter().all(|credential| credential["bound_to_this_wallet"] == true));
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none());
}

#[test]
fn a_wait_that_was_given_up_goes_on_later() {
    let served = Served::with(&["--configuration", "deferred-dpop"]);
    let folder = tempfile::tempdir().unwrap();
    let output = accept(folder.path(), &[&held(&served), "--max-wait", "0"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("vcispec accept --resume"), "{}", stderr(&output));
    let (file, resume) = resume_file(folder.path());
    assert_eq!(resume["held"]["credential_issuer"], served.issuer.as_str());
    assert!(resume["held"]["holder_keys"][0]["d"].is_string());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let again = accept(folder.path(), &["--resume", file.to_str().unwrap(), "--max-wait", "0"]);
    assert_eq!(again.status.code(), Some(1), "{}", stderr(&again));
    decide(&served, &resume_file(folder.path()).1, "release");
    let output = accept(folder.path(), &["--resume", file.to_str().unwrap(), "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let accepted: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(accepted["credentials"][0]["claims"]["given_name"], "held");
    assert_eq!(accepted["credentials"][0]["bound_to_this_wallet"], true);
    assert!(!file.exists());
}

#[test]
fn a_denial_ends_the_wait() {
    let served = Served::with(&["--configuration", "deferred"]);
    let folder = tempfile::tempdir().unwrap();
    let output = accept(folder.path(), &[&held(&served), "--max-wait", "0"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let (file, resume) = resume_file(folder.path());
    decide(&served, &resume, "deny");
    let output = accept(folder.path(), &["--resume", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("credential_request_denied"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_the_wait_for_later() {
    let served = Served::with(&["--configuration", "deferred"]);
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(BINARY)
        .args(["accept", &held(&served)])
        .current_dir(folder.path())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    // Who hears of the second wait listens for Ctrl-C since the first.
    for _ in 0..2 {
        assert!(lines.next().unwrap().unwrap().contains("asking again"));
    }
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let told: Vec<String> = lines.map_while(Result::ok).collect();
    assert_eq!(child.wait().unwrap().code(), Some(3), "{told:?}");
    assert!(told.iter().any(|line| line.contains("--resume")), "{told:?}");
    assert!(resume_file(folder.path()).1["transcript"].is_object());
}

#[test]
fn a_file_of_another_kind_is_no_wait() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other.json");
    std::fs::write(&file, "{}").unwrap();
    let output = accept(folder.path(), &["--resume", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
}

#[test]
fn a_client_with_a_key_signs_an_assertion() {
    let served = Served::with(&["--configuration", "private-key-jwt"]);
    let (offer, _) = served.offer(&json!({ "credential_configuration_id": "pid" }));
    let folder = tempfile::tempdir().unwrap();
    let told = |arguments: &[&str]| {
        let output = accept(folder.path(), &[&[offer.as_str()], arguments].concat());
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        stderr(&output)
    };
    let without = told(&["--client-id", "my-wallet"]);
    assert!(without.contains("the client does not authenticate"), "{without}");
    assert!(without.contains("--client-key"), "{without}");
    let key = json!({
        "kty": "EC", "crv": "P-256", "kid": "one",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        "d": "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI",
    });
    std::fs::write(folder.path().join("key.json"), key.to_string()).unwrap();
    let with = told(&["--client-id", "my-wallet", "--client-key", "key.json"]);
    assert!(with.contains("the client is not registered with a key"), "{with}");
    let unsigned = ["--client-authentication", "none"];
    let public =
        told(&[&["--client-id", "my-wallet", "--client-key", "key.json"], &unsigned[..]].concat());
    assert!(public.contains("the client does not authenticate"), "{public}");
}
