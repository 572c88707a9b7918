//! One place where offers come from, and the offer that came.

use std::fmt;
use std::path::Path;

use tokio::sync::Mutex;

use super::answer::Minted;
#[cfg(feature = "bundled-issuer")]
use super::builtin::Builtin;
use super::supply::{MOST_TEXT, Supply};
use super::{Exec, Fit, Gives, HttpMint, OfferApi, OfferError, Wanted};
use crate::protocol::dialect::Speech;
use crate::protocol::{CredentialOffer, GivenOffer};

/// An offer that nobody has used, and what came with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreshOffer {
    /// The name of the source.
    pub source: String,
    /// The link, URL or JSON exactly as it was given.
    pub given: String,
    /// The Transaction Code that came out of band.
    pub tx_code: Option<String>,
    /// What the offer API calls it, where it comes from one.
    pub id: Option<String>,
}

/// One place where offers come from.
pub struct OfferSource {
    name: String,
    declared: Gives,
    tx_code: Option<String>,
    serial: bool,
    turn: Mutex<()>,
    origin: Origin,
}

enum Origin {
    Supply(Supply),
    Exec(Exec),
    Http(Box<HttpMint>),
    #[cfg(feature = "bundled-issuer")]
    Builtin(Builtin),
}

impl OfferSource {
    /// One offer, or one a line, given beforehand.
    pub fn text(name: &str, text: &str) -> Result<Self, OfferError> {
        let supply = Supply::read(text)
            .map_err(|reason| OfferError::NotAnOffer { name: name.to_owned(), reason })?;
        Ok(Self::with(name, Origin::Supply(supply)))
    }

    /// The offers of a file, one a line, or one as JSON.
    pub fn file(name: &str, path: &Path) -> Result<Self, OfferError> {
        let file = std::fs::File::open(path);
        let text = file.and_then(read_bounded);
        let text = text.map_err(|error| OfferError::Unreadable {
            name: name.to_owned(),
            what: path.display().to_string(),
            reason: error.to_string(),
        })?;
        Self::text(name, &text)
    }

    /// A program that mints.
    pub fn exec(name: &str, exec: Exec) -> Self {
        Self::with(name, Origin::Exec(exec))
    }

    /// An HTTP endpoint that mints.
    pub fn http(name: &str, mint: HttpMint) -> Self {
        Self::with(name, Origin::Http(Box::new(mint)))
    }

    /// The bundled issuer, which runs in this process and gives whatever is wanted.
    #[cfg(feature = "bundled-issuer")]
    pub fn builtin(name: &str, issuer: std::sync::Arc<reference_issuer::Running>) -> Self {
        Self::with(name, Origin::Builtin(Builtin::new(issuer)))
    }

    /// What the user says of the offers, which counts more than what can be seen of them.
    #[must_use]
    pub fn declaring(mut self, gives: Gives) -> Self {
        self.declared = gives;
        self
    }

    /// The Transaction Code of every offer that comes without one.
    #[must_use]
    pub fn with_tx_code(mut self, tx_code: &str) -> Self {
        if let Origin::Supply(supply) = &self.origin {
            supply.add_tx_code(tx_code);
        }
        self.tx_code = Some(tx_code.to_owned());
        self
    }

    /// Mints one offer at a time.
    #[must_use]
    pub fn in_turn(mut self) -> Self {
        self.serial = true;
        self
    }

    /// The name, which stands in transcripts and errors.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the offers are like, as far as it is known.
    pub fn gives(&self) -> Gives {
        let seen = match &self.origin {
            Origin::Supply(supply) => supply.gives(),
            _ => Gives {
                fresh: true,
                tx_code: self.tx_code.as_ref().map(|_| true),
                ..Gives::default()
            },
        };
        seen.overridden_by(&self.declared)
    }

    /// How many offers are left; `None` where they are minted on request.
    pub fn left(&self) -> Option<usize> {
        match &self.origin {
            Origin::Supply(supply) => Some(supply.left()),
            _ => None,
        }
    }

    /// How many offers were given beforehand, handed out or not; `None` where they are minted on
    /// request.
    pub fn given(&self) -> Option<usize> {
        match &self.origin {
            Origin::Supply(supply) => Some(supply.given().len()),
            _ => None,
        }
    }

    /// What each of the offers is like that are left; `None` where they are minted on request.
    pub(super) fn stock(&self) -> Option<Vec<Gives>> {
        let Origin::Supply(supply) = &self.origin else { return None };
        let stock = supply.stock().into_iter();
        Some(stock.map(|gives| gives.overridden_by(&self.declared)).collect())
    }

    /// The offers that were given beforehand and are left, looked at and not taken; `None` where
    /// they are minted on request.
    pub fn at_hand(&self) -> Option<Vec<FreshOffer>> {
        let Origin::Supply(supply) = &self.origin else { return None };
        let fresh = |Minted { given, tx_code, id }| FreshOffer {
            id,
            source: self.name.clone(),
            given,
            tx_code: tx_code.or_else(|| self.tx_code.clone()),
        };
        Some(supply.all().into_iter().map(fresh).collect())
    }

    /// Whether an offer that was given beforehand, by value, asks for a code that did not come:
    /// its own code would be spent in vain. `user_pin_required` asks where drafts are spoken.
    pub fn lacks_a_code(&self, speech: Speech) -> bool {
        let lacks = |offer: &FreshOffer| match GivenOffer::read(&offer.given) {
            Ok(GivenOffer::Value(object)) if offer.tx_code.is_none() => {
                CredentialOffer::new(&object).wants_a_code_in(speech)
            }
            _ => false,
        };
        self.at_hand().is_some_and(|given| given.iter().any(lacks))
    }

    /// Whether it is asked without a request and gives whatever is wanted: the bundled issuer.
    pub fn gives_what_is_wanted(&self) -> bool {
        #[cfg(feature = "bundled-issuer")]
        return matches!(self.origin, Origin::Builtin(_));
        #[cfg(not(feature = "bundled-issuer"))]
        false
    }

    /// The offer API behind it, where it is one of the connector's guide.
    pub(super) fn api(&self) -> Option<OfferApi> {
        match &self.origin {
            Origin::Http(mint) => OfferApi::of(&self.name, mint),
            #[cfg(feature = "bundled-issuer")]
            Origin::Builtin(issuer) => issuer.api(&self.name),
            Origin::Supply(_) | Origin::Exec(_) => None,
        }
    }

    /// What the user says of the offers.
    pub fn declared(&self) -> &Gives {
        &self.declared
    }

    /// Whether this source gives what is wanted.
    pub fn fit(&self, wanted: &Wanted) -> Fit {
        match &self.origin {
            Origin::Supply(supply) => supply
                .fit(wanted, &self.declared)
                .unwrap_or_else(|| Fit::Not("its offers are used up".into())),
            #[cfg(feature = "bundled-issuer")]
            Origin::Builtin(issuer) => issuer.fit(wanted, &self.declared),
            _ => self.gives().fit(wanted),
        }
    }

    /// Whether this source gives what is wanted, or did while it had all of its offers.
    pub fn fits(&self, wanted: &Wanted) -> Fit {
        let Origin::Supply(supply) = &self.origin else { return self.fit(wanted) };
        let given = supply.given().into_iter().map(|gives| gives.overridden_by(&self.declared));
        let best = given.map(|gives| gives.fit(wanted)).min();
        best.unwrap_or_else(|| Fit::Not("it has no offers".into()))
    }

    /// What the source is asked for where that is wanted: what does not matter is as declared.
    pub fn asked_for(&self, wanted: &Wanted) -> Wanted {
        wanted.completed_by(&self.declared)
    }

    /// A fresh offer. What the source did not declare to fit may turn out not to. What it did
    /// declare is asked for, so that one program can serve two sources.
    pub async fn mint(&self, wanted: &Wanted) -> Result<FreshOffer, OfferError> {
        let wanted = &self.asked_for(wanted);
        let _turn = if self.serial { Some(self.turn.lock().await) } else { None };
        let Minted { given, tx_code, id } = match &self.origin {
            Origin::Supply(supply) => {
                let taken = supply.take(wanted, &self.declared);
                taken.ok_or_else(|| OfferError::UsedUp {
                    name: self.name.clone(),
                    wanted: wanted.to_string(),
                })?
            }
            Origin::Exec(exec) => exec.mint(&self.name, wanted).await?,
            Origin::Http(mint) => mint.mint(&self.name, wanted).await?,
            #[cfg(feature = "bundled-issuer")]
            Origin::Builtin(issuer) => issuer.mint(&self.name, wanted)?,
        };
        Ok(FreshOffer {
            id,
            source: self.name.clone(),
            given,
            tx_code: tx_code.or_else(|| self.tx_code.clone()),
        })
    }

    fn with(name: &str, origin: Origin) -> Self {
        Self {
            name: name.to_owned(),
            declared: Gives::default(),
            tx_code: None,
            serial: false,
            turn: Mutex::new(()),
            origin,
        }
    }
}

impl fmt::Debug for OfferSource {
    /// Offers, Transaction Codes and requests are secrets.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("OfferSource")
            .field("name", &self.name)
            .field("gives", &self.gives())
            .field("left", &self.left())
            .finish_non_exhaustive()
    }
}

/// The whole text, unless it is longer than offers can be.
pub(super) fn read_bounded(input: impl std::io::Read) -> std::io::Result<String> {
    use std::io::Read as _;
    let mut text = String::new();
    input.take(MOST_TEXT + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MOST_TEXT {
        return Err(std::io::Error::other(format!(
            "expected at most {MOST_TEXT} octets, found more"
        )));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use std::time::Duration;

    use super::*;

    #[test]
    fn what_was_declared_counts_more_than_what_is_seen() {
        let source = OfferSource::text("one", "https://h/o").unwrap();
        assert_eq!(source.gives().tx_code, None);
        assert!(!source.gives().fresh);
        let source = source.declaring(Gives { tx_code: Some(false), ..Gives::default() });
        assert_eq!(source.gives().tx_code, Some(false));
        assert_eq!(source.gives().by_reference, Some(true));
    }

    #[test]
    fn an_offer_that_wants_a_code_and_has_none_is_seen() {
        let offer = |asks: &str| {
            let grant = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
            let object =
                format!("{{\"grants\":{{\"{grant}\":{{\"pre-authorized_code\":\"c\"{asks}}}}}}}");
            let encoded: String = url::form_urlencoded::byte_serialize(object.as_bytes()).collect();
            format!("openid-credential-offer://?credential_offer={encoded}")
        };
        let lacks = |asks: &str, speech| {
            OfferSource::text("one", &offer(asks)).unwrap().lacks_a_code(speech)
        };
        assert!(lacks(",\"tx_code\":{}", Speech::Final));
        assert!(lacks(",\"user_pin_required\":true", Speech::Auto));
        assert!(!lacks(",\"user_pin_required\":true", Speech::Final));
        assert!(!lacks(",\"tx_code\":null", Speech::Auto), "as good as absent");
        assert!(!lacks("", Speech::Auto));
        let coded = OfferSource::text("one", &offer(",\"tx_code\":{}")).unwrap();
        assert!(!coded.with_tx_code("1").lacks_a_code(Speech::Auto));
        let reference = OfferSource::text("one", "https://h/o").unwrap();
        assert!(!reference.lacks_a_code(Speech::Auto));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_source_that_asks_for_it_mints_one_at_a_time() {
        let directory = tempfile::tempdir().unwrap();
        let script = "mkdir lock || exit 1; for turn in 1 2 3 4 5; do sh -c :; done; rmdir lock; echo https://h/o";
        let source = OfferSource::exec(
            "slow",
            Exec {
                argv: vec!["sh".into(), "-c".into(), script.into()],
                directory: directory.path().to_owned(),
                time_limit: Duration::from_secs(60),
            },
        )
        .in_turn();
        assert!(source.gives().fresh);
        let wanted = Wanted::default();
        let (one, two, three) =
            tokio::join!(source.mint(&wanted), source.mint(&wanted), source.mint(&wanted));
        for offer in [one, two, three] {
            assert_eq!(offer.unwrap().given, "https://h/o");
        }
    }
}
