//! The tables agree with the disk and with each other.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use vcispec::checks::{self, Judge, Level, requirements};
use vcispec::protocol::spec;
use vcispec::wallet::tampers;

use crate::bench::scenarios;
use crate::folder::files;

#[test]
fn the_id_is_the_path() {
    let listed: BTreeSet<String> = checks::all().map(|check| check.id.to_owned()).collect();
    let mut on_disk = BTreeSet::new();
    for station in folders(&root().join("src/checks")) {
        for file in files(&station) {
            let text = std::fs::read_to_string(&file).unwrap();
            if text.contains("pub static CHECK: Check") {
                on_disk.insert(id_of(&file));
            }
        }
    }
    assert_eq!(listed, on_disk);
}

#[test]
fn every_check_has_a_requirement_and_every_named_check_exists() {
    for check in checks::all() {
        assert!(
            requirements::for_check(check.id).next().is_some(),
            "{} has no requirement",
            check.id
        );
    }
    for requirement in requirements::all() {
        for id in &requirement.checks {
            assert!(checks::find(id).is_some(), "{} names {id}", requirement.id);
        }
    }
    assert_eq!(requirements::all().len(), 618);
}

#[test]
fn no_check_is_stricter_than_its_requirements() {
    use requirements::Keyword::{Derived, May, Must, MustNot, Policy, Should, ShouldNot};
    let mut stricter = Vec::new();
    for check in checks::all() {
        let strongest = requirements::for_check(check.id)
            .map(|requirement| match requirement.level {
                Must | MustNot => Level::Must,
                Should | ShouldNot => Level::Should,
                Derived | Policy => Level::Derived,
                May => Level::Note,
            })
            .max();
        if Some(check.level) > strongest {
            stricter.push(format!("{}: {:?} above {strongest:?}", check.id, check.level));
        }
    }
    assert!(stricter.is_empty(), "{}", stricter.join("\n"));
}

#[test]
fn every_anchor_leads_somewhere() {
    for check in checks::all() {
        assert!(!check.spec.is_empty(), "{} names no source", check.id);
        for anchor in check.spec {
            // A standard that has to be bought has a title and no address.
            let is_sold = spec::document(anchor).is_some_and(|document| document.url.is_none());
            assert!(spec::url(anchor).is_some() || is_sold, "{}: {anchor}", check.id);
        }
    }
}

#[test]
fn every_check_is_aimed_at_and_every_tamper_is_used() {
    let scenarios = scenarios();
    for check in checks::all() {
        let aimed =
            scenarios.iter().any(|scenario| scenario.aims.iter().any(|aim| aim == check.id));
        assert!(aimed, "no scenario aims at {}", check.id);
        let tamper = match check.judge {
            Judge::Refusal(refusal) => refusal.tamper,
            Judge::Acceptance(acceptance) => acceptance.tamper,
            _ => continue,
        };
        assert!(tampers::find(tamper).is_some(), "{} judges the unknown tamper {tamper}", check.id);
    }
    for tamper in tampers::all() {
        let used = scenarios
            .iter()
            .flat_map(|scenario| &scenario.steps)
            .any(|step| step.tamper.iter().any(|name| name == tamper.name));
        assert!(used, "no scenario uses {}", tamper.name);
    }
}

#[test]
fn docs_are_for_people() {
    for check in checks::all() {
        assert!(check.doc.len() > 80, "{} explains too little", check.id);
        assert!(check.obligation.len() > 20 && !check.obligation.ends_with('.'), "{}", check.id);
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect()
}

fn id_of(file: &Path) -> String {
    let part = |path: &Path| path.file_stem().unwrap().to_str().unwrap().replace('_', "-");
    format!("{}/{}", part(file.parent().unwrap()), part(file))
}
