//! `${NAME}` in a string: the environment speaks, so that no secret need stand in a file.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::cli::document::Finding;

/// A string in which variables were replaced.
#[derive(Debug)]
pub(in crate::cli) struct Substitution {
    /// The string as it stands in the file.
    pub(in crate::cli) written: String,
    /// The string that was made of it.
    pub(in crate::cli) value: String,
}

/// Replaces the variables in every string, but not in keys. Dates become strings on the way, for
/// what they mean here is a member of a JSON body.
pub(super) fn interpolate(
    mut tree: Spanned<DeTable<'_>>,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<(Spanned<DeTable<'_>>, Vec<Substitution>), Box<Finding>> {
    let mut substituted = Vec::new();
    for (_, value) in tree.get_mut() {
        walk(value, &environment, &mut substituted)?;
    }
    Ok((tree, substituted))
}

fn walk(
    value: &mut Spanned<DeValue<'_>>,
    environment: &impl Fn(&str) -> Option<String>,
    substituted: &mut Vec<Substitution>,
) -> Result<(), Box<Finding>> {
    let span = value.span();
    match value.get_mut() {
        DeValue::String(text) if text.contains("${") => {
            let substitution = replace(text, environment).map_err(|fault| fault.at(span))?;
            *text = substitution.value.clone().into();
            substituted.push(substitution);
        }
        DeValue::Array(values) => {
            for value in values.iter_mut() {
                walk(value, environment, substituted)?;
            }
        }
        DeValue::Table(table) => {
            for (_, value) in table {
                walk(value, environment, substituted)?;
            }
        }
        DeValue::Datetime(datetime) => {
            let text = datetime.to_string();
            *value.get_mut() = DeValue::String(text.into());
        }
        _ => {}
    }
    Ok(())
}

/// What can be wrong in one string.
enum Fault {
    /// A variable without a value.
    Unset(String),
    /// `${` without an end, or with something else than a name in it.
    Malformed,
}

impl Fault {
    fn at(self, span: Range<usize>) -> Box<Finding> {
        let (message, label, help) = match self {
            Self::Unset(name) => (
                format!("the environment variable {name} is not set, or is empty"),
                "needed here".to_owned(),
                format!("export {name}=…, or write $${{ for a plain ${{"),
            ),
            Self::Malformed => (
                "expected ${NAME}, with letters, digits and _".to_owned(),
                "no variable".to_owned(),
                "write $${ for a plain ${".to_owned(),
            ),
        };
        Box::new(Finding { message, span: Some(span), label, help: Some(help), also: None })
    }
}

fn replace(
    text: &str,
    environment: &impl Fn(&str) -> Option<String>,
) -> Result<Substitution, Fault> {
    let mut value = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        if let Some(before) = before.strip_suffix('$') {
            value.push_str(before);
            value.push_str("${");
            rest = after;
            continue;
        }
        let (name, after) = after.split_once('}').ok_or(Fault::Malformed)?;
        let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_';
        if name.is_empty() || !name.chars().all(is_part) {
            return Err(Fault::Malformed);
        }
        // Pipelines hand on secrets that they do not have as empty variables.
        let variable = environment(name).filter(|value| !value.is_empty());
        let variable = variable.ok_or_else(|| Fault::Unset(name.to_owned()))?;
        value.push_str(before);
        value.push_str(&variable);
        rest = after;
    }
    value.push_str(rest);
    Ok(Substitution { written: text.to_owned(), value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(text: &str) -> Option<String> {
        let environment = |name: &str| (name == "A_1").then(|| "${B}".to_owned());
        replace(text, &environment).ok().map(|substitution| substitution.value)
    }

    #[test]
    fn variables_are_replaced_once() {
        assert_eq!(replaced("x ${A_1}/${A_1} y").as_deref(), Some("x ${B}/${B} y"));
        assert_eq!(replaced("$${A_1} costs $5").as_deref(), Some("${A_1} costs $5"));
        for fault in ["${B}", "${", "${}", "${A-1}"] {
            assert_eq!(replaced(fault), None, "{fault}");
        }
    }
}
