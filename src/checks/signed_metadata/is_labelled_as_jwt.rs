//! Whoever asks for the signed form can tell by its label that it came.

use super::{UNSIGNED, is_labelled, read, was_asked_for};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "signed-metadata/is-labelled-as-jwt",
    aliases: &[],
    since: "2026.3",
    title: "signed metadata are labelled as a JWT",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-wellknown"],
    obligation: "metadata that are sent signed have the Content-Type application/jwt, and nothing else has it",
    doc: "A wallet says by `Accept: application/jwt` that it can read signed metadata, and learns from `Content-Type` \
          whether it got them. Handlers that sign and forget to change the label leave the wallet with JSON that \
          is none; those that only echo the wanted type leave it with a JWT that is none.\n\n\
          An issuer that does not sign its metadata answers with `application/json` whatever is asked for, which \
          is in order.",
    judge: Judge::Answers(Station::NegotiatedMetadata, is_labelled_as_jwt),
};

fn is_labelled_as_jwt(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if !was_asked_for(answered) {
        return Finding::Silent("the signed form was not asked for");
    }
    let media_type =
        || answered.answer.media_type().unwrap_or_else(|| "no Content-Type".to_owned());
    match (read(answered).is_some(), is_labelled(answered)) {
        (true, true) => Finding::Holds,
        (true, false) => Finding::breaks("Content-Type: application/jwt for a JWT", media_type()),
        (false, true) => Finding::breaks("a JWT as application/jwt", "no JWT"),
        (false, false) => Finding::Exempt(UNSIGNED),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::signed_metadata::staged::{answered, given, honest};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn label_and_form_go_together() {
        assert_holds(&super::CHECK, &given(&honest()));
        let mislabelled = answered("application/json", &honest().compact());
        assert_breaks(&super::CHECK, &mislabelled, "application/json");
        assert_breaks(&super::CHECK, &answered("application/jwt", "{}"), "no JWT");
    }

    #[test]
    fn nobody_has_to_sign() {
        let plain = answered("application/json", "{}");
        assert_outcome(&super::CHECK, &plain, Outcome::NotApplicable);
    }
}
