//! Transcripts made by hand, for the unit tests of the checks.

pub mod credentials;
pub mod mdocs;
pub mod status;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::checks::judge::Case;
use crate::checks::{Check, Judge, Outcome, Policy, Scene, Verdict, judge_run};
use crate::transcript::{
    Answer, Body, Ending, Exchange, Headers, OfferForm, OfferRecord, Provenance, Received,
    Relaxation, Request, Run, Station, Tamper, Transcript, WalletRecord,
};

/// The issuer of staged transcripts.
pub const ISSUER: &str = "https://issuer.example";

/// A staged scenario: exchanges are added in order, by chaining.
#[derive(Clone, Debug)]
pub struct Stage {
    pub run: Run,
    pub policy: Policy,
}

impl Stage {
    /// An empty scenario against [`ISSUER`].
    pub fn new() -> Self {
        let transcript = Transcript {
            scenario: "staged/scenario".into(),
            title: "A staged scenario".into(),
            aims: Vec::new(),
            expectations: Vec::new(),
            skipped: Vec::new(),
            elsewhere: None,
            status_changes: Vec::new(),
            entitlement_changes: Vec::new(),
            backend: None,
            isolated: false,
            ending: Ending::Completed,
            wallets: Vec::new(),
            offers: Vec::new(),
            exchanges: Vec::new(),
        };
        let provenance = Provenance {
            version: "0.0.0".into(),
            commit: "staged".into(),
            run_id: "0".repeat(32),
            credential_issuer: ISSUER.into(),
            offer_source: "staged".into(),
            client_id: None,
            client_certificate: false,
            relaxations: Vec::new(),
            started_at: Timestamp::UNIX_EPOCH,
            finished_at: Timestamp::UNIX_EPOCH,
        };
        Self { run: Run { provenance, transcripts: vec![transcript] }, policy: Policy::default() }
    }

    /// Issuer metadata that was found at the inserted path, answered as JSON.
    pub fn issuer_metadata(self, metadata: Value) -> Self {
        let url = format!("{ISSUER}/.well-known/openid-credential-issuer");
        self.answer_json(Station::IssuerMetadata, 200, metadata).sent("GET", &url, &[], "")
    }

    #[expect(clippy::wrong_self_convention, reason = "named after the station")]
    /// Authorization server metadata that was found at the inserted path, answered as JSON.
    pub fn as_metadata(self, metadata: Value) -> Self {
        let url = format!("{ISSUER}/.well-known/oauth-authorization-server");
        self.answer_json(Station::AsMetadata, 200, metadata).sent("GET", &url, &[], "")
    }

    /// An offer by value.
    pub fn offer(mut self, object: Value, tx_code: Option<&str>) -> Self {
        let given = url::Url::parse_with_params(
            "openid-credential-offer://",
            [("credential_offer", object.to_string())],
        )
        .map(String::from)
        .unwrap_or_default();
        self.transcript().offers.push(OfferRecord {
            source: "staged".into(),
            given,
            form: OfferForm::ByValue,
            object: Some(object),
            tx_code: tx_code.map(str::to_owned),
        });
        self
    }

    /// An offer exactly as a source gave it.
    pub fn offer_record(mut self, record: OfferRecord) -> Self {
        self.transcript().offers.push(record);
        self
    }

    /// An answer to an untampered request.
    pub fn answer(
        self,
        station: Station,
        status: u16,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Self {
        self.exchange(station, None, status, headers, body)
    }

    /// A JSON answer to an untampered request, as an honest server sends it.
    pub fn answer_json(self, station: Station, status: u16, body: Value) -> Self {
        let headers = [("content-type", "application/json"), ("cache-control", "no-store")];
        self.answer(station, status, &headers, &body.to_string())
    }

    /// A JSON answer to a request tampered with by the named row.
    pub fn tampered(self, tamper: &str, station: Station, status: u16, body: Value) -> Self {
        let headers = [("content-type", "application/json")];
        self.exchange(station, Some(tamper), status, &headers, &body.to_string())
    }

    /// Any answer to a request tampered with by the named row.
    pub fn tampered_raw(
        self,
        tamper: &str,
        station: Station,
        status: u16,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Self {
        self.exchange(station, Some(tamper), status, headers, body)
    }

    /// Gives the last exchange this request.
    pub fn sent(mut self, method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> Self {
        if let Some(exchange) = self.transcript().exchanges.last_mut() {
            exchange.request.method = method.into();
            exchange.request.url = url.into();
            exchange.request.headers = owned(headers);
            exchange.request.body = Body::from(body);
        }
        self
    }

    /// Changes the last exchange.
    pub fn last(mut self, change: impl FnOnce(&mut Exchange)) -> Self {
        if let Some(exchange) = self.transcript().exchanges.last_mut() {
            change(exchange);
        }
        self
    }

    /// Adds a wallet.
    pub fn wallet(mut self, wallet: WalletRecord) -> Self {
        self.transcript().wallets.push(wallet);
        self
    }

    /// Allows plain http to a host.
    pub fn allow_http(mut self, host: &str) -> Self {
        self.run.provenance.relaxations.push(Relaxation::AllowHttp(host.into()));
        self
    }

    /// Judges with this policy.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// The verdicts of one check, as if the scenario aimed at it.
    pub fn verdicts(&self, check: &'static Check) -> Vec<Verdict> {
        let mut run = self.run.clone();
        for transcript in &mut run.transcripts {
            transcript.aims = vec![check.id.to_owned()];
        }
        if matches!(check.judge, Judge::Run(_)) {
            return judge_run::judge_run(check, &run, &self.policy).into_iter().collect();
        }
        run.transcripts
            .iter()
            .flat_map(|transcript| {
                let scene = Scene::new(&run.provenance, transcript, &self.policy);
                Case { check, scene: &scene, aimed: true }.judge()
            })
            .collect()
    }

    /// The staged transcript.
    pub fn transcript(&mut self) -> &mut Transcript {
        &mut self.run.transcripts[0]
    }

    fn exchange(
        mut self,
        station: Station,
        tamper: Option<&str>,
        status: u16,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Self {
        let transcript = self.transcript();
        let number = transcript.exchanges.len() as u32 + 1;
        transcript.exchanges.push(Exchange {
            number,
            station,
            wallet: "holder".into(),
            offer: None,
            step: 1,
            racer: None,
            tamper: tamper.map(|name| Tamper {
                name: name.into(),
                says: "staged".into(),
                places: Vec::new(),
            }),
            superseded: false,
            request: Request {
                at: Timestamp::UNIX_EPOCH,
                method: "POST".into(),
                url: format!("{ISSUER}/{station}"),
                headers: Headers::default(),
                body: Body::Empty,
                plaintext: None,
            },
            received: Received::Answer(Answer {
                at: Timestamp::UNIX_EPOCH,
                status,
                headers: owned(headers),
                body: Body::from(body),
                plaintext: None,
            }),
        });
        self
    }
}

/// Metadata of an issuer that offers a little of everything.
pub fn honest_metadata() -> Value {
    json!({
        "credential_issuer": ISSUER,
        "credential_endpoint": "https://issuer.example/credential",
        "nonce_endpoint": "https://issuer.example/nonce",
        "batch_credential_issuance": { "batch_size": 10 },
        "credential_configurations_supported": {
            "pid": {
                "format": "dc+sd-jwt",
                "vct": "https://issuer.example/vct/pid",
                "scope": "pid",
                "cryptographic_binding_methods_supported": ["jwk"],
                "credential_signing_alg_values_supported": ["ES256"],
                "proof_types_supported": {
                    "jwt": { "proof_signing_alg_values_supported": ["ES256"] }
                }
            }
        }
    })
}

/// Metadata of an authorization server with DPoP.
pub fn honest_as_metadata() -> Value {
    json!({
        "issuer": ISSUER,
        "token_endpoint": "https://issuer.example/token",
        "grant_types_supported": ["urn:ietf:params:oauth:grant-type:pre-authorized_code"],
        "pre-authorized_grant_anonymous_access_supported": true,
        "dpop_signing_alg_values_supported": ["ES256"]
    })
}

/// The document with the member at a JSON pointer set; its parent must be there.
#[track_caller]
pub fn with(mut json: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
    let parent = json.pointer_mut(parent).and_then(Value::as_object_mut);
    assert!(parent.is_some(), "no object above {pointer}");
    if let Some(parent) = parent {
        parent.insert(name.to_owned(), value);
    }
    json
}

/// The document without the member at a JSON pointer.
pub fn without(mut json: Value, pointer: &str) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
    if let Some(parent) = json.pointer_mut(parent).and_then(Value::as_object_mut) {
        parent.remove(name);
    }
    json
}

/// Every verdict is a PASS, and there is one.
#[track_caller]
pub fn assert_holds(check: &'static Check, stage: &Stage) {
    let verdicts = stage.verdicts(check);
    assert!(!verdicts.is_empty(), "no verdict");
    for verdict in verdicts {
        assert_eq!(verdict.outcome, Outcome::Pass, "{verdict:?}");
    }
}

/// Some verdict is FAIL, WARN or NOTE, and says so in `actual`.
#[track_caller]
pub fn assert_breaks(check: &'static Check, stage: &Stage, actual: &str) {
    let verdicts = stage.verdicts(check);
    let found = verdicts.iter().any(|verdict| {
        matches!(verdict.outcome, Outcome::Fail | Outcome::Warn | Outcome::Note)
            && verdict.actual.as_deref().is_some_and(|text| text.contains(actual))
    });
    assert!(found, "expected a breach that says {actual:?}, got {verdicts:?}");
}

/// The worst verdict has this outcome.
#[track_caller]
pub fn assert_outcome(check: &'static Check, stage: &Stage, outcome: Outcome) {
    let verdicts = stage.verdicts(check);
    let worst = verdicts.iter().map(|verdict| verdict.outcome).max();
    assert_eq!(worst, Some(outcome), "{verdicts:?}");
}

fn owned(headers: &[(&str, &str)]) -> Headers {
    Headers(headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect())
}
