//! What several findings of one check come to: the one that counts, and where it was seen.

use crate::checks::{Breach, Finding};

/// The finding, seen in this exchange unless it says where it was seen.
pub(in crate::checks) fn shown_in(finding: Finding, exchange: u32) -> Finding {
    let number = |mut breach: Breach| {
        if breach.exchanges.is_empty() {
            breach.exchanges.push(exchange);
        }
        breach
    };
    match finding {
        Finding::Breaks(breach) => Finding::Breaks(number(breach)),
        Finding::Warns(breach, reason) => Finding::Warns(number(breach), reason),
        other => other,
    }
}

/// The finding that outranks the other: a breach, a warning, what holds, what is exempt, silence.
pub(in crate::checks) fn worse(one: Finding, other: Finding) -> Finding {
    let rank = |finding: &Finding| match finding {
        Finding::Silent(_) => 0,
        Finding::Exempt(_) => 1,
        Finding::Holds => 2,
        Finding::HoldsAsFar(_) => 3,
        Finding::Warns(..) => 4,
        Finding::Breaks(_) => 5,
    };
    if rank(&other) > rank(&one) { other } else { one }
}
