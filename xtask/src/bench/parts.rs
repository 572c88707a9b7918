//! What single parts of the harness cost: sealing and opening encrypted messages, opening and verifying an mdoc, reading a
//! status list. In this process, on one core.

use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde::Deserialize;
use serde_json::{Value, json};
use vcispec::formats::{Mdoc, mdoc, status_list::StatusList};
use vcispec::jose::{ContentEncryption, Jwe, JweDraft, PrivateKey, base64url};

use super::figures::Figures;
use super::load;
use crate::mint::mint;
use crate::service::Service;
use crate::{Outcome, process};

/// As long as one issuance may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// A credential response with a few credentials in it.
const MESSAGE: usize = 8 * 1024;
/// Entries of the status list, of one bit each.
const ENTRIES: usize = 1 << 20;

/// Measures each part for about so long.
pub fn measure(program: &Path, each: Duration, figures: &mut Figures) -> Outcome {
    let key = PrivateKey::generate()?;
    let message = vec![b'v'; MESSAGE];
    let draft = JweDraft::new(key.public_jwk(), ContentEncryption::A256Gcm);
    let sealed = draft.seal(&message)?;
    let compressed = draft.clone().compressed().seal(&message)?;
    figures.rate("JWE, 8 KiB sealed", per_second(each, || draft.seal(&message).is_ok())?);
    figures.rate(
        "JWE, 8 KiB opened",
        per_second(each, || Jwe::read(&sealed).is_ok_and(|jwe| jwe.open(&key).is_ok()))?,
    );
    figures.rate(
        "JWE, 8 KiB compressed, opened",
        per_second(each, || Jwe::read(&compressed).is_ok_and(|jwe| jwe.open(&key).is_ok()))?,
    );

    let licence = licence(program)?;
    let opened = Mdoc::open(&licence)?;
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed()?.as_secs())?;
    figures.rate("mdoc, a licence opened", per_second(each, || Mdoc::open(&licence).is_ok())?);
    figures.rate(
        "mdoc, its signature verified",
        per_second(each, || {
            black_box(mdoc::verify(&opened, &[], now));
            true
        })?,
    );

    let list = list()?;
    let read = || StatusList::read(list.get("bits"), list.get("lst"));
    figures.rate("status list, 2^20 entries read", per_second(each, || read().is_ok())?);
    let entries = read()?;
    let mut next = 0;
    figures.rate(
        "status list, an entry looked up",
        per_second(each, || {
            next = (next + 7919) % ENTRIES as u64;
            entries.get(next).is_some()
        })?,
    );
    Ok(())
}

/// How often in a second something can be done; each time must succeed.
fn per_second(each: Duration, mut work: impl FnMut() -> bool) -> Outcome<f64> {
    let started = Instant::now();
    let (mut done, mut round) = (0_u64, 1_u64);
    while started.elapsed() < each {
        for _ in 0..round {
            if !black_box(work()) {
                return Err("a part that is measured failed".into());
            }
        }
        done += round;
        // So that the clock is not what is measured.
        round = (round * 2).min(4096);
    }
    Ok(done as f64 / started.elapsed().as_secs_f64())
}

/// A driving licence of the reference issuer.
fn licence(program: &Path) -> Outcome<String> {
    #[derive(Deserialize)]
    struct Accepted {
        credentials: Vec<Given>,
    }
    #[derive(Deserialize)]
    struct Given {
        credential: String,
    }
    let issuer = Service::start(load::served(program, "mdoc"))?;
    let wanted = json!({"credential_configuration_id": "mdl"});
    let offer = mint(&issuer.greeting.management_url, &wanted)?;
    let mut accept = Command::new(program);
    accept.args(["accept", &offer.credential_offer_uri, "--json"]);
    let ended = process::run(accept, PATIENCE)?;
    let accepted: Accepted = serde_json::from_str(&ended.stdout)?;
    let first = accepted.credentials.into_iter().next();
    Ok(first.ok_or("expected a credential")?.credential)
}

/// A list in which one in a thousand is revoked.
fn list() -> Outcome<Value> {
    let mut octets = vec![0_u8; ENTRIES / 8];
    octets.iter_mut().step_by(125).for_each(|octet| *octet = 1);
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&octets)?;
    Ok(json!({"bits": 1, "lst": base64url::encode(encoder.finish()?)}))
}
