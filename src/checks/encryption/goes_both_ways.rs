//! Who asks for an encrypted answer has to encrypt the question.

use super::announces_responses;
use crate::checks::issuer_metadata::in_document;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "encryption/goes-both-ways",
    aliases: &[],
    since: "2026.3",
    title: "an issuer that encrypts responses reads encrypted requests",
    level: Level::Derived,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#credential-response", "vci#credential-issuer-parameters"],
    obligation: "metadata with credential_response_encryption have credential_request_encryption too",
    doc: "A wallet must encrypt a request that brings the key for its answer. Where the \
          metadata have no key for requests, no wallet can follow the rule, and a strict one \
          will not ask for encryption at all.\n\n\
          Issuers that had response encryption before draft 16 need \
          `credential_request_encryption` beside it.",
    judge: Judge::Answers(Station::IssuerMetadata, goes_both_ways),
};

fn goes_both_ways(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        if metadata.response_encryption().is_none() {
            return Finding::Silent("response encryption is not offered");
        }
        let is_there = metadata.request_encryption().is_some();
        Finding::expect(is_there, "credential_request_encryption", "none")
    })
}

#[cfg(test)]
mod tests {
    use super::super::staged::metadata;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, without};

    #[test]
    fn responses_alone_break() {
        assert_holds(&super::CHECK, &Stage::new().issuer_metadata(metadata()));
        let alone = without(metadata(), "/credential_request_encryption");
        assert_breaks(&super::CHECK, &Stage::new().issuer_metadata(alone), "none");
    }
}
