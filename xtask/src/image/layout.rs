//! An image as the OCI Image Layout Specification 1.0 writes it: `oci-layout`, `index.json`, and blobs named by their
//! digests.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::recipe::{ENTRYPOINT, ENVIRONMENT, TITLE, USER, WORKING_DIRECTORY};
use crate::archive::{self, Entry};
use crate::digest::sha256;
use crate::workspace::VERSION;
use crate::{Outcome, moment};

/// The files of a layout: path and content.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Media type of the list of manifests.
pub const INDEX: &str = "application/vnd.oci.image.index.v1+json";
/// Media type of the manifest.
pub const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
/// Media type of the configuration.
pub const CONFIGURATION: &str = "application/vnd.oci.image.config.v1+json";
/// Media type of the one layer.
pub const LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";

/// Lays out an image with this content.
pub fn build(content: Vec<Entry>, commit: &str, seconds: u64) -> Outcome<Files> {
    let mut files = Files::new();
    let unpacked = archive::pack(content, seconds)?;
    let layer = blob(&mut files, LAYER, archive::compress(&unpacked)?);
    let configuration = configuration(&sha256(&unpacked), commit, &moment::written(seconds)?);
    let configuration = blob(&mut files, CONFIGURATION, serde_json::to_vec(&configuration)?);
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": configuration,
        "layers": [layer],
    });
    let mut manifest = blob(&mut files, MANIFEST, serde_json::to_vec(&manifest)?);
    if let Some(manifest) = manifest.as_object_mut() {
        manifest
            .insert("platform".into(), json!({ "architecture": architecture(), "os": "linux" }));
        manifest
            .insert("annotations".into(), json!({ "org.opencontainers.image.ref.name": VERSION }));
    }
    let index = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": [manifest] });
    files.insert("index.json".into(), serde_json::to_vec(&index)?);
    files.insert("oci-layout".into(), br#"{"imageLayoutVersion":"1.0.0"}"#.to_vec());
    Ok(files)
}

/// The architecture of this machine, as images name it.
pub fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

fn configuration(layer: &str, commit: &str, created: &str) -> Value {
    let environment: Vec<String> =
        ENVIRONMENT.iter().map(|(name, value)| format!("{name}={value}")).collect();
    json!({
        "created": created,
        "architecture": architecture(),
        "os": "linux",
        "config": {
            "User": USER,
            "Env": environment,
            "Entrypoint": [ENTRYPOINT],
            "WorkingDir": WORKING_DIRECTORY,
            "Labels": {
                "org.opencontainers.image.title": TITLE,
                "org.opencontainers.image.description": vcispec::cli::command().get_about().map(ToString::to_string),
                "org.opencontainers.image.version": VERSION,
                "org.opencontainers.image.revision": commit,
                "org.opencontainers.image.created": created,
                "org.opencontainers.image.source": env!("CARGO_PKG_REPOSITORY"),
                "org.opencontainers.image.licenses": env!("CARGO_PKG_LICENSE"),
            },
        },
        "rootfs": { "type": "layers", "diff_ids": [format!("sha256:{layer}")] },
        "history": [{ "created": created, "created_by": "cargo xtask image" }],
    })
}

/// Adds a blob and gives what points to it.
fn blob(files: &mut Files, media_type: &str, content: Vec<u8>) -> Value {
    let digest = sha256(&content);
    let descriptor = json!({
        "mediaType": media_type,
        "digest": format!("sha256:{digest}"),
        "size": content.len(),
    });
    files.insert(format!("blobs/sha256/{digest}"), content);
    descriptor
}

/// Writes a layout into a folder, or into an archive if the name ends in `.tar`.
pub fn write(files: &Files, output: &Path, seconds: u64) -> Outcome {
    if is_archive(output) {
        if let Some(folder) = output.parent() {
            fs::create_dir_all(folder)?;
        }
        return Ok(fs::write(output, archive(files, seconds)?)?);
    }
    // What an earlier image left there would be part of this one.
    if output.join("oci-layout").is_file() {
        fs::remove_dir_all(output)?;
    }
    for (path, content) in files {
        let path = output.join(path);
        fs::create_dir_all(path.parent().unwrap_or(output))?;
        fs::write(path, content)?;
    }
    Ok(())
}

/// A layout in one archive.
pub fn archive(files: &Files, seconds: u64) -> Outcome<Vec<u8>> {
    let entries = files.iter().map(|(path, content)| Entry::file(path.clone(), content.clone()));
    let folders = ["blobs", "blobs/sha256"].into_iter().map(Entry::folder);
    Ok(archive::pack(folders.chain(entries).collect(), seconds)?)
}

/// Reads what was written.
pub fn read(output: &Path) -> Outcome<Files> {
    let mut files = Files::new();
    if is_archive(output) {
        for Entry { path, content, .. } in archive::unpack(&fs::read(output)?)? {
            files.extend(content.map(|content| (path, content)));
        }
        return Ok(files);
    }
    for name in ["index.json", "oci-layout"] {
        files.insert(name.to_owned(), fs::read(output.join(name))?);
    }
    for entry in fs::read_dir(output.join("blobs/sha256"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        files.insert(format!("blobs/sha256/{name}"), fs::read(entry.path())?);
    }
    Ok(files)
}

fn is_archive(output: &Path) -> bool {
    output.extension().is_some_and(|ending| ending == "tar")
}
