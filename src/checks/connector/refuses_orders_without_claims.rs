//! Nobody can issue a credential of which nothing is known.

use super::{REFUSED, profile};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "connector/refuses-orders-without-claims",
    aliases: &[],
    since: "2026.3",
    title: "an order without claims is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: profile,
    spec: &["eudiw-connector#step-1-create-a-credential-offer"],
    obligation: "an order that has no claims is refused",
    doc: "The connector knows of the user what the backend tells it, so claims are no option of an order. Where \
          they are not asked for, the credential is empty, or is made of whatever was there before.\n\n\
          The guide says neither with which status nor with which error: any 4xx that speaks of the request \
          will do.",
    judge: Judge::Refusal(Refusal {
        tamper: "order-without-claims",
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

    const TAMPER: &str = "order-without-claims";

    #[test]
    fn it_is_refused() {
        assert_holds(&super::CHECK, &ordered(TAMPER, 422, "any"));
        assert_breaks(&super::CHECK, &ordered(TAMPER, 201, ""), "accepted");
        assert_outcome(&super::CHECK, &ordered(TAMPER, 500, ""), Outcome::Warn);
    }
}
