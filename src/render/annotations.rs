//! What fails as workflow commands, which GitHub shows beside a change.

use std::cmp::Reverse;

use crate::checks::Outcome;
use crate::report::{ExitStatus, Known, Problem, Report};

/// More than this of one level are not shown.
const SHOWN: usize = 10;
/// Longer texts are cut, in characters.
const LONGEST: usize = 1_000;

/// The levels of an annotation, the worst first.
const LEVELS: [&str; 3] = ["error", "warning", "notice"];

/// The problems as workflow commands, a line each, the worst first and at most ten of each level.
/// Empty when all is well.
pub fn annotations(report: &Report) -> String {
    let mut problems: Vec<&Problem> = report.problems.iter().collect();
    problems.sort_by_key(|problem| Reverse(problem.outcome));
    let is_told = problems.iter().any(|one| level(one, report) == "error");
    let red_without_a_problem = (report.exit.status != ExitStatus::Green && !is_told).then(|| {
        let title = property(&format!("exit {}", report.exit.status.code()));
        format!("::error title={title}::{}\n", data(&cut(&report.exit.reasons.join(", "))))
    });
    let commands = LEVELS.iter().flat_map(|level| {
        let of_level = problems.iter().filter(move |one| self::level(one, report) == *level);
        of_level.take(SHOWN).map(move |problem| command(level, problem))
    });
    red_without_a_problem.into_iter().chain(commands).collect()
}

fn level(problem: &Problem, report: &Report) -> &'static str {
    match problem.outcome {
        _ if report.is_red(problem) => "error",
        Outcome::Warn => "warning",
        _ => "notice",
    }
}

fn command(level: &str, problem: &Problem) -> String {
    let outcome = problem.outcome.name();
    let title = match &problem.name {
        Some(name) => format!("{outcome} {name}"),
        None => format!("{outcome} a scenario came to a halt"),
    };
    format!("::{level} title={}::{}\n", property(&cut(&title)), data(&message(problem)))
}

fn message(problem: &Problem) -> String {
    let known = problem.known.as_ref().map(Known::in_words);
    let place = problem.places.first().map(|place| {
        let scenario = place.scenario.as_deref().unwrap_or("the run as a whole").to_owned();
        let exchanges = place.exchanges.iter().take(1).map(|sighting| sighting.in_words());
        [scenario].into_iter().chain(exchanges).collect::<Vec<_>>().join(", ")
    });
    let explain = problem.check.map(|check| format!("vcispec explain {check}"));
    let lines = [
        ("obligation", problem.obligation),
        ("expected", problem.expected.as_deref()),
        ("actual", problem.actual.as_deref()),
        ("because", problem.because.as_deref()),
        ("known", known.as_deref()),
        ("where", place.as_deref()),
        ("more", explain.as_deref()),
    ];
    let told = lines.iter().filter_map(|(label, text)| Some(format!("{label}: {}", cut((*text)?))));
    told.collect::<Vec<_>>().join("\n")
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The text of a command. What cannot be seen is spelt out, line breaks are kept.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(super::plain).collect();
    lines.join("\n").replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, in which colons and commas mean something too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Strictness, staging};

    #[test]
    fn the_worst_comes_first_and_each_is_one_line() {
        let text = annotations(&staging::report());
        let levels: Vec<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(levels, ["::error", "::error", "::error", "::warning", "::notice"]);
        assert!(
            text.starts_with("::error title=FAIL token/redeems-a-code-once::obligation: a pre")
        );
        assert!(text.contains("%0Aexpected: 400 invalid_grant%0Aactual: accepted"), "{text}");
    }

    #[test]
    fn warnings_that_are_red_are_errors() {
        let strict = Strictness { fail_on_should: true, require_complete: false };
        let text = annotations(&staging::report().held_to(strict));
        assert!(!text.contains("::warning"), "{text}");
    }

    #[test]
    fn at_most_ten_of_a_level() {
        let mut report = staging::report();
        let fail = report.problems.last().cloned();
        report.problems.extend(fail.into_iter().cycle().take(50));
        assert_eq!(annotations(&report).matches("::error ").count(), SHOWN);
    }

    #[test]
    fn an_issuer_gives_no_commands() {
        let mut report = staging::report();
        for problem in &mut report.problems {
            problem.name = Some("a,b:c".to_owned());
            problem.actual = Some("100%\r\n::add-mask::x\u{1b}[2J".to_owned());
        }
        let text = annotations(&report);
        assert!(text.lines().all(|line| line.starts_with("::") && !line.contains("\n::add")));
        assert!(text.contains("title=FAIL a%2Cb%3Ac::"), "{text}");
        assert!(text.contains("actual: 100%25\\r%0A::add-mask::x\\u{1b}[2J%0A"), "{text}");
    }
}
