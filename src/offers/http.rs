//! Offers from an HTTP endpoint of the issuer's, the back office that its own portal uses.

use std::fmt;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method};
use serde_json::Value;
use url::Url;

use super::answer::{self, Minted, NotAnOffer};
use super::excerpt::excerpt;
use super::pick::pick;
use super::reach::{Reach, explain};
use super::{OfferError, Ordered, Wanted};

/// As much as an endpoint may answer, in octets.
const MOST_ANSWER: usize = 1024 * 1024;

/// A request that mints one offer each time it is sent.
#[derive(Clone)]
pub struct HttpMint {
    client: Client,
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<Value>,
    offer: Option<String>,
    tx_code: Option<String>,
    time_limit: Duration,
}

impl HttpMint {
    /// A request without headers and body, whose answer is read as that of a program is. `http`
    /// is allowed. The error says what was expected.
    pub fn new(
        method: &str,
        url: &str,
        reach: &Reach,
        time_limit: Duration,
    ) -> Result<Self, String> {
        let method = method
            .parse()
            .map_err(|_| "expected an HTTP method, found something else".to_owned())?;
        let url = Url::parse(url)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .ok_or("expected an http or https url, found something else")?;
        Ok(Self {
            client: reach.client(&url, time_limit)?,
            method,
            url,
            headers: HeaderMap::new(),
            body: None,
            offer: None,
            tx_code: None,
            time_limit,
        })
    }

    /// Sends this header. The error says what was expected.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, String> {
        let name: HeaderName =
            name.parse().map_err(|_| format!("expected a header name, found {name:?}"))?;
        let mut value: HeaderValue = value
            .parse()
            .map_err(|_| format!("expected a header value of printable ASCII in {name}"))?;
        value.set_sensitive(true);
        self.headers.append(name, value);
        Ok(self)
    }

    /// Sends this as JSON.
    #[must_use]
    pub fn body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// Where in the JSON answer the offer is: a JSON pointer, or a text with `{/pointer}` in it.
    #[must_use]
    pub fn offer(mut self, place: &str) -> Self {
        self.offer = Some(place.to_owned());
        self
    }

    /// Where in the JSON answer the Transaction Code is, in the same way.
    #[must_use]
    pub fn tx_code(mut self, place: &str) -> Self {
        self.tx_code = Some(place.to_owned());
        self
    }

    pub(super) async fn mint(&self, name: &str, _: &Wanted) -> Result<Minted, OfferError> {
        let text = self.send(name).await?;
        if self.offer.is_none() && self.tx_code.is_none() {
            return answer::read(&text).map_err(|reason| not_an_offer(name, reason));
        }
        let json: Value = serde_json::from_str(&text).map_err(|error| {
            not_an_offer(
                name,
                NotAnOffer::BrokenJson { line: error.line(), column: error.column() },
            )
        })?;
        let given = match &self.offer {
            Some(place) => answer::offer(&at(name, &json, place)?),
            None => answer::read(&text).map(|minted| minted.given),
        };
        let tx_code = match &self.tx_code {
            Some(place) => answer::code(&at(name, &json, place)?),
            None => None,
        };
        let given = given.map_err(|reason| not_an_offer(name, reason))?;
        Ok(Minted { given, tx_code, id: answer::id(&json) })
    }

    /// Sends it as it is, and gives the body of an answer that is a success.
    pub async fn send(&self, name: &str) -> Result<String, OfferError> {
        let answer = self.answer(name, self.body.as_ref()).await?;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        if !answer.is_granted() {
            return Err(OfferError::Refused {
                name: name.to_owned(),
                url: self.address(),
                status: answer.status,
                excerpt: excerpt(&text),
            });
        }
        Ok(text)
    }

    /// What it posts, where it posts JSON.
    pub(super) fn posted(&self) -> Option<&Value> {
        self.body.as_ref().filter(|_| self.method == Method::POST)
    }

    /// Whatever the endpoint answers to that body.
    pub(super) async fn answer(
        &self,
        name: &str,
        body: Option<&Value>,
    ) -> Result<Ordered, OfferError> {
        let mut request = self.client.request(self.method.clone(), self.url.clone());
        if let Some(body) = body {
            request = request.json(body);
        }
        let unreachable = |error: reqwest::Error| {
            if error.is_timeout() {
                return OfferError::TimedOut {
                    name: name.to_owned(),
                    seconds: self.time_limit.as_secs_f64(),
                };
            }
            OfferError::Unreachable {
                name: name.to_owned(),
                url: self.address(),
                reason: explain(&error.without_url()),
            }
        };
        let sent = request.headers(self.headers.clone()).send().await;
        let mut response = sent.map_err(unreachable)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            body.extend_from_slice(&chunk);
            if body.len() > MOST_ANSWER {
                return Err(OfferError::TooLong {
                    name: name.to_owned(),
                    limit: MOST_ANSWER as u64,
                });
            }
        }
        let field = |(name, value): (&HeaderName, &HeaderValue)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let headers = response.headers().iter().map(field).collect();
        Ok(Ordered { status: response.status().as_u16(), headers, body })
    }

    /// The address without what may be secret in it.
    pub(super) fn address(&self) -> String {
        format!("{}{}", self.url.origin().ascii_serialization(), self.url.path())
    }
}

impl fmt::Debug for HttpMint {
    /// Headers, query and body may hold secrets.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HttpMint")
            .field("method", &self.method)
            .field("url", &self.address())
            .finish_non_exhaustive()
    }
}

fn at(name: &str, json: &Value, place: &str) -> Result<Value, OfferError> {
    pick(json, place).map_err(|pointer| OfferError::NothingAt {
        name: name.to_owned(),
        pointer,
        members: json
            .as_object()
            .map(|object| object.keys().cloned().collect())
            .unwrap_or_default(),
    })
}

fn not_an_offer(name: &str, reason: NotAnOffer) -> OfferError {
    OfferError::NotAnOffer { name: name.to_owned(), reason }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use serde_json::json;
    use wiremock::matchers::{body_json, header, method, path};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::*;

    const AMPLE: Duration = Duration::from_secs(60);

    async fn answering(answer: ResponseTemplate) -> (MockServer, HttpMint) {
        let server = MockServer::start().await;
        Mock::given(method("POST")).and(path("/offers")).respond_with(answer).mount(&server).await;
        let url = format!("{}/offers?key=secret", server.uri());
        let mint = HttpMint::new("POST", &url, &Reach::default(), AMPLE).unwrap();
        (server, mint)
    }

    async fn error(answer: ResponseTemplate, place: &str) -> String {
        let (_server, mint) = answering(answer).await;
        let minted = mint.offer(place).mint("portal", &Wanted::default()).await;
        minted.unwrap_err().to_string()
    }

    #[tokio::test]
    async fn an_endpoint_is_asked_as_configured_and_its_answer_taken_apart() {
        let server = MockServer::start().await;
        Mock::given(method("PUT"))
            .and(header("authorization", "Bearer t0ken"))
            .and(body_json(json!({ "user": "erika" })))
            .respond_with(ResponseTemplate::new(201).set_body_json(json!({
                "data": { "link": "https://h/o", "pin": "0042" }
            })))
            .mount(&server)
            .await;
        let mint = HttpMint::new("PUT", &server.uri(), &Reach::default(), AMPLE)
            .unwrap()
            .header("authorization", "Bearer t0ken")
            .unwrap()
            .body(json!({ "user": "erika" }))
            .offer("/data/link")
            .tx_code("/data/pin");
        assert!(!format!("{mint:?}").contains("t0ken"));
        let minted = mint.mint("portal", &Wanted::default()).await.unwrap();
        assert_eq!(minted.given, "https://h/o");
        assert_eq!(minted.tx_code.as_deref(), Some("0042"));
    }

    #[tokio::test]
    async fn without_pointers_the_answer_is_read_as_it_is() {
        let (_server, mint) = answering(
            ResponseTemplate::new(200)
                .set_body_string("openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fh"),
        )
        .await;
        let minted = mint.mint("portal", &Wanted::default()).await.unwrap();
        assert!(minted.given.starts_with("openid-credential-offer://"));
    }

    #[tokio::test]
    async fn a_refusal_says_what_to_look_at_and_hides_the_query() {
        let refused = ResponseTemplate::new(401).set_body_string("token expired");
        let text = error(refused, "/uri").await;
        assert!(text.contains("/offers answered 401"), "{text}");
        assert!(text.ends_with("has its token expired?)\n  | token expired"), "{text}");
        assert!(!text.contains("secret"), "{text}");
        let moved = ResponseTemplate::new(307).insert_header("location", "/elsewhere");
        assert!(error(moved, "/uri").await.contains("give the final url"));
    }

    #[tokio::test]
    async fn an_answer_without_the_offer_is_described_and_not_shown() {
        let answer = ResponseTemplate::new(200).set_body_json(json!({ "id": "hidden" }));
        assert_eq!(
            error(answer, "/uri").await,
            "offer source portal: nothing at /uri in the answer, which has id"
        );
        let answer = ResponseTemplate::new(200).set_body_string("<html>");
        assert!(error(answer, "/uri").await.contains("found broken JSON"));
        let flood = ResponseTemplate::new(200).set_body_string("x".repeat(MOST_ANSWER + 1));
        assert!(error(flood, "/uri").await.contains("found more"));
    }

    #[tokio::test]
    async fn nobody_there_is_said_without_the_query() {
        let closed =
            HttpMint::new("GET", "http://127.0.0.1:1/o?key=secret", &Reach::default(), AMPLE);
        let text =
            closed.unwrap().mint("portal", &Wanted::default()).await.unwrap_err().to_string();
        assert!(text.contains("no answer from http://127.0.0.1:1/o: "), "{text}");
        assert!(!text.contains("secret"), "{text}");
    }
}
