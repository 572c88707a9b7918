//! The list is compressed in one way and no other.

use super::of_tokens;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};
use crate::formats::StatusListError;
use crate::formats::status_list::InflateError;

pub static CHECK: Check = Check {
    id: "status/list-is-zlib",
    aliases: &[],
    since: "2026.3",
    title: "lst is base64url of ZLIB",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-4.1", "tsl#section-4.2"],
    obligation: "lst is base64url without padding of DEFLATE in the ZLIB data format",
    doc: "The three functions called deflate are easily mixed up: bare DEFLATE (RFC 1951), ZLIB with its two \
          octets before and its checksum behind (RFC 1950), and gzip. Only ZLIB is right; its \
          base64url begins with `eJ`, `eN` or `eA`. Other causes are base64 with `+`, `/` or `=`, \
          and lists that were cut off.",
    judge: Judge::Transcript(list_is_zlib),
};

fn list_is_zlib(scene: &Scene<'_>) -> Finding {
    of_tokens(scene, |_, read| match &read.list {
        Ok(_) => Finding::Holds,
        Err(StatusListError::Compression(InflateError::TooLarge)) => {
            Finding::Exempt("the list is larger than what is read here")
        }
        Err(error @ (StatusListError::Encoding(_) | StatusListError::Compression(_))) => {
            Finding::breaks("base64url of ZLIB", error.to_string())
        }
        Err(StatusListError::Missing(_) | StatusListError::Bits(_)) => {
            Finding::Silent("there is no list with legal bits")
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::staging::status::{list, list_with, published};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};

    fn with(lst: &str) -> Stage {
        published(&list_with("status_list", json!({ "bits": 1, "lst": lst })))
    }

    #[test]
    fn zlib_holds_and_what_only_looks_like_it_does_not() {
        assert_holds(&super::CHECK, &published(&list()));
        assert_holds(&super::CHECK, &with("eNrbuRgAAhcBXQ"));
        assert_breaks(&super::CHECK, &with("eNrbuRgAAhcBXQ=="), "base64url");
        assert_breaks(&super::CHECK, &with("27kYAA"), "ZLIB");
        assert_breaks(&super::CHECK, &with("H4sIAAAAAAAAAwMAAAAAAAAAAAA"), "gzip");
    }
}
