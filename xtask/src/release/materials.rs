//! The crates that the program is made of, as Cargo and the lock file know them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

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
    dependencies: Vec<String>,
}

/// Asks Cargo.
pub fn gather() -> Outcome<Materials> {
    let mut metadata = workspace::cargo();
    metadata.args(["metadata", "--locked", "--format-version", "1"]);
    metadata.args(["--filter-platform", &workspace::triple()]);
    let Metadata { packages, resolve } = serde_json::from_slice(&answer(&mut metadata)?)?;
    let checksums = checksums()?;
    let mut packages: BTreeMap<String, Package> =
        packages.into_iter().map(|package| (package.id.clone(), package)).collect();
    for package in packages.values_mut() {
        package.checksum = checksums.get(&package.named()).cloned();
    }
    let program = packages.values().find(|package| package.name == "vcispec");
    let program = program.ok_or("expected a package vcispec")?.id.clone();
    let among = |listed: BTreeSet<Named>| -> BTreeSet<String> {
        let packages = packages.values().filter(|package| listed.contains(&package.named()));
        packages.map(|package| package.id.clone()).collect()
    };
    let (inside, all) = (among(tree("normal,no-proc-macro")?), among(tree("normal,build")?));
    packages.retain(|id, _| all.contains(id));
    let mut needs = BTreeMap::new();
    for Node { id, dependencies } in resolve.nodes {
        if all.contains(&id) {
            needs.insert(id, dependencies.into_iter().filter(|id| all.contains(id)).collect());
        }
    }
    Ok(Materials { packages, needs, inside, program })
}

/// Name and version.
type Named = (String, String);

impl Package {
    fn named(&self) -> Named {
        (self.name.clone(), self.version.clone())
    }
}

/// The crates that are built for the program alone. The metadata have those of the whole workspace, in which optional
/// parts are switched on by tests.
fn tree(edges: &str) -> Outcome<BTreeSet<Named>> {
    let mut tree = workspace::cargo();
    tree.args(["tree", "--locked", "--package", "vcispec", "--target", &workspace::triple()]);
    tree.args(["--edges", edges, "--prefix", "none", "--format", "{p}"]);
    let listed = String::from_utf8(answer(&mut tree)?)?;
    let named = |line: &str| {
        let mut words = line.split(' ');
        Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
    };
    Ok(listed.lines().filter_map(named).collect())
}

fn answer(command: &mut Command) -> Outcome<Vec<u8>> {
    let output = command.output()?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into()),
    }
}

/// Name and version to checksum.
fn checksums() -> Outcome<BTreeMap<Named, String>> {
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
