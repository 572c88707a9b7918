//! The unsigned form is always there, under its own media type.

use serde_json::Value;

use crate::checks::well_known::is_inserted;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, served};
use crate::protocol::WellKnown;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/is-served-as-json",
    aliases: &[],
    since: "2026.1",
    title: "issuer metadata is served as JSON",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-wellknown"],
    obligation: "issuer metadata is available as a JSON object, stated as application/json",
    doc: "Every issuer serves the unsigned form as `application/json`; the signed form, `application/jwt`, \
          comes beside it for wallets that ask. Static files without an extension go out as \
          `application/octet-stream` or `text/plain`, and a page for unknown paths goes out as HTML with \
          status 200.\n\n\
          Set the media type for this path in the handler or the file server. Parameters such as `charset` \
          do no harm.",
    judge: Judge::Answers(Station::IssuerMetadata, is_served_as_json),
};

fn is_served_as_json(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    let is_object = answered.json.is_some_and(Value::is_object);
    let in_place = is_inserted(&answered.exchange.request.url, WellKnown::CredentialIssuer);
    if !answered.answer.is_success() || !(in_place || is_object) {
        return Finding::Silent("no metadata was given");
    }
    let is_jwt = answered.answer.media_type().as_deref() == Some("application/jwt");
    if is_jwt && asks_for_jwt(answered) {
        return Finding::Silent("the signed form was asked for and given");
    }
    served::is_json_object(answered)
}

fn asks_for_jwt(answered: &Answered<'_>) -> bool {
    answered.exchange.request.headers.all("accept").any(|accept| accept.contains("application/jwt"))
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(path: &str, content_type: &str, body: &str) -> Stage {
        let url = format!("https://issuer.example{path}");
        let headers = [("content-type", content_type)];
        Stage::new().answer(Station::IssuerMetadata, 200, &headers, body).sent("GET", &url, &[], "")
    }

    const PLACE: &str = "/.well-known/openid-credential-issuer";

    #[test]
    fn json_holds_and_other_types_do_not() {
        let check = &super::CHECK;
        assert_holds(check, &stage(PLACE, "application/json; charset=utf-8", "{}"));
        assert_breaks(check, &stage(PLACE, "text/html", "<html>"), "text/html");
        assert_breaks(check, &stage(PLACE, "application/jwt", "a.b.c"), "application/jwt");
        assert_breaks(check, &stage(PLACE, "application/json", "a.b.c"), "no JSON");
    }

    #[test]
    fn a_signed_form_that_was_asked_for_is_not_judged() {
        let url = format!("https://issuer.example{PLACE}");
        let signed = stage(PLACE, "application/jwt", "a.b.c").sent(
            "GET",
            &url,
            &[("accept", "application/jwt, application/json;q=0.5")],
            "",
        );
        assert_outcome(&super::CHECK, &signed, Outcome::NotTestable);
    }

    #[test]
    fn a_page_for_unknown_paths_is_no_metadata() {
        let page = stage(&format!("/t{PLACE}"), "text/html", "<html>");
        assert_outcome(&super::CHECK, &page, Outcome::NotTestable);
    }
}
