//! What the reference issuer issues is verified by libraries that nobody here wrote, and the same libraries find fault
//! with it when the issuer is told to misbehave: a witness that cannot say no proves nothing.

use std::path::Path;

use serde_json::{Value, json};

use super::handover::{OPENID4VC, Witness, complaint};
use crate::Outcome;
use crate::mint::set_status;

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

/// SD-JWT VCs, and their type metadata.
pub const SD_JWT_VC: Witness = Witness::Npm("@sd-jwt/sd-jwt-vc", "sd-jwt-vc");
/// SD-JWT VCs, and their status.
pub const STATUS_LIST: Witness =
    Witness::Npm("@sd-jwt/sd-jwt-vc with @sd-jwt/jwt-status-list", "sd-jwt-vc");
/// SD-JWTs.
pub const SD_JWT: Witness = Witness::PyPi("sd-jwt", "sd-jwt");
/// mdocs.
pub const MDL: Witness = Witness::Npm("@auth0/mdl", "mdl");
/// mdocs.
pub const PYMDOCCBOR: Witness = Witness::PyPi("pymdoccbor", "pymdoccbor");
/// W3C credentials under a DID.
pub const DID_JWT_VC: Witness = Witness::Npm("did-jwt-vc with web-did-resolver", "did-jwt-vc");
/// W3C credentials under a URL.
pub const JOSE: Witness = Witness::Npm("jose", "jose");

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
    OPENID4VC.install()?;
    Witness::install()?;
    let mut failed = 0;
    for case in CASES {
        let honest = case.examine(program, None).and_then(|complaint| match complaint {
            None => Ok(()),
            Some(complaint) => Err(complaint.into()),
        });
        let blind: Vec<String> =
            case.caught.iter().filter_map(|caught| case.overlooks(program, *caught)).collect();
        let mark = if honest.is_ok() && blind.is_empty() { "✓" } else { "✗" };
        let (name, count) = (case.witness.library(), case.caught.len());
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
        let mut served = vec!["--configuration", self.configuration];
        served.extend(fault.iter().flat_map(|name| ["--fault", name]));
        let wanted = json!({"credential_configuration_id": self.credential});
        let home = OPENID4VC.redeem(program, &served, &wanted, self.wallet)?;
        if let Some(status) = self.status {
            set_status(&home.issuer.greeting.management_url, &home.offer.offer_id, status)?;
        }
        Ok(complaint(&(self.tells)(), &home.shown_to(self.witness)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
