//! Finds every digest that an SD-JWT holds, wherever it stands, and every place where the reserved
//! names are used otherwise (RFC 9901, sections 4.1 and 4.2.4).

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Disclosure;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Digests {
    /// The digests, payload first, then disclosure by disclosure, in their order.
    pub found: Vec<FoundDigest>,
    /// The reserved names in another use than theirs.
    pub misuses: Vec<Misuse>,
}

/// One digest and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDigest {
    /// The digest's text.
    pub value: String,
    /// Whether it stands for a property or for an array element.
    pub form: DigestForm,
    /// Where it stands.
    pub place: Place,
}

/// What a digest stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigestForm {
    /// It stands in `_sd`, for a property of that object.
    Property,
    /// It stands in `{"...": digest}`, for an element of that array.
    Element,
}

/// A place in the payload or in the value of a disclosure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The index of the disclosure in whose value it is; none for the payload.
    pub disclosure: Option<usize>,
    /// The JSON pointer (RFC 6901) from there.
    pub pointer: String,
}

/// A reserved name that is used otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misuse {
    /// Where the name stands.
    pub place: Place,
    /// What is wrong about it.
    pub why: String,
}

impl Digests {
    /// The digests' texts.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.found.iter().map(|digest| digest.value.as_str())
    }

    /// The digests that occur more than once, each occurrence after its first.
    pub fn repeated(&self) -> Vec<&FoundDigest> {
        let mut seen = HashSet::new();
        self.found.iter().filter(|digest| !seen.insert(digest.value.as_str())).collect()
    }
}

/// Looks through the payload and the values of all disclosures. JSON is at most 128 levels deep,
/// so this is bounded.
pub(super) fn find(payload: &Map<String, Value>, disclosures: &[Disclosure]) -> Digests {
    let mut digests = Digests::default();
    let mut search = Search { digests: &mut digests, disclosure: None };
    search.object(payload, "");
    for (index, disclosure) in disclosures.iter().enumerate() {
        search.disclosure = Some(index);
        if let Some(value) = disclosure.value() {
            search.value(value, "");
        }
    }
    digests
}

struct Search<'a> {
    digests: &'a mut Digests,
    disclosure: Option<usize>,
}

impl Search<'_> {
    fn value(&mut self, value: &Value, pointer: &str) {
        match value {
            Value::Object(members) => self.object(members, pointer),
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.element(element, &format!("{pointer}/{index}"));
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, members: &Map<String, Value>, pointer: &str) {
        for (name, value) in members {
            let pointer = step(pointer, name);
            match name.as_str() {
                "_sd" => self.digests_of_properties(value, &pointer),
                "_sd_alg" if self.disclosure.is_none() && pointer == "/_sd_alg" => {}
                "_sd_alg" => {
                    self.misuse(&pointer, "`_sd_alg` belongs to the top level of the payload")
                }
                "..." => self.misuse(&pointer, "`...` belongs alone into an element of an array"),
                _ => self.value(value, &pointer),
            }
        }
    }

    fn digests_of_properties(&mut self, value: &Value, pointer: &str) {
        let Value::Array(elements) = value else {
            return self.misuse(pointer, "expected `_sd` to be an array of strings");
        };
        for (index, element) in elements.iter().enumerate() {
            let pointer = format!("{pointer}/{index}");
            match element {
                Value::String(digest) => self.found(digest, DigestForm::Property, pointer),
                _ => self.misuse(&pointer, "expected a string as digest"),
            }
        }
    }

    fn element(&mut self, element: &Value, pointer: &str) {
        let Some(digest) = element.as_object().and_then(|members| members.get("...")) else {
            return self.value(element, pointer);
        };
        match (digest, element.as_object().map_or(0, Map::len)) {
            (Value::String(digest), 1) => {
                self.found(digest, DigestForm::Element, format!("{pointer}/..."))
            }
            (Value::String(_), _) => {
                self.misuse(pointer, "`...` has to be the only member of its object")
            }
            _ => self.misuse(pointer, "expected a string as digest"),
        }
    }

    fn found(&mut self, value: &str, form: DigestForm, pointer: String) {
        let place = Place { disclosure: self.disclosure, pointer };
        self.digests.found.push(FoundDigest { value: value.to_owned(), form, place });
    }

    fn misuse(&mut self, pointer: &str, why: &str) {
        let place = Place { disclosure: self.disclosure, pointer: pointer.to_owned() };
        self.digests.misuses.push(Misuse { place, why: why.to_owned() });
    }
}

/// The JSON pointer of a member (RFC 6901, section 3). Names are cut after 64 characters, or
/// pointers could take much more memory than the credential.
pub fn step(pointer: &str, name: &str) -> String {
    let name = match name.char_indices().nth(64) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
        None => name.to_owned(),
    };
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}
