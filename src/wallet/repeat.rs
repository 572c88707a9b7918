//! Which requests may be sent again after the connection failed (`--retry-transport`). A request
//! that spends a code, a nonce or a `jti` never is: it may have arrived, and then the second one
//! is a replay, which an issuer rightly refuses.

use std::time::Duration;

use super::draft::Ready;
use super::http::Mark;
use crate::transcript::{FailureKind, Received, Station};

/// The pause before the first repetition; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(200);

/// Whether a request that ended so may be sent again.
pub(super) fn may_repeat(mark: &Mark, ready: &Ready, received: &Received) -> bool {
    let Received::Failure(failure) = received else { return false };
    let is_of_the_connection =
        matches!(failure.kind, FailureKind::Connect | FailureKind::Closed | FailureKind::TimedOut);
    if mark.tamper.is_some() || !is_of_the_connection {
        return false;
    }
    match ready.station {
        station if station.is_public_document() => true,
        Station::Nonce => ready.headers.get("dpop").is_none(),
        // Some issuers hand an offer out once.
        Station::Offer => failure.kind == FailureKind::Connect,
        _ => false,
    }
}

/// How long to wait before the attempt after this one, counted from 0.
pub(super) fn pause(attempt: u32) -> Duration {
    PAUSE.saturating_mul(2_u32.saturating_pow(attempt))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use jiff::Timestamp;
    use url::Url;

    use super::*;
    use crate::transcript::{Exchange, Failure, Tamper};
    use crate::wallet::draft::Draft;
    use crate::wallet::recorder::Recorder;
    use crate::wallet::{Http, HttpOptions};

    fn ready(station: Station, address: &str) -> Ready {
        let mut draft = Draft::post(station, Url::parse(address).unwrap());
        if !matches!(station, Station::Token | Station::Nonce | Station::Credential) {
            draft.method = "GET".into();
        }
        draft.ready()
    }

    fn may(station: Station, kind: FailureKind) -> bool {
        let failure = Failure { at: Timestamp::UNIX_EPOCH, kind, says: String::new() };
        let ready = ready(station, "https://h/");
        may_repeat(&Mark::default(), &ready, &Received::Failure(failure))
    }

    #[test]
    fn only_what_spends_nothing_is_sent_again() {
        use FailureKind::{Closed, Connect, Malformed, NotFollowed, TimedOut, TooLarge};
        for kind in [Connect, Closed, TimedOut] {
            assert!(may(Station::IssuerMetadata, kind) && may(Station::Nonce, kind));
            assert!(!may(Station::Token, kind) && !may(Station::Credential, kind));
            assert_eq!(may(Station::Offer, kind), kind == Connect);
        }
        for kind in [Malformed, NotFollowed, TooLarge] {
            assert!(!may(Station::KeySet, kind));
        }
    }

    #[test]
    fn a_proof_or_a_tamper_is_never_sent_again() {
        let failure =
            Failure { at: Timestamp::UNIX_EPOCH, kind: FailureKind::Connect, says: String::new() };
        let failed = Received::Failure(failure);
        let mut with_proof = ready(Station::Nonce, "https://h/");
        with_proof.headers.push("dpop", "e30");
        assert!(!may_repeat(&Mark::default(), &with_proof, &failed));
        let tamper = Some(Tamper { name: "odd".into(), says: String::new(), places: Vec::new() });
        let mark = Mark { tamper, ..Mark::default() };
        assert!(!may_repeat(&mark, &ready(Station::AsMetadata, "https://h/"), &failed));
    }

    /// Sends one request to a server that closes the first connection unanswered.
    async fn exchanges(station: Station, retry_transport: u32) -> Vec<Exchange> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for (count, stream) in listener.incoming().enumerate() {
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 4096]);
                if count > 0 {
                    let _ = stream.write_all(
                        b"HTTP/1.1 200 \r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}",
                    );
                }
            }
        });
        let http = Http::new(HttpOptions { retry_transport, ..HttpOptions::default() }).unwrap();
        let recorder = Recorder::default();
        http.exchange(&recorder, &Mark::default(), &ready(station, &address)).await;
        recorder.finish().exchanges
    }

    #[tokio::test]
    async fn metadata_is_read_again_and_the_transcript_tells() {
        let exchanges = exchanges(Station::IssuerMetadata, 2).await;
        let told: Vec<_> = exchanges
            .iter()
            .map(|exchange| (exchange.number, exchange.superseded, exchange.answer().is_some()))
            .collect();
        assert_eq!(told, [(1, true, false), (2, false, true)]);
    }

    #[tokio::test]
    async fn a_token_request_is_never_sent_twice_and_nothing_is_without_being_asked_for() {
        for (station, times) in [(Station::Token, 5), (Station::IssuerMetadata, 0)] {
            let exchanges = exchanges(station, times).await;
            assert_eq!(exchanges.len(), 1, "{station}");
            assert!(exchanges[0].answer().is_none() && !exchanges[0].superseded);
        }
    }
}
