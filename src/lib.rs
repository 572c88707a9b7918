//! The harness (see the floor plan, to come with the first rooms).
pub mod formats;
pub mod jose;
