//! `[[case]]`: a data table. Each row makes a scenario of its own, with its columns in place of
//! `${column}`.

use std::ops::Range;

use serde::Deserialize as _;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::load::Findings;
use super::reference::{Piece, in_text, is_name, pieces};

/// The column that names a row.
const NAME: &str = "name";
/// The most rows, and the most columns of one.
const MOST_CASES: usize = 200;
const MOST_COLUMNS: usize = 50;

/// One row of the table.
#[derive(Debug)]
pub(super) struct Case<'t> {
    /// The value of its `name`, where it has one.
    pub(super) name: Option<String>,
    columns: Vec<Column<'t>>,
}

#[derive(Debug)]
struct Column<'t> {
    name: String,
    span: Range<usize>,
    written: DeValue<'t>,
    value: Value,
}

impl Case<'_> {
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }
}

/// Reads the rows of `case`.
pub(super) fn rows<'t>(
    table: Option<Spanned<DeValue<'t>>>,
    findings: &mut Findings,
) -> Vec<Case<'t>> {
    let Some(table) = table else { return Vec::new() };
    let span = table.span();
    let DeValue::Array(rows) = table.into_inner() else {
        findings.add("expected [[case]], a list of tables", Some(span));
        return Vec::new();
    };
    if rows.is_empty() || rows.len() > MOST_CASES {
        let message = format!("expected from 1 to {MOST_CASES} cases, found {}", rows.len());
        findings.add(message, Some(span));
        return Vec::new();
    }
    rows.iter().filter_map(|row| case(row, findings)).collect()
}

fn case<'t>(row: &Spanned<DeValue<'t>>, findings: &mut Findings) -> Option<Case<'t>> {
    let DeValue::Table(columns) = row.get_ref() else {
        findings.add("expected a table of columns", Some(row.span()));
        return None;
    };
    if columns.is_empty() || columns.len() > MOST_COLUMNS {
        let message = format!("expected from 1 to {MOST_COLUMNS} columns, found {}", columns.len());
        findings.add(message, Some(row.span()));
        return None;
    }
    let mut case = Case { name: None, columns: Vec::new() };
    for (key, value) in columns {
        if !is_name(key.get_ref()) {
            findings.add(
                format!("expected a name of letters, digits, - and _, found {:?}", key.get_ref()),
                Some(key.span()),
            );
        }
        let mut value = value.clone();
        texts_of_dates(&mut value);
        let Ok(json) = Value::deserialize(toml::de::ValueDeserializer::from(value.clone())) else {
            findings.add("expected a text, a number, a truth value or a list", Some(value.span()));
            continue;
        };
        if key.get_ref() == NAME {
            case.name = Some(in_text(&json));
        }
        case.columns.push(Column {
            name: key.get_ref().to_string(),
            span: key.span(),
            written: value.into_inner(),
            value: json,
        });
    }
    Some(case)
}

/// Puts the columns of a row in their places, and notes which were used.
pub(super) fn fill_in<'t>(
    tree: &mut DeTable<'t>,
    case: Option<&Case<'t>>,
    used: &mut Vec<String>,
    findings: &mut Findings,
) {
    for (_, value) in tree {
        fill_value(value, case, used, findings);
    }
}

/// Columns that no place refers to: most likely a slip of the pen.
pub(super) fn unused(cases: &[Case<'_>], used: &[String], findings: &mut Findings) {
    for column in cases.iter().flat_map(|case| &case.columns) {
        if column.name != NAME && !used.contains(&column.name) {
            let message = format!("the column {} is used nowhere", column.name);
            findings.add(message, Some(column.span.clone()));
        }
    }
}

fn fill_value<'t>(
    value: &mut Spanned<DeValue<'t>>,
    case: Option<&Case<'t>>,
    used: &mut Vec<String>,
    findings: &mut Findings,
) {
    let span = value.span();
    match value.get_mut() {
        DeValue::String(text) if text.contains("${") => {
            let Some(pieces) = pieces(text) else {
                findings.add_with_help(
                    "expected ${name}, with letters, digits, - and _",
                    Some(span),
                    Some("write $${ for a plain ${".to_owned()),
                );
                return;
            };
            let Some(case) = case else { return };
            let column = |name: &str| case.columns.iter().find(|column| column.name == name);
            if let [Piece::Name(name)] = pieces.as_slice() {
                if let Some(column) = column(name) {
                    used.push(column.name.clone());
                    *value.get_mut() = column.written.clone();
                }
                return;
            }
            let filled: String = pieces
                .into_iter()
                .map(|piece| match piece {
                    Piece::Text(text) => text.to_owned(),
                    Piece::Escaped => "$${".to_owned(),
                    Piece::Name(name) => match column(name) {
                        Some(column) => {
                            used.push(column.name.clone());
                            in_text(&column.value)
                        }
                        None => format!("${{{name}}}"),
                    },
                })
                .collect();
            *text = filled.into();
        }
        DeValue::Array(items) => fill_items(items, case, used, findings),
        DeValue::Table(table) => fill_in(table, case, used, findings),
        DeValue::Datetime(datetime) => {
            let text = datetime.to_string();
            *value.get_mut() = DeValue::String(text.into());
        }
        _ => {}
    }
}

fn fill_items<'t>(
    items: &mut DeArray<'t>,
    case: Option<&Case<'t>>,
    used: &mut Vec<String>,
    findings: &mut Findings,
) {
    for item in items.iter_mut() {
        fill_value(item, case, used, findings);
    }
}

/// A date in a script means its text: JSON has no dates.
fn texts_of_dates(value: &mut Spanned<DeValue<'_>>) {
    fill_value(value, None, &mut Vec::new(), &mut Findings::default());
}
