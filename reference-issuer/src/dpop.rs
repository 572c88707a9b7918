//! DPoP proofs, checked point by point as RFC 9449 section 4.3 lists them.

use aws_lc_rs::digest;
use axum::http::StatusCode;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use url::Url;

use crate::{
    algorithm, clock,
    faults::{conduct::Conduct, rules::Rule},
    incoming::Incoming,
    issuer::Issuer,
    jws::Jws,
    public_key::{PublicKey, Thumbprint},
    refusal::{Refusal, Scheme},
    self_contained::Realm,
    store::DPOP_PROOF_AGE,
};

/// Longest `jti`, in bytes.
const LONGEST_JTI: usize = 512;

/// At which server a proof is shown.
#[derive(Debug, Clone, Copy)]
pub enum Server<'a> {
    /// At the token endpoint.
    Authorization,
    /// At the credential endpoint, with a token bound to a key.
    Resource {
        /// The access token.
        access_token: &'a str,
        /// The key it is bound to.
        key: &'a Thumbprint,
    },
}

impl Server<'_> {
    fn refuse(self, code: &'static str, why: &'static str) -> Refusal {
        match self {
            Self::Authorization => Refusal::bad_request(code, why),
            Self::Resource { .. } => {
                Refusal::challenge(StatusCode::UNAUTHORIZED, Scheme::Dpop, code)
            }
        }
    }

    fn invalid(self, why: &'static str) -> Refusal {
        self.refuse("invalid_dpop_proof", why)
    }

    fn realm(self) -> Realm {
        match self {
            Self::Authorization => Realm::Authorization,
            Self::Resource { .. } => Realm::Resource,
        }
    }
}

/// Checks the proof of a request; `Ok(None)` when there is none and none is needed.
pub fn check(
    issuer: &Issuer,
    conduct: &Conduct,
    incoming: &Incoming,
    server: Server,
    is_needed: bool,
) -> Result<Option<Thumbprint>, Refusal> {
    let mut proofs = incoming.header("dpop");
    let Some(proof) = proofs.next() else {
        conduct.require(Rule::DpopPresent, !is_needed, || {
            server.invalid("a DPoP proof is required")
        })?;
        return Ok(None);
    };
    conduct.require(Rule::DpopSingle, proofs.next().is_none(), || {
        server.invalid("there is more than one DPoP header field")
    })?;
    let proof = Jws::read(proof);
    conduct.require(Rule::DpopReadable, proof.is_some(), || {
        server.invalid("the DPoP proof is not a compact JWS of JSON objects")
    })?;
    let Some(proof) = proof else { return Ok(None) };
    let Some(key) = check_key(issuer, conduct, server, &proof)? else { return Ok(None) };
    check_target(issuer, conduct, incoming, server, &proof)?;
    let thumbprint = key.thumbprint();
    if let Server::Resource { access_token, key } = server {
        check_binding(conduct, server, &proof, access_token, *key == thumbprint)?;
    }
    check_freshness(issuer, conduct, server, &proof, &thumbprint)?;
    Ok(Some(thumbprint))
}

/// Points 4 to 7: typ, alg, signature, public key.
fn check_key(
    issuer: &Issuer,
    conduct: &Conduct,
    server: Server,
    proof: &Jws,
) -> Result<Option<PublicKey>, Refusal> {
    let typ = proof.header_text("typ");
    conduct.require(Rule::DpopTyp, typ == Some("dpop+jwt"), || {
        server.invalid("typ of the DPoP proof is not dpop+jwt")
    })?;
    if proof.header.contains_key("crit") {
        return Err(server.invalid("the DPoP proof has critical headers"));
    }
    let alg = proof.header_text("alg");
    conduct.require(Rule::DpopAlgNotNone, alg != Some("none"), || {
        server.invalid("alg of the DPoP proof is none")
    })?;
    let taken = issuer.settings.wallet_algorithms;
    let is_listed = alg.is_some_and(|alg| alg == "none" || algorithm::lists(taken, alg));
    conduct.require(Rule::DpopAlgListed, is_listed, || {
        server.invalid("alg of the DPoP proof is not supported")
    })?;
    let jwk = proof.header.get("jwk").and_then(|jwk| jwk.as_object());
    conduct.require(Rule::DpopKeyNamed, jwk.is_some(), || {
        server.invalid("the DPoP proof has no jwk header")
    })?;
    let Some(jwk) = jwk else { return Ok(None) };
    let is_public = !jwk.contains_key("d") && !jwk.contains_key("k");
    conduct.require(Rule::DpopKeyPublic, is_public, || {
        server.invalid("the jwk header holds a private key")
    })?;
    let unusable = || server.invalid("the jwk header is no key of a known kind");
    let key = PublicKey::from_jwk(jwk).ok_or_else(unusable)?;
    // An algorithm that only a lapse let through has no signature to verify.
    let is_verifiable = alg.is_some_and(|alg| algorithm::lists(taken, alg));
    let is_signed = !is_verifiable || proof.is_signed_by(&key);
    let rule = if alg == Some("ES256") { Rule::DpopSignature } else { Rule::DpopSignatureFurther };
    conduct.require(rule, is_signed, || {
        server.invalid("the signature of the DPoP proof does not verify")
    })?;
    Ok(Some(key))
}

/// Points 3, 8, 9 and 11: jti, htm, htu, iat.
fn check_target(
    issuer: &Issuer,
    conduct: &Conduct,
    incoming: &Incoming,
    server: Server,
    proof: &Jws,
) -> Result<(), Refusal> {
    let jti = proof.claim_text("jti").unwrap_or_default();
    conduct
        .require(Rule::DpopJti, !jti.is_empty(), || server.invalid("the DPoP proof has no jti"))?;
    if jti.len() > LONGEST_JTI {
        return Err(server.invalid("jti of the DPoP proof is too long"));
    }
    let htm = proof.claim_text("htm");
    conduct.require(Rule::DpopHtm, htm == Some(incoming.method.as_str()), || {
        server.invalid("htm is not the method of this request")
    })?;
    let target = match server {
        Server::Authorization => &issuer.layout.token_endpoint,
        Server::Resource { .. } => issuer.layout.endpoint(incoming.station),
    };
    let htu = proof.claim_text("htu").unwrap_or_default();
    conduct.require(Rule::DpopHtu, is_same_target(htu, target), || {
        server.invalid("htu is not the URI of this endpoint")
    })?;
    let (now, (past, future)) = (clock::now(), DPOP_PROOF_AGE);
    let is_recent = proof.claim_is_within("iat", now.saturating_sub(past), now + future);
    let is_ahead = proof.claim_is_within("iat", now + future + 1, u64::MAX);
    let rule = if is_ahead { Rule::DpopIatNotAhead } else { Rule::DpopIat };
    conduct.require(rule, is_recent, || {
        server.invalid("iat of the DPoP proof is missing or not recent")
    })
}

/// Point 12: the access token and the key it is bound to.
fn check_binding(
    conduct: &Conduct,
    server: Server,
    proof: &Jws,
    access_token: &str,
    is_bound: bool,
) -> Result<(), Refusal> {
    let ath = proof.claim_text("ath");
    conduct.require(Rule::DpopAthPresent, ath.is_some(), || {
        server.invalid("the DPoP proof has no ath")
    })?;
    let digest = digest::digest(&digest::SHA256, access_token.as_bytes());
    let is_right = ath.is_none_or(|ath| ath == URL_SAFE_NO_PAD.encode(digest));
    conduct.require(Rule::DpopAthRight, is_right, || {
        server.invalid("ath is not the digest of the access token")
    })?;
    conduct.require(Rule::DpopKeyBound, is_bound, || {
        server.refuse("invalid_token", "the access token is bound to another key")
    })
}

/// Point 10, and section 11.1: the nonce, and whether the proof was seen before.
fn check_freshness(
    issuer: &Issuer,
    conduct: &Conduct,
    server: Server,
    proof: &Jws,
    thumbprint: &Thumbprint,
) -> Result<(), Refusal> {
    if issuer.settings.dpop_nonces {
        let realm = server.realm();
        let challenge = || {
            server
                .refuse("use_dpop_nonce", "the DPoP proof needs a nonce of this server")
                .with_nonce(issuer.self_contained.fresh(realm))
        };
        let nonce = proof.claim_text("nonce").ok_or_else(challenge)?;
        let is_known = issuer.self_contained.knows(nonce, realm);
        let rule = match issuer.self_contained.knows(nonce, realm.other()) {
            true => Rule::DpopNonceOwn,
            false => Rule::DpopNonceKnown,
        };
        conduct.require(rule, is_known, challenge)?;
    }
    let jti = proof.claim_text("jti").unwrap_or_default();
    let realm = match server {
        Server::Authorization => "authorization",
        Server::Resource { .. } => "resource",
    };
    let unique = format!("{realm} {} {jti}", URL_SAFE_NO_PAD.encode(thumbprint));
    let is_new = jti.is_empty() || issuer.is_new_proof(&unique);
    conduct
        .require(Rule::DpopUnreplayed, is_new, || server.invalid("the DPoP proof was used before"))
}

/// Whether two URIs agree once normalised, query and fragment aside.
fn is_same_target(htu: &str, target: &str) -> bool {
    if htu == target {
        return true;
    }
    let normalised = |text: &str| {
        let mut url = Url::parse(text).ok()?;
        url.set_query(None);
        url.set_fragment(None);
        Some(url)
    };
    normalised(htu).is_some_and(|htu| normalised(target) == Some(htu))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_compared_normalised() {
        let target = "https://issuer.example/vci/redeem";
        for same in [
            target,
            "HTTPS://Issuer.example:443/vci/redeem",
            "https://issuer.example/vci/./redeem?x=1#y",
        ] {
            assert!(is_same_target(same, target), "{same}");
        }
        for other in [
            "",
            "https://issuer.example/vci/redeem/",
            "http://issuer.example/vci/redeem",
            "https://issuer.example:8443/vci/redeem",
        ] {
            assert!(!is_same_target(other, target), "{other}");
        }
    }
}
