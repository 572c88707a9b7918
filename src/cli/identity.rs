//! Who the wallet of a command is: its provider from a file, made where there is none, and the key
//! that it is registered with.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::atomically::{self, Readers};
use super::configuration::{self, Client, Configuration};
use super::{CliError, terminal};
use crate::jose::PrivateKey;
use crate::wallet::{Authentication, ClientKey, Identity, WalletProvider};

/// The identity that the arguments and the configuration mean; arguments outrank it. The file of
/// the provider is touched only when somebody first has to vouch for the wallet.
pub fn from(
    provider: Option<&Path>,
    configuration: Option<&Configuration>,
) -> Result<Identity, CliError> {
    let client = configuration.and_then(|configuration| configuration.client.as_ref());
    called(path(provider, configuration), client)
}

/// The identity of this client, where it is one, with the provider that is kept there.
pub fn called(
    provider: Result<PathBuf, String>,
    client: Option<&Client>,
) -> Result<Identity, CliError> {
    let authentication = match client.and_then(|client| client.authentication) {
        None => Authentication::Announced,
        Some(configuration::Authentication::None) => Authentication::None,
        Some(configuration::Authentication::PrivateKeyJwt) => Authentication::PrivateKeyJwt,
        Some(configuration::Authentication::Attestation) => Authentication::Attestation,
    };
    let keys = client.and_then(|client: &Client| client.key.as_deref()).map(registered);
    Ok(Identity::new(authentication, keys.transpose()?.unwrap_or_default(), move || {
        kept(provider.as_deref().map_err(Clone::clone)?)
    }))
}

/// Where the provider is kept.
pub fn path(
    given: Option<&Path>,
    configuration: Option<&Configuration>,
) -> Result<PathBuf, String> {
    let configured = || configuration.and_then(|one| one.wallet_provider.key.clone());
    if let Some(path) = given.map(Path::to_owned).or_else(configured) {
        return Ok(path);
    }
    let variable =
        |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let folder =
        variable("XDG_CONFIG_HOME").or_else(|| Some(variable("HOME")?.join(".config"))).ok_or(
            "there is no home directory to keep a wallet provider in: add --wallet-provider FILE",
        )?;
    Ok(folder.join("vcispec").join("wallet-provider.toml"))
}

/// The provider in that file, or a fresh one that is written there.
pub fn kept(path: &Path) -> Result<WalletProvider, String> {
    let failed = |what: &str, why: String| format!("{} {what}: {why}", path.display());
    match std::fs::read_to_string(path) {
        Ok(text) => {
            WalletProvider::read(&text).map_err(|error| failed("is no provider", error.to_string()))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let made = WalletProvider::generate().map_err(|error| error.to_string())?;
            let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
            folder
                .and_then(|()| atomically::write(path, made.written().as_bytes(), Readers::Owner))
                .map_err(|error| failed("could not be written", error.to_string()))?;
            terminal::remark(&format!(
                "A wallet provider was made: {}. An issuer that asks for attestations has to trust \
                 it: vcispec wallet-provider ca, or jwks.",
                path.display()
            ));
            Ok(made)
        }
        Err(error) => Err(failed("could not be read", error.to_string())),
    }
}

/// The keys in a file with a private JWK, or with several in a JWK Set.
fn registered(path: &Path) -> Result<Vec<ClientKey>, CliError> {
    let wrong = || {
        CliError::Usage(format!(
            "expected a private JWK, or a JWK Set of them, with crv P-256, P-384 or Ed25519 and d in {}",
            path.display()
        ))
    };
    let text = super::plan::read(path)?;
    let jwk: Value = serde_json::from_str(&text).map_err(|_| wrong())?;
    let jwks = match jwk.get("keys").and_then(Value::as_array) {
        Some(keys) => keys.iter().collect(),
        None => vec![&jwk],
    };
    let key = |jwk: &Value| {
        let key = PrivateKey::from_private_jwk(jwk.as_object()?).ok()?;
        let kid = jwk.get("kid").and_then(Value::as_str).map(str::to_owned);
        Some(ClientKey { key, kid })
    };
    let keys: Option<Vec<ClientKey>> = jwks.into_iter().map(key).collect();
    keys.filter(|keys| !keys.is_empty()).ok_or_else(wrong)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::jose::SignatureAlgorithm;

    #[test]
    fn a_provider_is_made_once_and_kept_from_others() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("below").join("provider.toml");
        let made = kept(&path).unwrap();
        assert_eq!(kept(&path).unwrap().ca(), made.ca());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        std::fs::write(&path, "key = 1").unwrap();
        assert!(kept(&path).is_err_and(|why| why.contains("is no provider")));
    }

    #[test]
    fn a_registered_key_is_a_private_jwk() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.json");
        let key = PrivateKey::generate().unwrap();
        let mut jwk = Value::Object(key.private_jwk());
        jwk["kid"] = "one".into();
        std::fs::write(&path, jwk.to_string()).unwrap();
        let read = registered(&path).unwrap();
        assert_eq!(read, [ClientKey { key, kid: Some("one".into()) }]);
        let other = PrivateKey::generate_for(SignatureAlgorithm::Es384).unwrap();
        let set = serde_json::json!({ "keys": [jwk, other.private_jwk()] });
        std::fs::write(&path, set.to_string()).unwrap();
        assert_eq!(registered(&path).unwrap()[1], ClientKey { key: other, kid: None });
        for wrong in ["{}", r#"{"keys":[]}"#, r#"{"kty":"RSA"}"#] {
            std::fs::write(&path, wrong).unwrap();
            assert!(registered(&path).is_err(), "{wrong}");
        }
    }
}
