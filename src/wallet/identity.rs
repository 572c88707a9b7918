//! Who a simulated wallet is: who vouches for it, and how it shows to the authorization server
//! which client it is.

use std::fmt;
use std::sync::OnceLock;

use super::WalletProvider;
use crate::jose::{KeyError, PrivateKey, SignatureAlgorithm};
use crate::protocol::{ATTEST_JWT_CLIENT_AUTH, AsMetadata, PRIVATE_KEY_JWT};

/// How a client authenticates at the authorization server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Authentication {
    /// As the metadata ask for: not at all where `none` is listed or nothing is, else by an
    /// attestation, else by an assertion where there is a registered key.
    #[default]
    Announced,
    /// Not at all.
    None,
    /// By a JWT that it signs with its registered key (`private_key_jwt`).
    PrivateKeyJwt,
    /// By an attestation of its provider, with a proof of possession.
    Attestation,
}

/// A key that a client is registered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientKey {
    /// The key.
    pub key: PrivateKey,
    /// What its JWK is called at the authorization server.
    pub kid: Option<String>,
}

/// Reads or makes a wallet provider, or says why there is none.
type Open = Box<dyn Fn() -> Result<WalletProvider, String> + Send + Sync>;

/// The identity that all wallets of a run share.
pub struct Identity {
    authentication: Authentication,
    client_keys: Vec<ClientKey>,
    instance_keys: [OnceLock<Option<PrivateKey>>; SignatureAlgorithm::ALL.len()],
    open: Open,
    provider: OnceLock<Result<WalletProvider, String>>,
}

impl Identity {
    /// A client that authenticates like this. `open` is called once, when somebody first has to
    /// vouch for it.
    pub fn new(
        authentication: Authentication,
        client_keys: Vec<ClientKey>,
        open: impl Fn() -> Result<WalletProvider, String> + Send + Sync + 'static,
    ) -> Self {
        Self {
            authentication,
            client_keys,
            instance_keys: Default::default(),
            open: Box::new(open),
            provider: OnceLock::new(),
        }
    }

    /// One that nobody knows, for a single run.
    pub fn fleeting() -> Self {
        let open = || WalletProvider::generate().map_err(|error| error.to_string());
        Self::new(Authentication::Announced, Vec::new(), open)
    }

    /// One whose provider is known.
    pub fn of(provider: WalletProvider, client_keys: Vec<ClientKey>) -> Self {
        Self::new(Authentication::Announced, client_keys, move || Ok(provider.clone()))
    }

    /// Who vouches for the wallet.
    ///
    /// # Errors
    /// The reason why nobody does.
    pub fn provider(&self) -> Result<&WalletProvider, String> {
        self.provider.get_or_init(|| (self.open)()).as_ref().map_err(Clone::clone)
    }

    /// Whether somebody had to vouch for it so far.
    pub(super) fn vouches(&self) -> bool {
        matches!(self.provider.get(), Some(Ok(_)))
    }

    /// How it authenticates at a server with these metadata. Never [`Authentication::Announced`].
    pub fn method(&self, server: AsMetadata<'_>) -> Authentication {
        match self.authentication {
            Authentication::Announced if server.lists_authentication("none") => {
                Authentication::None
            }
            Authentication::Announced if server.lists_authentication(ATTEST_JWT_CLIENT_AUTH) => {
                Authentication::Attestation
            }
            Authentication::Announced
                if !self.client_keys.is_empty() && server.lists_authentication(PRIVATE_KEY_JWT) =>
            {
                Authentication::PrivateKeyJwt
            }
            Authentication::Announced => Authentication::None,
            chosen => chosen,
        }
    }

    /// Whether the client is registered with a key.
    pub(super) fn is_registered(&self) -> bool {
        !self.client_keys.is_empty()
    }

    /// The key that the client is registered with, for the first of these algorithms for which there
    /// is one.
    pub(super) fn client_key(
        &self,
        algorithms: impl IntoIterator<Item = SignatureAlgorithm>,
    ) -> Option<ClientKey> {
        algorithms.into_iter().find_map(|algorithm| {
            self.client_keys.iter().find_map(|registered| {
                let key = registered.key.for_algorithm(algorithm)?;
                Some(ClientKey { key, kid: registered.kid.clone() })
            })
        })
    }

    /// The key for an algorithm of this installation of the wallet, which attestations of it name.
    pub(super) fn instance_key(
        &self,
        algorithm: SignatureAlgorithm,
    ) -> Result<&PrivateKey, String> {
        let mut places = SignatureAlgorithm::ALL.into_iter().zip(&self.instance_keys);
        let place = places.find(|(own, _)| *own == algorithm).map(|(_, place)| place);
        let made = place.and_then(|place| {
            place.get_or_init(|| PrivateKey::generate_for(algorithm).ok()).as_ref()
        });
        made.ok_or_else(|| KeyError::NoPrivateKey("no randomness".into()).to_string())
    }
}

/// Shows what is known of it, never a secret.
impl fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Identity")
            .field("authentication", &self.authentication)
            .field("client_keys", &self.client_keys)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use serde_json::json;

    use super::*;

    #[test]
    fn what_the_server_asks_for_is_done_unless_told_otherwise() {
        let listing = |methods: &[&str]| {
            let metadata = json!({ "token_endpoint_auth_methods_supported": methods });
            let key = ClientKey { key: PrivateKey::generate().unwrap(), kid: None };
            let without = Identity::fleeting().method(AsMetadata::new(&metadata));
            let provider = WalletProvider::generate().unwrap();
            (without, Identity::of(provider, vec![key]).method(AsMetadata::new(&metadata)))
        };
        let none = Authentication::None;
        use Authentication::{Attestation, PrivateKeyJwt};
        assert_eq!(listing(&[]), (none, none));
        assert_eq!(listing(&["attest_jwt_client_auth", "none"]), (none, none));
        assert_eq!(listing(&["attest_jwt_client_auth"]), (Attestation, Attestation));
        assert_eq!(listing(&["private_key_jwt"]), (none, PrivateKeyJwt));
        let metadata = json!({ "token_endpoint_auth_methods_supported": ["none"] });
        let told = Identity::new(Attestation, Vec::new(), || Err("nobody".into()));
        assert_eq!(told.method(AsMetadata::new(&metadata)), Attestation);
        assert_eq!(told.provider().unwrap_err(), "nobody");
    }

    #[test]
    fn of_the_registered_keys_the_first_that_fits_is_taken() {
        use SignatureAlgorithm::{Ed25519, EdDsa, Es256, Es384};
        let keys = [Es384, EdDsa].map(|algorithm| ClientKey {
            key: PrivateKey::generate_for(algorithm).unwrap(),
            kid: Some(algorithm.name().to_owned()),
        });
        let identity = Identity::new(Authentication::Announced, keys.to_vec(), || Err("".into()));
        assert_eq!(identity.client_key([Es256, Es384]), Some(keys[0].clone()));
        assert_eq!(identity.client_key([EdDsa, Es384]), Some(keys[1].clone()));
        let renamed = identity.client_key([Ed25519]).unwrap();
        assert_eq!(renamed.key.algorithm(), Ed25519);
        assert_eq!(renamed.kid.as_deref(), Some("EdDSA"));
        assert_eq!(identity.client_key([Es256]), None);
        let key = |algorithm| identity.instance_key(algorithm).unwrap();
        assert_eq!(key(Es384), key(Es384));
        assert_eq!(key(Ed25519).algorithm(), Ed25519);
    }
}
