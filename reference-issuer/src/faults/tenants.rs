//! Faults of servers that keep what belongs to several in one place, and do not tell it apart.

use super::{Fault, Lapse, Rule, Stage};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "accepts-another-tenants-code",
        station: "token",
        stage: Stage::Rule(Rule::CodeOwn, Lapse::Accepts),
        config: "tenants",
        says: "A code of the other tenant is served",
        caught_by: &["token/refuses-another-issuers-code"],
    },
    Fault {
        name: "crashes-on-another-tenants-code",
        station: "token",
        stage: Stage::Rule(Rule::CodeOwn, Lapse::Crashes),
        config: "tenants",
        says: "A code of the other tenant is answered with status 500",
        caught_by: &["token/refuses-another-issuers-code", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-another-tenants-token",
        station: "credential",
        stage: Stage::Rule(Rule::TokenOwn, Lapse::Accepts),
        config: "tenants",
        says: "An access token of the other tenant is served",
        caught_by: &["credential/refuses-another-issuers-token"],
    },
    Fault {
        name: "crashes-on-another-tenants-token",
        station: "credential",
        stage: Stage::Rule(Rule::TokenOwn, Lapse::Crashes),
        config: "tenants",
        says: "An access token of the other tenant is answered with status 500",
        caught_by: &["credential/refuses-another-issuers-token", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-another-tenants-nonce",
        station: "proof",
        stage: Stage::Rule(Rule::ProofNonceOwn, Lapse::Accepts),
        config: "tenants",
        says: "A key proof with a nonce of the other tenant is served",
        caught_by: &["proof/refuses-another-issuers-nonce"],
    },
    Fault {
        name: "crashes-on-another-tenants-nonce",
        station: "proof",
        stage: Stage::Rule(Rule::ProofNonceOwn, Lapse::Crashes),
        config: "tenants",
        says: "A key proof with a nonce of the other tenant is answered with status 500",
        caught_by: &["proof/refuses-another-issuers-nonce", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-another-users-identifier",
        station: "credential",
        stage: Stage::Rule(Rule::IdentifierOwn, Lapse::Accepts),
        config: "tenants",
        says: "A credential identifier of another user is served",
        caught_by: &["credential/refuses-another-users-identifier"],
    },
    Fault {
        name: "crashes-on-another-users-identifier",
        station: "credential",
        stage: Stage::Rule(Rule::IdentifierOwn, Lapse::Crashes),
        config: "tenants",
        says: "A credential identifier of another user is answered with status 500",
        caught_by: &["credential/refuses-another-users-identifier", "http/never-answers-5xx"],
    },
];
