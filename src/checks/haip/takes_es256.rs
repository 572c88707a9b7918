//! ES256 is what all wallets of the profile can sign with.

use std::collections::BTreeMap;

use serde_json::Value;

use super::profile;
use crate::checks::issuer_metadata::in_document;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene};
use crate::protocol::IssuerMetadata;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "haip/takes-es256",
    aliases: &[],
    since: "2026.3",
    title: "ES256 is taken in proofs",
    level: Level::Must,
    raised_by: &[],
    applies: profile,
    spec: &["haip#crypto-suites"],
    obligation: "an issuer that lists algorithms for jwt or attestation proofs lists ES256 among them",
    doc: "Under the profile every issuer can validate ES256 in key proofs and in key attestations. Lists without it shut out wallets \
          that can do no more than they must. It fails where no configuration with that proof type lists ES256, and warns where \
          only some do: the profile speaks of the issuer, not of each configuration.\n\n\
          Look at `proof_signing_alg_values_supported`. Other algorithms may stand beside it.",
    judge: Judge::Answers(Station::IssuerMetadata, takes_es256),
};

/// The proof types of which the profile says it.
const PROOF_TYPES: [&str; 2] = ["jwt", "attestation"];

fn takes_es256(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| judge(&metadata))
}

fn judge(metadata: &IssuerMetadata<'_>) -> Finding {
    let lists = lists(metadata);
    if lists.is_empty() {
        return Finding::Exempt("no configuration lists algorithms of jwt or attestation proofs");
    }
    let breach = |actual| Breach::new("ES256 among the algorithms", actual);
    let mut some = None;
    for (proof_type, lists) in lists {
        let without: Vec<&str> =
            lists.iter().filter(|(_, has)| !has).map(|(id, _)| *id).take(4).collect();
        if lists.iter().all(|(_, has)| !has) {
            return Finding::Breaks(breach(format!("no {proof_type} proof with ES256")));
        }
        if !without.is_empty() {
            some.get_or_insert(format!("no {proof_type} proof with ES256: {}", without.join(", ")));
        }
    }
    match some {
        None => Finding::Holds,
        Some(actual) => Finding::Warns(
            breach(actual),
            "the profile asks it of the issuer, not of each configuration",
        ),
    }
}

/// For each proof type the configurations that list algorithms, and whether ES256 is among them.
fn lists<'a>(metadata: &IssuerMetadata<'a>) -> BTreeMap<&'static str, Vec<(&'a str, bool)>> {
    let mut lists = BTreeMap::<_, Vec<_>>::new();
    for (id, configuration) in metadata.configurations() {
        for proof_type in PROOF_TYPES {
            let at = format!("/proof_types_supported/{proof_type}/{ALGORITHMS}");
            let listed = configuration.json().pointer(&at).and_then(Value::as_array);
            if let Some(listed) = listed {
                let has = listed.iter().any(|algorithm| algorithm == "ES256");
                lists.entry(proof_type).or_default().push((id, has));
            }
        }
    }
    lists
}

const ALGORITHMS: &str = "proof_signing_alg_values_supported";

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::held::{assert_concerns_nobody_else, to_haip};
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata, with,
    };

    const CONFIGURATIONS: &str = "/credential_configurations_supported";

    fn stage(types: &[Value]) -> Stage {
        let one = |types: &Value| json!({ "format": "dc+sd-jwt", "proof_types_supported": types });
        let all: serde_json::Map<String, Value> = types
            .iter()
            .enumerate()
            .map(|(place, types)| (format!("c{place}"), one(types)))
            .collect();
        Stage::new().issuer_metadata(with(honest_metadata(), CONFIGURATIONS, json!(all)))
    }

    fn jwt(algorithms: &[&str]) -> Value {
        json!({ "jwt": { "proof_signing_alg_values_supported": algorithms } })
    }

    #[test]
    fn an_issuer_without_es256_breaks() {
        assert_holds(&super::CHECK, &to_haip(stage(&[jwt(&["ES384", "ES256"])])));
        let without = stage(&[jwt(&["RS256"])]);
        assert_concerns_nobody_else(&super::CHECK, &without);
        assert_breaks(&super::CHECK, &to_haip(without), "no jwt proof with ES256");
    }

    #[test]
    fn a_configuration_without_it_beside_one_with_it_warns() {
        let some = to_haip(stage(&[jwt(&["ES256"]), jwt(&["EdDSA"])]));
        assert_breaks(&super::CHECK, &some, "no jwt proof with ES256: c1");
        assert_outcome(&super::CHECK, &some, Outcome::Warn);
    }

    #[test]
    fn other_proof_types_and_none_are_not_concerned() {
        let other = json!({ "di_vp": { "proof_signing_alg_values_supported": ["EdDSA"] } });
        assert_outcome(&super::CHECK, &to_haip(stage(&[other])), Outcome::NotApplicable);
    }
}
