//! What the author of a scenario expects of an answer: data that travels with the transcript, so
//! that it can be judged anywhere.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::Station;

/// What is expected of the answers that one step of a scenario gets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StepExpectation {
    /// The step, from 1.
    pub step: u32,
    /// The endpoint that it asks.
    pub station: Station,
    /// The wallet that asks.
    pub wallet: String,
    /// The tampers that it makes, one request each; none for a plain request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tampers: Vec<String>,
    /// Whether it asks until the answer has what is wanted: only the last one counts then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub until: bool,
    /// What is expected of each of the answers.
    pub expect: Expectation,
}

/// `[step.expect]`: what must hold of the answer. Everything that is left out does not matter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// The status: a number, a class such as "4xx", or a list of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "statuses")]
    #[schemars(with = "OneOrMany<StatusSchema>")]
    pub status: Vec<Status>,
    /// The error code, in the body or in a challenge: one, or a list of those that are right.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    #[schemars(with = "OneOrMany<String>")]
    pub error: Vec<String>,
    /// The media type, without parameters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Header fields by name: the value or one of its comma-separated members, "*" for any value,
    /// false for a field that must not be there.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub headers: Map<String, Value>,
    /// Values of the JSON body by path (`token_type`, `credentials[0].credential`): the value, or
    /// "*" for any.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub body: Map<String, Value>,
    /// Paths that must lead nowhere in the JSON body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
    /// What must hold of every credential in the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<CredentialExpectation>,
    /// What a status list says of the first credential that came last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_value: Option<StatusValue>,
}

/// The status of a credential in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum StatusValue {
    /// One of those that have a name.
    Named(NamedStatus),
    /// Any number that fits into an entry.
    Number(u8),
}

/// A status that has a name (draft-ietf-oauth-status-list 7.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NamedStatus {
    /// 0.
    Valid,
    /// 1.
    Invalid,
    /// 2.
    Suspended,
}

impl StatusValue {
    /// The number that stands in the list.
    pub fn number(self) -> u8 {
        match self {
            Self::Named(NamedStatus::Valid) => 0,
            Self::Named(NamedStatus::Invalid) => 1,
            Self::Named(NamedStatus::Suspended) => 2,
            Self::Number(number) => number,
        }
    }
}

/// `[step.expect.credential]`: what must hold of the credentials that an answer brings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CredentialExpectation {
    /// How many credentials the answer brings. At least one without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
    /// The format, for example "dc+sd-jwt".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// The type of an SD-JWT VC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vct: Option<String>,
    /// Claims by path, everything disclosed: `given_name`, `address.locality`,
    /// `nationalities[0]`, `nationalities[*]` for any element. The value, or "*" for any.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub claims: Map<String, Value>,
    /// Paths of claims that must not be there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
    /// How long it is valid from the moment in which it was received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_for: Option<ValidFor>,
    /// A name under which the issuer's metadata display it: in any language, or by locale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<Display>,
    /// Whether it carries a `status` claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<bool>,
}

/// Bounds of a validity, each a number with a unit: "90s", "15m", "12h", "30d", "8w", "1y".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValidFor {
    /// The shortest validity. A credential without `exp` has no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<String>,
    /// The longest validity. A credential without `exp` exceeds every bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<String>,
}

/// Names for display.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Display {
    /// The name of some entry.
    Any(String),
    /// The name of the entry of each locale.
    ByLocale(std::collections::BTreeMap<String, String>),
}

/// A status, or a class of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Status {
    /// Exactly this one.
    Code(u16),
    /// `4xx`: every status with that first digit.
    Class(String),
}

impl Status {
    /// Whether it covers a status.
    pub fn covers(&self, status: u16) -> bool {
        match self {
            Self::Code(code) => *code == status,
            Self::Class(class) => class.as_bytes().first() == Some(&(b'0' + (status / 100) as u8)),
        }
    }

    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Number(_) => {
                let code = value.as_u64().and_then(|code| u16::try_from(code).ok())?;
                (100..600).contains(&code).then_some(Self::Code(code))
            }
            Value::String(text) => {
                let is_class = matches!(text.as_bytes(), [b'1'..=b'5', b'x', b'x']);
                if is_class {
                    return Some(Self::Class(text.clone()));
                }
                Self::read(&Value::from(text.parse::<u16>().ok()?))
            }
            _ => None,
        }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(formatter, "{code}"),
            Self::Class(class) => formatter.write_str(class),
        }
    }
}

impl Expectation {
    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many things it asks for.
    pub fn len(&self) -> usize {
        let credential = self.credential.as_ref().map_or(0, CredentialExpectation::len);
        self.status.len()
            + self.error.len()
            + usize::from(self.media_type.is_some())
            + self.headers.len()
            + self.body.len()
            + self.absent.len()
            + credential
    }

    /// Whether only a refusal can meet it: then a refusal is no reason to stop.
    pub fn is_of_a_refusal(&self) -> bool {
        let refuses = |status: &Status| !(200..300).any(|code| status.covers(code));
        match self.status.as_slice() {
            [] => !self.error.is_empty(),
            statuses => statuses.iter().all(refuses),
        }
    }

    /// Whether only a success can meet it: then the wallet goes on with what it was granted,
    /// tampered or not.
    pub fn is_of_a_grant(&self) -> bool {
        let grants = |status: &Status| (200..300).any(|code| status.covers(code));
        self.credential.is_some() || (!self.status.is_empty() && self.status.iter().all(grants))
    }
}

impl CredentialExpectation {
    /// How many things it asks for; at least that there is a credential.
    fn len(&self) -> usize {
        let one = [
            self.count.is_some(),
            self.format.is_some(),
            self.vct.is_some(),
            self.valid_for.is_some(),
            self.display.is_some(),
            self.status.is_some(),
        ];
        let one = one.into_iter().filter(|is_there| *is_there).count();
        (one + self.claims.len() + self.absent.len()).max(1)
    }
}

/// The seconds that a text such as `30d` stands for.
pub fn seconds(text: &str) -> Option<i64> {
    let text = text.trim();
    let unit = text.chars().last()?;
    let number: i64 = text.strip_suffix(unit)?.trim().parse().ok()?;
    let factor = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        'w' => 604_800,
        'y' => 31_536_000,
        _ => return None,
    };
    number.checked_mul(factor).filter(|_| number >= 0)
}

fn statuses<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Status>, D::Error> {
    let wrong = |found: &Value| {
        let message = format!("expected a status such as 400 or \"4xx\", found {found}");
        serde::de::Error::custom(message)
    };
    match Value::deserialize(deserializer)? {
        Value::Array(list) if list.is_empty() => {
            Err(serde::de::Error::custom("expected at least one status, found none"))
        }
        Value::Array(list) => {
            list.iter().map(|one| Status::read(one).ok_or_else(|| wrong(one))).collect()
        }
        one => Ok(vec![Status::read(&one).ok_or_else(|| wrong(&one))?]),
    }
}

/// A text, or a list of texts.
pub(crate) fn one_or_many<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<String>, D::Error> {
    let wrong = || serde::de::Error::custom("expected a text or a list of texts");
    match Value::deserialize(deserializer)? {
        Value::String(one) => Ok(vec![one]),
        Value::Array(list) => list
            .into_iter()
            .map(|one| match one {
                Value::String(text) => Ok(text),
                _ => Err(wrong()),
            })
            .collect(),
        _ => Err(wrong()),
    }
}

/// How one value or a list of values looks in a schema.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its schema is used")]
pub(crate) enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

/// How a status looks in a schema.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its schema is used")]
enum StatusSchema {
    Code(#[schemars(range(min = 100, max = 599))] u16),
    Class(#[schemars(regex(pattern = r"^([1-5]xx|\$\{[A-Za-z0-9_-]+\})$"))] String),
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;
    use serde_json::json;

    fn read(json: Value) -> Result<Expectation, serde_json::Error> {
        serde_json::from_value(json)
    }

    #[test]
    fn one_or_several_and_written_as_it_is_read() {
        let one = read(json!({"status": 400, "error": "invalid_grant"})).unwrap();
        assert_eq!((one.status.len(), one.error.len()), (1, 1));
        assert!(one.is_of_a_refusal() && !one.is_of_a_grant());
        let many = read(json!({"status": [200, "4xx"], "error": ["a", "b"]})).unwrap();
        assert!(!many.is_of_a_refusal() && !many.is_of_a_grant());
        assert!(many.status[1].covers(404) && !many.status[1].covers(500));
        assert_eq!(read(serde_json::to_value(&many).unwrap()).unwrap(), many);
        for wrong in [json!({"status": 99}), json!({"status": "6xx"}), json!({"status": []})] {
            assert!(read(wrong).is_err());
        }
    }

    #[test]
    fn spans_of_time_have_a_unit() {
        assert_eq!(seconds("30d"), Some(2_592_000));
        assert_eq!(seconds("90s"), Some(90));
        for wrong in ["30", "d", "-1d", "1.5h", "30 days", "é"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
