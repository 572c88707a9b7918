//! A credential is shown to everybody, and so is all that is in it.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedSdJwt, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/keeps-the-private-key-out",
    aliases: &[],
    since: "2026.1",
    title: "cnf has no private key",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["rfc7800#section-3.2"],
    obligation: "the cnf.jwk of an issued SD-JWT VC has no private members",
    doc: "`cnf.jwk` is copied from the key proof; if the wallet put its private key there \
          by mistake, or if the issuer made the key pair itself and serialised all of it, \
          the secret is now in every presentation.\n\n\
          Copy the public members by name (`kty`, `crv`, `x`, `y`) instead of the whole \
          object, and refuse proofs with private keys: `proof/refuses-private-key`.",
    judge: Judge::Answers(Station::Credential, keeps_the_private_key_out),
};

fn keeps_the_private_key_out(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| private_members(opened))
}

fn private_members(opened: &OpenedSdJwt) -> Finding {
    let Some(jwk) = opened.sd_jwt.cnf_jwk() else {
        return Finding::Exempt("there is no cnf.jwk");
    };
    let found: Vec<&str> = jwk.private_members().collect();
    Finding::expect(
        found.is_empty(),
        "a public key in cnf.jwk",
        format!("private members in cnf.jwk: {}", found.join(", ")),
    )
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use serde_json::json;

    #[test]
    fn a_public_key_holds_and_a_private_one_does_not() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1)]));
        let leaky = json!({"jwk": {"kty": "EC", "crv": "P-256", "x": "x", "y": "y", "d": "s"}});
        assert_breaks(&super::CHECK, &issued(&[Paper::honest(1).claim("cnf", leaky)]), ": d");
    }
}
