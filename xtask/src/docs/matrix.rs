//! The README's tables: which format, feature, profile and dialect is proved by what. Everything in them is counted from
//! the tables that tests prove; a row that nothing proves is an error, not a row.

use std::collections::{BTreeMap, BTreeSet};

use reference_issuer::{Configuration, FAULTS, Fault, Format, configuration, configurations};
use vcispec::checks::{self, Check, Profile};

use super::{markdown, marked, scenarios};
use crate::Outcome;
use crate::interop::handover::{LEARNCARD, OPENID4VC, SPHEREON};
use crate::interop::issuer::VARIANTS;
use crate::interop::wallet::End;
use crate::interop::{rulings, verifiers, wallet};

/// Each format, as 1.0 calls it and as older drafts do.
const FORMATS: [(Format, &[&str]); 3] = [
    (Format::SdJwt, &["dc+sd-jwt", "vc+sd-jwt"]),
    (Format::Mdoc, &["mso_mdoc"]),
    (Format::JwtVc, &["jwt_vc_json"]),
];
const DIALECTS: [&str; 3] = ["1.0", "15", "13"];

/// The README with its tables written anew.
pub fn readme() -> Outcome<(String, String)> {
    let tables = [formats(), features()?, parties()?].concat();
    Ok(("README.md".to_owned(), marked::with("README.md", None, "matrix", &tables)?))
}

/// Format × dialect: faults of configurations that issue the format, verifiers, wallets that redeem it in a dialect.
fn formats() -> String {
    let rows = FORMATS.iter().map(|(format, names)| {
        let faults = FAULTS.iter().filter(|fault| issues(fault.config, *format)).count();
        let of_it = || verifiers::CASES.iter().filter(|case| names.contains(&case.format));
        let witnesses: BTreeSet<String> = of_it().map(|case| case.witness.library()).collect();
        let proved: BTreeSet<&str> =
            of_it().flat_map(|case| case.caught).map(|(fault, _)| *fault).collect();
        let wallets = DIALECTS.map(|dialect| {
            let libraries: BTreeSet<&str> = wallet::CASES
                .iter()
                .filter(|case| names.contains(&case.format) && case.dialect == dialect)
                .filter(|case| matches!(case.end, End::Redeemed { .. }))
                .map(|case| case.wallet.library)
                .chain(of_it().filter(|_| dialect == "1.0").map(|_| OPENID4VC.library))
                .collect();
            shown(libraries)
        });
        let [current, fifteen, thirteen] = wallets;
        let first = names.first().copied().unwrap_or_default();
        [
            markdown::code([first]),
            faults.to_string(),
            format!("{} ({} faults found)", shown(witnesses), proved.len()),
            current,
            fifteen,
            thirteen,
        ]
    });
    markdown::table(
        ["format", "faults caught", "verified by", "1.0 redeemed by", "draft 15 by", "draft 13 by"],
        rows,
    )
}

/// Feature × format × profile: one row for each room of checks.
fn features() -> Outcome<String> {
    let aims = scenarios::by_check()?;
    let mut rooms: BTreeMap<&str, Vec<&'static Check>> = BTreeMap::new();
    for check in checks::all() {
        rooms.entry(room(check.id)).or_default().push(check);
    }
    let mut rows = Vec::new();
    for (name, checks) in rooms {
        let catches =
            |fault: &&Fault| checks.iter().any(|check| fault.caught_by.contains(&check.id));
        let caught: Vec<&Fault> = FAULTS.iter().copied().filter(catches).collect();
        let scripts: BTreeSet<&String> =
            checks.iter().filter_map(|check| aims.get(check.id)).flatten().collect();
        if caught.is_empty() || scripts.is_empty() {
            return Err(format!("nothing proves {name}: no fault or no scenario").into());
        }
        let by_format = FORMATS.map(|(format, _)| {
            let count = caught.iter().filter(|fault| issues(fault.config, format)).count();
            if count == 0 { "–".to_owned() } else { count.to_string() }
        });
        let [sd_jwt, mdoc, jwt_vc] = by_format;
        rows.push([
            markdown::code([name]),
            checks.len().to_string(),
            scripts.len().to_string(),
            sd_jwt,
            mdoc,
            jwt_vc,
            profiles(&checks),
            witnesses(&caught),
        ]);
    }
    Ok(markdown::table(
        [
            "feature",
            "checks",
            "scenarios",
            "faults, dc+sd-jwt",
            "mso_mdoc",
            "jwt_vc_json",
            "profiles",
            "found by third parties too",
        ],
        rows,
    ))
}

/// The profiles that raise a check of the room, or whose room it is.
fn profiles(checks: &[&Check]) -> String {
    let of_the_room = |profile: &Profile| {
        let own = profile.name().split("-1.").next().unwrap_or_default();
        checks.iter().any(|check| check.raised_by.contains(profile) || room(check.id) == own)
    };
    let others = Profile::ALL.iter().skip(1).filter(|profile| of_the_room(profile));
    let names: Vec<&str> =
        Profile::ALL.iter().take(1).chain(others).map(|one| one.name()).collect();
    names.join(", ")
}

/// How many of these faults a third-party verifier finds as well.
fn witnesses(caught: &[&Fault]) -> String {
    let found: BTreeSet<&str> = verifiers::CASES
        .iter()
        .flat_map(|case| case.caught)
        .map(|(name, _)| *name)
        .filter(|name| caught.iter().any(|fault| fault.name == *name))
        .collect();
    if found.is_empty() { "–".to_owned() } else { found.len().to_string() }
}

/// Who takes part in the outer ring, and how it comes out.
fn parties() -> Outcome<String> {
    let wallets = [&OPENID4VC, &LEARNCARD, &SPHEREON].map(|wallet| {
        let of_it = || wallet::CASES.iter().filter(|case| case.wallet.library == wallet.library);
        let redeemed = of_it().filter(|case| matches!(case.end, End::Redeemed { .. })).count();
        let stops = of_it().filter_map(|case| match case.end {
            End::Redeemed { .. } => None,
            End::Stops { because, .. } => {
                Some(format!("{}, {}: {because}", case.dialect, case.says))
            }
        });
        let stops: Vec<String> = stops.collect();
        let stops = if stops.is_empty() { "–".to_owned() } else { stops.join("; ") };
        ["wallet".to_owned(), wallet.library.to_owned(), format!("{redeemed} issuances"), stops]
    });
    let ruled = rulings::load()?;
    let mut issuers: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for variant in VARIANTS {
        let entry = issuers.entry(variant.issuer.name).or_insert((variant.issuer.library, 0));
        entry.1 += 1;
    }
    let issuers = issuers.into_iter().map(|(name, (library, variants))| {
        let count = |fault: rulings::Fault| {
            ruled.iter().filter(|row| row.issuer == name && row.fault == fault).count()
        };
        let variants =
            if variants == 1 { "1 variant".to_owned() } else { format!("{variants} variants") };
        [
            "issuer".to_owned(),
            library.to_owned(),
            variants,
            format!(
                "{} findings are the library's, {} nobody's, {} ours",
                count(rulings::Fault::Library),
                count(rulings::Fault::Nobody),
                count(rulings::Fault::Glue) + count(rulings::Fault::Harness)
            ),
        ]
    });
    let rows = wallets.into_iter().chain(issuers);
    Ok(markdown::table(
        ["party", "made of", "comes through", "what it does not, or is found wanting in"],
        rows,
    ))
}

/// Whether this configuration has credentials of the format.
fn issues(name: &str, format: Format) -> bool {
    let has = |row: &Configuration| (row.settings)().formats.contains(&format);
    configuration(name).or(configurations().first()).is_some_and(has)
}

fn room(id: &str) -> &str {
    id.split('/').next().unwrap_or(id)
}

fn shown<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| name.as_ref().to_owned()).collect();
    if names.is_empty() { "–".to_owned() } else { names.join(", ") }
}
