//! The ids of credential and subject stand in the registered claims.

use serde_json::Value;

use super::each_vc;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::formats::JwtVc;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/identifiers-agree",
    aliases: &[],
    since: "2026.3",
    title: "jti and sub are the ids of credential and subject",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::jwt_vc,
    spec: &["vcdm1#json-web-token", "vcdm1#identifiers"],
    obligation: "jti of an issued jwt_vc_json credential is the id of its vc, and sub that of its subject, where it has them",
    doc: "What the data model calls `id` of the credential is `jti` in a JWT, and `credentialSubject.id` is \
          `sub`. A verifier that reads the one and a library that reads the other see the same only if both \
          are there and equal. `sub` is forgotten most often, or holds the user's number in a database while \
          `credentialSubject.id` is a DID.\n\n\
          A credential without ids needs neither. With several subjects there is no `sub` for all of them, \
          and it is not compared.",
    judge: Judge::Answers(Station::Credential, identifiers_agree),
};

fn identifiers_agree(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each_vc(answered, scene, |jwt_vc, _| {
        let of_credential = fault(jwt_vc, "jti", "vc.id", jwt_vc.member("id"));
        let subjects = jwt_vc.subjects();
        let of_subject = match subjects.as_slice() {
            [subject] => fault(jwt_vc, "sub", "credentialSubject.id", subject.get("id")),
            _ => None,
        };
        let broken = of_credential.or(of_subject);
        broken.map_or(Finding::Holds, |(expected, actual)| Finding::breaks(expected, actual))
    })
}

/// What is wrong with an identifier, as what was expected and what was found.
fn fault(
    jwt_vc: &JwtVc,
    claim: &str,
    member: &str,
    id: Option<&Value>,
) -> Option<(String, String)> {
    let id = id?;
    let Some(id) = id.as_str() else {
        return Some((format!("a URI as {member}"), format!("{member} {id}")));
    };
    match jwt_vc.payload().get(claim) {
        Some(found) if found == id => None,
        Some(found) => Some((format!("{claim} {id}, as {member}"), format!("{claim} {found}"))),
        None => Some((format!("{claim} {id}, as {member}"), format!("no {claim}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::{JwtPaper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use serde_json::json;

    fn paper() -> JwtPaper {
        JwtPaper::honest(1)
    }

    #[test]
    fn equal_ids_hold_and_so_do_none() {
        assert_holds(&super::CHECK, &issued(&[paper()]));
        let subject = json!({"given_name": "Erika"});
        let bare = paper().vc("id", json!(null)).vc("credentialSubject", subject);
        assert_holds(&super::CHECK, &issued(&[bare]));
        let two = paper().vc("credentialSubject", json!([{"id": "urn:a"}, {"id": "urn:b"}]));
        assert_holds(&super::CHECK, &issued(&[two]));
    }

    #[test]
    fn missing_and_differing_ids_break() {
        assert_breaks(&super::CHECK, &issued(&[paper().claim("jti", json!(null))]), "no jti");
        assert_breaks(&super::CHECK, &issued(&[paper().claim("sub", json!("4711"))]), "4711");
        assert_breaks(&super::CHECK, &issued(&[paper().vc("id", json!(7))]), "vc.id 7");
    }
}
