//! The metadata of two runs, member by member.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::report::Recorded;
use crate::transcript::{Exchange, Station};

/// How deep documents are compared; below, a member is compared as a whole.
const DEEPEST: usize = 32;

/// A document that is not what it was.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocumentDiff {
    /// Whose metadata it is.
    pub station: Station,
    /// Where it was found, in the new run if it is there.
    pub url: String,
    /// What changed, in the order of the new document; what went comes first.
    pub changes: Vec<MemberChange>,
}

/// A member that came, went or changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MemberChange {
    /// Where it is, as a JSON pointer (RFC 6901); empty for the document as a whole.
    pub pointer: String,
    /// What it was; none where it came.
    pub old: Option<Value>,
    /// What it is; none where it went.
    pub new: Option<Value>,
}

struct Document {
    station: Station,
    url: String,
    json: Value,
}

/// What differs. Of two issuers each is called the same, so that it is not their names.
pub(super) fn differences(old: &Recorded, new: &Recorded) -> Vec<DocumentDiff> {
    let identifier = |recorded: &Recorded| recorded.provenance.credential_issuer.clone();
    let (old_name, new_name) = (identifier(old), identifier(new));
    let mut before = documents(old);
    for document in &mut before {
        document.url = renamed(&document.url, &old_name, &new_name);
        rename(&mut document.json, &old_name, &new_name, 0);
    }
    let after = documents(new);
    let mut differences = Vec::new();
    for document in &after {
        let was = before.iter().find(|was| was.is_same(document)).map(|was| &was.json);
        differences.extend(difference(document, was, Some(&document.json)));
    }
    for gone in before.iter().filter(|was| !after.iter().any(|is| is.is_same(was))) {
        differences.extend(difference(gone, Some(&gone.json), None));
    }
    differences
}

impl Document {
    fn is_same(&self, other: &Self) -> bool {
        self.station == other.station && self.url == other.url
    }
}

/// Each document that the run went by, as it was found last.
fn documents(recorded: &Recorded) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    let exchanges = recorded.transcripts.iter().flat_map(|transcript| &transcript.exchanges);
    for found in exchanges.filter_map(document) {
        match documents.iter_mut().find(|document| document.is_same(&found)) {
            Some(document) => *document = found,
            None => documents.push(found),
        }
    }
    documents
}

fn document(exchange: &Exchange) -> Option<Document> {
    let station = exchange.station;
    let is_metadata = matches!(station, Station::IssuerMetadata | Station::AsMetadata);
    if !is_metadata || exchange.tamper.is_some() {
        return None;
    }
    let answer = exchange.answer().filter(|answer| answer.is_success())?;
    let json = answer.body.json().filter(Value::is_object)?;
    Some(Document { station, url: exchange.request.url.clone(), json })
}

fn difference(
    document: &Document,
    old: Option<&Value>,
    new: Option<&Value>,
) -> Option<DocumentDiff> {
    let mut changes = Vec::new();
    match (old, new) {
        (Some(old), Some(new)) => compare("", old, new, 0, &mut changes),
        // That a document as a whole came or went is told without its contents.
        (old, new) => {
            let whole = |json: Option<&Value>| json.map(|_| Value::from("the document"));
            changes.push(MemberChange { pointer: String::new(), old: whole(old), new: whole(new) });
        }
    }
    let (station, url) = (document.station, document.url.clone());
    (!changes.is_empty()).then_some(DocumentDiff { station, url, changes })
}

fn compare(pointer: &str, old: &Value, new: &Value, depth: usize, changes: &mut Vec<MemberChange>) {
    if old == new {
        return;
    }
    match (old, new) {
        (Value::Object(old), Value::Object(new)) if depth < DEEPEST => {
            members(pointer, old, new, depth, changes);
        }
        (Value::Array(old), Value::Array(new)) if depth < DEEPEST && is_set(old) && is_set(new) => {
            set(pointer, old, new, changes);
        }
        (Value::Array(old), Value::Array(new)) if depth < DEEPEST => {
            elements(pointer, old, new, depth, changes);
        }
        _ => changes.push(MemberChange {
            pointer: pointer.to_owned(),
            old: Some(old.clone()),
            new: Some(new.clone()),
        }),
    }
}

fn members(
    pointer: &str,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    depth: usize,
    changes: &mut Vec<MemberChange>,
) {
    for (name, value) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
        changes.push(went(step(pointer, name), value));
    }
    for (name, value) in new {
        let pointer = step(pointer, name);
        match old.get(name) {
            Some(old) => compare(&pointer, old, value, depth + 1, changes),
            None => changes.push(came(pointer, value)),
        }
    }
}

fn elements(
    pointer: &str,
    old: &[Value],
    new: &[Value],
    depth: usize,
    changes: &mut Vec<MemberChange>,
) {
    for index in 0..old.len().max(new.len()) {
        let pointer = format!("{pointer}/{index}");
        match (old.get(index), new.get(index)) {
            (Some(old), Some(new)) => compare(&pointer, old, new, depth + 1, changes),
            (Some(old), None) => changes.push(went(pointer, old)),
            (None, Some(new)) => changes.push(came(pointer, new)),
            (None, None) => {}
        }
    }
}

/// Lists of distinct names or numbers, as metadata mostly has them: what matters is what is in
/// them, and their order only if that is all.
fn set(pointer: &str, old: &[Value], new: &[Value], changes: &mut Vec<MemberChange>) {
    let before = changes.len();
    for (index, value) in old.iter().enumerate().filter(|(_, value)| !new.contains(value)) {
        changes.push(went(format!("{pointer}/{index}"), value));
    }
    for (index, value) in new.iter().enumerate().filter(|(_, value)| !old.contains(value)) {
        changes.push(came(format!("{pointer}/{index}"), value));
    }
    if changes.len() == before {
        let whole = |list: &[Value]| Some(Value::from(list.to_vec()));
        let (old, new) = (whole(old), whole(new));
        changes.push(MemberChange { pointer: pointer.to_owned(), old, new });
    }
}

fn is_set(list: &[Value]) -> bool {
    let scalars = list.iter().all(|value| !value.is_object() && !value.is_array());
    let distinct: BTreeSet<String> = list.iter().map(Value::to_string).collect();
    scalars && distinct.len() == list.len()
}

fn went(pointer: String, old: &Value) -> MemberChange {
    MemberChange { pointer, old: Some(old.clone()), new: None }
}

fn came(pointer: String, new: &Value) -> MemberChange {
    MemberChange { pointer, old: None, new: Some(new.clone()) }
}

fn step(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn rename(value: &mut Value, old: &str, new: &str, depth: usize) {
    match value {
        Value::String(text) => *text = renamed(text, old, new),
        Value::Array(values) if depth < DEEPEST => {
            values.iter_mut().for_each(|value| rename(value, old, new, depth + 1));
        }
        Value::Object(members) if depth < DEEPEST => {
            members.values_mut().for_each(|value| rename(value, old, new, depth + 1));
        }
        _ => {}
    }
}

/// A URL of the one issuer as the other would have it: by the identifier, else by its origin.
fn renamed(text: &str, old: &str, new: &str) -> String {
    if old.is_empty() || old == new {
        return text.to_owned();
    }
    if let Some(rest) = text.strip_prefix(old) {
        return format!("{new}{rest}");
    }
    match text.strip_prefix(origin(old)) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("{}{rest}", origin(new)),
        _ => text.to_owned(),
    }
}

/// Scheme and authority.
fn origin(url: &str) -> &str {
    let after = url.find("://").map_or(0, |at| at + 3);
    let length = url.get(after..).and_then(|rest| rest.find('/'));
    length.and_then(|length| url.get(..after + length)).unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn changes(old: &Value, new: &Value) -> Vec<String> {
        let mut changes = Vec::new();
        compare("", old, new, 0, &mut changes);
        let text = |value: &Option<Value>| value.as_ref().map_or("-".into(), Value::to_string);
        let line = |change: &MemberChange| {
            format!("{} {} {}", change.pointer, text(&change.old), text(&change.new))
        };
        changes.iter().map(line).collect()
    }

    #[test]
    fn members_come_go_and_change() {
        let old = json!({ "a": 1, "b": { "c/d": true, "e": "x" }, "gone": null });
        let new = json!({ "a": 1, "b": { "c/d": false, "e": "x" }, "came": [] });
        let expected = ["/gone null -", "/b/c~1d true false", "/came - []"];
        assert_eq!(changes(&old, &new), expected);
    }

    #[test]
    fn lists_of_names_are_sets_until_only_their_order_differs() {
        let old = json!({ "algs": ["ES256", "ES384"] });
        let new = json!({ "algs": ["ES512", "ES256"] });
        assert_eq!(changes(&old, &new), [r#"/algs/1 "ES384" -"#, r#"/algs/0 - "ES512""#]);
        let turned = json!({ "algs": ["ES384", "ES256"] });
        assert_eq!(changes(&old, &turned), [r#"/algs ["ES256","ES384"] ["ES384","ES256"]"#]);
    }

    #[test]
    fn lists_of_objects_are_compared_in_their_order() {
        let old = json!([{ "name": "A" }, { "name": "B" }]);
        let new = json!([{ "name": "A" }, { "name": "C" }, { "name": "D" }]);
        assert_eq!(changes(&old, &new), [r#"/1/name "B" "C""#, r#"/2 - {"name":"D"}"#]);
    }

    #[test]
    fn what_is_nested_without_end_is_compared_as_a_whole() {
        let deep = |leaf: &str| (0..100).fold(json!(leaf), |inner, _| json!({ "a": inner }));
        let changes = changes(&deep("x"), &deep("y"));
        assert_eq!(changes.len(), 1);
        assert!(changes[0].starts_with(&"/a".repeat(DEEPEST)));
    }

    #[test]
    fn another_issuer_is_called_like_the_first() {
        let (old, new) = ("https://stage.example/eu", "https://issuer.example/vci");
        for (text, expected) in [
            ("https://stage.example/eu/nonce", "https://issuer.example/vci/nonce"),
            ("https://stage.example/token", "https://issuer.example/token"),
            ("https://stage.example.org/token", "https://stage.example.org/token"),
            ("urn:eudi:pid:1", "urn:eudi:pid:1"),
        ] {
            assert_eq!(renamed(text, old, new), expected);
        }
    }
}
