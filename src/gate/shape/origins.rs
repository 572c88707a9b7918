//! Where an issuer lives, taken out of its texts: the same issuer at another host or port has
//! the same shape.

use url::Url;

use crate::protocol::IssuerMetadata;
use crate::transcript::{Run, Station};

/// The origins of an issuer and of its authorization server, with what stands in their place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(Vec<(String, &'static str)>);

impl Origins {
    /// The origin of the issuer under test, and the first other one, by the alphabet, where it says
    /// that an authorization server lives.
    pub(crate) fn of(run: &Run) -> Self {
        let issuer = origin(&run.provenance.credential_issuer);
        let mut documents = run
            .transcripts
            .iter()
            .flat_map(|transcript| transcript.at(Station::IssuerMetadata))
            .filter_map(|exchange| exchange.answer()?.body.json());
        let server = documents.find_map(|json| {
            let servers = IssuerMetadata::new(&json).authorization_servers();
            let origins = servers.into_iter().filter_map(origin);
            origins.filter(|server| Some(server) != issuer.as_ref()).min()
        });
        let issuer = issuer.map(|origin| (origin, "<issuer>"));
        let server = server.map(|origin| (origin, "<authorization-server>"));
        Self(issuer.into_iter().chain(server).collect())
    }

    /// The text with each origin replaced, also as the host of a did:web.
    pub(crate) fn replace(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (origin, instead) in &self.0 {
            text = replaced(&text, origin, instead);
            if let Some((_, host)) = origin.split_once("://") {
                let did = format!("did:web:{}", host.replace(':', "%3A"));
                text = replaced(&text, &did, &format!("did:web:{instead}"));
            }
        }
        text
    }
}

fn origin(url: &str) -> Option<String> {
    let origin = Url::parse(url).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

/// Replaces what is not the beginning of a longer host or port.
fn replaced(text: &str, origin: &str, instead: &str) -> String {
    let mut parts = text.split(origin);
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let goes_on = |next: char| next.is_alphanumeric() || matches!(next, '.' | '-');
        let port = part.strip_prefix(':').is_some_and(|rest| rest.starts_with(char::is_numeric));
        let whole = !port && !part.starts_with(goes_on);
        result.push_str(if whole { instead } else { origin });
        result.push_str(part);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_origin_is_replaced() {
        let origins = Origins(vec![("http://127.0.0.1:396".into(), "<issuer>")]);
        let replace = |text: &str| origins.replace(text);
        assert_eq!(
            replace("http://127.0.0.1:396/a?b=http://127.0.0.1:396"),
            "<issuer>/a?b=<issuer>"
        );
        assert_eq!(replace("http://127.0.0.1:3967/a"), "http://127.0.0.1:3967/a");
        assert_eq!(replace("did:web:127.0.0.1%3A396:eu"), "did:web:<issuer>:eu");
        let plain = Origins(vec![("https://h.example".into(), "<issuer>")]);
        assert_eq!(
            plain.replace("https://h.example.org https://h.example:8443"),
            "https://h.example.org https://h.example:8443"
        );
    }
}
