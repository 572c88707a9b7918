//! What is not the same in two shapes, value by value.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Shape;
use super::toml_text::inline;
use crate::report::Difference;

/// Where it is told how long a credential lasts.
const LASTS: &str = "payload.lifetime";
/// Shorter lists are told whole, of longer ones the elements that differ.
const SHORT: usize = 60;

impl Shape {
    /// Every value that was recorded otherwise, by its path.
    pub fn differences(&self, now: &Self) -> Vec<Difference> {
        let (recorded, now) = (self.leaves(), now.leaves());
        let mut paths: BTreeMap<&str, (Option<&Value>, Option<&Value>)> = BTreeMap::new();
        for (path, value) in &recorded {
            paths.entry(path).or_default().0 = Some(value);
        }
        for (path, value) in &now {
            paths.entry(path).or_default().1 = Some(value);
        }
        let differ = paths.into_iter().filter(|(path, (one, other))| !alike(path, *one, *other));
        differ.flat_map(|(path, (recorded, now))| told(path, recorded, now)).collect()
    }

    /// Whether all values are the same, and what lasts a time lasts about as long.
    pub(in crate::gate) fn is_like(&self, other: &Self) -> bool {
        let (one, other) = (self.leaves(), other.leaves());
        one.len() == other.len()
            && one.iter().zip(&other).all(|((path, value), (beside, other))| {
                path == beside && alike(path, Some(value), Some(other))
            })
    }

    /// How many values are the same in both.
    pub(in crate::gate) fn likeness(&self, other: &Self) -> usize {
        let others = other.leaves();
        self.leaves().iter().filter(|leaf| others.contains(leaf)).count()
    }
}

/// Whether two values are the same. A credential that is good until a certain day, or whose times
/// were rounded or shifted to make it less telling, does not last equally long every time.
fn alike(path: &str, one: Option<&Value>, other: Option<&Value>) -> bool {
    if one == other {
        return true;
    }
    let duration = |value: Option<&Value>| {
        let (count, unit) = value?.as_str()?.split_once(' ')?;
        let seconds = match unit {
            "days" => 86_400,
            "hours" => 3_600,
            "minutes" => 60,
            _ => return None,
        };
        Some((count.parse::<i64>().ok()?.checked_mul(seconds)?, seconds))
    };
    let (true, Some((one, unit)), Some((other, other_unit))) =
        (path.ends_with(LASTS), duration(one), duration(other))
    else {
        return false;
    };
    (one - other).abs() <= unit.max(other_unit).max(one.max(other) / 10)
}

fn told(path: &str, recorded: Option<&Value>, now: Option<&Value>) -> Vec<Difference> {
    let items = |side: Option<&Value>| match side {
        Some(Value::Array(items)) => Some(items.clone()),
        Some(_) => None,
        None => Some(Vec::new()),
    };
    let length = |side: Option<&Value>| side.map_or(0, |value| inline(value).chars().count());
    if let (Some(was), Some(is)) = (items(recorded), items(now))
        && length(recorded).max(length(now)) > SHORT
    {
        let elements = elements(path, &was, &is);
        if !elements.is_empty() {
            return elements;
        }
    }
    vec![Difference {
        value: path.to_owned(),
        recorded: recorded.map(inline),
        now: now.map(inline),
    }]
}

/// The elements that only one of two lists has; none where only the order is another.
fn elements(path: &str, recorded: &[Value], now: &[Value]) -> Vec<Difference> {
    let missing_from = |one: &[Value], other: &[Value]| -> Vec<String> {
        let mut other = other.to_vec();
        let mut missing = Vec::new();
        for item in one {
            match other.iter().position(|known| known == item) {
                Some(at) => drop(other.swap_remove(at)),
                None => missing.push(inline(item)),
            }
        }
        missing
    };
    let value = format!("{path}[]");
    let gone = missing_from(recorded, now).into_iter();
    let new = missing_from(now, recorded).into_iter();
    let gone =
        gone.map(|item| Difference { value: value.clone(), recorded: Some(item), now: None });
    let new = new.map(|item| Difference { value: value.clone(), recorded: None, now: Some(item) });
    gone.chain(new).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shape(body: Value) -> Shape {
        Shape::from_toml(json!({ "status": 200, "body": body })).unwrap_or_default()
    }

    fn lines(one: Value, other: Value) -> Vec<String> {
        let differences = shape(one).differences(&shape(other));
        let sign = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".into());
        let line = |one: &Difference| {
            format!("{}: {} → {}", one.value, sign(&one.recorded), sign(&one.now))
        };
        differences.iter().map(line).collect()
    }

    #[test]
    fn a_difference_names_the_value_and_both_sides() {
        let one = json!({ "a": { "b": 1 }, "c": ["x", "y"], "d": true });
        let other = json!({ "a": { "b": 2 }, "c": ["x"], "e": "new" });
        assert_eq!(
            lines(one.clone(), other),
            ["a.b: 1 → 2", r#"c: ["x", "y"] → ["x"]"#, "d: true → –", r#"e: – → "new""#,]
        );
        assert!(lines(one.clone(), one).is_empty());
    }

    #[test]
    fn about_as_long_is_the_same() {
        let lasts = |time: &str| {
            let shape = json!({ "credential": { "payload": { "lifetime": time } } });
            Shape::from_toml(shape).unwrap_or_default()
        };
        for (one, other, expected) in [
            ("14 days", "13 days", true),
            ("365 days", "366 days", true),
            ("2 days", "47 hours", true),
            ("14 days", "30 days", false),
            ("14 days", "-1 days", false),
            ("10 minutes", "10 days", false),
            ("10 minutes", "ten", false),
        ] {
            assert_eq!(lasts(one).is_like(&lasts(other)), expected, "{one}, {other}");
            assert_eq!(lasts(one).differences(&lasts(other)).is_empty(), expected);
        }
        assert!(
            !shape(json!({ "lifetime": "14 days" }))
                .is_like(&shape(json!({ "lifetime": "15 days" })))
        );
    }

    #[test]
    fn of_a_long_list_the_elements_are_told() {
        let claims = |names: &[&str]| -> Value {
            names.iter().map(|name| json!({ "path": [name], "mandatory": true })).collect()
        };
        let one = json!({ "claims": claims(&["given_name", "family_name", "birthdate"]) });
        let other = json!({ "claims": claims(&["given_name", "birthdate", "age"]) });
        assert_eq!(
            lines(one.clone(), other),
            [
                r#"claims[]: { path = ["family_name"], mandatory = true } → –"#,
                r#"claims[]: – → { path = ["age"], mandatory = true }"#,
            ]
        );
        let turned = json!({ "claims": claims(&["family_name", "given_name", "birthdate"]) });
        assert_eq!(lines(one, turned).len(), 1);
    }
}
