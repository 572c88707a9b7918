//! What people type and write down: arguments, files, terminal, exit codes.

pub mod configuration;
