//! Redirects on the way to a public document: what was asked for first, and what was only on the
//! way.

use super::{Exchange, Transcript};

/// More hops than any wallet follows.
const MOST_HOPS: usize = 8;

impl Transcript {
    /// The URL that was asked for first, where redirects led to this exchange.
    pub fn origin<'t>(&'t self, exchange: &'t Exchange) -> &'t str {
        let mut first = exchange;
        for _ in 0..MOST_HOPS {
            let leads_here = |earlier: &&Exchange| leads_to(earlier, first);
            match self.at(exchange.station).filter(leads_here).last() {
                Some(earlier) => first = earlier,
                None => break,
            }
        }
        &first.request.url
    }

    /// Whether its answer is a redirect on which something else was answered.
    pub fn was_followed(&self, exchange: &Exchange) -> bool {
        exchange.redirects_to().is_some()
            && self
                .at(exchange.station)
                .any(|later| later.answer().is_some() && leads_to(exchange, later))
    }
}

fn leads_to(earlier: &Exchange, later: &Exchange) -> bool {
    earlier.number < later.number
        && earlier.redirects_to().is_some_and(|url| url.as_str() == later.request.url)
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::Stage;
    use crate::transcript::Station;

    const FIRST: &str = "https://h.example/.well-known/did.json";

    fn moved() -> Stage {
        Stage::new()
            .answer(Station::DidDocument, 302, &[("location", "/b")], "")
            .sent("GET", FIRST, &[], "")
            .answer(Station::DidDocument, 307, &[("location", "https://cdn.example/c")], "")
            .sent("GET", "https://h.example/b", &[], "")
    }

    #[test]
    fn the_first_address_is_found_through_every_hop() {
        let url = "https://cdn.example/c";
        let mut stage =
            moved().answer(Station::DidDocument, 200, &[], "{}").sent("GET", url, &[], "");
        let transcript = stage.transcript();
        let followed: Vec<bool> =
            transcript.exchanges.iter().map(|one| transcript.was_followed(one)).collect();
        assert_eq!(followed, [true, true, false]);
        for exchange in &transcript.exchanges {
            assert_eq!(transcript.origin(exchange), FIRST);
        }
    }

    #[test]
    fn a_redirect_to_nowhere_was_not_followed() {
        let mut stage = moved();
        let transcript = stage.transcript();
        let last = transcript.exchanges.last();
        assert_eq!(last.map(|one| transcript.was_followed(one)), Some(false));
    }
}
