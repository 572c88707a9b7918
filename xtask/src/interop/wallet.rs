//! A third-party wallet redeems offers of the reference issuer and verifies what it is given.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::npm;
use crate::mint::mint;
use crate::service::Service;
use crate::{Outcome, process, workspace};

/// As long as one issuance may take, the start of node included.
const PATIENCE: Duration = Duration::from_secs(60);

/// One issuance.
struct Case {
    says: &'static str,
    configuration: &'static str,
    /// What is asked of `POST /offers`.
    offer: fn() -> Value,
    arguments: &'static [&'static str],
    /// What the wallet should come home with.
    token_type: &'static str,
    credentials: usize,
    signature: &'static str,
}

const PLAIN: Case = Case {
    says: "an offer by value, a bearer token",
    configuration: "default",
    offer: || json!({"credential_configuration_id": "pid"}),
    arguments: &[],
    token_type: "Bearer",
    credentials: 1,
    signature: "x5c",
};

const DPOP: Case = Case {
    says: "DPoP, with nonces at both servers",
    arguments: &["--dpop"],
    token_type: "DPoP",
    ..PLAIN
};

const CASES: &[Case] = &[
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
    DPOP,
    Case {
        says: "DPoP and ten credentials at once",
        arguments: &["--dpop", "--batch", "10"],
        credentials: 10,
        ..DPOP
    },
    Case {
        says: "all of it: by reference, transaction code, DPoP, three credentials",
        offer: || json!({"credential_configuration_id": "diploma", "by_reference": true, "tx_code": {}}),
        arguments: &["--dpop", "--batch", "3"],
        credentials: 3,
        ..DPOP
    },
    Case {
        says: "named clients only, keys by JWT VC Issuer Metadata",
        configuration: "plain",
        signature: "jwt-vc-issuer",
        ..PLAIN
    },
    Case { says: "DPoP required, without nonces", configuration: "dpop-required", ..DPOP },
    Case {
        says: "https, an issuer path, an authorization server apart",
        configuration: "tls",
        arguments: &["--dpop", "--batch", "2"],
        credentials: 2,
        signature: "jwt-vc-issuer",
        ..DPOP
    },
];

/// Runs every case.
pub fn run(program: &Path) -> Outcome {
    println!(
        "\nA third-party wallet (@openid4vc/openid4vci) redeems offers of the reference issuer"
    );
    let mut failed = 0;
    for case in CASES {
        let outcome = case.run(program);
        let mark = if outcome.is_ok() { "✓" } else { "✗" };
        println!("  {mark} {:13}  {}", case.configuration, case.says);
        if let Err(error) = outcome {
            println!("      {error}");
            failed += 1;
        }
    }
    if failed > 0 {
        return Err(format!(
            "the third-party wallet came home without in {failed} of {} cases",
            CASES.len()
        )
        .into());
    }
    Ok(())
}

/// What the wallet prints.
#[derive(Deserialize)]
struct Home {
    token_type: String,
    credentials: Vec<Credential>,
}

/// What it says of a credential that it verified.
#[derive(Deserialize)]
struct Credential {
    typ: String,
    signature: String,
}

impl Case {
    fn run(&self, program: &Path) -> Outcome {
        let mut serve = Command::new(program);
        serve.args(["serve", "--json", "--configuration", self.configuration]);
        let issuer = Service::start(serve)?;
        let offer = mint(&issuer.greeting.management_url, &(self.offer)())?;
        let mut wallet = npm::node("wallet.mjs");
        wallet.arg(&offer.credential_offer_uri).args(self.arguments);
        if let Some(code) = &offer.tx_code_value {
            wallet.args(["--tx-code", code]);
        }
        if let Some(certificate) = &issuer.greeting.ca_certificate {
            let file = workspace::scratch("interop")?.join("authority.pem");
            std::fs::write(&file, certificate)?;
            wallet.env("NODE_EXTRA_CA_CERTS", file);
        }
        if let Some(anchor) = &issuer.greeting.trust_anchor {
            wallet.env("TRUST_ANCHOR", anchor);
        }
        let ended = process::run(wallet, PATIENCE)?;
        if !ended.status.success() {
            return Err(format!("{}{}", ended.stdout, ended.stderr).into());
        }
        self.check(&serde_json::from_str(&ended.stdout)?)
    }

    fn check(&self, home: &Home) -> Outcome {
        let same = |what: &str, expected: &str, actual: &str| match expected == actual {
            true => Ok(()),
            false => Err(format!("expected {what} {expected}, got {actual}")),
        };
        same("token type", self.token_type, &home.token_type)?;
        same("credentials", &self.credentials.to_string(), &home.credentials.len().to_string())?;
        for credential in &home.credentials {
            same("typ", "dc+sd-jwt", &credential.typ)?;
            same("key found by", self.signature, &credential.signature)?;
        }
        Ok(())
    }
}
