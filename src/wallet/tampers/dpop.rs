//! What can be wrong with a DPoP proof, at the token endpoint and wherever the token is
//! presented.

use serde_json::json;
use url::Url;

use super::{Tamper, unlisted};
use crate::jose::{JwtDraft, PrivateKey, Signing};
use crate::transcript::Station;
use crate::wallet::dpop::{fresh_identifier, hash, header, proof};
use crate::wallet::draft::{Draft, Proof};
use crate::wallet::session::Session;

const EVERYWHERE: &[Station] =
    &[Station::Token, Station::Credential, Station::Deferred, Station::Notification];
const RESOURCE: &[Station] = &[Station::Credential, Station::Deferred, Station::Notification];

/// How far back a stale proof is dated, in seconds: a day, more than any clock is wrong.
const STALE: i64 = 86_400;
/// How far ahead no clock may be, in seconds: more than a minute (FAPI 2.0).
const FAR_AHEAD: i64 = 90;

const fn row(
    name: &'static str,
    says: &'static str,
    at: &'static [Station],
    change: fn(&mut Draft, &Session) -> Result<String, String>,
) -> Tamper {
    Tamper { name, says, at, resends: false, change }
}

/// The rows of the DPoP proof.
pub const TAMPERS: &[Tamper] = &[
    row("dpop-missing", "leaves out the DPoP header", EVERYWHERE, |draft, _| {
        draft.dpop.take().map(|_| "no DPoP header".to_owned()).ok_or_else(unused)
    }),
    row("dpop-wrong-typ", "gives the proof the typ of a plain JWT", EVERYWHERE, |draft, _| {
        open(draft)?.header.insert("typ".into(), json!("JWT"));
        Ok("typ is JWT".into())
    }),
    row("dpop-alg-none", "sends an unsigned proof with alg none", EVERYWHERE, |draft, _| {
        open(draft)?.sign_with(Signing::None);
        Ok("alg is none, the signature is empty".into())
    }),
    row(
        "dpop-private-key",
        "puts the private key into the jwk header",
        EVERYWHERE,
        |draft, session| {
            open(draft)?.header.insert("jwk".into(), session.dpop_key.private_jwk().into());
            Ok("jwk contains d".into())
        },
    ),
    row("dpop-bad-signature", "turns one bit of the signature", EVERYWHERE, |draft, session| {
        open(draft)?.signing = Signing::Corrupted(session.dpop_key.clone());
        Ok("one bit of the signature is turned".into())
    }),
    row("dpop-missing-jti", "leaves out jti", EVERYWHERE, |draft, _| {
        open(draft)?.claims.shift_remove("jti");
        Ok("no jti".into())
    }),
    row("dpop-wrong-htm", "names another HTTP method", EVERYWHERE, |draft, _| {
        open(draft)?.claims.insert("htm".into(), json!("GET"));
        Ok("htm is GET, the request is a POST".into())
    }),
    row("dpop-wrong-htu", "names another URL on the same host", EVERYWHERE, |draft, _| {
        let mut url = draft.url.clone();
        url.set_query(None);
        url.set_path("/vcispec-another-endpoint");
        open(draft)?.claims.insert("htu".into(), json!(url));
        Ok(format!("htu is {url}"))
    }),
    row("dpop-stale-iat", "dates the proof a day back", EVERYWHERE, |draft, _| {
        let proof = open(draft)?;
        let iat = proof.claims.get("iat").and_then(serde_json::Value::as_i64).unwrap_or_default();
        proof.claims.insert("iat".into(), json!(iat - STALE));
        Ok(format!("iat is {STALE} s in the past"))
    }),
    row(
        "dpop-far-ahead",
        "dates the proof a minute and a half ahead",
        &[Station::Token],
        |draft, _| {
            let proof = open(draft)?;
            let iat = proof.claims.get("iat").and_then(serde_json::Value::as_i64);
            let iat = iat.unwrap_or_default();
            proof.claims.insert("iat".into(), json!(iat + FAR_AHEAD));
            Ok(format!("iat is {FAR_AHEAD} s in the future"))
        },
    ),
    Tamper {
        name: "dpop-replayed-jti",
        says: "sends a proof that was accepted before, octet for octet",
        at: RESOURCE,
        resends: true,
        change: replayed,
    },
    row(
        "dpop-made-up-nonce",
        "sends a nonce that the server never gave",
        EVERYWHERE,
        |draft, _| {
            open(draft)?.claims.insert("nonce".into(), json!(fresh_identifier()));
            Ok("nonce is a fresh random value".into())
        },
    ),
    row("dpop-malformed", "sends a header that is no JWT", EVERYWHERE, |draft, _| {
        open(draft)?;
        draft.dpop = Some(Proof::Sent("vcispec.is-no.jwt".into()));
        Ok("the DPoP header is vcispec.is-no.jwt".into())
    }),
    row("dpop-missing-jwk", "leaves out the key", EVERYWHERE, |draft, _| {
        open(draft)?.header.shift_remove("jwk");
        Ok("no jwk".into())
    }),
    row(
        "dpop-unlisted-alg",
        "signs with an algorithm that is not listed",
        &[Station::Token],
        |draft, session| {
            let issuer =
                session.issuer.as_ref().ok_or("the metadata of the issuer is not known")?;
            let server = issuer.server();
            let algorithm = unlisted(|name| server.lists_dpop_algorithm(name))?;
            let key = PrivateKey::generate_for(algorithm).map_err(|error| error.to_string())?;
            let proof = open(draft)?;
            proof.header = header(&key);
            proof.signing = Signing::Key(key);
            Ok(format!("the proof is by {}", algorithm.name()))
        },
    ),
    row("dpop-doubled", "sends two proofs, each right by itself", EVERYWHERE, |draft, _| {
        let first = open(draft)?.clone();
        let mut second = first.clone();
        second.claims.insert("jti".into(), json!(fresh_identifier()));
        for proof in [first, second] {
            draft.headers.push("dpop", proof.compact());
        }
        Ok("two DPoP header fields".into())
    }),
    row(
        "dpop-htu-in-another-form",
        "writes the URL in another of its forms",
        &[Station::Token, Station::Credential],
        |draft, _| {
            let htu = in_another_form(&draft.url);
            open(draft)?.claims.insert("htu".into(), json!(htu));
            Ok(format!("htu is {htu}"))
        },
    ),
    row(
        "dpop-htu-with-query",
        "names the URL with a query and a fragment that it does not have",
        &[Station::Token, Station::Credential],
        |draft, _| {
            let mut url = draft.url.clone();
            url.set_query(Some("vcispec=1"));
            url.set_fragment(Some("vcispec"));
            open(draft)?.claims.insert("htu".into(), json!(url));
            Ok(format!("htu is {url}"))
        },
    ),
    row(
        "dpop-query-in-request",
        "adds a query to the URL of the request, and leaves it out of the proof",
        &[Station::Credential],
        |draft, _| {
            open(draft)?;
            draft.url.query_pairs_mut().append_pair("vcispec", "1");
            Ok(format!("the request goes to {}", draft.url))
        },
    ),
    row(
        "dpop-jwk-with-extras",
        "says more of the key than belongs to it",
        &[Station::Token, Station::Credential],
        |draft, session| {
            let alg = session.dpop_key.algorithm().name();
            let header = &mut open(draft)?.header;
            let jwk = header.get_mut("jwk").and_then(serde_json::Value::as_object_mut);
            let jwk = jwk.ok_or("the proof names no key")?;
            jwk.insert("kid".into(), json!("vcispec"));
            jwk.insert("use".into(), json!("sig"));
            jwk.insert("alg".into(), json!(alg));
            Ok("jwk has kid, use and alg, too".into())
        },
    ),
    row(
        "dpop-nonce-of-the-other-server",
        "sends the resource a nonce of the authorization server",
        &[Station::Credential],
        |draft, session| {
            let nonce = session.dpop_nonces.get(&Station::Token);
            let nonce = nonce.ok_or("the authorization server gave no DPoP-Nonce")?;
            open(draft)?.claims.insert("nonce".into(), json!(nonce));
            Ok("nonce is one of the authorization server".into())
        },
    ),
    row(
        "dpop-for-bearer-token",
        "sends a bearer token under the scheme DPoP, with a proof",
        &[Station::Credential],
        |draft, session| {
            let authorization = draft.authorization.as_mut().ok_or("the request has no token")?;
            if draft.dpop.is_some() {
                return Err("the token is bound".into());
            }
            authorization.scheme = "DPoP".into();
            let token = authorization.token.clone();
            let proof = proof(session, draft.station, &draft.url, Some(&token));
            draft.dpop = Some(Proof::Open(Box::new(proof)));
            Ok("Authorization: DPoP with a token that is bound to no key".into())
        },
    ),
    row("dpop-missing-ath", "leaves out ath", RESOURCE, |draft, _| {
        open(draft)?.claims.shift_remove("ath");
        Ok("no ath".into())
    }),
    row("dpop-wrong-ath", "hashes another token", RESOURCE, |draft, _| {
        open(draft)?.claims.insert("ath".into(), json!(hash(&fresh_identifier())));
        Ok("ath is the hash of another token".into())
    }),
    row(
        "dpop-another-key",
        "proves possession of a key the token is not bound to",
        RESOURCE,
        |draft, session| {
            let algorithm = session.dpop_key.algorithm();
            let key = PrivateKey::generate_for(algorithm).map_err(|error| error.to_string())?;
            let proof = open(draft)?;
            proof.header = header(&key);
            proof.signing = Signing::Key(key);
            Ok("the proof is valid, by a fresh key".into())
        },
    ),
    row("dpop-bearer-downgrade", "sends a bound token as a bearer token", RESOURCE, |draft, _| {
        draft.dpop.take().ok_or_else(unused)?;
        let authorization = draft.authorization.as_mut().ok_or("the request has no token")?;
        authorization.scheme = "Bearer".into();
        Ok("Authorization: Bearer, no DPoP header".into())
    }),
    row(
        "dpop-unknown-member",
        "adds a header and a claim that no specification defines",
        EVERYWHERE,
        |draft, _| {
            let proof = open(draft)?;
            proof.header.insert("zzz_unknown".into(), json!(1));
            proof.claims.insert("zzz_unknown".into(), json!(1));
            Ok("zzz_unknown in header and claims".into())
        },
    ),
];

fn open(draft: &mut Draft) -> Result<&mut JwtDraft, String> {
    draft.open_dpop().ok_or_else(unused)
}

/// The same address, with capitals where case does not count, and the port of its scheme.
fn in_another_form(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().to_uppercase();
    let port = url.port_or_known_default().unwrap_or_default();
    format!("{}://{host}:{port}{}", url.scheme().to_uppercase(), url.path())
}

fn unused() -> String {
    "DPoP is not used with this issuer".to_owned()
}

fn replayed(draft: &mut Draft, session: &Session) -> Result<String, String> {
    let sent = session.last_dpop.get(&draft.station).ok_or("no proof was accepted here before")?;
    draft.dpop = Some(Proof::Sent(sent.clone()));
    Ok("the DPoP header of an earlier, granted request".into())
}
