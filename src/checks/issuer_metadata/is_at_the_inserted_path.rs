//! A wallet of 1.0 looks for the metadata in one place only.

use crate::checks::well_known::{answer_at, issuer_identifiers, judge_place, leads_to};
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::{Location, WellKnown};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/is-at-the-inserted-path",
    aliases: &[],
    since: "2026.1",
    title: "issuer metadata is at the inserted well-known path",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-wellknown"],
    obligation: "GET answers 200 where /.well-known/openid-credential-issuer is inserted between host \
                 and path of the identifier",
    doc: "For `https://h/tenant` the metadata is at `https://h/.well-known/openid-credential-issuer/tenant`. \
          Drafts up to 15 appended the segment after the path, and applications mounted under a path still \
          serve it there, because nothing outside their own path reaches them. Identifiers without a path \
          do not show the difference.\n\n\
          Add a route for `/.well-known/openid-credential-issuer/*` at the root of the host, in the reverse \
          proxy if need be, and keep the old address for old wallets. The status is 200: neither a redirect \
          nor 201.",
    judge: Judge::Transcript(is_at_the_inserted_path),
};

fn is_at_the_inserted_path(scene: &Scene<'_>) -> Finding {
    let identifiers = issuer_identifiers(scene);
    let asked_at = |location| {
        answer_at(scene, Station::IssuerMetadata, |url| {
            identifiers.iter().any(|identifier| {
                // Whether a trailing slash belongs to the path is not said: either place will do.
                let stripped = identifier.strip_suffix('/').unwrap_or(identifier);
                leads_to(identifier, WellKnown::CredentialIssuer, location, url)
                    || leads_to(stripped, WellKnown::CredentialIssuer, location, url)
            })
        })
    };
    match asked_at(Location::Inserted) {
        Some(answered) => judge_place(&answered, asked_at(Location::Appended)),
        None => Finding::Silent("no answer from the inserted path"),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata,
    };
    use crate::transcript::Station;

    const INSERTED: &str = "https://issuer.example/.well-known/openid-credential-issuer/t";
    const APPENDED: &str = "https://issuer.example/t/.well-known/openid-credential-issuer";

    fn stage(answers: &[(&str, u16)]) -> Stage {
        let mut stage = Stage::new();
        stage.run.provenance.credential_issuer = "https://issuer.example/t".into();
        for (url, status) in answers {
            stage = stage.answer_json(Station::IssuerMetadata, *status, honest_metadata()).sent(
                "GET",
                url,
                &[],
                "",
            );
        }
        stage
    }

    #[test]
    fn two_hundred_at_the_inserted_path_holds() {
        assert_holds(&super::CHECK, &stage(&[(INSERTED, 200)]));
        assert_holds(&super::CHECK, &stage(&[(APPENDED, 404), (INSERTED, 200)]));
        assert_holds(&super::CHECK, &Stage::new().issuer_metadata(honest_metadata()));
    }

    #[test]
    fn another_status_or_place_does_not() {
        let old = stage(&[(INSERTED, 404), (APPENDED, 200)]);
        assert_breaks(&super::CHECK, &old, "404 there, 200 only at https://issuer.example/t/");
        for status in [201, 302, 500] {
            let says = status.to_string();
            assert_breaks(&super::CHECK, &stage(&[(INSERTED, status)]), &says);
        }
    }

    #[test]
    fn either_reading_of_a_trailing_slash_will_do() {
        for url in [INSERTED.to_owned(), format!("{INSERTED}/")] {
            let mut stage = stage(&[(&url, 200)]);
            stage.run.provenance.credential_issuer = "https://issuer.example/t/".into();
            assert_holds(&super::CHECK, &stage);
        }
    }

    #[test]
    fn without_an_answer_from_there_nothing_can_be_said() {
        let stage = stage(&[(APPENDED, 200)]);
        assert_outcome(&super::CHECK, &stage, Outcome::NotTestable);
    }
}
