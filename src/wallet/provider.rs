//! The provider of the simulated wallet, who vouches for its keys and for the wallet itself: a
//! root certificate, and below it the key that signs attestations. An issuer has to trust it
//! once, so a user keeps it in a file.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::jose::authority::{self, Span};
use crate::jose::{Certificate, JwtDraft, KeyError, PrivateKey, Signing, base64url};

/// How long the certificates of a provider are valid, in seconds: ten years.
const LIFE: i64 = 10 * 365 * 86_400;
/// How much earlier than made they are valid, for clocks that are behind, in seconds.
const EARLIER: i64 = 86_400;
/// The common name of the root.
const ROOT: &str = "vcispec wallet provider root";
/// The common name of the signer.
const SIGNER: &str = "vcispec wallet provider";
/// What `iss` of its attestations says.
const ISSUER: &str = "https://wallet-provider.vcispec.example";

/// A wallet provider with its signing key.
#[derive(Clone)]
pub struct WalletProvider {
    key: PrivateKey,
    certificate: Vec<u8>,
    root: Vec<u8>,
}

/// Why a text is no wallet provider.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected the keys of a wallet provider as vcispec writes them: {0}")]
pub struct ProviderError(String);

/// The written form. The key of the root is not kept: it has signed all that it will sign.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    signing_key: String,
    signing_certificate: String,
    root_certificate: String,
}

impl WalletProvider {
    /// A fresh one, whose root nobody trusts yet.
    ///
    /// # Errors
    /// [`KeyError`] if the system gives no randomness.
    pub fn generate() -> Result<Self, KeyError> {
        let now = Timestamp::now().as_second();
        let span = Span { from: now - EARLIER, until: now + LIFE };
        let (root_key, key) = (PrivateKey::generate()?, PrivateKey::generate()?);
        Ok(Self {
            certificate: authority::leaf(SIGNER, &key, (ROOT, &root_key), span)?,
            root: authority::root(ROOT, &root_key, span)?,
            key,
        })
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// [`ProviderError`] if it is not one, or its certificate is for another key.
    pub fn read(text: &str) -> Result<Self, ProviderError> {
        let wrong = |why: String| ProviderError(why);
        let written: Written =
            toml::from_str(text).map_err(|error| wrong(error.message().to_owned()))?;
        let key = base64url::decode(&written.signing_key).ok();
        let key = key.and_then(|octets| PrivateKey::from_bytes(&octets).ok());
        let key = key.ok_or_else(|| wrong("signing_key is no P-256 key".into()))?;
        let certificate =
            |text: &str| Certificate::from_base64(text).map_err(|error| wrong(error.to_string()));
        let own = certificate(&written.signing_certificate)?;
        let root = certificate(&written.root_certificate)?;
        if own.public_key().ok().map(|public| public.to_jwk()) != Some(key.public_jwk()) {
            return Err(wrong("signing_certificate is for another key".into()));
        }
        Ok(Self { key, certificate: own.der().to_vec(), root: root.der().to_vec() })
    }

    /// The written form, which is a secret.
    pub fn written(&self) -> String {
        let written = Written {
            signing_key: base64url::encode(self.key.to_bytes()),
            signing_certificate: STANDARD.encode(&self.certificate),
            root_certificate: STANDARD.encode(&self.root),
        };
        let table = toml::to_string(&written).unwrap_or_default();
        format!(
            "# The wallet provider of vcispec. Whoever can read this file can vouch for wallets in\n\
             # its name: issuers that trust it are test issuers.\n{table}"
        )
    }

    /// The root certificate as PEM, for issuers to trust.
    pub fn ca(&self) -> String {
        let encoded = STANDARD.encode(&self.root);
        let lines: Vec<&str> = encoded
            .as_bytes()
            .chunks(64)
            .map(|line| std::str::from_utf8(line).unwrap_or_default())
            .collect();
        format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
    }

    /// The signing key as a JWK Set, for issuers to trust.
    pub fn jwks(&self) -> Value {
        let mut jwk = self.key.public_jwk().to_value();
        jwk["kid"] = json!(self.key.thumbprint());
        jwk["use"] = json!("sig");
        jwk["alg"] = json!("ES256");
        jwk["x5c"] = json!([STANDARD.encode(&self.certificate)]);
        json!({ "keys": [jwk] })
    }

    /// A statement of this provider, still to be signed.
    pub(super) fn statement(&self, token_type: &str, mut claims: Map<String, Value>) -> JwtDraft {
        let mut all = Map::new();
        all.insert("iss".into(), json!(ISSUER));
        all.append(&mut claims);
        let mut draft = JwtDraft::new(token_type, &self.key, all);
        draft.header.insert("x5c".into(), json!([STANDARD.encode(&self.certificate)]));
        draft
    }

    /// The statement as a stranger would make it: certified under a root of the same name that
    /// nobody trusts.
    pub(super) fn by_a_stranger(statement: &mut JwtDraft) -> Result<(), KeyError> {
        let stranger = Self::generate()?;
        statement.header.insert("x5c".into(), json!([STANDARD.encode(&stranger.certificate)]));
        statement.sign_with(Signing::Key(stranger.key));
        Ok(())
    }

    /// The certificates of the signer with that of the root, base64.
    pub(super) fn chain_with_root(&self) -> Value {
        json!([STANDARD.encode(&self.certificate), STANDARD.encode(&self.root)])
    }

    /// A certificate over the signing key that the key signed itself, base64.
    pub(super) fn self_signed(&self) -> Result<Value, KeyError> {
        let now = Timestamp::now().as_second();
        let span = Span { from: now - EARLIER, until: now + EARLIER };
        Ok(json!([STANDARD.encode(authority::lone_leaf(SIGNER, &self.key, span)?)]))
    }
}

/// Shows which key it is, never the secret.
impl fmt::Debug for WalletProvider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "WalletProvider({:?})", self.key)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;
    use crate::jose::{ChainStanding, Jws, chain};

    #[test]
    fn what_is_written_is_read_and_stays_the_same() {
        let provider = WalletProvider::generate().unwrap();
        let again = WalletProvider::read(&provider.written()).unwrap();
        assert_eq!((again.ca(), again.jwks()), (provider.ca(), provider.jwks()));
        assert_eq!(again.key, provider.key);
        for text in ["", "signing_key = 1", &provider.written().replace("signing_key", "key")] {
            assert!(WalletProvider::read(text).is_err(), "{text}");
        }
        let other = WalletProvider::generate().unwrap();
        let key = base64url::encode(other.key.to_bytes());
        let own = base64url::encode(provider.key.to_bytes());
        let mixed = provider.written().replace(&own, &key);
        assert!(WalletProvider::read(&mixed).is_err_and(|error| error.0.contains("another key")));
    }

    #[test]
    fn a_statement_verifies_under_the_root_and_a_stranger_does_not() {
        let provider = WalletProvider::generate().unwrap();
        let anchors = Certificate::read_all(provider.ca().as_bytes()).unwrap();
        let mut statement = provider.statement("key-attestation+jwt", Map::new());
        let holds = |statement: &JwtDraft| {
            let jws = Jws::parse(&statement.compact()).unwrap();
            let certificates = chain::read_x5c(&jws.header()["x5c"]).unwrap();
            jws.verify(&certificates[0].public_key().unwrap()).unwrap();
            let report = chain::examine(&certificates, &anchors, Timestamp::now().as_second());
            matches!(report.standing(), ChainStanding::Anchored { .. })
        };
        assert!(holds(&statement));
        WalletProvider::by_a_stranger(&mut statement).unwrap();
        assert!(!holds(&statement));
    }

    #[test]
    fn public_forms_hold_no_secret() {
        let provider = WalletProvider::generate().unwrap();
        let secret = base64url::encode(provider.key.to_bytes());
        for text in [provider.ca(), provider.jwks().to_string(), format!("{provider:?}")] {
            assert!(!text.contains(&secret));
        }
    }
}
