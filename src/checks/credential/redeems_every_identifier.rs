//! What was promised can be had.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::requested;
use crate::checks::{Answered, Applies, Breach, Check, Finding, Judge, Level, Scene};
use crate::protocol::{CredentialRequest, TokenResponse};
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
          a store, or only the first identifier of a list is kept, wallets ask in vain for what they were given. An error that says \
          that the request is wrong counts, too, where another identifier of the same list was redeemed.",
    judge: Judge::Transcript(redeems_every_identifier),
};

fn by_identifier(scene: &Scene<'_>) -> Applies {
    Applies::when(
        requested::names_identifiers(scene),
        "no token response names credential_identifiers",
    )
}

fn redeems_every_identifier(scene: &Scene<'_>) -> Finding {
    let lists = lists(scene);
    let named: BTreeSet<&Named> = lists.iter().flatten().collect();
    let used: Vec<Use<'_>> = scene.answers(Station::Credential).filter_map(Use::read).collect();
    if used.is_empty() {
        return Finding::Silent("no credential request names a credential_identifier");
    }
    let redeemed: BTreeSet<&Named> =
        used.iter().filter(|one| one.answered.answer.is_success()).map(|one| &one.named).collect();
    for one in &used {
        // What was redeemed may be spent, and what another token named may not be good for this one.
        if !named.contains(&one.named) || redeemed.contains(&one.named) {
            continue;
        }
        let mut of_its_list = lists.iter().filter(|list| list.contains(&one.named)).flatten();
        let has_granted_sibling = of_its_list.any(|other| redeemed.contains(other));
        let is_refused_for_it = match one.answered.error_code().as_deref() {
            Some("unknown_credential_identifier") => true,
            // Said of one identifier and not of another, it is about the identifier.
            Some("invalid_credential_request" | "unknown_credential_configuration") => {
                has_granted_sibling
            }
            _ => false,
        };
        if is_refused_for_it {
            let expected =
                format!("a credential for {}, which the token response names", one.named.1);
            let breach = Breach::new(expected, one.answered.summary());
            return Finding::Breaks(breach.at([one.answered.exchange.number]));
        }
    }
    let redeemed_of_named = named.iter().filter(|one| redeemed.contains(*one)).count();
    match redeemed.len() {
        0 => Finding::Silent("the requests were refused for another reason"),
        _ if redeemed_of_named >= named.len() => Finding::Holds,
        _ => Finding::HoldsAsFar(format!(
            "{redeemed_of_named} of {} identifiers were redeemed",
            named.len()
        )),
    }
}

/// An identifier with the access token that it came with.
type Named = (Option<String>, String);

/// A credential request by an identifier.
struct Use<'a> {
    named: Named,
    answered: Answered<'a>,
}

impl<'a> Use<'a> {
    fn read(answered: Answered<'a>) -> Option<Self> {
        let sent = answered.exchange.request.said().json()?;
        let identifier = CredentialRequest::new(&sent).credential_identifier()?.to_owned();
        let token = answered.exchange.access_token().map(str::to_owned);
        Some(Self { named: (token, identifier), answered })
    }
}

/// Every list of identifiers in the token responses: each is of one configuration.
fn lists(scene: &Scene<'_>) -> Vec<BTreeSet<Named>> {
    let responses = scene.granted(Station::Token).filter_map(|answered| answered.json);
    let lists_in = |json| {
        let response = TokenResponse::new(json);
        let token = response.access_token().map(str::to_owned);
        let lists = response
            .authorization_details()
            .filter_map(|detail| detail.get("credential_identifiers")?.as_array());
        let named = |list: &Vec<Value>| {
            let names = list.iter().filter_map(Value::as_str);
            names.map(|name| (token.clone(), name.to_owned())).collect()
        };
        lists.map(named).collect::<Vec<BTreeSet<Named>>>()
    };
    responses.flat_map(lists_in).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn given(identifiers: &[&str]) -> Stage {
        let token = json!({
            "access_token": "t",
            "authorization_details": [{
                "type": "openid_credential",
                "credential_configuration_id": "pid",
                "credential_identifiers": identifiers
            }]
        });
        Stage::new().answer_json(Station::Token, 200, token)
    }

    fn asked(stage: Stage, identifier: &str, status: u16, body: Value) -> Stage {
        let sent = json!({ "credential_identifier": identifier }).to_string();
        let headers = [("authorization", "Bearer t")];
        stage.answer_json(Station::Credential, status, body).sent(
            "POST",
            "https://h",
            &headers,
            &sent,
        )
    }

    fn redeemed(stage: Stage, identifier: &str) -> Stage {
        asked(stage, identifier, 200, json!({ "credentials": [] }))
    }

    fn refused(stage: Stage, identifier: &str, code: &str) -> Stage {
        asked(stage, identifier, 400, json!({ "error": code }))
    }

    #[test]
    fn what_was_given_is_known() {
        assert_holds(&super::CHECK, &redeemed(given(&["pid-1"]), "pid-1"));
        let unknown = refused(given(&["pid-1"]), "pid-1", "unknown_credential_identifier");
        assert_breaks(&super::CHECK, &unknown, "unknown_credential_identifier");
        let spent = redeemed(given(&["pid-1"]), "pid-1");
        let spent = refused(spent, "pid-1", "unknown_credential_identifier");
        assert_holds(&super::CHECK, &spent);
        let stranger = refused(given(&["pid-1"]), "pid-9", "unknown_credential_identifier");
        assert_outcome(&super::CHECK, &stranger, Outcome::NotTestable);
    }

    #[test]
    fn what_holds_of_one_holds_of_the_others() {
        let both = given(&["pid-1", "pid-2"]);
        let first = redeemed(both.clone(), "pid-1");
        let bound = &first.verdicts(&super::CHECK)[0].because;
        assert_eq!(bound.as_deref(), Some("1 of 2 identifiers were redeemed"));
        assert_holds(&super::CHECK, &redeemed(first.clone(), "pid-2"));
        let second = refused(first.clone(), "pid-2", "invalid_credential_request");
        assert_breaks(&super::CHECK, &second, "invalid_credential_request");
        assert_holds(&super::CHECK, &refused(first, "pid-2", "credential_request_denied"));
        let neither = refused(both, "pid-1", "invalid_credential_request");
        assert_outcome(&super::CHECK, &neither, Outcome::NotTestable);
    }
}
