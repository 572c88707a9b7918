//! `[callback]`: where this program listens for what an issuer tells its operator's backend.

use std::net::SocketAddr;
use std::num::NonZeroU64;
use std::time::Duration;

use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::operator::Receiver;

/// Where callbacks are listened for, which the issuer is given as the address of its backend.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallbackTable {
    /// `listen`: address and port, such as `127.0.0.1:3000`. Any path is taken, without TLS.
    #[serde(deserialize_with = "address")]
    #[schemars(with = "String")]
    listen: SocketAddr,
    /// `wait_seconds`: how long a callback may be under way. Default 5.
    wait_seconds: Option<NonZeroU64>,
}

fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SocketAddr, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(|_| {
        D::Error::custom(format!(
            "expected an address and a port, such as 127.0.0.1:3000, found {text:?}"
        ))
    })
}

impl super::Configuration {
    /// Listens, where there is a `[callback]`. The error says what is in the way.
    pub async fn receiver(&self) -> Result<Option<Receiver>, String> {
        let Some(table) = &self.callback else { return Ok(None) };
        let wait = Duration::from_secs(table.wait_seconds.map_or(5, NonZeroU64::get));
        let listening = Receiver::listen(table.listen, wait).await;
        listening
            .map(Some)
            .map_err(|error| format!("[callback] cannot listen at {}: {error}", table.listen))
    }
}
