//! Just enough Markdown: a heading with a word on where the document comes from, and tables.

use std::fmt::Write as _;

/// The head of a generated document.
pub fn head(title: &str, about: &str) -> String {
    format!("<!-- Written by `cargo xtask docs`. Do not edit. -->\n\n# {title}\n\n{about}\n")
}

/// A table. Cells are escaped; write code with [`code`].
pub fn table<const N: usize>(
    columns: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    let mut text = String::from("\n");
    line(&mut text, columns.map(str::to_owned));
    line(&mut text, columns.map(|_| "---".to_owned()));
    for row in rows {
        line(
            &mut text,
            row.map(|cell| cell.replace('|', "\\|").replace('<', "&lt;").replace('\n', " ")),
        );
    }
    text
}

/// Words as code, one after the other.
pub fn code<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ")
}

fn line<const N: usize>(text: &mut String, cells: [String; N]) {
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_in_a_cell_ends_no_column() {
        let text = table(["a", "b"], [["x|<y>".to_owned(), code(["p", "q"])]]);
        assert_eq!(text, "\n| a | b |\n| --- | --- |\n| x\\|&lt;y> | `p` `q` |\n");
    }
}
