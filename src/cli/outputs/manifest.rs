//! What is in the folder of `--out`, by its digests: `sha256sum -c SHA256SUMS` sees whether it
//! still is. Which run it is of stands in each report.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// The name of the manifest.
pub const FILE: &str = "SHA256SUMS";

/// The line of a file.
pub fn line(file: &str, text: &str) -> String {
    let mut line = String::new();
    for octet in Sha256::digest(text) {
        let _ = write!(line, "{octet:02x}");
    }
    format!("{line}  {file}\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_line_is_as_sha256sum_writes_it() {
        assert_eq!(
            super::line("report.txt", "abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  report.txt\n"
        );
    }
}
