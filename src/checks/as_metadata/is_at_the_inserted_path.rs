//! Wallets look for OAuth metadata, in the place that RFC 8414 names.

use super::server_identifiers;
use crate::checks::judge::worse;
use crate::checks::well_known::{answer_at, judge_place, leads_to};
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::{Location, WellKnown};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "as-metadata/is-at-the-inserted-path",
    aliases: &[],
    since: "2026.1",
    title: "authorization server metadata is at the inserted well-known path",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc8414#section-3", "rfc8414#section-3.1", "vci#credential-issuer-parameters"],
    obligation: "GET answers 200 where /.well-known/oauth-authorization-server is inserted between host \
                 and path of the authorization server's identifier",
    doc: "For `https://as/realm` the metadata is at `https://as/.well-known/oauth-authorization-server/realm`; \
          a slash at the end of the identifier is removed first. Identity products publish \
          `/.well-known/openid-configuration`, appended, and some publish nothing else: that is discovery of \
          OpenID Connect, and wallets do not look there.\n\n\
          Where the product cannot do it, let the reverse proxy answer the OAuth path with the same document. \
          A redirect only warns, since RFC 8414 does not speak of it.",
    judge: Judge::Transcript(is_at_the_inserted_path),
};

fn is_at_the_inserted_path(scene: &Scene<'_>) -> Finding {
    let asked_at = |identifier: &str, kind, location| {
        answer_at(scene, Station::AsMetadata, |url| leads_to(identifier, kind, location, url))
    };
    let findings = server_identifiers(scene).into_iter().map(|identifier| {
        let oauth = WellKnown::AuthorizationServer;
        let openid = WellKnown::OpenidConfiguration;
        let elsewhere = [(oauth, Location::Appended), (openid, Location::Appended)]
            .into_iter()
            .filter_map(|(kind, location)| asked_at(identifier, kind, location))
            .find(|answered| answered.answer.status == 200);
        match asked_at(identifier, oauth, Location::Inserted) {
            Some(answered) => match judge_place(&answered, elsewhere) {
                Finding::Breaks(breach) if (300..400).contains(&answered.answer.status) => {
                    Finding::Warns(breach, "RFC 8414 does not say whether clients follow redirects")
                }
                finding => finding,
            },
            None => Finding::Silent("no answer from the inserted path"),
        }
    });
    findings.reduce(worse).unwrap_or(Finding::Silent("no authorization server is known"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_as_metadata, honest_metadata,
        with,
    };
    use crate::transcript::Station;

    const INSERTED: &str = "https://as.example/.well-known/oauth-authorization-server/realm";
    const APPENDED: &str = "https://as.example/realm/.well-known/oauth-authorization-server";
    const OPENID: &str = "https://as.example/realm/.well-known/openid-configuration";

    fn stage(answers: &[(&str, u16)]) -> Stage {
        let servers = json!(["https://as.example/realm/"]);
        let metadata = with(honest_metadata(), "/authorization_servers", servers);
        let mut stage = Stage::new().issuer_metadata(metadata);
        for (url, status) in answers {
            stage = stage.answer_json(Station::AsMetadata, *status, honest_as_metadata()).sent(
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
        assert_holds(&super::CHECK, &stage(&[(OPENID, 404), (INSERTED, 200)]));
        assert_holds(&super::CHECK, &Stage::new().as_metadata(honest_as_metadata()));
    }

    #[test]
    fn another_place_does_not() {
        for place in [APPENDED, OPENID] {
            let stage = stage(&[(INSERTED, 404), (place, 200)]);
            let says = format!("404 there, 200 only at {place}");
            assert_breaks(&super::CHECK, &stage, &says);
            assert_outcome(&super::CHECK, &stage, Outcome::Fail);
        }
        assert_breaks(&super::CHECK, &stage(&[(INSERTED, 203)]), "203");
    }

    #[test]
    fn a_redirect_warns_and_silence_proves_nothing() {
        assert_outcome(&super::CHECK, &stage(&[(INSERTED, 308)]), Outcome::Warn);
        assert_outcome(&super::CHECK, &stage(&[(OPENID, 200)]), Outcome::NotTestable);
    }
}
