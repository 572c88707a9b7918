//! A report in the forms people and pipelines read. Nothing is judged or counted here.

mod annotations;
mod har;
mod human;
mod idle;
mod json;
mod junit;
mod markdown;
mod plain;
#[cfg(test)]
mod tests;

pub use annotations::annotations;
pub use har::har;
pub use human::{Style, human};
pub use json::json;
pub use junit::junit;
pub use markdown::markdown;
pub use plain::plain;
