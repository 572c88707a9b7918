//! Error codes and challenges: which are registered, and how they are written.

/// Error codes of the Token Endpoint (RFC 6749 5.2, RFC 9449 5 and 8, RFC 9396 5,
/// OpenID4VCI 6.3).
pub const TOKEN_CODES: &[&str] = &[
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "invalid_dpop_proof",
    "use_dpop_nonce",
    "invalid_authorization_details",
    "invalid_target",
];

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

/// The value of an attribute in a `WWW-Authenticate` field, quoted or not. A field may carry
/// several challenges: the first that has the attribute counts.
pub fn challenge_attribute(field: &str, name: &str) -> Option<String> {
    outside_quotes(field).into_iter().find_map(|item| {
        let (before, value) = item.split_once('=')?;
        // The first attribute of a challenge stands behind the scheme.
        let attribute = before.split_whitespace().next_back()?;
        attribute.eq_ignore_ascii_case(name).then(|| {
            let value = value.trim();
            let quoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            quoted.unwrap_or(value).to_owned()
        })
    })
}

/// The items of a list separated by commas that stand outside quoted strings.
fn outside_quotes(field: &str) -> Vec<&str> {
    let (mut items, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, character) in field.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => {
                items.push(field.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(field.get(start..).unwrap_or_default());
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_attribute_is_found_behind_others() {
        let field = r#"DPoP algs="ES256", error_description="x error=y", error="invalid_token""#;
        assert_eq!(challenge_attribute(field, "error").as_deref(), Some("invalid_token"));
        let field = r#"DPoP error="use_dpop_nonce", error_description="nonce""#;
        assert_eq!(challenge_attribute(field, "error").as_deref(), Some("use_dpop_nonce"));
        assert_eq!(challenge_attribute("Bearer", "error"), None);
        assert_eq!(
            challenge_attribute("Bearer error = invalid_token", "error").as_deref(),
            Some("invalid_token")
        );
    }

    #[test]
    fn quotes_backslashes_and_umlauts_are_not_printable() {
        assert!(is_printable("the code is used up"));
        for text in ["\"", "\\", "ü", "\n"] {
            assert!(!is_printable(text), "{text:?}");
        }
    }
}
