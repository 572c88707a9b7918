//! `vcispec list`, `vcispec explain` and `vcispec schema`: what the tables hold.

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use crate::cli::schema::SCHEMAS;

/// `vcispec list`
#[derive(Debug, Args)]
pub struct ListArguments {
    /// Which table.
    #[arg(value_enum)]
    pub table: Table,
    /// Of the requirements, only those that no check judges yet.
    #[arg(long)]
    pub open: bool,
}

/// A table of `vcispec list`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Table {
    /// Every check.
    Checks,
    /// Every bundled scenario.
    Scenarios,
    /// Every fault of the reference issuer.
    Faults,
    /// Every configuration of the reference issuer.
    Configurations,
    /// Every normative statement of the covered specifications.
    Requirements,
}

/// `vcispec explain`
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The id of a check, scenario, fault, tamper or requirement.
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// `vcispec schema`
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// What the schema describes.
    #[arg(value_parser = PossibleValuesParser::new(SCHEMAS.iter().map(|schema| schema.name)))]
    pub name: String,
}
