//! The sequence diagram of a scenario. Places across are shares of the width, so that the letters
//! keep their size on a phone and on paper; places down are pixels.

use serde::Serialize;

use super::exchange::{kind, path_of};
use crate::transcript::{Exchange, Received, Station};

/// Where the wallet, the authorization server and the credential issuer stand.
const LANES: [u32; 3] = [4, 50, 96];
/// Below the names of the lanes.
const TOP: u32 = 40;
/// The height of a request with its answer.
const ROW: u32 = 56;
/// What a tamper adds to it.
const TAMPER: u32 = 16;
/// Longer labels are shortened in the middle: on paper and screens, and on a phone.
const WIDE: usize = 72;
const NARROW: usize = 30;

/// A drawing.
#[derive(Debug, Serialize)]
pub(super) struct Diagram {
    lanes: [u32; 3],
    height: u32,
    arrows: Vec<Arrow>,
}

/// A request and its answer.
#[derive(Debug, Serialize)]
struct Arrow {
    /// Where the exchange is shown in full.
    anchor: String,
    number: u32,
    top: u32,
    height: u32,
    /// Where it goes.
    lane: u32,
    wide: String,
    narrow: String,
    tamper: Option<String>,
    /// The status, or why there is none.
    status: String,
    is_answered: bool,
    tone: &'static str,
}

impl Diagram {
    /// Draws the exchanges, each with its anchor and the worst that a verdict says of it.
    pub(super) fn of<'a>(
        exchanges: impl Iterator<Item = (&'a Exchange, String, &'static str)>,
    ) -> Self {
        let mut arrows: Vec<Arrow> = Vec::new();
        let mut top = TOP;
        for (exchange, anchor, tone) in exchanges {
            let arrow = arrow(exchange, anchor, tone, top);
            top += arrow.height;
            arrows.push(arrow);
        }
        Self { lanes: LANES, height: top + 16, arrows }
    }
}

fn arrow(exchange: &Exchange, anchor: String, tone: &'static str, top: u32) -> Arrow {
    let label = format!("{} {}", exchange.request.method, path_of(&exchange.request.url));
    let (status, is_answered) = match &exchange.received {
        Received::Answer(answer) => (answer.status.to_string(), true),
        Received::Failure(failure) => (kind(failure.kind).to_owned(), false),
    };
    let tamper = exchange.tamper.as_ref().map(|tamper| tamper.name.clone());
    Arrow {
        anchor,
        number: exchange.number,
        top,
        height: if tamper.is_some() { ROW + TAMPER } else { ROW },
        lane: lane(exchange.station),
        wide: shortened(&label, WIDE),
        narrow: shortened(&label, NARROW),
        tamper,
        status,
        is_answered,
        tone,
    }
}

fn lane(station: Station) -> u32 {
    match station {
        Station::AsMetadata | Station::Token => LANES[1],
        _ => LANES[2],
    }
}

/// A label of at most that many characters, its middle left out.
fn shortened(label: &str, most: usize) -> String {
    let characters: Vec<char> = label.chars().collect();
    let Some(too_many) = characters.len().checked_sub(most).filter(|more| *more > 0) else {
        return label.to_owned();
    };
    let begin = most / 2;
    let rest = characters.iter().skip(begin + too_many + 1);
    characters.iter().take(begin).chain(&['…']).chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_long_label_keeps_both_ends() {
        let label = "GET /.well-known/openid-credential-issuer";
        assert_eq!(shortened(label, 30), "GET /.well-know…dential-issuer");
        assert_eq!(shortened(label, 41), label);
    }
}
