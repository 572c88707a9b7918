//! Lines put beside those that say the same.

/// More lines are not compared, only shown.
const MOST: usize = 400;

/// A line of each side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row<'a> {
    /// Both say the same, but for the numbers of pseudonyms, which are those of their run.
    Same(&'a str, &'a str),
    /// They differ, or one side has none.
    Other(Option<&'a str>, Option<&'a str>),
}

/// Aligns two texts by their longest common lines.
pub(super) fn align<'a>(then: &'a [String], now: &'a [String]) -> Vec<Row<'a>> {
    let then = then.get(..MOST).unwrap_or(then);
    let now = now.get(..MOST).unwrap_or(now);
    let keys = |lines: &[String]| lines.iter().map(|line| key(line)).collect::<Vec<_>>();
    let common = common(&keys(then), &keys(now));
    let (mut rows, mut left, mut right) = (Vec::new(), 0, 0);
    for (one, other) in common.into_iter().chain([(then.len(), now.len())]) {
        let gone = then.get(left..one).unwrap_or_default();
        let new = now.get(right..other).unwrap_or_default();
        for index in 0..gone.len().max(new.len()) {
            let line = |lines: &'a [String]| lines.get(index).map(String::as_str);
            rows.push(Row::Other(line(gone), line(new)));
        }
        if let (Some(then), Some(now)) = (then.get(one), now.get(other)) {
            rows.push(Row::Same(then, now));
        }
        (left, right) = (one + 1, other + 1);
    }
    rows
}

/// `token#7` is to one run what `token#1` is to another.
fn key(line: &str) -> String {
    let mut parts = line.split('#');
    let mut key = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let after_name = key.ends_with(|one: char| one.is_ascii_lowercase());
        key.push('#');
        key.push_str(match after_name {
            true => part.trim_start_matches(|one: char| one.is_ascii_digit()),
            false => part,
        });
    }
    key
}

/// The places of the longest common subsequence.
fn common(one: &[String], other: &[String]) -> Vec<(usize, usize)> {
    let width = other.len() + 1;
    let mut lengths = vec![0_usize; (one.len() + 1) * width];
    let at = |lengths: &[usize], row: usize, column: usize| {
        lengths.get(row * width + column).copied().unwrap_or(0)
    };
    for row in (0..one.len()).rev() {
        for column in (0..other.len()).rev() {
            let length = if one.get(row) == other.get(column) {
                at(&lengths, row + 1, column + 1) + 1
            } else {
                at(&lengths, row + 1, column).max(at(&lengths, row, column + 1))
            };
            if let Some(place) = lengths.get_mut(row * width + column) {
                *place = length;
            }
        }
    }
    let (mut found, mut row, mut column) = (Vec::new(), 0, 0);
    while row < one.len() && column < other.len() {
        if one.get(row) == other.get(column) {
            found.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if at(&lengths, row + 1, column) >= at(&lengths, row, column + 1) {
            row += 1;
        } else {
            column += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_stands_side_by_side() {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let (then, now) = (lines("a\nb\ntoken#1\nd"), lines("a\ntoken#7\nc\nd"));
        assert_eq!(
            align(&then, &now),
            [
                Row::Same("a", "a"),
                Row::Other(Some("b"), None),
                Row::Same("token#1", "token#7"),
                Row::Other(None, Some("c")),
                Row::Same("d", "d"),
            ]
        );
        assert_eq!(align(&then, &[]).len(), 4);
        assert_eq!(key("#12345b, token#12, \"x\""), "#12345b, token#, \"x\"");
    }
}
