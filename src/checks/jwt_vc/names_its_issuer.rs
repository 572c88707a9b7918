//! A credential says once who issued it, or the same twice.

use url::Url;

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedJwtVc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/names-its-issuer",
    aliases: &[],
    since: "2026.3",
    title: "iss names the issuer, and vc.issuer agrees",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::jwt_vc,
    spec: &["vcdm1#json-web-token", "vcdm1#issuer"],
    obligation: "an issued jwt_vc_json credential has a URI as iss, and vc.issuer, if there is one, is that URI or an object with it as id",
    doc: "`iss` stands for the `issuer` of the data model, which is a URI: an https URL or a DID. Both may be \
          there, and are then the same, to the letter: a slash at the end, a port, or a DID at one place and \
          the URL at the other make two issuers of one.\n\n\
          `vc.issuer` may be an object with a name and a logo; its `id` is what counts.",
    judge: Judge::Answers(Station::Credential, names_its_issuer),
};

fn names_its_issuer(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| issuer(opened))
}

fn issuer(opened: &OpenedJwtVc) -> Finding {
    const EXPECTED: &str = "a URI as iss";
    let jwt_vc = &opened.jwt_vc;
    let Some(iss) = jwt_vc.payload().get("iss") else {
        return Finding::breaks(EXPECTED, "no iss");
    };
    let Some(iss) = iss.as_str().filter(|iss| Url::parse(iss).is_ok()) else {
        return Finding::breaks(EXPECTED, format!("iss {iss}"));
    };
    let Some(named) = jwt_vc.member("issuer") else {
        return Finding::Holds;
    };
    let expected = format!("vc.issuer {iss}, as iss");
    match jwt_vc.named_issuer() {
        Some(other) => Finding::expect(other == iss, expected, format!("vc.issuer {other}")),
        None => Finding::breaks(expected, format!("vc.issuer {named}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::{DID, JwtPaper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use serde_json::json;

    fn paper() -> JwtPaper {
        JwtPaper::honest(1)
    }

    #[test]
    fn one_issuer_holds_named_once_or_twice() {
        assert_holds(&super::CHECK, &issued(&[paper()]));
        assert_holds(&super::CHECK, &issued(&[paper().vc("issuer", json!(null))]));
        let object = paper().vc("issuer", json!({"id": DID, "name": "The Issuer"}));
        assert_holds(&super::CHECK, &issued(&[object]));
    }

    #[test]
    fn no_issuer_or_two_of_them_break() {
        assert_breaks(&super::CHECK, &issued(&[paper().claim("iss", json!(null))]), "no iss");
        assert_breaks(&super::CHECK, &issued(&[paper().claim("iss", json!("me"))]), "\"me\"");
        let two = paper().vc("issuer", json!("https://issuer.example"));
        assert_breaks(&super::CHECK, &issued(&[two]), "vc.issuer https");
        let nameless = paper().vc("issuer", json!({"name": "The Issuer"}));
        assert_breaks(&super::CHECK, &issued(&[nameless]), "vc.issuer {");
    }
}
