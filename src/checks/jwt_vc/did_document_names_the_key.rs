//! A DID document is the document of that DID, with the key that signs.

use std::collections::BTreeSet;

use serde_json::Value;

use super::is_at;
use crate::checks::{Answered, Breach, Check, Finding, Issued, Judge, Level, Scene, judge};
use crate::formats::jwt_vc::key_url;
use crate::jose::{did_document, did_web};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/did-document-names-the-key",
    aliases: &[],
    since: "2026.3",
    title: "the document of the issuer's did:web is of that DID and has the key",
    level: Level::Must,
    raised_by: &[],
    applies: super::did_document,
    spec: &["did-web#read-resolve", "did-core#did-subject", "did-core#verification-methods"],
    obligation: "the document of the did:web in kid or iss is there, has that DID as its id, and a verification method with that kid and a controller",
    doc: "`id` is the DID to the letter: `did:web:h.example`, with the port as `%3A8443` where there is one, \
          and the path with colons. Documents copied from another stage keep the DID of that stage, and then \
          every resolver refuses them. The verification method that `kid` names has `id`, `type`, `controller` \
          and `publicKeyJwk`.\n\n\
          did:web wants every DID URL in the document absolute, so a method called `#key-1` warns; so does \
          one that another DID controls.",
    judge: Judge::Answers(Station::DidDocument, did_document_names_the_key),
};

fn did_document_names_the_key(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let asked = scene.transcript.origin(answered.exchange);
    let keys: BTreeSet<String> = scene
        .issued()
        .iter()
        .flat_map(Issued::jwt_vcs)
        .filter_map(|(_, opened)| {
            let url = key_url(&opened.jwt_vc)?;
            // A kid that is no DID URL may be any name of the key's.
            let kid = opened.jwt_vc.jws.key_id();
            let names_it = kid.is_none_or(|kid| kid.starts_with("did:"));
            Some(if names_it { url } else { did_web::did_of(&url).to_owned() })
        })
        .filter(|key| did_web::document_url(key).is_ok_and(|url| is_at(asked, &url)))
        .collect();
    keys.iter()
        .map(|key| names(answered, key))
        .reduce(judge::worse)
        .unwrap_or(Finding::Silent("no credential leads to this document"))
}

fn names(answered: &Answered<'_>, key: &str) -> Finding {
    let did = did_web::did_of(key);
    let expected = format!("the document of {did}");
    if (300..400).contains(&answered.answer.status) {
        let breach =
            Breach::new(expected, format!("{}, which leads nowhere", answered.answer.status));
        return Finding::Warns(breach, "the redirect may be followed from elsewhere");
    }
    let Some(document) = answered.json.filter(|_| answered.answer.is_success()) else {
        return Finding::breaks(expected, answered.summary());
    };
    match document.get("id").and_then(Value::as_str) {
        Some(id) if id == did => {}
        Some(id) => return Finding::breaks(expected, format!("id {id}")),
        None => return Finding::breaks(expected, "no id"),
    }
    if !key.contains('#') {
        return Finding::Holds;
    }
    let methods = did_document::verification_methods(document, did);
    let Some(method) = methods.iter().find(|method| method.id == key) else {
        return Finding::breaks(format!("a verification method {key}"), "none with that id");
    };
    let controlled = format!("{did} as controller of {key}");
    match method.controller {
        None => return Finding::breaks(controlled, "no controller"),
        Some(other) if other != did => {
            let breach = Breach::new(controlled, format!("controller {other}"));
            return Finding::Warns(breach, "DID Core lets another DID control a key");
        }
        Some(_) => {}
    }
    if is_relative(document, key) {
        let breach = Breach::new(format!("the absolute DID URL {key}"), "a relative one");
        return Finding::Warns(breach, "DID Core allows it, and only did:web does not");
    }
    Finding::Holds
}

/// Whether the method has no more than the fragment as its name.
fn is_relative(document: &Value, key: &str) -> bool {
    let fragment = key.split_once('#').map(|(_, fragment)| format!("#{fragment}"));
    let methods = document.get("verificationMethod").and_then(Value::as_array);
    let mut ids = methods.into_iter().flatten().filter_map(|method| method.get("id")?.as_str());
    ids.any(|id| Some(id) == fragment.as_deref())
}

#[cfg(test)]
mod tests {
    use super::super::staged::{DID, JwtPaper, document, documents, issued};
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::respond;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use serde_json::{Value, json};

    fn stage(document: Value) -> Stage {
        respond(documents(document), &[JwtPaper::honest(1).text()], 1)
    }

    fn with(pointer: &str, value: Value) -> Stage {
        let mut document = document();
        if let Some(place) = document.pointer_mut(pointer) {
            *place = value;
        }
        stage(document)
    }

    #[test]
    fn the_document_of_the_did_holds() {
        assert_holds(&super::CHECK, &issued(&[JwtPaper::honest(1)]));
        let bare = JwtPaper::honest(1).header("kid", json!(null));
        assert_holds(&super::CHECK, &issued(&[bare]));
    }

    #[test]
    fn another_id_no_key_and_no_controller_break() {
        assert_breaks(&super::CHECK, &with("/id", json!("did:web:localhost")), "localhost");
        assert_breaks(&super::CHECK, &with("/id", json!(7)), "no id");
        let another = with("/verificationMethod/0/id", json!(format!("{DID}#key-9")));
        assert_breaks(&super::CHECK, &another, "none with that id");
        let alone = with("/verificationMethod/0/controller", json!(null));
        assert_breaks(&super::CHECK, &alone, "no controller");
    }

    #[test]
    fn what_only_did_web_forbids_and_another_controller_warn() {
        let relative = with("/verificationMethod/0/id", json!("#key-1"));
        assert_outcome(&super::CHECK, &relative, Outcome::Warn);
        let other = with("/verificationMethod/0/controller", json!("did:web:parent.example"));
        assert_outcome(&super::CHECK, &other, Outcome::Warn);
    }
}
