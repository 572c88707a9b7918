//! A bound token without its proof is a bearer token.

use super::{AT_CREDENTIAL, AT_DEFERRED, AT_NOTIFICATION, AT_TOKEN};
use crate::checks::{
    Applies, Check, Control, Expectation, Judge, Level, Refusal, Scene, applicability,
};

pub static CHECK: Check = Check {
    id: "dpop/refuses-missing-proof",
    aliases: &[],
    since: "2026.1",
    title: "a missing proof is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-7.1", "rfc9449#section-5.2"],
    obligation: "a bound token without a DPoP proof is refused at the Credential Endpoint, and a token request without one where the client has to use DPoP",
    doc: "At the Credential Endpoint the `DPoP` scheme calls for the `DPoP` header: a server \
          that checks the header only where it is there has made the binding optional for \
          thieves. At the Token Endpoint a request without a proof is refused for clients with \
          `dpop_bound_access_tokens`, and under HAIP; for others it may well yield a bearer \
          token, and is not judged.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-missing",
        expects: &[
            Expectation {
                applies: where_demanded,
                codes: &["invalid_dpop_proof", "invalid_request", "use_dpop_nonce"],
                tolerated: &[],
                ..AT_TOKEN
            },
            missing_at(AT_CREDENTIAL),
            missing_at(AT_DEFERRED),
            missing_at(AT_NOTIFICATION),
        ],
        control: Control::Needed,
        leniency: None,
    }),
};

/// A proof that is missing where a bound token is presented.
const fn missing_at(resource: Expectation) -> Expectation {
    Expectation {
        codes: &["invalid_dpop_proof", "invalid_token", "use_dpop_nonce"],
        tolerated: &["invalid_request"],
        ..resource
    }
}

fn where_demanded(scene: &Scene<'_>) -> Applies {
    Applies::when(
        scene.policy.demands_dpop(),
        "neither the client nor the profile demands DPoP of token requests",
    )
}

#[cfg(test)]
mod tests {
    use super::super::staged::controls;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::checks::{Outcome, Policy};
    use crate::transcript::Station;

    const TAMPER: &str = "dpop-missing";

    #[test]
    fn the_authorization_server_refuses_it_where_dpop_is_demanded() {
        let demanding =
            || controls().policy(Policy { dpop_bound_access_tokens: true, ..Policy::default() });
        let right = demanding().refused_at_token(TAMPER, 400, "invalid_request");
        assert_holds(&super::CHECK, &right);
        let accepted = demanding().accepted(TAMPER, Station::Token);
        assert_breaks(&super::CHECK, &accepted, "accepted");
        let optional = controls().accepted(TAMPER, Station::Token);
        assert_outcome(&super::CHECK, &optional, Outcome::NotApplicable);
    }

    #[test]
    fn an_unbound_token_needs_no_proof() {
        let bearer = r#"{"access_token":"t","token_type":"Bearer"}"#;
        let stage = crate::checks::staging::Stage::new()
            .answer(Station::Token, 200, &[], bearer)
            .accepted(TAMPER, Station::Credential);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}
