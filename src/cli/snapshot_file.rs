//! Where the snapshot of an issuer is kept.

use std::path::{Path, PathBuf};

use url::Url;

use super::configuration::Configuration;
use super::{CliError, plan};
use crate::gate::Shapes;

/// The folder, beside the configuration or in the current directory.
const FOLDER: &str = "snapshots/issuers";
/// The name for the bundled issuer, which has another port every time.
const BUNDLED: &str = "bundled";

/// Which file a run is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SnapshotFile {
    /// None.
    None,
    /// This one, which has to be there.
    Named(PathBuf),
    /// The one of the issuer in this directory, where it is there.
    OfTheIssuer {
        /// Where `snapshots/` is looked for.
        directory: PathBuf,
        /// Whether it is the bundled issuer.
        is_bundled: bool,
    },
}

impl SnapshotFile {
    /// The file that was named on the command line, or in the configuration, or none in
    /// particular.
    pub fn of(
        named: Option<&Path>,
        configuration: Option<&Configuration>,
        is_bundled: bool,
    ) -> Self {
        let configured = || configuration.and_then(|file| file.snapshot.as_deref());
        match named.or_else(configured) {
            Some(path) => Self::Named(path.to_owned()),
            None => {
                let directory = configuration.map(Configuration::directory);
                Self::OfTheIssuer { directory: directory.unwrap_or_default(), is_bundled }
            }
        }
    }

    /// Where the snapshot of this issuer is, or would be.
    pub fn path(&self, credential_issuer: &str) -> Option<PathBuf> {
        match self {
            Self::None => None,
            Self::Named(path) => Some(path.clone()),
            Self::OfTheIssuer { directory, is_bundled } => {
                let name = if *is_bundled { BUNDLED.to_owned() } else { slug(credential_issuer) };
                let folder = match directory.as_os_str().to_str() {
                    Some("" | ".") => PathBuf::from(FOLDER),
                    _ => directory.join(FOLDER),
                };
                Some(folder.join(format!("{name}.toml")))
            }
        }
    }

    /// Sees to it that a file that was named is there and can be read, before anything is sent.
    pub fn check(&self) -> Result<(), CliError> {
        let Self::Named(path) = self else { return Ok(()) };
        if !path.is_file() {
            let path = path.display();
            return Err(CliError::Usage(format!(
                "expected a snapshot in {path}, found none; to record it:\n  vcispec snapshot {path}"
            )));
        }
        read(path).map(|_| ())
    }

    /// The snapshot of this issuer with its path; none where there is none.
    pub fn read(&self, credential_issuer: &str) -> Result<Option<(PathBuf, Shapes)>, CliError> {
        match self.path(credential_issuer).filter(|path| path.is_file()) {
            Some(path) => read(&path).map(|shapes| Some((path, shapes))),
            None => Ok(None),
        }
    }
}

fn read(path: &Path) -> Result<Shapes, CliError> {
    let text = plan::read(path)?;
    Shapes::read(&text).map_err(|error| CliError::Usage(format!("{}: {error}", path.display())))
}

/// Host, port and path of an identifier as the name of a file.
fn slug(identifier: &str) -> String {
    let place = match Url::parse(identifier) {
        Ok(url) => {
            let port = url.port().map(|port| format!("-{port}")).unwrap_or_default();
            format!("{}{port}{}", url.host_str().unwrap_or_default(), url.path())
        }
        Err(_) => identifier.to_owned(),
    };
    let fits = |one: char| if one.is_ascii_alphanumeric() || one == '.' { one } else { '-' };
    let name: String = place.trim_end_matches('/').chars().map(fits).take(120).collect();
    let name = name.trim_matches(['-', '.']);
    if name.is_empty() { "issuer".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_file_is_that_of_the_issuer() {
        for (identifier, expected) in [
            ("https://issuer.example", "issuer.example"),
            ("https://issuer.example/", "issuer.example"),
            ("https://issuer.example:8443/tenant/eu", "issuer.example-8443-tenant-eu"),
            ("http://[::1]:8765", "--1--8765"),
            ("../../etc/passwd", "etc-passwd"),
        ] {
            assert_eq!(slug(identifier), expected.trim_matches('-'), "{identifier}");
        }
    }

    #[test]
    fn it_stands_beside_the_configuration() {
        let beside = |directory: &str, is_bundled| {
            let file = SnapshotFile::OfTheIssuer { directory: directory.into(), is_bundled };
            file.path("https://issuer.example")
        };
        let path = |text: &str| Some(PathBuf::from(text));
        assert_eq!(beside(".", false), path("snapshots/issuers/issuer.example.toml"));
        assert_eq!(beside("gate", false), path("gate/snapshots/issuers/issuer.example.toml"));
        assert_eq!(beside("", true), path("snapshots/issuers/bundled.toml"));
        assert_eq!(SnapshotFile::None.path("https://issuer.example"), None);
    }
}
