//! All the sources of a run: a wish goes to the source that fits it best.

use serde_json::Value;

use super::trial::Trial;
use super::{
    Budget, Fit, Forecast, FreshOffer, OfferApi, OfferError, OfferSource, Ordered, Wanted,
};

/// The sources of a run, in the order of the configuration, and the count of what was taken.
#[derive(Debug, Default)]
pub struct Offers {
    sources: Vec<OfferSource>,
    budget: Budget,
    trial: Trial,
}

impl Offers {
    /// These sources, with at most so many offers.
    pub fn new(sources: Vec<OfferSource>, max_offers: Option<usize>) -> Self {
        Self { sources, budget: Budget::new(max_offers), trial: Trial::default() }
    }

    /// The sources.
    pub fn sources(&self) -> &[OfferSource] {
        &self.sources
    }

    /// Whether the source of that name hands out what was given beforehand, and mints none.
    pub fn gives_beforehand(&self, name: &str) -> bool {
        self.sources.iter().any(|source| source.name() == name && source.left().is_some())
    }

    /// The count.
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// Whether some source gives what is wanted, or did while it had all of its offers; a scenario
    /// for which none does is not run, and the error is the reason.
    pub fn can_give(&self, wanted: &Wanted) -> Result<(), OfferError> {
        let gives = |source: &OfferSource| !matches!(source.fits(wanted), Fit::Not(_));
        if self.sources.iter().any(gives) { Ok(()) } else { Err(self.nobody_gives(wanted)) }
    }

    /// Why there are not enough offers left for these wishes, where there are not.
    pub fn shortage(&self, wishes: &[Wanted]) -> Option<String> {
        let forecast = self.forecast(wishes);
        let on_trial = usize::from(self.trial.has_one());
        let given: usize = self.sources.iter().filter_map(OfferSource::given).sum();
        match self.budget.limit() {
            _ if !forecast.unmet.is_empty() => Some(format!(
                "no offer was left for it of the {given} that were given: give more, or a source that mints them"
            )),
            Some(limit) if forecast.beyond_limit > on_trial => {
                Some(format!("no offer was left for it of the {limit} that --max-offers allows"))
            }
            _ => None,
        }
    }

    /// How many offers these wishes cost, and whose.
    pub fn forecast(&self, wishes: &[Wanted]) -> Forecast {
        Forecast::of(&self.sources, &self.budget, wishes)
    }

    /// Takes an offer beforehand, so that a source that gives none is known before anything
    /// rests on it. It is kept, and goes to the first wish for which its source would be asked
    /// for the same. Offers that were given beforehand were read then, and none of them is taken.
    pub async fn try_out(&self, wanted: &Wanted) -> Result<(), OfferError> {
        let fitting = self.fitting(wanted);
        let source = fitting.first().ok_or_else(|| self.nobody_gives(wanted))?;
        if source.left().is_some() {
            return Ok(());
        }
        self.budget.reserve()?;
        match source.mint(wanted).await {
            Ok(offer) => {
                self.trial.keep(source.asked_for(wanted), offer);
                Ok(())
            }
            Err(error) => {
                self.budget.give_back();
                Err(error)
            }
        }
    }

    /// A fresh offer. A source whose offers have run out is passed over; one that fails is not,
    /// for its failure is what the user has to know.
    pub async fn take(&self, wanted: &Wanted) -> Result<FreshOffer, OfferError> {
        let mut reason = self.nobody_gives(wanted);
        for source in self.fitting(wanted) {
            if let Some(offer) = self.trial.take(source.name(), &source.asked_for(wanted)) {
                return Ok(offer);
            }
            self.budget.reserve()?;
            match source.mint(wanted).await {
                Ok(offer) => return Ok(offer),
                Err(error) => {
                    self.budget.give_back();
                    if !matches!(error, OfferError::UsedUp { .. }) {
                        return Err(error);
                    }
                    reason = error;
                }
            }
        }
        Err(reason)
    }

    /// The offer API of the connector's guide, where a source is one.
    pub fn api(&self) -> Option<OfferApi> {
        self.sources.iter().find_map(OfferSource::api)
    }

    /// What an offer API answers to an order; where it is granted it has cost an offer.
    pub async fn order(&self, api: &OfferApi, order: &Value) -> Result<Ordered, OfferError> {
        self.budget.reserve()?;
        let ordered = api.send(order).await;
        if !ordered.as_ref().is_ok_and(Ordered::is_granted) {
            self.budget.give_back();
        }
        ordered
    }

    /// The sources that may give what is wanted, those that are known to first.
    fn fitting(&self, wanted: &Wanted) -> Vec<&OfferSource> {
        let mut fitting: Vec<_> = self
            .sources
            .iter()
            .map(|source| (source.fit(wanted), source))
            .filter(|(fit, _)| !matches!(fit, Fit::Not(_)))
            .collect();
        fitting.sort_by(|(one, _), (other, _)| one.cmp(other));
        fitting.into_iter().map(|(_, source)| source).collect()
    }

    fn nobody_gives(&self, wanted: &Wanted) -> OfferError {
        let reasons = self.sources.iter().filter_map(|source| {
            let Fit::Not(reason) = source.fit(wanted) else {
                return None;
            };
            Some(format!("{}: {reason}", source.name()))
        });
        OfferError::NoSource {
            wanted: wanted.to_string(),
            gives: wanted.as_gives(),
            reasons: reasons.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;
    use crate::offers::Gives;

    fn sources() -> Vec<OfferSource> {
        let declared = |tx_code| Gives { tx_code: Some(tx_code), ..Gives::default() };
        vec![
            OfferSource::text("any", "https://h/any").unwrap(),
            OfferSource::text("plain", "https://h/plain").unwrap().declaring(declared(false)),
            OfferSource::text("coded", "https://h/coded")
                .unwrap()
                .with_tx_code("1")
                .declaring(declared(true)),
        ]
    }

    fn with_code(tx_code: bool) -> Wanted {
        Wanted { tx_code: Some(tx_code), ..Wanted::default() }
    }

    #[tokio::test]
    async fn the_best_source_gives_first_and_then_the_next() {
        let offers = Offers::new(sources(), None);
        let first = offers.take(&with_code(false)).await.unwrap();
        assert_eq!(first.source, "plain");
        let second = offers.take(&with_code(false)).await.unwrap();
        assert_eq!(second.source, "any");
        let error = offers.take(&with_code(false)).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "no offer source gives an offer without a transaction code (any: its offers are used up; \
             plain: its offers are used up; coded: its offers need a transaction code); add one under \
             [[offers]] in vcispec.toml, with gives = { tx_code = false }"
        );
        assert_eq!(offers.budget().taken(), 2);
    }

    #[tokio::test]
    async fn the_limit_of_the_run_counts_over_all_sources() {
        let offers = Offers::new(sources(), Some(1));
        offers.take(&with_code(true)).await.unwrap();
        let error = offers.take(&with_code(false)).await.unwrap_err();
        assert!(matches!(error, OfferError::BudgetSpent { limit: 1 }));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn an_offer_taken_on_trial_goes_to_the_first_who_asks_for_the_same() {
        use crate::offers::Exec;
        let folder = tempfile::tempdir().unwrap();
        let script = "echo x >> minted; echo https://h/$(wc -l < minted)";
        let exec = Exec {
            argv: vec!["sh".into(), "-c".into(), script.into()],
            directory: folder.path().to_owned(),
            time_limit: std::time::Duration::from_secs(60),
        };
        let source = OfferSource::exec("script", exec)
            .declaring(Gives { tx_code: Some(false), ..Gives::default() });
        let offers = Offers::new(vec![source], Some(3));
        offers.try_out(&with_code(false)).await.unwrap();
        assert_eq!(offers.budget().taken(), 1);
        let by_value = Wanted { by_reference: Some(false), ..Wanted::default() };
        assert!(offers.take(&by_value).await.unwrap().given.ends_with("/2"));
        assert!(offers.take(&Wanted::default()).await.unwrap().given.ends_with("/1"));
        assert!(offers.take(&Wanted::default()).await.unwrap().given.ends_with("/3"));
        assert_eq!(offers.budget().taken(), 3);
    }

    #[tokio::test]
    async fn offers_given_beforehand_are_not_tried_out() {
        let offers = Offers::new(sources(), None);
        offers.try_out(&with_code(true)).await.unwrap();
        assert_eq!(offers.budget().taken(), 0);
    }

    #[test]
    fn a_wish_nobody_meets_is_known_before_the_run() {
        let offers = Offers::new(sources(), None);
        assert!(offers.can_give(&with_code(true)).is_ok());
        let two = Wanted {
            subject: Some("erika".into()),
            by_reference: Some(false),
            ..Wanted::default()
        };
        assert!(offers.can_give(&two).is_err());
    }

    #[tokio::test]
    async fn what_was_given_away_is_short_and_not_unheard_of() {
        let two = "https://h/1\nhttps://h/2";
        let offers = Offers::new(vec![OfferSource::text("two", two).unwrap()], None);
        let wishes = |count: usize| vec![Wanted::default(); count];
        assert_eq!(offers.shortage(&wishes(2)), None);
        offers.take(&Wanted::default()).await.unwrap();
        assert_eq!(offers.shortage(&wishes(1)), None);
        let short = offers.shortage(&wishes(2)).unwrap();
        assert!(short.starts_with("no offer was left for it of the 2 that were given"), "{short}");
        offers.take(&Wanted::default()).await.unwrap();
        assert!(offers.can_give(&Wanted::default()).is_ok());
        assert!(offers.shortage(&wishes(1)).is_some());
        let limited = Offers::new(sources(), Some(1));
        assert_eq!(limited.shortage(&wishes(1)), None);
        let short = limited.shortage(&wishes(2)).unwrap();
        assert!(short.contains("of the 1 that --max-offers allows"), "{short}");
    }
}
