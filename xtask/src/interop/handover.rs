//! From an offer to a credential that somebody has looked at: the reference issuer is started, a third-party wallet
//! redeems an offer, a third-party verifier reads what it brings home.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::{npm, pip};
use crate::mint::{Offer, mint};
use crate::service::Service;
use crate::{Outcome, process, workspace};

/// As long as an issuance or a verification may take, the start of node or Python included.
const PATIENCE: Duration = Duration::from_secs(60);

/// Somebody else's wallet.
pub struct Wallet {
    /// What it is made of, and where that comes from.
    pub library: &'static str,
    /// The folder of the glue.
    folder: &'static str,
}

/// @openid4vc/openid4vci, which Credo stands on.
pub const OPENID4VC: Wallet =
    Wallet { library: "@openid4vc/openid4vci (npm)", folder: "openid4vc-ts" };
/// @sphereon/oid4vci-client.
pub const SPHEREON: Wallet =
    Wallet { library: "@sphereon/oid4vci-client (npm)", folder: "sphereon" };
/// @learncard/openid4vc-plugin.
pub const LEARNCARD: Wallet =
    Wallet { library: "@learncard/openid4vc-plugin (npm)", folder: "learncard" };

/// A library that verifies credentials.
#[derive(Clone, Copy)]
pub enum Witness {
    /// From npm: the packages, and what `verify.mjs` calls them.
    Npm(&'static str, &'static str),
    /// From PyPI: the package, and what `verify.py` calls it.
    PyPi(&'static str, &'static str),
}

/// A running issuer, and what a wallet got of it.
pub struct Home {
    /// The issuer.
    pub issuer: Service,
    /// What was redeemed.
    pub offer: Offer,
    /// What the wallet printed: credentials, and the keys that they should be bound to.
    handed: String,
}

/// What is read here of what a wallet prints.
#[derive(Deserialize)]
pub struct Told {
    /// `Bearer` or `DPoP`.
    pub token_type: String,
    /// Each as it came.
    pub credentials: Vec<Value>,
}

impl Wallet {
    /// Installs what the wallet is made of, unless that was done.
    pub fn install(&self) -> Outcome {
        npm::install_in(&self.glue())
    }

    /// Has the wallet redeem an offer of an issuer that is served like this.
    pub fn redeem(
        &self,
        program: &Path,
        served: &[&str],
        wanted: &Value,
        arguments: &[&str],
    ) -> Outcome<Home> {
        let mut serve = Command::new(program);
        serve.args(["serve", "--json"]).args(served);
        let issuer = Service::start(serve)?;
        let offer = mint(&issuer.greeting.management_url, wanted)?;
        let mut wallet = Command::new("node");
        wallet.arg(self.glue().join("wallet.mjs")).arg(&offer.credential_offer_uri).args(arguments);
        if let Some(code) = &offer.tx_code_value {
            wallet.args(["--tx-code", code]);
        }
        if let Some(certificate) = &issuer.greeting.ca_certificate {
            let file = workspace::scratch("interop")?.join("authority.pem");
            fs::write(&file, certificate)?;
            wallet.env("NODE_EXTRA_CA_CERTS", file);
        }
        let ended = process::run(wallet, PATIENCE)?;
        if !ended.status.success() {
            let told = format!("{}{}", ended.stdout, ended.stderr);
            return Err(format!("the wallet came home without: {}", told.trim()).into());
        }
        Ok(Home { issuer, offer, handed: ended.stdout })
    }

    fn glue(&self) -> PathBuf {
        workspace::root().join("tests/interop").join(self.folder)
    }
}

impl Home {
    /// What the wallet says of it.
    pub fn told(&self) -> Outcome<Told> {
        Ok(serde_json::from_str(&self.handed)?)
    }

    /// What a verifier says of it: `{"verified": […]}` or `{"error"}`.
    pub fn shown_to(&self, witness: Witness) -> Outcome<Value> {
        let handed = workspace::scratch("interop")?.join("handed.json");
        fs::write(&handed, &self.handed)?;
        let mut program = witness.program()?;
        let Some(anchor) = self.issuer.greeting.trust_anchor.as_deref() else {
            return Err("the issuer names no trust anchor".into());
        };
        program.env("TRUST_ANCHOR", anchor);
        if let Some(certificate) = &self.issuer.greeting.ca_certificate {
            let file = workspace::scratch("interop")?.join("authority.pem");
            fs::write(&file, certificate)?;
            program.env("NODE_EXTRA_CA_CERTS", file);
        }
        let told = process::run_on(program, File::open(&handed)?, PATIENCE)?;
        serde_json::from_str(&told.stdout)
            .map_err(|error| format!("{error}: {}{}", told.stdout, told.stderr).into())
    }
}

impl Witness {
    /// What it is called where it comes from.
    pub fn library(self) -> String {
        match self {
            Self::Npm(package, _) => format!("{package} (npm)"),
            Self::PyPi(package, _) => format!("{package} (PyPI)"),
        }
    }

    /// Installs the verifiers from npm, unless that was done.
    pub fn install() -> Outcome {
        npm::install_in(&verifiers())
    }

    fn program(self) -> Outcome<Command> {
        let (mut command, script, called) = match self {
            Self::Npm(_, called) => (Command::new("node"), "verify.mjs", called),
            Self::PyPi(_, called) => {
                (pip::python(&verifiers().join("requirements.txt"))?, "verify.py", called)
            }
        };
        command.arg(verifiers().join(script)).arg(called);
        Ok(command)
    }
}

/// Where the glue of the verifiers is.
fn verifiers() -> PathBuf {
    workspace::root().join("tests/interop/verifiers")
}

/// What there is to say against what a verifier told, which should have these members for every credential; or be a
/// complaint, if a text is expected.
pub fn complaint(expected: &Value, told: &Value) -> Option<String> {
    match (expected, told.get("error").and_then(Value::as_str)) {
        (Value::String(words), Some(error)) if error.contains(words) => None,
        (Value::String(words), Some(error)) => {
            Some(format!("expected a complaint of {words:?}, got {error}"))
        }
        (Value::String(words), None) => Some(format!("expected a complaint of {words:?}")),
        (_, Some(error)) => Some(error.to_owned()),
        (expected, None) => {
            let credentials = told.get("verified").and_then(Value::as_array)?;
            credentials.iter().find_map(|credential| difference(expected, credential))
        }
    }
}

/// The first member that is not as expected.
fn difference(expected: &Value, told: &Value) -> Option<String> {
    let (name, value) =
        expected.as_object()?.iter().find(|(name, value)| told.get(name) != Some(value))?;
    let told = told.get(name).unwrap_or(&Value::Null);
    Some(format!("expected {name} {value}, got {told}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_witness_has_to_tell_what_is_expected_of_every_credential() {
        let told = json!({"verified": [{"status": 0}, {"status": 1}]});
        assert_eq!(
            complaint(&json!({"status": 0}), &told),
            Some("expected status 0, got 1".into())
        );
        assert_eq!(complaint(&json!({}), &told), None);
        assert_eq!(complaint(&json!({}), &json!({"error": "no"})), Some("no".into()));
    }

    #[test]
    fn a_complaint_can_be_what_is_expected() {
        let expected = json!("the status is 1");
        assert_eq!(complaint(&expected, &json!({"error": "the status is 1"})), None);
        let words = complaint(&expected, &json!({"error": "the status is 2"}));
        assert!(words.is_some_and(|words| words.ends_with("got the status is 2")));
        assert!(complaint(&expected, &json!({"verified": []})).is_some());
    }
}
