//! A wallet without a client_id dares to ask only where the metadata invites it.

use url::form_urlencoded;

use crate::checks::{Answered, Applies, Breach, Check, Finding, Judge, Level, Scene, shape};
use crate::protocol::PRE_AUTHORIZED_CODE;
use crate::transcript::{Exchange, Station};

const MEMBER: &str = "pre-authorized_grant_anonymous_access_supported";

pub static CHECK: Check = Check {
    id: "as-metadata/announces-anonymous-access",
    aliases: &[],
    since: "2026.1",
    title: "anonymous access is announced where it is granted",
    level: Level::Derived,
    raised_by: &[],
    applies: where_wallets_are_anonymous,
    spec: &["vci#as-metadata", "vci#token-error-response"],
    obligation: "where a token request without client_id is granted, \
                 pre-authorized_grant_anonymous_access_supported is true",
    doc: "The default of `pre-authorized_grant_anonymous_access_supported` is `false`, and wallets that go by \
          it do not even try without a `client_id`. The server that would have served them answers \
          `invalid_client` where it does not support anonymous access, so granting without announcing helps \
          nobody.\n\n\
          Publish `true`, the boolean and not the string, or refuse such requests with `invalid_client`.",
    judge: Judge::Transcript(announces_anonymous_access),
};

fn announces_anonymous_access(scene: &Scene<'_>) -> Finding {
    let Some(metadata) = scene.as_metadata() else {
        return Finding::Silent("no authorization server metadata could be read");
    };
    let granted = scene.granted(Station::Token).find(|answered| {
        answered.member("access_token").is_some() && is_anonymous(answered.exchange)
    });
    let Some(Answered { exchange, .. }) = granted else {
        return Finding::Silent("no anonymous token request was granted");
    };
    if metadata.allows_anonymous_access() {
        return Finding::Holds;
    }
    let found = shape::describe(metadata.json().get(MEMBER));
    let actual = format!("{MEMBER} is {found}, and a request without client_id got a token");
    Finding::Breaks(Breach::new(format!("{MEMBER} is true"), actual).at([exchange.number]))
}

/// Whether a request for a pre-authorized code says nothing of who asks: no `client_id`, and no
/// client authentication of any sort.
fn is_anonymous(exchange: &Exchange) -> bool {
    let request = &exchange.request;
    let identifying_headers = ["authorization", "oauth-client-attestation"];
    if identifying_headers.iter().any(|name| request.headers.get(name).is_some()) {
        return false;
    }
    let body = request.body.text().unwrap_or_default();
    let mut is_pre_authorized = false;
    for (name, value) in form_urlencoded::parse(body.as_bytes()) {
        match &*name {
            "client_id" | "client_assertion" => return false,
            "grant_type" => is_pre_authorized = value == PRE_AUTHORIZED_CODE,
            _ => {}
        }
    }
    is_pre_authorized
}

fn where_wallets_are_anonymous(scene: &Scene<'_>) -> Applies {
    let mut answers = scene.answers(Station::Token).peekable();
    Applies::when(
        answers.peek().is_none() || answers.any(|answered| is_anonymous(answered.exchange)),
        "the wallet names its client_id",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{honest, metadata_with, metadata_without};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    const GRANT: &str = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code&pre-authorized_code=x";

    fn granted(stage: Stage, headers: &[(&str, &str)], body: &str) -> Stage {
        stage.answer_json(Station::Token, 200, json!({ "access_token": "t" })).sent(
            "POST",
            "https://issuer.example/token",
            headers,
            body,
        )
    }

    #[test]
    fn announced_and_granted_holds() {
        assert_holds(&super::CHECK, &granted(honest(), &[], GRANT));
    }

    #[test]
    fn granted_without_announcement_warns() {
        let member = format!("/{}", super::MEMBER);
        let with = |value: Value| granted(metadata_with(&member, value), &[], GRANT);
        let absent = granted(metadata_without(&member), &[], GRANT);
        assert_breaks(&super::CHECK, &absent, "supported is nothing");
        assert_outcome(&super::CHECK, &absent, Outcome::Warn);
        assert_breaks(&super::CHECK, &with(json!(false)), "supported is false");
        assert_breaks(&super::CHECK, &with(json!("true")), "supported is \"true\"");
    }

    #[test]
    fn who_names_a_client_is_not_anonymous() {
        let member = format!("/{}", super::MEMBER);
        let named = format!("{GRANT}&client_id=wallet");
        let stage = granted(metadata_without(&member), &[], &named);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
        let headers = [("oauth-client-attestation", "a.b.c")];
        let stage = granted(metadata_without(&member), &headers, GRANT);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}
