//! A credential is bound to the key that was proved, and to no other.

use serde_json::Value;

use super::each;
use crate::checks::{
    Answered, Breach, Check, Finding, Issued, Judge, Level, OpenedSdJwt, Scene, applicability,
};
use crate::jose::{KeyError, PublicJwk, did};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/binds-the-holder-key",
    aliases: &[],
    since: "2026.1",
    title: "cnf is a key that the request proved",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["sdjwtvc#section-3.2.2.2", "vci#credential-response", "rfc7638"],
    obligation: "an issued SD-JWT VC has a cnf, and it is the key of one of the request's proofs",
    doc: "The wallet can present the credential only with the key in `cnf`. Issuers lose \
          that key between the proof and the signature: they bind to the DPoP key, to the \
          first proof for every credential of a batch, or to a key they made themselves.\n\n\
          Keys are compared by thumbprint (RFC 7638), so member order, `kid` and `alg` do \
          not matter. `cnf.jwk` is recommended; another confirmation method that cannot be \
          compared with the proofs warns.",
    judge: Judge::Answers(Station::Credential, binds_the_holder_key),
};

fn binds_the_holder_key(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, issued| bound(opened, issued, scene))
}

fn bound(opened: &OpenedSdJwt, issued: &Issued, scene: &Scene<'_>) -> Finding {
    const EXPECTED: &str = "cnf with a key that the request proved";
    if issued.proved_keys.is_empty() {
        return Finding::Exempt("the request proved no key");
    }
    let Some(cnf) = opened.sd_jwt.payload().get("cnf") else {
        return Finding::breaks(EXPECTED, "no cnf");
    };
    let thumbprint = match confirmed(cnf) {
        Ok(thumbprint) => thumbprint,
        Err(Unconfirmed::Unusable(why)) => return Finding::breaks(EXPECTED, why),
        Err(Unconfirmed::OtherMethod(names)) => {
            let breach = Breach::new("cnf.jwk", format!("cnf with {names}"));
            return Finding::Warns(breach, "jwk is recommended, other methods are allowed");
        }
    };
    if issued.proved_keys.iter().flatten().any(|proved| *proved == thumbprint) {
        return Finding::Holds;
    }
    let is_key = |jwk: &Value| thumbprint_of(jwk).as_ref() == Ok(&thumbprint);
    let wallets = &scene.transcript.wallets;
    if wallets.iter().any(|wallet| is_key(&wallet.dpop_key)) {
        return Finding::breaks(EXPECTED, "cnf is the wallet's DPoP key");
    }
    let unread = issued.proved_keys.contains(&None);
    if unread && wallets.iter().flat_map(|wallet| &wallet.holder_keys).any(is_key) {
        return Finding::Holds;
    }
    if unread {
        return Finding::Exempt("the key of a proof cannot be made out");
    }
    Finding::breaks(EXPECTED, "cnf is a key that no proof of the request has")
}

/// Why a `cnf` gives no thumbprint.
enum Unconfirmed {
    Unusable(String),
    OtherMethod(String),
}

/// The thumbprint of the key that a `cnf` names: by `jwk`, by a `kid` that is a DID with its key
/// in it, or by `jkt`.
fn confirmed(cnf: &Value) -> Result<String, Unconfirmed> {
    let Some(members) = cnf.as_object() else {
        return Err(Unconfirmed::Unusable("cnf is no object".to_owned()));
    };
    if let Some(jwk) = members.get("jwk") {
        return thumbprint_of(jwk)
            .map_err(|error| Unconfirmed::Unusable(format!("cnf.jwk: {error}")));
    }
    if let Some(thumbprint) = members.get("jkt").and_then(Value::as_str) {
        return Ok(thumbprint.to_owned());
    }
    let by_did = members
        .get("kid")
        .and_then(Value::as_str)
        .and_then(|kid| did::resolve(kid).ok()?.thumbprint().ok());
    by_did.ok_or_else(|| {
        let names: Vec<&str> = members.keys().take(6).map(String::as_str).collect();
        match names.is_empty() {
            true => Unconfirmed::Unusable("cnf is empty".to_owned()),
            false => Unconfirmed::OtherMethod(names.join(", ")),
        }
    })
}

fn thumbprint_of(jwk: &Value) -> Result<String, KeyError> {
    PublicJwk::from_value(jwk)?.thumbprint()
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued, key, respond};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::jose::did;
    use crate::transcript::WalletRecord;
    use serde_json::{Value, json};

    fn with_cnf(cnf: Value) -> Stage {
        issued(&[Paper::honest(1).claim("cnf", cnf)])
    }

    #[test]
    fn the_proved_keys_hold_in_any_order_and_form() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(2), Paper::honest(1)]));
        let kid = did::jwk_url(&key(1).public_jwk());
        assert_holds(&super::CHECK, &with_cnf(json!({ "kid": kid })));
    }

    #[test]
    fn no_cnf_or_another_key_breaks() {
        assert_breaks(&super::CHECK, &with_cnf(json!(null)), "no cnf");
        assert_breaks(&super::CHECK, &with_cnf(json!({})), "empty");
        assert_breaks(&super::CHECK, &with_cnf(json!({"jwk": "x"})), "cnf.jwk");
        assert_breaks(&super::CHECK, &issued(&[Paper::honest(7)]), "no proof");
        let dpop = issued(&[Paper::honest(7)]).wallet(WalletRecord {
            name: "holder".into(),
            dpop_key: key(7).public_jwk().to_value(),
            holder_keys: Vec::new(),
            decryption_keys: Vec::new(),
            client_id: None,
        });
        assert_breaks(&super::CHECK, &dpop, "DPoP key");
    }

    #[test]
    fn a_credential_without_key_binding_is_in_order() {
        let stage = respond(Stage::new(), &[Paper::honest(1).text()], 0);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }

    #[test]
    fn another_method_warns() {
        assert_outcome(&super::CHECK, &with_cnf(json!({"kid": "1"})), Outcome::Warn);
    }
}
