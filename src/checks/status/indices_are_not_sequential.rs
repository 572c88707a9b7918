//! Indices in a row tell how many credentials were issued, and which of them together.

use super::every_entry::{Entry, all};
use crate::checks::{Breach, Check, Finding, Judge, Level, Profile, applicability};
use crate::transcript::Run;

pub static CHECK: Check = Check {
    id: "status/indices-are-not-sequential",
    aliases: &[],
    since: "2026.3",
    title: "indices are not handed out in a row",
    level: Level::Should,
    raised_by: &[Profile::Haip],
    applies: applicability::always,
    spec: &["tsl#section-12.5.1", "haip#sd-jwt-vc"],
    obligation: "the indices of three or more credentials in one status list are no arithmetic progression",
    doc: "With a counter, the credentials of one batch are neighbours, and whoever sees two of them at \
          different verifiers can tell; and the highest index tells how many were issued. Draw a \
          random index among those that are free, or walk the list in an order that a key decides.\n\n\
          Judged are the credentials of one response, and those that one scenario was issued one \
          after the other. Four or more at the same distance from each other warn, and so do three \
          where it happens again; a single three may be chance. HAIP 1.0 demands indices that cannot be predicted.",
    judge: Judge::Run(indices_are_not_sequential),
};

/// Fewer indices are always at the same distance.
const LEAST: usize = 3;

fn indices_are_not_sequential(run: &Run) -> Finding {
    let too_few = "no three credentials that came together refer to one status list";
    let entries = match all(run, LEAST, too_few) {
        Ok(entries) => entries,
        Err(finding) => return finding,
    };
    let groups = groups(&entries);
    if groups.is_empty() {
        return Finding::Exempt(too_few);
    }
    let in_order = |group: &&Vec<&Entry>| progression(&indices(group)).is_some();
    let ordered: Vec<&Vec<&Entry>> = groups.iter().filter(in_order).collect();
    let is_chance = ordered.len() < 2 && ordered.iter().all(|group| group.len() == LEAST);
    let Some(group) = ordered.first().filter(|_| !is_chance) else { return Finding::Holds };
    let indices = indices(group);
    let step = progression(&indices).unwrap_or_default();
    let shown: Vec<String> = indices.iter().take(6).map(u64::to_string).collect();
    let place = group.first().map(|entry| entry.place()).unwrap_or_default();
    let actual = format!("{}: each {step} further ({place})", shown.join(", "));
    let breach = Breach::new("indices in no order", actual);
    // An SD-JWT has tildes, and no other credential does.
    match group.iter().any(|entry| entry.credential.contains('~')) {
        true => Finding::Breaks(breach),
        false => Finding::Warns(breach, "the profile speaks of SD-JWT VCs"),
    }
}

fn indices(group: &[&Entry]) -> Vec<u64> {
    group.iter().map(|entry| entry.reference.index).collect()
}

/// Entries of one list that were handed out one after the other: those of a response, and those of
/// a scenario's responses with one credential each.
fn groups(entries: &[Entry]) -> Vec<Vec<&Entry>> {
    let of_one_response = |one: &Entry, other: &Entry| {
        one.scenario == other.scenario && one.exchange == other.exchange
    };
    let responses: Vec<&[Entry]> = entries.chunk_by(of_one_response).collect();
    let mut groups: Vec<Vec<&Entry>> = Vec::new();
    for response in &responses {
        groups.extend(by_list(response.iter()));
    }
    let alone: Vec<&Entry> = responses
        .iter()
        .filter(|response| response.len() == 1)
        .flat_map(|one| one.iter())
        .collect();
    for scenario in alone.chunk_by(|one, other| one.scenario == other.scenario) {
        groups.extend(by_list(scenario.iter().copied()));
    }
    groups.retain(|group| group.len() >= LEAST);
    groups
}

fn by_list<'e>(entries: impl Iterator<Item = &'e Entry>) -> Vec<Vec<&'e Entry>> {
    let mut lists: Vec<Vec<&Entry>> = Vec::new();
    for entry in entries {
        let same = |list: &&mut Vec<&Entry>| {
            list.first().is_some_and(|first| first.reference.uri == entry.reference.uri)
        };
        match lists.iter_mut().find(same) {
            Some(list) => list.push(entry),
            None => lists.push(vec![entry]),
        }
    }
    lists
}

/// The distance, where it is the same between all neighbours and not nothing.
fn progression(indices: &[u64]) -> Option<i128> {
    let mut steps = indices.windows(2).map(|pair| match pair {
        [one, other] => i128::from(*other) - i128::from(*one),
        _ => 0,
    });
    let first = steps.next()?;
    (first != 0 && steps.all(|step| step == first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::credentials::issued;
    use crate::checks::staging::status::{and_issued, elsewhere, paper, paper_at};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::checks::{Outcome, Policy, Profile, Profiles};

    fn batch(indices: [u64; 4]) -> Stage {
        let [one, two, three, four] = indices;
        issued(&[paper(1, one), paper(2, two), paper(3, three), paper(4, four)])
    }

    #[test]
    fn no_order_holds() {
        assert_holds(&super::CHECK, &batch([9, 4, 700, 30]));
    }

    #[test]
    fn a_counter_warns_and_fails_where_the_profile_demands_more() {
        assert_breaks(&super::CHECK, &batch([7, 8, 9, 10]), "7, 8, 9, 10: each 1 further");
        assert_outcome(&super::CHECK, &batch([90, 60, 30, 0]), Outcome::Warn);
        let haip = Policy { profiles: Profiles::of([Profile::Haip]), ..Policy::default() };
        assert_outcome(&super::CHECK, &batch([7, 8, 9, 10]).policy(haip), Outcome::Fail);
    }

    #[test]
    fn credentials_that_came_one_by_one_are_looked_at_together() {
        let one_by_one = and_issued(and_issued(issued(&[paper(1, 7)]), 8), 9);
        assert_breaks(&super::CHECK, &and_issued(one_by_one, 10), "7, 8, 9, 10");
        let may_be_chance = and_issued(and_issued(issued(&[paper(1, 7)]), 8), 9);
        assert_holds(&super::CHECK, &may_be_chance);
    }

    #[test]
    fn fewer_than_three_in_a_list_show_nothing() {
        let other = paper_at(3, &elsewhere("2"), 9);
        let two = issued(&[paper(1, 7), paper(2, 8), other]);
        assert_outcome(&super::CHECK, &two, Outcome::NotApplicable);
    }
}
