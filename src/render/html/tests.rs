//! What stands on the page, and what cannot get onto it.

use std::collections::{HashMap, HashSet};

use super::html;
use crate::checks::Outcome;
use crate::report::staging::{TOKEN, judgement, report, report_of, run};
use crate::report::{CheckResult, Known, Problem, Report, ReportedVerdict};
use crate::transcript::{Body, Ending, Headers, OpenedToken, Received, Run};

/// What an issuer would like to get onto the page.
const HOSTILE: &str = "</script></style><img src=x onerror=alert(1)>\"'><svg onload=alert(2)>";

/// The page of a run whose issuer says this wherever it can.
fn page_of_an_issuer_that_says(text: &str) -> String {
    let mut run = run();
    run.provenance.credential_issuer = text.into();
    run.provenance.offer_source = text.into();
    run.transcripts[0].title = text.into();
    run.transcripts[4].ending = Ending::NotApplicable { why: text.into() };
    run.transcripts[5].scenario = text.into();
    for exchange in run.transcripts.iter_mut().flat_map(|one| &mut one.exchanges) {
        exchange.request.url = format!("https://issuer.example/{text}?{text}={text}");
        exchange.request.headers.push(text, text);
        exchange.request.body = Body::Text(text.into());
        if let Received::Answer(answer) = &mut exchange.received {
            answer.headers.push(text, text);
            let nested = serde_json::json!({ text: [text, { "credentials": text }] });
            answer.body =
                Body::Text(if exchange.number == 1 { text.into() } else { nested.to_string() });
        }
    }
    let mut judgement = judgement();
    for verdict in &mut judgement.verdicts {
        verdict.actual = verdict.actual.as_ref().map(|actual| format!("{actual} {text}"));
        verdict.because = Some(text.into());
    }
    let mut report = report_of(&run, &judgement);
    let claims = serde_json::json!({ text: text, "aud": [text] });
    let disclosures = vec![serde_json::json!(["<salt>", text, text])];
    let name = "token#1".to_owned();
    report.tokens = vec![OpenedToken { name, header: claims.clone(), claims, disclosures }];
    html(&report)
}

fn with_dpop(mut run: Run, dpop: &str, places: &[&str]) -> Run {
    let exchange = &mut run.transcripts[2].exchanges[0];
    exchange.request.headers.push("dpop", dpop);
    let tamper = exchange.tamper.as_mut();
    let places = places.iter().map(|place| (*place).to_owned()).collect();
    tamper.unwrap_or_else(|| unreachable!()).places = places;
    run
}

/// Every value of an attribute of that name.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let opening = format!(" {name}=\"");
    page.split(&opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn whatever_an_issuer_says_stays_text() {
    let page = page_of_an_issuer_that_says(HOSTILE);
    let honest = html(&report());
    for tag in ["<script", "<img", "<style", "<svg onload", "<iframe", "</script", "</style"] {
        let count = |page: &str| page.matches(tag).count();
        assert_eq!(count(&page), count(&honest), "{tag}");
    }
    assert!(page.contains(
        "&lt;/script&gt;&lt;/style&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&gt;"
    ));
    let attribute =
        |page: &str| page.matches(" onerror=").count() + page.matches(" onload=").count();
    // As text only: each is preceded by an escaped tag.
    assert_eq!(
        attribute(&page),
        page.matches("&lt;img src=x onerror=").count() + page.matches("&lt;svg onload=").count()
    );
}

#[test]
fn no_template_fails_whatever_is_in_the_report() {
    for text in
        [HOSTILE, "", "{{ 7 * 7191 }}{% raw %}", "\u{202e}\u{0}\u{1b}[2J\r\n\t", "ü#1 token#1"]
    {
        let page = page_of_an_issuer_that_says(text);
        assert!(page.trim_end().ends_with("</html>"), "{page}");
        assert!(!page.contains("50337"), "{text}");
        assert!(!page.chars().any(|one| one.is_control() && one != '\n'), "{text:?}");
        assert!(!page.contains('\u{202e}'));
    }
}

#[test]
fn the_page_needs_no_network_and_runs_its_own_script_only() {
    let page = html(&report());
    let policies: Vec<&str> = page.matches("Content-Security-Policy").collect();
    assert_eq!(policies.len(), 1);
    let policy = page.split("Policy\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
    let policy = policy.unwrap_or_default().replace("&#39;", "'");
    let script = page.split("<script>").nth(1).and_then(|rest| rest.split("</script>").next());
    assert_eq!(policy, super::security::policy(script.unwrap_or_default()));
    assert!(
        policy.starts_with("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-")
    );
    assert!(
        attributes(&page, "src").is_empty() && !page.contains("url(") && !page.contains("@import")
    );
    for address in attributes(&page, "href") {
        let known = address.starts_with('#') || address.starts_with("https://openid.net/specs/");
        assert!(known || address.starts_with("https://www.rfc-editor.org/rfc/"), "{address}");
    }
}

#[test]
fn every_link_inside_the_page_leads_somewhere_and_nothing_is_there_twice() {
    let mut run = with_dpop(run(), "eyJhbGciOiJub25lIn0.eyJodG0iOiJHRVQifQ.", &[]);
    let again = run.transcripts[2].exchanges[0].request.headers.clone();
    run.transcripts[0].exchanges[0].request.headers = again;
    let page = html(&report_of(&run, &judgement()));
    let ids = attributes(&page, "id");
    let mut once = HashSet::new();
    for id in &ids {
        assert!(once.insert(id), "{id} twice");
    }
    // Checks of the registry explain themselves, those of the stage are not all rows.
    let inside = attributes(&page, "href").into_iter().filter_map(|href| href.strip_prefix('#'));
    for anchor in inside {
        assert!(ids.contains(&anchor), "#{anchor} leads nowhere");
    }
    assert!(page.contains("href=\"#t-dpop-proof-1\""), "{page}");
}

#[test]
fn the_part_made_wrong_is_marked_inside_the_token() {
    // {"alg":"none"} and {"htm":"GET"}
    let dpop = "eyJhbGciOiJub25lIn0.eyJodG0iOiJHRVQifQ.";
    let places = ["dpop.claims.htm", "dpop.claims.ath", "header.authorization", "body.proofs"];
    let page = html(&report_of(&with_dpop(run(), dpop, &places), &judgement()));
    let card = card(&page, "dpop/refuses-wrong-htu@credential");
    for marked in ["&quot;htm&quot;", "&quot;GET&quot;"] {
        assert!(card.contains(&format!("\">{marked}</span></mark>")), "{marked} in {card}");
    }
    for absent in ["claims ath", "authorization", "proofs"] {
        assert!(card.contains(&format!("<mark>{absent} is left out</mark>")), "{absent} in {card}");
    }
    assert!(card.contains("<mark>no www-authenticate</mark>"), "{card}");
    assert!(!card.contains("<mark><span class=\"key\">&quot;alg&quot;"), "{card}");
}

/// The card of a problem.
fn card<'a>(page: &'a str, name: &str) -> &'a str {
    let mut cards = page.split("<article ").skip(1);
    cards.find(|card| card.contains(&format!("<code>{name}</code>"))).unwrap_or_default()
}

#[test]
fn the_worst_and_first_cause_is_on_top_and_notes_are_apart() {
    let page = html(&report());
    let place = |text: &str| page.find(text).unwrap_or(usize::MAX);
    let order = [
        "<code>token/redeems-a-code-once</code>",
        "<code>dpop/refuses-wrong-htu@credential</code>",
        "2 checks could not be judged",
        "<code>token/states-its-lifetime</code>",
        "<details class=\"notes\">",
        "<code>credential/omits-old-members</code>",
        "id=\"scenarios\"",
    ];
    assert!(order.map(place).is_sorted(), "{:?}", order.map(place));
    assert!(place(order[6]) < usize::MAX);
    assert!(page.contains("vcispec explain token/redeems-a-code-once"));
    assert!(page.contains("vcispec replay RUN token/redeems-a-code-once"));
}

#[test]
fn the_verdict_is_the_sentence_that_every_other_form_has() {
    let heading = |change: &dyn Fn(&mut Report)| {
        let mut report = report();
        change(&mut report);
        let report = report.held_to(crate::report::Strictness::default());
        let page = html(&report);
        assert!(page.contains(&format!("<h1>{}</h1>", report.sentence)), "{}", report.sentence);
        let tone = page.split("<header class=\"verdict ").nth(1);
        tone.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    };
    let nothing_fails = |report: &mut Report| {
        (report.totals.fail, report.totals.not_testable, report.totals.pass) = (0, 0, 4);
    };
    assert_eq!(heading(&|_| {}), "bad");
    assert_eq!(heading(&|report| (report.totals.fail, report.totals.error) = (1, 1)), "bad");
    assert_eq!(heading(&nothing_fails), "fair");
    let good = |report: &mut Report| {
        nothing_fails(report);
        report.totals.warn = 0;
    };
    assert_eq!(heading(&good), "good");
}

#[test]
fn what_the_gate_says_has_cards_too() {
    let known = |issue: &str| Known {
        judged: Outcome::Fail,
        reason: "mended in the next release".into(),
        expires: Some(jiff::civil::date(2027, 1, 31)),
        issue: Some(issue.into()),
    };
    let mark = |issue: &'static str| {
        move |result: &CheckResult, _: &ReportedVerdict| {
            (result.check == "token/redeems-a-code-once").then(|| known(issue))
        }
    };
    let mut drift = Problem::of_the_gate(Outcome::Drift, "issuer metadata".into());
    drift.expected = Some("- one line\n- another".into());
    drift.actual = Some("+ a line".into());
    let report = report().with_known(mark("https://tracker.example/7")).with_findings([drift]);
    let page = html(&report);
    assert!(page.contains("mended in the next release Until 2027-01-31."), "{page}");
    assert!(page.contains("<a href=\"https://tracker.example/7\" rel=\"noreferrer\">"));
    assert!(page.contains("<p>- one line\n- another</p>"));
    let page = html(&report.with_known(mark("javascript:alert(1)")));
    assert!(!page.contains("href=\"javascript:"), "{page}");
}

#[test]
fn no_secret_is_on_the_page() {
    let page = html(&report());
    assert!(page.contains("token#1") && !page.contains(TOKEN));
}

#[test]
fn a_content_is_shown_once() {
    let mut run = run();
    let long = format!("{{\"long\":\"{}\"}}", "x".repeat(2000));
    for exchange in &mut run.transcripts[0].exchanges {
        exchange.request.headers = Headers::default();
        exchange.request.body = Body::Text(long.clone());
    }
    let page = html(&report_of(&run, &crate::checks::Judgement::default()));
    assert_eq!(page.matches(&"x".repeat(2000)).count(), 1);
    assert_eq!(page.matches("The same content as in <a href=\"#x-1-1\">exchange 1").count(), 2);
}

/// A report of that many checks, each with its verdicts, cards and scenarios.
fn many(results: usize) -> Report {
    let mut report = report();
    let pattern = report.results.clone();
    let ids: HashMap<usize, &'static str> =
        (0..results).map(|index| (index, &*format!("synthetic/check-{index}").leak())).collect();
    report.results = (0..results)
        .map(|index| CheckResult { check: ids[&index], ..pattern[index % pattern.len()].clone() })
        .collect();
    let (lines, transcripts) = (report.scenarios.clone(), report.transcripts.clone());
    for index in 0..results / 20 {
        for (line, transcript) in lines.iter().zip(&transcripts) {
            let id = format!("{}-{index}", line.id);
            report.scenarios.push(crate::report::ScenarioLine { id: id.clone(), ..line.clone() });
            let mut transcript = transcript.clone();
            transcript.scenario = id;
            report.transcripts.push(transcript);
        }
    }
    let problems = report.problems.clone();
    for _ in 0..results / 100 {
        report.problems.extend(problems.clone());
    }
    report
}

#[test]
fn two_thousand_results_fit_on_the_page() {
    let page = html(&many(2_000));
    assert_eq!(page.matches("data-outcome=").count(), 2_000);
    assert!(page.len() < 8_000_000, "{}", page.len());
}
