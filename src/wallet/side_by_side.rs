//! Several credential requests with one token, released together over connections of their own.

use std::sync::Arc;

use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::credential;
use super::session::{Session, Stop};

/// Makes that many requests, each with a nonce and keys of its own. A refusal is no reason to stop:
/// a token may be good for one credential.
pub async fn request(session: &Session, count: u32) -> Result<(), Stop> {
    let barrier = Arc::new(Barrier::new(count as usize));
    let mut racers = JoinSet::new();
    for number in 1..=count {
        let http = session.http.separate().map_err(|error| Stop::Failed(error.to_string()))?;
        let mut racer = Session { racer: Some(number), http: Arc::new(http), ..session.clone() };
        racer.fetches_deferred = false;
        let barrier = Arc::clone(&barrier);
        racers.spawn(async move {
            barrier.wait().await;
            credential::request(&mut racer, None).await
        });
    }
    while let Some(joined) = racers.join_next().await {
        match joined.map_err(|error| Stop::Failed(error.to_string()))? {
            Ok(()) | Err(Stop::Refused(_)) => {}
            Err(stop) => return Err(stop),
        }
    }
    Ok(())
}
