//! The house proved from outside: its layers, its four tables, its command line.

mod bench;
mod catalogue;
mod cli;
mod faults;
mod honest;
mod layers;
mod replay;
