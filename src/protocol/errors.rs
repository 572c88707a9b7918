//! Error codes and challenges: which are registered, and how they are written.

/// Error codes of the Credential Endpoint (OpenID4VCI 8.3.1.2).
pub const CREDENTIAL_CODES: &[&str] = &[
    "invalid_credential_request",
    "unknown_credential_configuration",
    "unknown_credential_identifier",
    "invalid_proof",
    "invalid_nonce",
    "invalid_encryption_parameters",
    "credential_request_denied",
];

/// Codes that drafts before 1.0 Final used at the Credential Endpoint.
pub const FORMER_CREDENTIAL_CODES: &[&str] = &[
    "unsupported_credential_type",
    "unsupported_credential_format",
    "issuance_pending",
    "invalid_or_missing_proof",
];

/// Whether a text keeps to the characters allowed in `error` and `error_description`:
/// %x20-21, %x23-5B, %x5D-7E (RFC 6749 5.2).
pub fn is_printable(text: &str) -> bool {
    text.bytes().all(|octet| matches!(octet, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e))
}

/// One challenge of a `WWW-Authenticate` field (RFC 9110 11.6.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Challenge {
    /// The authentication scheme as written; empty where the field begins with an attribute.
    pub scheme: String,
    /// The attributes in order, names as written, values without their quotes.
    pub attributes: Vec<(String, String)>,
}

impl Challenge {
    /// The first value of an attribute; names compare without regard to case.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// The challenges of a `WWW-Authenticate` field. Lenient: a word that is no attribute begins the
/// next challenge, whatever separates them.
pub fn challenges(field: &str) -> Vec<Challenge> {
    let mut challenges: Vec<Challenge> = Vec::new();
    let mut rest = field;
    while let Some(start) = rest.find(is_word) {
        let from_word = rest.get(start..).unwrap_or_default();
        let end = from_word.find(|character| !is_word(character)).unwrap_or(from_word.len());
        let (word, after) = from_word.split_at(end);
        let Some(value) = after.trim_start().strip_prefix('=') else {
            challenges.push(Challenge { scheme: word.to_owned(), attributes: Vec::new() });
            rest = after;
            continue;
        };
        let (value, after) = attribute_value(value.trim_start());
        if challenges.is_empty() {
            challenges.push(Challenge::default());
        }
        if let Some(challenge) = challenges.last_mut() {
            challenge.attributes.push((word.to_owned(), value));
        }
        rest = after;
    }
    challenges
}

/// The value that a text begins with, and what follows it.
fn attribute_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text
            .find(|character: char| character == ',' || character.is_whitespace())
            .unwrap_or(text.len());
        let (value, after) = text.split_at(end);
        return (value.to_owned(), after);
    };
    let mut value = String::new();
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => break,
            '\\' => value.extend(characters.next()),
            other => value.push(other),
        }
    }
    (value, characters.as_str())
}

/// Whether a character can stand in a scheme or in the name of an attribute.
fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~/".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(field: &str) -> Option<String> {
        challenges(field).first()?.attribute("error").map(str::to_owned)
    }

    #[test]
    fn the_error_attribute_is_found_behind_others() {
        let field = r#"DPoP algs="ES256", error_description="x error=y", error="invalid_token""#;
        assert_eq!(error(field).as_deref(), Some("invalid_token"));
        let field = r#"DPoP error="use_dpop_nonce", error_description="nonce""#;
        assert_eq!(error(field).as_deref(), Some("use_dpop_nonce"));
        assert_eq!(error("Bearer"), None);
        assert_eq!(error("Bearer error = invalid_token").as_deref(), Some("invalid_token"));
    }

    #[test]
    fn challenges_keep_their_own_attributes() {
        let field = r#"Bearer error="invalid_token", error_description="a \"b\", c", DPoP algs="ES256 PS256", nonsense"#;
        let found = challenges(field);
        let schemes: Vec<&str> = found.iter().map(|one| one.scheme.as_str()).collect();
        assert_eq!(schemes, ["Bearer", "DPoP", "nonsense"]);
        let of = |index: usize, name: &str| found.get(index)?.attribute(name).map(str::to_owned);
        assert_eq!(of(0, "Error_Description").as_deref(), Some(r#"a "b", c"#));
        assert_eq!(of(1, "algs").as_deref(), Some("ES256 PS256"));
        assert_eq!(of(1, "error"), None);
        for nonsense in ["", "=", "\"", "a=\"", "ü=1, =\\"] {
            challenges(nonsense);
        }
    }

    #[test]
    fn quotes_backslashes_and_umlauts_are_not_printable() {
        assert!(is_printable("the code is used up"));
        for text in ["\"", "\\", "ü", "\n"] {
            assert!(!is_printable(text), "{text:?}");
        }
    }
}
