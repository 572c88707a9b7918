//! A judged run made by hand, with one of everything that a report has to tell.

use jiff::{SignedDuration, Timestamp};

use super::{CheckResult, Known, Problem, Redaction, Report, ReportedVerdict};
use crate::checks::{Applies, Check, Finding, Judge, Judgement, Level, Outcome, Policy, Verdict};
use crate::transcript::{
    Answer, Body, Ending, Exchange, Headers, OfferForm, OfferRecord, Provenance, Received,
    Relaxation, Request, Run, Station, Tamper, Transcript,
};

/// The issuer of the staged run.
pub const ISSUER: &str = "https://issuer.example";
/// A secret of the staged run. It must not be told.
pub const TOKEN: &str = "czZCaGRSa3F0MzpnWDFmQmF0M2JW";

static CHECKS: [Check; 10] = [
    check(
        "issuer-metadata/speaks-the-final-version",
        Level::Note,
        "the metadata has the shape of the final version",
    ),
    check(
        "token/states-its-lifetime",
        Level::Should,
        "a token response says in expires_in how long the token is good for",
    ),
    check(
        "token/redeems-a-code-once",
        Level::Must,
        "a pre-authorized code is good for a single token, also when it is redeemed twice at once",
    ),
    check(
        "token/refuses-wrong-tx-code",
        Level::Must,
        "a wrong transaction code is refused with invalid_grant",
    ),
    check(
        "dpop/refuses-wrong-htu",
        Level::Must,
        "a DPoP proof made for another address is refused",
    ),
    check(
        "nonce/is-uncacheable",
        Level::Must,
        "a nonce response carries Cache-Control with no-store",
    ),
    check(
        "credential/omits-old-members",
        Level::Note,
        "a credential response has no members of former drafts",
    ),
    check(
        "batch/shares-one-dataset",
        Level::Must,
        "the credentials of a batch carry the same claims",
    ),
    check("sd-jwt/vct-matches", Level::Must, "vct is the one that the configuration names"),
    check("http/never-answers-5xx", Level::Derived, "no request brings about a server error"),
];

const fn check(id: &'static str, level: Level, obligation: &'static str) -> Check {
    Check {
        id,
        aliases: &[],
        since: "2026.1",
        title: "a staged check",
        level,
        raised_by: &[],
        applies: |_| Applies::Yes,
        spec: &["vci#nonce-response"],
        obligation,
        doc: "",
        judge: Judge::Transcript(|_| Finding::Holds),
    }
}

/// The report of the staged run.
pub fn report() -> Report {
    report_of(&run(), &judgement())
}

/// The report of another run, judged by the staged checks.
pub fn report_of(run: &Run, judgement: &Judgement) -> Report {
    let checks: Vec<&'static Check> = CHECKS.iter().collect();
    Report::on(&checks, run, &Policy::default(), judgement, Redaction::Redacted)
}

/// The report of the staged run with its secrets left in it.
pub fn report_in_the_clear() -> Report {
    let checks: Vec<&'static Check> = CHECKS.iter().collect();
    Report::on(&checks, &run(), &Policy::default(), &judgement(), Redaction::None)
}

/// The report of the staged run as a gate leaves it: one failure is known, one entry of the
/// baseline is stale, one document has drifted.
pub fn report_of_a_gate() -> Report {
    let mut stale = Problem::of_the_gate(Outcome::Stale, "sd-jwt/vct-matches".to_owned());
    stale.because = Some("expired on 2026-01-31".to_owned());
    let mut drift = Problem::of_the_gate(Outcome::Drift, "issuer_metadata".to_owned());
    drift.expected = Some("\"scopes\": [\n  \"pid\"\n]".to_owned());
    drift.actual = Some("\"scopes\": [\n  \"pid\",\n  \"diploma\"\n]".to_owned());
    let known = |result: &CheckResult, verdict: &ReportedVerdict| {
        (result.check == "token/redeems-a-code-once").then(|| Known {
            judged: verdict.outcome,
            reason: "two nodes share no cache yet".to_owned(),
            expires: Some(jiff::civil::date(2026, 12, 31)),
            issue: Some("https://tracker.example/42".to_owned()),
        })
    };
    report().with_known(known).with_findings([stale, drift])
}

/// The staged run.
pub fn run() -> Run {
    let tx_code = Ending::NotRun { why: "no offer source with tx-code".into() };
    let batch = Ending::NotApplicable { why: "batch_credential_issuance is not advertised".into() };
    let halt = Ending::Stopped { step: 2, why: "no access_token in the token response".into() };
    Run {
        provenance: Provenance {
            version: "0.1.0".into(),
            commit: "0123456789ab".into(),
            run_id: "4bf92f3577b34da6a3ce929d0e0e4736".into(),
            credential_issuer: ISSUER.into(),
            offer_source: "exec ./mint-offer".into(),
            client_id: None,
            client_certificate: false,
            relaxations: vec![Relaxation::AllowHttp("issuer.example".into())],
            started_at: Timestamp::UNIX_EPOCH,
            finished_at: Timestamp::UNIX_EPOCH,
        },
        transcripts: vec![
            transcript(
                "one-offer/everything",
                Ending::Completed,
                vec![
                    exchange(1, Station::Token, "/token", 200, None),
                    exchange(2, Station::Nonce, "/nonce", 200, None),
                    exchange(3, Station::Credential, "/credential", 200, None),
                ],
            ),
            transcript(
                "refusals/code-redeemed-at-once",
                Ending::Completed,
                vec![
                    exchange(1, Station::Token, "/token", 200, None),
                    exchange(2, Station::Token, "/token", 200, Some("redeem-again")),
                ],
            ),
            transcript(
                "refusals/dpop-at-credential",
                Ending::Completed,
                vec![exchange(1, Station::Credential, "/credential", 500, Some("dpop-wrong-htu"))],
            ),
            transcript(
                "pre-authorized/several",
                halt,
                vec![exchange(1, Station::Token, "/token", 200, None)],
            ),
            transcript("pre-authorized/batch", batch, Vec::new()),
            transcript("refusals/tx-code", tx_code, Vec::new()),
        ],
    }
}

/// The verdicts on the staged run.
pub fn judgement() -> Judgement {
    let everything = Some("one-offer/everything");
    let dpop = Some("refusals/dpop-at-credential");
    let halted = Some("pre-authorized/several");
    let no_token = "no access_token in the token response";
    let crash = breach("401 invalid_dpop_proof in WWW-Authenticate", "a server error: 500");
    let mut wrong_htu = verdict(4, dpop, Outcome::Fail, Some(&crash), &[1]);
    wrong_htu.endpoint = Some(Station::Credential);
    let verdicts = vec![
        verdict(
            0,
            everything,
            Outcome::Note,
            Some(&breach("final", "looks like draft 13: the format vc+sd-jwt")),
            &[],
        ),
        verdict(1, everything, Outcome::Warn, Some(&lifetime()), &[1]),
        verdict(1, halted, Outcome::Warn, Some(&lifetime()), &[1]),
        verdict(5, everything, Outcome::Pass, None, &[2]),
        verdict(6, everything, Outcome::Note, Some(&breach("none", "c_nonce")), &[3]),
        verdict(2, Some("refusals/code-redeemed-at-once"), Outcome::Fail, Some(&twice()), &[1, 2]),
        wrong_htu,
        because(verdict(8, halted, Outcome::NotTestable, None, &[]), no_token),
        because(verdict(5, halted, Outcome::NotTestable, None, &[]), no_token),
        because(
            verdict(7, Some("pre-authorized/batch"), Outcome::NotApplicable, None, &[]),
            "batch_credential_issuance is not advertised",
        ),
        because(
            verdict(3, Some("refusals/tx-code"), Outcome::NotRun, None, &[]),
            "no offer source with tx-code",
        ),
        verdict(9, dpop, Outcome::Warn, Some(&breach("below 500", "a server error: 500")), &[1]),
    ];
    Judgement { verdicts }
}

fn lifetime() -> (String, String) {
    breach("expires_in", "access_token, token_type")
}

fn twice() -> (String, String) {
    breach("400 invalid_grant", &format!("accepted: 200 with access_token {TOKEN}"))
}

fn breach(expected: &str, actual: &str) -> (String, String) {
    (expected.to_owned(), actual.to_owned())
}

fn because(mut verdict: Verdict, why: &str) -> Verdict {
    verdict.because = Some(why.to_owned());
    verdict
}

fn verdict(
    check: usize,
    scenario: Option<&str>,
    outcome: Outcome,
    breach: Option<&(String, String)>,
    exchanges: &[u32],
) -> Verdict {
    Verdict {
        check: CHECKS[check].id,
        endpoint: None,
        step: None,
        scenario: scenario.map(str::to_owned),
        outcome,
        expected: breach.map(|(expected, _)| expected.clone()),
        actual: breach.map(|(_, actual)| actual.clone()),
        because: None,
        exchanges: exchanges.to_vec(),
        claims: Vec::new(),
        former: None,
    }
}

fn transcript(scenario: &str, ending: Ending, exchanges: Vec<Exchange>) -> Transcript {
    let offer = OfferRecord {
        source: "exec".into(),
        given: format!("openid-credential-offer://?credential_offer={scenario}"),
        form: OfferForm::ByValue,
        object: None,
        tx_code: None,
    };
    let offers = if exchanges.is_empty() { Vec::new() } else { vec![offer] };
    Transcript {
        scenario: scenario.into(),
        title: "A staged scenario".into(),
        aims: Vec::new(),
        expectations: Vec::new(),
        skipped: Vec::new(),
        elsewhere: None,
        status_changes: Vec::new(),
        entitlement_changes: Vec::new(),
        backend: None,
        isolated: false,
        ending,
        wallets: Vec::new(),
        offers,
        exchanges,
    }
}

fn exchange(
    number: u32,
    station: Station,
    path: &str,
    status: u16,
    tamper: Option<&str>,
) -> Exchange {
    let at = Timestamp::UNIX_EPOCH + SignedDuration::from_millis(i64::from(number) * 100);
    let body = match (station, status) {
        (Station::Token, 200) => format!(r#"{{"access_token":"{TOKEN}","token_type":"DPoP"}}"#),
        (Station::Credential, 200) => r#"{"credentials":[{"credential":"a.b.c~"}]}"#.to_owned(),
        _ => "{}".to_owned(),
    };
    let span = format!("00-4bf92f3577b34da6a3ce929d0e0e4736-{number:016x}-01");
    Exchange {
        number,
        station,
        wallet: "holder".into(),
        offer: None,
        step: 1,
        racer: None,
        tamper: tamper.map(|name| Tamper {
            name: name.into(),
            says: "staged".into(),
            places: Vec::new(),
        }),
        superseded: false,
        request: Request {
            at,
            method: "POST".into(),
            url: format!("{ISSUER}{path}"),
            headers: Headers(vec![("traceparent".into(), span)]),
            body: Body::Empty,
            plaintext: None,
        },
        received: Received::Answer(Answer {
            at: at + SignedDuration::from_millis(41),
            status,
            headers: Headers::default(),
            body: body.into(),
            plaintext: None,
        }),
    }
}
