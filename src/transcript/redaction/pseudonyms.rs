//! What the secrets of a run are called.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::claims;
use super::pins::Pins;
use super::scrubber::Pattern;

/// Shorter values of the user's own header fields, such as `true`, are not searched for: they
/// would be found everywhere.
const SEARCHABLE: usize = 8;

/// A sort of secret. Its name is the first half of a pseudonym.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Code,
    IssuerState,
    TxCode,
    Token,
    RefreshToken,
    Nonce,
    Challenge,
    DpopNonce,
    Proof,
    DpopProof,
    ClientSecret,
    ClientAssertion,
    Attestation,
    Authorization,
    /// A header field that the user gave; secret or not, it is nobody else's business.
    GivenField,
    Cookie,
    Credential,
    Transaction,
    Notification,
    /// An encrypted message.
    Encrypted,
    /// The private part of a key that opens encrypted messages.
    PrivateKey,
    Offer,
    /// An offer's URL: whoever has it has the code.
    OfferUri,
    /// No secret, but long, and opened beside the exchanges like every token.
    StatusList,
    /// Met where nothing says what it is.
    Jwt,
    /// A claim of a credential, with its placeholder.
    Claim(&'static str),
}

impl Kind {
    /// The first half of a pseudonym.
    fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::IssuerState => "issuer-state",
            Self::TxCode => "tx-code",
            Self::Token => "token",
            Self::RefreshToken => "refresh-token",
            Self::Nonce => "nonce",
            Self::Challenge => "challenge",
            Self::DpopNonce => "dpop-nonce",
            Self::Proof => "proof",
            Self::DpopProof => "dpop-proof",
            Self::ClientSecret => "client-secret",
            Self::ClientAssertion => "client-assertion",
            Self::Attestation => "attestation",
            Self::Authorization => "authorization",
            Self::GivenField => "header",
            Self::Cookie => "cookie",
            Self::Credential => "credential",
            Self::Transaction => "transaction",
            Self::Notification => "notification",
            Self::Encrypted => "encrypted",
            Self::PrivateKey => "private-key",
            Self::Offer => "offer",
            Self::OfferUri => "offer-uri",
            Self::StatusList => "status-list",
            Self::Jwt => "jwt",
            Self::Claim(placeholder) => placeholder,
        }
    }
}

/// Every secret, in the order in which they were met, with its pseudonym.
#[derive(Debug, Default)]
pub(super) struct Pseudonyms {
    names: HashMap<String, String>,
    /// The secrets in the order in which they were met.
    met: Vec<String>,
    counts: HashMap<Kind, usize>,
    /// Parts of secrets that are secret too.
    parts: Vec<(String, String)>,
    /// Claims of credentials and what stands for them.
    claims: HashMap<String, &'static str>,
    /// Transaction Codes that look like any other number.
    pins: Pins,
}

impl Pseudonyms {
    /// Takes note of a secret. A value met before keeps the name it was given then.
    pub(super) fn learn(&mut self, kind: Kind, value: &str) {
        let is_claim = matches!(kind, Kind::Claim(_)) && self.pins.knows(value);
        if value.is_empty() || self.names.contains_key(value) && !is_claim {
            return;
        }
        if kind == Kind::GivenField && value.chars().count() < SEARCHABLE {
            return;
        }
        if let Kind::Claim(placeholder) = kind {
            self.claims.insert(value.to_owned(), placeholder);
            return;
        }
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        let name = format!("{}#{count}", kind.name());
        let name = match kind {
            Kind::OfferUri => match self.learn_offer_uri(value, name) {
                Some(name) => name,
                None => return,
            },
            _ => name,
        };
        if kind == Kind::TxCode && Pins::is_one(value) {
            self.pins.learn(value, &name);
        }
        self.names.insert(value.to_owned(), name.clone());
        self.met.push(value.to_owned());
        match kind {
            Kind::Proof => {
                self.learn_nonce_in(value, Kind::Nonce);
                self.learn_attestation_in(value);
            }
            Kind::DpopProof => self.learn_nonce_in(value, Kind::DpopNonce),
            Kind::Authorization => self.learn_client_secret_in(value),
            Kind::Credential | Kind::Jwt => self.learn_credential_parts(value, &name),
            _ => {}
        }
        self.learn_jwt_parts(value, &name);
    }

    /// What stands for a secret; the bare name of its kind for one that was never learnt.
    pub(super) fn name(&self, kind: Kind, value: &str) -> String {
        match kind {
            // An offer's address that gives nothing away stays.
            Kind::OfferUri => self.names.get(value).map_or(value, String::as_str).to_owned(),
            _ => self.names.get(value).map_or(kind.name(), String::as_str).to_owned(),
        }
    }

    /// Every secret with what stands for it, in the order in which they were met.
    pub(super) fn met(&self) -> impl Iterator<Item = (&str, &str)> {
        self.met.iter().filter_map(|value| Some((value.as_str(), self.names.get(value)?.as_str())))
    }

    /// Forgets the claims that the issuer publishes anyway: its name and its types are no
    /// secret of a holder.
    pub(super) fn publish(&mut self, published: &str) {
        self.claims.retain(|claim, _| !published.contains(claim));
    }

    /// The Transaction Codes that look like any other number.
    pub(super) fn pins(&self) -> &Pins {
        &self.pins
    }

    /// What has to be replaced by what, Transaction Codes that look like any other number aside.
    pub(super) fn patterns(&self) -> Vec<Pattern> {
        let secrets = self
            .names
            .iter()
            .map(|(value, name)| (value.as_str(), name.as_str()))
            .filter(|(value, _)| !self.pins.knows(value))
            .chain(self.parts.iter().map(|(part, name)| (part.as_str(), name.as_str())))
            .map(|(value, name)| Pattern::secret(value, name));
        // A pseudonym stands for itself, lest a secret such as `token` be found inside it.
        let names = self.names.values().map(|name| Pattern::secret(name, name));
        let claims = self
            .claims
            .iter()
            .filter(|(claim, _)| !self.names.contains_key(*claim) || self.pins.knows(claim))
            .map(|(claim, placeholder)| Pattern::word(claim, placeholder));
        secrets.chain(names).chain(claims).collect()
    }

    /// The key attestation in the header of a key proof, a secret of its own.
    fn learn_attestation_in(&mut self, jwt: &str) {
        let header = jwt.split('.').next().and_then(claims::json);
        let attestation = header
            .as_ref()
            .and_then(|header| header.get("key_attestation"))
            .and_then(serde_json::Value::as_str);
        if let Some(attestation) = attestation {
            self.learn(Kind::Attestation, attestation);
        }
    }

    fn learn_nonce_in(&mut self, jwt: &str, kind: Kind) {
        let payload = jwt.split('.').nth(1).and_then(claims::json);
        if let Some(nonce) = payload
            .as_ref()
            .and_then(|payload| payload.get("nonce"))
            .and_then(serde_json::Value::as_str)
        {
            self.learn(kind, nonce);
        }
    }

    /// The secret in the credentials of the Basic scheme (RFC 7617).
    fn learn_client_secret_in(&mut self, credentials: &str) {
        let decoded =
            STANDARD.decode(credentials).ok().and_then(|octets| String::from_utf8(octets).ok());
        if let Some((_, secret)) = decoded.as_deref().and_then(|text| text.split_once(':')) {
            self.learn(Kind::ClientSecret, secret);
        }
    }

    /// Payload and signature: the header of a JWT is no secret and the same in many.
    fn learn_jwt_parts(&mut self, value: &str, name: &str) {
        let issued = value.split('~').next().unwrap_or(value);
        let parts: Vec<&str> = issued.split('.').collect();
        if let [_, payload, signature] = parts.as_slice() {
            for part in [payload, signature] {
                if part.len() >= 16 && URL_SAFE_NO_PAD.decode(part).is_ok() {
                    self.parts.push(((*part).to_owned(), name.to_owned()));
                }
            }
        }
    }

    fn learn_credential_parts(&mut self, credential: &str, name: &str) {
        for part in credential.split('~').filter(|part| part.len() >= 16) {
            if part != credential {
                self.parts.push((part.to_owned(), name.to_owned()));
            }
        }
        for (claim, placeholder) in claims::of(credential) {
            self.claims.insert(claim, placeholder);
        }
    }

    /// An offer's address keeps its origin, which reports argue with. The part of it that looks
    /// chosen by chance is a secret by itself; an address with no such part at all is none.
    fn learn_offer_uri(&mut self, value: &str, name: String) -> Option<String> {
        let Ok(url) = url::Url::parse(value) else {
            return Some(name);
        };
        if matches!(url.path(), "" | "/") && url.query().is_none() {
            return None;
        }
        let last = url.path_segments().and_then(|mut path| path.next_back());
        let chosen = last
            .map(str::to_owned)
            .into_iter()
            .chain(url.query_pairs().map(|(_, value)| value.into_owned()))
            .filter(|text| text.len() >= 8 && text.contains(|c: char| c.is_ascii_digit()));
        for text in chosen {
            self.parts.push((text, name.clone()));
        }
        Some(match url.origin() {
            url::Origin::Tuple(..) => format!("{}/{name}", url.origin().ascii_serialization()),
            url::Origin::Opaque(_) => name,
        })
    }
}
