//! SD-JWT VC Type Metadata: what a `vct` stands for. Later drafts renamed members; the lens reads
//! both spellings, and the checks say which one was written.

use serde_json::Value;
use url::Url;

use super::ClaimsPath;

/// The most claim descriptions that are read of one document.
const MOST_CLAIMS: usize = 500;

/// A type metadata document.
#[derive(Clone, Copy, Debug)]
pub struct TypeMetadata<'a>(&'a Value);

/// One claim description.
#[derive(Clone, Copy, Debug)]
pub struct ClaimMetadata<'a>(&'a Value);

impl<'a> TypeMetadata<'a> {
    /// Looks at a document.
    pub fn new(json: &'a Value) -> Self {
        Self(json)
    }

    /// The document itself.
    pub fn json(&self) -> &'a Value {
        self.0
    }

    /// The type that it says it describes.
    pub fn vct(&self) -> Option<&'a str> {
        self.0.get("vct")?.as_str()
    }

    /// The type that it extends.
    pub fn extends(&self) -> Option<&'a str> {
        self.0.get("extends")?.as_str()
    }

    /// The integrity metadata of the document that it extends.
    pub fn extends_integrity(&self) -> Option<&'a Value> {
        self.0.get("extends#integrity")
    }

    /// How the type is displayed, language by language.
    pub fn display(&self) -> impl Iterator<Item = &'a Value> + use<'a> {
        self.0.get("display").and_then(Value::as_array).into_iter().flatten()
    }

    /// The name for end users: in English where there is one, else the first.
    pub fn display_name(&self) -> Option<&'a str> {
        let name = |entry: &'a Value| entry.get("name")?.as_str();
        let is_english = |entry: &&'a Value| {
            Self::language(entry).is_some_and(|tag| tag == "en" || tag.starts_with("en-"))
        };
        self.display().find(is_english).and_then(name).or_else(|| self.display().find_map(name))
    }

    /// The language of a display entry: `lang`, or `locale` in later drafts.
    pub fn language(entry: &'a Value) -> Option<&'a str> {
        ["lang", "locale"].iter().find_map(|name| entry.get(name)?.as_str())
    }

    /// The claim descriptions.
    pub fn claims(&self) -> impl Iterator<Item = ClaimMetadata<'a>> + use<'a> {
        let claims = self.0.get("claims").and_then(Value::as_array).into_iter().flatten();
        claims.take(MOST_CLAIMS).map(ClaimMetadata)
    }

    /// The URL from which the metadata of a type may be fetched: an `https` one, or a plain one
    /// where `allows_http` says so.
    pub fn location(vct: &str, allows_http: impl Fn(&Url) -> bool) -> Option<Url> {
        let url = Url::parse(vct).ok()?;
        let may_be_asked = url.scheme() == "https" || (url.scheme() == "http" && allows_http(&url));
        (may_be_asked && url.has_host()).then_some(url)
    }
}

impl<'a> ClaimMetadata<'a> {
    /// The description itself.
    pub fn json(&self) -> &'a Value {
        self.0
    }

    /// Which claims it is about.
    pub fn path(&self) -> Option<ClaimsPath> {
        ClaimsPath::from_json(self.0.get("path")?)
    }

    /// Whether they are selectively disclosable: `always`, `allowed`, `never`, or what else
    /// stands there.
    pub fn selective_disclosure(&self) -> Option<&'a str> {
        self.0.get("sd")?.as_str()
    }

    /// Whether every credential has them. Of later drafts.
    pub fn is_mandatory(&self) -> bool {
        self.0.get("mandatory").and_then(Value::as_bool) == Some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn both_spellings_of_a_language_are_read() {
        let metadata = json!({"display": [
            {"lang": "de", "name": "Nachweis"}, {"locale": "en-GB", "name": "Credential"},
        ]});
        assert_eq!(TypeMetadata::new(&metadata).display_name(), Some("Credential"));
        let german = json!({"display": [7, {"lang": "de", "name": "Nachweis"}]});
        assert_eq!(TypeMetadata::new(&german).display_name(), Some("Nachweis"));
        assert_eq!(TypeMetadata::new(&json!("nonsense")).display_name(), None);
    }

    #[test]
    fn only_web_addresses_are_locations() {
        let at = |vct| TypeMetadata::location(vct, |url| url.host_str() == Some("localhost"));
        assert!(at("https://types.example/pid").is_some() && at("http://localhost/pid").is_some());
        for other in ["urn:eudi:pid:1", "http://types.example/pid", "pid", "data:,x"] {
            assert_eq!(at(other), None, "{other}");
        }
    }
}
