//! A wallet that is to prove its key must know by which algorithm.

use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::errors::challenges;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "dpop/challenges-name-algorithms",
    aliases: &[],
    since: "2026.2",
    title: "DPoP challenges list algs",
    level: Level::Should,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-7.1"],
    obligation: "a DPoP challenge of the Credential Endpoint lists in algs the algorithms that proofs may be signed with",
    doc: "The metadata of the authorization server says what the Token Endpoint takes. The credential \
          endpoint may be another server with other keys, and its challenge is where a wallet learns what \
          that one takes: `WWW-Authenticate: DPoP algs=\"ES256\"`, a list with spaces between. Frameworks \
          that know only Bearer challenges leave it out; set it where the challenge is made. A challenge \
          that only asks for a nonce answers a proof that was good otherwise, and is not counted here.",
    judge: Judge::Transcript(challenges_name_algorithms),
};

fn challenges_name_algorithms(scene: &Scene<'_>) -> Finding {
    let challenged: Vec<_> =
        scene.answered().filter_map(|answered| Some((answered, names(&answered)?))).collect();
    if challenged.is_empty() {
        return Finding::Exempt("the credential endpoint challenged for no DPoP proof");
    }
    let without: Vec<_> =
        challenged.iter().filter(|(_, names)| !names).map(|(answered, _)| answered).collect();
    let Some(first) = without.first() else {
        return Finding::Holds;
    };
    let fields: Vec<&str> = first.answer.headers.all("www-authenticate").collect();
    let breach = Breach::new(r#"WWW-Authenticate: DPoP algs="…""#, fields.join(", "));
    Finding::Breaks(breach.at(without.iter().map(|answered| answered.exchange.number)))
}

/// Whether a DPoP challenge names algorithms; nothing if there is none that should.
fn names(answered: &Answered<'_>) -> Option<bool> {
    if answered.exchange.station != Station::Credential || answered.answer.status != 401 {
        return None;
    }
    let mut dpop = answered
        .answer
        .headers
        .all("www-authenticate")
        .flat_map(challenges)
        .filter(|challenge| challenge.scheme.eq_ignore_ascii_case("dpop"))
        .filter(|challenge| challenge.attribute("error") != Some("use_dpop_nonce"))
        .peekable();
    dpop.peek()?;
    Some(dpop.any(|challenge| {
        challenge.attribute("algs").is_some_and(|algorithms| !algorithms.trim().is_empty())
    }))
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_as_metadata, without,
    };
    use crate::transcript::Station;

    fn challenged(field: &str) -> Stage {
        let headers = [("WWW-Authenticate", field)];
        let stage = Stage::new().as_metadata(honest_as_metadata());
        stage.tampered_raw("missing-token", Station::Credential, 401, &headers, "")
    }

    #[test]
    fn a_list_of_algorithms_holds() {
        for field in [
            r#"DPoP algs="ES256 PS256""#,
            r#"Bearer error="invalid_token", DPoP algs="ES256""#,
            r#"dpop error="invalid_token", error_description="a, b", algs="ES256""#,
        ] {
            assert_holds(&super::CHECK, &challenged(field));
        }
    }

    #[test]
    fn none_warns() {
        for field in ["DPoP", r#"DPoP error="invalid_token""#, r#"DPoP algs="""#] {
            assert_breaks(&super::CHECK, &challenged(field), field);
            assert_outcome(&super::CHECK, &challenged(field), Outcome::Warn);
        }
    }

    #[test]
    fn challenges_for_a_nonce_or_of_another_scheme_are_exempt() {
        for field in [r#"DPoP error="use_dpop_nonce""#, r#"Bearer realm="DPoP algs""#] {
            assert_outcome(&super::CHECK, &challenged(field), Outcome::NotApplicable);
        }
        let unannounced = without(honest_as_metadata(), "/dpop_signing_alg_values_supported");
        let stage = Stage::new().as_metadata(unannounced);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}
