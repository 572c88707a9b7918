//! A GET leaves its parameters in logs and histories.

use crate::checks::http::REFUSES_GET;
use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "token/refuses-get",
    aliases: &[],
    since: "2026.3",
    title: "a token is not given for a GET",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6749#section-3.2", "rfc9110#section-15.5.6"],
    obligation: "a GET at the token endpoint gets no token",
    doc: "OAuth has the token endpoint asked by POST, since codes in an address end up in the logs of servers and proxies. \
          A route for any method that reads parameters wherever they are hands tokens out for them. Answer 405 with \
          `Allow: POST`; any other refusal will do, and so will a page for people that has no token in it.",
    judge: Judge::Refusal(Refusal {
        tamper: "token-by-get",
        expects: &[Expectation {
            station: Station::Token,
            applies: applicability::always,
            status: REFUSES_GET,
            codes: &[],
            tolerated: &[],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn answered(status: u16, media_type: &str, body: &str) -> Stage {
        let headers = [("content-type", media_type)];
        let token = json!({ "access_token": "t", "token_type": "Bearer" });
        Stage::new()
            .tampered_raw("token-by-get", Station::Token, status, &headers, body)
            .answer_json(Station::Token, 200, token)
    }

    #[test]
    fn a_page_without_a_token_is_no_grant() {
        assert_holds(&super::CHECK, &answered(200, "text/html; charset=utf-8", "<h1>Hello</h1>"));
        assert_holds(&super::CHECK, &answered(405, "text/plain", ""));
        assert_holds(&super::CHECK, &answered(302, "text/html", ""));
    }

    #[test]
    fn a_token_warns_however_it_is_labelled() {
        let token = r#"{"access_token":"t"}"#;
        assert_breaks(&super::CHECK, &answered(200, "text/html", token), "accepted");
        let given = answered(200, "application/json", token);
        assert_outcome(&super::CHECK, &given, Outcome::Warn);
        assert_breaks(&super::CHECK, &answered(500, "text/html", "<h1>Oh</h1>"), "a server error");
    }
}
