//! What a wallet can have changed behind the issuer, where the user gave a hook to its operator:
//! whether its holder is eligible, and what is known of them.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use jiff::Timestamp;

use super::session::{Session, Stop};
use crate::protocol::CredentialOffer;
use crate::transcript::{EntitlementChange, Entitles};

/// Has an entitlement changed by the issuer's operator and says what it is then, or why it could
/// not be.
pub type ChangeEntitlement = Arc<
    dyn Fn(EntitlementOrder) -> Pin<Box<dyn Future<Output = Result<Entitles, String>> + Send>>
        + Send
        + Sync,
>;

/// A change that is ordered, and of what.
#[derive(Clone, Debug)]
pub struct EntitlementOrder {
    /// Which change.
    pub change: Change,
    /// What the offer source called the offer.
    pub offer_id: Option<String>,
    /// The code in the offer.
    pub pre_authorized_code: Option<String>,
}

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The holder is no longer eligible.
    EndsEligibility,
    /// The holder's data are others.
    ChangesClaims,
}

/// Has the entitlement by the offer at hand changed.
pub async fn change(
    session: &mut Session,
    means: Option<&ChangeEntitlement>,
    change: Change,
) -> Result<(), Stop> {
    let means =
        means.ok_or_else(|| Stop::NotApplicable("nobody can be asked to change it".to_owned()))?;
    let offer = session
        .offer
        .index
        .ok_or_else(|| Stop::NotApplicable("there is no offer at hand".to_owned()))?;
    let object = session.offer.object.as_ref().map(CredentialOffer::new);
    let code = object.and_then(|offer| offer.pre_authorized_code().map(str::to_owned));
    let order =
        EntitlementOrder { change, offer_id: session.offer.id.clone(), pre_authorized_code: code };
    let entitles = means(order).await.map_err(Stop::Failed)?;
    session.renewal.is_ineligible |= entitles == Entitles::ToNothing;
    session.recorder.entitlement_change(EntitlementChange {
        step: session.step,
        at: Timestamp::now(),
        offer,
        entitles,
    });
    Ok(())
}
