//! Clients that check the media type stop at a wrong one.

use serde_json::Value;

use super::is_in_place;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, served};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "as-metadata/is-served-as-json",
    aliases: &[],
    since: "2026.1",
    title: "authorization server metadata is served as JSON",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc8414#section-3.2"],
    obligation: "authorization server metadata is a JSON object, stated as application/json",
    doc: "A file without an extension, put under `/.well-known/` by hand, goes out as \
          `application/octet-stream` or `text/plain`; a page for unknown paths goes out as HTML with status \
          200, and the client fails on its first character.\n\n\
          Set the media type for this path in the handler or the file server. Parameters such as `charset` \
          do no harm.",
    judge: Judge::Answers(Station::AsMetadata, is_served_as_json),
};

fn is_served_as_json(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    let is_object = answered.json.is_some_and(Value::is_object);
    if !answered.answer.is_success() || !(is_in_place(answered) || is_object) {
        return Finding::Silent("no metadata was given");
    }
    served::is_json_object(answered)
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    const PLACE: &str = "/.well-known/oauth-authorization-server";

    fn stage(path: &str, content_type: &str, body: &str) -> Stage {
        let url = format!("https://issuer.example{path}");
        let headers = [("content-type", content_type)];
        Stage::new().answer(Station::AsMetadata, 200, &headers, body).sent("GET", &url, &[], "")
    }

    #[test]
    fn json_holds_and_other_types_do_not() {
        let check = &super::CHECK;
        assert_holds(check, &stage(PLACE, "application/json;charset=UTF-8", "{}"));
        assert_breaks(check, &stage(PLACE, "text/html", "<html>"), "text/html");
        assert_breaks(check, &stage(PLACE, "application/json", "[]"), "an array");
    }

    #[test]
    fn a_page_for_unknown_paths_is_no_metadata() {
        let page = stage("/t/.well-known/openid-configuration", "text/html", "<html>");
        assert_outcome(&super::CHECK, &page, Outcome::NotTestable);
    }
}
