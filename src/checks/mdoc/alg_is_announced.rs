//! A wallet can verify only what it was told to expect.

use serde_json::Value;

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/alg-is-announced",
    aliases: &[],
    since: "2026.3",
    title: "the algorithm of an mdoc is announced",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["vci#mdocs", "vci#credential-issuer-parameters"],
    obligation: "the alg of issuerAuth, or the fully specified algorithm that it makes with the signer's curve, is one of credential_signing_alg_values_supported where the metadata has it",
    doc: "The metadata list COSE numbers for mdocs: what stands in the header (`-7`), or \
          what it amounts to with the curve of the key (`-9`, ES256 with P-256). A list of \
          JOSE names is for other formats.\n\n\
          Derive the list from the keys in use.",
    judge: Judge::Answers(Station::Credential, alg_is_announced),
};

fn alg_is_announced(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, issued| {
        let announced = issued.configuration(scene).and_then(|configuration| {
            configuration.json().get("credential_signing_alg_values_supported")?.as_array()
        });
        let Some(announced) = announced else {
            return Finding::Exempt("the configuration lists no algorithms");
        };
        alg(opened, announced)
    })
}

fn alg(opened: &OpenedMdoc, announced: &[Value]) -> Finding {
    let auth = &opened.mdoc.issuer_auth;
    let Some(algorithm) = &auth.algorithm else {
        return Finding::Silent("there is no protected alg");
    };
    let Some(number) = algorithm.number() else {
        return Finding::Silent("alg is no number");
    };
    let curve = auth.signer().and_then(|signer| Some(signer.public_key().ok()?.curve()));
    let is_meant = |listed: &Value| {
        let Some(listed) = listed.as_i64().map(i128::from) else { return false };
        listed == number || amounts_to(number, curve).contains(&listed)
    };
    let list = Value::from(announced.to_vec()).to_string();
    Finding::expect(
        announced.iter().any(is_meant),
        format!("one of {list}"),
        format!("alg {}", algorithm.told()),
    )
}

/// The fully specified algorithms (RFC 9864) that an algorithm and a curve make.
fn amounts_to(number: i128, curve: Option<&str>) -> &'static [i128] {
    match (number, curve) {
        (-7, Some("P-256")) => &[-9],
        (-35, Some("P-384")) => &[-51],
        (-36, _) => &[-52, -268],
        (-8, Some("Ed25519")) => &[-19],
        // Curves that are not read here.
        (-7, None) => &[-265],
        (-35, None) => &[-266, -267],
        (-8, None) => &[-53],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::{Body, Received};

    fn announcing(algorithms: Value) -> Stage {
        let mut stage = issued(&[licence(1)]);
        let exchange = &mut stage.transcript().exchanges[0];
        if let Received::Answer(answer) = &mut exchange.received
            && let Some(mut metadata) = answer.body.json()
        {
            metadata["credential_configurations_supported"]["pid"]["credential_signing_alg_values_supported"] =
                algorithms;
            answer.body = Body::from(metadata.to_string().as_str());
        }
        stage
    }

    #[test]
    fn the_number_or_what_it_amounts_to_holds() {
        assert_holds(&super::CHECK, &announcing(json!([-7])));
        assert_holds(&super::CHECK, &announcing(json!([-35, -9])));
    }

    #[test]
    fn another_number_and_a_name_warn() {
        assert_breaks(&super::CHECK, &announcing(json!([-35])), "alg -7 (ES256)");
        assert_breaks(&super::CHECK, &announcing(json!(["ES256"])), "alg -7");
    }
}
