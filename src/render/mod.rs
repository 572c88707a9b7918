//! A report in the forms people and pipelines read. Nothing is judged or counted here.

mod baseline;
mod diff;
mod html;
mod human;
mod json;
mod junit;
mod page;
mod plain;
#[cfg(test)]
mod tests;

pub use baseline::{Terms, baseline};
pub use diff::diff;
pub use html::html;
pub use human::{Style, human};
pub use json::json;
pub use junit::junit;
pub use plain::plain;
