//! A report in the forms people and pipelines read. Nothing is judged or counted here.

mod baseline;
mod diff;
mod html;
mod curl;
mod human;
mod json;
mod junit;
mod page;
mod plain;
mod replay;
#[cfg(test)]
mod tests;

pub use baseline::{Terms, baseline};
pub use curl::curl;
pub use diff::diff;
pub use html::html;
pub use human::{Style, human, problems};
pub use json::json;
pub use junit::junit;
pub use plain::plain;
pub use replay::replay;
