//! A verdict seen again: what was said and judged then, and what is now.

use crate::checks::Outcome;
use crate::transcript::{Exchange, Transcript};

/// A verdict of an earlier run beside that of a new one.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    /// `check@endpoint`.
    pub name: String,
    /// Id of the check, for `vcispec explain`.
    pub check: &'static str,
    /// The obligation in one sentence.
    pub obligation: &'static str,
    /// What was run again, in words.
    pub scenario: String,
    /// What was judged then.
    pub then: Said,
    /// What is judged now.
    pub now: Said,
    /// The exchanges that show it, redacted.
    pub exchanges: Vec<Pair>,
    /// A command that asks the same again; none where the request carries anything that is
    /// secret or good for one use.
    pub command: Option<String>,
}

/// What a run came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The issuer that was asked.
    pub credential_issuer: String,
    /// Identifier of the run, the trace id in `traceparent`.
    pub run_id: String,
    /// The verdict; none where there is none.
    pub outcome: Option<Outcome>,
    /// What the specification asks for, of a breach.
    pub expected: Option<String>,
    /// What the issuer did, of a breach.
    pub actual: Option<String>,
    /// Why it could not be judged, or what bounds the observation.
    pub because: Option<String>,
}

/// An exchange and its counterpart.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// As it was.
    pub then: Exchange,
    /// As it is; none where the scenario did not get to it.
    pub now: Option<Exchange>,
}

impl Pair {
    /// Puts each of these exchanges beside the one of the same step and tamper.
    pub fn all(then: &Transcript, numbers: &[u32], now: Option<&Transcript>) -> Vec<Self> {
        let wanted = then.exchanges.iter().filter(|exchange| numbers.contains(&exchange.number));
        let pair = |exchange: &Exchange| Self {
            now: now.and_then(|now| counterpart(then, exchange, now)).cloned(),
            then: exchange.clone(),
        };
        wanted.map(pair).collect()
    }
}

/// The exchange in the same place: the same step, station and tamper, and among those the same
/// turn; else the last one like it.
fn counterpart<'a>(
    then: &Transcript,
    exchange: &Exchange,
    now: &'a Transcript,
) -> Option<&'a Exchange> {
    let name = |one: &Exchange| one.tamper.as_ref().map(|tamper| tamper.name.clone());
    let is_like = |one: &&Exchange| {
        one.station == exchange.station
            && name(one) == name(exchange)
            && one.superseded == exchange.superseded
    };
    let is_there = |one: &&Exchange| is_like(one) && one.step == exchange.step;
    let before = |one: &&Exchange| one.number < exchange.number;
    let turn = then.exchanges.iter().filter(is_there).filter(before).count();
    let there = now.exchanges.iter().filter(is_there).nth(turn);
    there.or_else(|| now.exchanges.iter().rev().find(is_like))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::staging;

    #[test]
    fn the_counterpart_has_the_same_step_and_tamper() {
        let run = staging::run();
        let then = &run.transcripts[1];
        let mut now = then.clone();
        now.exchanges.insert(0, run.transcripts[0].exchanges[1].clone());
        let pairs = Pair::all(then, &[2], Some(&now));
        assert_eq!(pairs.len(), 1);
        assert_eq!(pairs[0].now.as_ref(), Some(&then.exchanges[1]));
        now.exchanges.truncate(1);
        assert_eq!(Pair::all(then, &[2], Some(&now))[0].now, None);
    }
}
