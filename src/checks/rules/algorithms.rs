//! Whether proofs by the algorithms that an issuer announces are taken, told from a whole run: a
//! proof that is refused blames the issuer only where one by another algorithm was granted.

use std::collections::BTreeSet;

use crate::checks::proves_nothing::is_throttled;
use crate::checks::{Answered, Breach, Finding, Policy, Scene};
use crate::jose::SignatureAlgorithm;
use crate::transcript::Run;

/// What became of the proofs in one request.
pub struct Attempt {
    /// What the proofs were for: requests are compared only with others for the same.
    pub purpose: String,
    /// Their `alg`, which is announced.
    pub algorithm: String,
    /// Whether the request was granted.
    pub is_granted: bool,
    /// Whether another algorithm of the wallet's is announced beside it.
    pub has_others: bool,
    /// What was answered, where it may be the algorithm's doing.
    pub refusal: Option<String>,
}

impl Attempt {
    /// What an answer says of the proofs in its request, of which `listed` are announced. `codes` are
    /// those that a server has for proofs that it does not take.
    pub fn new(
        answered: &Answered<'_>,
        scene: &Scene<'_>,
        (purpose, algorithm): (&str, &str),
        listed: &[&str],
        codes: &[&str],
    ) -> Self {
        let is_other =
            |one: &SignatureAlgorithm| one.name() != algorithm && listed.contains(&one.name());
        let code = answered.error_code().or_else(|| answered.challenge_error());
        let is_granted = answered.grants_something();
        let is_suspect = code.is_some_and(|code| codes.contains(&code.as_str()))
            || answered.answer.status >= 500 && !is_throttled(answered);
        let told = || format!("{} (scenario {})", answered.summary(), scene.transcript.scenario);
        Self {
            purpose: purpose.to_owned(),
            algorithm: algorithm.to_owned(),
            is_granted,
            has_others: SignatureAlgorithm::ALL.iter().any(is_other),
            refusal: (!is_granted && is_suspect).then(told),
        }
    }
}

/// The attempts of all scenarios.
pub fn attempts(run: &Run, of: fn(&Scene<'_>) -> Vec<Attempt>) -> Vec<Attempt> {
    let policy = Policy::default();
    let scenes = run.transcripts.iter().map(|one| Scene::new(&run.provenance, one, &policy));
    scenes.flat_map(|scene| of(&scene)).collect()
}

/// Whether each algorithm that was tried was granted something.
pub fn all_are_taken(attempts: &[Attempt]) -> Finding {
    let granted: BTreeSet<(&str, &str)> = attempts
        .iter()
        .filter(|attempt| attempt.is_granted)
        .map(|attempt| (attempt.purpose.as_str(), attempt.algorithm.as_str()))
        .collect();
    let refused = attempts.iter().find_map(|attempt| {
        let taken = granted.contains(&(attempt.purpose.as_str(), attempt.algorithm.as_str()));
        let refusal = attempt.refusal.as_ref().filter(|_| !taken)?;
        let control = granted.iter().find(|(purpose, _)| *purpose == attempt.purpose);
        Some((attempt, refusal, control))
    });
    match refused {
        Some((attempt, refusal, Some((_, other)))) => Finding::Breaks(Breach::new(
            format!("a proof by {} is taken as one by {other} is", attempt.algorithm),
            format!("{}: {refusal}", attempt.algorithm),
        )),
        Some((_, _, None)) => Finding::Silent("no proof by another algorithm was granted either"),
        None => {
            let algorithms: BTreeSet<&str> = granted.iter().map(|(_, one)| *one).collect();
            match algorithms.len() {
                1 if !attempts.iter().any(|attempt| attempt.has_others) => {
                    Finding::Exempt("no second algorithm of this wallet's is announced")
                }
                0 | 1 => Finding::Silent("no proof by a further algorithm was answered"),
                _ => Finding::Holds,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(algorithm: &str, refusal: Option<&str>) -> Attempt {
        Attempt {
            purpose: "pid".to_owned(),
            algorithm: algorithm.to_owned(),
            is_granted: refusal.is_none(),
            has_others: true,
            refusal: refusal.map(str::to_owned),
        }
    }

    #[test]
    fn a_refusal_counts_against_a_grant_by_another_algorithm() {
        let (es256, es384) = (|| attempt("ES256", None), attempt("ES384", Some("400")));
        assert!(matches!(all_are_taken(&[es256(), es384]), Finding::Breaks(_)));
        let later = [es256(), attempt("ES384", Some("400")), attempt("ES384", None)];
        assert!(matches!(all_are_taken(&later), Finding::Holds));
        let alone = [attempt("ES384", Some("400"))];
        assert!(matches!(all_are_taken(&alone), Finding::Silent(_)));
        assert!(matches!(all_are_taken(&[es256()]), Finding::Silent(_)));
        let only = Attempt { has_others: false, ..es256() };
        assert!(matches!(all_are_taken(&[only]), Finding::Exempt(_)));
        let mut elsewhere = es256();
        elsewhere.purpose = "diploma".to_owned();
        let apart = [elsewhere, attempt("ES384", Some("400"))];
        assert!(matches!(all_are_taken(&apart), Finding::Silent(_)));
    }
}
