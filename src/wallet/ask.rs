//! How anything is asked: an attempt, and where the server challenges for a DPoP nonce
//! (RFC 9449 8, 9), or for one of its challenges in an attested client's proof, one more with what
//! it gave.

use serde_json::Value;
use url::Url;

use super::challenge;
use super::changes::changed;
use super::draft::{Draft, Ready};
use super::http::{Http, Mark, Recorded, retry_after};
use super::recorder::Recorder;
use super::session::{Session, Stop};
use super::tampers::Tampering;
use crate::transcript::{self, Answer, Received, Station};

/// How often a throttled request is made again.
const MOST_THROTTLED: u32 = 2;
/// The most redirects that are followed, for documents that anybody may read.
const MOST_REDIRECTS: usize = 3;

/// Sends a request that spends nothing, and the same again where the issuer wants the wallet to
/// wait.
pub async fn patiently(http: &Http, recorder: &Recorder, mark: &Mark, ready: &Ready) -> Recorded {
    for _ in 0..MOST_THROTTLED {
        let recorded = http.exchange(recorder, mark, ready).await;
        if !waits(recorder, &recorded).await {
            return recorded;
        }
    }
    http.exchange(recorder, mark, ready).await
}

/// Waits where the issuer wants that; whether it did, and the answer counts for nothing.
async fn waits(recorder: &Recorder, recorded: &Recorded) -> bool {
    let Some(wait) = recorded.answer().and_then(retry_after) else { return false };
    recorder.supersede(recorded.number);
    tokio::time::sleep(wait).await;
    true
}

/// Asks for a public document. `None` where the answer is no success or no JSON.
pub async fn get(session: &Session, station: Station, url: Url) -> Result<Option<Value>, Stop> {
    let recorded = follow(session, station, url).await?;
    let answer = answered(&recorded)?;
    Ok(answer.body.json().filter(|_| answer.is_success()))
}

/// Asks for a public document, and for what it redirects to. The answer is the last one.
pub async fn follow(session: &Session, station: Station, url: Url) -> Result<Recorded, Stop> {
    let (mut url, mut followed) = (url, 0);
    loop {
        let mut draft = Draft::post(station, url.clone());
        draft.method = "GET".into();
        let ready = draft.ready();
        let recorded =
            patiently(&session.http, &session.recorder, &session.mark(None), &ready).await;
        let answer = answered(&recorded)?;
        match answer.redirects_to(&url).filter(|_| !answer.is_success()) {
            Some(next) if followed < MOST_REDIRECTS => (url, followed) = (next, followed + 1),
            _ => return Ok(recorded),
        }
    }
}

/// Sends what `build` drafts, tampered with if asked. A challenge is answered once, with the
/// same tamper.
pub async fn ask(
    session: &mut Session,
    build: &(dyn Fn(&Session) -> Result<Draft, Stop> + Send + Sync),
    tamper: Option<Tampering<'_>>,
) -> Result<Recorded, Stop> {
    let first = attempt(session, build, tamper).await?;
    if first
        .answer()
        .is_some_and(|answer| is_nonce_challenge(answer) || challenge::is_asked_for(answer))
        && !tamper.is_some_and(|tamper| tamper.resends())
    {
        session.recorder.supersede(first.number);
        return attempt(session, build, tamper).await;
    }
    Ok(first)
}

/// One attempt. Where the issuer wants the wallet to wait, the request is made anew: the `jti` of
/// a proof may have been noted before the request was counted.
async fn attempt(
    session: &mut Session,
    build: &(dyn Fn(&Session) -> Result<Draft, Stop> + Send + Sync),
    tamper: Option<Tampering<'_>>,
) -> Result<Recorded, Stop> {
    for _ in 0..MOST_THROTTLED {
        let recorded = send(session, build, tamper).await?;
        if !waits(&session.recorder, &recorded).await {
            return Ok(recorded);
        }
    }
    send(session, build, tamper).await
}

async fn send(
    session: &mut Session,
    build: &(dyn Fn(&Session) -> Result<Draft, Stop> + Send + Sync),
    tamper: Option<Tampering<'_>>,
) -> Result<Recorded, Stop> {
    let mut draft = build(session)?;
    if challenge::prepare(session, &draft).await? {
        draft = build(session)?;
    }
    let has_proof = draft.client_proof.is_some();
    let authenticates = has_proof || draft.client_assertion.is_some();
    let mark = session.mark(tampered_with(&mut draft, tamper, session)?);
    let ready = draft.ready();
    let recorded = session.http.exchange(&session.recorder, &mark, &ready).await;
    if has_proof {
        challenge::note(session, recorded.answer());
    }
    if let Some(answer) = recorded.answer() {
        if let Some(nonce) = answer.headers.get("dpop-nonce") {
            session.dpop_nonces.insert(ready.station, nonce.to_owned());
        }
        if let (true, None, Some(proof)) = (answer.is_success(), tamper, ready.headers.get("dpop"))
        {
            session.last_dpop.insert(ready.station, proof.to_owned());
        }
        if let (true, None, true) = (answer.is_success(), tamper, authenticates)
            && let Some(proof) = ready.client_proof()
        {
            session.last_client_proof.set(proof);
        }
    }
    Ok(recorded)
}

/// Changes a draft, and gives what the transcript says of that.
pub fn tampered_with(
    draft: &mut Draft,
    tamper: Option<Tampering<'_>>,
    session: &Session,
) -> Result<Option<transcript::Tamper>, Stop> {
    let Some(tamper) = tamper else { return Ok(None) };
    let honest = draft.clone();
    let says = tamper.change(draft, session).map_err(Stop::NotApplicable)?;
    let places = changed(&honest, draft);
    Ok(Some(transcript::Tamper { name: tamper.name().to_owned(), says, places }))
}

/// The answer, or the failure as a reason to stop.
pub fn answered(recorded: &Recorded) -> Result<&Answer, Stop> {
    match &recorded.received {
        Received::Answer(answer) => Ok(answer),
        Received::Failure(failure) => Err(Stop::Failed(failure.says.clone())),
    }
}

/// The answer in a few words: status, error code, and what the issuer says of it.
pub fn summary(answer: &Answer) -> String {
    let code = error_code(answer).map(|code| format!(" {code}")).unwrap_or_default();
    let json = answer.said().json();
    let description = json
        .as_ref()
        .and_then(|json| json.get("error_description")?.as_str())
        .map(|text| text.chars().filter(|character| !character.is_control()).take(200).collect())
        .map(|text: String| format!(" ({text})"))
        .unwrap_or_default();
    format!("{}{code}{description}", answer.status)
}

/// The error code of an answer, in its body or in its challenge.
pub fn error_code(answer: &Answer) -> Option<String> {
    answer.error_code().or_else(|| answer.challenge_errors().into_iter().next())
}

/// Whether a server wants the request again with a nonce. One that forgets to say so, and only
/// sends the nonce with a bare 401, is understood too: what it forgot is judged elsewhere.
fn is_nonce_challenge(answer: &Answer) -> bool {
    if answer.is_success() || answer.headers.get("dpop-nonce").is_none() {
        return false;
    }
    let mut codes = answer.challenge_errors();
    codes.extend(answer.error_code());
    if codes.is_empty() {
        answer.status == 401
    } else {
        codes.iter().any(|code| code == "use_dpop_nonce")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use std::collections::HashMap;
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::sync::Arc;

    use super::*;
    use crate::jose::PrivateKey;
    use crate::wallet::session::Session;
    use crate::wallet::{HttpOptions, Identity};

    /// A wallet that knows no issuer yet.
    fn session() -> Session {
        Session {
            name: "wallet".into(),
            http: Arc::new(Http::new(HttpOptions::default()).unwrap()),
            recorder: Arc::new(Recorder::default()),
            settings: Default::default(),
            client_id: None,
            identity: Arc::new(Identity::fleeting()),
            challenge: None,
            last_client_proof: Default::default(),
            dpop_key: PrivateKey::generate().unwrap(),
            speech: Default::default(),
            way: 0,
            known_way: Default::default(),
            asked_for: None,
            issuer: None,
            token: None,
            renewal: Default::default(),
            is_stranger: false,
            others: Vec::new(),
            c_nonce: None,
            sent_nonce: None,
            spent_nonce: None,
            waited: None,
            holder_key: None,
            dpop_nonces: HashMap::new(),
            last_dpop: HashMap::new(),
            offer: Default::default(),
            waits: Default::default(),
            transaction: None,
            was_put_off: false,
            redeemed: None,
            notification: None,
            fetches_deferred: false,
            keeps_what_is_granted: false,
            encryption_method: 0,
            identifier: 0,
            step: 0,
            racer: None,
        }
    }

    /// Throttles the first request, and grants all others.
    fn throttling() -> Url {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for (count, stream) in listener.incoming().enumerate() {
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 4096]);
                let status = if count == 0 { "429 \r\nretry-after: 0" } else { "200 " };
                let head = "content-length: 2\r\nconnection: close";
                let _ = write!(stream, "HTTP/1.1 {status}\r\n{head}\r\n\r\n{{}}");
            }
        });
        Url::parse(&address).unwrap()
    }

    #[tokio::test]
    async fn a_throttled_request_is_made_anew() {
        let (mut session, url) = (session(), throttling());
        let count = std::sync::atomic::AtomicU32::new(0);
        let build = move |_: &Session| {
            let mut draft = Draft::post(Station::Credential, url.clone());
            let jti = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_string();
            draft.headers.push("dpop", jti.as_str());
            Ok(draft)
        };
        let recorded = ask(&mut session, &build, None).await.ok().unwrap();
        assert!(recorded.answer().is_some_and(Answer::is_success));
        let exchanges = Arc::try_unwrap(session.recorder).ok().unwrap().finish().exchanges;
        let told: Vec<_> = exchanges
            .iter()
            .map(|one| (one.superseded, one.request.headers.get("dpop").unwrap_or_default()))
            .collect();
        assert_eq!(told, [(true, "0"), (false, "1")]);
    }
}
