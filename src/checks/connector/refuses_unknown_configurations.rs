//! An offer of what does not exist leads every wallet into a refusal.

use super::{REFUSED, profile};
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "connector/refuses-unknown-configurations",
    aliases: &[],
    since: "2026.3",
    title: "an order of an unknown configuration is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: profile,
    spec: &["eudiw-connector#troubleshooting"],
    obligation: "an order of a credential configuration that does not exist is refused as unknown_credential_configuration",
    doc: "Offers that are made without a look at the metadata fail only in the hands of the user, who can do \
          nothing about it. Compare `credential_configuration_id` with the keys of \
          `credential_configurations_supported` when the offer is ordered.\n\n\
          The guide names the error and no status: any 4xx that speaks of the request will do.",
    judge: Judge::Refusal(Refusal {
        tamper: "order-of-unknown-configuration",
        expects: &[Expectation { codes: &["unknown_credential_configuration"], ..REFUSED }],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::connector::staged::ordered;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    const TAMPER: &str = "order-of-unknown-configuration";

    #[test]
    fn it_is_refused() {
        let right = ordered(TAMPER, 400, "unknown_credential_configuration");
        assert_holds(&super::CHECK, &right);
        assert_breaks(&super::CHECK, &ordered(TAMPER, 201, ""), "accepted");
        assert_outcome(&super::CHECK, &ordered(TAMPER, 400, "bad"), Outcome::Warn);
    }
}
