//! The credential stands in a claim of its own.

use serde_json::Value;

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedJwtVc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/holds-the-vc-claim",
    aliases: &[],
    since: "2026.3",
    title: "the vc claim holds the credential",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::jwt_vc,
    spec: &["vcdm1#json-web-token", "vcdm1#contexts", "vcdm1#types", "vcdm1#credential-subject"],
    obligation: "an issued jwt_vc_json credential has a claim vc, an object with @context, type and credentialSubject",
    doc: "Version 1.1 of the data model puts the credential into `vc`, beside the registered claims; \
          `jwt_vc_json` is that version. An issuer that follows version 2, where the JWT's payload is the \
          credential itself, puts `@context`, `type` and `credentialSubject` at the top, and wallets find \
          nothing. `credentialSubject` is an object with claims, or an array of such.\n\n\
          Wrap the credential in `vc` before signing.",
    judge: Judge::Answers(Station::Credential, holds_the_vc_claim),
};

const MEMBERS: [&str; 3] = ["@context", "type", "credentialSubject"];

fn holds_the_vc_claim(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| vc(opened))
}

fn vc(opened: &OpenedJwtVc) -> Finding {
    const EXPECTED: &str = "vc with @context, type and credentialSubject";
    let payload = opened.jwt_vc.payload();
    let Some(vc) = opened.jwt_vc.vc() else {
        let at_the_top = MEMBERS.iter().any(|name| payload.contains_key(*name));
        let actual = match payload.get("vc") {
            Some(_) => "a vc that is no object",
            None if at_the_top => "no vc; its members stand at the top, as in version 2",
            None => "no vc",
        };
        return Finding::breaks(EXPECTED, actual);
    };
    let missing: Vec<&str> =
        MEMBERS.into_iter().filter(|name| vc.get(*name).is_none_or(is_empty)).collect();
    if !missing.is_empty() {
        return Finding::breaks(EXPECTED, format!("vc without {}", missing.join(", ")));
    }
    Finding::expect(
        !opened.jwt_vc.subjects().is_empty(),
        EXPECTED,
        "a credentialSubject without an object",
    )
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::{JwtPaper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use serde_json::json;

    #[test]
    fn the_whole_credential_holds() {
        assert_holds(&super::CHECK, &issued(&[JwtPaper::honest(1)]));
        let several = JwtPaper::honest(1).vc("credentialSubject", json!([{"a": 1}, {"b": 2}]));
        assert_holds(&super::CHECK, &issued(&[several]));
    }

    #[test]
    fn no_vc_or_one_without_its_members_breaks() {
        let paper = || JwtPaper::honest(1);
        let flat = paper().claim("vc", json!(null)).claim("type", json!(["A"]));
        assert_breaks(&super::CHECK, &issued(&[flat]), "version 2");
        assert_breaks(&super::CHECK, &issued(&[paper().claim("vc", json!("x"))]), "no object");
        assert_breaks(&super::CHECK, &issued(&[paper().vc("type", json!([]))]), "without type");
        let text = paper().vc("credentialSubject", json!("Erika"));
        assert_breaks(&super::CHECK, &issued(&[text]), "without an object");
    }
}
