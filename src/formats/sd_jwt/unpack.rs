//! Puts disclosures into their places (RFC 9901, section 7.1), as far as it goes: where the
//! specification says "reject", the problem is written down and the rest is still unpacked.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::digests::step;
use super::{Disclosure, DisclosureKind, HashAlgorithm, Problem};

/// How deep claims may be nested after disclosure; what lies deeper is left out.
pub(super) const DEEPEST: usize = 64;

/// The claims that say nothing about the holder: two credentials of one batch may differ in them
/// though they share the dataset (OpenID4VCI, Batch Credential Issuance).
const NOT_IN_THE_DATASET: [&str; 6] = ["cnf", "status", "iat", "nbf", "exp", "jti"];

/// An SD-JWT with everything disclosed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unpacked {
    /// The claims without `_sd`, `_sd_alg` and `...`.
    pub claims: Map<String, Value>,
    /// What was disclosed, and where.
    pub disclosed: Vec<Disclosed>,
    /// Why the SD-JWT is to be rejected, if it is.
    pub problems: Vec<Problem>,
}

/// A disclosure that found its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosed {
    /// The index of the disclosure.
    pub disclosure: usize,
    /// The JSON pointer (RFC 6901) of the object or array in which it was put; empty for the top
    /// level.
    pub level: String,
    /// The property's name; none for an array element.
    pub name: Option<String>,
    /// The JSON pointer of what was put there.
    pub pointer: String,
}

impl Unpacked {
    /// The names that are disclosed at this level, a JSON pointer; empty for the top level.
    pub fn names_disclosed_at(&self, level: &str) -> Vec<&str> {
        let there = |one: &&Disclosed| one.level == level;
        self.disclosed.iter().filter(there).filter_map(|one| one.name.as_deref()).collect()
    }

    /// The names that stand in clear at the top level.
    pub fn clear_names(&self) -> Vec<&str> {
        let disclosed: HashSet<&str> = self.names_disclosed_at("").into_iter().collect();
        self.claims.keys().map(String::as_str).filter(|name| !disclosed.contains(name)).collect()
    }

    /// The claims about the holder: without key, status and times, which differ between the
    /// credentials of one batch.
    pub fn dataset(&self) -> Map<String, Value> {
        let belongs = |name: &str| !NOT_IN_THE_DATASET.contains(&name);
        self.claims
            .iter()
            .filter(|(name, _)| belongs(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }
}

pub(super) fn unpack(
    payload: &Map<String, Value>,
    disclosures: &[Disclosure],
    hash: HashAlgorithm,
) -> Unpacked {
    let mut by_digest = HashMap::new();
    for (index, disclosure) in disclosures.iter().enumerate() {
        by_digest.entry(disclosure.digest(hash)).or_insert(index);
    }
    let mut unpacking = Unpacking {
        disclosures,
        by_digest,
        seen: HashSet::new(),
        referenced: HashSet::new(),
        unpacked: Unpacked::default(),
    };
    let mut claims = unpacking.object(payload, "", 0);
    claims.shift_remove("_sd_alg");
    let Unpacking { referenced, mut unpacked, .. } = unpacking;
    let unreferenced = (0..disclosures.len()).filter(|index| !referenced.contains(index));
    unpacked.problems.extend(unreferenced.map(|disclosure| Problem::Unreferenced { disclosure }));
    unpacked.claims = claims;
    unpacked
}

struct Unpacking<'a> {
    disclosures: &'a [Disclosure],
    by_digest: HashMap<String, usize>,
    seen: HashSet<String>,
    referenced: HashSet<usize>,
    unpacked: Unpacked,
}

impl<'a> Unpacking<'a> {
    fn value(&mut self, value: &Value, level: &str, depth: usize) -> Value {
        if depth > DEEPEST {
            self.problem(Problem::TooDeep { level: level.to_owned() });
            return Value::Null;
        }
        match value {
            Value::Object(members) => Value::Object(self.object(members, level, depth)),
            Value::Array(elements) => Value::Array(self.array(elements, level, depth)),
            other => other.clone(),
        }
    }

    fn object(
        &mut self,
        members: &Map<String, Value>,
        level: &str,
        depth: usize,
    ) -> Map<String, Value> {
        let mut claims = Map::new();
        for (name, value) in members {
            match name.as_str() {
                "_sd" => {}
                "..." => self.misused(level, "`...` to stand alone in an element of an array"),
                _ => {
                    let value = self.value(value, &step(level, name), depth + 1);
                    claims.insert(name.clone(), value);
                }
            }
        }
        if let Some(digests) = members.get("_sd") {
            self.properties(digests, level, depth, &mut claims);
        }
        claims
    }

    fn properties(
        &mut self,
        digests: &Value,
        level: &str,
        depth: usize,
        claims: &mut Map<String, Value>,
    ) {
        let Value::Array(digests) = digests else {
            return self.misused(level, "`_sd` to be an array of strings");
        };
        for digest in digests {
            let Value::String(digest) = digest else {
                self.misused(level, "every member of `_sd` to be a string");
                continue;
            };
            let Some((index, disclosure)) = self.follow(digest, level) else {
                continue;
            };
            match &disclosure.kind {
                DisclosureKind::Malformed { why } => {
                    self.problem(Problem::Malformed { disclosure: index, why: why.clone() });
                }
                DisclosureKind::Element { .. } => self.problem(Problem::OtherForm {
                    disclosure: index,
                    level: level.to_owned(),
                    expected: "a property with its name, found an array element",
                }),
                DisclosureKind::Property { name, value, .. } => {
                    self.property(index, name, value, level, depth, claims);
                }
            }
        }
    }

    fn property(
        &mut self,
        disclosure: usize,
        name: &str,
        value: &Value,
        level: &str,
        depth: usize,
        claims: &mut Map<String, Value>,
    ) {
        let (at, named) = (level.to_owned(), name.to_owned());
        if matches!(name, "_sd" | "...") {
            return self.problem(Problem::ReservedName { disclosure, level: at, name: named });
        }
        if claims.contains_key(name) {
            return self.problem(Problem::NameTaken { disclosure, level: at, name: named });
        }
        let here = step(level, name);
        let pointer = here.clone();
        self.unpacked.disclosed.push(Disclosed {
            disclosure,
            level: at,
            name: Some(named),
            pointer,
        });
        let value = self.value(value, &here, depth + 1);
        claims.insert(name.to_owned(), value);
    }

    fn array(&mut self, elements: &[Value], level: &str, depth: usize) -> Vec<Value> {
        let mut disclosed = Vec::new();
        for element in elements {
            let here = format!("{level}/{}", disclosed.len());
            match element.as_object().and_then(|members| Some((members.get("...")?, members.len())))
            {
                None => disclosed.push(self.value(element, &here, depth + 1)),
                Some((Value::String(digest), 1)) => {
                    if let Some(value) = self.element(digest, level, &here, depth) {
                        disclosed.push(value);
                    }
                }
                Some(_) => {
                    self.misused(&here, "`...` to be a string and the only member of its object")
                }
            }
        }
        disclosed
    }

    fn element(&mut self, digest: &str, level: &str, here: &str, depth: usize) -> Option<Value> {
        let (index, disclosure) = self.follow(digest, level)?;
        match &disclosure.kind {
            DisclosureKind::Element { value, .. } => {
                let level = level.to_owned();
                let pointer = here.to_owned();
                let found = Disclosed { disclosure: index, level, name: None, pointer };
                self.unpacked.disclosed.push(found);
                return Some(self.value(value, here, depth + 1));
            }
            DisclosureKind::Malformed { why } => {
                self.problem(Problem::Malformed { disclosure: index, why: why.clone() });
            }
            DisclosureKind::Property { .. } => self.problem(Problem::OtherForm {
                disclosure: index,
                level: level.to_owned(),
                expected: "an array element, found a property with a name",
            }),
        }
        None
    }

    /// The disclosure of a digest, unless it is a decoy or was followed before; so no disclosure
    /// is put in twice, and unpacking takes no more time than there are bytes.
    fn follow(&mut self, digest: &str, level: &str) -> Option<(usize, &'a Disclosure)> {
        if !self.seen.insert(digest.to_owned()) {
            self.problem(Problem::RepeatedDigest {
                digest: digest.to_owned(),
                level: level.to_owned(),
            });
            return None;
        }
        let index = *self.by_digest.get(digest)?;
        self.referenced.insert(index);
        Some((index, self.disclosures.get(index)?))
    }

    fn misused(&mut self, level: &str, expected: &'static str) {
        self.problem(Problem::MisusedName { level: level.to_owned(), expected });
    }

    fn problem(&mut self, problem: Problem) {
        self.unpacked.problems.push(problem);
    }
}
