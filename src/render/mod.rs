//! A report in the forms people and pipelines read. Nothing is judged or counted here.

mod human;
mod json;
mod junit;
mod page;
mod plain;
#[cfg(test)]
mod tests;

pub use human::{Style, human, problems};
pub use json::json;
pub use junit::junit;
pub use plain::plain;
