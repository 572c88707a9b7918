//! What a browser wants to know before it lets a wallet in a page ask (CORS).

use axum::http::{HeaderValue, StatusCode, header};

use crate::{answer::Answer, issuer::Issuer, refusal::Refusal};

/// The answer to the question that a browser asks beforehand.
pub fn preflight(issuer: &Issuer) -> Result<Answer, Refusal> {
    if !issuer.settings.serves_browsers {
        return Err(Refusal::wrong_method("POST"));
    }
    let headers = "authorization, content-type, dpop";
    Ok(Answer::empty(StatusCode::NO_CONTENT)
        .set(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
        .set(header::ACCESS_CONTROL_ALLOW_HEADERS, headers))
}

/// Lets pages of any origin read an answer, and the header fields that a wallet needs.
pub fn admit(issuer: &Issuer, answer: &mut Answer) {
    if issuer.settings.serves_browsers {
        let all = HeaderValue::from_static("*");
        let exposed = HeaderValue::from_static("dpop-nonce, www-authenticate");
        answer.headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, all);
        answer.headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
}
