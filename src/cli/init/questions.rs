//! Questions on a terminal: plain lines, the default in brackets. Nothing is written before the
//! last is answered, so that Ctrl-C leaves nothing behind.

use crate::cli::terminal;

/// Somebody to ask, or nobody.
#[derive(Clone, Copy, Debug)]
pub struct Questions {
    may_ask: bool,
}

impl Questions {
    /// Asks where there is a terminal, if it may.
    pub fn new(may_ask: bool) -> Self {
        Self { may_ask }
    }

    /// An answer; none where nobody is there, or nothing was typed.
    pub fn ask(&self, question: &str) -> Option<String> {
        if self.may_ask { terminal::ask(question) } else { None }
    }

    /// One of some names; the default where nobody is there, or nothing was typed. Something else
    /// is asked again, three times.
    pub fn choose<'a>(&self, question: &str, names: &[&'a str], default: &'a str) -> &'a str {
        let question = format!("{question} ({}) [{default}]:", names.join(", "));
        for _ in 0..3 {
            let Some(answer) = self.ask(&question) else { return default };
            if let Some(name) = names.iter().find(|name| **name == answer) {
                return name;
            }
            terminal::remark(&format!("  expected one of {}", names.join(", ")));
        }
        default
    }
}
