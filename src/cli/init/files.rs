//! Files are written whole, all of them or none, and never over one that is there unasked.

use std::io::Write as _;
use std::path::Path;

use crate::cli::CliError;

/// A file that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Where, relative to the directory of the configuration.
    pub path: String,
    /// What.
    pub text: String,
    /// What it is for, in a few words.
    pub purpose: String,
    /// It is a program.
    pub executable: bool,
    /// The user writes it: where it is there, it stays.
    pub is_theirs: bool,
}

impl Draft {
    /// A file to be read.
    pub fn new(path: &str, text: String, purpose: &str) -> Self {
        let (path, purpose) = (path.to_owned(), purpose.to_owned());
        Self { path, text, purpose, executable: false, is_theirs: false }
    }

    /// The same as a program.
    #[must_use]
    pub fn executable(self) -> Self {
        Self { executable: true, ..self }
    }

    /// The same for the user to write.
    #[must_use]
    pub fn theirs(self) -> Self {
        Self { is_theirs: true, ..self }
    }
}

/// Refuses to go on where one of these is there, before anybody is asked anything.
pub fn keep(directory: &Path, paths: &[&str], force: bool) -> Result<(), CliError> {
    let is_there = |path: &&&str| directory.join(path).symlink_metadata().is_ok();
    let in_the_way: Vec<&str> = paths.iter().filter(is_there).copied().collect();
    if force || in_the_way.is_empty() {
        return Ok(());
    }
    let verb = if in_the_way.len() == 1 { "is" } else { "are" };
    Err(CliError::Usage(format!(
        "{} {verb} there already, and nothing was written: --force overwrites, --dir DIR writes \
         elsewhere",
        in_the_way.join(" and ")
    )))
}

/// Writes what is not there yet, and with `force` what is. Gives the files that were written.
pub fn write(directory: &Path, drafts: Vec<Draft>, force: bool) -> Result<Vec<Draft>, CliError> {
    let exists = |draft: &Draft| directory.join(&draft.path).symlink_metadata().is_ok();
    let drafts: Vec<Draft> =
        drafts.into_iter().filter(|draft| !(draft.is_theirs && exists(draft))).collect();
    let paths: Vec<&str> = drafts.iter().map(|draft| draft.path.as_str()).collect();
    keep(directory, &paths, force)?;
    for draft in &drafts {
        place(&directory.join(&draft.path), draft).map_err(|error| {
            let path = directory.join(&draft.path);
            CliError::Usage(format!("{} could not be written: {error}", path.display()))
        })?;
    }
    Ok(drafts)
}

/// Writes beside the place and moves there: who is interrupted has the file or does not.
fn place(path: &Path, draft: &Draft) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.{}", std::process::id()));
    let written = write_new(&beside, draft).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written
}

fn write_new(path: &Path, draft: &Draft) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if draft.executable {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o777);
    }
    options.open(path)?.write_all(draft.text.as_bytes())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;

    fn draft(path: &str) -> Draft {
        Draft::new(path, "new".into(), "")
    }

    #[test]
    fn one_file_in_the_way_keeps_all_from_being_written() {
        let folder = tempfile::tempdir().unwrap();
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name));
        std::fs::write(folder.path().join("b"), "old").unwrap();
        let drafts = vec![draft("a"), draft("b")];
        let error = write(folder.path(), drafts.clone(), false).unwrap_err();
        assert!(error.to_string().starts_with("b is there already"), "{error}");
        assert!(read("a").is_err());
        write(folder.path(), drafts, true).unwrap();
        assert_eq!((read("a").unwrap(), read("b").unwrap()), ("new".into(), "new".into()));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn what_the_user_wrote_stays_whatever_is_forced() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("mint.sh"), "mine").unwrap();
        let written = write(folder.path(), vec![draft("mint.sh").theirs()], true).unwrap();
        assert!(written.is_empty());
        assert_eq!(std::fs::read_to_string(folder.path().join("mint.sh")).unwrap(), "mine");
    }
}
