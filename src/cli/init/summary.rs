//! What is told: what was found out, what was written, what is left to do.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::Found;
use super::answers::{Answers, clues};
use super::files::Draft;
use super::products;
use super::recipe::Recipe;
use crate::protocol::{AsMetadata, IssuerMetadata, PRE_AUTHORIZED_CODE};
use crate::render::plain;
use crate::report::counted;

/// What `vcispec.toml` is for.
pub const CONFIGURATION: &str = "what is tested, and where offers come from";

/// What was found out of an issuer.
pub fn of_the_look(identifier: &str, found: &Found) -> String {
    let mut text = format!("{}\n", plain(identifier));
    let mut line = |name: &str, says: String| {
        let _ = writeln!(text, "  {name:<22}{}", plain(&says));
    };
    match found.issuer.as_ref().map(IssuerMetadata::new) {
        Some(metadata) => {
            let ids: Vec<&str> = metadata.configurations().map(|(id, _)| id).collect();
            let shown = ids.iter().take(4).copied().collect::<Vec<_>>().join(", ");
            let more = if ids.len() > 4 { ", …" } else { "" };
            line(
                "issuer metadata",
                format!("found, {}: {shown}{more}", counted(ids.len(), "configuration")),
            );
        }
        None => line("issuer metadata", "not found".to_owned()),
    }
    match found.server.as_ref().map(AsMetadata::new) {
        Some(server) => {
            let grant =
                if server.lists_grant(PRE_AUTHORIZED_CODE) { "listed" } else { "not listed" };
            let dpop = if server.announces_dpop() { ", DPoP announced" } else { "" };
            line("authorization server", format!("found, pre-authorized codes {grant}{dpop}"));
        }
        None => line("authorization server", "not found".to_owned()),
    }
    if let Some(obstacle) = &found.obstacle {
        line("in the way", obstacle.clone());
    }
    if let Some(recognised) = clues(identifier, found).and_then(|clues| products::recognise(&clues))
    {
        line("product", format!("{}: {}", recognised.product.title, recognised.evidence));
    } else {
        line("product", "not recognised".to_owned());
    }
    text
}

/// What was written, and what is left to do.
pub fn of_the_files(
    directory: &Path,
    drafts: &[Draft],
    answers: &Answers,
    missing: &BTreeMap<String, String>,
) -> String {
    let place = |path: &str| match directory == Path::new(".") {
        true => path.to_owned(),
        false => directory.join(path).display().to_string(),
    };
    let written = drafts.iter().map(|draft| (place(&draft.path), draft.purpose.clone()));
    let left_out = missing.iter().map(|(glob, why)| (glob.clone(), why.clone()));
    let variables = answers.recipe.as_ref().map(Recipe::variables).unwrap_or_default();
    let to_set = variables.into_iter().map(|variable| {
        let kind = if variable.is_secret() { "a secret" } else { "a setting" };
        let remark = variable.remark.map(|remark| format!(": {remark}")).unwrap_or_default();
        (format!("export {}=…", variable.name), format!("{kind}{remark}"))
    });
    let mut text = section(&format!("Written for {}", answers.product.title), written);
    text += &section("Left out, under `exclude` in vcispec.toml", left_out);
    text += &section("To be set, here and in the pipeline", to_set);
    let remarks = answers.remarks.iter().map(|remark| (remark.clone(), String::new()));
    text += &section("To be known", remarks);
    let change = (directory != Path::new(".")).then(|| format!("cd {}", directory.display()));
    let next = change.into_iter().chain(["vcispec doctor".to_owned(), "vcispec run".to_owned()]);
    text + section("Next", next.map(|line| (line, String::new()))).trim_end()
}

/// A heading and its lines in two columns; nothing without lines.
fn section(heading: &str, lines: impl Iterator<Item = (String, String)>) -> String {
    let lines: Vec<(String, String)> = lines.collect();
    if lines.is_empty() {
        return String::new();
    }
    let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let mut text = format!("{heading}\n");
    for (name, says) in lines {
        let _ = writeln!(text, "{}", format!("  {name:<width$}  {says}").trim_end());
    }
    text + "\n"
}
