//! A verdict seen again, for a person: then and now side by side where there is room, else one
//! under the other, with what differs marked.

mod alignment;
mod message;

use self::alignment::{Row, align};
use super::page::{Ink, Page, columns};
use super::{Style, plain};
use crate::checks::Outcome;
use crate::report::{Pair, Replay, Said};

/// From here on there is room for two columns.
const ROOM: usize = 100;
/// Wider columns gain nothing but air.
const WIDEST: usize = 180;

/// The replay as text.
pub fn replay(replay: &Replay, style: Style) -> String {
    let width = style.width.min(WIDEST);
    let mut page = Page::new(Style { width, ..style });
    page.line(&[(Ink::Dim, "REPLAY "), (Ink::Bold, &replay.name)]);
    page.paragraph("  obligation  ", replay.obligation, Ink::Normal);
    page.paragraph("  scenario    ", &replay.scenario, Ink::Normal);
    said("then", &replay.then, &mut page);
    said("now", &replay.now, &mut page);
    for pair in &replay.exchanges {
        page.blank();
        exchange(pair, width, &mut page);
    }
    page.blank();
    if let Some(command) = &replay.command {
        page.line(&[(Ink::Dim, "  by hand     "), (Ink::Bold, command)]);
    }
    page.line(&[
        (Ink::Dim, "  more        "),
        (Ink::Bold, &format!("vcispec explain {}", replay.check)),
    ]);
    let (ink, outcome) = verdict(&replay.now);
    page.line(&[(Ink::Normal, "now: "), (ink, outcome)]);
    page.into_text()
}

fn said(label: &str, said: &Said, page: &mut Page) {
    let (ink, outcome) = verdict(said);
    let label = format!("  {label:<10}  ");
    page.line(&[
        (Ink::Dim, &label),
        (ink, outcome),
        (Ink::Normal, &format!("  {}", said.credential_issuer)),
    ]);
    for (name, text) in
        [("expected", &said.expected), ("actual", &said.actual), ("because", &said.because)]
    {
        if let Some(text) = text {
            page.paragraph(&format!("              {name:<8}  "), text, Ink::Normal);
        }
    }
    let trace = format!("              trace     {}", said.run_id);
    page.line(&[(Ink::Dim, &trace)]);
}

fn verdict(said: &Said) -> (Ink, &'static str) {
    match said.outcome {
        None => (Ink::Red, "NOT JUDGED"),
        Some(Outcome::Pass) => (Ink::Green, Outcome::Pass.name()),
        Some(Outcome::Warn) => (Ink::Yellow, Outcome::Warn.name()),
        Some(outcome) if outcome.is_red() => (Ink::Red, outcome.name()),
        Some(outcome) => (Ink::Normal, outcome.name()),
    }
}

fn exchange(pair: &Pair, width: usize, page: &mut Page) {
    let then = message::lines(&pair.then);
    let now = pair.now.as_ref().map(message::lines).unwrap_or_default();
    let heading = |when: &str, number: u32| format!("{when}, exchange {number}");
    let left = heading("then", pair.then.number);
    let right = match &pair.now {
        Some(now) => heading("now", now.number),
        None => "now: the scenario did not get to it".to_owned(),
    };
    let rows = align(&then, &now);
    let differs = |row: &Row<'_>| matches!(row, Row::Other(..));
    if pair.now.is_some() && !rows.iter().any(differs) {
        page.line(&[(Ink::Dim, &format!("  {left}; {right}: no difference"))]);
        page.blank();
        return rows.iter().for_each(|row| one_under_the_other(row, page));
    }
    if width < ROOM {
        page.line(&[(Ink::Red, "- "), (Ink::Dim, &left)]);
        page.line(&[(Ink::Green, "+ "), (Ink::Dim, &right)]);
        page.blank();
        return rows.iter().for_each(|row| one_under_the_other(row, page));
    }
    // A sign and a blank before each cell, and a bar between two blanks.
    let room = (width - 7) / 2;
    beside(&Cell::plain(&left), &Cell::plain(&right), room, page);
    for row in &rows {
        let (left, right) = match row {
            Row::Same(then, now) => (Cell::plain(then), Cell::plain(now)),
            Row::Other(then, now) => {
                (Cell::marked("- ", Ink::Red, *then), Cell::marked("+ ", Ink::Green, *now))
            }
        };
        beside(&left, &right, room, page);
    }
}

/// What stands on one side of a row.
struct Cell<'a> {
    sign: &'static str,
    ink: Ink,
    text: &'a str,
}

impl<'a> Cell<'a> {
    fn plain(text: &'a str) -> Self {
        Self { sign: "  ", ink: Ink::Normal, text }
    }

    fn marked(sign: &'static str, ink: Ink, text: Option<&'a str>) -> Self {
        text.map_or(Self::plain(""), |text| Self { sign, ink, text })
    }

    /// In a column a long value has to be broken.
    fn folded(&self, width: usize) -> Vec<String> {
        let text: Vec<char> = plain(self.text).chars().collect();
        text.chunks(width.max(1)).map(|chunk| chunk.iter().collect()).collect()
    }
}

fn one_under_the_other(row: &Row<'_>, page: &mut Page) {
    match row {
        Row::Same(_, "") => page.blank(),
        Row::Same(_, now) => page.line(&[(Ink::Normal, "  "), (Ink::Normal, now)]),
        Row::Other(then, now) => {
            if let Some(then) = then {
                page.line(&[(Ink::Red, "- "), (Ink::Red, then)]);
            }
            if let Some(now) = now {
                page.line(&[(Ink::Green, "+ "), (Ink::Green, now)]);
            }
        }
    }
}

/// Two cells, each over as many lines as the longer one needs.
fn beside(left: &Cell<'_>, right: &Cell<'_>, room: usize, page: &mut Page) {
    let (ones, others) = (left.folded(room), right.folded(room));
    for index in 0..ones.len().max(others.len()).max(1) {
        let line = |lines: &[String], cell: &Cell<'_>| match lines.get(index) {
            Some(line) => (cell.sign, line.clone()),
            None => ("  ", String::new()),
        };
        let (left_sign, one) = line(&ones, left);
        let (right_sign, other) = line(&others, right);
        let filler = " ".repeat(room.saturating_sub(columns(&one)));
        let bar = if other.is_empty() { " │" } else { " │ " };
        let right_sign = if other.is_empty() { "" } else { right_sign };
        page.line(&[
            (left.ink, left_sign),
            (left.ink, &one),
            (Ink::Normal, &filler),
            (Ink::Dim, bar),
            (right.ink, right_sign),
            (right.ink, &other),
        ]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests::assert_looks;
    use crate::report::staging;
    use crate::transcript::{Body, Received};

    fn staged() -> Replay {
        let then = staging::run().transcripts[0].exchanges[0].clone();
        let mut now = then.clone();
        now.number = 3;
        if let Received::Answer(answer) = &mut now.received {
            answer.headers.push("cache-control", "no-store");
            answer.body = Body::from(r#"{"access_token":"token#7","token_type":"Bearer"}"#);
        }
        let mut then = then;
        if let Received::Answer(answer) = &mut then.received {
            answer.body = Body::from(r#"{"access_token":"token#1","token_type":"DPoP"}"#);
        }
        let said = |outcome, actual: Option<&str>| Said {
            credential_issuer: staging::ISSUER.into(),
            run_id: "4bf92f3577b34da6a3ce929d0e0e4736".into(),
            outcome: Some(outcome),
            expected: actual.map(|_| "Cache-Control: no-store".into()),
            actual: actual.map(str::to_owned),
            because: None,
        };
        Replay {
            name: "token/is-uncacheable".into(),
            check: "token/is-uncacheable",
            obligation: "a token response carries Cache-Control with no-store",
            scenario: "one-offer/everything, up to step 1".into(),
            then: said(Outcome::Fail, Some("no Cache-Control")),
            now: said(Outcome::Pass, None),
            exchanges: vec![Pair { then, now: Some(now) }],
            command: None,
        }
    }

    #[test]
    fn side_by_side_where_there_is_room() {
        let text = replay(&staged(), Style { colour: false, width: 100 });
        assert_looks("replay_side_by_side", &text);
        assert!(text.lines().all(|line| columns(line) <= 100), "{text}");
    }

    #[test]
    fn one_under_the_other_where_there_is_none() {
        let text = replay(&staged(), Style { colour: false, width: 80 });
        assert_looks("replay_one_under_the_other", &text);
    }
}
