//! A report in the forms people and pipelines read. Nothing is judged or counted here.

mod curl;
mod human;
mod json;
mod junit;
mod page;
mod plain;
mod replay;
#[cfg(test)]
mod tests;

pub use curl::curl;
pub use human::{Style, human, problems};
pub use json::json;
pub use junit::junit;
pub use plain::plain;
pub use replay::replay;
