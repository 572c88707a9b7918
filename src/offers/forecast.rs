//! How many offers a run needs, said before the first is taken.

use std::fmt;

use super::{Budget, Fit, Gives, OfferSource, Wanted};

/// What a run would take from each source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Each source that is asked, and how many offers it is asked for.
    pub by_source: Vec<(String, usize)>,
    /// The wishes, by their place in the list, that no source meets.
    pub unmet: Vec<usize>,
    /// How many offers the run needs beyond what the limit leaves.
    pub beyond_limit: usize,
}

impl Forecast {
    /// Shares the wishes out as the run will.
    pub(super) fn of(sources: &[OfferSource], budget: &Budget, wishes: &[Wanted]) -> Self {
        let mut taken = vec![0_usize; sources.len()];
        let mut stocks: Vec<Option<Vec<Gives>>> = sources.iter().map(OfferSource::stock).collect();
        let mut unmet = Vec::new();
        for (place, wanted) in wishes.iter().enumerate() {
            let chosen = sources
                .iter()
                .zip(&mut taken)
                .zip(&mut stocks)
                .filter_map(|((source, taken), stock)| {
                    let (fit, of_stock) = best(source, stock.as_deref(), wanted)?;
                    (!matches!(fit, Fit::Not(_))).then_some((fit, of_stock, taken, stock))
                })
                .min_by(|(one, ..), (other, ..)| one.cmp(other));
            let Some((_, of_stock, count, stock)) = chosen else {
                unmet.push(place);
                continue;
            };
            *count += 1;
            if let (Some(stock), Some(place)) = (stock, of_stock) {
                stock.remove(place);
            }
        }
        let by_source: Vec<_> = sources
            .iter()
            .zip(taken)
            .filter(|(_, count)| *count > 0)
            .map(|(source, count)| (source.name().to_owned(), count))
            .collect();
        let needed: usize = by_source.iter().map(|(_, count)| count).sum();
        let beyond_limit = budget
            .limit()
            .map_or(0, |limit| needed.saturating_sub(limit.saturating_sub(budget.taken())));
        Self { by_source, unmet, beyond_limit }
    }

    /// How many offers the run takes, the unmet wishes left out.
    pub fn needed(&self) -> usize {
        self.by_source.iter().map(|(_, count)| count).sum()
    }
}

impl fmt::Display for Forecast {
    /// `12 offers (10 from plain, 2 from coded); no source for 1 more`
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let needed = self.needed();
        write!(formatter, "{needed} offer{}", plural(needed))?;
        if !self.by_source.is_empty() {
            let shares = self.by_source.iter();
            let shares: Vec<_> =
                shares.map(|(name, count)| format!("{count} from {name}")).collect();
            write!(formatter, " ({})", shares.join(", "))?;
        }
        if !self.unmet.is_empty() {
            write!(formatter, "; no source for {} more", self.unmet.len())?;
        }
        if self.beyond_limit > 0 {
            write!(formatter, "; --max-offers is {} short", self.beyond_limit)?;
        }
        Ok(())
    }
}

/// How well a source fits, and by which of the offers that it has left.
fn best(
    source: &OfferSource,
    stock: Option<&[Gives]>,
    wanted: &Wanted,
) -> Option<(Fit, Option<usize>)> {
    let Some(stock) = stock else { return Some((source.fit(wanted), None)) };
    let fits = stock.iter().enumerate().map(|(place, gives)| (gives.fit(wanted), place));
    fits.min().map(|(fit, place)| (fit, Some(place)))
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;
    use crate::offers::Offers;

    #[test]
    fn a_forecast_reads_as_the_end_of_a_sentence() {
        let two = "https://h/1\nhttps://h/2";
        let coded = Wanted { tx_code: Some(true), ..Wanted::default() };
        let wishes = [Wanted::default(), coded, Wanted::default(), Wanted::default()];
        let sources = vec![
            OfferSource::text("plain", two).unwrap(),
            OfferSource::text("coded", "https://h/3").unwrap().with_tx_code("1"),
        ];
        let forecast = Offers::new(sources, Some(2)).forecast(&wishes);
        assert_eq!(forecast.unmet, [3]);
        assert_eq!(
            forecast.to_string(),
            "3 offers (2 from plain, 1 from coded); no source for 1 more; --max-offers is 1 short"
        );
    }
}
