//! A file that is there whole or as it was before, whatever happens while it is written.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Whoever the system lets; a file that was there before keeps its mode.
    Anybody,
    /// Its owner alone: mode 0600.
    Owner,
}

/// Writes a file: beside its place first, then into it. What is no plain file, such as a pipe, is
/// written to as it stands, and so is a file in a folder that takes no other.
pub fn write(path: &Path, octets: &[u8], readers: Readers) -> io::Result<()> {
    let found = fs::metadata(path);
    let path = match &found {
        Ok(found) if !found.is_file() => return fs::write(path, octets),
        // A link stays one.
        Ok(_) => path.canonicalize()?,
        Err(_) => path.to_owned(),
    };
    let draft = beside(&path);
    let replaced = written(&draft, octets, readers).and_then(|()| {
        if let (Ok(found), Readers::Anybody) = (&found, readers) {
            fs::set_permissions(&draft, found.permissions())?;
        }
        fs::rename(&draft, &path)
    });
    match replaced {
        Err(_) if found.is_ok() => {
            let _ = fs::remove_file(&draft);
            overwritten(&path, octets, readers)
        }
        Err(error) => {
            let _ = fs::remove_file(&draft);
            Err(error)
        }
        Ok(()) => Ok(()),
    }
}

/// A name in the same folder that nobody else uses.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.draft", std::process::id()))
}

fn written(draft: &Path, octets: &[u8], readers: Readers) -> io::Result<()> {
    // A draft of that name was left by a process that is no more.
    let _ = fs::remove_file(draft);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if readers == Readers::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    options.open(draft)?.write_all(octets)
}

fn overwritten(path: &Path, octets: &[u8], readers: Readers) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).truncate(true).open(path)?;
    close_to_others(&file, readers)?;
    file.write_all(octets)
}

#[cfg(unix)]
fn close_to_others(file: &File, readers: Readers) -> io::Result<()> {
    match readers {
        Readers::Owner => file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600)),
        Readers::Anybody => Ok(()),
    }
}

#[cfg(not(unix))]
fn close_to_others(_: &File, _: Readers) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        for text in ["one", "two"] {
            write(&path, text.as_bytes(), Readers::Anybody).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(names(folder.path()), ["report.json"]);
        assert!(write(&folder.path().join("no/report"), b"", Readers::Anybody).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_links_and_devices_devices() {
        let folder = tempfile::tempdir().unwrap();
        let (link, path) = (folder.path().join("link"), folder.path().join("report"));
        fs::write(&path, "one").unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        write(&link, b"two", Readers::Anybody).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"two");
        write(Path::new("/dev/null"), b"three", Readers::Owner).unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }

    #[cfg(unix)]
    #[test]
    fn what_others_must_not_read_they_cannot() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let path = folder.path().join("report");
        write(&path, b"secret", Readers::Owner).unwrap();
        assert_eq!(mode(&path), 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        write(&path, b"told", Readers::Anybody).unwrap();
        assert_eq!(mode(&path), 0o640);
        write(&path, b"secret", Readers::Owner).unwrap();
        assert_eq!(mode(&path), 0o600);
    }
}
