//! The crates that the program is made of, as Cargo and the lock file know them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde::Deserialize;

use crate::{Outcome, workspace};

/// What the program is made of.
pub struct Materials {
    /// Crates, by Cargo's identifier for them.
    pub packages: BTreeMap<String, Package>,
    /// What each of them needs.
    pub needs: BTreeMap<String, BTreeSet<String>>,
    /// Those whose code is in the program; the others only helped to build it.
    pub inside: BTreeSet<String>,
    /// The program itself.
    pub program: String,
}

/// One crate.
#[derive(Deserialize)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    id: String,
    /// A licence expression.
    pub license: Option<String>,
    /// One sentence.
    pub description: Option<String>,
    /// Where its source is kept.
    pub repository: Option<String>,
    /// Where its source lies on this machine.
    pub manifest_path: PathBuf,
    /// Nothing for a crate of this workspace.
    pub source: Option<String>,
    /// SHA-256 of the package, from the lock file.
    #[serde(skip)]
    pub checksum: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    /// Nothing for what the code itself uses; `build` or `dev`.
    kind: Option<String>,
}

/// Asks Cargo.
pub fn gather() -> Outcome<Materials> {
    let mut metadata = workspace::cargo();
    metadata.args(["metadata", "--locked", "--format-version", "1"]);
    let output = metadata.args(["--filter-platform", &workspace::triple()]).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let Metadata { packages, resolve } = serde_json::from_slice(&output.stdout)?;
    let checksums = checksums()?;
    let mut packages: BTreeMap<String, Package> =
        packages.into_iter().map(|package| (package.id.clone(), package)).collect();
    for package in packages.values_mut() {
        let key = (package.name.clone(), package.version.clone());
        package.checksum = checksums.get(&key).cloned();
    }
    let program = packages.values().find(|package| package.name == "vcispec");
    let program = program.ok_or("expected a package vcispec")?.id.clone();
    let inside = reached(&program, &resolve.nodes, |kind| kind.is_none());
    let all = reached(&program, &resolve.nodes, |kind| kind != Some("dev"));
    packages.retain(|id, _| all.contains(id));
    let needs = resolve.nodes.into_iter().filter(|node| all.contains(&node.id)).map(|node| {
        let needed =
            node.deps.into_iter().filter(|dependency| dependency.is(|kind| kind != Some("dev")));
        (node.id, needed.map(|dependency| dependency.pkg).collect())
    });
    Ok(Materials { packages, needs: needs.collect(), inside, program })
}

impl Dependency {
    fn is(&self, wanted: impl Fn(Option<&str>) -> bool) -> bool {
        self.dep_kinds.iter().any(|kind| wanted(kind.kind.as_deref()))
    }
}

/// What a crate needs, and what that needs, over dependencies of such a kind.
fn reached(from: &str, nodes: &[Node], wanted: impl Fn(Option<&str>) -> bool) -> BTreeSet<String> {
    let nodes: BTreeMap<&str, &Node> = nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let mut found = BTreeSet::new();
    let mut ahead = vec![from];
    while let Some(id) = ahead.pop() {
        if found.insert(id.to_owned()) {
            let needed = nodes.get(id).into_iter().flat_map(|node| &node.deps);
            ahead.extend(
                needed
                    .filter(|dependency| dependency.is(&wanted))
                    .map(|dependency| dependency.pkg.as_str()),
            );
        }
    }
    found
}

/// Name and version to checksum.
fn checksums() -> Outcome<BTreeMap<(String, String), String>> {
    #[derive(Deserialize)]
    struct Lock {
        package: Vec<Locked>,
    }
    #[derive(Deserialize)]
    struct Locked {
        name: String,
        version: String,
        checksum: Option<String>,
    }
    let lock: Lock = toml::from_str(&fs::read_to_string(workspace::root().join("Cargo.lock"))?)?;
    let known = lock.package.into_iter().filter_map(|locked| {
        locked.checksum.map(|checksum| ((locked.name, locked.version), checksum))
    });
    Ok(known.collect())
}
