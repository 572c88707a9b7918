//! The house proved from outside: its layers, its four tables, its command line.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod bench;
mod catalogue;
mod cli;
mod faults;
mod honest;
mod init;
mod layers;
mod pipelines;
mod readme;
mod replay;
