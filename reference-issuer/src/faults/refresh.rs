//! Faults of refresh tokens.

use super::{Fault, Lapse, Rule, Stage};
use crate::{
    answer::Answer, incoming::Incoming, issuer::Issuer, random, refusal::Refusal, station::Station,
    store::Grant, token_request::REFRESH_TOKEN,
};

const TOKEN: &[Station] = &[Station::Token];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "refresh-unannounced",
        station: "refresh",
        stage: Stage::Wire(&[Station::AsMetadata], unannounce),
        config: "refresh",
        says: "Refresh tokens are handed out and grant_types_supported does not list them",
        caught_by: &["refresh/is-announced"],
    },
    Fault {
        name: "refresh-refused",
        station: "refresh",
        stage: Stage::Request(TOKEN, refuse_all),
        config: "refresh",
        says: "Refresh tokens are handed out and taken for unknown ever after",
        caught_by: &["refresh/yields-a-token"],
    },
    Fault {
        name: "refresh-unbinds",
        station: "refresh",
        stage: Stage::Refreshed(|_, grant| grant.key = None),
        config: "refresh",
        says: "The refresh of a bound token gives a bearer token",
        caught_by: &["refresh/keeps-the-token-type", "dpop/binds-the-token"],
    },
    Fault {
        name: "refresh-renames-credentials",
        station: "refresh",
        stage: Stage::Refreshed(rename),
        config: "refresh",
        says: "A refresh gives the same credentials other identifiers",
        caught_by: &["refresh/keeps-credential-identifiers"],
    },
    Fault {
        name: "refresh-entitles-to-nothing",
        station: "refresh",
        stage: Stage::Refreshed(|_, grant| grant.identifiers.clear()),
        config: "refresh",
        says: "The access token of a refresh is good for no credential",
        caught_by: &["refresh/issues-again"],
    },
    Fault {
        name: "takes-each-key-once",
        station: "refresh",
        stage: Stage::Store(|policy| policy.takes_each_key_once = true),
        config: "refresh",
        says: "A credential is not renewed for the key that it is bound to",
        caught_by: &["refresh/issues-to-the-same-key"],
    },
    Fault {
        name: "refresh-never-rotates",
        station: "refresh",
        stage: Stage::Store(|policy| policy.replaces_refresh_tokens = false),
        config: "refresh",
        says: "An unbound refresh token stays the same for ever",
        caught_by: &["refresh/rotates-or-binds"],
    },
    Fault {
        name: "refresh-rotates-bound-tokens",
        station: "refresh",
        stage: Stage::Store(|policy| policy.replaces_bound_refresh_tokens = true),
        config: "refresh",
        says: "A refresh token that is bound to a key is replaced all the same",
        caught_by: &["refresh/keeps-bound-tokens"],
    },
    Fault {
        name: "accepts-unknown-refresh-token",
        station: "refresh",
        stage: Stage::Rule(Rule::RefreshTokenKnown, Lapse::Accepts),
        config: "refresh",
        says: "A refresh with a token that was never handed out is served",
        caught_by: &["refresh/refuses-an-unknown-token"],
    },
    Fault {
        name: "crashes-on-unknown-refresh-token",
        station: "refresh",
        stage: Stage::Rule(Rule::RefreshTokenKnown, Lapse::Crashes),
        config: "refresh",
        says: "A refresh with a token that was never handed out is answered with status 500",
        caught_by: &["refresh/refuses-an-unknown-token", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-another-clients-refresh-token",
        station: "refresh",
        stage: Stage::Rule(Rule::RefreshClientSame, Lapse::Accepts),
        config: "refresh",
        says: "A refresh under the name of another client is served",
        caught_by: &["refresh/refuses-another-client"],
    },
    Fault {
        name: "crashes-on-another-clients-refresh-token",
        station: "refresh",
        stage: Stage::Rule(Rule::RefreshClientSame, Lapse::Crashes),
        config: "refresh",
        says: "A refresh under the name of another client is answered with status 500",
        caught_by: &["refresh/refuses-another-client", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-refresh-by-another-key",
        station: "refresh",
        stage: Stage::Rule(Rule::RefreshKeySame, Lapse::Accepts),
        config: "refresh",
        says: "A refresh by a key that the token is not bound to is served",
        caught_by: &["refresh/refuses-another-key"],
    },
    Fault {
        name: "crashes-on-refresh-by-another-key",
        station: "refresh",
        stage: Stage::Rule(Rule::RefreshKeySame, Lapse::Crashes),
        config: "refresh",
        says: "A refresh by a key that the token is not bound to is answered with status 500",
        caught_by: &["refresh/refuses-another-key", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-replaced-refresh-token",
        station: "refresh",
        stage: Stage::Rule(Rule::RefreshTokenLatest, Lapse::Accepts),
        config: "refresh",
        says: "A refresh with a token that was replaced is served",
        caught_by: &["refresh/refuses-a-replaced-token"],
    },
    Fault {
        name: "crashes-on-replaced-refresh-token",
        station: "refresh",
        stage: Stage::Rule(Rule::RefreshTokenLatest, Lapse::Crashes),
        config: "refresh",
        says: "A refresh with a token that was replaced is answered with status 500",
        caught_by: &["refresh/refuses-a-replaced-token", "http/never-answers-5xx"],
    },
    Fault {
        name: "line-survives-reuse",
        station: "refresh",
        stage: Stage::Store(|policy| policy.ends_lines_at_reuse = false),
        config: "refresh",
        says: "A replaced refresh token that comes back leaves the line alive",
        caught_by: &["refresh/ends-the-line-at-reuse"],
    },
    Fault {
        name: "crashes-after-reuse",
        station: "refresh",
        stage: Stage::Rule(Rule::RefreshLineWhole, Lapse::Crashes),
        config: "refresh",
        says: "After a replaced refresh token came back, the latest is answered with status 500",
        caught_by: &["refresh/ends-the-line-at-reuse", "http/never-answers-5xx"],
    },
    Fault {
        name: "refreshes-beyond-eligibility",
        station: "refresh",
        stage: Stage::Rule(Rule::RefreshEligible, Lapse::Accepts),
        config: "refresh",
        says: "A refresh for a holder who is no longer eligible is served",
        caught_by: &["refresh/ends-with-eligibility"],
    },
    Fault {
        name: "crashes-beyond-eligibility",
        station: "refresh",
        stage: Stage::Rule(Rule::RefreshEligible, Lapse::Crashes),
        config: "refresh",
        says: "A refresh for a holder who is no longer eligible is answered with status 500",
        caught_by: &["refresh/ends-with-eligibility", "http/never-answers-5xx"],
    },
    Fault {
        name: "renews-old-claims",
        station: "refresh",
        stage: Stage::Store(|policy| policy.keeps_claims = true),
        config: "refresh",
        says: "A renewed credential shows the claims that it had when it was offered",
        caught_by: &["refresh/shows-current-claims"],
    },
    Fault {
        name: "accepts-wider-scope",
        station: "refresh",
        stage: Stage::Rule(Rule::RefreshScopeWithin, Lapse::Accepts),
        config: "refresh",
        says: "A refresh for more than was granted is served",
        caught_by: &["refresh/keeps-the-scope"],
    },
    Fault {
        name: "crashes-on-wider-scope",
        station: "refresh",
        stage: Stage::Rule(Rule::RefreshScopeWithin, Lapse::Crashes),
        config: "refresh",
        says: "A refresh for more than was granted is answered with status 500",
        caught_by: &["refresh/keeps-the-scope", "http/never-answers-5xx"],
    },
    Fault {
        name: "refresh-chokes-on-tx-code",
        station: "refresh",
        stage: Stage::Request(TOKEN, refuse_tx_code),
        config: "refresh",
        says: "A refresh with a transaction code is taken for a bad grant",
        caught_by: &["refresh/ignores-a-tx-code"],
    },
    Fault {
        name: "accepts-refresh-by-another-instance",
        station: "refresh",
        stage: Stage::Rule(Rule::RefreshInstanceSame, Lapse::Accepts),
        config: "profiled",
        says: "A refresh by another installation of the same client is accepted",
        caught_by: &["refresh/refuses-another-instance"],
    },
    Fault {
        name: "crashes-on-refresh-by-another-instance",
        station: "refresh",
        stage: Stage::Rule(Rule::RefreshInstanceSame, Lapse::Crashes),
        config: "profiled",
        says: "A refresh by another installation of the same client is answered with status 500",
        caught_by: &["refresh/refuses-another-instance", "http/never-answers-5xx"],
    },
];

/// Whether this is a refresh.
fn is_refresh(incoming: &Incoming) -> bool {
    let form = incoming.form();
    form.iter().any(|(name, value)| name == "grant_type" && value == REFRESH_TOKEN)
}

fn refuse_all(incoming: &Incoming) -> Option<Refusal> {
    is_refresh(incoming).then(|| Refusal::bad_request("invalid_grant", "nobody knows this token"))
}

fn refuse_tx_code(incoming: &Incoming) -> Option<Refusal> {
    let has_tx_code = incoming.form().iter().any(|(name, _)| name == "tx_code");
    (has_tx_code && is_refresh(incoming))
        .then(|| Refusal::bad_request("invalid_grant", "tx_code is wrong"))
}

fn unannounce(answer: &mut Answer) {
    let grants = answer.object().and_then(|metadata| metadata.get_mut("grant_types_supported"));
    if let Some(grants) = grants.and_then(|grants| grants.as_array_mut()) {
        grants.retain(|grant| grant != REFRESH_TOKEN);
    }
}

fn rename(_: &Issuer, grant: &mut Grant) {
    for (identifier, _) in &mut grant.identifiers {
        *identifier = random::short();
    }
}
