//! The bare program: the whole system end to end against the bundled reference issuer.

use std::sync::Arc;

use super::outputs::Outputs;
use super::run::{Order, carry_out};
use super::{CliError, plan, terminal};
use crate::checks::Policy;
use crate::offers::{OfferSource, Offers};
use crate::report::{ExitStatus, Strictness};
use crate::scenario::Impact;
use crate::wallet::HttpOptions;

/// Starts the bundled issuer, runs every bundled scenario against it, and reports.
pub async fn self_test() -> Result<ExitStatus, CliError> {
    terminal::remark(
        "SELF-TEST: every bundled scenario against the bundled reference issuer.\n\
         To test your own issuer: vcispec run --issuer URL, or vcispec --help.\n",
    );
    let settings = reference_issuer::Settings::default();
    let issuer = reference_issuer::start(settings)
        .await
        .map_err(|error| CliError::Failed(format!("the bundled issuer did not start: {error}")))?;
    let issuer = Arc::new(issuer);
    let options = HttpOptions { run_id: plan::run_id(), ..HttpOptions::default() };
    let offers = Offers::new(vec![OfferSource::builtin("builtin", Arc::clone(&issuer))], None);
    let order = Order {
        scenarios: plan::scenarios()?,
        credential_issuer: Some(issuer.credential_issuer().to_owned()),
        offers: Some(offers),
        offer_source: "the bundled issuer".to_owned(),
        client_id: None,
        policy: Policy {
            trust_anchors: vec![issuer.trust_anchor().to_owned()],
            ..Policy::default()
        },
        options,
        allowed: Impact::Load,
        jobs: 8,
        allow_host: Vec::new(),
        save: None,
        outputs: Outputs::read(&[])?,
        strictness: Strictness::default(),
    };
    carry_out(order).await
}
