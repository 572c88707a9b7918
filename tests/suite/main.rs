//! The house proved from outside: its layers, its four tables, its command line.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod again;
mod bench;
mod catalogue;
mod cli;
mod drift;
mod faults;
mod honest;
mod layers;
mod readme;
mod replay;
