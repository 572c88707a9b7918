//! Archives that come out the same wherever and whenever they are packed: sorted, of one time, without the names of the
//! people and the machine that packed them.

use std::io::{self, Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use tar::{Archive, Builder, EntryType, Header};

/// A file or folder to be packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it goes, without a leading slash.
    pub path: String,
    /// What may be done with it.
    pub mode: u32,
    /// User and group, by number.
    pub owner: u32,
    /// What is in it; nothing for a folder.
    pub content: Option<Vec<u8>>,
}

impl Entry {
    /// A file that everybody may read.
    pub fn file(path: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), mode: 0o644, owner: 0, content: Some(content.into()) }
    }

    /// A file that everybody may run.
    pub fn program(path: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        Self { mode: 0o755, ..Self::file(path, content) }
    }

    /// A folder that everybody may look into.
    pub fn folder(path: impl Into<String>) -> Self {
        Self { path: path.into(), mode: 0o755, owner: 0, content: None }
    }
}

/// Packs entries, all of them with this time.
pub fn pack(mut entries: Vec<Entry>, seconds: u64) -> io::Result<Vec<u8>> {
    entries.sort_by(|one, other| one.path.cmp(&other.path));
    let mut archive = Builder::new(Vec::new());
    for Entry { path, mode, owner, content } in entries {
        let mut header = Header::new_ustar();
        header.set_mode(mode);
        header.set_uid(u64::from(owner));
        header.set_gid(u64::from(owner));
        header.set_mtime(seconds);
        let content = content.unwrap_or_else(|| {
            header.set_entry_type(EntryType::Directory);
            Vec::new()
        });
        header.set_size(content.len() as u64);
        archive.append_data(&mut header, path, content.as_slice())?;
    }
    archive.into_inner()
}

/// Reads what was packed, in the order of the archive.
pub fn unpack(archive: &[u8]) -> io::Result<Vec<Entry>> {
    let mut found = Vec::new();
    for entry in Archive::new(archive).entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().trim_end_matches('/').to_owned();
        let (mode, owner) = (entry.header().mode()?, u32::try_from(entry.header().uid()?));
        let owner = owner.map_err(io::Error::other)?;
        let content = if entry.header().entry_type().is_dir() {
            None
        } else {
            let mut content = Vec::new();
            entry.read_to_end(&mut content)?;
            Some(content)
        };
        found.push(Entry { path, mode, owner, content });
    }
    Ok(found)
}

/// Compresses, without a name and a time of its own.
pub fn compress(octets: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(octets)?;
    encoder.finish()
}

/// The octets that were compressed.
pub fn decompress(octets: &[u8]) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    GzDecoder::new(octets).read_to_end(&mut content)?;
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> Vec<Entry> {
        let mut folder = Entry::folder("data");
        folder.owner = 65532;
        vec![Entry::program("vcispec", "program"), folder, Entry::file("etc/group", "")]
    }

    #[test]
    fn the_order_of_packing_leaves_no_trace() -> io::Result<()> {
        let mut turned = entries();
        turned.reverse();
        assert_eq!(compress(&pack(turned, 7)?)?, compress(&pack(entries(), 7)?)?);
        Ok(())
    }

    #[test]
    fn what_was_packed_comes_out_again() -> io::Result<()> {
        let found = unpack(&decompress(&compress(&pack(entries(), 7)?)?)?)?;
        let mut expected = entries();
        expected.sort_by(|one, other| one.path.cmp(&other.path));
        assert_eq!(found, expected);
        Ok(())
    }

    #[test]
    fn no_name_of_a_person_or_a_time_of_day_is_in_it() -> io::Result<()> {
        let packed = pack(entries(), 7)?;
        for entry in Archive::new(packed.as_slice()).entries()? {
            let entry = entry?;
            assert_eq!(entry.header().mtime()?, 7);
            assert_eq!(entry.header().username().ok().flatten(), Some(""));
        }
        Ok(())
    }
}
