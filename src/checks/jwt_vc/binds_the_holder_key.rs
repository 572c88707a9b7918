//! A credential is bound to the key that was proved, and to no other.

use super::each;
use crate::checks::{
    Answered, Check, Finding, Issued, Judge, Level, OpenedJwtVc, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/binds-the-holder-key",
    aliases: &[],
    since: "2026.3",
    title: "the credential names a key that the request proved",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::jwt_vc,
    spec: &["vci#credential-binding", "rfc7800#section-3.1", "vcdm1#json-web-token"],
    obligation: "an issued jwt_vc_json credential names a key of the request's proofs: in cnf, or by a DID in sub or credentialSubject.id",
    doc: "No text says how this format names the holder's key. In use are the holder's DID as `sub` and \
          `credentialSubject.id`, where the proof named its key by that DID, and `cnf` (RFC 7800) with the \
          key itself. Either will do; a credential with neither, or with somebody else's DID, cannot be shown \
          by the wallet that asked for it.\n\n\
          Take the DID, or the `jwk`, from the header of each proof, and not from an account. Keys are \
          compared by thumbprint.",
    judge: Judge::Answers(Station::Credential, binds_the_holder_key),
};

fn binds_the_holder_key(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, bound)
}

fn bound(opened: &OpenedJwtVc, issued: &Issued) -> Finding {
    const EXPECTED: &str = "a key that the request proved, in cnf or by the DID of the subject";
    if issued.proved_keys.is_empty() {
        return Finding::Exempt("the request proved no key");
    }
    let names = opened.jwt_vc.holder_names();
    let is_proved = |key: &String| issued.proved_keys.iter().flatten().any(|proved| proved == key);
    if names.iter().filter_map(|name| name.thumbprint.as_ref()).any(is_proved) {
        return Finding::Holds;
    }
    if issued.proved_keys.contains(&None) {
        return Finding::Exempt("the key of a proof cannot be made out");
    }
    let places: Vec<&str> = names.iter().map(|name| name.place).collect();
    let actual = match names.iter().any(|name| name.thumbprint.is_some()) {
        _ if names.is_empty() => "neither cnf nor a subject with an id".to_owned(),
        true => format!("another key, in {}", places.join(", ")),
        false => format!("names that lead to no key, in {}", places.join(", ")),
    };
    Finding::breaks(EXPECTED, actual)
}

#[cfg(test)]
mod tests {
    use super::super::staged::{JwtPaper, document, documents, issued};
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{key, respond};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    fn unbound() -> JwtPaper {
        JwtPaper::honest(1).claim("sub", json!(null)).vc("credentialSubject", json!({"a": 1}))
    }

    #[test]
    fn the_proved_keys_hold_by_did_and_by_cnf() {
        let papers = [JwtPaper::honest(2), JwtPaper::honest(1)];
        assert_holds(&super::CHECK, &issued(&papers));
        let cnf = json!({"jwk": key(1).public_jwk().to_value()});
        assert_holds(&super::CHECK, &issued(&[unbound().claim("cnf", cnf)]));
    }

    #[test]
    fn no_key_another_key_and_a_mere_name_warn() {
        assert_breaks(&super::CHECK, &issued(&[unbound()]), "neither");
        assert_breaks(&super::CHECK, &issued(&[JwtPaper::honest(7)]), "another key, in sub");
        let named = unbound().claim("sub", json!("user-4711"));
        assert_breaks(
            &super::CHECK,
            &issued(std::slice::from_ref(&named)),
            "lead to no key, in sub",
        );
        assert_outcome(&super::CHECK, &issued(&[named]), Outcome::Warn);
    }

    #[test]
    fn a_credential_without_key_binding_is_in_order() {
        let stage = respond(documents(document()), &[unbound().text()], 0);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}
