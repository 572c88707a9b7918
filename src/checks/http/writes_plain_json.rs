//! JSON is read in one way by everybody only where it is plain.

use super::answers;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::jose::json;
use crate::transcript::Body;

pub static CHECK: Check = Check {
    id: "http/writes-plain-json",
    aliases: &[],
    since: "2026.3",
    title: "JSON is UTF-8 without a byte order mark, and names no member twice",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc8259#section-8.1", "rfc8259#section-4"],
    obligation: "what is labelled as JSON is UTF-8 without a byte order mark, and no name occurs twice in an object",
    doc: "Editors on Windows put three octets before a file that is served as it is, and strict parsers stop at them. \
          Templates that write JSON by hand are in whatever the source file was in, Latin-1 for example, and an \
          umlaut in a display name breaks the document. A member that comes twice is read by some as the first \
          value and by others as the last, so that two libraries see two documents; that one warns, for the text \
          says SHOULD.\n\n\
          Write JSON with a library, as UTF-8, and save static documents without a byte order mark.",
    judge: Judge::Transcript(writes_plain_json),
};

/// How text in UTF-8 begins that says so.
const BYTE_ORDER_MARK: char = '\u{feff}';

fn writes_plain_json(scene: &Scene<'_>) -> Finding {
    let mut repeated = None;
    let mut seen = false;
    for answered in answers(scene).filter(is_labelled_as_json) {
        seen = true;
        let at = |actual: String| {
            let place = answered.exchange.station;
            let breach =
                Breach::new("UTF-8 without a byte order mark", format!("{actual} at {place}"));
            breach.at([answered.exchange.number])
        };
        match answered.answer.body.text() {
            None => return Finding::Breaks(at("octets that are not UTF-8".to_owned())),
            Some(text) if text.starts_with(BYTE_ORDER_MARK) => {
                return Finding::Breaks(at("a byte order mark".to_owned()));
            }
            Some(text) if repeated.is_none() => {
                let names = json::read(text.as_bytes()).map(|read| read.repeated_names);
                let name = names.ok().and_then(|names| names.into_iter().next());
                repeated = name.map(|name| at(format!("{} twice", shape::quote(&name))));
            }
            Some(_) => {}
        }
    }
    match (repeated, seen) {
        (Some(breach), _) => {
            let breach = Breach { expected: "each name once in an object".to_owned(), ..breach };
            Finding::Warns(breach, "names in an object should be unique, says RFC 8259")
        }
        (None, true) => Finding::Holds,
        (None, false) => Finding::Silent("nothing was answered as JSON"),
    }
}

fn is_labelled_as_json(answered: &Answered<'_>) -> bool {
    let media_type = answered.answer.media_type().unwrap_or_default();
    let is_json = media_type == "application/json" || media_type.ends_with("+json");
    is_json && answered.answer.body != Body::Empty
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::{Body, Received, Station};

    fn stage(octets: &[u8]) -> Stage {
        let labelled = [("content-type", "application/json; charset=utf-8")];
        Stage::new().answer(Station::Nonce, 200, &labelled, "").last(|exchange| {
            if let Received::Answer(answer) = &mut exchange.received {
                answer.body = Body::from_octets(octets.to_vec());
            }
        })
    }

    #[test]
    fn plain_json_holds_and_broken_json_is_for_others() {
        assert_holds(&super::CHECK, &stage("{\"name\":\"Köln\",\"c\":{\"name\":1}}".as_bytes()));
        assert_holds(&super::CHECK, &stage(b"{"));
        assert_outcome(&super::CHECK, &stage(b""), Outcome::NotTestable);
    }

    #[test]
    fn marks_and_other_encodings_break_and_repeated_names_warn() {
        assert_breaks(&super::CHECK, &stage(b"\xef\xbb\xbf{}"), "a byte order mark at nonce");
        assert_breaks(&super::CHECK, &stage(b"{\"n\":\"K\xf6ln\"}"), "not UTF-8");
        assert_outcome(&super::CHECK, &stage(b"\xef\xbb\xbf{}"), Outcome::Fail);
        let twice = stage(b"{\"a\":1,\"a\":2}");
        assert_breaks(&super::CHECK, &twice, "\"a\" twice");
        assert_outcome(&super::CHECK, &twice, Outcome::Warn);
    }
}
