//! A report in the forms people and pipelines read. Nothing is judged or counted here.

mod annotations;
mod baseline;
mod curl;
mod diff;
mod har;
mod html;
mod human;
mod idle;
mod json;
mod junit;
mod markdown;
mod page;
mod plain;
mod replay;
mod shell;
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
pub use shell::shell_word;
