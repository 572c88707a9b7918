//! The whole file: what it means, and what its errors look like.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use super::*;
use crate::offers::{Fit, Wanted};

fn read(text: &str) -> Result<Configuration, ConfigurationError> {
    let environment = |name: &str| (name == "MINT_TOKEN").then(|| "s3cret-t0ken".to_owned());
    Configuration::read("vcispec.toml", text, PathBuf::new(), environment)
}

fn refused(text: &str) -> String {
    let error = read(text).unwrap_err();
    error.render(false)
}

const COMPLETE: &str = r#"
issuer  = "https://issuer.example"
profile = "haip-1.0"
edition = "2026.1"
baseline = "known.toml"
require_complete = true
fail_on = "should"
target  = "production"
retry_transport = 2
exclude = ["refusals/tx-code"]

[client]
id = "my-client"
authentication = "none"
dpop_bound_access_tokens = true

[http]
client_cert = "client.pem"
allow_http = ["issuer.internal"]
max_rps = 10
timeout_seconds = 5
resolve = ["issuer.example:443=127.0.0.1:8443"]

[http.headers."issuer.example"]
x-tenant = "Tenant ${MINT_TOKEN}"

[[offers]]
name = "plain"
exec = ["./mint.sh", "--token", "${MINT_TOKEN}"]
gives = { tx_code = false, credential_configuration_ids = ["pid"], subject = "erika" }

[[offers]]
name = "with-tx-code"
serial = true
timeout_seconds = 60
[offers.http]
url = "http://localhost:8081/offers"
body = { credential_configuration_id = "pid", claims = { birthdate = 1964-08-12 } }
offer = "/credential_offer_uri"
tx_code = "/tx_code_value"
[offers.http.headers]
authorization = "Bearer ${MINT_TOKEN}"

[[offers]]
name = "by-hand"
uri = "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fissuer.example%2Fo"
tx_code = "0042"
"#;

#[test]
fn a_complete_file_means_what_it_says() {
    let configuration = read(COMPLETE).unwrap();
    assert_eq!(configuration.issuer.as_deref(), Some("https://issuer.example"));
    assert_eq!(configuration.http.timeout().as_secs(), 5);
    assert_eq!(configuration.baseline.as_deref(), Some(Path::new("known.toml")));
    assert_eq!(configuration.fail_on, Some(FailOn::Should));
    assert_eq!(
        (configuration.target, configuration.retry_transport),
        (Some(Target::Production), 2)
    );
    assert_eq!(configuration.exclude, ["refusals/tx-code"]);
    let policy = configuration.policy().unwrap();
    assert_eq!(policy.edition().to_string(), "2026.1");
    assert!(policy.demands_dpop() && policy.dpop_bound_access_tokens);
    let sources = configuration.offer_sources(&crate::offers::Reach::default(), |_| None).unwrap();
    let names: Vec<_> = sources.iter().map(crate::offers::OfferSource::name).collect();
    assert_eq!(names, ["plain", "with-tx-code", "by-hand"]);
    let erika = Wanted { subject: Some("erika".into()), ..Wanted::default() };
    let fits: Vec<_> = sources.iter().map(|source| source.fit(&erika)).collect();
    assert_eq!(fits, [Fit::Certain, Fit::Possible, Fit::Possible]);
    let by_hand = sources.last().unwrap().gives();
    assert_eq!((by_hand.tx_code, by_hand.fresh), (Some(true), false));
}

#[test]
fn secrets_are_never_shown() {
    let configuration = read(COMPLETE).unwrap();
    let shown = format!("{configuration:?}");
    assert!(!shown.contains("1964") && !shown.contains("0042"), "{shown}");
    let sources = configuration.offer_sources(&crate::offers::Reach::default(), |_| None).unwrap();
    let shown = format!("{sources:?}");
    for secret in ["s3cret", "1964", "0042", "issuer.example%2Fo"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(!refused("profile = \"${MINT_TOKEN}\"").contains("s3cret"));
    assert!(!refused("require_complete = \"x${MINT_TOKEN}\"").contains("s3cret"));
}

#[test]
fn what_is_not_a_value_is_told_with_what_would_be() {
    assert!(refused("retry_transport = 6").contains("expected 0 to 5 repetitions, found 6"));
    assert!(refused("target = \"prod\"").contains("unknown value prod"));
    assert!(refused("fail_on = \"shoud\"").contains("did you mean should?"));
}

#[test]
fn an_unknown_key_is_shown_where_it_stands() {
    insta::assert_snapshot!(refused(
        "issuer = \"https://issuer.example\"\n\n[[offers]]\nname = \"plain\"\nexce = [\"./mint.sh\"]\n"
    ), @r#"
  × unknown key exce
   ╭─[vcispec.toml:5:1]
 4 │ name = "plain"
 5 │ exce = ["./mint.sh"]
   · ──┬─
   ·   ╰── not known here
   ╰────
  help: did you mean exec?
"#);
}

#[test]
fn a_missing_variable_is_named() {
    insta::assert_snapshot!(refused(
        "[[offers]]\nname = \"portal\"\n[offers.http]\nurl = \"${PORTAL}/offers\"\nheaders = { authorization = \"Bearer inline\" }\n"
    ), @r#"
  × the environment variable PORTAL is not set, or is empty
   ╭─[vcispec.toml:4:7]
 3 │ [offers.http]
 4 │ url = "${PORTAL}/offers"
   ·       ─────────┬────────
   ·                ╰── needed here
 5 │ headers = { authorization = *************** }
   ╰────
  help: export PORTAL=…, or write $${ for a plain ${
"#);
}

#[test]
fn two_sources_in_one_table_are_both_shown() {
    insta::assert_snapshot!(refused(
        "[[offers]]\nname = \"plain\"\nexec = [\"./mint.sh\"]\nfile = \"offers.txt\"\n"
    ), @r#"
  × plain has two sources
   ╭─[vcispec.toml:4:8]
 2 │ name = "plain"
 3 │ exec = ["./mint.sh"]
   ·        ──────┬──────
   ·              ╰── exec is one
 4 │ file = "offers.txt"
   ·        ──────┬─────
   ·              ╰── file is another
   ╰────
  help: give one of them, or make two [[offers]] of it
"#);
}

#[test]
fn a_source_without_a_source_is_told_which_there_are() {
    insta::assert_snapshot!(refused("[[offers]]\nname = \"plain\"\ngives = { tx_code = true }\n"), @r#"
  × plain has no source
   ╭─[vcispec.toml:2:8]
 1 │ [[offers]]
 2 │ name = "plain"
   ·        ───┬───
   ·           ╰── this one
 3 │ gives = { tx_code = true }
   ╰────
  help: give one of uri, file, exec, http and builtin
"#);
}

#[test]
fn broken_toml_is_shown_where_it_breaks() {
    insta::assert_snapshot!(refused("issuer = \"https://issuer.example\"\n[http\ninsecure = true\n"), @r#"
  × unclosed table, expected `]`
   ╭─[vcispec.toml:2:6]
 1 │ issuer = "https://issuer.example"
 2 │ [http
   ·      ▲
   ·      ╰── here
 3 │ insecure = true
   ╰────
"#);
}

#[test]
fn what_is_wrong_is_said_in_our_words() {
    for (text, expected) in [
        (
            "issuer = \"issuer.example\"",
            "expected the Credential Issuer Identifier, an https url (vcispec.toml:1:10)",
        ),
        ("edition = \"2026.7\"", "unknown value 2026.7 (vcispec.toml:1:11)"),
        ("profile = \"hiap\"", "unknown value hiap (vcispec.toml:1:11)"),
        ("[client]\nauthentication = \"none\"", "missing key id (vcispec.toml:1:1)"),
        (
            "[http]\nmax_rps = 0",
            "invalid value: integer `0`, expected a nonzero u32 (vcispec.toml:2:11)",
        ),
        (
            "[callback]\nlisten = \"localhost:3000\"",
            "expected an address and a port, such as 127.0.0.1:3000, found \"localhost:3000\" \
             (vcispec.toml:2:10)",
        ),
        (
            "[revoke.http]\nurl = \"https://h/{ofer_id}\"",
            "[revoke] says {ofer_id}: it is told {uri}, {idx}, {status} (vcispec.toml:1:2)",
        ),
        (
            "[end_eligibility]\nexec = [\"x\"]\nhttp = { url = \"https://h\" }",
            "[end_eligibility] has exec and http: give one of them (vcispec.toml:1:1)",
        ),
        (
            "[change_claims]\nclaims = {}\nexec = [\"x\"]",
            "[change_claims] changes nothing: claims is empty (vcispec.toml:1:1)",
        ),
        (
            "[[offers]]\nname=\"a\"\nuri=\"https://h\"\n[[offers]]\nname=\"a\"\nuri=\"https://h\"",
            "two offer sources have the name a (vcispec.toml:5:6)",
        ),
    ] {
        assert_eq!(read(text).unwrap_err().to_string(), expected);
    }
}

#[test]
fn every_recipe_can_be_used_as_it_stands() {
    let recipes = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/recipes");
    let mut found = 0;
    for entry in std::fs::read_dir(&recipes).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let environment = |name: &str| {
            // What a recipe needs, its head tells to export.
            let told = text
                .lines()
                .any(|line| line.starts_with("#   export") && line.contains(&format!(" {name}=")));
            let url = name.ends_with("_URL").then_some("https://issuer.example");
            told.then(|| url.unwrap_or("placeholder").to_owned())
        };
        let name = path.display().to_string();
        let configuration = Configuration::read(&name, &text, recipes.clone(), environment);
        let configuration = configuration.map_err(|error| error.render(false)).unwrap();
        let sources =
            configuration.offer_sources(&crate::offers::Reach::default(), |_| None).unwrap();
        assert!(sources.iter().all(|source| source.gives().fresh), "{name}");
        assert!(configuration.issuer.is_some(), "{name}");
        let json: serde_json::Value = toml::from_str(&text).unwrap();
        jsonschema::validate(&schema().to_value(), &json).unwrap();
        found += 1;
    }
    assert_ne!(found, 0);
}

/// The schema refuses what the program refuses, as far as a schema can.
#[test]
fn the_schema_and_the_program_agree() {
    let allows = |text: &str| {
        let json: serde_json::Value = toml::from_str(text).unwrap();
        jsonschema::is_valid(&schema().to_value(), &json)
    };
    assert!(allows(COMPLETE));
    for text in [
        "isuer = \"https://issuer.example\"",
        "profile = \"hiap\"",
        "[[offers]]\nname = \"plain\"\nexce = [\"./mint.sh\"]",
        "[[offers]]\nname = \"plain\"",
        "[[offers]]\nname = \"plain\"\nexec = [\"a\"]\nfile = \"b\"",
        "[http]\nmax_rps = 0",
    ] {
        assert!(!allows(text), "{text}");
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
fn the_bundled_issuer_must_be_there_to_be_asked() {
    let configuration = read("[[offers]]\nname = \"self\"\nbuiltin = true\n").unwrap();
    let error =
        configuration.offer_sources(&crate::offers::Reach::default(), |_| None).unwrap_err();
    assert_eq!(error.to_string(), "the bundled issuer is not running here (vcispec.toml:2:8)");
}

#[test]
fn a_snapshot_is_where_the_file_says_from_where_it_lies() {
    let at = |text: &str| {
        let read = Configuration::read("gate/vcispec.toml", text, "gate".into(), |_| None);
        read.unwrap().snapshot
    };
    assert_eq!(at("snapshot = \"eu.toml\""), Some(PathBuf::from("gate/eu.toml")));
    assert_eq!(at(""), None);
    assert!(refused("snapshots = \"eu.toml\"").contains("did you mean snapshot?"));
}
