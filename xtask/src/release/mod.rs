//! What is published with a version: the program with its papers in one archive, the container image, a bill of
//! materials, and the checksums of all three. Built twice from one commit, it is the same twice.

mod bill;
mod bundle;
mod check;
mod materials;
mod notices;

use std::fs;
use std::path::Path;

use crate::digest::sha256;
use crate::workspace::VERSION;
use crate::{Outcome, archive, image, moment, workspace};

/// The checksums, as `sha256sum --check` reads them.
const CHECKSUMS: &str = "SHA256SUMS";

/// Builds everything, writes it and reads it back.
pub fn run(output: &Path) -> Outcome {
    let program = workspace::install()?;
    let moment = moment::of_the_source()?;
    let name = name();
    let materials = materials::gather()?;
    let packed = archive::pack(bundle::content(&name, &program, &materials)?, moment)?;
    let files = [
        (format!("{name}.cdx.json"), bill::document(&materials, &fs::read(&program)?, moment)?),
        (format!("{name}.oci.tar"), image::archive(&program)?),
        (format!("{name}.tar.gz"), archive::compress(&packed)?),
    ];
    fs::create_dir_all(output)?;
    let mut checksums = String::new();
    for (name, content) in files {
        checksums += &format!("{}  {name}\n", sha256(&content));
        println!("{name:44} {:>7.1} MB", content.len() as f64 / 1e6);
        fs::write(output.join(name), content)?;
    }
    fs::write(output.join(CHECKSUMS), checksums)?;
    check::files(output)?;
    println!("written to {} and read back", output.display());
    Ok(())
}

/// The stem of every name: program, version, machine.
fn name() -> String {
    format!("vcispec-{VERSION}-{}-{}", std::env::consts::ARCH, std::env::consts::OS)
}
