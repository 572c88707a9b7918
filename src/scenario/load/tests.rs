//! Scripts that are read, and those that are not, each with the place of what is wrong.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::scenario::Action;

const SCRIPT: &str = r#"
title = "A wrong code is refused"
aims  = ["nonce/is-uncacheable"]
needs = ["tx-code"]

[[step]]
do     = "token"
tamper = "wrong-tx-code"

[[step]]
do = "token"
"#;

fn knowing(tamper: &'static str) -> Vocabulary {
    let at = &[Station::Token];
    Vocabulary {
        checks: vec!["nonce/is-uncacheable"],
        tampers: vec![KnownTamper { name: tamper, at }],
    }
}

fn loaded(text: &str) -> Result<Vec<Scenario>, Rejected> {
    load("own/x", text, &knowing("wrong-tx-code"))
}

/// The messages, each with the text that it points to.
fn told(text: &str) -> Vec<(String, Option<String>)> {
    let errors = loaded(text).unwrap_err().errors;
    let shown = |error: ScenarioError| {
        let place = error.span.and_then(|span| text.get(span)).map(str::to_owned);
        (error.message, place)
    };
    errors.into_iter().map(shown).collect()
}

#[track_caller]
fn assert_told(text: &str, words: &str, place: &str) {
    let told = told(text);
    let found =
        told.iter().any(|(message, at)| message.contains(words) && at.as_deref() == Some(place));
    assert!(found, "expected {words:?} at {place:?}, found {told:#?}");
}

#[test]
fn a_script_says_only_what_is_odd() {
    let scenario = loaded(SCRIPT).unwrap().remove(0);
    assert_eq!((scenario.id.as_str(), scenario.offers(), scenario.steps.len()), ("own/x", 1, 2));
    assert_eq!(scenario.steps[0].tamper, ["wrong-tx-code"]);
    assert_eq!(scenario.steps[1].action, Action::Token);
}

#[test]
fn a_misspelt_tamper_is_shown_in_its_place() {
    let error = load("own/x", SCRIPT, &knowing("wrong-tx-cod")).unwrap_err().errors.remove(0);
    assert_eq!(error.help.as_deref(), Some("did you mean wrong-tx-cod?"));
    assert_eq!(error.span.and_then(|span| SCRIPT.get(span)), Some("\"wrong-tx-code\""));
}

#[test]
fn every_mistake_is_told_at_once() {
    let text =
        SCRIPT.replace("title", "titel").replace("\"token\"\n\n[[step", "\"token\"\nas_=1\n[[step");
    let text = text.replace("do = \"token\"", "do = \"tokn\"");
    let told = told(&text);
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0].0, "unknown key titel");
    assert_eq!(told[1], ("unknown value tokn".to_owned(), Some("\"tokn\"".to_owned())));
    let text = SCRIPT.replace("is-uncacheable", "is-uncachable");
    assert_told(&text, "the id of a check", "\"nonce/is-uncachable\"");
}

#[test]
fn nothing_can_be_green_by_absence() {
    let text = SCRIPT.replace("aims  = [\"nonce/is-uncacheable\"]", "");
    assert_told(&text, "aims or a [step.expect]", "title");
    let own = format!(
        "{SCRIPT}tamper = \"mine\"\n[[tamper]]\nname = \"mine\"\nset = {{ \"form.x\" = 1 }}\n"
    );
    assert_told(&own, "no check judges the answer to mine", "\"mine\"");
    let expects = own.replace("[[tamper]]", "[step.expect]\nstatus = 400\n[[tamper]]");
    assert!(loaded(&expects).is_ok());
    let unused = expects.replace("tamper = \"mine\"", "");
    assert_told(&unused, "no step uses the tamper", "\"mine\"");
    let plain = SCRIPT.replace("needs = [\"tx-code\"]", "");
    assert_told(&plain, "needs an offer", "\"token\"");
}

#[test]
fn a_tamper_of_ones_own_shadows_none_and_knows_its_places() {
    let with = |tamper: &str| {
        let step = "tamper = \"mine\"\n[step.expect]\nstatus = \"4xx\"\n";
        format!("{SCRIPT}{step}[[tamper]]\n{tamper}\n")
    };
    assert!(loaded(&with("name = \"mine\"\nremove = [\"form.tx_code\"]")).is_ok());
    let text = with("name = \"mine\"\nremove = [\"frm.tx_code\"]");
    assert_told(&text, "a place in a request", "\"frm.tx_code\"");
    let text = with("name = \"mine\"\nremove = [\"proof.claims.aud\"]");
    assert_told(&text, "mine is made at credential, not at token", "\"mine\"");
    let text = with("name = \"mine\"\nremove = [\"proof.claims.aud\", \"form.x\"]");
    assert_told(&text, "no request has all the places", "name");
    let text = with("name = \"mine\"");
    assert_told(&text, "expected set or remove", "name");
    let text = format!(
        "{}{}",
        with("name = \"mine\"\nremove = [\"form.a\"]"),
        "[[tamper]]\nname = \"wrong-tx-code\"\nremove = [\"form.b\"]\n"
    );
    assert_told(&text, "is a tamper that is built in", "\"wrong-tx-code\"");
    let text = with("name = \"mine\"\nset = { \"header.host\" = \"x\" }");
    assert_told(&text, "written by the HTTP client", "\"header.host\"");
}

#[test]
fn expectations_make_sense() {
    let with = |expect: &str| format!("{SCRIPT}[step.expect]\n{expect}\n");
    assert!(loaded(&with("status = [200, \"3xx\"]\nbody = { \"a[0].b\" = 1 }")).is_ok());
    assert_told(&with("status = 99"), "a status such as 400", "99");
    assert_told(&with("stauts = 99"), "unknown key stauts", "stauts");
    assert_told(&with("body = { \"a..b\" = 1 }"), "expected a name", "\"a..b\"");
    assert_told(&with("headers = { x = true }"), "a text, or false", "x");
    let text = with("credential = { count = 1 }");
    assert_told(&text, "only a credential or a deferred step", "credential");
    assert_told(&with(""), "expected something", "expect");
    let text = format!(
        "{}[[step]]\ndo = \"credential\"\n[step.expect.credential]\nvalid_for = {{ at_least = \"30\" }}\n",
        SCRIPT
    );
    assert_told(&text, "a number with a unit", "\"30\"");
    let text =
        SCRIPT.replace("do = \"token\"", "do = \"token\"\nat_once = 2\nexpect = { status = 200 }");
    assert_told(&text, "simultaneous requests", "at_once");
}

#[test]
fn each_row_of_a_data_table_is_a_scenario() {
    let text = format!(
        "{SCRIPT}tamper = \"${{tamper}}\"\n[step.expect]\nstatus = \"${{status}}\"\n\
         body = {{ born = \"${{born}}\" }}\n\
         [[case]]\nname = \"one\"\ntamper = [\"wrong-tx-code\"]\nstatus = 400\nborn = 1984-01-26\n\
         [[case]]\ntamper = \"wrong-tx-code\"\nstatus = \"5xx\"\nborn = 7\n"
    );
    let scenarios = loaded(&text).unwrap();
    let ids: Vec<&str> = scenarios.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["own/x[1]", "own/x[2]"]);
    assert_eq!(scenarios[0].title, "A wrong code is refused (one)");
    let expect = |at: usize| scenarios[at].steps[1].expect.as_ref().unwrap();
    assert!(expect(0).status[0].covers(400) && expect(1).status[0].covers(503));
    assert_eq!(expect(0).body["born"], "1984-01-26");
    assert_eq!(expect(1).body["born"], 7);
    let text = text.replace("born = 7", "brn = 7");
    assert_told(&text, "born is neither a column", "\"${born}\"");
    assert_told(&text, "the column brn is used nowhere", "brn");
}

#[test]
fn a_saved_value_is_known_from_the_next_step_on() {
    let text = |first: &str, second: &str| {
        format!(
            "title = \"x\"\nneeds = [\"offer\"]\n[[step]]\ndo = \"token\"\n{first}\n\
             [[step]]\ndo = \"credential\"\n[step.expect.body]\nx = \"{second}\"\n"
        )
    };
    let save = "save = { kept = \"body.access_token\" }";
    assert!(loaded(&text(save, "${kept}")).is_ok());
    assert!(loaded(&text(save, "$${other}")).is_ok());
    assert_told(&text(save, "${kpt}"), "kpt is neither a column nor saved", "\"${kpt}\"");
    assert_told(&text(save, "${"), "expected ${name}", "\"${\"");
    assert_told(&text("", "${kept}"), "kept is neither", "\"${kept}\"");
    let wrong = "save = { kept = \"access_token\" }";
    assert_told(&text(wrong, "x"), "status, header.NAME or body.PATH", "\"access_token\"");
    let early = format!("{save}\nexpect = {{ body = {{ x = \"${{kept}}\" }} }}");
    assert_told(&text(&early, "x"), "kept is neither", "\"${kept}\"");
}

#[test]
fn scripts_are_bounded() {
    let steps = SCRIPT.to_owned() + &"[[step]]\ndo = \"token\"\n".repeat(100);
    assert!(told(&steps)[0].0.contains("from 1 to 100 steps"));
    let large = format!("{SCRIPT}#{}", "x".repeat(LARGEST));
    assert!(told(&large)[0].0.contains("octets"));
    let cases = SCRIPT.to_owned() + &"[[case]]\nname = \"x\"\n".repeat(201);
    assert!(told(&cases)[0].0.contains("200 cases"));
    let deep =
        format!("{SCRIPT}expect = {{ body = {{ x = {}1{} }} }}", "[".repeat(500), "]".repeat(500));
    assert!(loaded(&deep).is_err());
}
