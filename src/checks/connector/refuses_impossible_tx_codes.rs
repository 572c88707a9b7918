//! A code that cannot be drawn cannot be sent to anybody.

use super::{REFUSED, profile};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "connector/refuses-impossible-tx-codes",
    aliases: &[],
    since: "2026.3",
    title: "an order of an impossible transaction code is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: profile,
    spec: &["eudiw-connector#step-1-create-a-credential-offer"],
    obligation: "an order whose tx_code has an input_mode that does not exist, and the length 0, is refused",
    doc: "There are two modes, `numeric` and `text`, and a code has a length. An offer API that passes on what it \
          does not understand makes offers that no wallet can show, or offers without the code that the \
          backend wanted for its protection.\n\n\
          The guide says neither with which status nor with which error: any 4xx that speaks of the request \
          will do.",
    judge: Judge::Refusal(Refusal {
        tamper: "order-with-impossible-tx-code",
        expects: &[REFUSED],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::connector::staged::ordered;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    const TAMPER: &str = "order-with-impossible-tx-code";

    #[test]
    fn it_is_refused() {
        assert_holds(&super::CHECK, &ordered(TAMPER, 422, "any"));
        assert_breaks(&super::CHECK, &ordered(TAMPER, 201, ""), "accepted");
        assert_outcome(&super::CHECK, &ordered(TAMPER, 500, ""), Outcome::Warn);
    }
}
