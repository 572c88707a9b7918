//! Tampers of a script's own: places of a request that are set or left out.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::jose::JwtDraft;
use crate::protocol::ClaimsPath;
use crate::scenario::{JwtPart, OwnTamper, Place, fill};
use crate::wallet::draft::{Content, Draft};

/// A tamper of a script's own, with the values that were saved before in their places.
#[derive(Clone, Debug)]
pub struct Own {
    /// Its name in the script.
    pub name: String,
    says: String,
    changes: Vec<(Place, Option<Value>)>,
}

impl Own {
    /// Fills in what was saved. The error says what is not there.
    pub fn new(tamper: &OwnTamper, saved: &HashMap<String, Value>) -> Result<Self, String> {
        let mut changes = Vec::new();
        for text in &tamper.remove {
            changes.push((Place::parse(text)?, None));
        }
        for (text, value) in &tamper.set {
            let value = fill(value, &|name| saved.get(name).cloned())
                .map_err(|name| format!("nothing was saved as {name}"))?;
            changes.push((Place::parse(text)?, Some(value)));
        }
        Ok(Self { name: tamper.name.clone(), says: tamper.in_words(), changes })
    }

    /// Makes every change. The error says which could not be made: then nothing may be sent.
    pub fn change(&self, draft: &mut Draft) -> Result<String, String> {
        for (place, value) in &self.changes {
            change(draft, place, value.as_ref())?;
        }
        Ok(self.says.clone())
    }
}

fn change(draft: &mut Draft, place: &Place, value: Option<&Value>) -> Result<(), String> {
    match place {
        Place::Form(name) => in_form(draft, name, value),
        Place::Body(path) => in_body(draft, path, value),
        Place::Header(name) => in_headers(draft, name, value),
        Place::Query(name) => in_query(draft, name, value),
        Place::Proof(part, path) => {
            if draft.key_proofs.is_empty() {
                return Err("the configuration asks for no key proof".into());
            }
            draft.key_proofs.iter_mut().try_for_each(|proof| in_jwt(proof, *part, path, value))
        }
        Place::Attestation(part, path) => {
            if draft.key_attestations.is_empty() {
                return Err("the configuration asks for no key attestation".into());
            }
            let mut attestations = draft.key_attestations.iter_mut();
            attestations.try_for_each(|attestation| in_jwt(attestation, *part, path, value))
        }
        Place::ClientAttestation(part, path) => {
            let attestation = draft.client_attestation.as_mut();
            in_jwt(attestation.ok_or("the client is not attested")?, *part, path, value)
        }
        Place::ClientProof(part, path) => {
            let proof = draft.open_client_proof().ok_or("the client is not attested")?;
            in_jwt(proof, *part, path, value)
        }
        Place::ClientAssertion(part, path) => {
            let assertion = draft.open_client_assertion();
            in_jwt(assertion.ok_or("the client makes no assertion")?, *part, path, value)
        }
        Place::Dpop(part, path) => {
            let proof = draft.open_dpop().ok_or("DPoP is not used with this issuer")?;
            in_jwt(proof, *part, path, value)
        }
        Place::Scheme | Place::Token => in_authorization(draft, place, value),
        Place::Method => match value {
            Some(value) => {
                draft.method = text(value).into();
                Ok(())
            }
            None => Err("a request without a method cannot be sent".into()),
        },
    }
}

fn in_form(draft: &mut Draft, name: &str, value: Option<&Value>) -> Result<(), String> {
    let form = draft.form().ok_or("the request has no form")?;
    let before = form.len();
    form.retain(|(key, _)| key != name);
    match value {
        None if form.len() == before => return Err(format!("the request has no {name}")),
        None => {}
        Some(Value::Array(values)) => {
            form.extend(values.iter().map(|value| (name.to_owned(), text(value))));
        }
        Some(value) => form.push((name.to_owned(), text(value))),
    }
    Ok(())
}

fn in_body(draft: &mut Draft, path: &ClaimsPath, value: Option<&Value>) -> Result<(), String> {
    let proofs = draft.proofs();
    let Content::Json(Value::Object(members)) = &mut draft.content else {
        return Err("the request has no JSON object".into());
    };
    if path.first_name() == Some("proofs")
        && let Some(proofs) = proofs
    {
        members.insert("proofs".into(), proofs);
        draft.key_proofs.clear();
        draft.key_attestations.clear();
    }
    in_object(members, path, value)
}

fn in_jwt(
    proof: &mut JwtDraft,
    part: JwtPart,
    path: &ClaimsPath,
    value: Option<&Value>,
) -> Result<(), String> {
    let members = match part {
        JwtPart::Header => &mut proof.header,
        JwtPart::Claims => &mut proof.claims,
    };
    in_object(members, path, value)
}

fn in_object(
    members: &mut Map<String, Value>,
    path: &ClaimsPath,
    value: Option<&Value>,
) -> Result<(), String> {
    match value {
        Some(value) if path.set(members, value) => Ok(()),
        Some(_) => Err(format!("there is no place for {path}")),
        None if path.remove(members) => Ok(()),
        None => Err(format!("there is no {path}")),
    }
}

fn in_headers(draft: &mut Draft, name: &str, value: Option<&Value>) -> Result<(), String> {
    let is_there = draft.writes_header(name);
    draft.headers.0.retain(|(key, _)| !key.eq_ignore_ascii_case(name));
    match value {
        Some(value) => draft.headers.push(name, text(value)),
        None if is_there => draft.left_out.push(name.to_owned()),
        None => return Err(format!("the request has no header {name}")),
    }
    Ok(())
}

fn in_query(draft: &mut Draft, name: &str, value: Option<&Value>) -> Result<(), String> {
    let mut pairs: Vec<(String, String)> = draft.url.query_pairs().into_owned().collect();
    let before = pairs.len();
    pairs.retain(|(key, _)| key != name);
    match value {
        None if pairs.len() == before => return Err(format!("the URL has no {name}")),
        None => {}
        Some(value) => pairs.push((name.to_owned(), text(value))),
    }
    draft.url.set_query(None);
    if !pairs.is_empty() {
        draft.url.query_pairs_mut().extend_pairs(pairs);
    }
    Ok(())
}

fn in_authorization(draft: &mut Draft, place: &Place, value: Option<&Value>) -> Result<(), String> {
    let Some(value) = value else {
        return match draft.authorization.take() {
            Some(_) => Ok(()),
            None => Err("the request has no access token".into()),
        };
    };
    let authorization = draft.authorization.as_mut().ok_or("the request has no access token")?;
    match place {
        Place::Scheme => authorization.scheme = text(value).into(),
        _ => authorization.token = text(value),
    }
    Ok(())
}

/// A value where only text can stand.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use serde_json::json;

    use super::*;
    use crate::jose::PrivateKey;
    use crate::transcript::Station;
    use crate::wallet::draft::Authorization;

    fn tampered(script: &str, draft: &mut Draft) -> Result<String, String> {
        let tamper: OwnTamper = toml::from_str(script).unwrap();
        let saved = HashMap::from([("nonce".to_owned(), json!("n-1"))]);
        Own::new(&tamper, &saved)?.change(draft)
    }

    fn token_request() -> Draft {
        let mut draft =
            Draft::post(Station::Token, "https://issuer.example/token?a=1".parse().unwrap());
        draft.content = Content::Form(vec![("grant_type".into(), "x".into())]);
        draft
    }

    fn credential_request() -> Draft {
        let mut draft =
            Draft::post(Station::Credential, "https://issuer.example/credential".parse().unwrap());
        draft.content = Content::Json(json!({ "credential_configuration_id": "pid" }));
        draft.authorization = Some(Authorization { scheme: "DPoP".into(), token: "t".into() });
        let key = PrivateKey::generate().unwrap();
        draft.key_proofs = vec![JwtDraft::new("openid4vci-proof+jwt", &key, Map::new())];
        draft
    }

    #[test]
    fn every_place_of_a_token_request_can_be_changed() {
        let mut draft = token_request();
        let script = r#"
            name = "x"
            remove = ["form.grant_type", "query.a", "header.accept"]
            [set]
            "form.twice" = ["1", "2"]
            "query.b" = "c d"
            "header.content-type" = "text/plain"
            method = "PUT"
        "#;
        tampered(script, &mut draft).unwrap();
        let ready = draft.ready();
        assert_eq!((ready.method.as_ref(), ready.url.query()), ("PUT", Some("b=c+d")));
        assert_eq!(ready.body, "twice=1&twice=2");
        assert_eq!(ready.headers.0, [("content-type".to_owned(), "text/plain".to_owned())]);
    }

    #[test]
    fn every_place_of_a_credential_request_can_be_changed() {
        let mut draft = credential_request();
        let script = r#"
            name = "x"
            says = "everything"
            remove = ["proof.header.typ"]
            [set]
            "proof.claims.nonce" = "${nonce}"
            "body.extra.deep" = 1
            "authorization.scheme" = "Bearer"
        "#;
        assert_eq!(tampered(script, &mut draft).unwrap(), "everything");
        assert_eq!(draft.key_proofs[0].claims["nonce"], "n-1");
        assert!(!draft.key_proofs[0].header.contains_key("typ"));
        let ready = draft.ready();
        assert!(ready.body.contains(r#""extra":{"deep":1}"#) && ready.body.contains("proofs"));
        assert_eq!(ready.headers.get("authorization"), Some("Bearer t"));
        let mut draft = credential_request();
        tampered("name = \"x\"\nset = { \"body.proofs.jwt[0]\" = \"no\" }", &mut draft).unwrap();
        assert!(draft.ready().body.ends_with(r#""proofs":{"jwt":["no"]}}"#));
    }

    #[test]
    fn what_is_not_there_cannot_be_left_out() {
        for place in ["form.tx_code", "query.b", "header.dpop", "dpop.claims.jti"] {
            let script = format!("name = \"x\"\nremove = [\"{place}\"]");
            assert!(tampered(&script, &mut token_request()).is_err(), "{place}");
        }
        for place in ["body.proof", "proof.claims.nonce", "form.x"] {
            let script = format!("name = \"x\"\nremove = [\"{place}\"]");
            assert!(tampered(&script, &mut credential_request()).is_err(), "{place}");
        }
        let script = "name = \"x\"\nset = { \"form.a\" = \"${unknown}\" }";
        assert!(tampered(script, &mut token_request()).is_err());
    }
}
