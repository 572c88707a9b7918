//! Whether the server that gives out tokens has metadata, and will speak to this wallet.

use super::Look;
use super::finding::{Finding, attested};
use super::patient::Patient;
use crate::protocol::{AsMetadata, PRE_AUTHORIZED_CODE};
use crate::transcript::{Ending, Station};
use crate::wallet::Authentication;

/// Reads the Authorization Server Metadata that discovery found.
pub fn look(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        let asked = patient.discovered(Station::AsMetadata).await;
        let Some(json) = patient.knowledge().server else {
            let ending = patient.discovery().await.map(|transcript| transcript.ending.clone());
            let places: Vec<&str> =
                asked.iter().map(|exchange| exchange.request.url.as_str()).take(1).collect();
            let advice = format!("curl -i {}", places.join(" "));
            return vec![match ending {
                Some(Ending::Failed { why }) => Finding::unreachable(why).so(advice),
                Some(Ending::Stopped { why, .. }) => Finding::fault(why).so(advice),
                _ => Finding::fault("no metadata").so(advice),
            }];
        };
        let server = AsMetadata::new(&json);
        let name = server.issuer().unwrap_or("a server without an issuer").to_owned();
        if server.token_endpoint().is_none() {
            return vec![
                Finding::fault(format!("{name} names no token_endpoint"))
                    .so("vcispec explain as-metadata/names-a-token-endpoint"),
            ];
        }
        let mut findings = Vec::new();
        let is_named = patient.case.as_ref().is_some_and(|case| case.plan.client_id.is_some());
        let method = patient.case.as_ref().map(|case| case.plan.identity.method(server));
        let is_attested = method == Some(Authentication::Attestation);
        if is_attested {
            findings.push(attested(format!("{name} takes clients that are attested")));
        }
        if !server.allows_anonymous_access() && !is_named && !is_attested {
            findings.push(
                Finding::remark(format!(
                    "{name} does not say that it serves wallets without a client_id"
                ))
                .so("--client-id ID, or id = \"ID\" under [client]"),
            );
        }
        if !server.lists_grant(PRE_AUTHORIZED_CODE) {
            let says = format!("{name} does not list the pre-authorized code grant");
            findings.push(
                Finding::remark(says)
                    .so(format!("\"grant_types_supported\": [\"{PRE_AUTHORIZED_CODE}\"]")),
            );
        }
        if findings.is_empty() {
            let dpop = if server.announces_dpop() { "with" } else { "without" };
            findings.push(Finding::well(format!("{name}, {dpop} DPoP")));
        }
        findings
    })
}
