//! What was right in some draft and is not in 1.0 Final. A breach of this kind says that an issuer
//! speaks an older version, not that it is careless: such breaches are told as one list.
//!
//! Only a dialect that the user names excuses them.

use crate::checks::issuer_metadata::fingerprint_of;
use crate::checks::{Outcome, Scene, Verdict};
use crate::protocol::dialect::Dialect;

/// An obligation that older drafts did not have, or had otherwise.
#[derive(Debug, PartialEq, Eq)]
pub struct Former {
    /// Id of its check.
    pub check: &'static str,
    /// The drafts in which it was otherwise, both ends included.
    pub drafts: (u8, u8),
    /// What has to be done for 1.0 Final, as an instruction.
    pub wants: &'static str,
    /// The error codes that were right, where the breach is a refusal with another one; none where
    /// every breach of the check is of this kind.
    pub codes: &'static [&'static str],
    /// The dialect that has it so though its drafts do not; none where the drafts do.
    pub only_in: Option<&'static str>,
}

impl Former {
    /// Whether it was otherwise in a dialect.
    fn is_of(&self, dialect: &Dialect) -> bool {
        match self.only_in {
            Some(name) => name == dialect.name,
            None => overlap(dialect.drafts, self.drafts),
        }
    }
}

/// The row that explains a verdict: what an issuer of such a draft could not have met.
fn row_of(verdict: &Verdict) -> Option<&'static Former> {
    let actual = verdict.actual.as_deref().unwrap_or_default();
    let fits =
        |row: &&Former| row.codes.is_empty() || row.codes.iter().any(|code| actual.contains(code));
    FORMERS.iter().filter(|row| row.check == verdict.check).find(fits)
}

/// The verdict, marked where an older draft explains it, and excused where the user named one.
pub(in crate::checks) fn told(mut verdict: Verdict, scene: &Scene<'_>) -> Verdict {
    if !matches!(verdict.outcome, Outcome::Fail | Outcome::Warn | Outcome::Note) {
        return verdict;
    }
    let Some(row) = row_of(&verdict) else { return verdict };
    match scene.policy.dialect.as_deref().and_then(Dialect::find) {
        Some(dialect) if row.is_of(dialect) => {
            verdict.former = Some(row);
            verdict.outcome = Outcome::NotApplicable;
            verdict.because = Some(format!("{} has it otherwise", dialect.called));
        }
        Some(_) => {}
        None => {
            let (first, last) = row.drafts;
            let seen = fingerprint_of(scene).former;
            let is_seen = seen.iter().any(|sign| sign.is_of_a_draft(first, last));
            if is_seen && row.only_in.is_none() {
                verdict.former = Some(row);
            }
        }
    }
    verdict
}

fn overlap(one: (u8, u8), other: (u8, u8)) -> bool {
    one.0 <= other.1 && other.0 <= one.1
}

const fn until(last: u8, check: &'static str, wants: &'static str) -> Former {
    Former { check, drafts: (11, last), wants, codes: &[], only_in: None }
}

const fn only(draft: u8, check: &'static str, wants: &'static str) -> Former {
    Former { check, drafts: (draft, draft), wants, codes: &[], only_in: None }
}

const fn refusal(
    last: u8,
    check: &'static str,
    codes: &'static [&'static str],
    wants: &'static str,
) -> Former {
    Former { check, drafts: (11, last), wants, codes, only_in: None }
}

/// What one product leaves out, and no draft does.
const fn absent(dialect: &'static str, check: &'static str, wants: &'static str) -> Former {
    Former { check, drafts: (11, 15), wants, codes: NOTHING, only_in: Some(dialect) }
}

/// What is found where a member is not there.
const NOTHING: &[&str] = &["nothing"];
/// The codes for what cannot be issued, before there were identifiers.
const UNSUPPORTED: &[&str] = &["unsupported_credential_type", "unsupported_credential_format"];
/// The code for a stale nonce, before it had one of its own.
const STALE_NONCE: &[&str] = &["invalid_proof"];

#[rustfmt::skip]
static FORMERS: &[Former] = &[
    until(15, "issuer-metadata/is-at-the-inserted-path", "serve the Credential Issuer Metadata where the well-known segment stands between host and path"),
    until(15, "as-metadata/is-at-the-inserted-path", "serve the Authorization Server Metadata by RFC 8414, the well-known segment between host and path"),
    until(12, "as-metadata/names-a-token-endpoint", "put token_endpoint into the Authorization Server Metadata"),
    until(12, "issuer-metadata/lists-configurations", "list credential_configurations_supported, an object by id, in place of credentials_supported"),
    until(13, "issuer-metadata/configurations-name-their-type", "name the type as the format has it: vct, doctype, or credential_definition with type"),
    until(14, "issuer-metadata/names-dc-sd-jwt", "call the format dc+sd-jwt"),
    until(15, "issuer-metadata/binding-goes-with-proof-types", "list binding methods and proof types together, or neither"),
    until(15, "issuer-metadata/binding-methods-are-known", "list the binding methods of 1.0: jwk, cose_key, DID methods"),
    until(15, "issuer-metadata/proof-types-list-algorithms", "list proof_types_supported as an object with proof_signing_alg_values_supported"),
    until(15, "issuer-metadata/signing-algorithms-are-typed", "list algorithms of mdocs as COSE numbers, and all others as JOSE names"),
    until(15, "issuer-metadata/batch-size-is-at-least-two", "announce a batch_size of two or more, or none"),
    until(14, "issuer-metadata/claims-are-paths", "describe claims as an array of paths in credential_metadata"),
    until(14, "issuer-metadata/claims-are-described-once", "describe each claim once"),
    until(15, "issuer-metadata/keeps-display-in-credential-metadata", "move display and claims of a configuration into credential_metadata"),
    until(12, "offer/asks-for-codes-by-tx-code", "ask for a code by tx_code in place of user_pin_required, and take it as tx_code at the token endpoint"),
    until(12, "offer/lists-configurations", "offer credential_configuration_ids in place of credentials"),
    until(12, "offer/offers-known-configurations", "offer ids of credential_configurations_supported"),
    until(14, "token/omits-nonces", "leave c_nonce out of the token response, and publish a nonce_endpoint"),
    until(15, "credential/takes-current-requests", "take credential requests by credential_configuration_id or credential_identifier, with key proofs as an array in proofs"),
    until(14, "credential/refuses-a-format", "refuse credential requests by format and type: take credential_configuration_id or credential_identifier"),
    refusal(14, "credential/excludes-deferral-members", &["notification_id without credentials"], "give notification_id beside credentials, the array"),
    until(14, "credential/returns-credential-objects", "answer credentials, an array of objects with credential"),
    until(15, "credential/omits-old-members", "leave format, c_nonce and acceptance_token out of the credential response"),
    until(15, "credential/errors-use-current-codes", "use the error codes of 1.0 at the credential endpoint"),
    until(12, "token/refuses-unexpected-tx-code", "refuse a tx_code that the offer does not ask for"),
    only(11, "deferred/answers-202", "put a credential off with 202 and a transaction_id in place of an acceptance_token"),
    until(15, "deferred/names-an-interval", "say by interval when to ask for a credential that is put off again"),
    refusal(15, "deferred/answers-a-poll", &["issuance_pending"], "answer 202 with transaction_id and interval in place of the error issuance_pending"),
    only(11, "deferred/answers-a-poll", "answer 202 with transaction_id and interval while a credential is still to come"),
    until(14, "sd-jwt/typ-is-dc-sd-jwt", "give SD-JWT VCs the typ dc+sd-jwt"),
    absent("corbado", "as-metadata/names-the-same-issuer", "name the server as issuer in its metadata"),
    refusal(15, "credential/refuses-unknown-configuration", UNSUPPORTED, "refuse what is not known with unknown_credential_configuration"),
    refusal(15, "credential/refuses-made-up-identifiers", UNSUPPORTED, "refuse identifiers that were never given with unknown_credential_identifier"),
    refusal(12, "credential/refuses-malformed-json", &["invalid_request", "invalid_or_missing_proof"], "refuse malformed requests with invalid_credential_request"),
    refusal(14, "proof/refuses-unknown-nonce", STALE_NONCE, "refuse a stale nonce with invalid_nonce"),
];

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::checks::staging::{Stage, honest_metadata};
    use crate::checks::{self, Policy};
    use crate::transcript::Station;

    fn draft_13() -> Stage {
        let token = json!({ "access_token": "t", "token_type": "Bearer", "c_nonce": "n" });
        Stage::new().issuer_metadata(honest_metadata()).answer_json(Station::Token, 200, token)
    }

    fn omits_nonces(stage: &Stage) -> Verdict {
        let check = checks::find("token/omits-nonces").into_iter();
        let mut verdicts = check.flat_map(|check| stage.verdicts(check));
        verdicts.next().into_iter().next().unwrap_or_else(|| unreachable!("no verdict"))
    }

    #[test]
    fn every_row_is_of_a_check() {
        for row in FORMERS {
            assert!(checks::find(row.check).is_some(), "{}", row.check);
            assert!(row.drafts.0 <= row.drafts.1 && row.drafts.1 <= 15, "{}", row.check);
        }
    }

    #[test]
    fn an_older_draft_explains_and_does_not_excuse() {
        let verdict = omits_nonces(&draft_13());
        assert_eq!(verdict.outcome, Outcome::Warn);
        assert!(verdict.former.is_some_and(|row| row.wants.contains("nonce_endpoint")));
    }

    #[test]
    fn a_dialect_that_was_named_excuses() {
        let named = |dialect: &str| {
            let policy = Policy { dialect: Some(dialect.into()), ..Policy::default() };
            omits_nonces(&draft_13().policy(policy))
        };
        let excused = named("13");
        assert_eq!(excused.outcome, Outcome::NotApplicable);
        assert_eq!(excused.because.as_deref(), Some("draft 13 has it otherwise"));
        assert!(excused.former.is_some() && excused.actual.is_some());
        assert_eq!(named("15").outcome, Outcome::Warn, "draft 15 had a Nonce Endpoint");
    }

    #[test]
    fn what_one_product_leaves_out_is_excused_in_its_dialect_only() {
        let judged = |dialect: &str, server: serde_json::Value| {
            let policy = Policy { dialect: Some(dialect.into()), ..Policy::default() };
            let stage = Stage::new().issuer_metadata(honest_metadata()).as_metadata(server);
            let check = checks::find("as-metadata/names-the-same-issuer").into_iter();
            let verdicts =
                check.flat_map(|check| stage.clone().policy(policy.clone()).verdicts(check));
            verdicts.map(|verdict| verdict.outcome).next()
        };
        let absent = json!({ "token_endpoint": "https://issuer.example/token" });
        assert_eq!(judged("corbado", absent.clone()), Some(Outcome::NotApplicable));
        assert_eq!(judged("13", absent), Some(Outcome::Fail));
        let other = json!({ "issuer": "https://other.example" });
        assert_eq!(judged("corbado", other), Some(Outcome::Fail));
    }
}
