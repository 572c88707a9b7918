//! What a wallet provider promises to those who keep it, and to those who trust it.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use super::*;
use crate::jose::{ChainStanding, Jws, chain};

fn first(provider: &WalletProvider) -> &Signer {
    provider.signers.first().unwrap()
}

/// Whether a statement verifies under one of the roots.
fn holds(statement: &JwtDraft, provider: &WalletProvider) -> bool {
    let anchors = Certificate::read_all(provider.ca().as_bytes()).unwrap();
    let jws = Jws::parse(&statement.compact()).unwrap();
    let certificates = chain::read_x5c(&jws.header()["x5c"]).unwrap();
    jws.verify(&certificates[0].public_key().unwrap()).unwrap();
    let report = chain::examine(&certificates, &anchors, Timestamp::now().as_second());
    matches!(report.standing(), ChainStanding::Anchored { .. })
}

#[test]
fn what_is_written_is_read_and_stays_the_same() {
    let provider = WalletProvider::generate().unwrap();
    let again = WalletProvider::read(&provider.written()).unwrap();
    assert_eq!((again.ca(), again.jwks()), (provider.ca(), provider.jwks()));
    assert_eq!(again.written(), provider.written());
    assert_eq!(Certificate::read_all(provider.ca().as_bytes()).unwrap().len(), 1);
    for text in ["", "signing_key = 1", &provider.written().replace("signing_key", "key")] {
        assert!(WalletProvider::read(text).is_err(), "{text}");
    }
    let other = WalletProvider::generate().unwrap();
    let key = base64url::encode(first(&other).key.to_bytes());
    let own = base64url::encode(first(&provider).key.to_bytes());
    let mixed = provider.written().replace(&own, &key);
    assert!(WalletProvider::read(&mixed).is_err_and(|error| error.0.contains("another key")));
}

#[test]
fn one_whose_root_has_lost_its_key_goes_on_and_gets_a_second_root() {
    let now = Timestamp::now().as_second();
    let span = Span { from: now - EARLIER, until: now + LIFE };
    let (lost, key) = (PrivateKey::generate().unwrap(), PrivateKey::generate().unwrap());
    let certificate = authority::leaf((SIGNER, FIRST_SERIAL), &key, (ROOT, &lost), span).unwrap();
    let root = authority::root(ROOT, &lost, span).unwrap();
    let old = Signer { key, certificate, root: root.clone() };
    let written = WalletProvider { signers: vec![old.clone()] }.written();

    let read = WalletProvider::read(&written).unwrap();
    assert_eq!(read.jwks()["keys"][0]["kid"], json!(old.key.thumbprint()));
    assert!(read.ca().starts_with(&pem(&root)));
    assert_eq!(Certificate::read_all(read.ca().as_bytes()).unwrap().len(), 2);
    assert_eq!(read.written(), written);
    let again = WalletProvider::read(&written).unwrap();
    assert_eq!((again.ca(), again.jwks()), (read.ca(), read.jwks()));
    for algorithm in SignatureAlgorithm::ALL {
        assert!(holds(&read.statement(algorithm, "any", Map::new()).unwrap(), &again));
    }
}

#[test]
fn a_statement_by_any_algorithm_verifies_under_the_root_and_a_stranger_does_not() {
    let provider = WalletProvider::generate().unwrap();
    for algorithm in SignatureAlgorithm::ALL {
        let mut statement =
            provider.statement(algorithm, "key-attestation+jwt", Map::new()).unwrap();
        assert_eq!(statement.header["alg"], algorithm.name());
        assert!(holds(&statement, &provider));
        WalletProvider::by_a_stranger(&mut statement).unwrap();
        assert_eq!(statement.header["alg"], algorithm.name());
        assert!(!holds(&statement, &provider));
    }
}

#[test]
fn the_key_set_has_a_key_for_each_algorithm() {
    let jwks = WalletProvider::generate().unwrap().jwks();
    let keys = jwks["keys"].as_array().unwrap();
    let named: Vec<&str> = keys.iter().map(|key| key["alg"].as_str().unwrap()).collect();
    assert_eq!(named, SignatureAlgorithm::ALL.map(SignatureAlgorithm::name));
}

#[test]
fn public_forms_hold_no_secret() {
    let provider = WalletProvider::generate().unwrap();
    for signer in &provider.signers {
        let secret = base64url::encode(signer.key.to_bytes());
        for text in [provider.ca(), provider.jwks().to_string(), format!("{provider:?}")] {
            assert!(!text.contains(&secret));
        }
    }
}
