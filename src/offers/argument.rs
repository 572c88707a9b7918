//! The offer that a person gives on the command line: a link of any scheme, a URL, JSON, the path
//! of a file, or `-` for standard input.

use std::io::Read;
use std::path::Path;

use super::source::read_bounded;
use super::{OfferError, OfferSource};

/// The name of the source that the command line is.
const NAME: &str = "command-line";

impl OfferSource {
    /// Reads the argument of a command. `stdin` is read when the argument is `-`.
    pub fn argument(
        argument: &str,
        tx_code: Option<&str>,
        stdin: impl Read,
    ) -> Result<Self, OfferError> {
        let source = if argument == "-" {
            let text = read_bounded(stdin).map_err(|error| OfferError::Unreadable {
                name: NAME.into(),
                what: "standard input".into(),
                reason: error.to_string(),
            })?;
            Self::text(NAME, &text)?
        } else if looks_like_path(argument) || Path::new(argument).is_file() {
            Self::file(NAME, Path::new(argument)).map_err(neither)?
        } else {
            Self::text(NAME, argument)?
        };
        Ok(match tx_code {
            Some(tx_code) => source.with_tx_code(tx_code),
            None => source,
        })
    }
}

/// What is no file was perhaps meant to be a link.
fn neither(error: OfferError) -> OfferError {
    match error {
        OfferError::Unreadable { name, what, reason } if !Path::new(&what).is_file() => {
            OfferError::Unreadable {
                name,
                what: format!("{what} (no link and no JSON, so taken for a file)"),
                reason,
            }
        }
        other => other,
    }
}

/// Neither JSON nor a link, and without a character that a shell would have had to guard.
fn looks_like_path(argument: &str) -> bool {
    let plain = |character: char| character.is_alphanumeric() || "./\\_- ".contains(character);
    !argument.trim().is_empty() && argument.chars().all(plain)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;
    use crate::offers::Wanted;

    async fn taken(argument: &str, stdin: &str) -> (String, Option<String>) {
        let source = OfferSource::argument(argument, Some("0042"), stdin.as_bytes()).unwrap();
        let offer = source.mint(&Wanted::default()).await.unwrap();
        assert_eq!(offer.source, "command-line");
        (offer.given, offer.tx_code)
    }

    #[tokio::test]
    async fn an_offer_in_whatever_form_it_is_at_hand() {
        let link = "haip-vci://?credential_offer_uri=https%3A%2F%2Fh%2Fo";
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("offer.txt");
        std::fs::write(&path, format!("{link}\n")).unwrap();
        let code = Some("0042".to_owned());
        for (argument, stdin, given) in [
            (link, "", link),
            ("https://h/o", "", "https://h/o"),
            ("{\"credential_issuer\":\"h\"}", "", "{\"credential_issuer\":\"h\"}"),
            ("-", "https://h/o\n", "https://h/o"),
            (path.to_str().unwrap(), "", link),
        ] {
            assert_eq!(
                taken(argument, stdin).await,
                (given.to_owned(), code.clone()),
                "{argument}"
            );
        }
    }

    #[test]
    fn a_missing_file_is_named_and_other_text_is_not() {
        let missing = OfferSource::argument("offers.txt", None, std::io::empty()).unwrap_err();
        assert!(missing.to_string().contains("cannot read offers.txt (no link"), "{missing}");
        let other = OfferSource::argument("code=secret", None, std::io::empty()).unwrap_err();
        assert!(!other.to_string().contains("secret"));
    }
}
