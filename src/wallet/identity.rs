//! Who a simulated wallet is: who vouches for it, and how it shows to the authorization server
//! which client it is.

use std::fmt;
use std::sync::OnceLock;

use super::WalletProvider;
use crate::jose::{KeyError, PrivateKey};
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

/// The key that a client is registered with.
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
    client_key: Option<ClientKey>,
    instance_key: OnceLock<Option<PrivateKey>>,
    open: Open,
    provider: OnceLock<Result<WalletProvider, String>>,
}

impl Identity {
    /// A client that authenticates like this. `open` is called once, when somebody first has to
    /// vouch for it.
    pub fn new(
        authentication: Authentication,
        client_key: Option<ClientKey>,
        open: impl Fn() -> Result<WalletProvider, String> + Send + Sync + 'static,
    ) -> Self {
        Self {
            authentication,
            client_key,
            instance_key: OnceLock::new(),
            open: Box::new(open),
            provider: OnceLock::new(),
        }
    }

    /// One that nobody knows, for a single run.
    pub fn fleeting() -> Self {
        let open = || WalletProvider::generate().map_err(|error| error.to_string());
        Self::new(Authentication::Announced, None, open)
    }

    /// One whose provider is known.
    pub fn of(provider: WalletProvider, client_key: Option<ClientKey>) -> Self {
        Self::new(Authentication::Announced, client_key, move || Ok(provider.clone()))
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
                if self.client_key.is_some() && server.lists_authentication(PRIVATE_KEY_JWT) =>
            {
                Authentication::PrivateKeyJwt
            }
            Authentication::Announced => Authentication::None,
            chosen => chosen,
        }
    }

    /// The key that the client is registered with.
    pub(super) fn client_key(&self) -> Option<&ClientKey> {
        self.client_key.as_ref()
    }

    /// The key of this installation of the wallet, which attestations of it name.
    pub(super) fn instance_key(&self) -> Result<&PrivateKey, String> {
        let made = self.instance_key.get_or_init(|| PrivateKey::generate().ok());
        made.as_ref().ok_or_else(|| KeyError::NoPrivateKey("no randomness".into()).to_string())
    }
}

/// Shows what is known of it, never a secret.
impl fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Identity")
            .field("authentication", &self.authentication)
            .field("client_key", &self.client_key)
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
            (without, Identity::of(provider, Some(key)).method(AsMetadata::new(&metadata)))
        };
        let none = Authentication::None;
        use Authentication::{Attestation, PrivateKeyJwt};
        assert_eq!(listing(&[]), (none, none));
        assert_eq!(listing(&["attest_jwt_client_auth", "none"]), (none, none));
        assert_eq!(listing(&["attest_jwt_client_auth"]), (Attestation, Attestation));
        assert_eq!(listing(&["private_key_jwt"]), (none, PrivateKeyJwt));
        let metadata = json!({ "token_endpoint_auth_methods_supported": ["none"] });
        let told = Identity::new(Attestation, None, || Err("nobody".into()));
        assert_eq!(told.method(AsMetadata::new(&metadata)), Attestation);
        assert_eq!(told.provider().unwrap_err(), "nobody");
    }
}
