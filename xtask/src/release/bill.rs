//! The bill of materials, in CycloneDX 1.6: what is in the program, from whom, under which licence, and which crates only
//! helped to build it.

use std::process::Command;

use serde_json::{Map, Value, json};

use super::materials::{Materials, Package};
use crate::digest::sha256;
use crate::workspace::VERSION;
use crate::{Outcome, moment};

/// The document for this program.
pub fn document(materials: &Materials, program: &[u8], seconds: u64) -> Outcome<Vec<u8>> {
    let digest = sha256(program);
    let mut components: Vec<Value> = materials
        .packages
        .iter()
        .filter(|(id, _)| **id != materials.program)
        .map(|(id, package)| component(package, materials.inside.contains(id)))
        .collect();
    components.push(c_library()?);
    let mut dependencies = dependencies(materials);
    dependencies.push(json!({ "ref": C_LIBRARY }));
    let document = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": serial_number(&digest),
        "version": 1,
        "metadata": {
            "timestamp": moment::written(seconds)?,
            "component": {
                "type": "application",
                "bom-ref": reference("vcispec", VERSION),
                "name": "vcispec",
                "version": VERSION,
                "purl": reference("vcispec", VERSION),
                "licenses": licences(Some(env!("CARGO_PKG_LICENSE"))),
                "hashes": [{ "alg": "SHA-256", "content": digest }],
            },
        },
        "components": components,
        "dependencies": dependencies,
    });
    let mut text = serde_json::to_vec_pretty(&document)?;
    text.push(b'\n');
    Ok(text)
}

/// The name of the C library among the components.
const C_LIBRARY: &str = "pkg:generic/glibc";

/// The one part that is not a crate: a static program carries it along.
fn c_library() -> Outcome<Value> {
    let output = Command::new("getconf").arg("GNU_LIBC_VERSION").output()?;
    let text = String::from_utf8(output.stdout)?;
    let version = text.split_whitespace().nth(1).ok_or("expected the version of glibc")?;
    Ok(json!({
        "type": "library",
        "bom-ref": C_LIBRARY,
        "name": "glibc",
        "version": version,
        "scope": "required",
        "licenses": licences(Some("LGPL-2.1-or-later")),
        "purl": format!("{C_LIBRARY}@{version}"),
    }))
}

fn component(package: &Package, inside: bool) -> Value {
    let reference = reference(&package.name, &package.version);
    let mut component = Map::new();
    let mut say = |name: &str, value: Value| component.insert(name.to_owned(), value);
    say("type", json!("library"));
    say("bom-ref", json!(reference));
    say("name", json!(package.name));
    say("version", json!(package.version));
    if let Some(description) = &package.description {
        say("description", json!(description.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    // What only helped to build, and so every macro, is not part of what runs.
    say("scope", json!(if inside { "required" } else { "excluded" }));
    if let Some(checksum) = &package.checksum {
        say("hashes", json!([{ "alg": "SHA-256", "content": checksum }]));
    }
    say("licenses", licences(package.license.as_deref()));
    say("purl", json!(reference));
    if let Some(repository) = &package.repository {
        say("externalReferences", json!([{ "type": "vcs", "url": repository }]));
    }
    Value::Object(component)
}

fn dependencies(materials: &Materials) -> Vec<Value> {
    let named = |id: &String| {
        let package = materials.packages.get(id)?;
        Some(reference(&package.name, &package.version))
    };
    let line = |(id, needed): (&String, &std::collections::BTreeSet<String>)| {
        let mut needed: Vec<String> = needed.iter().filter_map(named).collect();
        if *id == materials.program {
            needed.push(C_LIBRARY.to_owned());
        }
        Some(json!({ "ref": named(id)?, "dependsOn": needed }))
    };
    materials.needs.iter().filter_map(line).collect()
}

/// A package URL, which names a component as well.
fn reference(name: &str, version: &str) -> String {
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}

/// An SPDX expression; older crates write a slash for OR.
fn licences(expression: Option<&str>) -> Value {
    match expression {
        Some(expression) => {
            let expression = expression.replace('/', " OR ");
            let words: Vec<&str> = expression.split_whitespace().collect();
            json!([{ "expression": words.join(" ") }])
        }
        None => json!([{ "license": { "name": "see the source" } }]),
    }
}

/// A UUID (version 8, made from our own digest): the same program has the same bill.
fn serial_number(digest: &str) -> String {
    let part = |from: usize, to: usize| digest.get(from..to).unwrap_or_default();
    let parts = [part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32)];
    let [first, second, third, fourth, fifth] = parts;
    format!("urn:uuid:{first}-{second}-8{third}-8{fourth}-{fifth}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::materials::gather;
    use super::*;

    #[test]
    fn every_crate_is_on_the_bill_with_where_it_is_from() -> Outcome {
        let bill: Value = serde_json::from_slice(&document(&gather()?, b"program", 7)?)?;
        let components = bill["components"].as_array().ok_or("components")?;
        let named = |name: &str| components.iter().find(|component| component["name"] == name);
        let p256 = named("p256").ok_or("p256")?;
        assert_eq!(p256["scope"], "required");
        assert_eq!(p256["hashes"][0]["alg"], "SHA-256");
        assert_eq!(named("cc").ok_or("cc")?["scope"], "excluded");
        assert!(named("glibc").is_some());
        assert_eq!(named("serde_derive").ok_or("serde_derive")?["scope"], "excluded");
        for stranger in ["xtask", "insta", "wiremock", "tar", "vcispec", "ring"] {
            assert!(named(stranger).is_none(), "{stranger}");
        }
        for component in components {
            let own = component["name"] == "reference-issuer" || component["name"] == "glibc";
            assert!(own || component["hashes"].is_array(), "{component}");
        }
        let known: BTreeSet<&str> =
            components.iter().filter_map(|component| component["bom-ref"].as_str()).collect();
        assert_eq!(known.len(), components.len());
        for line in bill["dependencies"].as_array().ok_or("dependencies")? {
            for needed in line["dependsOn"].as_array().into_iter().flatten() {
                assert!(needed.as_str().is_some_and(|needed| known.contains(needed)), "{needed}");
            }
        }
        Ok(())
    }

    #[test]
    fn the_same_program_has_the_same_bill() -> Outcome {
        let materials = gather()?;
        let one = document(&materials, b"program", 7)?;
        assert_eq!(one, document(&materials, b"program", 7)?);
        assert_ne!(one, document(&materials, b"another", 7)?);
        assert_eq!(serial_number(&sha256(b"")), "urn:uuid:e3b0c442-98fc-8c14-8afb-f4c8996fb924");
        Ok(())
    }
}
