//! What is to be marked in an exchange: where a tamper struck, and what a verdict speaks of.

use crate::report::{Problem, Sighting};
use crate::transcript::Exchange;

/// Where to put marks.
#[derive(Debug, Default)]
pub(super) struct Marks<'a> {
    /// Places in the request that the wallet made wrong.
    places: &'a [String],
    /// The header field of the answer in question.
    pub(super) field: Option<&'static str>,
    /// Words of the verdict on the answer.
    words: Vec<&'a str>,
}

impl<'a> Marks<'a> {
    /// The marks of an exchange by itself.
    pub(super) fn of(exchange: &'a Exchange) -> Self {
        let places = exchange.tamper.as_ref().map(|tamper| tamper.places.as_slice());
        Self { places: places.unwrap_or_default(), ..Self::default() }
    }

    /// The marks of an exchange as the witness of a problem.
    pub(super) fn of_witness(
        exchange: &'a Exchange,
        problem: &'a Problem,
        sighting: &Sighting,
    ) -> Self {
        let apart = |letter: char| letter.is_whitespace() || ",;:()'\"".contains(letter);
        let actual = problem.actual.as_deref().unwrap_or_default();
        let words = actual.split(apart).filter(|word| word.len() > 2).collect();
        Self { field: sighting.field, words, ..Self::of(exchange) }
    }

    /// Whether this place was made wrong as a whole.
    pub(super) fn has(&self, place: &str) -> bool {
        self.places.iter().any(|known| known == place)
    }

    /// The places inside a part of the request, without its name.
    pub(super) fn inside(&self, part: &str) -> Vec<&'a str> {
        let inner = self.places.iter().filter_map(|place| place.strip_prefix(part));
        inner.filter_map(|inner| inner.strip_prefix('.')).collect()
    }

    /// Whether the verdict speaks of it.
    pub(super) fn speaks_of(&self, name: &str) -> bool {
        self.words.contains(&name)
    }
}
