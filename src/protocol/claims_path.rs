//! A claims path pointer (OpenID4VCI Appendix C) written as one text: `address.locality`,
//! `nationalities[0]`, `nationalities[*]`. A backslash takes the meaning from what follows it.

use std::fmt;

use serde_json::{Map, Value};

/// The longest path that is read, in components.
const LONGEST: usize = 32;

/// A path to a place, or to several, in a JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimsPath(Vec<Component>);

/// One component: a string, a number or null of the pointer's JSON form.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Component {
    Name(String),
    Index(usize),
    Every,
}

/// Why a text is no path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// A name between two dots, or at an end, is missing.
    #[error("expected a name, found none (write \\. for a dot in a name)")]
    NoName,
    /// A bracket with something else than a number or `*` in it.
    #[error("expected [0] or [*], found [{0}")]
    Bracket(String),
    /// Something between a bracket and the next dot.
    #[error("expected . or [ behind a bracket, found {0:?}")]
    BehindBracket(char),
    /// Too many components.
    #[error("expected at most {LONGEST} components")]
    TooLong,
}

impl ClaimsPath {
    /// Reads a path.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        let mut components = Vec::new();
        let mut characters = text.chars().peekable();
        let mut name = String::new();
        let mut behind_bracket = false;
        while let Some(character) = characters.next() {
            match character {
                '.' if behind_bracket => {
                    behind_bracket = false;
                    if characters.peek().is_none() {
                        return Err(PathError::NoName);
                    }
                }
                '.' => components.push(named(&mut name)?),
                '[' => {
                    let is_first = components.is_empty() && name.is_empty();
                    if !(behind_bracket || is_first) {
                        components.push(named(&mut name)?);
                    }
                    let mut inside = String::new();
                    loop {
                        match characters.next() {
                            Some(']') => break,
                            Some(other) => inside.push(other),
                            None => return Err(PathError::Bracket(inside)),
                        }
                    }
                    components.push(bracket(&inside)?);
                    behind_bracket = true;
                }
                other if behind_bracket => return Err(PathError::BehindBracket(other)),
                '\\' => name.push(characters.next().ok_or(PathError::NoName)?),
                other => name.push(other),
            }
            if components.len() > LONGEST {
                return Err(PathError::TooLong);
            }
        }
        if !behind_bracket {
            components.push(named(&mut name)?);
        }
        Ok(Self(components))
    }

    /// Reads the JSON form: a non-empty array of strings, nulls and numbers from zero.
    pub fn from_json(json: &Value) -> Option<Self> {
        let components = json.as_array().filter(|all| (1..=LONGEST).contains(&all.len()))?;
        let component = |component: &Value| match component {
            Value::String(name) => Some(Component::Name(name.clone())),
            Value::Null => Some(Component::Every),
            Value::Number(index) => {
                index.as_u64().and_then(|index| usize::try_from(index).ok()).map(Component::Index)
            }
            _ => None,
        };
        components.iter().map(component).collect::<Option<Vec<_>>>().map(Self)
    }

    /// The name at its beginning, where it begins with one.
    pub fn first_name(&self) -> Option<&str> {
        match self.0.first()? {
            Component::Name(name) => Some(name),
            Component::Index(_) | Component::Every => None,
        }
    }

    /// The path behind its first component; none where there is nothing behind it.
    pub fn rest(&self) -> Option<Self> {
        let rest = self.0.get(1..)?;
        (!rest.is_empty()).then(|| Self(rest.to_vec()))
    }

    /// Everything that it leads to; nothing where it leads nowhere.
    pub fn select<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        let mut here = vec![value];
        for component in &self.0 {
            here = here.into_iter().flat_map(|value| component.step(value)).collect();
        }
        here
    }

    /// The pointers of everything that it leads to; `step` adds a name or an index to a pointer.
    pub fn places(&self, value: &Value, step: impl Fn(&str, &str) -> String) -> Vec<String> {
        let mut here = vec![(String::new(), value)];
        for component in &self.0 {
            here = here
                .into_iter()
                .flat_map(|(pointer, value)| {
                    let inner = component.steps(value).into_iter();
                    inner.map(|(name, value)| (step(&pointer, &name), value)).collect::<Vec<_>>()
                })
                .collect();
        }
        here.into_iter().map(|(pointer, _)| pointer).collect()
    }

    /// Where it stops short, if something there is not of the kind that it goes into: the path up
    /// to there, and the kind that it wants.
    pub fn misfit(&self, value: &Value) -> Option<(Self, &'static str)> {
        let mut here = vec![value];
        for (place, component) in self.0.iter().enumerate() {
            let wanted = match component {
                Component::Name(_) => "an object",
                Component::Index(_) | Component::Every => "an array",
            };
            let fits = |value: &&Value| match component {
                Component::Name(_) => value.is_object(),
                Component::Index(_) | Component::Every => value.is_array(),
            };
            if !here.iter().all(fits) {
                return Some((Self(self.0.get(..place)?.to_vec()), wanted));
            }
            here = here.into_iter().flat_map(|value| component.step(value)).collect();
        }
        None
    }

    /// Puts a value there. Objects on the way are made where they are missing; what is no object
    /// or array is in the way, and nothing is changed.
    pub fn set(&self, members: &mut Map<String, Value>, to: &Value) -> bool {
        let mut object = Value::Object(std::mem::take(members));
        let done = set_at(&self.0, &mut object, to);
        if let Value::Object(changed) = object {
            *members = changed;
        }
        done
    }

    /// Takes away what stands there, and tells whether anything stood there.
    pub fn remove(&self, members: &mut Map<String, Value>) -> bool {
        let mut object = Value::Object(std::mem::take(members));
        let done = remove_at(&self.0, &mut object);
        if let Value::Object(changed) = object {
            *members = changed;
        }
        done
    }
}

impl Component {
    fn step<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        self.steps(value).into_iter().map(|(_, value)| value).collect()
    }

    /// What it leads to, each with its name or index.
    fn steps<'v>(&self, value: &'v Value) -> Vec<(String, &'v Value)> {
        match (self, value) {
            (Self::Name(name), Value::Object(members)) => {
                members.get(name).map(|value| (name.clone(), value)).into_iter().collect()
            }
            (Self::Index(index), Value::Array(items)) => {
                items.get(*index).map(|value| (index.to_string(), value)).into_iter().collect()
            }
            (Self::Every, Value::Array(items)) => {
                items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl fmt::Display for ClaimsPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, component) in self.0.iter().enumerate() {
            match component {
                Component::Name(name) => {
                    if place > 0 {
                        formatter.write_str(".")?;
                    }
                    formatter.write_str(&escaped(name))?;
                }
                Component::Index(index) => write!(formatter, "[{index}]")?,
                Component::Every => formatter.write_str("[*]")?,
            }
        }
        Ok(())
    }
}

impl From<&str> for ClaimsPath {
    /// The path of one name, whatever it is made of.
    fn from(name: &str) -> Self {
        Self(vec![Component::Name(name.to_owned())])
    }
}

fn escaped(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for character in name.chars() {
        if matches!(character, '.' | '[' | '\\') {
            text.push('\\');
        }
        text.push(character);
    }
    text
}

fn named(name: &mut String) -> Result<Component, PathError> {
    match std::mem::take(name) {
        name if name.is_empty() => Err(PathError::NoName),
        name => Ok(Component::Name(name)),
    }
}

fn bracket(inside: &str) -> Result<Component, PathError> {
    match inside {
        "*" => Ok(Component::Every),
        digits => digits
            .parse()
            .map(Component::Index)
            .map_err(|_| PathError::Bracket(format!("{digits}]"))),
    }
}

fn set_at(path: &[Component], value: &mut Value, to: &Value) -> bool {
    let Some((first, rest)) = path.split_first() else {
        *value = to.clone();
        return true;
    };
    match (first, value) {
        (Component::Name(name), Value::Object(members)) => {
            let member = members.entry(name.clone()).or_insert_with(|| match rest.first() {
                Some(Component::Index(_) | Component::Every) => Value::Array(Vec::new()),
                _ => Value::Object(Map::new()),
            });
            set_at(rest, member, to)
        }
        (Component::Index(index), Value::Array(items)) => {
            if *index == items.len() {
                items.push(Value::Object(Map::new()));
            }
            items.get_mut(*index).is_some_and(|item| set_at(rest, item, to))
        }
        (Component::Every, Value::Array(items)) => {
            let done: Vec<bool> = items.iter_mut().map(|item| set_at(rest, item, to)).collect();
            done.contains(&true)
        }
        _ => false,
    }
}

fn remove_at(path: &[Component], value: &mut Value) -> bool {
    match (path, value) {
        ([Component::Name(name)], Value::Object(members)) => members.shift_remove(name).is_some(),
        ([Component::Index(index)], Value::Array(items)) if *index < items.len() => {
            items.remove(*index);
            true
        }
        ([Component::Every], Value::Array(items)) => {
            let any = !items.is_empty();
            items.clear();
            any
        }
        ([Component::Name(name), rest @ ..], Value::Object(members)) if !rest.is_empty() => {
            members.get_mut(name).is_some_and(|member| remove_at(rest, member))
        }
        ([Component::Index(index), rest @ ..], Value::Array(items)) if !rest.is_empty() => {
            items.get_mut(*index).is_some_and(|item| remove_at(rest, item))
        }
        ([Component::Every, rest @ ..], Value::Array(items)) if !rest.is_empty() => {
            let done: Vec<bool> = items.iter_mut().map(|item| remove_at(rest, item)).collect();
            done.contains(&true)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;
    use serde_json::json;

    fn selected(path: &str, value: &Value) -> Vec<Value> {
        ClaimsPath::parse(path).unwrap().select(value).into_iter().cloned().collect()
    }

    #[test]
    fn names_numbers_and_every_element() {
        let claims = json!({
            "address": { "locality": "Köln" },
            "nationalities": ["DE", "DK"],
            "degrees": [{ "type": "A" }, { "type": "B" }],
            "a.b": { "c[0]": 1 },
        });
        assert_eq!(selected("address.locality", &claims), [json!("Köln")]);
        assert_eq!(selected("nationalities[1]", &claims), [json!("DK")]);
        assert_eq!(selected("degrees[*].type", &claims), [json!("A"), json!("B")]);
        assert_eq!(selected(r"a\.b.c\[0]", &claims), [json!(1)]);
        assert!(selected("address[0]", &claims).is_empty());
        assert!(selected("nowhere.at.all", &claims).is_empty());
        assert_eq!(selected("[0]", &json!([7])), [json!(7)]);
    }

    #[test]
    fn the_json_form_leads_to_the_same_places() {
        let claims = json!({ "degrees": [{ "type": "A" }, { "type": "B" }], "name": "x" });
        let path = ClaimsPath::from_json(&json!(["degrees", null, "type"])).unwrap();
        assert_eq!(path, ClaimsPath::parse("degrees[*].type").unwrap());
        let step = |pointer: &str, name: &str| format!("{pointer}/{name}");
        assert_eq!(path.places(&claims, step), ["/degrees/0/type", "/degrees/1/type"]);
        assert_eq!(path.misfit(&claims), None);
        let into_text = ClaimsPath::parse("name.first").unwrap();
        assert_eq!(into_text.misfit(&claims), Some((ClaimsPath::from("name"), "an object")));
        for wrong in [json!([]), json!([-1]), json!([1.5]), json!("a.b"), json!([["a"]])] {
            assert_eq!(ClaimsPath::from_json(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_read_can_be_written_again() {
        for text in ["a", "a.b", "a[0].b", "a[*][1]", r"a\.b.c", "[0].a"] {
            assert_eq!(ClaimsPath::parse(text).unwrap().to_string(), text);
        }
        for wrong in ["", ".", "a.", ".a", "a[x]", "a[0", "a[0]b", "a..b", "a[0].", "\\"] {
            assert!(ClaimsPath::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn values_are_put_and_taken_away() {
        let mut members = Map::new();
        let set = |members: &mut Map<String, Value>, path: &str, to: Value| {
            ClaimsPath::parse(path).unwrap().set(members, &to)
        };
        assert!(set(&mut members, "cnf.jwk.kty", json!("EC")));
        assert!(set(&mut members, "list[0]", json!(1)));
        assert!(!set(&mut members, "cnf.jwk.kty.deeper", json!(1)));
        assert_eq!(
            Value::from(members.clone()),
            json!({"cnf": {"jwk": {"kty": "EC"}}, "list": [1]})
        );
        assert!(ClaimsPath::parse("cnf.jwk").unwrap().remove(&mut members));
        assert!(!ClaimsPath::parse("cnf.jwk").unwrap().remove(&mut members));
        assert!(ClaimsPath::parse("list[0]").unwrap().remove(&mut members));
        assert_eq!(Value::from(members), json!({"cnf": {}, "list": []}));
    }
}
