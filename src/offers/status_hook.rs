//! The other way to the issuer's back office: what was issued is revoked or suspended there, by a
//! program or an HTTP call of the user's.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::{Exec, HttpMint, Reach};

/// How the hook is called in errors.
const NAME: &str = "[revoke]";

/// Has the status of a credential changed.
pub struct StatusHook {
    origin: Origin,
    suspends: bool,
}

enum Origin {
    Exec(Exec),
    Http(Box<StatusRequest>),
    #[cfg(feature = "bundled-issuer")]
    Builtin(std::sync::Arc<reference_issuer::Running>),
}

/// A request that changes a status. In `url` and in the strings of `body`, `{uri}` and `{idx}` stand
/// for the entry, `{status}` for `invalid` or `suspended`; a string that is `{idx}` and nothing else
/// becomes a number.
#[derive(Clone)]
pub struct StatusRequest {
    /// The HTTP method.
    pub method: String,
    /// The address.
    pub url: String,
    /// Header fields.
    pub headers: BTreeMap<String, String>,
    /// Sent as JSON.
    pub body: Option<Value>,
    /// How the endpoint is reached.
    pub reach: Reach,
    /// How long it may take.
    pub time_limit: Duration,
}

/// A change of one entry.
#[derive(Clone, Copy, Debug)]
pub struct StatusOrder<'a> {
    /// The list.
    pub uri: &'a str,
    /// The entry.
    pub index: u64,
    /// `invalid` or `suspended`.
    pub status: &'a str,
}

impl StatusHook {
    /// A program. It finds the entry in `VCISPEC_STATUS_URI` and `VCISPEC_STATUS_IDX`, and in
    /// `VCISPEC_STATUS` what it is to become.
    pub fn exec(exec: Exec, suspends: bool) -> Self {
        Self { origin: Origin::Exec(exec), suspends }
    }

    /// An HTTP endpoint.
    pub fn http(request: StatusRequest, suspends: bool) -> Self {
        Self { origin: Origin::Http(Box::new(request)), suspends }
    }

    /// The bundled issuer, which runs in this process.
    #[cfg(feature = "bundled-issuer")]
    pub fn builtin(issuer: std::sync::Arc<reference_issuer::Running>) -> Self {
        Self { origin: Origin::Builtin(issuer), suspends: true }
    }

    /// Whether it suspends, too.
    pub fn suspends(&self) -> bool {
        self.suspends
    }

    /// Why there is nothing to revoke: the bundled issuer gives credentials no status unless told to.
    pub fn is_idle(&self) -> bool {
        #[cfg(feature = "bundled-issuer")]
        if let Origin::Builtin(issuer) = &self.origin {
            return !issuer.keeps_a_status_list();
        }
        false
    }

    /// Carries out an order. The error says what went wrong.
    pub async fn set(&self, order: StatusOrder<'_>) -> Result<(), String> {
        // What sources of offers say of themselves fits here, but for what they are.
        let in_words =
            |error: super::OfferError| error.to_string().replacen("offer source", "the hook", 1);
        match &self.origin {
            Origin::Exec(exec) => {
                let index = order.index.to_string();
                let variables = [
                    ("VCISPEC_STATUS_URI", order.uri),
                    ("VCISPEC_STATUS_IDX", index.as_str()),
                    ("VCISPEC_STATUS", order.status),
                ];
                exec.tell(NAME, &variables).await.map_err(in_words)
            }
            Origin::Http(request) => {
                let sent = request.filled(order)?.send(NAME).await;
                sent.map(|_| ()).map_err(in_words)
            }
            #[cfg(feature = "bundled-issuer")]
            Origin::Builtin(issuer) => builtin(issuer, order),
        }
    }
}

#[cfg(feature = "bundled-issuer")]
fn builtin(issuer: &reference_issuer::Running, order: StatusOrder<'_>) -> Result<(), String> {
    let status = match order.status {
        "suspended" => reference_issuer::Status::Suspended,
        _ => reference_issuer::Status::Invalid,
    };
    let index = usize::try_from(order.index).map_err(|error| error.to_string())?;
    issuer.set_status(order.uri, index, status).map_err(|error| error.to_string())
}

impl StatusRequest {
    fn filled(&self, order: StatusOrder<'_>) -> Result<HttpMint, String> {
        let url = order.fill(&self.url, |text| {
            url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
        });
        let mut mint = HttpMint::new(&self.method, &url, &self.reach, self.time_limit)?;
        for (name, value) in &self.headers {
            mint = mint.header(name, value)?;
        }
        Ok(match &self.body {
            Some(body) => mint.body(order.fill_json(body)),
            None => mint,
        })
    }
}

impl StatusOrder<'_> {
    fn fill(&self, text: &str, encode: impl Fn(&str) -> String) -> String {
        text.replace("{uri}", &encode(self.uri))
            .replace("{idx}", &self.index.to_string())
            .replace("{status}", self.status)
    }

    fn fill_json(&self, json: &Value) -> Value {
        match json {
            Value::String(text) if text == "{idx}" => self.index.into(),
            Value::String(text) => self.fill(text, str::to_owned).into(),
            Value::Array(items) => items.iter().map(|item| self.fill_json(item)).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(name, member)| (name.clone(), self.fill_json(member)))
                .collect(),
            other => other.clone(),
        }
    }
}

impl fmt::Debug for StatusHook {
    /// Requests and arguments may hold secrets.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("StatusHook")
            .field("suspends", &self.suspends)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use serde_json::json;
    use wiremock::matchers::{body_json, header, method, path};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::*;

    const ORDER: StatusOrder<'_> =
        StatusOrder { uri: "https://h/1?a=b", index: 7, status: "invalid" };

    fn request(server: &MockServer) -> StatusRequest {
        StatusRequest {
            method: "POST".into(),
            url: format!("{}/entries/{{idx}}?list={{uri}}", server.uri()),
            headers: BTreeMap::from([("x-api-key".into(), "secret".into())]),
            body: Some(json!({ "uri": "{uri}", "idx": "{idx}", "to": ["is {status}"] })),
            reach: Reach::default(),
            time_limit: Duration::from_secs(60),
        }
    }

    #[tokio::test]
    async fn an_endpoint_is_told_the_entry_and_the_status() {
        let server = MockServer::start().await;
        Mock::given(method("POST"))
            .and(path("/entries/7"))
            .and(header("x-api-key", "secret"))
            .and(body_json(json!({ "uri": "https://h/1?a=b", "idx": 7, "to": ["is invalid"] })))
            .respond_with(ResponseTemplate::new(204))
            .expect(1)
            .mount(&server)
            .await;
        let hook = StatusHook::http(request(&server), false);
        assert_eq!(hook.set(ORDER).await, Ok(()));
        assert!(!format!("{hook:?}").contains("secret"));
    }

    #[tokio::test]
    async fn a_refusal_is_told_as_one_of_the_hook() {
        let server = MockServer::start().await;
        let hook = StatusHook::http(request(&server), true);
        let error = hook.set(ORDER).await.unwrap_err();
        assert!(error.starts_with("the hook [revoke]: ") && error.contains("404"), "{error}");
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_program_finds_the_entry_in_its_environment() {
        let exec = |script: &str| Exec {
            argv: vec!["sh".into(), "-c".into(), script.into()],
            directory: std::env::temp_dir(),
            time_limit: Duration::from_secs(60),
        };
        let checks = "test \"$VCISPEC_STATUS $VCISPEC_STATUS_IDX\" = 'invalid 7'";
        assert_eq!(StatusHook::exec(exec(checks), false).set(ORDER).await, Ok(()));
        let fails = StatusHook::exec(exec("echo no such list >&2; exit 3"), false);
        let error = fails.set(ORDER).await.unwrap_err();
        assert!(error.contains("no such list"), "{error}");
    }

    #[cfg(feature = "bundled-issuer")]
    #[tokio::test]
    async fn the_bundled_issuer_has_nothing_to_revoke_unless_it_keeps_a_list() {
        use reference_issuer::{Settings, start};
        let issuer = std::sync::Arc::new(start(Settings::default()).await.unwrap());
        let hook = StatusHook::builtin(issuer);
        assert!(hook.is_idle());
        assert!(hook.set(ORDER).await.unwrap_err().contains("no status list"));
    }
}
