//! An image read back with the eyes of somebody who did not write it: each digest, size and media type, how it starts,
//! what is in it and what is not.

use serde_json::{Value, json};

use super::layout::{CONFIGURATION, Files, INDEX, LAYER, MANIFEST};
use super::recipe::{self, AUTHORITIES, ENTRYPOINT, ENVIRONMENT, USER, WORKING_DIRECTORY};
use crate::Outcome;
use crate::archive::{self, Entry};
use crate::digest::sha256;

/// The only octets that the smallest authority file must hold.
const CERTIFICATE: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// Fails at the first thing that is not as it should be.
pub fn layout(files: &Files) -> Outcome {
    same("oci-layout", &document(files, "oci-layout")?, &json!({"imageLayoutVersion": "1.0.0"}))?;
    let index = document(files, "index.json")?;
    same("media type of index.json", &index["mediaType"], &json!(INDEX))?;
    let manifest = only(&index["manifests"], "manifest")?;
    let manifest: Value = serde_json::from_slice(pointed_to(files, manifest, MANIFEST)?)?;
    same("schema version", &manifest["schemaVersion"], &json!(2))?;
    let layer = pointed_to(files, only(&manifest["layers"], "layer")?, LAYER)?;
    let configuration = pointed_to(files, &manifest["config"], CONFIGURATION)?;
    let configuration: Value = serde_json::from_slice(configuration)?;
    // Two files beside the three blobs, and nothing that nobody points to.
    same("number of files", &json!(files.len()), &json!(5))?;
    let layer = archive::decompress(layer)?;
    let named = &configuration["rootfs"]["diff_ids"];
    same("digest of the layer unpacked", named, &json!([format!("sha256:{}", sha256(&layer))]))?;
    starts_as_it_should(&configuration["config"])?;
    holds_what_it_should(&archive::unpack(&layer)?)
}

fn starts_as_it_should(configuration: &Value) -> Outcome {
    let environment: Vec<String> =
        ENVIRONMENT.iter().map(|(name, value)| format!("{name}={value}")).collect();
    same("Entrypoint", &configuration["Entrypoint"], &json!([ENTRYPOINT]))?;
    same("User", &configuration["User"], &json!(USER))?;
    same("Env", &configuration["Env"], &json!(environment))?;
    same("WorkingDir", &configuration["WorkingDir"], &json!(WORKING_DIRECTORY))
}

fn holds_what_it_should(found: &[Entry]) -> Outcome {
    let outline = |entries: &[Entry]| -> Value {
        let line = |entry: &Entry| {
            let kind = if entry.content.is_some() { "file" } else { "folder" };
            json!(format!("{kind} {} {:o} {}", entry.path, entry.mode, entry.owner))
        };
        entries.iter().map(line).collect()
    };
    let mut expected = recipe::content(Vec::new(), Vec::new());
    expected.sort_by(|one, other| one.path.cmp(&other.path));
    same("content of the layer", &outline(found), &outline(&expected))?;
    let content = |path: &str| {
        let path = path.trim_start_matches('/');
        let entry = found.iter().find(|entry| entry.path == path);
        entry.and_then(|entry| entry.content.as_deref()).unwrap_or_default()
    };
    if !content(AUTHORITIES).windows(CERTIFICATE.len()).any(|window| window == CERTIFICATE) {
        return Err(format!("expected certificates in {AUTHORITIES}, found none").into());
    }
    if asks_for_a_loader(content(ENTRYPOINT))? {
        return Err(format!("expected {ENTRYPOINT} to be static, found one with a loader").into());
    }
    Ok(())
}

/// Whether a program needs libraries of the machine: its headers (ELF, 64 bit, little-endian) name an interpreter.
fn asks_for_a_loader(program: &[u8]) -> Outcome<bool> {
    const INTERPRETER: u64 = 3;
    let number = |at: usize, octets: usize| -> Outcome<u64> {
        let field = program.get(at..at + octets).ok_or("expected an ELF program, found less")?;
        Ok(field.iter().rev().fold(0, |number, octet| number << 8 | u64::from(*octet)))
    };
    if program.get(..5) != Some(b"\x7fELF\x02") {
        return Err("expected an ELF program of 64 bits, found something else".into());
    }
    let (first, size, count) = (number(32, 8)?, number(54, 2)?, number(56, 2)?);
    for header in 0..count {
        if number(usize::try_from(first + header * size)?, 4)? == INTERPRETER {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The blob behind a descriptor, if it is what the descriptor says.
fn pointed_to<'a>(files: &'a Files, descriptor: &Value, media_type: &str) -> Outcome<&'a [u8]> {
    same("media type", &descriptor["mediaType"], &json!(media_type))?;
    let digest = descriptor["digest"].as_str().and_then(|digest| digest.strip_prefix("sha256:"));
    let digest = digest.ok_or_else(|| format!("expected a digest, found {descriptor}"))?;
    let blob = files.get(&format!("blobs/sha256/{digest}"));
    let blob = blob.ok_or_else(|| format!("expected a blob {digest}, found none"))?;
    same("digest", &json!(sha256(blob)), &json!(digest))?;
    same("size", &json!(blob.len()), &descriptor["size"])?;
    Ok(blob)
}

fn document(files: &Files, path: &str) -> Outcome<Value> {
    let file = files.get(path).ok_or_else(|| format!("expected {path}, found no such file"))?;
    Ok(serde_json::from_slice(file)?)
}

fn only<'a>(list: &'a Value, what: &str) -> Outcome<&'a Value> {
    match list.as_array().map(Vec::as_slice) {
        Some([one]) => Ok(one),
        _ => Err(format!("expected one {what}, found {list}").into()),
    }
}

fn same(what: &str, found: &Value, expected: &Value) -> Outcome {
    match found == expected {
        true => Ok(()),
        false => Err(format!("{what}: expected {expected}, found {found}").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::layout::build;

    /// The headers of a program, with one segment of this kind.
    fn program(kind: u8) -> Vec<u8> {
        let mut program = vec![0; 120];
        program[..5].copy_from_slice(b"\x7fELF\x02");
        program[32] = 64;
        program[54] = 56;
        program[56] = 1;
        program[64] = kind;
        program
    }

    fn image(kind: u8) -> Outcome<Files> {
        build(recipe::content(program(kind), CERTIFICATE.to_vec()), "0123456789ab", 7)
    }

    #[test]
    fn an_image_is_what_it_should_be_and_the_same_each_time() -> Outcome {
        layout(&image(1)?)?;
        assert_eq!(image(1)?, image(1)?);
        Ok(())
    }

    #[test]
    fn a_program_that_needs_a_loader_is_refused() -> Outcome {
        let told = layout(&image(3)?).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(told.contains("to be static"), "{told}");
        Ok(())
    }

    #[test]
    fn a_blob_that_was_changed_is_found() -> Outcome {
        let files = image(1)?;
        for path in files.keys().filter(|path| path.starts_with("blobs/")) {
            let mut changed = files.clone();
            changed.entry(path.clone()).and_modify(|blob| blob.push(0));
            assert!(layout(&changed).is_err(), "{path}");
            let mut without = files.clone();
            without.remove(path);
            assert!(layout(&without).is_err(), "{path}");
        }
        let mut more = files.clone();
        more.insert("blobs/sha256/00".into(), Vec::new());
        assert!(layout(&more).is_err());
        Ok(())
    }
}
