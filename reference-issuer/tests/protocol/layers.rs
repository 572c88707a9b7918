//! The floor plan of the issuer: it names every module once, and who knows whom.

use std::path::{Path, PathBuf};

/// Each knows only those before it.
const BELOW: &[&str] = &[
    "strict_json",
    "cbor",
    "random",
    "clock",
    "algorithm",
    "public_key",
    "did",
    "jws",
    "jwe",
    "start_error",
    "signing_key",
    "station",
    "answer",
    "refusal",
    "incoming",
    "expiring",
    "attesters",
];
/// Each may know the others, and those below.
const ROUND: &[&str] = &[
    "settings",
    "dialect",
    "configurations",
    "guides",
    "layout",
    "credentials",
    "typed_credentials",
    "binding",
    "keys",
    "entitlement",
    "refresh_tokens",
    "store",
    "callbacks",
    "self_contained",
    "status_list",
    "formats",
    "offers",
    "negotiated_metadata",
    "published",
    "client_authentication",
    "token_request",
    "encryption",
    "key_attestation",
    "faults",
    "issuer",
];
/// Each knows only those before it.
const ABOVE: &[&str] = &[
    "tls",
    "credential_request",
    "dpop",
    "key_proof",
    "transactions",
    "authorization",
    "grants",
    "proofs",
    "routes",
    "start",
];

#[test]
fn the_plan_names_every_module_in_this_order() {
    let text = std::fs::read_to_string(source().join("lib.rs")).unwrap();
    let modules = text.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
    let mut modules: Vec<&str> = modules.collect();
    let mut known: Vec<&str> = [BELOW, ROUND, ABOVE].concat();
    let plan = text.split("//! The floor plan").nth(1).unwrap();
    let plan = plan.split("\nmod ").next().unwrap();
    let named: Vec<&str> = plan.split('`').skip(1).step_by(2).skip(1).collect();
    assert_eq!(named, known, "the plan in lib.rs is another");
    modules.sort_unstable();
    known.sort_unstable();
    assert_eq!(modules, known);
}

#[test]
fn every_module_knows_only_those_below_it() {
    let known = [BELOW, ROUND, ABOVE].concat();
    let mut strangers = Vec::new();
    for (place, module) in known.iter().enumerate() {
        let in_round = ROUND.contains(module);
        let reach = if in_round { BELOW.len() + ROUND.len() } else { place };
        for file in files(module) {
            let text = std::fs::read_to_string(&file).unwrap();
            let named = modules_in(&text, &known);
            let above = named
                .into_iter()
                .filter(|other| other != module && !known[..reach].contains(other));
            strangers.extend(above.map(|other| format!("{} knows {other}", file.display())));
        }
    }
    assert!(strangers.is_empty(), "{}", strangers.join("\n"));
}

/// The modules that a file names as `crate::module`, alone or in braces, its unit tests left out.
fn modules_in<'a>(text: &str, known: &[&'a str]) -> Vec<&'a str> {
    let mut found = Vec::new();
    let text = text.split("\nmod tests {").next().unwrap();
    for rest in text.split("crate::").skip(1) {
        for name in first_names(rest) {
            found.extend(known.iter().find(|module| **module == name));
        }
    }
    found
}

/// The first segment of a path, or of each path in braces.
fn first_names(rest: &str) -> Vec<&str> {
    let is_end = |letter: char| !letter.is_alphanumeric() && letter != '_';
    let Some(list) = rest.strip_prefix('{') else {
        return rest.split(is_end).take(1).collect();
    };
    let (mut depth, mut starts, mut names) = (0, true, Vec::new());
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => starts = true,
            _ if starts && !letter.is_whitespace() => {
                names.extend(list[at..].split(is_end).next());
                starts = false;
            }
            _ => {}
        }
    }
    names
}

/// The file of a module, and those in its folder.
fn files(module: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        [source().join(format!("{module}.rs"))].into_iter().filter(|file| file.is_file()).collect();
    let mut folders = vec![source().join(module)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => files.push(path),
            }
        }
    }
    assert!(!files.is_empty(), "{module} has no file");
    files
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}
