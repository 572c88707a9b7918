//! What a tamper changed, found by holding the draft against what it was before. So every
//! tamper, also one that a script makes up, says by itself where it struck.

use serde_json::{Map, Value};
use url::Url;

use super::draft::{Content, Draft, Proof};
use crate::jose::{JweDraft, JwtDraft, Signing};

/// How deep members are compared one by one.
const DEPTH: usize = 8;

/// The places at which two drafts differ, as [`crate::transcript::Tamper::places`] has them.
pub fn changed(before: &Draft, after: &Draft) -> Vec<String> {
    let mut places = Places::default();
    places.note(before.method != after.method, || "method".to_owned());
    places.url(&before.url, &after.url);
    places.pairs("header", &before.headers.0, &after.headers.0);
    for name in after.left_out.iter().filter(|name| !before.left_out.contains(name)) {
        places.note(true, || format!("header.{name}"));
    }
    places.note(before.authorization != after.authorization, || "header.authorization".to_owned());
    places.proof("dpop", "header.dpop", before.dpop.as_ref(), after.dpop.as_ref());
    places.client(before, after);
    places.content(&before.content, &after.content);
    places.note(before.proof_member != after.proof_member, || "body.proofs".to_owned());
    places.encryption(before.encryption.as_ref(), after.encryption.as_ref());
    places.key_proofs("proof", &before.key_proofs, &after.key_proofs);
    places.key_proofs("attestation", &before.key_attestations, &after.key_attestations);
    places.0
}

#[derive(Debug, Default)]
struct Places(Vec<String>);

impl Places {
    fn note(&mut self, differs: bool, place: impl FnOnce() -> String) {
        if differs {
            self.0.push(place());
        }
    }

    fn url(&mut self, before: &Url, after: &Url) {
        self.note(without_query(before) != without_query(after), || "url".to_owned());
        self.pairs("query", &query(before), &query(after));
    }

    /// Every name whose values are not the same.
    fn pairs(&mut self, part: &str, before: &[(String, String)], after: &[(String, String)]) {
        let mut names: Vec<&str> =
            before.iter().chain(after).map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let of = |pairs: &[(String, String)]| -> Vec<String> {
                let same = pairs.iter().filter(|(other, _)| other == name);
                same.map(|(_, value)| value.clone()).collect()
            };
            self.note(of(before) != of(after), || format!("{part}.{name}"));
        }
    }

    fn proof(&mut self, name: &str, place: &str, before: Option<&Proof>, after: Option<&Proof>) {
        match (before, after) {
            (None, None) => {}
            (Some(Proof::Open(before)), Some(Proof::Open(after))) => self.jwt(name, before, after),
            (Some(Proof::Sent(before)), Some(Proof::Sent(after))) if before == after => {}
            _ => self.0.push(place.to_owned()),
        }
    }

    fn client(&mut self, before: &Draft, after: &Draft) {
        const FIELD: &str = "header.oauth-client-attestation";
        match (&before.client_attestation, &after.client_attestation) {
            (None, None) => {}
            (Some(before), Some(after)) => self.jwt("client_attestation", before, after),
            _ => self.0.push(FIELD.to_owned()),
        }
        let proofs = (before.client_proof.as_ref(), after.client_proof.as_ref());
        self.proof("client_attestation_pop", &format!("{FIELD}-pop"), proofs.0, proofs.1);
        let assertions = (before.client_assertion.as_ref(), after.client_assertion.as_ref());
        self.proof("client_assertion", "form.client_assertion", assertions.0, assertions.1);
    }

    fn jwt(&mut self, name: &str, before: &JwtDraft, after: &JwtDraft) {
        self.members(&format!("{name}.header"), &before.header, &after.header, DEPTH);
        self.members(&format!("{name}.claims"), &before.claims, &after.claims, DEPTH);
        self.note(before.signing != after.signing, || format!("{name}.signature"));
    }

    fn content(&mut self, before: &Content, after: &Content) {
        match (before, after) {
            (Content::Form(before), Content::Form(after)) => self.pairs("form", before, after),
            (Content::Json(Value::Object(before)), Content::Json(Value::Object(after))) => {
                self.members("body", before, after, DEPTH);
            }
            _ => self.note(before != after, || "body".to_owned()),
        }
    }

    fn encryption(&mut self, before: Option<&JweDraft>, after: Option<&JweDraft>) {
        let (Some(before), Some(after)) = (before, after) else {
            return self.note(before.is_some() != after.is_some(), || "encryption".to_owned());
        };
        self.members("encryption.header", &before.header, &after.header, DEPTH);
        self.note(before.recipient != after.recipient, || "encryption.key".to_owned());
        self.note(before.compresses != after.compresses, || "encryption.compression".to_owned());
        self.note(before.damage != after.damage, || "encryption.ciphertext".to_owned());
    }

    fn key_proofs(&mut self, kind: &str, before: &[JwtDraft], after: &[JwtDraft]) {
        for (index, (before, after)) in before.iter().zip(after).enumerate() {
            let name = match index {
                0 => kind.to_owned(),
                _ => format!("{kind}[{index}]"),
            };
            self.jwt(&name, before, after);
        }
        self.note(before.len() != after.len(), || "body.proofs".to_owned());
        for (index, added) in after.iter().enumerate().skip(before.len()) {
            let signed = matches!(added.signing, Signing::Key(_));
            self.note(!signed, || format!("{kind}[{index}].signature"));
        }
    }

    /// Every member that is not the same, the innermost that can be named.
    fn members(
        &mut self,
        path: &str,
        before: &Map<String, Value>,
        after: &Map<String, Value>,
        depth: usize,
    ) {
        let added = after.keys().filter(|name| !before.contains_key(*name));
        for name in before.keys().chain(added) {
            let path = format!("{path}.{name}");
            match (before.get(name), after.get(name)) {
                (Some(Value::Object(before)), Some(Value::Object(after))) if depth > 0 => {
                    self.members(&path, before, after, depth - 1);
                }
                (before, after) => self.note(before != after, || path),
            }
        }
    }
}

fn without_query(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_query(None);
    url
}

fn query(url: &Url) -> Vec<(String, String)> {
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use serde_json::json;

    use super::*;
    use crate::jose::PrivateKey;
    use crate::transcript::Station;
    use crate::wallet::draft::Authorization;

    fn jwt(typ: &str) -> JwtDraft {
        let key = PrivateKey::generate().unwrap();
        let mut draft = JwtDraft::new(typ, &key, Map::new());
        draft.header.insert("jwk".into(), key.public_jwk().to_value());
        draft.claims.insert("aud".into(), json!("https://issuer.example"));
        draft
    }

    fn draft() -> Draft {
        let url = Url::parse("https://issuer.example/credential").unwrap();
        let mut draft = Draft::post(Station::Credential, url);
        draft.content = Content::Json(json!({ "credential_configuration_id": "pid" }));
        draft.authorization = Some(Authorization { scheme: "DPoP".into(), token: "secret".into() });
        draft.dpop = Some(Proof::Open(Box::new(jwt("dpop+jwt"))));
        draft.key_proofs = vec![jwt("openid4vci-proof+jwt"), jwt("openid4vci-proof+jwt")];
        draft
    }

    fn places(change: impl FnOnce(&mut Draft)) -> Vec<String> {
        let before = draft();
        let mut after = before.clone();
        change(&mut after);
        changed(&before, &after)
    }

    #[test]
    fn nothing_changed_is_no_place() {
        assert_eq!(places(|_| {}), Vec::<String>::new());
    }

    #[test]
    fn jwts_are_compared_member_by_member() {
        let changed = places(|draft| {
            let dpop = draft.open_dpop().unwrap();
            dpop.claims.insert("htm".into(), json!("GET"));
            let header = dpop.header.get_mut("jwk").unwrap().as_object_mut().unwrap();
            header.insert("d".into(), json!("private"));
            draft.key_proofs[0].claims.shift_remove("aud");
            draft.key_proofs[1].sign_with(Signing::None);
        });
        assert_eq!(
            changed,
            [
                "dpop.header.jwk.d",
                "dpop.claims.htm",
                "proof.claims.aud",
                "proof[1].header.alg",
                "proof[1].signature"
            ]
        );
    }

    #[test]
    fn what_is_left_out_or_added_is_named() {
        let changed = places(|draft| {
            let token = draft.authorization.take().unwrap().token;
            draft.url.query_pairs_mut().append_pair("access_token", &token);
            draft.dpop = None;
            draft.key_proofs.clear();
            draft.headers.push("x-odd", "1");
        });
        assert_eq!(
            changed,
            [
                "query.access_token",
                "header.x-odd",
                "header.authorization",
                "header.dpop",
                "body.proofs"
            ]
        );
    }

    #[test]
    fn content_is_compared_by_its_names_or_as_a_whole() {
        let form = |pairs: &[(&str, &str)]| {
            let owned = pairs.iter().map(|(name, value)| ((*name).into(), (*value).into()));
            Content::Form(owned.collect())
        };
        let mut before = draft();
        before.content = form(&[("code", "a"), ("tx_code", "1")]);
        let mut after = before.clone();
        after.content = form(&[("code", "a"), ("code", "a"), ("tx_code", "2")]);
        assert_eq!(changed(&before, &after), ["form.code", "form.tx_code"]);
        after.content = Content::Text("{".into());
        assert_eq!(changed(&before, &after), ["body"]);
    }
}
