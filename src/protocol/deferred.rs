//! Issuance that is put off, and asking again (OpenID4VCI 8.3, 9).

use serde_json::Value;

use super::CredentialResponse;

/// A lens over a deferred credential request, as the judge reads what the wallet sent.
#[derive(Clone, Copy, Debug)]
pub struct DeferredRequest<'a>(&'a Value);

impl<'a> DeferredRequest<'a> {
    /// Looks at a JSON document.
    pub fn new(json: &'a Value) -> Self {
        Self(json)
    }

    /// `transaction_id`.
    pub fn transaction_id(&self) -> Option<&'a str> {
        self.0.get("transaction_id")?.as_str()
    }
}

/// A lens over an answer that puts a credential off, at first or once more.
#[derive(Clone, Copy, Debug)]
pub struct Deferral<'a>(&'a Value);

impl<'a> Deferral<'a> {
    /// Looks at a JSON document; none where it is no deferral, neither as 1.0 has it nor by the
    /// `acceptance_token` of draft 11. Where credentials are there too, they are what counts.
    pub fn read(json: &'a Value) -> Option<Self> {
        let has = |name: &str| json.get(name).is_some_and(|value| !value.is_null());
        let is_issued = CredentialResponse::new(json).is_issued();
        let is_put_off = has("transaction_id") || has("acceptance_token");
        (is_put_off && !is_issued).then_some(Self(json))
    }

    /// `transaction_id`, where it is text.
    pub fn transaction_id(&self) -> Option<&'a str> {
        self.0.get("transaction_id")?.as_str()
    }

    /// `acceptance_token`, where it is text: in draft 11 the access token to ask again with, in place
    /// of a `transaction_id`.
    pub fn acceptance_token(&self) -> Option<&'a str> {
        self.0.get("acceptance_token")?.as_str()
    }

    /// What to ask again by: `transaction_id`, or else `acceptance_token`.
    pub fn handle(&self) -> Option<&'a str> {
        self.transaction_id().or(self.acceptance_token())
    }

    /// `interval` as it stands there.
    pub fn interval(&self) -> Option<&'a Value> {
        self.0.get("interval")
    }

    /// How many seconds to wait before asking again: a positive number, whole or not. One that
    /// was written as text is understood too.
    pub fn seconds(&self) -> Option<f64> {
        let seconds = match self.interval()? {
            Value::Number(number) => number.as_f64()?,
            Value::String(text) => text.parse().ok()?,
            _ => return None,
        };
        (seconds.is_finite() && seconds > 0.0).then_some(seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_deferral_is_told_from_credentials() {
        for json in [
            json!({"credentials": [], "transaction_id": "t"}),
            json!({"transaction_id": null}),
            json!({"credentials": []}),
            json!([]),
        ] {
            assert!(Deferral::read(&json).is_none(), "{json}");
        }
        assert!(Deferral::read(&json!({"credentials": null, "transaction_id": "t"})).is_some());
        let older = json!({"acceptance_token": "t"});
        assert_eq!(Deferral::read(&older).and_then(|one| one.handle()), Some("t"));
        assert_eq!(Deferral::read(&older).and_then(|one| one.transaction_id()), None);
        let json = json!({"transaction_id": 7});
        assert!(Deferral::read(&json).is_some_and(|one| one.transaction_id().is_none()));
    }

    #[test]
    fn intervals_are_positive_numbers() {
        let seconds = |interval: Value| {
            let json = json!({"transaction_id": "t", "interval": interval});
            Deferral::read(&json).and_then(|deferral| deferral.seconds())
        };
        assert_eq!(seconds(json!(5)), Some(5.0));
        assert_eq!(seconds(json!(0.5)), Some(0.5));
        assert_eq!(seconds(json!("5")), Some(5.0));
        for nonsense in [json!(0), json!(-1), json!("soon"), json!(null), json!([5])] {
            assert_eq!(seconds(nonsense.clone()), None, "{nonsense}");
        }
    }
}
