//! How the user has something done at the issuer's back office: by a program, or by an HTTP call.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde_json::Value;

use crate::offers::{Exec, HttpMint, OfferError, Reach};

/// Has one kind of thing done.
pub struct Hook {
    name: &'static str,
    way: Way,
}

enum Way {
    Exec(Exec),
    Http(Box<HookRequest>),
}

/// The request of a hook. In `url` and in the strings of `body`, `{name}` stands for what is said
/// of that name; in `url` it is percent-encoded, and a string of `body` that is `{name}` and nothing
/// else becomes the value, number or object as it may be.
#[derive(Clone)]
pub struct HookRequest {
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

/// Something that a hook is told.
pub(super) struct Word {
    /// What stands in braces for it.
    pub(super) name: &'static str,
    /// The environment variable that a program finds it in.
    pub(super) variable: &'static str,
    /// What it is; none where nobody knows.
    pub(super) value: Option<Value>,
    /// Whether it is nothing to be printed.
    pub(super) is_secret: bool,
}

impl Hook {
    /// A program. `name` is what the hook is called in errors, as `[revoke]`.
    pub fn exec(name: &'static str, exec: Exec) -> Self {
        Self { name, way: Way::Exec(exec) }
    }

    /// An HTTP endpoint.
    pub fn http(name: &'static str, request: HookRequest) -> Self {
        Self { name, way: Way::Http(Box::new(request)) }
    }

    /// Has it done. The error says what went wrong.
    pub(super) async fn call(&self, words: &[Word]) -> Result<(), String> {
        match &self.way {
            Way::Exec(exec) => {
                let known = words.iter().filter_map(|word| Some((word.variable, word.text()?)));
                let known: Vec<(&str, String)> = known.collect();
                let variables: Vec<(&str, &str)> =
                    known.iter().map(|(name, value)| (*name, value.as_str())).collect();
                exec.tell(self.name, &variables).await.map_err(|error| in_words(&error, words))
            }
            Way::Http(request) => {
                let filled =
                    request.filled(words).map_err(|why| format!("{}: {why}", self.name))?;
                filled.send(self.name).await.map(|_| ()).map_err(|error| in_words(&error, words))
            }
        }
    }
}

/// What sources of offers say of themselves fits here, but for what they are. What an offer is known
/// by may be as good as the offer, and stands under its name.
fn in_words(error: &OfferError, words: &[Word]) -> String {
    let said = error.to_string().replacen("offer source", "the hook", 1);
    words.iter().filter(|word| word.is_secret).fold(said, |said, word| {
        match word.text().filter(|text| !text.is_empty()) {
            Some(text) => said.replace(&text, &format!("{{{}}}", word.name)),
            None => said,
        }
    })
}

impl HookRequest {
    fn filled(&self, words: &[Word]) -> Result<HttpMint, String> {
        let encoded =
            |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let url = fill(&self.url, words, encoded)?;
        let mut mint = HttpMint::new(&self.method, &url, &self.reach, self.time_limit)?;
        for (name, value) in &self.headers {
            mint = mint.header(name, value)?;
        }
        Ok(match &self.body {
            Some(body) => mint.body(fill_json(body, words)?),
            None => mint,
        })
    }
}

impl Word {
    /// As it stands in the midst of a text.
    fn text(&self) -> Option<String> {
        Some(match self.value.as_ref()? {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    }

    fn is(&self, text: &str) -> bool {
        text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) == Some(self.name)
    }

    fn unknown(&self) -> String {
        format!("it says {{{}}}, and nobody knows it of this offer", self.name)
    }
}

fn fill(text: &str, words: &[Word], encode: impl Fn(&str) -> String) -> Result<String, String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    // From left to right, so that nothing is looked for in what was filled in.
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let named = after.split_once('}').and_then(|(name, after)| {
            words.iter().find(|word| word.name == name).map(|word| (word, after))
        });
        rest = match named {
            Some((word, after)) => {
                filled.push_str(&encode(&word.text().ok_or_else(|| word.unknown())?));
                after
            }
            None => {
                filled.push('{');
                after
            }
        };
    }
    filled.push_str(rest);
    Ok(filled)
}

fn fill_json(json: &Value, words: &[Word]) -> Result<Value, String> {
    Ok(match json {
        Value::String(text) => match words.iter().find(|word| word.is(text)) {
            Some(word) => word.value.clone().ok_or_else(|| word.unknown())?,
            None => fill(text, words, str::to_owned)?.into(),
        },
        Value::Array(items) => {
            items.iter().map(|item| fill_json(item, words)).collect::<Result<_, _>>()?
        }
        Value::Object(members) => {
            let members =
                members.iter().map(|(name, member)| Ok((name.clone(), fill_json(member, words)?)));
            members.collect::<Result<_, String>>()?
        }
        other => other.clone(),
    })
}

impl fmt::Debug for Hook {
    /// Requests and arguments may hold secrets.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Hook").field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use serde_json::json;
    use wiremock::matchers::{body_json, header, method, path, query_param};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::*;

    fn words() -> [Word; 4] {
        let word =
            |name, variable, value| Word { name, variable, value, is_secret: name == "code" };
        [
            word("uri", "VCISPEC_STATUS_URI", Some(json!("https://h/{idx}?a=b"))),
            word("idx", "VCISPEC_STATUS_IDX", Some(json!(7))),
            word("code", "VCISPEC_CODE", Some(json!("0aX-9"))),
            word("offer_id", "VCISPEC_OFFER_ID", None),
        ]
    }

    fn request(url: String, body: Value) -> HookRequest {
        HookRequest {
            method: "POST".into(),
            url,
            headers: BTreeMap::from([("x-api-key".into(), "secret".into())]),
            body: Some(body),
            reach: Reach::default(),
            time_limit: Duration::from_secs(60),
        }
    }

    #[tokio::test]
    async fn an_endpoint_is_told_what_stands_in_braces() {
        let server = MockServer::start().await;
        Mock::given(method("POST"))
            .and(path("/entries/7"))
            .and(query_param("list", "https://h/{idx}?a=b"))
            .and(header("x-api-key", "secret"))
            .and(body_json(
                json!({ "uri": "https://h/{idx}?a=b", "idx": 7, "to": ["is 7 {else}"] }),
            ))
            .respond_with(ResponseTemplate::new(204))
            .expect(1)
            .mount(&server)
            .await;
        let url = format!("{}/entries/{{idx}}?list={{uri}}", server.uri());
        let body = json!({ "uri": "{uri}", "idx": "{idx}", "to": ["is {idx} {else}"] });
        Hook::http("[revoke]", request(url, body)).call(&words()).await.unwrap();
    }

    #[tokio::test]
    async fn what_it_answered_otherwise_is_told_without_the_key() {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(403).set_body_string("not yours");
        Mock::given(method("POST")).respond_with(answer).mount(&server).await;
        let hook = Hook::http("[revoke]", request(format!("{}/{{code}}", server.uri()), json!({})));
        let why = hook.call(&words()).await.unwrap_err();
        assert!(why.contains("[revoke]") && why.contains("403"), "{why}");
        assert!(
            !why.contains("0aX-9") && !why.contains("secret") && !why.contains("offer source"),
            "{why}"
        );
    }

    #[tokio::test]
    async fn what_nobody_knows_cannot_be_told() {
        let request = request("http://127.0.0.1:9/{offer_id}".into(), json!({}));
        let why = Hook::http("[end_eligibility]", request).call(&words()).await.unwrap_err();
        assert!(why.starts_with("[end_eligibility]: it says {offer_id}"), "{why}");
    }

    #[tokio::test]
    #[cfg(unix)]
    async fn a_program_finds_it_in_its_environment() {
        let script = "test \"$VCISPEC_STATUS_IDX\" = 7 && test -z \"$VCISPEC_OFFER_ID\"";
        let exec = |script: &str| {
            Hook::exec(
                "[revoke]",
                Exec {
                    argv: ["sh", "-c", script].map(String::from).into(),
                    directory: std::env::temp_dir(),
                    time_limit: Duration::from_secs(60),
                },
            )
        };
        exec(script).call(&words()).await.unwrap();
        assert!(exec("exit 3").call(&words()).await.unwrap_err().contains("[revoke]"));
    }
}
