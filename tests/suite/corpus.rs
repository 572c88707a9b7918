//! What issuers in the field send, read by every lens, none of which may stumble: the folder that
//! `VCISPEC_CORPUS` names, with a folder for each kind of document. It is no part of this tree.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use vcispec::formats::{JwtVc, Mdoc, SdJwt, StatusListToken, status_claim};
use vcispec::protocol::former::{asked_for, modernised, offered_ids};
use vcispec::protocol::signs::{Shown, fingerprint};
use vcispec::protocol::traits::Traits;
use vcispec::protocol::{
    AsMetadata, CredentialOffer, CredentialRequest, CredentialResponse, Deferral, GivenOffer,
    IssuerMetadata, KeyAttestation, KeyProof, TokenResponse, TypeMetadata,
};

use crate::folder::files;

/// What a document is read as.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Offer,
    IssuerMetadata,
    TokenResponse,
    CredentialResponse,
    Any,
}

/// Folders whose documents are of one kind. Everything else is read as whatever it may be.
const KINDS: &[(&str, Kind)] = &[
    ("offers", Kind::Offer),
    ("issuer-metadata", Kind::IssuerMetadata),
    ("token-responses", Kind::TokenResponse),
    ("credential-responses", Kind::CredentialResponse),
];

#[test]
fn every_document_of_the_field_is_read_and_has_a_fingerprint() {
    let Some(corpus) = std::env::var_os("VCISPEC_CORPUS").map(PathBuf::from) else {
        return tell("corpus: not run");
    };
    let mut speaks: BTreeMap<String, usize> = BTreeMap::new();
    let files = files(&corpus);
    assert!(!files.is_empty(), "no document in {}", corpus.display());
    for file in &files {
        let Ok(text) = std::fs::read_to_string(file) else { continue };
        let says = fingerprint_of(&text, kind(&corpus, file));
        let says = says.unwrap_or_else(|| "has no sign of an older draft".to_owned());
        assert!(!says.is_empty(), "{}", file.display());
        *speaks.entry(says).or_default() += 1;
    }
    for (says, count) in &speaks {
        tell(&format!("corpus: {count:4} {says}"));
    }
    assert!(speaks.len() > 3, "every draft looks alike: {speaks:?}");
}

#[test]
fn a_draft_is_told_by_the_examples_of_its_specification() {
    let Some(corpus) = std::env::var_os("VCISPEC_CORPUS").map(PathBuf::from) else {
        return tell("corpus: not run");
    };
    let of = |draft: &str| {
        let folder = corpus.join("spec").join(draft);
        let texts =
            files(&folder).into_iter().filter_map(|file| std::fs::read_to_string(file).ok());
        texts.filter_map(|text| fingerprint_of(&text, Kind::Any)).collect::<Vec<String>>()
    };
    for draft in ["openid4vci-draft-11", "openid4vci-draft-12", "openid4vci-draft-13"] {
        assert!(!of(draft).is_empty(), "{draft} is not told from 1.0");
    }
    let of_the_final_version = of("openid4vci-1.0-final");
    assert!(of_the_final_version.is_empty(), "1.0 is taken for {of_the_final_version:?}");
}

fn kind(corpus: &Path, file: &Path) -> Kind {
    let inside = file.strip_prefix(corpus).unwrap();
    let folder = inside.components().next().unwrap().as_os_str();
    KINDS.iter().find(|(name, _)| folder == *name).map_or(Kind::Any, |(_, kind)| *kind)
}

/// Reads a document through every lens, and says which draft it looks like.
fn fingerprint_of(text: &str, kind: Kind) -> Option<String> {
    let text = text.trim();
    opened(text);
    let json = match (serde_json::from_str::<Value>(text), GivenOffer::read(text)) {
        (Ok(json), _) | (Err(_), Ok(GivenOffer::Value(json))) => json,
        (Err(_), _) => return None,
    };
    looked_at(&json);
    let is = |wanted: Kind| match kind {
        Kind::Any => look(&json) == wanted,
        kind => kind == wanted,
    };
    let shown = Shown {
        offer: is(Kind::Offer).then_some(&json),
        issuer_metadata: is(Kind::IssuerMetadata).then_some(&json),
        token_response: is(Kind::TokenResponse).then_some(&json),
        credential_response: is(Kind::CredentialResponse).then_some(&json),
        only_at_appended_location: false,
    };
    let ways = Traits::likely(&shown);
    assert!(!ways.is_empty() && ways.len() <= 3, "{ways:?}");
    fingerprint(&shown).sentence()
}

/// What a document of unknown kind is, by the members that only one kind has.
fn look(json: &Value) -> Kind {
    let has = |name: &str| json.get(name).is_some();
    if has("credential_issuer") && has("credential_endpoint") {
        Kind::IssuerMetadata
    } else if has("credential_issuer") && (has("grants") || has("credentials")) {
        Kind::Offer
    } else if has("access_token") {
        Kind::TokenResponse
    } else if ["credentials", "credential", "transaction_id"].into_iter().any(has) {
        Kind::CredentialResponse
    } else {
        Kind::Any
    }
}

/// Opens a text as each thing that it might be.
fn opened(text: &str) {
    if let Ok(opened) = SdJwt::open(text) {
        let _ = (opened.processed(), opened.vct(), opened.cnf_jwk(), opened.repeated_names());
    }
    if let Ok(opened) = Mdoc::open(text) {
        let _ = (opened.doc_type(), opened.claims(), opened.device_key_thumbprint());
    }
    let _ = JwtVc::open(text).map(|opened| opened.payload().len());
    let _ = StatusListToken::open(text).map(|opened| opened.list().map(|list| list.get(0)));
    let _ = status_claim(text);
    let _ = KeyProof::read(text).map(|proof| (proof.key().is_some(), proof.key_attestation()));
    let _ = KeyAttestation::read(text).map(|attestation| attestation.attested_keys().len());
}

/// Looks at JSON through each lens, whatever it is meant to be.
fn looked_at(json: &Value) {
    let modern = modernised(json);
    let metadata = IssuerMetadata::new(&modern);
    for (id, configuration) in metadata.configurations() {
        for draft in 11..=16 {
            let _ = Traits::of_draft(draft).asked(id, None, Some(configuration));
        }
        let _ = (configuration.vct(), configuration.types(), configuration.binding_methods());
    }
    let _ = (metadata.batch_size(), metadata.nonce_endpoint(), metadata.authorization_servers());
    let server = AsMetadata::new(json);
    let _ = (server.token_endpoint(), server.announces_dpop(), server.may_refresh());
    let offer = CredentialOffer::new(json);
    let _ = (offer.wants_a_code(), offer.pre_authorized_code(), offered_ids(json, &modern));
    let _ = asked_for(json, &modern);
    let token = TokenResponse::new(json);
    let _ = (token.is_dpop_bound(), token.credential_identifiers("pid"));
    let _ = CredentialRequest::new(json).jwt_proofs();
    CredentialResponse::new(json).credentials().into_iter().for_each(opened);
    let _ = Deferral::read(json).map(|deferral| deferral.seconds());
    let types = TypeMetadata::new(json);
    types.claims().for_each(|claim| drop(claim.path()));
}

#[expect(clippy::print_stderr, reason = "whoever runs the tests is to see what was not run")]
fn tell(says: &str) {
    eprintln!("{says}");
}
