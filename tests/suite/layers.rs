//! The floor plan as a table: which room may import which.

use std::path::{Path, PathBuf};

/// Each room with the rooms it may know, from the ground up.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("jose", &[]),
    ("formats", &["jose"]),
    ("protocol", &["jose"]),
    ("transcript", &["protocol", "formats", "jose"]),
    ("scenario", &[]),
    ("offers", &["protocol"]),
    ("wallet", &["jose", "protocol", "transcript", "scenario"]),
    ("checks", &["jose", "formats", "protocol", "transcript"]),
    ("report", &["protocol", "transcript", "checks"]),
    ("runner", &["formats", "protocol", "transcript", "scenario", "offers", "wallet", "checks"]),
    ("render", &["report", "transcript", "checks", "protocol"]),
    (
        "cli",
        &[
            "jose",
            "formats",
            "protocol",
            "transcript",
            "scenario",
            "offers",
            "wallet",
            "checks",
            "report",
            "runner",
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
fn every_room_stands_in_the_floor_plan() {
    let plan =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let rooms: Vec<&str> =
        plan.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    for room in rooms {
        assert!(MAY_KNOW.iter().any(|(known, _)| *known == room), "{room} has no row here");
    }
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

/// The rooms that a file names as `crate::room`, its unit tests left out.
fn rooms_in(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    code.split("crate::")
        .skip(1)
        .map(|rest| {
            rest.chars()
                .take_while(|character| character.is_alphanumeric() || *character == '_')
                .collect()
        })
        .filter(|room: &String| MAY_KNOW.iter().any(|(known, _)| known == room))
        .collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}
