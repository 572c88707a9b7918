//! A report in the forms people and pipelines read. Nothing is judged or counted here.

mod baseline;
mod diff;
mod html;
mod curl;
mod annotations;
mod har;
mod human;
mod idle;
mod json;
mod junit;
mod page;
mod markdown;
mod plain;
mod replay;
#[cfg(test)]
mod tests;

pub use annotations::annotations;
pub use baseline::{Terms, baseline};
pub use curl::curl;
pub use diff::diff;
pub use har::har;
pub use html::html;
pub use human::{Style, human, problems};
pub use json::json;
pub use junit::junit;
pub use markdown::markdown;
pub use plain::plain;
pub use replay::replay;
