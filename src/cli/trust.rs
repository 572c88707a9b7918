//! What a run trusts beyond what issuers publish: certificates of authorities, and keys of issuers
//! that publish none. A path that leads to nothing is an error, for it would turn trust off.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::jose::Certificate;

/// The endings under which a folder is searched.
const ENDINGS: [&str; 5] = ["pem", "crt", "cer", "der", "json"];

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Trusted {
    /// Certificates, PEM.
    pub anchors: Vec<String>,
    /// JWT VC Issuer Metadata with the keys in them.
    pub issuer_keys: Vec<Value>,
}

/// Why a file or folder gives nothing to trust.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// It cannot be read.
    #[error("cannot read {}: {reason}", .path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// The operating system's words.
        reason: String,
    },
    /// A file that holds no certificate.
    #[error("expected a certificate, PEM or DER, in {}: {reason}", .path.display())]
    NoCertificate {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// A folder in which no file looks like a certificate.
    #[error("expected certificates in the folder {}, found no file that ends in .pem, .crt, .cer, .der or .json", .path.display())]
    EmptyFolder {
        /// The folder.
        path: PathBuf,
    },
    /// A JSON file that does not say whose keys it holds.
    #[error("expected {{\"issuer\": …, \"jwks\": {{\"keys\": [ … ]}}}} in {}: {reason}", .path.display())]
    NoKeys {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
}

/// Reads files, and folders without those below them.
pub fn read(paths: &[PathBuf]) -> Result<Trusted, TrustError> {
    let mut trusted = Trusted::default();
    for path in paths {
        match path.is_dir() {
            true => files_in(path)?.iter().try_for_each(|file| trusted.add(file))?,
            false => trusted.add(path)?,
        }
    }
    Ok(trusted)
}

impl Trusted {
    fn add(&mut self, path: &Path) -> Result<(), TrustError> {
        let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
        let text = bytes.trim_ascii_start();
        if text.starts_with(b"{") {
            self.issuer_keys.push(keys(path, text)?);
            return Ok(());
        }
        let certificates = Certificate::read_all(&bytes).map_err(|error| {
            TrustError::NoCertificate { path: path.to_owned(), reason: error.to_string() }
        })?;
        self.anchors.extend(certificates.iter().map(Certificate::to_pem));
        Ok(())
    }
}

/// The files of a folder that may hold something to trust, in the order of their names.
fn files_in(path: &Path) -> Result<Vec<PathBuf>, TrustError> {
    let entries = std::fs::read_dir(path).map_err(|error| unreadable(path, &error))?;
    let ends_rightly = |file: &PathBuf| {
        let ending = file.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
    };
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<PathBuf> =
        files.filter(|file| file.is_file() && ends_rightly(file)).collect();
    files.sort();
    match files.is_empty() {
        true => Err(TrustError::EmptyFolder { path: path.to_owned() }),
        false => Ok(files),
    }
}

fn keys(path: &Path, text: &[u8]) -> Result<Value, TrustError> {
    let wrong = |reason: &str| TrustError::NoKeys { path: path.to_owned(), reason: reason.into() };
    let json: Value =
        serde_json::from_slice(text).map_err(|error| wrong(&format!("it is no JSON: {error}")))?;
    if !json.get("issuer").is_some_and(Value::is_string) {
        return Err(wrong("it does not say whose keys these are"));
    }
    let keys = json.pointer("/jwks/keys").and_then(Value::as_array);
    match keys.is_some_and(|keys| !keys.is_empty()) {
        true => Ok(json),
        false => Err(wrong("there are no keys in it")),
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> TrustError {
    TrustError::Unreadable { path: path.to_owned(), reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;
    use crate::jose::vectors::{LEAF, ROOT};

    fn pem(base64: &str) -> String {
        Certificate::from_base64(base64).unwrap().to_pem()
    }

    #[test]
    fn a_folder_gives_its_certificates_and_keys() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes);
        let paths = [folder.path().to_owned()];
        assert!(matches!(read(&paths), Err(TrustError::EmptyFolder { .. })));
        write("readme.txt", b"not a certificate").unwrap();
        assert!(matches!(read(&paths), Err(TrustError::EmptyFolder { .. })));
        write("a.pem", pem(ROOT).as_bytes()).unwrap();
        write("b.DER", Certificate::from_base64(LEAF).unwrap().der()).unwrap();
        let keys = r#" {"issuer": "https://a.example", "jwks": {"keys": [{}]}}"#;
        write("c.json", keys.as_bytes()).unwrap();
        let trusted = read(&paths).unwrap();
        assert_eq!(trusted.anchors, [pem(ROOT), pem(LEAF)]);
        assert_eq!(trusted.issuer_keys.len(), 1);
        write("d.crt", b"nothing").unwrap();
        assert!(matches!(read(&paths), Err(TrustError::NoCertificate { .. })));
    }

    #[test]
    fn keys_say_whose_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let because = |text: &str| {
            let path = folder.path().join("keys.json");
            std::fs::write(&path, text).unwrap();
            read(&[path]).unwrap_err().to_string()
        };
        assert!(because(r#"{"keys": [{}]}"#).contains("whose keys"));
        assert!(because(r#"{"issuer": "a", "jwks": {"keys": []}}"#).contains("no keys"));
        assert!(because("{").contains("no JSON"));
        assert!(matches!(read(&["/nowhere/at/all".into()]), Err(TrustError::Unreadable { .. })));
    }
}
