//! What a verifier needs to decide cannot be left to the holder to show.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedSdJwt, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/keeps-protocol-claims-in-clear",
    aliases: &[],
    since: "2026.1",
    title: "protocol claims are not selectively disclosable",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["sdjwtvc#section-3.2.2.2"],
    obligation: "none of iss, nbf, exp, cnf, vct, vct#integrity and status of an issued SD-JWT VC is in a disclosure",
    doc: "A holder could withhold `exp` or `status` and present an expired or revoked \
          credential. Issuers break this by making every claim selectively disclosable in \
          a loop over the payload.\n\n\
          Keep the list of protocol claims out of that loop. `iat` and `sub` may be \
          disclosable.",
    judge: Judge::Answers(Station::Credential, keeps_protocol_claims_in_clear),
};

/// The claims that stand in clear (SD-JWT VC, Registered JWT Claims).
pub(in crate::checks) const IN_CLEAR: &[&str] =
    &["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"];

fn keeps_protocol_claims_in_clear(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| hidden(opened))
}

fn hidden(opened: &OpenedSdJwt) -> Finding {
    let Ok(unpacked) = &opened.unpacked else {
        return Finding::Exempt("the hash algorithm of the disclosures is not known");
    };
    let mut hidden = unpacked.names_disclosed_at("");
    hidden.retain(|name| IN_CLEAR.contains(name));
    Finding::expect(
        hidden.is_empty(),
        format!("{} in clear", IN_CLEAR.join(", ")),
        format!("in a disclosure: {}", hidden.join(", ")),
    )
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use serde_json::json;

    #[test]
    fn claims_about_the_holder_may_be_hidden_and_exp_may_not() {
        let nested = json!(["s", "address", {"status": "main residence"}]);
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1).disclosure(nested)]));
        let hidden = Paper::honest(1).claim("exp", json!(null)).disclosure(json!([
            "s",
            "exp",
            1_900_000_000
        ]));
        assert_breaks(&super::CHECK, &issued(&[hidden]), "exp");
    }
}
