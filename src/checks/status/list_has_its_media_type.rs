//! The media type says which of two forms it is.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::formats::status_list::{CWT_MEDIA_TYPE, JWT_MEDIA_TYPE};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "status/list-has-its-media-type",
    aliases: &[],
    since: "2026.3",
    title: "the status list is served under its own media type",
    level: Level::Must,
    raised_by: &[],
    applies: super::fetched,
    spec: &["tsl#section-8.2"],
    obligation: "a status list is served as application/statuslist+jwt or application/statuslist+cwt",
    doc: "The two forms are told apart by `Content-Type`. Static hosting serves a file as \
          `application/octet-stream` or `text/plain`, and frameworks that know JWTs write \
          `application/jwt`. Set the type where the file is stored or the route is declared.",
    judge: Judge::Answers(Station::StatusList, list_has_its_media_type),
};

fn list_has_its_media_type(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if !answered.answer.is_success() {
        return Finding::Silent("the status list was not answered");
    }
    let media_type = answered.answer.media_type();
    let is_right = matches!(media_type.as_deref(), Some(JWT_MEDIA_TYPE | CWT_MEDIA_TYPE));
    let actual = media_type.unwrap_or_else(|| "no Content-Type".to_owned());
    Finding::expect(is_right, JWT_MEDIA_TYPE, actual)
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::status::{answered, list, published};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn both_forms_hold() {
        assert_holds(&super::CHECK, &published(&list()));
        assert_holds(&super::CHECK, &answered(200, "application/statuslist+cwt", "x"));
    }

    #[test]
    fn another_type_breaks_and_an_error_has_its_own() {
        assert_breaks(&super::CHECK, &answered(200, "application/jwt", "x"), "application/jwt");
        let error = answered(404, "text/html", "");
        assert_outcome(&super::CHECK, &error, Outcome::NotTestable);
    }
}
