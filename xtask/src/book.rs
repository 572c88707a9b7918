//! The book, built by mdBook, and every link inside it followed.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::{Outcome, workspace};

/// The version that builds the book.
const MDBOOK: &str = "0.5.4";

/// Builds the book and fails at the first link that leads nowhere.
pub fn run() -> Outcome {
    let book = workspace::scratch("book")?;
    let status = Command::new(mdbook()?)
        .args(["build", "--dest-dir"])
        .arg(&book)
        .arg(workspace::root().join("docs"))
        .status()?;
    if !status.success() {
        return Err(format!("mdbook ended with {status}").into());
    }
    let pages = pages(&book)?;
    let mut broken = BTreeSet::new();
    for (name, page) in &pages {
        for link in &page.links {
            if let Some(why) = why_broken(&book, &pages, name, link) {
                broken.insert(format!("{name}: {link}: {why}"));
            }
        }
    }
    let links: usize = pages.values().map(|page| page.links.len()).sum();
    if broken.is_empty() {
        println!("{} pages, {links} links, in {}", pages.len(), book.display());
        return Ok(());
    }
    Err(broken.into_iter().collect::<Vec<_>>().join("\n").into())
}

/// What of a page matters to links.
struct Page {
    anchors: BTreeSet<String>,
    links: BTreeSet<String>,
}

/// Every page but the one for printing, which holds all others.
fn pages(book: &Path) -> Outcome<BTreeMap<String, Page>> {
    let mut pages = BTreeMap::new();
    for entry in fs::read_dir(book)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".html")
            && !["print.html", "404.html", "toc.html"].contains(&name.as_str())
        {
            let text = fs::read_to_string(&path)?;
            let main = text.split_once("<main>").map_or(text.as_str(), |(_, main)| main);
            let page = Page { anchors: attributes(&text, "id"), links: attributes(main, "href") };
            pages.insert(name, page);
        }
    }
    Ok(pages)
}

/// The values of an attribute. mdBook quotes them all.
fn attributes(html: &str, name: &str) -> BTreeSet<String> {
    let start = format!(" {name}=\"");
    html.split(start.as_str())
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .map(|(value, _)| value.replace("&amp;", "&"))
        .collect()
}

fn why_broken(
    book: &Path,
    pages: &BTreeMap<String, Page>,
    from: &str,
    link: &str,
) -> Option<&'static str> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let file = if file.is_empty() { from } else { file };
    match pages.get(file) {
        Some(page) if anchor.is_empty() || page.anchors.contains(anchor) => None,
        Some(_) => Some("no such heading"),
        None if book.join(file).is_file() && !file.ends_with(".md") => None,
        None => Some("no such page"),
    }
}

/// mdBook: from the path, or installed once beside what else is built.
fn mdbook() -> Outcome<OsString> {
    let found = Command::new("mdbook").arg("--version").output();
    if found.is_ok_and(|output| output.status.success()) {
        return Ok("mdbook".into());
    }
    let tools = workspace::scratch("tools")?;
    let program: PathBuf = tools.join("bin/mdbook");
    if !program.is_file() {
        println!("installing mdbook {MDBOOK}");
        let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["install", "--quiet", "--locked", "--debug", "--no-default-features"])
            .args(["--features", "search", "--root"])
            .arg(&tools)
            .arg(format!("mdbook@{MDBOOK}"))
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .status()?;
        if !status.success() {
            return Err(format!("cargo install mdbook ended with {status}").into());
        }
    }
    Ok(program.into_os_string())
}
