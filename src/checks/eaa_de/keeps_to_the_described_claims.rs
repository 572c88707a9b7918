//! What a credential says of its holder, the holder should have been told before.

use serde_json::Value;

use super::sd_jwt_vcs;
use crate::checks::sd_jwt::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedSdJwt, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "eaa-de/keeps-to-the-described-claims",
    aliases: &[],
    since: "2026.3",
    title: "only described claims are issued",
    level: Level::Note,
    raised_by: &[],
    applies: sd_jwt_vcs,
    spec: &["eaa-de#74-credential-endpoint-checklist", "vci#claims-description-issuer-metadata"],
    obligation: "an SD-JWT VC has no claim about its holder that the metadata do not describe",
    doc: "Data minimisation begins with saying which claims there are. Every claim about the holder is described in \
          `credential_metadata.claims` of its configuration; one that is not was mostly copied from the source system: an \
          internal number, an address that nobody asked for.\n\n\
          Describe the claim, or leave it out of the credential. The text does not ask for complete descriptions, so it is only \
          reported, and issuers that describe no claims are not judged.",
    judge: Judge::Answers(Station::Credential, keeps_to_the_described_claims),
};

/// Claims of SD-JWT VC and JWT themselves, which are about the credential.
const OF_THE_FORMAT: &[&str] =
    &["iss", "sub", "iat", "nbf", "exp", "jti", "aud", "cnf", "vct", "vct#integrity", "status"];

fn keeps_to_the_described_claims(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, issued| {
        let configuration = issued.configuration(scene);
        let described = configuration.and_then(|configuration| {
            configuration.json().pointer("/credential_metadata/claims")?.as_array()
        });
        match described {
            Some(described) => beyond(described, opened),
            None => Finding::Exempt("the configuration describes no claims"),
        }
    })
}

fn beyond(described: &[Value], opened: &OpenedSdJwt) -> Finding {
    let Ok(unpacked) = &opened.unpacked else {
        return Finding::Silent("the claims cannot be read");
    };
    let is_described = |name: &str| {
        described.iter().any(|one| one.pointer("/path/0").is_some_and(|first| first == name))
    };
    let others: Vec<&str> = unpacked
        .claims
        .keys()
        .map(String::as_str)
        .filter(|name| !OF_THE_FORMAT.contains(name) && !is_described(name))
        .take(6)
        .collect();
    Finding::expect(others.is_empty(), "described claims only", others.join(", "))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::held::to_the_guide;
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{Stage, assert_breaks, assert_outcome, honest_metadata, with};

    fn described(claims: Value) -> Stage {
        let pointer = "/credential_configurations_supported/pid/credential_metadata";
        let json = with(honest_metadata(), pointer, json!({ "claims": claims }));
        to_the_guide(issued(&[Paper::honest(1)]).issuer_metadata(json))
    }

    #[test]
    fn a_claim_that_nobody_described_is_noted() {
        let name = |name: &str| json!({ "path": [name] });
        let some = json!([name("given_name"), name("family_name")]);
        assert_breaks(&super::CHECK, &described(some), "nationality");
        let all = json!([name("given_name"), name("family_name"), name("nationality")]);
        assert_outcome(&super::CHECK, &described(all), Outcome::Pass);
        let silent = to_the_guide(issued(&[Paper::honest(1)]));
        assert_outcome(&super::CHECK, &silent, Outcome::NotApplicable);
    }
}
