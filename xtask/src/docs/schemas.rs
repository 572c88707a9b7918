//! The JSON Schemas that editors and other programs fetch: the text is that of `vcispec schema NAME`.

use vcispec::cli::schema::SCHEMAS;

/// Every published schema, with its place in the book.
pub fn documents() -> impl Iterator<Item = (String, String)> {
    SCHEMAS.iter().map(|schema| (format!("docs/src/schemas/{}", schema.file()), schema.text()))
}
