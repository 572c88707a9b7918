//! What a key may sign exists.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/key-authorizations-fit",
    aliases: &[],
    since: "2026.3",
    title: "key authorizations name what there is, once",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5"],
    obligation: "keyAuthorizations, where they are there, name namespaces of device-signed elements, and no namespace both as a whole and element by element",
    doc: "`keyAuthorizations` says for which elements the device key may sign in the \
          issuer's place: whole `nameSpaces`, or single `dataElements`. A namespace in both \
          contradicts itself, and an empty list authorises nothing where something was \
          meant.",
    judge: Judge::Answers(Station::Credential, key_authorizations_fit),
};

fn key_authorizations_fit(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| fit(opened))
}

fn fit(opened: &OpenedMdoc) -> Finding {
    let Ok(object) = &opened.mdoc.security_object else {
        return Finding::Silent("the security object cannot be read");
    };
    let Some(authorizations) = &object.key_authorizations else {
        return Finding::Exempt("the mdoc has no key authorizations");
    };
    let elements = &authorizations.elements;
    if authorizations.name_spaces.is_empty() && elements.is_empty() {
        return Finding::breaks("namespaces or elements", "neither");
    }
    if let Some(both) = authorizations.name_spaces.iter().find(|one| elements.contains_key(*one)) {
        return Finding::breaks("a namespace as a whole or in parts", format!("{both} as both"));
    }
    match elements.iter().find(|(_, names)| names.is_empty()) {
        Some((space, _)) => Finding::breaks("elements to sign", format!("none in {space}")),
        None => Finding::Holds,
    }
}

#[cfg(test)]
mod tests {
    use ciborium::{Value, cbor};

    use crate::checks::Outcome;
    use crate::checks::staging::Stage;
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    fn stage(authorizations: Result<Value, ciborium::value::Error>) -> Stage {
        let mut draft = licence(1);
        if let Value::Map(info) = &mut draft.object[2].1 {
            info.push(("keyAuthorizations".into(), authorizations.unwrap_or(Value::Null)));
        }
        issued(&[draft])
    }

    #[test]
    fn a_namespace_or_elements_hold() {
        assert_holds(&super::CHECK, &stage(cbor!({"nameSpaces" => ["a"]})));
        let both = cbor!({"nameSpaces" => ["a"], "dataElements" => {"b" => ["c"]}});
        assert_holds(&super::CHECK, &stage(both));
        assert_outcome(&super::CHECK, &issued(&[licence(1)]), Outcome::NotApplicable);
    }

    #[test]
    fn contradictions_warn() {
        let both = cbor!({"nameSpaces" => ["a"], "dataElements" => {"a" => ["c"]}});
        assert_breaks(&super::CHECK, &stage(both), "a as both");
        assert_breaks(&super::CHECK, &stage(cbor!({"nameSpaces" => []})), "neither");
    }
}
