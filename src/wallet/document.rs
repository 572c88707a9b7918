//! Public documents, which anybody may read, and the media types that they are asked for in.

use url::Url;

use super::ask::patiently;
use super::draft::{Draft, Ready};
use super::http::{Http, Mark};
use super::recorder::Recorder;
use crate::transcript::Station;

/// The origin of a wallet in a browser; no such host exists.
const WALLET_ORIGIN: &str = "https://wallet.invalid";

/// A document that is to be read.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is.
    pub station: Station,
    /// Where it is.
    pub url: Url,
    accepts: Option<&'static str>,
}

impl Document {
    /// In the form that its readers want.
    pub fn at(station: Station, url: Url) -> Self {
        let accepts = match station {
            Station::DidDocument => {
                Some("application/did+json, application/did+ld+json;q=0.9, application/json;q=0.8")
            }
            Station::StatusList => Some("application/statuslist+jwt"),
            Station::TypeMetadata => Some("application/json"),
            Station::CredentialSchema => Some("application/schema+json, application/json;q=0.9"),
            _ => None,
        };
        Self { station, url, accepts }
    }

    /// A status list. Where mdocs refer to it, its CWT form will do.
    pub fn status_list(url: Url, is_for_mdocs: bool) -> Self {
        let mut list = Self::at(Station::StatusList, url);
        if is_for_mdocs {
            list.accepts = Some("application/statuslist+jwt, application/statuslist+cwt;q=0.9");
        }
        list
    }

    /// The same at another address.
    pub fn moved_to(&self, url: Url) -> Self {
        Self { url, ..self.clone() }
    }

    /// The request for it, as a wallet in a browser makes it too.
    pub fn request(&self) -> Ready {
        let mut draft = Draft::post(self.station, self.url.clone());
        draft.method = "GET".into();
        if let Some(media_types) = self.accepts {
            draft.headers.push("accept", media_types);
            draft.headers.push("origin", WALLET_ORIGIN);
        }
        draft.ready()
    }
}

/// Reads a public document on nobody's behalf, once, without following redirects.
pub async fn read_document(http: &Http, recorder: &Recorder, document: &Document) {
    patiently(http, recorder, &Mark::default(), &document.request()).await;
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;

    #[test]
    fn the_cwt_form_is_asked_for_where_mdocs_refer_to_a_list() {
        let url = Url::parse("https://h.example/1").unwrap();
        let asks = |document: Document| {
            document.request().headers.get("accept").map(str::to_owned).unwrap_or_default()
        };
        let of_mdocs = asks(Document::status_list(url.clone(), true));
        assert!(of_mdocs.contains("+jwt") && of_mdocs.contains("+cwt"), "{of_mdocs}");
        let of_jwts = Document::status_list(url.clone(), false).moved_to(url.clone());
        assert_eq!(asks(of_jwts), "application/statuslist+jwt");
        assert_eq!(asks(Document::at(Station::TypeMetadata, url)), "application/json");
    }
}
