//! The bare program: the whole system end to end against the bundled reference issuer.

use std::sync::Arc;

use super::arguments::{GateArguments, HttpArguments, ReportingArguments};
use super::gates::GateFiles;
use super::order::Order;
use super::outputs::Outputs;
use super::run::carry_out;
use super::{CliError, plan, terminal};
use crate::checks::Policy;
use crate::offers::{OfferSource, Offers};
use crate::operator::BackOffice;
use crate::report::{ExitStatus, Strictness};
use crate::scenario::Impact;
use crate::wallet::Identity;

/// Starts the bundled issuer, runs every bundled scenario against it, and reports.
pub async fn self_test() -> Result<ExitStatus, CliError> {
    terminal::remark(
        "SELF-TEST: every bundled scenario against the bundled reference issuer.\n\
         To test your own issuer: vcispec run --issuer URL, or vcispec --help.\n",
    );
    let issuer = Arc::new(bundled().await?);
    let options = plan::http_options(&HttpArguments::default(), None)?;
    let offers = Offers::new(vec![OfferSource::builtin("builtin", Arc::clone(&issuer))], None);
    let order = Order {
        scenarios: plan::scenarios()?,
        credential_issuer: Some(issuer.credential_issuer().to_owned()),
        offers: Some(offers),
        receiver: None,
        back_office: BackOffice::default().or_bundled(Arc::clone(&issuer)),
        offer_source: "the bundled issuer".to_owned(),
        client_id: Some("self-test".to_owned()),
        identity: Arc::new(Identity::fleeting()),
        speech: Default::default(),
        policy: Policy { trust_anchors: vec![issuer.trust_anchor()], ..Policy::default() },
        options,
        allowed: Impact::Load,
        waiting: None,
        isolate: false,
        jobs: 8,
        allow_host: Vec::new(),
        save: None,
        gates: GateFiles::of(&GateArguments::default(), None, Vec::new(), true),
        outputs: Outputs::read(&ReportingArguments::default())?,
        strictness: Strictness::default(),
        doctor: None,
    };
    carry_out(order).await
}

/// The bundled issuer, honest, on a free loopback port.
pub async fn bundled() -> Result<reference_issuer::Running, CliError> {
    reference_issuer::start(reference_issuer::Settings::default())
        .await
        .map_err(|error| CliError::Failed(format!("the bundled issuer did not start: {error}")))
}
