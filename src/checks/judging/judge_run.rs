//! The verdict on what only a run as a whole can show.

use crate::checks::judge::counts_as;
use crate::checks::{
    Applies, Check, Finding, Judge, Outcome, Policy, Scene, Verdict, edition, selection,
};
use crate::transcript::{Ending, Run, Transcript};

pub(in crate::checks) fn judge_run(
    check: &'static Check,
    run: &Run,
    policy: &Policy,
) -> Option<Verdict> {
    let Judge::Run(function) = check.judge else {
        return None;
    };
    let aiming: Vec<&Transcript> = run
        .transcripts
        .iter()
        .filter(|transcript| transcript.aims.iter().any(|aim| check.is_called(aim)))
        .collect();
    let mut verdict = Verdict {
        check: check.id,
        endpoint: None,
        step: None,
        scenario: None,
        outcome: Outcome::Pass,
        expected: None,
        actual: None,
        because: None,
        exchanges: Vec::new(),
        claims: Vec::new(),
        former: None,
    };
    if !selection::selects(policy, check) {
        aiming.first()?;
        verdict.outcome = Outcome::NotRun;
        verdict.because = Some(selection::EXCLUDED.to_owned());
        return Some(verdict);
    }
    match function(run) {
        Finding::Holds => {}
        Finding::HoldsAsFar(bound) => verdict.because = Some(bound),
        Finding::Breaks(breach) => {
            verdict.outcome = counts_as(check, policy);
            verdict = verdict.with(breach);
        }
        Finding::Warns(breach, reason) => {
            verdict.outcome = counts_as(check, policy).min(Outcome::Warn);
            verdict = verdict.with(breach).because(reason);
        }
        Finding::Exempt(reason) => {
            aiming.first()?;
            verdict.outcome = Outcome::NotApplicable;
            verdict.because = Some(reason.to_owned());
        }
        Finding::Silent(reason) => {
            verdict.because = Some(reason.to_owned());
            verdict.outcome = silent_run(&aiming, &mut verdict.because)?;
            if let Some(reason) = not_applicable(check, run, policy, &aiming) {
                verdict.outcome = Outcome::NotApplicable;
                verdict.because = Some(reason);
            }
        }
    }
    Some(edition::in_force(verdict, check, policy))
}

/// Why nothing in the run could show it: the endings of the scenarios that aimed at it.
fn silent_run(aiming: &[&Transcript], because: &mut Option<String>) -> Option<Outcome> {
    let mut outcome = None;
    for transcript in aiming {
        let (this, why) = match &transcript.ending {
            Ending::NotRun { why } => (Outcome::NotRun, why.clone()),
            Ending::NotApplicable { why } => (Outcome::NotApplicable, why.clone()),
            Ending::Failed { why } => (Outcome::Error, why.clone()),
            Ending::Stopped { why, .. } => (Outcome::NotTestable, why.clone()),
            Ending::Completed => (Outcome::NotTestable, because.clone().unwrap_or_default()),
        };
        if outcome.is_none_or(|worst| this > worst) {
            outcome = Some(this);
            *because = Some(why);
        }
    }
    outcome
}

/// The reason, if no scenario that aimed at it and ran concerns it.
fn not_applicable(
    check: &Check,
    run: &Run,
    policy: &Policy,
    aiming: &[&Transcript],
) -> Option<String> {
    let mut reason = None;
    for transcript in aiming {
        if transcript.ending != Ending::Completed {
            return None;
        }
        match (check.applies)(&Scene::new(&run.provenance, transcript, policy)) {
            Applies::Yes => return None,
            Applies::No(why) => reason = Some(why),
        }
    }
    reason
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::{Stage, assert_outcome};
    use crate::checks::{
        Applies, Breach, Check, Finding, Judge, Level, Outcome, Policy, applicability,
    };

    const TEMPLATE: Check = Check {
        id: "staged/run",
        aliases: &[],
        since: "2026.1",
        title: "",
        level: Level::Must,
        raised_by: &[],
        applies: applicability::always,
        spec: &[],
        obligation: "",
        doc: "",
        judge: Judge::Run(|_| Finding::Silent("nothing")),
    };
    static WARNS: Check = Check {
        judge: Judge::Run(|_| Finding::Warns(Breach::new("a", "b"), "a way out")),
        ..TEMPLATE
    };
    static SILENT: Check = TEMPLATE;
    static ELSEWHERE: Check =
        Check { applies: |_| Applies::No("not advertised".into()), ..TEMPLATE };

    #[test]
    fn a_warning_stays_one_and_silence_is_told_from_irrelevance() {
        assert_outcome(&WARNS, &Stage::new(), Outcome::Warn);
        assert_outcome(&SILENT, &Stage::new(), Outcome::NotTestable);
        assert_outcome(&ELSEWHERE, &Stage::new(), Outcome::NotApplicable);
    }

    #[test]
    fn what_was_left_out_is_not_judged_on_the_run_either() {
        let policy = Policy { exclude: vec!["staged/*".into()], ..Policy::default() };
        assert_outcome(&WARNS, &Stage::new().policy(policy), Outcome::NotRun);
    }
}
