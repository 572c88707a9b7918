//! Offers from the issuer bundled with this program, asked without a request.

use std::sync::Arc;
use std::time::Duration;

use reference_issuer::{InputMode, OfferRequest, Running, Tenant, TxCodeRequest};
use serde_json::json;

use super::answer::Minted;
use super::{Fit, Gives, HttpMint, OfferApi, OfferError, Reach, Wanted};

/// How long it may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Whose credential it issues unless told otherwise.
const SUBJECT: &str = "erika";

/// The bundled issuer; it gives whatever can be wanted of it.
pub(super) struct Builtin(Arc<Running>);

impl Builtin {
    pub(super) fn new(issuer: Arc<Running>) -> Self {
        Self(issuer)
    }

    /// Certain, unless it has no such configuration or the user declared that it gives otherwise.
    pub(super) fn fit(&self, wanted: &Wanted, declared: &Gives) -> Fit {
        let offered = self.0.credential_configuration_ids();
        let id = wanted.credential_configuration_id.as_deref();
        if wanted.tenant.is_some() && !self.0.has_second_tenant() {
            return Fit::Not("it has one tenant only".into());
        }
        let relaxed = Wanted {
            is_declared: wanted.is_declared && declared.subject.is_some(),
            tenant: declared.tenant.clone(),
            ..wanted.clone()
        };
        match declared.fit(&relaxed) {
            Fit::Not(reason) => Fit::Not(reason),
            _ if id.is_some_and(|id| !offered.contains(&id))
                || wanted.configurations > offered.len() =>
            {
                Fit::Not(format!("it has {}", offered.join(" and ")))
            }
            _ => Fit::Certain,
        }
    }

    /// Its management side, asked by requests like any other.
    pub(super) fn api(&self, name: &str) -> Option<OfferApi> {
        let (url, order) = self.0.offer_request();
        let mint = HttpMint::new("POST", &url, &Reach::default(), PATIENCE).ok()?;
        OfferApi::of(name, &mint.body(serde_json::from_str(&order).ok()?))
    }

    pub(super) fn mint(&self, name: &str, wanted: &Wanted) -> Result<Minted, OfferError> {
        let minted = self.0.mint(request(wanted, &self.0.credential_configuration_ids()));
        let minted = minted.map_err(|error| OfferError::NotMinted {
            name: name.to_owned(),
            reason: error.to_string(),
        })?;
        Ok(Minted {
            given: minted.credential_offer_uri,
            tx_code: minted.tx_code_value,
            id: Some(minted.offer_id),
        })
    }
}

/// The one that is wanted, or the first there is, and as many others as are wanted.
fn request(wanted: &Wanted, offered: &[&str]) -> OfferRequest {
    let first = wanted.credential_configuration_id.as_deref().or(offered.first().copied());
    let others = offered.iter().copied().filter(|id| Some(*id) != first);
    let ids = first.into_iter().chain(others).take(wanted.configurations.max(1));
    let another = wanted.subject.as_deref().filter(|name| *name != SUBJECT);
    OfferRequest {
        credential_configuration_ids: ids.map(str::to_owned).collect(),
        claims: another.map(|name| json!({ "given_name": name })),
        tx_code: (wanted.tx_code == Some(true)).then_some(TxCodeRequest {
            input_mode: Some(InputMode::Numeric),
            length: Some(6),
            description: Some("as the registrar told you".into()),
        }),
        by_reference: wanted.by_reference == Some(true),
        tenant: if wanted.tenant.is_some() { Tenant::Second } else { Tenant::First },
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use reference_issuer::{Settings, start};

    use super::*;
    use crate::offers::OfferSource;

    #[tokio::test]
    async fn the_bundled_issuer_gives_what_is_wanted() {
        let issuer = Arc::new(start(Settings::default()).await.unwrap());
        let source = OfferSource::builtin("self", issuer);
        let wanted = Wanted {
            tx_code: Some(true),
            credential_configuration_id: Some("diploma".into()),
            configurations: 2,
            subject: Some("Max".into()),
            by_reference: Some(false),
            ..Wanted::default()
        };
        assert_eq!(source.fit(&wanted), Fit::Certain);
        let offer = source.mint(&wanted).await.unwrap();
        assert_eq!(offer.tx_code.as_ref().map(String::len), Some(6));
        let seen = Gives::of(&offer.given, None);
        assert_eq!(seen.credential_configuration_ids, ["diploma", "pid"]);
        assert_eq!((seen.tx_code, seen.by_reference), (Some(true), Some(false)));
    }

    #[tokio::test]
    async fn what_was_declared_is_what_it_gives() {
        let issuer = Arc::new(start(Settings::default()).await.unwrap());
        let source = OfferSource::builtin("self", issuer).declaring(Gives {
            by_reference: Some(true),
            credential_configuration_ids: vec!["diploma".into()],
            ..Gives::default()
        });
        let offer = source.mint(&Wanted::default()).await.unwrap();
        assert!(offer.given.contains("credential_offer_uri="));
        let pid = Wanted { credential_configuration_id: Some("pid".into()), ..Wanted::default() };
        assert!(matches!(source.fit(&pid), Fit::Not(_)));
    }

    #[tokio::test]
    async fn it_has_no_more_than_it_has() {
        let issuer = Arc::new(start(Settings::default()).await.unwrap());
        let three = Wanted { configurations: 3, ..Wanted::default() };
        let fit = Builtin::new(issuer).fit(&three, &Gives::default());
        assert_eq!(fit, Fit::Not("it has pid and diploma".into()));
    }
}
