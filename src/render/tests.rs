//! What people see of a staged run. The snapshots are there to be read.

use super::{Style, annotations, har, html, human, json, junit, markdown};
use crate::report::Strictness;
use crate::report::staging::{
    TOKEN, judgement, report, report_in_the_clear, report_of, report_of_a_gate, run,
};
use crate::transcript::{Ending, Relaxation};

/// Compares a text with the snapshot of that name.
pub fn assert_looks(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/render"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn a_person_reads() {
    assert_looks("human", &human(&report(), Style::default()));
}

#[test]
fn a_person_reads_in_colour() {
    let text = human(&report(), Style { colour: true, width: 100 });
    assert_looks("human_in_colour", &text.replace('\u{1b}', "␛"));
}

#[test]
fn a_program_reads() {
    assert_looks("json", &json(&report()));
}

#[test]
fn a_pipeline_reads() {
    assert_looks("junit", &junit(&report()));
}

/// The styles and the script have files of their own to be read in.
#[test]
fn a_person_mails() {
    let page = html(&report());
    let styles = page.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next());
    let script = page.split("<script>").nth(1).and_then(|rest| rest.split("</script>").next());
    let page =
        page.replace(styles.unwrap_or_default(), "…").replace(script.unwrap_or_default(), "…");
    let hash = page.split("sha256-").nth(1).and_then(|rest| rest.split('=').next());
    let hash = hash.unwrap_or_default().to_owned();
    assert_looks("html", &page.replace(&hash, "…"));
}

#[test]
fn a_gate_reads() {
    assert_looks("gate_human", &human(&report_of_a_gate(), Style::default()));
    assert_looks("gate_junit", &junit(&report_of_a_gate()));
    assert_looks("gate_markdown", &markdown(&report_of_a_gate()));
    assert_looks("gate_annotations", &annotations(&report_of_a_gate()));
}

#[test]
fn a_summary_reads() {
    assert_looks("markdown", &markdown(&report()));
}

#[test]
fn a_browser_reads() {
    assert_looks("har", &har(&report()));
}

#[test]
fn colour_says_nothing_that_is_not_said_without() {
    let plain = human(&report(), Style::default());
    let coloured = human(&report(), Style { colour: true, ..Style::default() });
    let mut stripped = String::new();
    for (index, part) in coloured.split('\u{1b}').enumerate() {
        let text = match part.split_once('m') {
            Some((_, text)) if index > 0 => text,
            _ => part,
        };
        stripped.push_str(text);
    }
    assert_eq!(stripped, plain);
}

#[test]
fn lines_fit_into_80_columns_but_no_url_is_cut() {
    let url = format!("https://issuer.example/{}", "a-long-path/".repeat(12));
    let mut judgement = judgement();
    judgement.verdicts[1].actual = Some(format!("a redirect to {url} and on from there"));
    let text = human(&report_of(&run(), &judgement), Style::default());
    assert!(text.contains(&url), "{text}");
    let summary = text.lines().count() - 1;
    for line in text.lines().take(summary).filter(|line| !line.contains(&url)) {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn an_issuer_cannot_write_to_the_terminal() {
    let hostile = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{202e}\nFAIL";
    let mut run = run();
    run.transcripts[5].ending = Ending::NotRun { why: hostile.into() };
    run.transcripts[5].scenario = hostile.into();
    run.transcripts[0].exchanges[0].request.url = format!("https://issuer.example/{hostile}");
    run.provenance.credential_issuer = hostile.into();
    run.provenance.offer_source = hostile.into();
    run.provenance.relaxations.push(Relaxation::AllowHttp(hostile.into()));
    let mut judgement = judgement();
    for verdict in &mut judgement.verdicts {
        verdict.actual = verdict.actual.as_ref().map(|_| hostile.to_owned());
        verdict.because = Some(hostile.to_owned());
    }
    let report = report_of(&run, &judgement);
    let text = human(&report, Style::default());
    let harmless = |character: char| character == '\n' || !character.is_control();
    assert!(text.chars().all(harmless), "{text}");
    assert!(!text.contains('\u{202e}'));
    assert!(!junit(&report).contains('\u{1b}'));
    assert!(!markdown(&report).contains('\u{1b}') && !annotations(&report).contains('\u{1b}'));
}

#[test]
fn an_issuer_gives_a_pipeline_no_command() {
    let mut judgement = judgement();
    let filled = "a-line-that-is-full".repeat(3);
    judgement.verdicts[1].actual = Some(format!("{filled} ::stop-commands::x ##[error]x"));
    let text = human(&report_of(&run(), &judgement), Style::default());
    assert!(!text.lines().any(|line| line.trim_start().starts_with("::")), "{text}");
    assert!(text.contains("\\u{3a}:stop-commands") && !text.contains("##["), "{text}");
}

#[test]
fn no_rendering_tells_a_secret() {
    let report = report();
    for text in [
        human(&report, Style::default()),
        json(&report),
        junit(&report),
        markdown(&report),
        har(&report),
        annotations(&report),
        html(&report),
    ] {
        assert!(!text.contains(TOKEN), "{text}");
        assert!(text.contains("token#1"), "{text}");
        assert!(!text.contains("contains secrets"), "{text}");
    }
}

#[test]
fn every_rendering_with_secrets_says_so() {
    let report = report_in_the_clear();
    for text in [
        human(&report, Style::default()),
        json(&report),
        junit(&report),
        markdown(&report),
        har(&report),
    ] {
        assert!(text.contains(TOKEN), "{text}");
        assert!(text.contains("contains secrets: do not pass on"), "{text}");
    }
}

#[test]
fn a_warning_fails_a_case_only_when_asked_to() {
    let lenient = junit(&report());
    let strict = Strictness { fail_on_should: true, require_complete: false };
    let strict = junit(&report().held_to(strict));
    assert!(!lenient.contains(r#"type="WARN""#), "{lenient}");
    assert!(strict.contains(r#"type="WARN""#), "{strict}");
}

#[test]
fn whatever_is_red_is_red_in_a_pipeline_too() {
    let mut report = report_of(&run(), &crate::checks::Judgement::default());
    report.credentials_issued = 1;
    let unjudged = report.held_to(Strictness::default());
    let text = junit(&unjudged);
    assert!(text.contains(r#"failures="1" errors="0""#), "{text}");
    assert!(text.contains(r#"<failure message="nothing was judged"/>"#), "{text}");
    assert!(annotations(&unjudged).starts_with("::error title=exit 1::nothing was judged\n"));
    assert!(!junit(&self::report()).contains("the run may be green"));
}
