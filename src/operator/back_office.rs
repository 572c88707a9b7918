//! What the issuer's back office can be asked to do, and by which way of the user's.

#[cfg(feature = "bundled-issuer")]
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::hook::{Hook, Word};
use crate::transcript::NewStatus;

/// The new name of whoever holds a credential of the bundled issuer.
#[cfg(feature = "bundled-issuer")]
const CHANGED: (&str, &str) = ("family_name", "Musterfrau");

/// What may stand in an error: where a credential's status is, the issuer publishes itself.
const SPOKEN_OF: [&str; 3] = ["uri", "idx", "status"];

/// The ways to the issuer's operator.
#[derive(Debug, Default)]
pub struct BackOffice {
    revoke: Option<(Hook, bool)>,
    end_eligibility: Option<Hook>,
    change_claims: Option<(Hook, Map<String, Value>)>,
    #[cfg(feature = "bundled-issuer")]
    bundled: Option<Bundled>,
}

/// Something that an operator can be asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// A credential is revoked.
    Revoke,
    /// A credential is suspended.
    Suspend,
    /// The holder is no longer eligible.
    EndEligibility,
    /// The holder's data change.
    ChangeClaims,
}

/// Whether a service can be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can.
    Ready,
    /// The user did not say how; this is what would.
    Untold(&'static str),
    /// There is nothing that it could be done to.
    Idle(&'static str),
}

/// A change of one entry of a status list.
#[derive(Clone, Copy, Debug)]
pub struct StatusOrder<'a> {
    /// The list.
    pub uri: &'a str,
    /// The entry.
    pub index: u64,
    /// What it becomes.
    pub status: NewStatus,
}

/// By what the back office knows an offer.
#[derive(Clone, Copy, Debug)]
pub struct OfferName<'a> {
    /// What the offer source called it.
    pub offer_id: Option<&'a str>,
    /// The code in it.
    pub pre_authorized_code: Option<&'a str>,
}

impl BackOffice {
    /// Credentials are revoked by this hook, and suspended if it can.
    #[must_use]
    pub fn revoking(mut self, hook: Hook, suspends: bool) -> Self {
        self.revoke = Some((hook, suspends));
        self
    }

    /// Eligibility ends by this hook.
    #[must_use]
    pub fn ending_eligibility(mut self, hook: Hook) -> Self {
        self.end_eligibility = Some(hook);
        self
    }

    /// The holder's data become these by this hook.
    #[must_use]
    pub fn changing_claims(mut self, hook: Hook, claims: Map<String, Value>) -> Self {
        self.change_claims = Some((hook, claims));
        self
    }

    /// Whatever no hook does is done by the bundled issuer, which runs in this process.
    #[cfg(feature = "bundled-issuer")]
    #[must_use]
    pub fn or_bundled(mut self, issuer: Arc<reference_issuer::Running>) -> Self {
        self.bundled = Some(Bundled(issuer));
        self
    }

    /// Whether a service can be had.
    pub fn standing(&self, service: Service) -> Standing {
        match (service, &self.revoke) {
            (Service::Revoke, Some(_)) | (Service::Suspend, Some((_, true))) => Standing::Ready,
            (Service::Suspend, Some((_, false))) => {
                Standing::Idle("[revoke] does not say that it suspends")
            }
            (Service::EndEligibility, _) if self.end_eligibility.is_some() => Standing::Ready,
            (Service::ChangeClaims, _) if self.change_claims.is_some() => Standing::Ready,
            _ => self.standing_without_hook(service),
        }
    }

    /// Sets a status. The error says what went wrong.
    pub async fn set_status(&self, order: StatusOrder<'_>) -> Result<(), String> {
        if let Some((hook, _)) = &self.revoke {
            let words = [
                word("uri", "VCISPEC_STATUS_URI", Some(json!(order.uri))),
                word("idx", "VCISPEC_STATUS_IDX", Some(json!(order.index))),
                word("status", "VCISPEC_STATUS", Some(json!(order.status.name()))),
            ];
            return hook.call(&words).await;
        }
        #[cfg(feature = "bundled-issuer")]
        if let Some(bundled) = &self.bundled {
            return bundled.set_status(order);
        }
        Err(absent(Service::Revoke))
    }

    /// Ends the eligibility of whoever took an offer. The error says what went wrong.
    pub async fn end_eligibility(&self, offer: OfferName<'_>) -> Result<(), String> {
        if let Some(hook) = &self.end_eligibility {
            return hook.call(&offer.words()).await;
        }
        #[cfg(feature = "bundled-issuer")]
        if let Some(bundled) = &self.bundled {
            return bundled.end_eligibility(offer);
        }
        Err(absent(Service::EndEligibility))
    }

    /// Changes the data of whoever took an offer, and gives the claims as they are then. The error
    /// says what went wrong.
    pub async fn change_claims(&self, offer: OfferName<'_>) -> Result<Map<String, Value>, String> {
        if let Some((hook, claims)) = &self.change_claims {
            let [offer_id, code] = offer.words();
            let changed = word("claims", "VCISPEC_CLAIMS", Some(Value::Object(claims.clone())));
            hook.call(&[offer_id, code, changed]).await?;
            return Ok(claims.clone());
        }
        #[cfg(feature = "bundled-issuer")]
        if let Some(bundled) = &self.bundled {
            return bundled.change_claims(offer);
        }
        Err(absent(Service::ChangeClaims))
    }

    fn standing_without_hook(&self, service: Service) -> Standing {
        #[cfg(feature = "bundled-issuer")]
        if let Some(Bundled(issuer)) = &self.bundled {
            let revokes = matches!(service, Service::Revoke | Service::Suspend);
            return match revokes && !issuer.keeps_a_status_list() {
                true => Standing::Idle("the bundled issuer keeps no status list"),
                false => Standing::Ready,
            };
        }
        Standing::Untold(match service {
            Service::Revoke | Service::Suspend => {
                "nothing is said of how a credential is revoked: add [revoke] to vcispec.toml"
            }
            Service::EndEligibility => {
                "nothing is said of how eligibility ends: add [end_eligibility] to vcispec.toml"
            }
            Service::ChangeClaims => {
                "nothing is said of how the holder's data change: add [change_claims] to vcispec.toml"
            }
        })
    }
}

impl Service {
    /// What its hook may be told, as it stands in braces.
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Self::Revoke | Self::Suspend => &SPOKEN_OF,
            Self::EndEligibility => &["offer_id", "pre-authorized_code"],
            Self::ChangeClaims => &["offer_id", "pre-authorized_code", "claims"],
        }
    }

    /// The table of the configuration that says how it is had.
    pub fn table(self) -> &'static str {
        match self {
            Self::Revoke | Self::Suspend => "[revoke]",
            Self::EndEligibility => "[end_eligibility]",
            Self::ChangeClaims => "[change_claims]",
        }
    }
}

impl OfferName<'_> {
    fn words(&self) -> [Word; 2] {
        let text = |text: Option<&str>| text.map(|text| json!(text));
        [
            word("offer_id", "VCISPEC_OFFER_ID", text(self.offer_id)),
            word(
                "pre-authorized_code",
                "VCISPEC_PRE_AUTHORIZED_CODE",
                text(self.pre_authorized_code),
            ),
        ]
    }
}

fn word(name: &'static str, variable: &'static str, value: Option<Value>) -> Word {
    Word { name, variable, value, is_secret: !SPOKEN_OF.contains(&name) }
}

fn absent(service: Service) -> String {
    format!("there is no {} in vcispec.toml", service.table())
}

/// The bundled issuer as its own back office.
#[cfg(feature = "bundled-issuer")]
struct Bundled(Arc<reference_issuer::Running>);

#[cfg(feature = "bundled-issuer")]
impl Bundled {
    fn set_status(&self, order: StatusOrder<'_>) -> Result<(), String> {
        let status = match order.status {
            NewStatus::Suspended => reference_issuer::Status::Suspended,
            NewStatus::Invalid => reference_issuer::Status::Invalid,
        };
        let index = usize::try_from(order.index).map_err(|error| error.to_string())?;
        self.0.set_status(order.uri, index, status).map_err(|error| error.to_string())
    }

    fn end_eligibility(&self, offer: OfferName<'_>) -> Result<(), String> {
        known(self.0.end(offer.offer_id.unwrap_or_default()))
    }

    fn change_claims(&self, offer: OfferName<'_>) -> Result<Map<String, Value>, String> {
        let (name, value) = CHANGED;
        let claims = json!({ name: value });
        let changed = self.0.change_claims(offer.offer_id.unwrap_or_default(), claims);
        known(changed.map_err(|error| error.to_string())?)?;
        Ok(Map::from_iter([(name.to_owned(), json!(value))]))
    }
}

#[cfg(feature = "bundled-issuer")]
fn known(is_known: bool) -> Result<(), String> {
    is_known.then_some(()).ok_or_else(|| "the bundled issuer does not know the offer".to_owned())
}

#[cfg(feature = "bundled-issuer")]
impl std::fmt::Debug for Bundled {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Bundled")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;

    const UNNAMED: OfferName<'_> = OfferName { offer_id: None, pre_authorized_code: None };

    #[tokio::test]
    async fn what_nobody_said_is_untold_and_cannot_be_done() {
        let office = BackOffice::default();
        use Service::{ChangeClaims, EndEligibility, Revoke, Suspend};
        for service in [Revoke, Suspend, EndEligibility, ChangeClaims] {
            let standing = office.standing(service);
            let is_told =
                matches!(&standing, Standing::Untold(why) if why.contains(service.table()));
            assert!(is_told, "{standing:?}");
        }
        let why = office.end_eligibility(UNNAMED).await.unwrap_err();
        assert!(why.contains("[end_eligibility]"), "{why}");
        let why = office.change_claims(UNNAMED).await.unwrap_err();
        assert!(why.contains("[change_claims]"), "{why}");
    }

    #[cfg(feature = "bundled-issuer")]
    #[tokio::test]
    async fn the_bundled_issuer_has_nothing_to_revoke_unless_it_keeps_a_list() {
        use reference_issuer::{Settings, start};
        let issuer = Arc::new(start(Settings::default()).await.unwrap());
        let office = BackOffice::default().or_bundled(issuer);
        assert!(matches!(office.standing(Service::Revoke), Standing::Idle(_)));
        assert_eq!(office.standing(Service::EndEligibility), Standing::Ready);
        let order = StatusOrder { uri: "https://h/1", index: 7, status: NewStatus::Invalid };
        assert!(office.set_status(order).await.unwrap_err().contains("no status list"));
        assert!(office.end_eligibility(UNNAMED).await.unwrap_err().contains("does not know"));
    }
}
