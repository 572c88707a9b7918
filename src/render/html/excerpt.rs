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

/// How deep members are marked: where a word stands for too many, the outermost are meant.
pub(super) fn deepest(marked: &[String]) -> usize {
    let outermost = marked.iter().map(|path| depth_of(path)).min();
    outermost.filter(|_| marked.len() > MOST_MARKS).unwrap_or(usize::MAX)
}

/// How many members a path leads through.
pub(super) fn depth_of(path: &str) -> usize {
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
        assert_eq!(deepest(&few), usize::MAX);
        let many: Vec<String> = (0..9).map(|index| format!("{index}.display")).collect();
        assert_eq!(deepest(&[many, vec!["display".to_owned()]].concat()), 0);
    }
}
