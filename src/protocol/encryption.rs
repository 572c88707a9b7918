//! What messages are encrypted with: what the metadata offer (OpenID4VCI 12.2.4), and what a
//! request asks for (8.2).

use serde_json::Value;

/// A lens over `credential_request_encryption` of the metadata.
#[derive(Clone, Copy, Debug)]
pub struct RequestEncryption<'a>(&'a Value);

impl<'a> RequestEncryption<'a> {
    /// Looks at a JSON document.
    pub fn new(json: &'a Value) -> Self {
        Self(json)
    }

    /// The document itself.
    pub fn json(&self) -> &'a Value {
        self.0
    }

    /// The entries of `jwks.keys`, whatever they are.
    pub fn keys(&self) -> &'a [Value] {
        self.0.pointer("/jwks/keys").and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The strings of `enc_values_supported`.
    pub fn content_encryptions(&self) -> Vec<&'a str> {
        strings(self.0, "enc_values_supported")
    }

    /// The strings of `zip_values_supported`.
    pub fn compressions(&self) -> Vec<&'a str> {
        strings(self.0, "zip_values_supported")
    }

    /// Whether `encryption_required` is true.
    pub fn is_required(&self) -> bool {
        is_required(self.0)
    }
}

/// A lens over `credential_response_encryption` of the metadata.
#[derive(Clone, Copy, Debug)]
pub struct ResponseEncryption<'a>(&'a Value);

impl<'a> ResponseEncryption<'a> {
    /// Looks at a JSON document.
    pub fn new(json: &'a Value) -> Self {
        Self(json)
    }

    /// The document itself.
    pub fn json(&self) -> &'a Value {
        self.0
    }

    /// The strings of `alg_values_supported`.
    pub fn algorithms(&self) -> Vec<&'a str> {
        strings(self.0, "alg_values_supported")
    }

    /// The strings of `enc_values_supported`.
    pub fn content_encryptions(&self) -> Vec<&'a str> {
        strings(self.0, "enc_values_supported")
    }

    /// The strings of `zip_values_supported`.
    pub fn compressions(&self) -> Vec<&'a str> {
        strings(self.0, "zip_values_supported")
    }

    /// Whether `encryption_required` is true.
    pub fn is_required(&self) -> bool {
        is_required(self.0)
    }
}

/// A lens over `credential_response_encryption` of a request: how the answer is to be encrypted.
#[derive(Clone, Copy, Debug)]
pub struct WantedEncryption<'a>(&'a Value);

impl<'a> WantedEncryption<'a> {
    /// Looks at a JSON document.
    pub fn new(json: &'a Value) -> Self {
        Self(json)
    }

    /// A member of `jwk` that is a string.
    pub fn of_key(&self, member: &str) -> Option<&'a str> {
        self.0.get("jwk")?.get(member)?.as_str()
    }

    /// `enc`.
    pub fn content_encryption(&self) -> Option<&'a str> {
        self.0.get("enc")?.as_str()
    }

    /// `zip`.
    pub fn compression(&self) -> Option<&'a str> {
        self.0.get("zip")?.as_str()
    }
}

fn strings<'a>(json: &'a Value, member: &str) -> Vec<&'a str> {
    let values = json.get(member).and_then(Value::as_array);
    values.map(|values| values.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

fn is_required(json: &Value) -> bool {
    json.get("encryption_required") == Some(&Value::Bool(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nonsense_offers_nothing() {
        for json in [json!(null), json!([]), json!({"jwks": [], "enc_values_supported": "A"})] {
            let request = RequestEncryption::new(&json);
            assert!(request.keys().is_empty() && request.content_encryptions().is_empty());
            assert!(!request.is_required() && !ResponseEncryption::new(&json).is_required());
            assert_eq!(WantedEncryption::new(&json).of_key("alg"), None);
        }
    }

    #[test]
    fn what_is_there_is_seen() {
        let json = json!({"jwks": {"keys": [{"kid": "a"}, 1]}, "alg_values_supported": ["ECDH-ES"],
            "enc_values_supported": ["A128GCM", 7], "zip_values_supported": ["DEF"],
            "encryption_required": true});
        let request = RequestEncryption::new(&json);
        assert_eq!(request.keys().len(), 2);
        assert_eq!(request.content_encryptions(), ["A128GCM"]);
        assert!(request.is_required() && request.compressions() == ["DEF"]);
        assert_eq!(ResponseEncryption::new(&json).algorithms(), ["ECDH-ES"]);
    }
}
