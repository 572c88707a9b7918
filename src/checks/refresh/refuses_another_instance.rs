//! A refresh token that left its device is worth nothing on another.

use super::{INVALID_GRANT, issues_refresh_tokens};
use crate::checks::unlinkability::serves_every_instance::attested;
use crate::checks::{Applies, Check, Control, Expectation, Judge, Level, Refusal, Scene};

pub static CHECK: Check = Check {
    id: "refresh/refuses-another-instance",
    aliases: &[],
    since: "2026.3",
    title: "a refresh by another installation of the wallet is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested,
    spec: &["abca#section-10.3"],
    obligation: "a refresh token that an attested client got is refused where the attestation is for another key, though the client is the same",
    doc: "All installations of a wallet share their client id, so a refresh token that is bound to the \
          client alone can be used by each of them. It has to be bound to the key that the attestation \
          named when the token was issued.\n\n\
          Keep the thumbprint of `cnf.jwk` beside the refresh token, compare it at each refresh, and \
          answer `invalid_grant`. An attestation that is renewed for the same key goes on working.",
    judge: Judge::Refusal(Refusal {
        tamper: "refresh-by-another-instance",
        expects: &[Expectation {
            applies: of_attested_clients,
            status: &[400, 401],
            codes: &["invalid_grant", "invalid_client", "invalid_client_attestation"],
            fixed: false,
            ..INVALID_GRANT
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

fn of_attested_clients(scene: &Scene<'_>) -> Applies {
    match attested(scene) {
        Applies::Yes => issues_refresh_tokens(scene),
        no => no,
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::{granted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    const TAMPER: &str = "refresh-by-another-instance";

    fn attested(stage: Stage) -> Stage {
        stage.last(|exchange| exchange.request.headers.push("oauth-client-attestation", "a.b.c"))
    }

    #[test]
    fn the_refusal_holds_and_a_token_breaks() {
        for code in ["invalid_grant", "invalid_client"] {
            assert_holds(&super::CHECK, &attested(refused(TAMPER, 400, code)));
        }
        assert_breaks(&super::CHECK, &attested(granted(TAMPER)), "accepted");
        assert_outcome(&super::CHECK, &granted(TAMPER), Outcome::NotApplicable);
    }
}
