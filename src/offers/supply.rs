//! Offers that were given beforehand: one on the command line, or a file with one a line. Each is
//! handed out once, for its code is good once.

use std::sync::{Mutex, PoisonError};

use super::answer::{self, Minted, NotAnOffer};
use super::{Fit, Gives, Wanted};

/// As much text as a file of offers may hold, in octets.
pub(super) const MOST_TEXT: u64 = 4 * 1024 * 1024;

/// Offers in hand.
pub(super) struct Supply {
    left: Mutex<Vec<Held>>,
    /// What each of them was like before any was handed out.
    given: Mutex<Vec<Gives>>,
}

struct Held {
    offer: Minted,
    gives: Gives,
}

impl Supply {
    /// Reads one offer of JSON over any number of lines, or one offer a line; blank lines and
    /// lines that begin with `#` are passed over.
    pub(super) fn read(text: &str) -> Result<Self, NotAnOffer> {
        let offers = match answer::read(text) {
            Ok(offer) => vec![offer],
            Err(_) if lines(text).nth(1).is_some() => {
                lines(text).map(answer::read).collect::<Result<_, _>>()?
            }
            Err(alone) => match lines(text).next() {
                Some(line) => vec![answer::read(line)?],
                None => return Err(alone),
            },
        };
        let held: Vec<Held> = offers
            .into_iter()
            .map(|offer| Held { gives: Gives::of(&offer.given, offer.tx_code.as_deref()), offer })
            .collect();
        let given = held.iter().map(|held| held.gives.clone()).collect();
        Ok(Self { left: Mutex::new(held), given: Mutex::new(given) })
    }

    /// Gives this Transaction Code to each offer that came without one.
    pub(super) fn add_tx_code(&self, tx_code: &str) {
        for Held { offer, gives } in self.held().iter_mut() {
            if offer.tx_code.is_none() {
                offer.tx_code = Some(tx_code.to_owned());
                *gives = Gives::of(&offer.given, Some(tx_code));
            }
        }
        let given = self.held().iter().map(|held| held.gives.clone()).collect();
        *self.given.lock().unwrap_or_else(PoisonError::into_inner) = given;
    }

    /// What each of them was like that were given, handed out or not.
    pub(super) fn given(&self) -> Vec<Gives> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What each of those is like that are left.
    pub(super) fn stock(&self) -> Vec<Gives> {
        self.held().iter().map(|held| held.gives.clone()).collect()
    }

    /// Those that are left, looked at and not taken.
    pub(super) fn all(&self) -> Vec<Minted> {
        self.held().iter().map(|held| held.offer.clone()).collect()
    }

    /// How many are left.
    pub(super) fn left(&self) -> usize {
        self.held().len()
    }

    /// What all the offers have in common.
    pub(super) fn gives(&self) -> Gives {
        let held = self.held();
        let Some(first) = held.first() else {
            return Gives::default();
        };
        let mut common = first.gives.clone();
        for other in held.iter().map(|held| &held.gives) {
            common.tx_code = common.tx_code.filter(|_| common.tx_code == other.tx_code);
            common.by_reference =
                common.by_reference.filter(|_| common.by_reference == other.by_reference);
            if common.credential_configuration_ids != other.credential_configuration_ids {
                common.credential_configuration_ids.clear();
            }
        }
        common
    }

    /// How well the best of the offers left fits.
    pub(super) fn fit(&self, wanted: &Wanted, declared: &Gives) -> Option<Fit> {
        best(&self.held(), wanted, declared).map(|(fit, _)| fit)
    }

    /// Hands out the offer that fits best, unless none is left that does.
    pub(super) fn take(&self, wanted: &Wanted, declared: &Gives) -> Option<Minted> {
        let mut held = self.held();
        match best(&held, wanted, declared)? {
            (Fit::Not(_), _) => None,
            (_, place) => Some(held.remove(place).offer),
        }
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Vec<Held>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn best(held: &[Held], wanted: &Wanted, declared: &Gives) -> Option<(Fit, usize)> {
    held.iter()
        .enumerate()
        .map(|(place, held)| {
            let gives = held.gives.clone().overridden_by(declared);
            (gives.fit(wanted), place)
        })
        .min()
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;

    #[test]
    fn a_line_is_an_offer_and_is_given_once() {
        let text = "# two offers\nhttps://h/o/1\n\n{\"uri\":\"https://h/o/2\",\"tx_code\":\"1\"}\n";
        let supply = Supply::read(text).unwrap();
        assert_eq!(supply.left(), 2);
        let with_code = Wanted { tx_code: Some(true), ..Wanted::default() };
        let declared = Gives::default();
        let first = supply.take(&with_code, &declared).unwrap();
        assert_eq!(first.given, "https://h/o/2");
        assert_eq!(first.tx_code.as_deref(), Some("1"));
        let second = supply.take(&Wanted::default(), &declared).unwrap();
        assert_eq!(second.given, "https://h/o/1");
        assert_eq!(supply.take(&Wanted::default(), &declared), None);
    }

    #[test]
    fn json_may_be_printed_over_several_lines() {
        let text = "{\n  \"credential_issuer\": \"https://h\"\n}\n";
        let supply = Supply::read(text).unwrap();
        supply.add_tx_code("77");
        assert_eq!(supply.gives().tx_code, Some(false));
        let offer = supply.take(&Wanted::default(), &Gives::default()).unwrap();
        assert_eq!(offer.given, text.trim());
        assert_eq!(offer.tx_code.as_deref(), Some("77"));
    }

    #[test]
    fn a_comment_alone_is_no_offer() {
        assert!(Supply::read("# nothing\n").is_err());
        assert!(Supply::read("https://h/1\nhello\n").is_err());
    }
}
