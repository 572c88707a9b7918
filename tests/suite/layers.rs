//! The floor plan as a table: which room may import which.

use std::path::{Path, PathBuf};

/// Each room with the rooms it may know, from the ground up.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("jose", &[]),
    ("formats", &["jose"]),
    ("protocol", &["jose"]),
    ("transcript", &["protocol", "formats", "jose"]),
    ("scenario", &["jose", "protocol", "transcript"]),
    ("offers", &["protocol"]),
    ("wallet", &["jose", "formats", "protocol", "transcript", "scenario"]),
    ("checks", &["jose", "formats", "protocol", "transcript"]),
    (
        "runner",
        &["jose", "formats", "protocol", "transcript", "scenario", "offers", "wallet", "checks"],
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

#[test]
fn only_the_command_line_and_one_offer_source_know_the_bundled_issuer() {
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    for (room, _) in MAY_KNOW.iter().filter(|(room, _)| !["offers", "cli"].contains(room)) {
        for file in files(&source.join(room)) {
            let text = std::fs::read_to_string(&file).unwrap();
            assert!(!text.contains("reference_issuer"), "{} knows it", file.display());
        }
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

fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text)
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
