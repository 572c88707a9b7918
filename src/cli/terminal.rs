//! The terminal: what goes to standard output and standard error, in colour only where somebody
//! sees it.

use std::io::{IsTerminal as _, Write as _};

use crate::render::Style;

/// Prints a result on standard output.
pub fn result(text: &str) {
    let mut out = std::io::stdout().lock();
    // A reader that went away has seen enough.
    let _ = out.write_all(text.as_bytes());
    if !text.ends_with('\n') {
        let _ = out.write_all(b"\n");
    }
    let _ = out.flush();
}

/// Prints a remark on standard error.
pub fn remark(text: &str) {
    // A reader that went away has seen enough, here and below.
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Prints what went wrong on standard error.
pub fn problem(text: &str) {
    let red = anstyle::Style::new().bold().fg_color(Some(anstyle::AnsiColor::Red.into()));
    let _ = writeln!(anstream::stderr(), "{red}error{red:#}: {text}");
}

/// How a text for standard error or output is dressed.
pub fn style(to_stdout: bool) -> Style {
    let stream = if to_stdout {
        anstream::AutoStream::choice(&std::io::stdout())
    } else {
        anstream::AutoStream::choice(&std::io::stderr())
    };
    Style { colour: stream != anstream::ColorChoice::Never, width: 80 }
}

/// As wide as the terminal is that standard output goes to; 80 columns where it goes elsewhere.
pub fn width() -> usize {
    terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0))
}

/// Prints a report that may be coloured already.
pub fn report(text: &str, to_stdout: bool) {
    if to_stdout {
        result(text);
    } else {
        let _ = std::io::stderr().write_all(text.as_bytes());
    }
}

/// Asks for a line on the terminal; none where there is nobody to ask.
pub fn ask(question: &str) -> Option<String> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return None;
    }
    let _ = write!(std::io::stderr(), "{question} ");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).ok()?;
    let line = line.trim();
    (!line.is_empty()).then(|| line.to_owned())
}
