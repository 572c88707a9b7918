//! The one time that stands in everything that is packed: when this source was written, not when it was packed, so that
//! packing it again gives the same octets.

use std::env;
use std::process::Command;

use crate::{Outcome, workspace};

/// Seconds since 1970: `SOURCE_DATE_EPOCH`, or the time of the commit, or 0 outside a clone.
pub fn of_the_source() -> Outcome<u64> {
    if let Ok(text) = env::var("SOURCE_DATE_EPOCH") {
        return text
            .parse()
            .map_err(|_| format!("expected seconds in SOURCE_DATE_EPOCH, found {text:?}").into());
    }
    let mut log = Command::new("git");
    log.args(["log", "-1", "--format=%ct"]).current_dir(workspace::root());
    let output = log.output().ok().filter(|output| output.status.success());
    let text = output.and_then(|output| String::from_utf8(output.stdout).ok());
    Ok(text.and_then(|text| text.trim().parse().ok()).unwrap_or(0))
}

/// As documents write it.
pub fn written(seconds: u64) -> Outcome<String> {
    Ok(jiff::Timestamp::from_second(i64::try_from(seconds)?)?.to_string())
}
