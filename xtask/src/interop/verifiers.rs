//! What the reference issuer issues is verified by libraries that nobody here wrote, and the same libraries find fault
//! with it when the issuer is told to misbehave: a witness that cannot say no proves nothing.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use super::{npm, pip};
use crate::mint::{mint, set_status};
use crate::service::Service;
use crate::{Outcome, process, workspace};

/// As long as an issuance or a verification may take, the start of node or Python included.
const PATIENCE: Duration = Duration::from_secs(60);

/// One kind of credential, and somebody to verify it.
pub struct Case {
    /// As OpenID4VCI Appendix A names it.
    pub format: &'static str,
    /// What is verified.
    pub says: &'static str,
    /// By whom.
    pub witness: Witness,
    /// The configuration of the reference issuer.
    pub configuration: &'static str,
    credential: &'static str,
    wallet: &'static [&'static str],
    /// What the issuer says of it between issuance and verification.
    status: Option<&'static str>,
    /// What the witness should tell of every credential; or say against it, if that is a text.
    tells: fn() -> Value,
    /// Faults of the issuer, and words of what the witness says then.
    pub caught: &'static [(&'static str, &'static str)],
}

/// A library that verifies credentials.
#[derive(Clone, Copy)]
pub enum Witness {
    /// From npm: the packages, and what `verify.mjs` calls them.
    Npm(&'static str, &'static str),
    /// From PyPI: the package, and what `verify.py` calls it.
    PyPi(&'static str, &'static str),
}

const SD_JWT_VC: Witness = Witness::Npm("@sd-jwt/sd-jwt-vc", "sd-jwt-vc");
const STATUS_LIST: Witness =
    Witness::Npm("@sd-jwt/sd-jwt-vc with @sd-jwt/jwt-status-list", "sd-jwt-vc");
const SD_JWT: Witness = Witness::PyPi("sd-jwt", "sd-jwt");
const MDL: Witness = Witness::Npm("@auth0/mdl", "mdl");
const PYMDOCCBOR: Witness = Witness::PyPi("pymdoccbor", "pymdoccbor");
const DID_JWT_VC: Witness = Witness::Npm("did-jwt-vc with web-did-resolver", "did-jwt-vc");
const JOSE: Witness = Witness::Npm("jose", "jose");

/// Every case.
pub const CASES: &[Case] = &[
    Case {
        format: "dc+sd-jwt",
        says: "nested, recursive and array disclosures among decoys, SHA-384, type metadata that extend others",
        witness: SD_JWT_VC,
        configuration: "types",
        credential: "pid",
        wallet: &["--batch", "3"],
        status: None,
        tells: || {
            json!({
                "claims": [
                    "address", "cnf", "exp", "family_name", "given_name", "household", "iat", "iss",
                    "issuing_authority", "nationalities", "vct", "vct#integrity"
                ],
                "hash": "sha-384", "key": "x5c", "disclosures": 19, "layers": 2
            })
        },
        caught: &[
            ("credential-signature-broken", "Invalid JWT Signature"),
            ("credential-under-a-stranger", "nobody who is trusted"),
            ("credential-expired", "expired"),
            ("credential-unbound", "cnf"),
            ("hash-of-another-name", "expected claims"),
            ("inner-digest-broken", "expected claims"),
            ("vct-integrity-of-another", "Integrity checksum failed"),
            ("extends-integrity-of-another", "Integrity checksum failed"),
        ],
    },
    Case {
        format: "dc+sd-jwt",
        says: "the key by JWT VC Issuer Metadata",
        witness: SD_JWT_VC,
        configuration: "plain",
        credential: "diploma",
        wallet: &[],
        status: None,
        tells: || json!({"key": "jwt-vc-issuer", "hash": "sha-256"}),
        caught: &[("credential-typ-vc-sd-jwt", "typ is vc+sd-jwt")],
    },
    Case {
        format: "dc+sd-jwt",
        says: "every disclosure, and a presentation bound to the holder's key",
        witness: SD_JWT,
        configuration: "default",
        credential: "pid",
        wallet: &["--batch", "2"],
        status: None,
        tells: || {
            json!({
                "claims": [
                    "address", "age_over_18", "birthdate", "cnf", "exp", "family_name", "given_name",
                    "iat", "iss", "nationalities", "place_of_birth", "vct"
                ]
            })
        },
        caught: &[
            ("credential-signature-broken", "Verification failed"),
            ("digest-repeated", "Duplicate hash"),
            ("credential-unbound", "No holder public key"),
            ("credential-expired", "not valid now"),
        ],
    },
    Case {
        format: "dc+sd-jwt",
        says: "an entry in a status list that says it is valid",
        witness: STATUS_LIST,
        configuration: "status",
        credential: "pid",
        wallet: &["--batch", "2"],
        status: None,
        tells: || json!({"status": 0}),
        caught: &[
            ("status-list-all-invalid", "the status is 1"),
            ("status-list-signature-broken", "Invalid JWT Signature"),
            ("status-list-expired", "expired"),
            ("status-list-bare-deflate", "Decompression failed"),
            ("status-list-typ-jwt", "expected a status list"),
            ("status-index-beyond-the-end", "out of bounds"),
        ],
    },
    Case {
        format: "dc+sd-jwt",
        says: "revoked, and the list shows it",
        witness: STATUS_LIST,
        configuration: "status",
        credential: "pid",
        wallet: &[],
        status: Some("invalid"),
        tells: || json!("the status is 1"),
        caught: &[
            ("status-revocation-never-shows", "expected a complaint"),
            ("status-bits-from-the-top", "expected a complaint"),
        ],
    },
    Case {
        format: "dc+sd-jwt",
        says: "suspended, in two bits",
        witness: STATUS_LIST,
        configuration: "status",
        credential: "pid",
        wallet: &[],
        status: Some("suspended"),
        tells: || json!("the status is 2"),
        caught: &[("status-suspended-as-revoked", "expected a complaint")],
    },
    Case {
        format: "mso_mdoc",
        says: "a driving licence, and its presentation under the device key",
        witness: MDL,
        configuration: "mdoc",
        credential: "mdl",
        wallet: &["--batch", "3"],
        status: None,
        tells: || json!({"type": "org.iso.18013.5.1.mDL", "claims": 15}),
        caught: &[
            ("mdoc-signature-broken", "Issuer signature must be valid"),
            ("mdoc-value-changed", "The calculated digest"),
            ("mdoc-expired", "must be valid at the time"),
            ("document-signer-under-a-stranger", "No valid certificate paths"),
            ("device-key-of-another", "JWK"),
        ],
    },
    Case {
        format: "mso_mdoc",
        says: "a PID, and its presentation under the device key",
        witness: MDL,
        configuration: "mdoc",
        credential: "pid-mdoc",
        wallet: &[],
        status: None,
        tells: || json!({"type": "eu.europa.ec.eudi.pid.1", "claims": 12}),
        caught: &[("mdoc-digest-of-the-inner-bytes", "The calculated digest")],
    },
    Case {
        format: "mso_mdoc",
        says: "chain, signature and the digest of each element",
        witness: PYMDOCCBOR,
        configuration: "mdoc",
        credential: "mdl",
        wallet: &["--batch", "2"],
        status: None,
        tells: || json!({"type": "org.iso.18013.5.1.mDL", "claims": 15}),
        caught: &[
            ("mdoc-signature-broken", "does not verify"),
            ("mdoc-value-changed", "hash mismatch"),
            ("document-signer-under-a-stranger", "not signed by any trusted root"),
            ("device-key-of-another", "not bound"),
            ("mdoc-expired", "not valid now"),
        ],
    },
    Case {
        format: "jwt_vc_json",
        says: "the key by did:web, and a presentation by the holder's did:jwk",
        witness: DID_JWT_VC,
        configuration: "jwt-vc",
        credential: "degree",
        wallet: &["--did", "--batch", "3"],
        status: None,
        tells: || {
            json!({
                "issuer": "did:web",
                "type": ["VerifiableCredential", "UniversityDegreeCredential"]
            })
        },
        caught: &[
            ("jwt-vc-signature-broken", "invalid_signature"),
            ("jwt-vc-expired", "expired"),
            ("did-document-of-another", "does not match requested did"),
            ("jwt-vc-bound-to-the-first-key", "not bound"),
        ],
    },
    Case {
        format: "jwt_vc_json",
        says: "the key by the key set of the OpenID configuration",
        witness: JOSE,
        configuration: "jwt-vc",
        credential: "account-ownership",
        wallet: &["--batch", "2"],
        status: None,
        tells: || {
            json!({
                "issuer": "url",
                "type": ["VerifiableCredential", "AccountOwnershipCredential"]
            })
        },
        caught: &[
            ("jwt-vc-signature-broken", "signature verification failed"),
            ("jwt-vc-expired", "timestamp check failed"),
            ("jwt-vc-without-vc", "vc"),
            ("jwt-vc-bound-to-the-first-key", "not bound"),
        ],
    },
];

/// Verifies every case, honest and with each of its faults.
pub fn run(program: &Path) -> Outcome {
    println!("\nThird-party verifiers read what the reference issuer issues, rightly and wrongly");
    npm::install_in(&folder())?;
    let mut failed = 0;
    for case in CASES {
        let honest = case.examine(program, None).and_then(|complaint| match complaint {
            None => Ok(()),
            Some(complaint) => Err(complaint.into()),
        });
        let blind: Vec<String> =
            case.caught.iter().filter_map(|caught| case.overlooks(program, *caught)).collect();
        let mark = if honest.is_ok() && blind.is_empty() { "✓" } else { "✗" };
        let (name, count) = (case.witness.name(), case.caught.len());
        println!("  {mark} {:11}  {name}: {} ({count} faults found)", case.format, case.says);
        for error in honest.err().map(|error| error.to_string()).into_iter().chain(blind) {
            println!("      {error}");
            failed += 1;
        }
    }
    match failed {
        0 => Ok(()),
        count => Err(format!("third-party verifiers disagree {count} times").into()),
    }
}

impl Case {
    /// What the witness says under a fault instead of what it should say.
    fn overlooks(&self, program: &Path, (fault, words): (&str, &str)) -> Option<String> {
        match self.examine(program, Some(fault)) {
            Ok(Some(complaint)) if complaint.contains(words) => None,
            Ok(Some(complaint)) => {
                Some(format!("{fault}: expected {words:?}, the witness says: {complaint}"))
            }
            Ok(None) => Some(format!("{fault}: the witness finds nothing wrong")),
            Err(error) => Some(format!("{fault}: {error}")),
        }
    }

    /// Issues, and has it verified; what speaks against it, if anything does.
    fn examine(&self, program: &Path, fault: Option<&str>) -> Outcome<Option<String>> {
        let mut serve = Command::new(program);
        serve.args(["serve", "--json", "--configuration", self.configuration]);
        serve.args(fault.iter().flat_map(|name| ["--fault", name]));
        let issuer = Service::start(serve)?;
        let management = &issuer.greeting.management_url;
        let offer = mint(management, &json!({"credential_configuration_id": self.credential}))?;
        let mut wallet = npm::node("wallet.mjs");
        wallet.arg(&offer.credential_offer_uri).arg("--hand-over").args(self.wallet);
        let home = process::run(wallet, PATIENCE)?;
        if !home.status.success() {
            let told = format!("{}{}", home.stdout, home.stderr);
            return Err(format!("the wallet came home without: {told}").into());
        }
        if let Some(status) = self.status {
            set_status(management, &offer.offer_id, status)?;
        }
        let handed = workspace::scratch("interop")?.join("handed.json");
        fs::write(&handed, home.stdout)?;
        let mut witness = self.witness.program()?;
        witness.env("TRUST_ANCHOR", issuer.greeting.trust_anchor.as_deref().unwrap_or_default());
        let told = process::run_on(witness, File::open(&handed)?, PATIENCE)?;
        let told = serde_json::from_str(&told.stdout)
            .map_err(|error| format!("{error}: {}{}", told.stdout, told.stderr))?;
        Ok(complaint(&(self.tells)(), &told))
    }
}

/// What there is to say against what the witness told.
fn complaint(expected: &Value, told: &Value) -> Option<String> {
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

impl Witness {
    /// What it is called where it comes from.
    pub fn name(self) -> &'static str {
        match self {
            Self::Npm(package, _) | Self::PyPi(package, _) => package,
        }
    }

    fn program(self) -> Outcome<Command> {
        let (mut command, script, called) = match self {
            Self::Npm(_, called) => (Command::new("node"), "verify.mjs", called),
            Self::PyPi(_, called) => {
                (pip::python(&folder().join("requirements.txt"))?, "verify.py", called)
            }
        };
        command.arg(folder().join(script)).arg(called);
        Ok(command)
    }
}

/// Where the glue is.
fn folder() -> PathBuf {
    workspace::root().join("tests/interop/verifiers")
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn every_fault_is_one_that_the_issuer_knows() {
        let known = |name: &str| reference_issuer::fault(name).is_some();
        let configured = |name: &str| reference_issuer::configuration(name).is_some();
        for case in CASES {
            assert!(configured(case.configuration), "{}", case.configuration);
            for (fault, _) in case.caught {
                assert!(known(fault), "{fault}");
            }
        }
    }
}
