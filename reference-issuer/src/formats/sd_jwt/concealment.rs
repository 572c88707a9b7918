//! How a credential hides its claims: under which hash, how deep, and among how many decoys.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use super::{Claims, Packed};
use crate::random;

/// The description by which one kind of credential hides its dataset.
#[derive(Debug, Clone, Copy)]
pub struct Concealment {
    /// The hash of its digests.
    pub hash: Hash,
    /// How deep it hides.
    pub depth: Depth,
    /// Digests without a disclosure, in each array of digests and in each array.
    pub decoys: usize,
    /// Claims at the top level that every verifier sees.
    pub in_clear: &'static [&'static str],
}

/// How deep claims are hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Nothing is hidden.
    Nothing,
    /// Scalars as a whole, objects member by member, arrays element by element.
    Parts,
    /// Everything at every level, objects and arrays with what is in them hidden once more.
    Recursive,
}

/// A hash that `_sd_alg` may name (IANA, Named Information).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// `sha-256`.
    Sha256,
    /// `sha-384`.
    Sha384,
}

impl Hash {
    /// Its registered name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha-256",
            Self::Sha384 => "sha-384",
        }
    }

    /// Digest of a disclosure (RFC 9901, section 4.2.3).
    pub fn digest(self, disclosure: &str) -> String {
        let algorithm = match self {
            Self::Sha256 => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
        };
        URL_SAFE_NO_PAD.encode(digest::digest(algorithm, disclosure.as_bytes()))
    }
}

impl Default for Concealment {
    fn default() -> Self {
        Self { hash: Hash::Sha256, depth: Depth::Parts, decoys: 0, in_clear: &[] }
    }
}

impl Concealment {
    /// How many disclosures a dataset takes.
    pub fn hidden_in(&self, dataset: &Map<String, Value>) -> usize {
        let hidden = dataset.iter().filter(|(name, _)| !self.leaves_in_clear(name));
        hidden.map(|(_, value)| self.hidden_for(value)).sum()
    }

    /// Hides the dataset. Sorting the digests, which are random, hides the order of the claims.
    pub fn pack(&self, claims: Claims, salts: Vec<String>) -> Packed {
        let packed = Packed {
            header: None,
            payload: claims.clear,
            digests: Vec::new(),
            disclosures: Vec::new(),
            hash: self.hash,
            hash_name: (self.depth != Depth::Nothing).then(|| self.hash.name().to_owned()),
        };
        let mut hiding = Hiding { concealment: self, salts: salts.into_iter(), packed };
        let mut digests = Vec::new();
        for (name, value) in claims.dataset {
            if self.leaves_in_clear(&name) {
                hiding.packed.payload.insert(name, value);
                continue;
            }
            match (self.depth, value) {
                (Depth::Parts, Value::Object(members)) => {
                    let members = hiding.members(members);
                    hiding.packed.payload.insert(name, members);
                }
                (Depth::Parts, Value::Array(elements)) => {
                    let elements = hiding.elements(elements);
                    hiding.packed.payload.insert(name, elements);
                }
                (_, value) => digests.push(hiding.property(&name, value)),
            }
        }
        if !digests.is_empty() {
            digests = hiding.among_decoys(digests);
        }
        hiding.packed.digests = digests;
        hiding.packed
    }

    fn leaves_in_clear(&self, name: &str) -> bool {
        self.depth == Depth::Nothing || self.in_clear.contains(&name)
    }

    /// How many disclosures a claim at the top level takes.
    fn hidden_for(&self, value: &Value) -> usize {
        match (self.depth, value) {
            (Depth::Nothing, _) => 0,
            (Depth::Parts, Value::Object(members)) => members.len(),
            (Depth::Parts, Value::Array(elements)) => elements.len(),
            (Depth::Parts, _) => 1,
            (Depth::Recursive, Value::Object(members)) => {
                1 + members.values().map(|value| self.hidden_for(value)).sum::<usize>()
            }
            (Depth::Recursive, Value::Array(elements)) => {
                1 + elements.iter().map(|value| self.hidden_for(value)).sum::<usize>()
            }
            (Depth::Recursive, _) => 1,
        }
    }
}

/// A credential while its claims are being hidden. Datasets are a few levels deep.
struct Hiding<'a> {
    concealment: &'a Concealment,
    salts: std::vec::IntoIter<String>,
    packed: Packed,
}

impl Hiding<'_> {
    /// A property behind its digest.
    fn property(&mut self, name: &str, value: Value) -> String {
        let value = self.inside(value);
        let salt = self.salt();
        self.packed.disclose(&json!([salt, name, value]))
    }

    fn members(&mut self, members: Map<String, Value>) -> Value {
        let digests = members.into_iter().map(|(name, value)| self.property(&name, value));
        let digests = digests.collect();
        json!({"_sd": self.among_decoys(digests)})
    }

    fn elements(&mut self, elements: Vec<Value>) -> Value {
        let hide = |element| {
            let element = self.inside(element);
            let salt = self.salt();
            self.packed.disclose(&json!([salt, element]))
        };
        let mut digests: Vec<String> = elements.into_iter().map(hide).collect();
        digests.extend(self.decoys());
        digests.into_iter().map(|digest| json!({"...": digest})).collect()
    }

    /// What stands in a disclosure for a value.
    fn inside(&mut self, value: Value) -> Value {
        match (self.concealment.depth, value) {
            (Depth::Recursive, Value::Object(members)) => self.members(members),
            (Depth::Recursive, Value::Array(elements)) => self.elements(elements),
            (_, value) => value,
        }
    }

    fn among_decoys(&self, mut digests: Vec<String>) -> Vec<String> {
        digests.extend(self.decoys());
        digests.sort_unstable();
        digests
    }

    /// Digests of nothing that exists (RFC 9901, section 4.2.5).
    fn decoys(&self) -> impl Iterator<Item = String> + use<> {
        let hash = self.concealment.hash;
        (0..self.concealment.decoys).map(move |_| hash.digest(&random::long()))
    }

    fn salt(&mut self) -> String {
        self.salts.next().unwrap_or_else(random::short)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    fn hide(concealment: &Concealment) -> Packed {
        let dataset = json!({"a": 1, "b": {"c": 2, "d": [3]}, "e": [4, 5]});
        let dataset = dataset.as_object().unwrap().clone();
        let hidden = concealment.hidden_in(&dataset);
        let packed = concealment.pack(Claims { clear: Map::new(), dataset }, Vec::new());
        assert_eq!(packed.disclosures.len(), hidden);
        packed
    }

    /// The example of RFC 9901, section 4.2.3.
    #[test]
    fn digests_the_encoded_disclosure() {
        assert_eq!(
            Hash::Sha256
                .digest("WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"),
            "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
        );
    }

    #[test]
    fn hides_scalars_members_and_elements() {
        let packed = hide(&Concealment::default());
        assert_eq!(packed.disclosures.len(), 5);
        assert_eq!(packed.digests.len(), 1);
        assert_eq!(packed.payload["b"]["_sd"].as_array().unwrap().len(), 2);
        assert!(packed.payload["e"][1]["..."].is_string());
        assert!(!packed.payload.contains_key("a"));
    }

    #[test]
    fn hides_everything_at_every_level_among_decoys() {
        let concealment = Concealment {
            hash: Hash::Sha384,
            depth: Depth::Recursive,
            decoys: 2,
            in_clear: &["a"],
        };
        let packed = hide(&concealment);
        assert_eq!(packed.disclosures.len(), 7);
        assert_eq!(packed.digests.len(), 2 + 2);
        assert_eq!(packed.payload.keys().collect::<Vec<_>>(), ["a"]);
        assert_eq!(packed.hash_name.as_deref(), Some("sha-384"));
        assert!(packed.digests.iter().all(|digest| digest.len() == 64));
    }

    #[test]
    fn hides_nothing() {
        let packed = hide(&Concealment { depth: Depth::Nothing, ..Concealment::default() });
        assert!(packed.digests.is_empty() && packed.hash_name.is_none());
        assert_eq!(packed.payload.len(), 3);
    }
}
