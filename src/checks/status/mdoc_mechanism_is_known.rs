//! A verifier of mdocs knows two mechanisms.

use serde_json::Value;

use crate::checks::{Check, Finding, Judge, Level, Opened, Profile, Scene, applicability, judge};

pub static CHECK: Check = Check {
    id: "status/mdoc-mechanism-is-known",
    aliases: &[],
    since: "2026.3",
    title: "the status of an mdoc has a known mechanism",
    level: Level::Note,
    raised_by: &[Profile::Haip],
    applies: applicability::always,
    spec: &["haip#section-5.3.1", "iso18013-5"],
    obligation: "the status of a mobile security object, where it has one, has a status_list or an identifier_list",
    doc: "The second edition of ISO/IEC 18013-5 defines two mechanisms for the `status` of the mobile \
          security object: the Token Status List, and a list of identifiers. A mechanism of one's own \
          may stand beside one of them; alone it leaves every verifier without an answer. HAIP 1.0 \
          demands one of them; elsewhere it is only noted.",
    judge: Judge::Transcript(mdoc_mechanism_is_known),
};

fn mdoc_mechanism_is_known(scene: &Scene<'_>) -> Finding {
    let mut worst: Option<Finding> = None;
    let mut seen = false;
    for issued in scene.issued() {
        for credential in &issued.credentials {
            if !matches!(credential.opened, Opened::Mdoc(_)) {
                continue;
            }
            seen = true;
            let Some(status) = &credential.status else { continue };
            let finding = judge::shown_in(mechanism(status), issued.exchange);
            worst = Some(match worst {
                Some(worst) => judge::worse(worst, finding),
                None => finding,
            });
        }
    }
    match (worst, seen) {
        (Some(worst), _) => worst,
        (None, true) => Finding::Exempt(super::NO_STATUS),
        (None, false) if scene.issued().is_empty() => Finding::Silent(super::NO_CREDENTIAL),
        (None, false) => Finding::Exempt("no mdoc was issued"),
    }
}

fn mechanism(status: &Value) -> Finding {
    let known = ["status_list", "identifier_list"];
    let is_known = known.iter().any(|name| status.get(name).is_some());
    let found = match status.as_object() {
        Some(mechanisms) => mechanisms.keys().cloned().collect::<Vec<_>>().join(", "),
        None => "no map".to_owned(),
    };
    Finding::expect(is_known, "status_list or identifier_list", found)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use ciborium::{Value, cbor};

    use super::super::{index_is_in_range, reference_is_well_formed};
    use crate::checks::Outcome;
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::status::{LIST, fetch, list, without_status};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    fn with(status: Value) -> Stage {
        issued(&[licence(1).with("status", status)])
    }

    fn in_a_list(index: u64) -> Value {
        cbor!({ "status_list" => { "idx" => index, "uri" => LIST } }).unwrap()
    }

    #[test]
    fn two_mechanisms_are_known() {
        assert_holds(&super::CHECK, &with(in_a_list(7)));
        let identifiers = cbor!({ "identifier_list" => { "id" => 1 }, "own" => 1 }).unwrap();
        assert_holds(&super::CHECK, &with(identifiers));
        assert_breaks(&super::CHECK, &with(cbor!({ "own" => 1 }).unwrap()), "own");
        assert_breaks(&super::CHECK, &with("active".into()), "no map");
    }

    #[test]
    fn the_entry_of_an_mdoc_is_looked_up_like_any_other() {
        assert_holds(&reference_is_well_formed::CHECK, &with(in_a_list(7)));
        let media_type = "application/statuslist+jwt";
        let published =
            |index| fetch(with(in_a_list(index)), LIST, 200, media_type, &list().compact());
        assert_holds(&index_is_in_range::CHECK, &published(7));
        assert_breaks(&index_is_in_range::CHECK, &published(1024), "idx 1024");
    }

    #[test]
    fn without_a_status_or_an_mdoc_there_is_nothing_to_judge() {
        assert_outcome(&super::CHECK, &issued(&[licence(1)]), Outcome::NotApplicable);
        assert_outcome(&super::CHECK, &without_status(), Outcome::NotApplicable);
    }
}
