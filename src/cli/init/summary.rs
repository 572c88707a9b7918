//! What is told: what was found out, what was written, what is left to do.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::Found;
use super::answers::{Answers, clues};
use super::files::Draft;
use super::products;
use crate::protocol::{AsMetadata, IssuerMetadata, PRE_AUTHORIZED_CODE};
use crate::render::plain;

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
            line("issuer metadata", format!("found, {} configurations: {shown}{more}", ids.len()));
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
    let mut text = format!("Written for {}\n", answers.product.title);
    for draft in drafts {
        let path = match directory == Path::new(".") {
            true => draft.path.clone(),
            false => directory.join(&draft.path).display().to_string(),
        };
        let _ = writeln!(text, "  {path:<32} {}", draft.purpose);
    }
    if !missing.is_empty() {
        text.push_str("\nLeft out, under `exclude` in vcispec.toml\n");
    }
    for (glob, why) in missing {
        let _ = writeln!(text, "  {glob:<32} {why}");
    }
    let variables =
        answers.recipe.as_ref().map(super::recipe::Recipe::variables).unwrap_or_default();
    if !variables.is_empty() {
        text.push_str("\nTo be set, here and in the pipeline\n");
    }
    for variable in variables {
        let kind = if variable.is_secret() { "a secret" } else { "a setting" };
        let remark = variable.remark.map(|remark| format!("; {remark}")).unwrap_or_default();
        let _ = writeln!(text, "  {:<32} {kind}{remark}", format!("export {}=…", variable.name));
    }
    if !answers.remarks.is_empty() {
        text.push_str("\nTo be known\n");
    }
    for remark in &answers.remarks {
        let _ = writeln!(text, "  {remark}");
    }
    text.push_str("\nNext\n");
    if directory != Path::new(".") {
        let _ = writeln!(text, "  cd {}", directory.display());
    }
    text.push_str("  vcispec doctor\n  vcispec run\n");
    text
}
