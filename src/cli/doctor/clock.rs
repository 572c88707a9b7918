//! How far the issuer's clock is from ours. Proofs carry our time: an issuer that is behind takes
//! them for made in the future, one that is ahead takes them for stale.

use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::Look;
use super::finding::Finding;
use super::patient::Patient;
use crate::transcript::{Exchange, Station};

/// Many verifiers allow a proof to be this much ahead of their clock, and no more.
const NARROW: i64 = 5;
/// Beyond a minute, fresh proofs are refused for their `iat` and `http/clock-is-right` warns.
const WIDE: i64 = 60;

/// Compares the Date of the metadata with our clock.
pub fn look(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        let mut exchanges = patient.discovered(Station::IssuerMetadata).await;
        exchanges.extend(patient.discovered(Station::AsMetadata).await);
        let differences = exchanges.iter().filter_map(ahead);
        vec![match differences.min_by_key(|seconds| seconds.abs()) {
            Some(seconds) => judged(seconds),
            None => Finding::idle("not known: no Date in the answers, or they were cached"),
        }]
    })
}

fn judged(seconds: i64) -> Finding {
    if seconds.abs() <= NARROW {
        return Finding::well(format!("{} s apart", seconds.abs()));
    }
    let side = if seconds > 0 { "ahead of" } else { "behind" };
    let says = format!("the issuer is {} s {side} this machine", seconds.abs());
    let remedy = "date -u   # here and there; start the time service of the wrong one";
    if seconds.abs() <= WIDE {
        Finding::remark(says).so(remedy)
    } else {
        Finding::fault(format!("{says}: proofs will be refused for their iat")).so(remedy)
    }
}

/// Seconds by which the server's clock is ahead of ours; zero while it lies between the request
/// and the answer. None where a cache answered.
fn ahead(exchange: &Exchange) -> Option<i64> {
    let answer = exchange.answer().filter(|answer| answer.headers.get("age").is_none())?;
    let date: Timestamp = rfc2822::parse(answer.headers.get("date")?).ok()?.timestamp();
    // Date has no fractions.
    let asked = exchange.request.at.as_second();
    let nearest = date.as_second().clamp(asked, answer.at.as_second().max(asked));
    date.as_second().checked_sub(nearest)
}

#[cfg(test)]
mod tests {
    use super::super::finding::Mark;
    use super::*;

    #[test]
    fn a_difference_is_told_in_seconds_and_by_side() {
        assert_eq!(judged(-5).mark, Mark::Well);
        assert_eq!(judged(6).mark, Mark::Remark);
        assert_eq!(judged(-61).mark, Mark::Fault);
        assert!(judged(-3600).says.starts_with("the issuer is 3600 s behind this machine"));
    }
}
