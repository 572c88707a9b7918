//! A message body as it was on the wire (after content decoding).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The octets of a message. Text stays legible in a saved run, anything else is base64url.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// No octets.
    #[default]
    Empty,
    /// Octets that are valid UTF-8.
    Text(String),
    /// Octets that are not valid UTF-8, in base64url without padding.
    Binary(String),
}

impl Body {
    /// Keeps `octets` in the most legible form that loses nothing.
    pub fn from_octets(octets: Vec<u8>) -> Self {
        use base64::Engine as _;
        if octets.is_empty() {
            return Self::Empty;
        }
        match String::from_utf8(octets) {
            Ok(text) => Self::Text(text),
            Err(error) => Self::Binary(
                base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(error.as_bytes()),
            ),
        }
    }

    /// The body as text, the empty string when there is none, `None` when it is not UTF-8.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Empty => Some(""),
            Self::Text(text) => Some(text),
            Self::Binary(_) => None,
        }
    }

    /// The octets themselves.
    pub fn octets(&self) -> Vec<u8> {
        use base64::Engine as _;
        match self {
            Self::Empty => Vec::new(),
            Self::Text(text) => text.clone().into_bytes(),
            Self::Binary(encoded) => {
                base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(encoded).unwrap_or_default()
            }
        }
    }

    /// The body as JSON, if it is JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_str(self.text()?).ok()
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Self::from_octets(text.as_bytes().to_vec())
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::from_octets(text.into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_legible_and_other_octets_survive() {
        assert_eq!(Body::from_octets(Vec::new()), Body::Empty);
        assert_eq!(Body::from("{}").json(), Some(serde_json::json!({})));
        assert_eq!(Body::from_octets(vec![0xff, 0x00]), Body::Binary("_wA".to_owned()));
    }
}
