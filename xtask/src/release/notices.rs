//! The licences of others whose code is in the program: most of them ask that their text goes with it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::materials::{Materials, Package};
use crate::Outcome;

/// How files begin that hold such a text.
const NAMES: &[&str] = &["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];

/// Every text once, below the crates that it belongs to.
pub fn document(materials: &Materials) -> Outcome<String> {
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut document = String::from(
        "vcispec contains code of others. Each crate is listed with its licence; the texts follow.\n\
         The program is linked with the GNU C Library (LGPL-2.1-or-later), whose source is at\n\
         https://sourceware.org/glibc; this program can be built and linked again from its own source.\n\n",
    );
    let inside = |id: &String| materials.inside.contains(id);
    for (_, package) in materials.packages.iter().filter(|(id, _)| inside(id)) {
        if package.source.is_none() {
            continue;
        }
        let licence = package.license.as_deref().unwrap_or("see below");
        document += &format!("{} {}: {licence}\n", package.name, package.version);
        for text in texts_of(package)? {
            let crates = texts.entry(text).or_default();
            crates.push(format!("{} {}", package.name, package.version));
        }
    }
    let rule = "-".repeat(100);
    for (text, crates) in texts {
        document += &format!("\n{rule}\n{}\n{rule}\n\n{text}\n", crates.join(", "));
    }
    Ok(document)
}

fn texts_of(package: &Package) -> Outcome<Vec<String>> {
    let folder = package.manifest_path.parent().unwrap_or(Path::new("."));
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        if entry.file_type()?.is_file() && NAMES.iter().any(|start| name.starts_with(start)) {
            files.push(entry.path());
        }
    }
    files.sort();
    let read = |file| Ok(String::from_utf8_lossy(&fs::read(file)?).trim().to_owned());
    files.into_iter().map(read).collect()
}
