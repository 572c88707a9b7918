//! Third-party wallets redeem offers of the reference issuer, in every format and dialect that they speak.

use std::path::Path;

use serde_json::{Value, json};

use super::handover::{LEARNCARD, OPENID4VC, SPHEREON, Wallet, Witness, complaint};
use super::verifiers::{DID_JWT_VC, MDL, SD_JWT_VC, STATUS_LIST};
use crate::Outcome;

/// One issuance.
pub struct Case {
    /// By whom.
    pub wallet: &'static Wallet,
    /// What is particular about it.
    pub says: &'static str,
    /// What the issuer speaks, as `serve --dialect` takes it.
    pub dialect: &'static str,
    /// As the dialect calls it.
    pub format: &'static str,
    /// The configuration of the reference issuer.
    pub configuration: &'static str,
    /// What is asked of `POST /offers`.
    offer: fn() -> Value,
    arguments: &'static [&'static str],
    /// How it comes out.
    pub end: End,
}

/// How an issuance comes out.
pub enum End {
    /// The wallet comes home with what it should.
    Redeemed {
        /// How the token is bound.
        token_type: &'static str,
        /// How many credentials there are.
        credentials: usize,
        /// Who looks at them.
        witness: Witness,
        /// What the witness should tell of every credential.
        tells: fn() -> Value,
    },
    /// It stops, for a reason of its own.
    Stops {
        /// Words of what it says.
        words: &'static str,
        /// Why that is not the issuer's doing.
        because: &'static str,
    },
}

const fn home(
    token_type: &'static str,
    credentials: usize,
    witness: Witness,
    tells: fn() -> Value,
) -> End {
    End::Redeemed { token_type, credentials, witness, tells }
}

const PLAIN: Case = Case {
    wallet: &OPENID4VC,
    says: "an offer by value, a bearer token",
    dialect: "1.0",
    format: "dc+sd-jwt",
    configuration: "default",
    offer: || json!({"credential_configuration_id": "pid"}),
    arguments: &[],
    end: home("Bearer", 1, SD_JWT_VC, || json!({"key": "x5c"})),
};

/// Every issuance.
pub const CASES: &[Case] = &[
    PLAIN,
    Case {
        says: "a transaction code",
        offer: || json!({"credential_configuration_id": "pid", "tx_code": {"length": 6}}),
        ..PLAIN
    },
    Case {
        says: "an offer by reference",
        offer: || json!({"credential_configuration_id": "diploma", "by_reference": true}),
        ..PLAIN
    },
    Case {
        says: "DPoP, with nonces at both servers",
        arguments: &["--dpop"],
        end: home("DPoP", 1, SD_JWT_VC, || json!({"key": "x5c"})),
        ..PLAIN
    },
    Case {
        says: "DPoP and ten credentials at once",
        arguments: &["--dpop", "--batch", "10"],
        end: home("DPoP", 10, SD_JWT_VC, || json!({"key": "x5c"})),
        ..PLAIN
    },
    Case {
        says: "all of it: by reference, transaction code, DPoP, three credentials",
        offer: || json!({"credential_configuration_id": "diploma", "by_reference": true, "tx_code": {}}),
        arguments: &["--dpop", "--batch", "3"],
        end: home("DPoP", 3, SD_JWT_VC, || json!({"key": "x5c"})),
        ..PLAIN
    },
    Case {
        says: "named clients only, keys by JWT VC Issuer Metadata",
        configuration: "plain",
        end: home("Bearer", 1, SD_JWT_VC, || json!({"key": "jwt-vc-issuer"})),
        ..PLAIN
    },
    Case {
        says: "DPoP required, without nonces",
        configuration: "dpop-required",
        arguments: &["--dpop"],
        end: home("DPoP", 1, SD_JWT_VC, || json!({"key": "x5c"})),
        ..PLAIN
    },
    Case {
        says: "https, an issuer path, an authorization server apart",
        configuration: "tls",
        arguments: &["--dpop", "--batch", "2"],
        end: home("DPoP", 2, SD_JWT_VC, || json!({"key": "jwt-vc-issuer"})),
        ..PLAIN
    },
    Case {
        says: "its own reading of draft 15",
        dialect: "15",
        arguments: &["--draft", "15"],
        ..PLAIN
    },
    Case {
        says: "draft 13, which it takes for 14",
        dialect: "13",
        format: "vc+sd-jwt",
        arguments: &["--draft", "14"],
        end: home("Bearer", 1, SD_JWT_VC, || json!({"format": "vc+sd-jwt"})),
        ..PLAIN
    },
    Case {
        says: "draft 13, a driving licence",
        dialect: "13",
        format: "mso_mdoc",
        configuration: "mdoc",
        offer: || json!({"credential_configuration_id": "mdl"}),
        arguments: &["--draft", "14"],
        end: home("Bearer", 1, MDL, || json!({"type": "org.iso.18013.5.1.mDL"})),
        ..PLAIN
    },
    Case {
        says: "draft 13, a proof under did:jwk",
        dialect: "13",
        format: "jwt_vc_json",
        configuration: "jwt-vc",
        offer: || json!({"credential_configuration_id": "degree"}),
        arguments: &["--draft", "14", "--did"],
        end: home("Bearer", 1, DID_JWT_VC, || json!({"issuer": "did:web"})),
        ..PLAIN
    },
    Case { says: "a proof under did:jwk", wallet: &LEARNCARD, ..PLAIN },
    Case {
        wallet: &LEARNCARD,
        says: "a transaction code",
        offer: || json!({"credential_configuration_id": "diploma", "tx_code": {"length": 6}}),
        ..PLAIN
    },
    Case {
        wallet: &LEARNCARD,
        says: "credential identifiers",
        configuration: "identifiers",
        ..PLAIN
    },
    Case {
        wallet: &LEARNCARD,
        says: "disclosures within disclosures",
        configuration: "types",
        end: home("Bearer", 1, SD_JWT_VC, || json!({"hash": "sha-384", "layers": 2})),
        ..PLAIN
    },
    Case {
        wallet: &LEARNCARD,
        says: "with a status",
        configuration: "status",
        end: home("Bearer", 1, STATUS_LIST, || json!({"status": 0})),
        ..PLAIN
    },
    Case {
        wallet: &LEARNCARD,
        says: "a driving licence",
        format: "mso_mdoc",
        configuration: "mdoc",
        offer: || json!({"credential_configuration_id": "mdl"}),
        end: home("Bearer", 1, MDL, || json!({"type": "org.iso.18013.5.1.mDL"})),
        ..PLAIN
    },
    Case {
        wallet: &LEARNCARD,
        says: "a degree under a did:web",
        format: "jwt_vc_json",
        configuration: "jwt-vc",
        offer: || json!({"credential_configuration_id": "degree"}),
        end: home("Bearer", 1, DID_JWT_VC, || json!({"issuer": "did:web"})),
        ..PLAIN
    },
    Case {
        wallet: &LEARNCARD,
        says: "DPoP required",
        configuration: "dpop-required",
        end: End::Stops {
            words: "a DPoP proof is required",
            because: "it has no DPoP for the pre-authorized code",
        },
        ..PLAIN
    },
    Case { wallet: &SPHEREON, says: "an offer by value", dialect: "15", ..PLAIN },
    Case {
        wallet: &SPHEREON,
        says: "by reference, with a transaction code",
        dialect: "15",
        offer: || json!({"credential_configuration_id": "diploma", "by_reference": true, "tx_code": {"length": 6}}),
        ..PLAIN
    },
    Case {
        wallet: &SPHEREON,
        says: "DPoP required",
        dialect: "15",
        configuration: "dpop-required",
        arguments: &["--dpop"],
        end: home("DPoP", 1, SD_JWT_VC, || json!({"key": "x5c"})),
        ..PLAIN
    },
    Case {
        wallet: &SPHEREON,
        says: "a driving licence",
        dialect: "15",
        format: "mso_mdoc",
        configuration: "mdoc",
        offer: || json!({"credential_configuration_id": "mdl"}),
        end: home("Bearer", 1, MDL, || json!({"type": "org.iso.18013.5.1.mDL"})),
        ..PLAIN
    },
    Case {
        wallet: &SPHEREON,
        says: "a degree under a did:web",
        dialect: "15",
        format: "jwt_vc_json",
        configuration: "jwt-vc",
        offer: || json!({"credential_configuration_id": "degree"}),
        arguments: &["--did"],
        end: home("Bearer", 1, DID_JWT_VC, || json!({"issuer": "did:web"})),
    },
    Case {
        wallet: &SPHEREON,
        says: "an offer by value",
        end: End::Stops {
            words: "failed with status: 400",
            because: "it sends the singular proof of draft 15, which 1.0 does not have",
        },
        ..PLAIN
    },
];

/// Runs every case.
pub fn run(program: &Path) -> Outcome {
    println!("\nThird-party wallets redeem offers of the reference issuer");
    for wallet in [&OPENID4VC, &LEARNCARD, &SPHEREON] {
        wallet.install()?;
    }
    Witness::install()?;
    let mut failed = 0;
    for case in CASES {
        let outcome = case.run(program);
        let mark = match (&outcome, &case.end) {
            (Err(_), _) => "✗",
            (Ok(()), End::Redeemed { .. }) => "✓",
            (Ok(()), End::Stops { .. }) => "–",
        };
        let Case { wallet, dialect, format, says, .. } = case;
        println!("  {mark} {:33}  {dialect:>3}  {format:11}  {says}", wallet.library);
        if let (Ok(()), End::Stops { because, .. }) = (&outcome, &case.end) {
            println!("      {because}");
        }
        if let Err(error) = outcome {
            println!("      {error}");
            failed += 1;
        }
    }
    match failed {
        0 => Ok(()),
        count => Err(format!("{count} of {} issuances came out otherwise", CASES.len()).into()),
    }
}

impl Case {
    fn run(&self, program: &Path) -> Outcome {
        let served = ["--configuration", self.configuration, "--dialect", self.dialect];
        let home = self.wallet.redeem(program, &served, &(self.offer)(), self.arguments);
        match (&self.end, home) {
            (End::Stops { words, .. }, Err(error)) if error.to_string().contains(words) => Ok(()),
            (End::Stops { .. }, Ok(_)) => Err("the wallet no longer stops".into()),
            (_, Err(error)) => Err(error),
            (End::Redeemed { token_type, credentials, witness, tells }, Ok(home)) => {
                let told = home.told()?;
                same("token type", token_type, &told.token_type)?;
                same("credentials", credentials, &told.credentials.len())?;
                match complaint(&tells(), &home.shown_to(*witness)?) {
                    None => Ok(()),
                    Some(complaint) => Err(complaint.into()),
                }
            }
        }
    }
}

fn same(what: &str, expected: &impl std::fmt::Display, actual: &impl std::fmt::Display) -> Outcome {
    let (expected, actual) = (expected.to_string(), actual.to_string());
    match expected == actual {
        true => Ok(()),
        false => Err(format!("expected {what} {expected}, got {actual}").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_names_a_configuration_and_a_dialect() {
        for case in CASES {
            assert!(reference_issuer::configuration(case.configuration).is_some());
            assert!(reference_issuer::Dialect::named(case.dialect).is_some());
        }
    }
}
