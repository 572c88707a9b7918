//! The provider of the simulated wallet, who vouches for its keys and for the wallet itself: a
//! root certificate, and below it the keys that sign attestations, one for each algorithm. An
//! issuer has to trust it once, so a user keeps it in a file.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::jose::authority::{self, Span};
use crate::jose::{
    Certificate, JwtDraft, KeyError, PrivateKey, SignatureAlgorithm, Signing, base64url,
};

/// How long the certificates of a provider are valid, in seconds: ten years.
const LIFE: i64 = 10 * 365 * 86_400;
/// How much earlier than made they are valid, for clocks that are behind, in seconds.
const EARLIER: i64 = 86_400;
/// The common name of the root.
const ROOT: &str = "vcispec wallet provider root";
/// That of the root beside one whose key is lost.
const SECOND_ROOT: &str = "vcispec wallet provider second root";
/// The common name of the signer.
const SIGNER: &str = "vcispec wallet provider";
/// The serial number of the first signer's certificate; those of the others follow.
const FIRST_SERIAL: u32 = 2;
/// What the keys of a provider that follow from its first are for.
const PURPOSE: &str = "wallet provider";
/// What `iss` of its attestations says.
const ISSUER: &str = "https://wallet-provider.vcispec.example";

/// A wallet provider with its signing keys, that for ES256 first.
#[derive(Clone)]
pub struct WalletProvider {
    signers: Vec<Signer>,
}

/// A key of a provider, and the certificates from it upwards.
#[derive(Clone)]
struct Signer {
    key: PrivateKey,
    certificate: Vec<u8>,
    root: Vec<u8>,
}

/// Why a text is no wallet provider.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected the keys of a wallet provider as vcispec writes them: {0}")]
pub struct ProviderError(String);

/// The written form: the signer for ES256, from whose key the others follow, and so does that of
/// the root. Of a provider that is older than this rule, the key of the root is lost, and the other
/// signers are certified under a second one.
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
        let key = PrivateKey::generate()?;
        let root_key = root_key(&key)?;
        let certificate = authority::leaf((SIGNER, FIRST_SERIAL), &key, (ROOT, &root_key), span)?;
        let root = authority::root(ROOT, &root_key, span)?;
        Self::around(Signer { key, certificate, root }, (ROOT, &root_key), span)
    }

    /// The provider whose first signer is given, the others under the root with that key.
    fn around(
        first: Signer,
        (root_name, root_key): (&str, &PrivateKey),
        span: Span,
    ) -> Result<Self, KeyError> {
        let root = match root_name {
            ROOT => first.root.clone(),
            name => authority::root(name, root_key, span)?,
        };
        let own = first.key.clone();
        let mut signers = vec![first];
        let others = SignatureAlgorithm::ALL.into_iter().filter(|one| *one != own.algorithm());
        for (algorithm, serial) in others.zip(FIRST_SERIAL + 1..) {
            let key = own.derived(PURPOSE, algorithm)?;
            let certificate = authority::leaf((SIGNER, serial), &key, (root_name, root_key), span)?;
            signers.push(Signer { key, certificate, root: root.clone() });
        }
        Ok(Self { signers })
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
        let is_for = |certificate: &Certificate, key: &PrivateKey| {
            certificate.public_key().is_ok_and(|public| public.to_jwk() == key.public_jwk())
        };
        if !is_for(&own, &key) {
            return Err(wrong("signing_certificate is for another key".into()));
        }
        let completed = root_key(&key).and_then(|root_key| {
            let name = if is_for(&root, &root_key) { ROOT } else { SECOND_ROOT };
            let span = Span { from: root.not_before(), until: root.not_after() };
            let (certificate, root) = (own.der().to_vec(), root.der().to_vec());
            Self::around(Signer { key, certificate, root }, (name, &root_key), span)
        });
        completed.map_err(|error| wrong(error.to_string()))
    }

    /// The written form, which is a secret.
    pub fn written(&self) -> String {
        let Some(first) = self.signers.first() else { return String::new() };
        let written = Written {
            signing_key: base64url::encode(first.key.to_bytes()),
            signing_certificate: STANDARD.encode(&first.certificate),
            root_certificate: STANDARD.encode(&first.root),
        };
        let table = toml::to_string(&written).unwrap_or_default();
        format!(
            "# The wallet provider of vcispec. Whoever can read this file can vouch for wallets in\n\
             # its name: issuers that trust it are test issuers.\n{table}"
        )
    }

    /// The root certificate as PEM, for issuers to trust; two of them, where the signers have not
    /// the same.
    pub fn ca(&self) -> String {
        let mut roots: Vec<&[u8]> =
            self.signers.iter().map(|signer| signer.root.as_slice()).collect();
        roots.dedup();
        roots.into_iter().map(pem).collect()
    }

    /// The signing keys as a JWK Set, for issuers to trust.
    pub fn jwks(&self) -> Value {
        let keys = self.signers.iter().map(|signer| {
            let mut jwk = signer.key.public_jwk().to_value();
            jwk["kid"] = json!(signer.key.thumbprint());
            jwk["use"] = json!("sig");
            jwk["alg"] = json!(signer.key.algorithm().name());
            jwk["x5c"] = json!([STANDARD.encode(&signer.certificate)]);
            jwk
        });
        json!({ "keys": keys.collect::<Vec<Value>>() })
    }

    /// A statement of this provider by one of its keys, still to be signed.
    pub(super) fn statement(
        &self,
        algorithm: SignatureAlgorithm,
        token_type: &str,
        mut claims: Map<String, Value>,
    ) -> Result<JwtDraft, String> {
        let signer = self.signer(algorithm)?;
        let mut all = Map::new();
        all.insert("iss".into(), json!(ISSUER));
        all.append(&mut claims);
        let mut draft = JwtDraft::new(token_type, &signer.key, all);
        draft.header.insert("x5c".into(), json!([STANDARD.encode(&signer.certificate)]));
        Ok(draft)
    }

    /// The statement as this provider would sign it by another algorithm.
    pub(super) fn sign_by(
        &self,
        algorithm: SignatureAlgorithm,
        statement: &mut JwtDraft,
    ) -> Result<(), String> {
        let signer = self.signer(algorithm)?;
        statement.header.insert("x5c".into(), json!([STANDARD.encode(&signer.certificate)]));
        statement.sign_with(Signing::Key(signer.key.clone()));
        Ok(())
    }

    /// The statement as a stranger would make it: certified under a root of the same name that
    /// nobody trusts.
    pub(super) fn by_a_stranger(statement: &mut JwtDraft) -> Result<(), String> {
        let stranger = Self::generate().map_err(|error| error.to_string())?;
        stranger.sign_by(algorithm_of(statement)?, statement)
    }

    /// The certificates of whoever signs the statement with that of the root, base64.
    pub(super) fn chain_with_root(&self, statement: &JwtDraft) -> Result<Value, String> {
        let signer = self.signer(algorithm_of(statement)?)?;
        Ok(json!([STANDARD.encode(&signer.certificate), STANDARD.encode(&signer.root)]))
    }

    /// A certificate over the key that signs the statement, signed by that key itself, base64.
    pub(super) fn self_signed(&self, statement: &JwtDraft) -> Result<Value, String> {
        let signer = self.signer(algorithm_of(statement)?)?;
        let now = Timestamp::now().as_second();
        let span = Span { from: now - EARLIER, until: now + EARLIER };
        let certificate = authority::lone_leaf(SIGNER, &signer.key, span);
        Ok(json!([STANDARD.encode(certificate.map_err(|error| error.to_string())?)]))
    }

    fn signer(&self, algorithm: SignatureAlgorithm) -> Result<&Signer, String> {
        let signer = self.signers.iter().find(|signer| signer.key.algorithm() == algorithm);
        signer.ok_or_else(|| format!("the wallet provider has no key for {}", algorithm.name()))
    }
}

/// The key of the root that follows from the first signer's.
fn root_key(first: &PrivateKey) -> Result<PrivateKey, KeyError> {
    first.derived("wallet provider root", SignatureAlgorithm::Es256)
}

fn algorithm_of(statement: &JwtDraft) -> Result<SignatureAlgorithm, String> {
    let named = SignatureAlgorithm::named(statement.signing.algorithm());
    named.ok_or_else(|| "the attestation is not signed".to_owned())
}

fn pem(certificate: &[u8]) -> String {
    let encoded = STANDARD.encode(certificate);
    let lines: Vec<&str> = encoded
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap_or_default())
        .collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// Shows which keys they are, never the secrets.
impl fmt::Debug for WalletProvider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = self.signers.iter().map(|signer| &signer.key);
        formatter.debug_tuple("WalletProvider").field(&keys.collect::<Vec<_>>()).finish()
    }
}

#[cfg(test)]
mod tests;
