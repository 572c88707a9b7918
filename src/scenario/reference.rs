//! `${name}` in a script: a column of a data table, or a value that was saved from an earlier
//! answer. `$${` stands for a plain `${`.

use serde_json::Value;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// As it stands.
    Text(&'a str),
    /// `$${`
    Escaped,
    /// `${name}`
    Name(&'a str),
}

/// Takes a text apart; none where a `${` has no end or no name in it.
pub(super) fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        if let Some(before) = before.strip_suffix('$') {
            pieces.extend([Piece::Text(before), Piece::Escaped]);
            rest = after;
            continue;
        }
        let (name, after) = after.split_once('}')?;
        if !is_name(name) {
            return None;
        }
        pieces.extend([Piece::Text(before), Piece::Name(name)]);
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    pieces.retain(|piece| *piece != Piece::Text(""));
    Some(pieces)
}

/// Whether a text can be the name of a column or of a saved value.
pub(super) fn is_name(text: &str) -> bool {
    let is_part = |character: char| character.is_ascii_alphanumeric() || "_-".contains(character);
    !text.is_empty() && text.chars().all(is_part)
}

/// The value with every `${name}` in its texts replaced; a text that is nothing but one reference
/// becomes the value itself, number or list. The error is the name that has no value.
pub fn fill(value: &Value, known: &dyn Fn(&str) -> Option<Value>) -> Result<Value, String> {
    Ok(match value {
        Value::String(text) => fill_text(text, known)?,
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| fill(item, known)).collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            let filled = members
                .iter()
                .map(|(name, member)| Ok::<_, String>((name.clone(), fill(member, known)?)));
            Value::Object(filled.collect::<Result<_, _>>()?)
        }
        other => other.clone(),
    })
}

fn fill_text(text: &str, known: &dyn Fn(&str) -> Option<Value>) -> Result<Value, String> {
    let Some(pieces) = pieces(text).filter(|_| text.contains("${")) else {
        return Ok(Value::from(text));
    };
    let value = |name: &str| known(name).ok_or_else(|| name.to_owned());
    if let [Piece::Name(name)] = pieces.as_slice() {
        return value(name);
    }
    let mut filled = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Escaped => filled.push_str("${"),
            Piece::Name(name) => filled.push_str(&in_text(&value(name)?)),
        }
    }
    Ok(filled.into())
}

/// A value in the middle of a text.
pub(super) fn in_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_lone_reference_keeps_its_type() {
        let known = |name: &str| match name {
            "n" => Some(json!(7)),
            "s" => Some(json!("x")),
            _ => None,
        };
        let value = json!({"a": "${n}", "b": ["<${s}${n}>", "$${s}", 1]});
        assert_eq!(fill(&value, &known), Ok(json!({"a": 7, "b": ["<x7>", "${s}", 1]})));
        assert_eq!(fill(&json!("${t}"), &known), Err("t".to_owned()));
        assert_eq!(pieces("${"), None);
        assert_eq!(pieces("${a b}"), None);
    }
}
