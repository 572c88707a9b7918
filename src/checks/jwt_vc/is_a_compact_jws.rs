//! A credential in a JWT is a JWT.

use crate::checks::{Answered, Check, Finding, Judge, Level, Opened, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/is-a-compact-jws",
    aliases: &[],
    since: "2026.3",
    title: "the credential is a JWT in compact form",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::jwt_vc,
    spec: &["vci#credential-response-jwt-vc-json", "rfc7519#section-7.2"],
    obligation: "an issued credential of format jwt_vc_json is a compact JWS whose payload is a JSON object",
    doc: "Three parts of unpadded base64url with dots between them, the first two of which are JSON \
          objects, and nothing around them. It breaks when the JSON serialization of a JWS is put into \
          the string, when the finished JWT is encoded once more, or when a library pads with `=`.\n\n\
          Put what your JWT library returns into `credential` as it is.",
    judge: Judge::Answers(Station::Credential, is_a_compact_jws),
};

fn is_a_compact_jws(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let Some(issued) = scene.issued_by(answered) else {
        return Finding::Silent("nothing was issued");
    };
    let mut holds = false;
    for (place, credential) in issued.credentials.iter().enumerate() {
        match &credential.opened {
            Opened::UnreadableJwtVc(error) => {
                let actual = format!("credential {}: {error}", place + 1);
                return Finding::breaks("a compact JWS of JSON objects", actual);
            }
            Opened::JwtVc(_) => holds = true,
            _ => {}
        }
    }
    if holds { Finding::Holds } else { Finding::Silent("no W3C credential in a JWT was issued") }
}

#[cfg(test)]
mod tests {
    use super::super::staged::{JwtPaper, issued, issued_texts};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn a_jwt_holds_and_what_was_made_of_it_does_not() {
        assert_holds(&super::CHECK, &issued(&[JwtPaper::honest(1)]));
        let text = JwtPaper::honest(1).text();
        for (odd, says) in [
            (r#"{"payload":"e30","signatures":[]}"#.to_owned(), "3 parts"),
            (format!("{text}="), "the signature is"),
            ("e30.W10.AA".to_owned(), "an array"),
        ] {
            assert_breaks(&super::CHECK, &issued_texts(&[odd], 1), says);
        }
    }
}
