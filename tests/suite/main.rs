//! The house proved from outside: its layers, its four tables, its command line.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod accept;
mod artefacts;
mod bench;
mod catalogue;
mod cli;
mod corpus;
mod dialects;
mod doctor;
mod documents;
mod drift;
mod examples;
mod faults;
mod folder;
mod gate;
mod generated;
mod honest;
mod init;
mod judge;
mod layers;
mod operator;
mod own;
mod pipelines;
mod preflight;
mod process;
mod profiles;
mod replay;
