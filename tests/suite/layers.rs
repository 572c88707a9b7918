//! The floor plan as a table: which room may import which.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::folder::files;

/// Each room with the rooms it may know, from the ground up.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("jose", &[]),
    ("formats", &["jose"]),
    ("protocol", &["jose"]),
    ("transcript", &["protocol", "formats", "jose"]),
    ("scenario", &["jose", "protocol", "transcript"]),
    ("offers", &["protocol"]),
    ("operator", &["transcript", "offers"]),
    ("wallet", &["jose", "formats", "protocol", "transcript", "scenario"]),
    ("checks", &["jose", "formats", "protocol", "transcript"]),
    (
        "runner",
        &[
            "jose",
            "formats",
            "protocol",
            "transcript",
            "scenario",
            "offers",
            "operator",
            "wallet",
            "checks",
        ],
    ),
    ("report", &["protocol", "transcript", "checks"]),
    ("gate", &["jose", "formats", "protocol", "transcript", "checks", "report"]),
    ("render", &["gate", "report", "transcript", "checks", "protocol"]),
    (
        "cli",
        &[
            "jose",
            "formats",
            "protocol",
            "transcript",
            "scenario",
            "offers",
            "operator",
            "wallet",
            "checks",
            "report",
            "runner",
            "gate",
            "render",
        ],
    ),
];

#[test]
fn every_room_knows_only_those_below_it() {
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut strangers = Vec::new();
    for (room, may_know) in MAY_KNOW {
        for file in files(&source.join(room)) {
            let text = std::fs::read_to_string(&file).unwrap();
            for other in rooms_in(&text) {
                if other != *room && !may_know.contains(&other.as_str()) {
                    strangers.push(format!("{} knows {other}", file.display()));
                }
            }
        }
    }
    assert!(strangers.is_empty(), "{}", strangers.join("\n"));
}

#[test]
fn the_floor_plan_is_the_order_of_layers() {
    let plan =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let rooms: Vec<&str> =
        plan.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let known: Vec<&str> = MAY_KNOW.iter().map(|(room, _)| *room).collect();
    assert_eq!(rooms, known);
    for (at, (room, may_know)) in MAY_KNOW.iter().enumerate() {
        for other in *may_know {
            assert!(rooms[..at].contains(other), "{room} stands below {other}");
        }
    }
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let readme = readme.unwrap();
    let places: Vec<_> = rooms.iter().map(|room| readme.find(&format!("\n  {room}/ "))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
}

/// Feature `drive` keeps most of it out of the graph; this keeps out what the standard library
/// offers.
#[test]
fn what_judges_cannot_wait_look_at_a_clock_or_open_anything() {
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let rooms =
        ["jose", "formats", "protocol", "transcript", "scenario", "checks", "report", "gate"];
    for file in rooms.iter().chain(&["render"]).flat_map(|room| files(&source.join(room))) {
        let text = std::fs::read_to_string(&file).unwrap();
        for word in [
            "::now()",
            "std::fs",
            "TcpStream",
            "UdpSocket",
            "std::process",
            "std::env",
            "thread::sleep",
        ] {
            assert!(!without_tests(&text).contains(word), "{} has {word}", file.display());
        }
    }
}

/// Beside the command line: where its offers come from, and how it is its own back office.
const KNOW_THE_BUNDLED_ISSUER: &[&str] =
    &["offers/builtin.rs", "offers/source.rs", "operator/back_office.rs"];

#[test]
fn only_the_command_line_and_three_files_know_the_bundled_issuer() {
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut knowing = BTreeSet::new();
    for (room, _) in MAY_KNOW.iter().filter(|(room, _)| *room != "cli") {
        for file in files(&source.join(room)) {
            if std::fs::read_to_string(&file).unwrap().contains("reference_issuer") {
                knowing.insert(file);
            }
        }
    }
    let named: BTreeSet<PathBuf> =
        KNOW_THE_BUNDLED_ISSUER.iter().map(|file| source.join(file)).collect();
    assert_eq!(knowing, named);
}

#[test]
fn the_issuer_shares_no_code_with_the_harness() {
    let issuer = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("reference-issuer");
    let manifest = std::fs::read_to_string(issuer.join("Cargo.toml")).unwrap();
    for crate_name in ["vcispec", "p256", "p384", "ed25519-dalek", "sha2"] {
        assert!(!manifest.lines().any(|line| line.starts_with(crate_name)), "{crate_name}");
    }
    for file in files(&issuer.join("src")) {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(!text.contains("vcispec::"), "{} imports the harness", file.display());
    }
}

/// The rooms that a file names as `crate::room`, alone or in braces, its unit tests left out.
fn rooms_in(text: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for rest in without_tests(text).split("crate::").skip(1) {
        let named = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or(list),
            None => rest.split([':', ';', ' ', ',']).next().unwrap_or(rest),
        };
        let words = named.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        let known = |word: &&str| MAY_KNOW.iter().any(|(room, _)| room == word);
        rooms.extend(words.filter(known).map(str::to_owned));
    }
    rooms
}

/// What comes before unit tests that stand in the file itself; `mod tests;` ends nothing.
fn without_tests(text: &str) -> &str {
    let opens = |rest: &str| {
        let mut lines = rest.lines().skip(1);
        lines.find(|line| !line.starts_with(['#', ' ', ')'])) == Some("mod tests {")
    };
    let end = text.match_indices("#[cfg(test)]\n").find(|(at, _)| opens(&text[*at..]));
    end.map_or(text, |(at, _)| &text[..at])
}
