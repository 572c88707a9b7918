//! What the doctor knows: what was asked for, and what each diagnosis found out for the next.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use url::Url;

use super::again::words;
use super::trial::Trials;
use crate::cli::arguments::DoctorArguments;
use crate::cli::gates::GateFiles;
use crate::report::Strictness;
use crate::runner::{Knowledge, Plan};
use crate::scenario::Scenario;
use crate::transcript::{Exchange, Station, Transcript};
use crate::wallet::{Drive, HandedOffer, HttpOptions, drive};

/// What is known so far.
pub struct Patient {
    /// What was typed, until a plan is made of it.
    pub arguments: Option<DoctorArguments>,
    /// The same target as command-line words.
    pub again: String,
    /// How long to wait for the issuer, in seconds.
    pub wait: Option<u64>,
    /// No offer may be taken.
    pub spares_offers: bool,
    /// The configuration file in use.
    pub file: Option<PathBuf>,
    /// What would be run, and how it is reached.
    pub case: Option<Case>,
    /// The Credential Issuer Identifier.
    pub identifier: Option<String>,
    /// Where the issuer is.
    pub addresses: Vec<SocketAddr>,
    /// What discovery sent and received, once it was tried.
    discovery: Option<Transcript>,
    /// Offers taken on trial.
    pub trials: Trials,
}

/// What would be run.
pub struct Case {
    /// The plan.
    pub plan: Plan,
    /// How connections are made.
    pub options: HttpOptions,
    /// What would make it red.
    pub strictness: Strictness,
    /// Where it is written down what it would be held against.
    pub gates: GateFiles,
    /// How many bundled scenarios `--include` and `--exclude` left out.
    pub left_out: usize,
}

impl Patient {
    /// Nothing known yet.
    pub fn new(arguments: DoctorArguments) -> Self {
        Self {
            again: words(&arguments.run),
            wait: arguments.wait,
            spares_offers: arguments.no_offers,
            arguments: Some(arguments),
            file: None,
            case: None,
            identifier: None,
            addresses: Vec::new(),
            discovery: None,
            trials: Trials::default(),
        }
    }

    /// The issuer's URL.
    pub fn url(&self) -> Option<Url> {
        Url::parse(self.identifier.as_deref()?).ok()
    }

    /// What discovery sent and received. It is tried once.
    pub async fn discovery(&mut self) -> Option<&Transcript> {
        if self.discovery.is_none() {
            let case = self.case.as_ref()?;
            let identifier = self.identifier.clone()?;
            self.discovery = Some(case.discover(Some(identifier), None).await);
        }
        self.discovery.as_ref()
    }

    /// The exchanges of discovery at a station.
    pub async fn discovered(&mut self, station: Station) -> Vec<Exchange> {
        let transcript = self.discovery().await;
        transcript.map(|transcript| transcript.at(station).cloned().collect()).unwrap_or_default()
    }

    /// What discovery found out, as far as it was tried.
    pub fn knowledge(&self) -> Knowledge {
        let knowledge = Knowledge::of(self.identifier.clone());
        match &self.discovery {
            Some(transcript) => knowledge.with(transcript),
            None => knowledge,
        }
    }
}

impl Case {
    /// Reads an offer, or none, and the metadata of the issuer it names, or of the one given.
    pub async fn discover(
        &self,
        identifier: Option<String>,
        offer: Option<HandedOffer>,
    ) -> Transcript {
        let scenario = Scenario::look(offer.is_some());
        let with = Drive {
            take_offer: Arc::new(move |_| {
                let offer = offer.clone().ok_or_else(|| "no offer".to_owned());
                Box::pin(async move { offer })
            }),
            credential_issuer: identifier,
            client_id: self.plan.client_id.clone(),
            speech: self.plan.speech,
            ..Drive::new(Arc::clone(&self.plan.http), Arc::clone(&self.plan.identity))
        };
        drive(&scenario, &with).await
    }
}
