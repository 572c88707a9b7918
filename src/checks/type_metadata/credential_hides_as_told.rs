//! The type says what a holder can keep back, and the credential decides it.

use std::collections::HashSet;

use serde_json::Value;

use super::super::sd_jwt::{IN_CLEAR, each};
use super::{chain, described, effective_claims, worst};
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene};
use crate::formats::Unpacked;
use crate::formats::sd_jwt::pointer_step;
use crate::protocol::ClaimsPath;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "type-metadata/credential-hides-as-told",
    aliases: &[],
    since: "2026.3",
    title: "claims are disclosable as the type says",
    level: Level::Must,
    raised_by: &[],
    applies: described,
    spec: &["sdjwtvc#section-9.3", "sdjwtvc#section-9.4"],
    obligation: "claims of an issued credential for which the type metadata say sd always are selectively disclosable, and those for which they say never are not",
    doc: "Verifiers and holders rely on the type: `always` promises holders that they may keep the \
          claim back, `never` promises verifiers that they see it. Type metadata and the issuer's \
          list of disclosable claims are two files, and they drift apart.\n\n\
          A rule that is inherited by `extends` counts until the extending type has one for the \
          same path. A claim that is not in the credential breaks no rule. One that is hidden only \
          together with what is around it warns: the text leaves open whether that is enough. \
          Claims that no credential may hide (`iss`, `exp`, `cnf`, …) are left out.",
    judge: Judge::Answers(Station::Credential, credential_hides_as_told),
};

fn credential_hides_as_told(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| {
        let rules: Vec<(ClaimsPath, &str)> =
            effective_claims(&chain(opened.sd_jwt.vct().unwrap_or_default(), scene))
                .into_iter()
                .filter_map(|(path, claim)| Some((path, claim.selective_disclosure()?)))
                .filter(|(_, rule)| matches!(*rule, "always" | "never"))
                .collect();
        if rules.is_empty() {
            return Finding::Exempt("the type demands of no claim to be hidden or shown");
        }
        match &opened.unpacked {
            Ok(unpacked) => obeyed(&rules, unpacked),
            Err(_) => Finding::Exempt("the hash algorithm of the disclosures is not known"),
        }
    })
}

fn obeyed(rules: &[(ClaimsPath, &str)], unpacked: &Unpacked) -> Finding {
    let claims = Value::Object(unpacked.claims.clone());
    let hidden: HashSet<&str> =
        unpacked.disclosed.iter().map(|disclosed| disclosed.pointer.as_str()).collect();
    worst(rules.iter().map(|(path, rule)| {
        if path.first_name().is_none_or(|name| IN_CLEAR.contains(&name)) {
            return Finding::Holds;
        }
        let places = path.places(&claims, pointer_step);
        let is_hidden = |place: &String| hidden.contains(place.as_str());
        if *rule == "never" {
            let breach = || Finding::breaks(format!("{path} in clear"), "a disclosure of its own");
            return places
                .iter()
                .find(|place| is_hidden(place))
                .map_or(Finding::Holds, |_| breach());
        }
        let open = places.iter().find(|place| !is_hidden(place));
        let Some(open) = open else { return Finding::Holds };
        let breach = Breach::new(format!("a disclosure of its own for {path}"), "none");
        match hidden.iter().any(|outer| is_inside(open, outer)) {
            true => Finding::Warns(
                breach,
                "it is hidden together with what is around it, which the text does not rule out",
            ),
            false => Finding::Breaks(breach),
        }
    }))
}

fn is_inside(place: &str, outer: &str) -> bool {
    place.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::super::staged::{VCT, of_type};
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use serde_json::{Value, json};

    /// `given_name` is hidden, `nationality` is not, and `address` is hidden as a whole.
    fn ruled(claims: Value) -> Stage {
        let paper = Paper::honest(1).disclosure(json!(["s", "address", { "country": "DE" }]));
        of_type(issued(&[paper]), VCT, json!({ "claims": claims }))
    }

    #[test]
    fn what_is_hidden_and_shown_as_told_holds() {
        let rules = json!([
            { "path": ["given_name"], "sd": "always" },
            { "path": ["nationality"], "sd": "never" },
            { "path": ["address", "country"], "sd": "never" },
            { "path": ["absent"], "sd": "always" },
            { "path": ["iss"], "sd": "always" },
        ]);
        assert_holds(&super::CHECK, &ruled(rules));
        let nothing = ruled(json!([{ "path": ["given_name"], "sd": "allowed" }]));
        assert_outcome(&super::CHECK, &nothing, Outcome::NotApplicable);
    }

    #[test]
    fn the_opposite_breaks() {
        let never = ruled(json!([{ "path": ["given_name"], "sd": "never" }]));
        assert_breaks(&super::CHECK, &never, "a disclosure of its own");
        let always = ruled(json!([{ "path": ["nationality"], "sd": "always" }]));
        assert_outcome(&super::CHECK, &always, Outcome::Fail);
        let inside = ruled(json!([{ "path": ["address", "country"], "sd": "always" }]));
        assert_outcome(&super::CHECK, &inside, Outcome::Warn);
    }

    #[test]
    fn inherited_rules_count_until_they_are_replaced() {
        let base = "https://issuer.example/vct/base";
        let stage = |claims: Value| {
            let child = json!({ "extends": base, "claims": claims });
            let stage = of_type(issued(&[Paper::honest(1)]), VCT, child);
            let rules = json!({ "claims": [{ "path": ["given_name"], "sd": "never" }] });
            of_type(stage, base, rules)
        };
        assert_breaks(&super::CHECK, &stage(json!([])), "a disclosure");
        assert_holds(&super::CHECK, &stage(json!([{ "path": ["given_name"], "sd": "always" }])));
    }
}
