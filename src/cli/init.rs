//! `vcispec init`: from nothing to a gate. It finds out what it can from the issuer's metadata,
//! asks for the rest where somebody is there to answer, and writes `vcispec.toml` and a pipeline.

mod answers;
mod configuration;
mod files;
mod look;
mod pipelines;
mod products;
mod questions;
mod recipe;
mod summary;

use super::arguments::InitArguments;
use super::{CliError, order, plan, terminal};
use crate::report::ExitStatus;
use files::Draft;
use look::Found;
use questions::Questions;

pub use pipelines::gitlab_component;

/// The names that `--product` knows.
pub fn product_names() -> Vec<&'static str> {
    products::names().collect()
}

/// Writes the files that a gate needs, all of them or none.
pub async fn init(arguments: InitArguments) -> Result<ExitStatus, CliError> {
    files::keep(&arguments.dir, &[order::FILE], arguments.force)?;
    let questions = Questions::new(!arguments.yes);
    let issuer = issuer(&arguments, &questions)?;
    order::check_identifier(&issuer, &arguments.http.allow_http)?;
    let http = plan::http(look::bounded(plan::http_options(&arguments.http, None)?))?;
    let found = look::at(&issuer, http).await;
    terminal::remark(&summary::of_the_look(&issuer, &found));
    let answers = answers::gather(&arguments, issuer, &found, &questions)?;
    let written = configuration::write(&answers, &arguments.http, &arguments.dir)?;
    let variables = answers.recipe.as_ref().map(recipe::Recipe::variables).unwrap_or_default();
    let mut drafts = vec![Draft::new(order::FILE, written.text, summary::CONFIGURATION)];
    drafts.extend(answers.needs_a_program().then(configuration::program));
    for system in &answers.systems {
        drafts.push(pipelines::draft(*system, &arguments.dir, &variables));
    }
    let drafts = files::write(&arguments.dir, drafts, arguments.force)?;
    terminal::remark(&summary::of_the_files(&arguments.dir, &drafts, &answers, &written.missing));
    Ok(ExitStatus::Green)
}

/// The issuer that was named, or that somebody names now.
fn issuer(arguments: &InitArguments, questions: &Questions) -> Result<String, CliError> {
    let given = arguments.issuer.clone();
    given.or_else(|| questions.ask("Credential Issuer Identifier, an https URL:")).ok_or_else(
        || {
            CliError::Usage(
                "expected an issuer, and nobody is there to ask\n  \
             vcispec init --issuer https://issuer.example\n  \
             vcispec init --issuer https://issuer.example --ci github|gitlab|shell|none \
             --product NAME --offer-source exec|http|none"
                    .into(),
            )
        },
    )
}
