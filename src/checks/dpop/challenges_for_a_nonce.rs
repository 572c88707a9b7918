//! A wallet answers a challenge that it recognises, and gives up on one that it does not.

use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::errors::challenges;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "dpop/challenges-for-a-nonce",
    aliases: &[],
    since: "2026.1",
    title: "nonce challenges have their form",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop_nonce_challenge,
    spec: &["rfc9449#section-8", "rfc9449#section-9"],
    obligation: "a server that wants a nonce says use_dpop_nonce with 400 at the Token Endpoint, with 401 and a DPoP challenge at the Credential Endpoint, and sends DPoP-Nonce",
    doc: "The two endpoints ask in different ways: the authorization server with status 400 and a \
          JSON error, the resource with status 401 and `WWW-Authenticate: DPoP \
          error=\"use_dpop_nonce\"`. A verifier shared by both tends to use one form for both. \
          Without the `DPoP-Nonce` header the wallet has nothing to go on with; look at gateways \
          that pass only the headers they know.",
    judge: Judge::Transcript(challenges_for_a_nonce),
};

fn challenges_for_a_nonce(scene: &Scene<'_>) -> Finding {
    let mut seen = false;
    let mut warning = None;
    for answered in scene.answered().filter(Answered::asks_for_a_dpop_nonce) {
        let finding = match answered.exchange.station {
            Station::Token => at_token(&answered),
            Station::Credential => at_credential(&answered),
            _ => continue,
        };
        seen = true;
        let number = [answered.exchange.number];
        match finding {
            Finding::Breaks(breach) => return Finding::Breaks(breach.at(number)),
            Finding::Warns(breach, reason) => {
                warning = Some(Finding::Warns(breach.at(number), reason));
            }
            _ => {}
        }
    }
    match (warning, seen) {
        (Some(warning), _) => warning,
        (None, true) => Finding::Holds,
        (None, false) => Finding::Silent("no request met a challenge for a DPoP nonce"),
    }
}

fn at_token(answered: &Answered<'_>) -> Finding {
    let in_body = answered.error_code().as_deref() == Some("use_dpop_nonce");
    if answered.answer.status != 400 || !in_body {
        return Finding::breaks("400 use_dpop_nonce in a JSON body", answered.summary());
    }
    with_nonce(answered)
}

fn at_credential(answered: &Answered<'_>) -> Finding {
    let expected = r#"401 with WWW-Authenticate: DPoP error="use_dpop_nonce""#;
    let fields: Vec<&str> = answered.answer.headers.all("www-authenticate").collect();
    let found = match fields.is_empty() {
        true => format!("{} without WWW-Authenticate", answered.answer.status),
        false => format!("{} with {}", answered.answer.status, fields.join(", ")),
    };
    let dpop: Vec<_> = fields
        .into_iter()
        .flat_map(challenges)
        .filter(|challenge| challenge.scheme.eq_ignore_ascii_case("dpop"))
        .collect();
    if answered.answer.status != 401 || dpop.is_empty() {
        return Finding::breaks(expected, found);
    }
    match with_nonce(answered) {
        Finding::Holds => {}
        missing => return missing,
    }
    let says_so =
        dpop.iter().any(|challenge| challenge.attribute("error") == Some("use_dpop_nonce"));
    if says_so {
        return Finding::Holds;
    }
    Finding::Warns(Breach::new(expected, found), "the error attribute of a challenge is a SHOULD")
}

/// A challenge brings the nonce to use. In the refusal of a wrong nonce it may be left out.
fn with_nonce(answered: &Answered<'_>) -> Finding {
    let wrong = ["dpop-made-up-nonce", "dpop-nonce-of-the-other-server"];
    let refuses_a_wrong_one = wrong.iter().any(|name| answered.exchange.is_tampered_by(name));
    Finding::expect(
        refuses_a_wrong_one || answered.answer.headers.get("dpop-nonce").is_some(),
        "a DPoP-Nonce header",
        "use_dpop_nonce without a DPoP-Nonce header",
    )
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    const BODY: &str = r#"{"error":"use_dpop_nonce"}"#;
    const NONCE: (&str, &str) = ("DPoP-Nonce", "n");
    const CHALLENGE: (&str, &str) = ("WWW-Authenticate", r#"DPoP error="use_dpop_nonce""#);

    fn stage(station: Station, status: u16, headers: &[(&str, &str)], body: &str) -> Stage {
        Stage::new().answer(station, status, headers, body).last(|exchange| {
            exchange.superseded = true;
            exchange.request.headers.push("DPoP", "e30.e30.");
        })
    }

    #[test]
    fn the_authorization_server_asks_with_400() {
        assert_holds(&super::CHECK, &stage(Station::Token, 400, &[NONCE], BODY));
        let unauthorized = stage(Station::Token, 401, &[NONCE, CHALLENGE], "");
        assert_breaks(&super::CHECK, &unauthorized, "401");
        let empty_handed = stage(Station::Token, 400, &[], BODY);
        assert_breaks(&super::CHECK, &empty_handed, "without a DPoP-Nonce");
        let refusal = empty_handed.last(|exchange| {
            exchange.tamper = Some(crate::transcript::Tamper {
                name: "dpop-made-up-nonce".into(),
                says: "staged".into(),
                places: Vec::new(),
            });
        });
        assert_holds(&super::CHECK, &refusal);
    }

    #[test]
    fn the_resource_asks_with_401_and_a_challenge() {
        let right = stage(Station::Credential, 401, &[CHALLENGE, NONCE], "");
        assert_holds(&super::CHECK, &right);
        let as_json = stage(Station::Credential, 400, &[NONCE], BODY);
        assert_breaks(&super::CHECK, &as_json, "400 without WWW-Authenticate");
        let bearer = ("WWW-Authenticate", r#"Bearer error="use_dpop_nonce""#);
        let wrong_scheme = stage(Station::Credential, 401, &[bearer, NONCE], "");
        assert_breaks(&super::CHECK, &wrong_scheme, "Bearer");
        let mute = ("WWW-Authenticate", r#"DPoP algs="ES256""#);
        let in_body = stage(Station::Credential, 401, &[mute, NONCE], BODY);
        assert_outcome(&super::CHECK, &in_body, Outcome::Warn);
    }

    #[test]
    fn a_server_that_never_asks_is_not_concerned() {
        let granted = stage(Station::Token, 200, &[], "{}");
        assert_outcome(&super::CHECK, &granted, Outcome::NotApplicable);
        assert_outcome(&super::CHECK, &Stage::new(), Outcome::NotTestable);
    }
}
