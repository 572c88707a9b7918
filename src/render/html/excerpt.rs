//! What is shown of a long content where it is a witness: the lines around the marks.

use super::ink::{Line, Piece};

/// Of more lines only those around a mark are shown.
const SHORT: usize = 18;
/// How many lines are shown before and after a mark.
const AROUND: usize = 3;
/// A word that names more members than this does not mean them all.
const MOST_MARKS: usize = 6;

/// Of many lines those around a mark, or the first; for the others an ellipsis.
pub(super) fn around_marks(lines: Vec<Line>) -> Vec<Line> {
    if lines.len() <= SHORT {
        return lines;
    }
    let marked: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.iter().any(|piece| piece.mark))
        .map(|(index, _)| index)
        .collect();
    let is_near = |index: usize| match marked.as_slice() {
        [] => index + 1 < SHORT,
        marked => marked.iter().any(|mark| mark.abs_diff(index) <= AROUND),
    };
    let mut shown: Vec<Line> = Vec::new();
    let mut skipped = 0;
    let ellipsis = |skipped: usize| vec![Piece::between(format!("⋮ {skipped} lines"))];
    for (index, line) in lines.into_iter().enumerate() {
        if is_near(index) {
            if skipped > 0 {
                shown.push(ellipsis(std::mem::take(&mut skipped)));
            }
            shown.push(line);
        } else {
            skipped += 1;
        }
    }
    if skipped > 0 {
        shown.push(ellipsis(skipped));
    }
    shown
}

/// Which of the members that a word names it means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// Each of a few.
    All,
    /// Of too many the outermost, at this depth, where those are few.
    AtDepth(usize),
    /// None that could be told.
    None,
}

impl Meant {
    /// What is meant by a word that names the members with these paths.
    pub(super) fn of(paths: &[String]) -> Self {
        let outermost = paths.iter().map(|path| depth_of(path)).min().unwrap_or_default();
        let there = paths.iter().filter(|path| depth_of(path) == outermost).count();
        match (paths.len(), there) {
            (..=MOST_MARKS, _) => Self::All,
            (_, ..=MOST_MARKS) => Self::AtDepth(outermost),
            _ => Self::None,
        }
    }

    pub(super) fn includes(&self, path: &str) -> bool {
        match self {
            Self::All => true,
            Self::AtDepth(depth) => depth_of(path) == *depth,
            Self::None => false,
        }
    }
}

fn depth_of(path: &str) -> usize {
    path.matches('.').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_content_is_shown_around_its_marks() {
        let line = |index: usize| vec![Piece::key(index.to_string(), index == 50)];
        let text = |lines: Vec<Line>| -> Vec<String> {
            lines.into_iter().flatten().map(|piece| piece.text).collect()
        };
        let shown = text(around_marks((0..100).map(line).collect()));
        assert_eq!(shown, ["⋮ 47 lines", "47", "48", "49", "50", "51", "52", "53", "⋮ 46 lines"]);
        assert_eq!(text(around_marks((0..18).map(line).collect())).len(), 18);
        let unmarked = text(around_marks((0..40).map(line).collect()));
        assert_eq!(unmarked.last().map(String::as_str), Some("⋮ 23 lines"));
    }

    #[test]
    fn a_word_that_names_too_many_members_means_the_outermost() {
        let few = ["display".to_owned(), "a.display".to_owned()];
        assert_eq!(Meant::of(&few), Meant::All);
        let many = vec!["a.display".to_owned(); 9];
        assert_eq!(Meant::of(&many), Meant::None);
        assert_eq!(Meant::of(&[many, vec!["display".to_owned()]].concat()), Meant::AtDepth(0));
    }
}
