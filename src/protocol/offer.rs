//! The Credential Offer (OpenID4VCI 4.1), and the forms in which a person has one at hand.

use serde_json::Value;
use url::{Url, form_urlencoded};

use super::dialect::Speech;

/// The grant type of the Pre-Authorized Code Flow.
pub const PRE_AUTHORIZED_CODE: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

/// An offer as it was given, before anything is fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenOffer {
    /// The offer object, from a link's `credential_offer` or as bare JSON.
    Value(Value),
    /// The URL in a link's `credential_offer_uri`.
    Reference(String),
}

/// Why a text is no offer.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum OfferError {
    /// Neither a link nor JSON.
    #[error("expected a credential offer link or a JSON object, found {0:?}")]
    Neither(String),
    /// A link without either parameter.
    #[error("expected credential_offer or credential_offer_uri in the link, found neither")]
    NoParameter,
    /// A `credential_offer` that is not JSON.
    #[error("expected a JSON object in credential_offer: {0}")]
    NotJson(String),
}

impl GivenOffer {
    /// Reads a link of any scheme, bare JSON, or JSON with a link in it
    /// (`credential_offer_uri` whose value is itself a link). Lenient: where a link has both
    /// parameters, the value wins.
    pub fn read(text: &str) -> Result<Self, OfferError> {
        let text = text.trim();
        if text.starts_with('{') {
            let json: Value = serde_json::from_str(text)
                .map_err(|error| OfferError::NotJson(error.to_string()))?;
            return Ok(Self::Value(json));
        }
        let Ok(url) = Url::parse(text) else {
            return Err(OfferError::Neither(text.chars().take(40).collect()));
        };
        if let Some(value) = parameter(&url, "credential_offer") {
            return serde_json::from_str(&value)
                .map(Self::Value)
                .map_err(|error| OfferError::NotJson(error.to_string()));
        }
        match parameter(&url, "credential_offer_uri") {
            Some(reference) => Ok(Self::Reference(reference)),
            None if matches!(url.scheme(), "http" | "https") => Ok(Self::Reference(url.into())),
            None => Err(OfferError::NoParameter),
        }
    }
}

/// A parameter of the link, decoded once. Percent-encoding is meant, in which `+` stands for
/// itself; where JSON makes sense only with blanks in its place, it came from a form encoder.
fn parameter(url: &Url, name: &str) -> Option<String> {
    let literal = url.query().unwrap_or_default().replace('+', "%2B");
    let value = form_urlencoded::parse(literal.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())?;
    Some(without_form_encoding(value))
}

/// The text, with blanks for `+` where only so it is JSON.
pub fn without_form_encoding(text: String) -> String {
    let is_json = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    let blanks = text.replace('+', " ");
    if !is_json(&text) && is_json(&blanks) { blanks } else { text }
}

/// A lens over an offer object.
#[derive(Clone, Copy, Debug)]
pub struct CredentialOffer<'a>(&'a Value);

impl<'a> CredentialOffer<'a> {
    /// Looks at a JSON document.
    pub fn new(json: &'a Value) -> Self {
        Self(json)
    }

    /// `credential_issuer`.
    pub fn credential_issuer(&self) -> Option<&'a str> {
        self.0.get("credential_issuer")?.as_str()
    }

    /// The strings of `credential_configuration_ids`.
    pub fn credential_configuration_ids(&self) -> Vec<&'a str> {
        self.0
            .get("credential_configuration_ids")
            .and_then(Value::as_array)
            .map(|ids| ids.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default()
    }

    /// The grant object of the pre-authorized code.
    pub fn pre_authorized_grant(&self) -> Option<&'a Value> {
        self.0.get("grants")?.get(PRE_AUTHORIZED_CODE)
    }

    /// `pre-authorized_code`.
    pub fn pre_authorized_code(&self) -> Option<&'a str> {
        self.pre_authorized_grant()?.get("pre-authorized_code")?.as_str()
    }

    /// `authorization_server` of the pre-authorized grant.
    pub fn authorization_server(&self) -> Option<&'a str> {
        self.pre_authorized_grant()?.get("authorization_server")?.as_str()
    }

    /// `tx_code`: present, even as `{}`, it asks for a Transaction Code.
    pub fn tx_code(&self) -> Option<TxCode<'a>> {
        self.pre_authorized_grant()?.get("tx_code").map(TxCode)
    }

    /// Whether it asks for a code as drafts until 12 did: `user_pin_required` is `true`.
    pub fn requires_user_pin(&self) -> bool {
        let grant = self.pre_authorized_grant();
        grant.and_then(|grant| grant.get("user_pin_required")) == Some(&Value::Bool(true))
    }

    /// Whether a code has to come out of band, whichever way of asking for it the offer has.
    pub fn wants_a_code(&self) -> bool {
        self.tx_code().is_some() || self.requires_user_pin()
    }

    /// Whether a wallet that speaks so cannot redeem it without a code: `null` asks for none.
    pub fn wants_a_code_in(&self, speech: Speech) -> bool {
        let has_tx_code = self.tx_code().is_some_and(|tx_code| !tx_code.0.is_null());
        has_tx_code || (speech != Speech::Final && self.requires_user_pin())
    }
}

/// A lens over `tx_code`.
#[derive(Clone, Copy, Debug)]
pub struct TxCode<'a>(&'a Value);

impl<'a> TxCode<'a> {
    /// `input_mode`, `numeric` when absent.
    pub fn input_mode(&self) -> &'a str {
        self.0.get("input_mode").and_then(Value::as_str).unwrap_or("numeric")
    }

    /// `length`.
    pub fn length(&self) -> Option<u64> {
        self.0.get("length")?.as_u64()
    }

    /// `description`.
    pub fn description(&self) -> Option<&'a str> {
        self.0.get("description")?.as_str()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_plus_stands_for_itself_unless_only_a_blank_makes_sense() {
        let read = |query: &str| GivenOffer::read(&format!("openid-credential-offer://?{query}"));
        let literal = read("credential_offer={%22a%22:%22x+y%22}");
        assert_eq!(literal, Ok(GivenOffer::Value(json!({ "a": "x+y" }))));
        let form = read("credential_offer={%22a%22:+%22x%22}");
        assert_eq!(form, Ok(GivenOffer::Value(json!({ "a": "x" }))));
        let reference = read("credential_offer_uri=https://h/o?t=a+b");
        assert_eq!(reference, Ok(GivenOffer::Reference("https://h/o?t=a+b".into())));
    }

    #[test]
    fn an_offer_comes_in_any_form_a_person_has() {
        let object = json!({ "credential_issuer": "https://h" });
        let by_value = "openid-credential-offer://?credential_offer=%7B%22credential_issuer%22%3A%22https%3A%2F%2Fh%22%7D";
        assert_eq!(GivenOffer::read(by_value), Ok(GivenOffer::Value(object.clone())));
        assert_eq!(
            GivenOffer::read(" {\"credential_issuer\":\"https://h\"}\n"),
            Ok(GivenOffer::Value(object))
        );
        let reference = GivenOffer::Reference("https://h/o/1".into());
        for link in [
            "haip-vci://?credential_offer_uri=https%3A%2F%2Fh%2Fo%2F1",
            "swiyu://?credential_offer_uri=https://h/o/1",
            "https://wallet.example/vci?credential_offer_uri=https%3A%2F%2Fh%2Fo%2F1",
            "https://h/o/1",
        ] {
            assert_eq!(GivenOffer::read(link), Ok(reference.clone()), "{link}");
        }
    }

    #[test]
    fn what_is_no_offer_says_so() {
        assert_eq!(GivenOffer::read("haip://?x=1"), Err(OfferError::NoParameter));
        assert!(matches!(GivenOffer::read("hello"), Err(OfferError::Neither(_))));
        let broken = GivenOffer::read("haip://?credential_offer=%7B");
        assert!(matches!(broken, Err(OfferError::NotJson(_))));
    }
}
