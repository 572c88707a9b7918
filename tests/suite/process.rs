//! The real binary, and the reference issuer in a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

/// The program.
pub const BINARY: &str = env!("CARGO_BIN_EXE_vcispec");

/// A reference issuer in a process of its own, stopped when dropped.
pub struct Served {
    process: Child,
    pub issuer: String,
    pub management: String,
    /// Where offers are asked for, and with what JSON.
    pub offer_request: (String, Value),
    /// PEM of the authority over its TLS certificate, where it speaks https.
    pub ca_certificate: Option<String>,
    /// PEM of the authorities over who signs its credentials.
    pub trust_anchor: String,
}

impl Served {
    /// Started with these arguments of `vcispec serve`.
    pub fn with(arguments: &[&str]) -> Self {
        let mut process = Command::new(BINARY)
            .args(["serve", "--json"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        let text = |name: &str| ready[name].as_str().unwrap().to_owned();
        let ca_certificate = ready["ca_certificate"].as_str().map(str::to_owned);
        let (issuer, management) = (text("credential_issuer"), text("management_url"));
        let offer_request = (text("offers"), text("offer_request").parse().unwrap());
        let trust_anchor = text("trust_anchor");
        Self { process, issuer, management, offer_request, ca_certificate, trust_anchor }
    }

    /// Another one in the same place, with these arguments.
    pub fn again(self, arguments: &[&str]) -> Self {
        let (listen, management) = (self.issuer.clone(), self.management.clone());
        drop(self);
        let place = ["--listen", address(&listen), "--management", address(&management)];
        Self::with(&[&place[..], arguments].concat())
    }

    /// The table of a configuration by which it mints offers without a transaction code.
    pub fn offers_table(&self) -> String {
        format!(
            "[[offers]]\nname = \"reference\"\ngives = {{ tx_code = false }}\n[offers.http]\n\
             method = \"POST\"\nurl = \"{}/offers\"\noffer = \"/credential_offer_uri\"\n\
             body = {{ credential_configuration_id = \"pid\" }}\n",
            self.management
        )
    }

    /// The status with which its management side answers a request.
    pub fn manage(&self, path: &str, request: &Value) -> u16 {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let url = format!("{}/{path}", self.management);
        let sent = reqwest::Client::new().post(url).json(request).send();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async { sent.await.unwrap().status().as_u16() })
    }

    /// The JSON with which it answers a request.
    pub fn post(&self, url: &str, request: &Value) -> Value {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let sent = reqwest::Client::new().post(url).json(request).send();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async { sent.await.unwrap().json().await.unwrap() })
    }

    /// A fresh offer: link and transaction code.
    pub fn offer(&self, request: &Value) -> (String, Option<String>) {
        // A second installation is refused, and the first is as good.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let url = format!("{}/offers", self.management);
        let answer: Value = tokio::runtime::Runtime::new().unwrap().block_on(async {
            reqwest::Client::new()
                .post(url)
                .json(request)
                .send()
                .await
                .unwrap()
                .json()
                .await
                .unwrap()
        });
        let code = answer["tx_code_value"].as_str().map(str::to_owned);
        (answer["credential_offer_uri"].as_str().unwrap().to_owned(), code)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Host and port of a URL without a path.
pub fn address(url: &str) -> &str {
    url.split_once("://").unwrap().1
}

/// Runs the program to its end.
pub fn vcispec(arguments: &[&str]) -> Output {
    Command::new(BINARY).args(arguments).stdin(Stdio::null()).output().unwrap()
}

/// The same in a folder. What a recipe reads from the environment is not there by accident.
pub fn vcispec_in(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(BINARY);
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command.env_remove("MANAGEMENT_URL").output().unwrap()
}

/// What it printed.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What it told a person.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
