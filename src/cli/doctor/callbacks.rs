//! Whether somebody listens for what the issuer tells its operator's backend, where that is judged.

use super::Look;
use super::finding::Finding;
use super::patient::Patient;
use crate::checks::Profile;

/// Looks at `[callback]`. Without the profile nothing is said.
pub fn look(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        let Some(plan) = patient.case.as_ref().map(|case| &case.plan) else { return Vec::new() };
        if !plan.policy.profiles.contains(Profile::Connector) {
            return Vec::new();
        }
        vec![match &plan.receiver {
            Some(receiver) => {
                let address = receiver.address();
                Finding::well(format!("listened for at {address}: have the issuer call it"))
            }
            None => Finding::remark("the profile connector judges callbacks, and nobody listens")
                .so("[callback]\nlisten = \"127.0.0.1:3000\"   # where the issuer can reach it"),
        }]
    })
}
