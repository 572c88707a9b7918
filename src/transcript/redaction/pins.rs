//! Transaction Codes of a few digits, which look like any other number.
//!
//! A code such as `3600` is also how long a token lives. Where the protocol puts codes they are
//! found by place; by value they are only looked for where a number cannot be anything else:
//!
//! 1. it is a whole string in quotation marks, or the whole value of a parameter of a form or query;
//! 2. what stands before it names it: `tx_code=3600`, `the PIN is 3600`;
//! 3. it is echoed: the issuer said it in a sentence (a string with blanks in an answer that is no
//!    public document, a challenge, an answer that is no JSON), and the words around it are those.
//!
//! JSON numbers, header fields that are a number, and parts of other values are left alone.

use std::collections::HashMap;

use super::scrubber::is_whole_word;

/// Codes of fewer digits are not looked for by value.
const FEWEST: usize = 4;
/// Numbers of more digits are unlikely to be anything but a secret.
const TOO_MANY: usize = 12;
/// How many bytes around an echo tell it from other numbers.
const AROUND: usize = 12;
/// How many bytes before a number may say that it is a code.
const BEFORE: usize = 40;
/// What codes are called, in lower case.
const NAMES: &[&str] = &["code", "code_value", "pin", "otp"];
/// Whose codes are others.
const OTHER_CODES: &[&str] =
    &["status", "error", "http", "reason", "exit", "response", "postal", "zip", "country"];
/// What may stand between a name and the number: punctuation, blanks, the same percent-encoded.
const BETWEEN: &[&str] = &["%3d", "%3a", "%22", "%27", "%20", "+is", " is", " was", "+", "\\"];
/// What stands around a sentence that is quoted.
const QUOTED: [&str; 2] = ["(", ")"];
/// What makes a number a quantity.
const UNITS: &[&str] = &["s", "sec", "ms", "second", "minute", "hour", "day", "byte", "octet", "%"];

/// The codes of a run that are a few digits, with what stands for each.
#[derive(Clone, Debug, Default)]
pub(super) struct Pins {
    names: HashMap<String, String>,
    /// What stands before and after each echo.
    echoes: HashMap<String, Vec<(String, String)>>,
}

/// What a text is, and thereby what a number in it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// A string of its own: it may be nothing but the code.
    Value,
    /// A form or a query: the value of a parameter may be.
    Pairs,
    /// Any other text.
    Text,
}

impl Pins {
    /// Whether a code is one that looks like any other number.
    pub(super) fn is_one(value: &str) -> bool {
        (FEWEST..TOO_MANY).contains(&value.len()) && value.bytes().all(|one| one.is_ascii_digit())
    }

    /// Takes note of a code and of what stands for it.
    pub(super) fn learn(&mut self, code: &str, name: &str) {
        self.names.insert(code.to_owned(), name.to_owned());
    }

    /// Takes note of what the issuer says around each code in a sentence of its own.
    pub(super) fn learn_echoes(&mut self, sentence: &str) {
        for (at, code) in numbers(sentence) {
            if !self.names.contains_key(code) || is_quantity(sentence, at + code.len()) {
                continue;
            }
            let mut around = around(sentence, at, code.len());
            if around.0.is_empty() && around.1.is_empty() {
                // Whatever quotes a sentence that is nothing else has it in parentheses.
                around = QUOTED.map(str::to_owned).into();
            }
            let known = self.echoes.entry(code.to_owned()).or_default();
            if !known.contains(&around) {
                known.push(around);
            }
        }
    }

    /// Whether it is one of them.
    pub(super) fn knows(&self, value: &str) -> bool {
        self.names.contains_key(value)
    }

    /// Whether a member or a field of that name holds a code.
    pub(super) fn are_called(name: &str) -> bool {
        is_named(name)
    }

    /// Whether there is anything to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The text without codes.
    pub(super) fn scrub(&self, text: &str, setting: Setting) -> String {
        let mut scrubbed = String::with_capacity(text.len());
        let mut rest = 0;
        for (at, code) in numbers(text) {
            let Some(name) = self.names.get(code) else { continue };
            let end = at + code.len();
            if self.is_code(text, at, code, setting) {
                let before = text.get(rest..at).unwrap_or_default();
                let quote = quote(text.get(..at).unwrap_or_default());
                scrubbed.extend([before, quote, name.as_str(), quote]);
                rest = end;
            }
        }
        scrubbed.push_str(text.get(rest..).unwrap_or_default());
        scrubbed
    }

    fn is_code(&self, text: &str, at: usize, code: &str, setting: Setting) -> bool {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + code.len()..).unwrap_or_default();
        let is_quoted = before.ends_with('"') && after.trim_start_matches('\\').starts_with('"');
        let is_whole = match setting {
            Setting::Value => before.is_empty() && after.is_empty(),
            Setting::Pairs => {
                before.ends_with('=') && (after.is_empty() || after.starts_with(['&', '#']))
            }
            Setting::Text => false,
        };
        is_quoted || is_whole || is_named(before) || self.is_echo(before, after, code)
    }

    fn is_echo(&self, before: &str, after: &str, code: &str) -> bool {
        let echoes = self.echoes.get(code).into_iter().flatten();
        echoes.into_iter().any(|(earlier, later)| {
            if QUOTED == [earlier, later] {
                return before.ends_with(earlier.as_str()) && after.starts_with(later.as_str());
            }
            // A sentence may have been cut short behind the code, or quoted from the code on.
            match earlier.is_empty() {
                false => before.ends_with(earlier.as_str()),
                true => after.starts_with(later.as_str()),
            }
        })
    }
}

/// Every number of the right length that is a word of its own, with its place.
fn numbers(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let found = text.get(from..)?.find(|one: char| one.is_ascii_digit())?;
            // The digits of a percent-encoded octet are none of the number behind it.
            let octets = text.as_bytes();
            let mut at = from + found;
            if at > 0 && octets.get(at - 1) == Some(&b'%') {
                at += 2;
            }
            let length = text
                .get(at..)
                .map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
            from = (at + length).max(from + found + 1);
            while from < text.len() && !text.is_char_boundary(from) {
                from += 1;
            }
            if (FEWEST..TOO_MANY).contains(&length) && is_whole_word(text, at, length) {
                return Some((at, text.get(at..at + length)?));
            }
        }
    })
}

/// Whether what stands before a number says that it is a code.
fn is_named(before: &str) -> bool {
    let start = before.len().saturating_sub(BEFORE);
    let start = (start..=before.len()).find(|at| before.is_char_boundary(*at)).unwrap_or_default();
    let tail = before.get(start..).unwrap_or_default().to_lowercase();
    let mut tail = tail.as_str();
    loop {
        let shorter = tail.trim_end_matches([' ', '"', '\'', '=', ':', '(', '`']);
        let shorter = BETWEEN.iter().find_map(|end| shorter.strip_suffix(end)).unwrap_or(shorter);
        if shorter == tail {
            break;
        }
        tail = shorter;
    }
    let named = NAMES.iter().find_map(|name| tail.strip_suffix(name));
    named.is_some_and(|owner| {
        let owner = owner.trim_end_matches([' ', '_', '-']);
        !OTHER_CODES.iter().any(|other| owner.ends_with(other))
    })
}

/// What a name needs around it to stand in the place of a JSON number.
fn quote(before: &str) -> &'static str {
    let before = before.trim_end();
    if before.ends_with("\\\":") {
        "\\\""
    } else if before.ends_with("\":") {
        "\""
    } else {
        ""
    }
}

/// Whether the number before this place counts something.
fn is_quantity(text: &str, end: usize) -> bool {
    let after = text.get(end..).unwrap_or_default().trim_start_matches(' ');
    let word = after.split(|one: char| !one.is_alphanumeric() && one != '%').next();
    let word = word.unwrap_or_default().to_lowercase();
    UNITS.iter().any(|unit| word == *unit || word.strip_suffix('s') == Some(unit))
}

/// The bytes before a number, and those behind it.
fn around(text: &str, at: usize, length: usize) -> (String, String) {
    let first = at.saturating_sub(AROUND);
    let first = (first..=at).find(|one| text.is_char_boundary(*one)).unwrap_or(at);
    let end = at + length;
    let last = (end + AROUND).min(text.len());
    let last = (end..=last).rev().find(|one| text.is_char_boundary(*one)).unwrap_or(end);
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
    (part(first..at), part(end..last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pins() -> Pins {
        let mut pins = Pins::default();
        pins.learn("3600", "tx-code#8");
        pins
    }

    #[test]
    fn a_number_elsewhere_stays() {
        for text in [
            "expires_in is 3600",
            "max-age=3600",
            "expected a lifetime of at most 3600 s, found 3600",
            r#"{"expires_in":3600,"interval": 3600}"#,
            "https://issuer.example:3600/offers/3600",
            "status code 3600",
            r#"{"error_code":3600,"statusCode": 3600}"#,
            "code-3600 and 36001 and 13600",
        ] {
            assert_eq!(pins().scrub(text, Setting::Text), text);
        }
    }

    #[test]
    fn a_code_by_name_or_by_itself_goes() {
        for (text, scrubbed) in [
            ("tx_code=3600&x=3600", "tx_code=tx-code#8&x=3600"),
            (r#"{"user_pin": 3600}"#, r#"{"user_pin": "tx-code#8"}"#),
            (r#"{\"pin\":3600}"#, r#"{\"pin\":\"tx-code#8\"}"#),
            (r#"{"other":"3600"}"#, r#"{"other":"tx-code#8"}"#),
            (r#"{\"other\":\"3600\"}"#, r#"{\"other\":\"tx-code#8\"}"#),
            ("The PIN is '3600'.", "The PIN is 'tx-code#8'."),
            ("tx_code%3D3600", "tx_code%3Dtx-code#8"),
            ("transaction code 3600", "transaction code tx-code#8"),
        ] {
            assert_eq!(pins().scrub(text, Setting::Text), scrubbed);
        }
        assert_eq!(pins().scrub("3600", Setting::Value), "tx-code#8");
        assert_eq!(pins().scrub("3600", Setting::Text), "3600");
        assert_eq!(pins().scrub("a=3600&b=36", Setting::Pairs), "a=tx-code#8&b=36");
    }

    #[test]
    fn an_echo_goes_wherever_it_is_repeated() {
        let mut pins = pins();
        pins.learn_echoes("Überprüfung: 3600 passt nicht");
        pins.learn_echoes("3600 does not match");
        pins.learn_echoes("the token lives 3600 seconds");
        pins.learn_echoes("3600");
        for (text, scrubbed) in [
            ("400 (Überprüfung: 3600 passt", "400 (Überprüfung: tx-code#8 passt"),
            ("3600 does not match", "tx-code#8 does not match"),
            ("the token lives 3600 seconds", "the token lives 3600 seconds"),
            ("400 invalid_grant (3600)", "400 invalid_grant (tx-code#8)"),
            ("a lifetime (3600 s)", "a lifetime (3600 s)"),
            ("error_description=PIN+3600+wrong", "error_description=PIN+tx-code#8+wrong"),
            ("expires_in 3600", "expires_in 3600"),
        ] {
            assert_eq!(pins.scrub(text, Setting::Text), scrubbed);
        }
    }
}
