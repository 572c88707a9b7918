//! A wallet that knows 1.0 asks its user for a code only where `tx_code` says so.

use serde_json::Value;

use super::each_offer;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::CredentialOffer;

pub static CHECK: Check = Check {
    id: "offer/asks-for-codes-by-tx-code",
    aliases: &[],
    since: "2026.3",
    title: "a code is asked for by tx_code",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-offer-parameters"],
    obligation: "an offer that wants a code from the user has tx_code, not only user_pin_required",
    doc: "Until draft 12 an offer said `user_pin_required: true`, and wallets sent the code as `user_pin`. 1.0 \
          knows neither: a wallet sees no `tx_code`, asks its user for nothing, redeems the code without one, and \
          is refused with an error that its user cannot understand. Guides and older libraries still show it, also \
          beside `credential_configuration_ids`, which came later.\n\n\
          Write `tx_code`, at least as `{}`, and read the parameter `tx_code` at the token endpoint. A \
          `user_pin_required` beside it does no harm.",
    judge: Judge::Transcript(asks_for_codes_by_tx_code),
};

fn asks_for_codes_by_tx_code(scene: &Scene<'_>) -> Finding {
    each_offer(scene, |offer: &Value, _| {
        let lens = CredentialOffer::new(offer);
        let is_so = lens.tx_code().is_some() || !lens.requires_user_pin();
        Finding::expect(is_so, "tx_code", "user_pin_required without tx_code")
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{GRANT, honest_offer};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, with, without};

    #[test]
    fn tx_code_holds_whatever_is_beside_it() {
        let both = with(honest_offer(), &format!("{GRANT}/user_pin_required"), json!(true));
        assert_holds(&super::CHECK, &Stage::new().offer(both, None));
        let neither = without(honest_offer(), &format!("{GRANT}/tx_code"));
        assert_holds(&super::CHECK, &Stage::new().offer(neither.clone(), None));
        let no_pin = with(neither, &format!("{GRANT}/user_pin_required"), json!(false));
        assert_holds(&super::CHECK, &Stage::new().offer(no_pin, None));
    }

    #[test]
    fn a_pin_alone_breaks() {
        let offer = without(honest_offer(), &format!("{GRANT}/tx_code"));
        let offer = with(offer, &format!("{GRANT}/user_pin_required"), json!(true));
        assert_breaks(&super::CHECK, &Stage::new().offer(offer, None), "user_pin_required");
    }
}
