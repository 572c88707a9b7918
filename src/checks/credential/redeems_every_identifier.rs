//! What was promised can be had.

use super::super::requested;
use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Scene};
use crate::protocol::CredentialRequest;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/redeems-every-identifier",
    aliases: &[],
    since: "2026.3",
    title: "every credential identifier can be redeemed",
    level: Level::Derived,
    raised_by: &[],
    applies: by_identifier,
    spec: &["vci#token-response", "vci#credential-request"],
    obligation: "a credential request by an identifier that the token response named is not refused for it",
    doc: "Identifiers are made up at the token endpoint and looked up at the credential endpoint. Where the two do not share \
          a store, or only the first identifier of a list is kept, wallets ask in vain for what they were given.",
    judge: Judge::Answers(Station::Credential, redeems_every_identifier),
};

fn by_identifier(scene: &Scene<'_>) -> Applies {
    Applies::when(
        requested::names_identifiers(scene),
        "no token response names credential_identifiers",
    )
}

fn redeems_every_identifier(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    let sent = answered.exchange.request.said().json();
    let request = sent.as_ref().map(CredentialRequest::new);
    let identifier = request.and_then(|request| request.credential_identifier());
    let Some(identifier) = identifier else {
        return Finding::Silent("the request names no credential_identifier");
    };
    match answered.error_code().as_deref() {
        _ if answered.answer.is_success() => Finding::Holds,
        Some("unknown_credential_identifier") => Finding::breaks(
            format!("a credential for {identifier}, which the token response names"),
            answered.summary(),
        ),
        _ => Finding::Silent("the request was refused for another reason"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    fn stage(status: u16, body: Value) -> Stage {
        let token = json!({
            "access_token": "t",
            "authorization_details": [{
                "type": "openid_credential",
                "credential_configuration_id": "pid",
                "credential_identifiers": ["pid-1"]
            }]
        });
        Stage::new()
            .answer_json(Station::Token, 200, token)
            .answer_json(Station::Credential, status, body)
            .sent("POST", "https://h", &[], r#"{"credential_identifier":"pid-1"}"#)
    }

    #[test]
    fn what_was_given_is_known() {
        assert_holds(&super::CHECK, &stage(200, json!({"credentials": []})));
        let unknown = stage(400, json!({"error": "unknown_credential_identifier"}));
        assert_breaks(&super::CHECK, &unknown, "unknown_credential_identifier");
    }
}
