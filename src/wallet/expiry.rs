//! How the wallet lets codes, tokens and nonces expire.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::session::{Session, Stop};
use crate::scenario::{Slow, Stated};

/// What is added to a lifetime that an issuer states: clocks differ, and servers allow for it,
/// some of them for five minutes.
const LEEWAY: Duration = Duration::from_secs(330);

/// Lets so much time pass.
pub type Wait = Arc<dyn Fn(Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// Whether a run may wait, and how time passes for it.
#[derive(Clone)]
pub struct Waiting {
    /// The longest that a scenario waits.
    pub at_most: Duration,
    /// How many scenarios wait side by side.
    pub at_once: usize,
    /// How time passes.
    pub wait: Wait,
}

impl Waiting {
    /// By the clock, as many side by side as there are.
    pub fn really(at_most: Duration) -> Self {
        const MANY: usize = 1_000;
        let wait: Wait = Arc::new(|time| Box::pin(tokio::time::sleep(time)));
        Self { at_most, at_once: MANY, wait }
    }
}

impl fmt::Debug for Waiting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Waiting");
        shown.field("at_most", &self.at_most).field("at_once", &self.at_once);
        shown.finish_non_exhaustive()
    }
}

/// How long a scenario waits now.
pub(super) fn time(
    slow: Option<Slow>,
    session: &Session,
    at_most: Duration,
) -> Result<Duration, Stop> {
    let time = match slow {
        None => Duration::ZERO,
        Some(Slow::Seconds(seconds)) => Duration::from_secs(seconds),
        Some(Slow::Stated(Stated::ExpiresIn)) => {
            let none = || Stop::NotApplicable("the token response states no expires_in".into());
            let token = session.token.as_ref().ok_or_else(none)?;
            let stated = token.response.get("expires_in").and_then(serde_json::Value::as_u64);
            Duration::from_secs(stated.ok_or_else(none)?).saturating_add(LEEWAY)
        }
    };
    if time > at_most {
        let seconds = time.as_secs();
        return Err(Stop::NotRun(format!("it would wait {seconds} s: add --max-wait {seconds}")));
    }
    Ok(time)
}
