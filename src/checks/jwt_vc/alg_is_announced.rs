//! A wallet can verify only what it was told to expect.

use serde_json::Value;

use super::each;
use crate::checks::{
    Answered, Breach, Check, Finding, Judge, Level, OpenedJwtVc, Scene, applicability,
};
use crate::jose::PublicKey;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/alg-is-announced",
    aliases: &[],
    since: "2026.3",
    title: "the algorithm of a W3C credential is asymmetric and announced",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::jwt_vc,
    spec: &["vcdm1#json-web-token", "vci#server-metadata-jwt-vc-json"],
    obligation: "an issued jwt_vc_json credential has an alg that is a digital signature, one of credential_signing_alg_values_supported where the metadata has it",
    doc: "With `none` there is no signature, and with `HS256` whoever can verify can also forge: neither is \
          a digital signature. What else the issuer signs with stands in the metadata, and drifts away from \
          it when keys are rotated to another curve.\n\n\
          An algorithm that is not listed only warns: the list says what is used, and no text forbids the \
          rest.",
    judge: Judge::Answers(Station::Credential, alg_is_announced),
};

fn alg_is_announced(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, issued| {
        let announced = issued.configuration(scene).and_then(|configuration| {
            configuration.json().get("credential_signing_alg_values_supported")?.as_array()
        });
        alg(opened, announced.map(Vec::as_slice))
    })
}

fn alg(opened: &OpenedJwtVc, announced: Option<&[Value]>) -> Finding {
    let Some(algorithm) = opened.jwt_vc.jws.algorithm() else {
        return Finding::breaks("an asymmetric algorithm", "no alg");
    };
    if PublicKey::is_symmetric_or_none(algorithm) {
        return Finding::breaks("an asymmetric algorithm", format!("alg {algorithm}"));
    }
    match announced {
        Some(announced) if announced.iter().all(|one| one != algorithm) => {
            let listed = Value::from(announced.to_vec()).to_string();
            let breach = Breach::new(format!("one of {listed}"), format!("alg {algorithm}"));
            Finding::Warns(breach, "the list says what is used, and forbids nothing")
        }
        _ => Finding::Holds,
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::{JwtPaper, issued};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn an_announced_algorithm_holds_and_no_other() {
        let stage = |alg| issued(&[JwtPaper::honest(1).header("alg", alg)]);
        assert_holds(&super::CHECK, &stage(json!("ES256")));
        assert_outcome(&super::CHECK, &stage(json!("ES384")), Outcome::Warn);
        assert_breaks(&super::CHECK, &stage(json!("none")), "none");
        assert_breaks(&super::CHECK, &stage(json!("HS256")), "HS256");
        assert_breaks(&super::CHECK, &stage(json!(null)), "no alg");
    }
}
