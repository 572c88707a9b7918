//! What a host makes of it: the Markdown is rendered, and nothing of an issuer's comes through.

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::{markdown, within};
use crate::report::staging::{judgement, report, report_of, run};
use crate::transcript::{Ending, Relaxation};

const HOSTILE: &str = "@everyone |a|\n\n# FAIL `x` ```\n</details><script>alert(1)</script> \
    <img src=x> [l](https://evil.example) ![i](https://evil.example) https://evil.example #1 \\| \\`";

fn events(text: &str) -> Vec<Event<'_>> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).collect()
}

#[test]
fn nothing_of_an_issuer_breaks_out() {
    let mut run = run();
    for transcript in &mut run.transcripts {
        transcript.scenario = format!("{}{HOSTILE}", transcript.scenario);
    }
    run.transcripts[5].ending = Ending::NotRun { why: HOSTILE.into() };
    run.transcripts[0].exchanges[0].request.url = format!("https://issuer.example/{HOSTILE}");
    run.provenance.credential_issuer = HOSTILE.into();
    run.provenance.offer_source = HOSTILE.into();
    run.provenance.client_id = Some(HOSTILE.into());
    run.provenance.relaxations.push(Relaxation::AllowHttp(HOSTILE.into()));
    let mut judgement = judgement();
    for verdict in &mut judgement.verdicts {
        verdict.scenario = verdict.scenario.as_ref().map(|id| format!("{id}{HOSTILE}"));
        verdict.expected = verdict.expected.as_ref().map(|_| HOSTILE.to_owned());
        verdict.actual = verdict.actual.as_ref().map(|_| HOSTILE.to_owned());
        verdict.because = Some(HOSTILE.to_owned());
    }
    let hostile = markdown(&report_of(&run, &judgement));
    assert!(hostile.contains("@everyone"));
    for event in events(&hostile) {
        match event {
            Event::Text(text) => {
                assert!(!text.contains('@') && !text.contains("evil"), "{text}\n{hostile}");
            }
            Event::Html(html) | Event::InlineHtml(html) => assert!(is_ours(&html), "{html}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://openid.net/"), "{dest_url}");
            }
            Event::Start(Tag::Image { dest_url, .. }) => panic!("an image: {dest_url}"),
            _ => {}
        }
    }
    let rows = |text: &str| {
        let parts = events(text);
        let count = |tag: &dyn Fn(&Tag<'_>) -> bool| {
            parts.iter().filter(|one| matches!(one, Event::Start(start) if tag(start))).count()
        };
        (
            count(&|tag| matches!(tag, Tag::TableRow)),
            count(&|tag| matches!(tag, Tag::TableCell)),
            count(&|tag| matches!(tag, Tag::Heading { .. })),
        )
    };
    assert_eq!(rows(&hostile).0, rows(&markdown(&report())).0);
    assert_eq!(rows(&hostile).1, rows(&markdown(&report())).1);
}

fn is_ours(html: &str) -> bool {
    let summary = html.starts_with("<summary>") && html.trim_end().ends_with(" did not</summary>");
    summary || matches!(html.trim_end(), "<details>" | "</details>")
}

#[test]
fn sections_keep_their_order() {
    let text = markdown(&crate::report::staging::report_of_a_gate());
    let titles = ["What fails", "Known", "Warnings", "Not run", "Scenarios", "Provenance"];
    let places = titles.map(|title| text.find(&format!("\n## {title}\n")));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{text}");
}

#[test]
fn a_page_that_is_full_says_so_and_keeps_its_end() {
    let mut report = report();
    let fail = report.problems.last().cloned();
    report.problems.extend(fail.into_iter().cycle().take(500));
    let text = within(60_000, &report);
    assert!(text.len() <= 60_000, "{}", text.len());
    assert!(text.contains("> **Cut here:** "), "{text}");
    assert!(text.contains("\n## Provenance\n"));
    assert!(!markdown(&report).contains("Cut here"));
}
