//! `vcispec doctor`, asked about issuers that are well and issuers that are not.

use std::net::TcpListener;
use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::bench::block_on;
use crate::process::{Served, stderr, stdout, vcispec};

/// A configuration in a folder of its own.
struct Configured(tempfile::TempDir);

impl Configured {
    fn with(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("vcispec.toml"), text).unwrap();
        Self(folder)
    }

    fn folder(&self) -> &Path {
        self.0.path()
    }

    fn doctor(&self, arguments: &[&str]) -> Output {
        let file = self.folder().join("vcispec.toml");
        let mut line = vec!["doctor", "--config", file.to_str().unwrap()];
        line.extend(arguments);
        vcispec(&line)
    }
}

/// What the doctor says, and that it exits so.
fn says(output: &Output, status: i32) -> String {
    let text = stdout(output);
    assert_eq!(output.status.code(), Some(status), "{text}{}", stderr(output));
    assert!(text.lines().all(|line| !line.contains('\u{1b}')), "{text}");
    text
}

/// The line on one thing.
fn line<'a>(text: &'a str, name: &str) -> &'a str {
    let found = text.lines().find(|line| line.split_whitespace().nth(1) == Some(name));
    found.unwrap_or_else(|| panic!("nothing is said of {name}:\n{text}"))
}

fn taken(configured: &Configured) -> usize {
    let text = std::fs::read_to_string(configured.folder().join("taken")).unwrap_or_default();
    text.lines().count()
}

/// A source that hands out so many offers, one after the other, and writes down how many.
fn with_program(served: &Served, count: usize) -> Configured {
    let configured = Configured::with(&format!(
        "issuer = {:?}\n[[offers]]\nname = \"script\"\nexec = [\"sh\", \"mint.sh\"]\n",
        served.issuer
    ));
    let offer = || served.offer(&json!({ "credential_configuration_id": "pid" })).0;
    let offers: Vec<String> = (0..count).map(|_| offer()).collect();
    std::fs::write(configured.folder().join("offers"), offers.join("\n")).unwrap();
    let script = "echo x >> taken; sed -n \"$(wc -l < taken | tr -d ' ')p\" offers";
    std::fs::write(configured.folder().join("mint.sh"), script).unwrap();
    configured
}

#[test]
fn an_issuer_that_is_well_gets_a_clean_bill_and_loses_two_offers() {
    let served = Served::with(&[]);
    let configured = with_program(&served, 4);
    let text = says(&configured.doctor(&["--no-offers"]), 0);
    assert_eq!(taken(&configured), 0);
    assert!(line(&text, "offers").contains("--no-offers"), "{text}");
    let text = says(&configured.doctor(&[]), 0);
    assert_eq!(taken(&configured), 2);
    for name in ["configuration", "connection", "metadata", "clock", "identifier", "authorization"]
    {
        assert!(line(&text, name).starts_with('✓'), "{text}");
    }
    assert!(line(&text, "offers").contains("two taken on trial, fresh"), "{text}");
    assert!(text.contains("gives = { by_reference = true }"), "{text}");
    assert!(line(&text, "budget").starts_with("✓ budget         a run needs "), "{text}");
    assert!(text.contains("  vcispec run --config "), "{text}");
    assert!(text.lines().all(|line| line.contains('/') || line.chars().count() <= 80), "{text}");
}

#[test]
fn every_kind_of_offer_of_the_bundled_issuer_is_well() {
    let served = Served::with(&[]);
    let source = |name: &str, request: &str, tx_code: &str| {
        format!(
            "[[offers]]\nname = \"{name}\"\n[offers.http]\nurl = \"{}/offers\"\n\
             body = {{ credential_configuration_id = \"pid\", {request} }}\n\
             offer = \"/credential_offer_uri\"\n{tx_code}\n",
            served.management
        )
    };
    let issuer = format!("issuer = {:?}\n", served.issuer);
    let referring = source("referring", "by_reference = true", "");
    let request = "tx_code = { input_mode = \"numeric\", length = 6 }";
    let coded = source("coded", request, "tx_code = \"/tx_code_value\"");
    let text = says(&Configured::with(&format!("{issuer}{referring}{coded}")).doctor(&[]), 0);
    assert!(text.contains("referring: two taken on trial, fresh, by reference"), "{text}");
    assert!(text.contains("coded: two taken on trial, fresh, by value, each with a"), "{text}");
    let forgetful = source("coded", request, "");
    let text = says(&Configured::with(&format!("{issuer}{forgetful}")).doctor(&[]), 2);
    assert!(text.contains("asks for a transaction code, and none"), "{text}");
    assert!(text.contains("tx_code = \"/pointer\""), "{text}");
}

#[test]
fn a_slip_in_the_configuration_is_shown_first_and_nothing_else_is_looked_at() {
    let configured = Configured::with("isuer = \"https://issuer.example\"\n");
    let text = says(&configured.doctor(&[]), 2);
    assert!(line(&text, "configuration").starts_with("✗ configuration  unknown key isuer"));
    assert!(text.contains("did you mean issuer?"), "{text}");
    assert!(text.contains("– not looked at  issuer, name, connection"), "{text}");
    let unset = "[[offers]]\nname = \"a\"\n[offers.http]\nurl = \"${VCISPEC_NOT_SET}\"\n";
    let text = says(&Configured::with(unset).doctor(&[]), 2);
    assert!(text.contains("VCISPEC_NOT_SET is not set"), "{text}");
    let text = says(&vcispec(&["doctor", "--config", "nowhere/vcispec.toml"]), 2);
    assert!(text.contains("cannot read nowhere/vcispec.toml"), "{text}");
}

#[test]
fn a_dead_port_is_told_from_everything_else() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let text = says(&vcispec(&["doctor", "--issuer", &issuer, "--wait", "1"]), 3);
    assert!(line(&text, "wait").starts_with("✗ wait           no answer within 1 s"), "{text}");
    assert!(line(&text, "connection").contains("nothing listens at 127.0.0.1:"), "{text}");
    assert!(text.contains(&format!("vcispec doctor --issuer {issuer} --wait 60")), "{text}");
    assert!(text.ends_with("exit 3: wait, connection\n"), "{text}");
}

#[test]
fn an_issuer_that_is_still_starting_is_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = listener.local_addr().unwrap().to_string();
    let issuer = format!("http://{place}");
    let (asked, is_asked) = std::sync::mpsc::channel();
    // A gateway in front of a service that is not up yet, for two requests.
    let gateway = std::thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        for _ in 0..2 {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream
                .write_all(b"HTTP/1.1 503 \r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        }
        drop(listener);
        asked.send(()).unwrap();
    });
    let waiting =
        std::thread::spawn(move || vcispec(&["doctor", "--issuer", &issuer, "--wait", "60"]));
    is_asked.recv().unwrap();
    gateway.join().unwrap();
    let _served = Served::with(&["--listen", &place]);
    let text = says(&waiting.join().unwrap(), 0);
    assert!(line(&text, "wait").starts_with("✓ wait           answered after "), "{text}");
}

#[test]
fn a_certificate_is_told_apart_by_what_is_wrong_with_it() {
    let served = Served::with(&["--configuration", "tls"]);
    let folder = tempfile::tempdir().unwrap();
    let ca = folder.path().join("ca.pem");
    std::fs::write(&ca, served.ca_certificate.as_ref().unwrap()).unwrap();
    let (issuer, ca) = (served.issuer.as_str(), ca.to_str().unwrap());
    let text = says(&vcispec(&["doctor", "--issuer", issuer]), 3);
    assert!(line(&text, "tls").contains("signed by CN=Reference Issuer TLS"), "{text}");
    assert!(text.contains("--ca FILE"), "{text}");
    let text = says(&vcispec(&["doctor", "--issuer", issuer, "--ca", ca]), 0);
    assert!(line(&text, "tls").starts_with("✓ tls            verified, good for "), "{text}");
    assert!(text.contains("reached: token_endpoint at https://"), "{text}");
    let text = says(&vcispec(&["doctor", "--issuer", issuer, "--insecure"]), 0);
    assert!(line(&text, "tls").starts_with("! tls            not verified, good for"), "{text}");
    let port = url::Url::parse(issuer).unwrap().port().unwrap();
    let elsewhere = format!("https://issuer.example:{port}/tenant/eu");
    let place = format!("issuer.example:{port}=127.0.0.1:{port}");
    let output =
        vcispec(&["doctor", "--issuer", &elsewhere, "--ca", ca, "--resolve", &place, "--json"]);
    assert_eq!(output.status.code(), Some(3));
    let told: Vec<Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |name: &str| told.iter().find(|line| line["diagnosis"] == name).unwrap();
    assert_eq!(of("name")["finding"], "issuer.example is 127.0.0.1 by --resolve");
    assert_eq!(of("tls")["mark"], "fault");
    assert!(of("tls")["finding"].as_str().unwrap().ends_with("not issuer.example"));
    assert_eq!(of("metadata")["finding"], "not looked at: tls comes first");
    assert_eq!(told.last().unwrap(), &json!({ "exit": 3, "faults": ["tls"], "remarks": [] }));
}

/// A stand-in that says this at the well-known place of an issuer without a path, at this time.
async fn standing_in(date: &str, answer: impl Fn(&str) -> ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    let uri = server.uri();
    let of_the_server = json!({ "issuer": uri, "token_endpoint": format!("{uri}/token") });
    let of_the_server = ResponseTemplate::new(200).set_body_json(of_the_server);
    for (segment, answer) in
        [("openid-credential-issuer", answer(&uri)), ("oauth-authorization-server", of_the_server)]
    {
        Mock::given(method("GET"))
            .and(path(format!("/.well-known/{segment}")))
            .respond_with(answer.insert_header("date", date))
            .mount(&server)
            .await;
    }
    server
}

/// A time this many seconds from now, as HTTP has it.
fn date(seconds: i64) -> String {
    let then = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
    then.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn metadata(issuer: &str) -> Value {
    json!({
        "credential_issuer": issuer,
        "credential_endpoint": format!("{issuer}/credential"),
        "credential_configurations_supported": { "pid": { "format": "dc+sd-jwt" } },
    })
}

#[test]
fn what_an_issuer_says_of_itself_is_looked_at() {
    block_on(async {
        let server = standing_in(&date(0), |uri| {
            let named = format!("{uri}/");
            ResponseTemplate::new(200).set_body_json(metadata(&named))
        })
        .await;
        let text = says(&vcispec(&["doctor", "--issuer", &server.uri()]), 1);
        assert!(line(&text, "identifier").starts_with("✗"), "{text}");
        assert!(text.contains("the slash at the end counts"), "{text}");
        assert!(text.contains(&format!("--issuer {}/\n", server.uri())), "{text}");
        assert!(line(&text, "authorization").starts_with('!'), "{text}");

        let html = |_: &str| ResponseTemplate::new(200).set_body_raw("<html>", "text/html");
        let server = standing_in(&date(0), html).await;
        let text = says(&vcispec(&["doctor", "--issuer", &server.uri()]), 1);
        assert!(
            line(&text, "metadata").starts_with("✗ metadata       200 without a JSON object"),
            "{text}"
        );
        assert!(text.contains("curl -i http://"), "{text}");
        assert!(text.contains("– not looked at  dialect, clock, identifier"), "{text}");
    });
}

#[test]
fn a_clock_that_is_off_is_told_by_how_much_and_by_side() {
    block_on(async {
        for (seconds, status, expected) in [
            (-3600, 1, "✗ clock the issuer is 3600 s behind this machine: proofs"),
            (30, 0, "! clock the issuer is 30 s ahead of this machine"),
        ] {
            let well = |uri: &str| ResponseTemplate::new(200).set_body_json(metadata(uri));
            let server = standing_in(&date(seconds), well).await;
            let text = says(&vcispec(&["doctor", "--issuer", &server.uri()]), status);
            let words = line(&text, "clock").split_whitespace().map(|word| {
                // A few seconds pass while this is under way.
                match word.parse::<i64>() {
                    Ok(told) if (told - seconds.abs()).abs() < 10 => seconds.abs().to_string(),
                    _ => word.to_owned(),
                }
            });
            let told = words.collect::<Vec<_>>().join(" ");
            assert!(told.starts_with(expected), "{text}");
        }
    });
}

#[test]
fn a_source_that_gives_no_fresh_offers_is_told_what_it_does() {
    let served = Served::with(&[]);
    let (offer, _) = served.offer(&json!({ "credential_configuration_id": "pid" }));
    for (script, status, expected) in [
        ("echo please log in; echo first", 3, "found 2 line(s) of other text"),
        ("echo no such user >&2; exit 3", 3, "it said: no such user"),
        (&format!("echo '{offer}'"), 1, "the same code twice"),
    ] {
        let configured = Configured::with(&format!(
            "issuer = {:?}\n[[offers]]\nname = \"script\"\nexec = [\"sh\", \"-c\", {}]\n",
            served.issuer,
            toml_string(script)
        ));
        let text = says(&configured.doctor(&[]), status);
        assert!(line(&text, "offers").starts_with('✗'), "{text}");
        let told = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(expected), "{text}");
        assert!(!text.contains("pre-authorized_code"), "{text}");
    }
    let missing = format!(
        "issuer = {:?}\n[[offers]]\nname = \"script\"\nexec = [\"./nowhere\"]\n",
        served.issuer
    );
    let text = says(&Configured::with(&missing).doctor(&[]), 2);
    assert!(text.contains("cannot start ./nowhere"), "{text}");
}

fn toml_string(text: &str) -> String {
    format!("'''{text}'''")
}

#[test]
fn what_will_not_run_is_told_with_what_would_make_it() {
    let served = Served::with(&[]);
    let configured = with_program(&served, 2);
    let text = says(&configured.doctor(&["--max-offers", "3"]), 2);
    assert!(line(&text, "budget").starts_with('✗'), "{text}");
    assert!(line(&text, "budget").contains("--max-offers is "), "{text}");
    let text = says(&configured.doctor(&["--no-offers", "--require-complete"]), 1);
    assert!(text.contains("and a complete run is"), "{text}");
    let text = says(&configured.doctor(&["--no-offers", "--include", "discovery/*"]), 0);
    let bundled = vcispec::scenario::bundled().iter();
    let count = bundled.filter(|(id, _)| id.starts_with("discovery/")).count();
    let all = format!("✓ scenarios      {count} of {count} will run");
    assert!(line(&text, "scenarios").starts_with(&all), "{text}");
    assert!(text.contains("left out by --include or --exclude"), "{text}");
    let text = says(&configured.doctor(&["--target", "production"]), 0);
    assert!(text.contains(" not run: the target is production"), "{text}");
    assert!(taken(&configured) <= 2);
}

#[test]
fn what_a_run_is_held_against_can_be_read() {
    let served = Served::with(&[]);
    let configured = Configured::with(&format!("issuer = {:?}\n", served.issuer));
    let baseline = configured.folder().join("vcispec-baseline.toml");
    std::fs::write(&baseline, "\n[[known]\n").unwrap();
    let text = says(&configured.doctor(&[]), 2);
    assert!(line(&text, "baseline").starts_with('✗'), "{text}");
    assert!(text.contains("vcispec-baseline.toml:2:"), "{text}");
    let known = |check: &str| format!("[[known]]\ncheck = \"{check}\"\nreason = \"the CDN\"\n");
    std::fs::write(&baseline, known("nonce/is-uncachable")).unwrap();
    let text = says(&configured.doctor(&[]), 2);
    assert!(line(&text, "baseline").contains("nonce/is-uncachable covers no check"), "{text}");
    assert!(text.contains("did you mean nonce/is-uncacheable?"), "{text}");
    std::fs::write(&baseline, known("nonce/is-uncacheable")).unwrap();
    let text = says(&configured.doctor(&[]), 0);
    assert!(text.contains("vcispec-baseline.toml, 1 entry"), "{text}");
    assert!(line(&text, "snapshot").contains("none of this issuer"), "{text}");
    let snapshot = configured.folder().join("shape.toml");
    std::fs::write(&snapshot, "no shape").unwrap();
    let text = says(&configured.doctor(&["--snapshot", snapshot.to_str().unwrap()]), 2);
    assert!(line(&text, "snapshot").starts_with('✗'), "{text}");
}

#[test]
fn an_offer_at_hand_names_the_issuer_and_is_left_as_it_is() {
    let served = Served::with(&[]);
    let (offer, _) = served.offer(&json!({ "credential_configuration_id": "pid" }));
    let text = says(&vcispec(&["doctor", "--offer", &offer]), 0);
    assert!(line(&text, "issuer").contains("named by an offer of command-line"), "{text}");
    assert!(line(&text, "offers").contains("1 offer given beforehand"), "{text}");
    assert!(!text.contains("credential_offer"), "{text}");
    assert_eq!(vcispec(&["accept", &offer]).status.code(), Some(0));
}
