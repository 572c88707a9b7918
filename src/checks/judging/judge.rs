//! The loop over scenarios and checks: who is asked, about what, and what an answer counts.

use crate::checks::judge_run::judge_run;
use crate::checks::proves_nothing::{
    NOT_SERVED, SPENT, THROTTLED, has_spent_its_token, is_of_the_server, is_spent, is_throttled,
    stopped_at_a_spent_token,
};
pub(in crate::checks) use crate::checks::ranking::{shown_in, worse};
use crate::checks::refusal::weigh;
use crate::checks::{
    Acceptance, Answered, Applies, Breach, Check, Control, Expectation, Finding, Judge, Level,
    Outcome, Policy, Refusal, Scene, Verdict, edition, former, selection,
};
use crate::transcript::{Ending, Exchange, Received, Run, Station};

/// Every verdict on a run, in the order of scenarios, then checks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// The verdicts.
    pub verdicts: Vec<Verdict>,
}

/// Judges a run. Pure: the same run and policy give the same verdicts, on any day.
pub fn judge(run: &Run, policy: &Policy) -> Judgement {
    let mut verdicts = Vec::new();
    for transcript in &run.transcripts {
        let scene = Scene::new(&run.provenance, transcript, policy);
        for check in crate::checks::all() {
            let aimed = transcript.aims.iter().any(|aim| check.is_called(aim));
            let case = Case { check, scene: &scene, aimed };
            verdicts.extend(case.judge());
        }
        verdicts.extend(crate::checks::expect::judge(&scene));
    }
    for check in crate::checks::all() {
        verdicts.extend(judge_run(check, run, policy));
    }
    Judgement { verdicts }
}

/// One check on one scenario.
pub(in crate::checks) struct Case<'a> {
    pub(in crate::checks) check: &'static Check,
    pub(in crate::checks) scene: &'a Scene<'a>,
    pub(in crate::checks) aimed: bool,
}

impl Case<'_> {
    /// The verdicts, as the edition in force lets them count.
    pub(in crate::checks) fn judge(&self) -> Vec<Verdict> {
        let verdicts = self.weigh().into_iter();
        verdicts
            .map(|one| edition::in_force(one, self.check, self.scene.policy))
            .map(|one| former::told(one, self.scene))
            .collect()
    }

    fn weigh(&self) -> Vec<Verdict> {
        if matches!(self.check.judge, Judge::Run(_)) {
            return Vec::new();
        }
        let is_refusal = matches!(self.check.judge, Judge::Refusal(_) | Judge::Acceptance(_));
        if self.scene.transcript.isolated && is_refusal {
            return Vec::new();
        }
        if !selection::selects(self.scene.policy, self.check) {
            return self.if_aimed(Outcome::NotRun, selection::EXCLUDED);
        }
        match &self.scene.transcript.ending {
            Ending::NotRun { why } => return self.if_aimed(Outcome::NotRun, why),
            Ending::NotApplicable { why } if self.scene.transcript.exchanges.is_empty() => {
                return self.if_aimed(Outcome::NotApplicable, why);
            }
            _ => {}
        }
        if let Applies::No(reason) = (self.check.applies)(self.scene) {
            return self.if_aimed(Outcome::NotApplicable, &reason);
        }
        let mut verdicts = match self.check.judge {
            Judge::Answers(station, function) => self.answers(station, function),
            Judge::Transcript(function) => {
                self.found(function(self.scene), None).into_iter().collect()
            }
            Judge::Refusal(refusal) => self.refusal(&refusal),
            Judge::Acceptance(acceptance) => self.acceptance(&acceptance),
            Judge::Run(_) => Vec::new(),
        };
        // A script that says itself what it expects need not have what a check would need.
        if !self.aimed && !self.scene.transcript.expectations.is_empty() {
            verdicts.retain(|verdict| verdict.outcome != Outcome::Inconclusive);
        }
        if !verdicts.is_empty() {
            return verdicts;
        }
        match self.skipped() {
            Some(why) => self.if_aimed(Outcome::NotApplicable, why),
            None => self.without_evidence(),
        }
    }

    fn answers(
        &self,
        station: Station,
        function: fn(&Answered<'_>, &Scene<'_>) -> Finding,
    ) -> Vec<Verdict> {
        let mut worst: Option<Finding> = None;
        for answered in self.scene.answers(station).chain(self.delivered(station)) {
            let finding = shown_in(function(&answered, self.scene), answered.exchange.number);
            worst = Some(match worst {
                Some(earlier) => worse(earlier, finding),
                None => finding,
            });
        }
        worst.and_then(|finding| self.found(finding, None)).into_iter().collect()
    }

    /// The credential responses that came later, from the Deferred Credential Endpoint: what holds
    /// of the one holds of the other (OpenID4VCI 9.2).
    fn delivered(&self, station: Station) -> impl Iterator<Item = Answered<'_>> {
        let later = (station == Station::Credential).then_some(Station::Deferred);
        let answers = later.into_iter().flat_map(|later| self.scene.answers(later));
        answers.filter(Answered::issues)
    }

    fn refusal(&self, refusal: &Refusal) -> Vec<Verdict> {
        let many = refusal.expects.len() > 1;
        refusal
            .expects
            .iter()
            .filter_map(|expectation| {
                let endpoint = many.then_some(expectation.station);
                self.refusal_at(refusal, expectation, endpoint)
            })
            .collect()
    }

    fn refusal_at(
        &self,
        refusal: &Refusal,
        expectation: &Expectation,
        endpoint: Option<Station>,
    ) -> Option<Verdict> {
        let sent: Vec<&Exchange> = self
            .scene
            .transcript
            .at(expectation.station)
            .filter(|exchange| exchange.is_tampered_by(refusal.tamper) && !exchange.superseded)
            .collect();
        if sent.is_empty() {
            return None;
        }
        if let Applies::No(reason) = (expectation.applies)(self.scene) {
            return Some(self.verdict(Outcome::NotApplicable, endpoint).because(reason));
        }
        let control = self.control(expectation.station, sent.first().copied());
        let mut worst: Option<Verdict> = None;
        for exchange in sent {
            let verdict = self.weigh_one(refusal, expectation, exchange, control, endpoint);
            if worst.as_ref().is_none_or(|worst| verdict.outcome > worst.outcome) {
                worst = Some(verdict);
            }
        }
        worst
    }

    fn weigh_one(
        &self,
        refusal: &Refusal,
        expectation: &Expectation,
        exchange: &Exchange,
        control: Option<u32>,
        endpoint: Option<Station>,
    ) -> Verdict {
        let number = exchange.number;
        let controlled = refusal.control == Control::NotNeeded || control.is_some();
        let answered =
            match self.scene.answered().find(|answered| answered.exchange.number == number) {
                Some(answered) => answered,
                None => return self.unanswered(exchange, control.is_some(), endpoint),
            };
        if is_throttled(&answered) {
            return self.verdict(Outcome::Inconclusive, endpoint).because(THROTTLED).shown(number);
        }
        // Where the text fixes the answer, only the plain request shows that it was the token.
        let says_nothing = !expectation.fixed && !expectation.status.contains(&401);
        if has_spent_its_token(&answered, self.scene)
            || says_nothing && is_spent(&answered, self.scene)
        {
            return self.verdict(Outcome::NotApplicable, endpoint).because(SPENT).shown(number);
        }
        if control.is_none() && answered.error_code().as_deref() == Some("invalid_client") {
            return self
                .verdict(Outcome::Inconclusive, endpoint)
                .because("the client was refused (invalid_client), which says nothing of the tamper: use a client_id that the authorization server knows")
                .shown(number);
        }
        if !controlled && !answered.grants_something() {
            return self
                .verdict(Outcome::Inconclusive, endpoint)
                .because("the same request without the tamper was not granted either, so the refusal proves nothing")
                .shown(number);
        }
        let finding = shown_in(weigh(refusal, expectation, &answered, self.scene), number);
        self.found(finding, endpoint)
            .unwrap_or_else(|| self.verdict(Outcome::Inconclusive, endpoint).shown(number))
    }

    fn unanswered(
        &self,
        exchange: &Exchange,
        controlled: bool,
        endpoint: Option<Station>,
    ) -> Verdict {
        let (says, blames) = match &exchange.received {
            Received::Failure(failure) => (failure.says.clone(), is_of_the_server(failure)),
            Received::Answer(_) => (String::new(), false),
        };
        if controlled && blames {
            let breach = Breach::new("a refusal over HTTP", format!("no answer: {says}"))
                .at([exchange.number]);
            self.found(Finding::Breaks(breach), endpoint)
                .unwrap_or_else(|| self.verdict(Outcome::Error, endpoint))
        } else {
            self.verdict(Outcome::Error, endpoint).because(says).shown(exchange.number)
        }
    }

    fn acceptance(&self, acceptance: &Acceptance) -> Vec<Verdict> {
        acceptance
            .stations
            .iter()
            .filter_map(|station| {
                let endpoint = (acceptance.stations.len() > 1).then_some(*station);
                let sent = self.scene.transcript.at(*station).find(|exchange| {
                    exchange.is_tampered_by(acceptance.tamper) && !exchange.superseded
                })?;
                let number = sent.number;
                let controlled = self.control(*station, Some(sent)).is_some();
                let answered =
                    self.scene.answered().find(|answered| answered.exchange.number == number);
                let Some(answered) = answered else {
                    return Some(self.unanswered(sent, controlled, endpoint));
                };
                if answered.grants_something() && answered.answer.is_success() {
                    return self.found(Finding::Holds, endpoint);
                }
                if is_throttled(&answered) {
                    return Some(
                        self.verdict(Outcome::Inconclusive, endpoint)
                            .because(THROTTLED)
                            .shown(number),
                    );
                }
                if is_spent(&answered, self.scene) {
                    let spent = self.verdict(Outcome::NotApplicable, endpoint).because(SPENT);
                    return Some(spent.shown(number));
                }
                if !controlled && answered.error_code().as_deref() == Some("invalid_client") {
                    let stranger = self.verdict(Outcome::NotApplicable, endpoint);
                    return Some(stranger.because(NOT_SERVED).shown(number));
                }
                if !controlled {
                    return Some(
                        self.verdict(Outcome::Inconclusive, endpoint)
                            .because("the same request without the addition was not granted either")
                            .shown(number),
                    );
                }
                let breach = Breach::new("granted all the same", answered.summary()).at([number]);
                self.found(Finding::Breaks(breach), endpoint)
            })
            .collect()
    }

    /// The number of an untampered request of the same kind at the station that was granted: a
    /// code that was redeemed says nothing of refresh tokens.
    fn control(&self, station: Station, tampered: Option<&Exchange>) -> Option<u32> {
        let refreshes = |exchange: &Exchange| exchange.form_value("refresh_token").is_some();
        let is_refresh = tampered.is_some_and(refreshes);
        self.scene
            .granted(station)
            .filter(|answered| refreshes(answered.exchange) == is_refresh)
            .find(Answered::grants_something)
            .map(|answered| answered.exchange.number)
    }

    fn found(&self, finding: Finding, endpoint: Option<Station>) -> Option<Verdict> {
        let (outcome, breach, because) = match finding {
            Finding::Silent(_) => return None,
            Finding::Exempt(why) => {
                let exempt = self.verdict(Outcome::NotApplicable, endpoint).because(why);
                return self.aimed.then_some(exempt);
            }
            Finding::Holds => (Outcome::Pass, None, None),
            Finding::HoldsAsFar(bound) => (Outcome::Pass, None, Some(bound)),
            Finding::Breaks(breach) => {
                (counts_as(self.check, self.scene.policy), Some(breach), None)
            }
            Finding::Warns(breach, reason) => {
                let outcome = counts_as(self.check, self.scene.policy).min(Outcome::Warn);
                (outcome, Some(breach), Some(reason.to_owned()))
            }
        };
        let mut verdict = self.verdict(outcome, endpoint);
        verdict.because = because;
        if let Some(breach) = breach {
            verdict.expected = Some(breach.expected);
            verdict.actual = Some(breach.actual);
            verdict.exchanges = breach.exchanges;
        }
        Some(verdict)
    }

    /// Why the tamper that this check is about could not be made here.
    fn skipped(&self) -> Option<&str> {
        let tamper = match &self.check.judge {
            Judge::Refusal(refusal) => refusal.tamper,
            Judge::Acceptance(acceptance) => acceptance.tamper,
            _ => return None,
        };
        let skipped = &self.scene.transcript.skipped;
        let found = skipped.iter().find(|skipped| skipped.tamper == tamper)?;
        Some(&found.why)
    }

    fn without_evidence(&self) -> Vec<Verdict> {
        match &self.scene.transcript.ending {
            Ending::Failed { why } => self.if_aimed(Outcome::Error, why),
            Ending::NotApplicable { why } => self.if_aimed(Outcome::NotApplicable, why),
            Ending::Stopped { .. } if stopped_at_a_spent_token(self.scene) => {
                self.if_aimed(Outcome::NotApplicable, SPENT)
            }
            Ending::Stopped { why, .. } => self.if_aimed(Outcome::NotTestable, why),
            _ => {
                let outstanding = self.scene.outstanding();
                let why = outstanding.as_deref().or_else(|| self.scene.undiscovered(self.check));
                let why = why.or_else(|| self.silence());
                let why = why.unwrap_or("no exchange of this scenario can show it");
                self.if_aimed(Outcome::NotTestable, why)
            }
        }
    }

    /// What a look at the whole transcript missed.
    fn silence(&self) -> Option<&'static str> {
        let Judge::Transcript(judge) = self.check.judge else { return None };
        match judge(self.scene) {
            Finding::Silent(why) => Some(why),
            _ => None,
        }
    }

    fn if_aimed(&self, outcome: Outcome, because: &str) -> Vec<Verdict> {
        if self.aimed { vec![self.verdict(outcome, None).because(because)] } else { Vec::new() }
    }

    fn verdict(&self, outcome: Outcome, endpoint: Option<Station>) -> Verdict {
        Verdict {
            check: self.check.id,
            endpoint,
            step: None,
            scenario: Some(self.scene.transcript.scenario.clone()),
            outcome,
            expected: None,
            actual: None,
            because: None,
            exchanges: Vec::new(),
            claims: Vec::new(),
            former: None,
        }
    }
}

impl Verdict {
    pub(in crate::checks) fn because(mut self, reason: impl Into<String>) -> Self {
        self.because = Some(reason.into());
        self
    }

    pub(in crate::checks) fn shown(mut self, exchange: u32) -> Self {
        self.exchanges.push(exchange);
        self
    }

    pub(in crate::checks) fn with(mut self, breach: Breach) -> Self {
        self.expected = Some(breach.expected);
        self.actual = Some(breach.actual);
        self.exchanges = breach.exchanges;
        self
    }
}

/// What a breach of this check counts as: the specification's keyword, raised by the profile
/// whose own text says MUST.
pub(in crate::checks) fn counts_as(check: &Check, policy: &Policy) -> Outcome {
    if check.raised_by.iter().any(|profile| policy.profiles.contains(*profile)) {
        return Outcome::Fail;
    }
    match check.level {
        Level::Must => Outcome::Fail,
        Level::Should | Level::Derived => Outcome::Warn,
        Level::Note => Outcome::Note,
    }
}
