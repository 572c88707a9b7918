//! What can be wrong, or unusual, with an order at the offer API.

use serde_json::json;

use super::Tamper;
use super::credential::request;
use crate::transcript::Station;
use crate::wallet::draft::Draft;
use crate::wallet::session::Session;

const fn row(
    name: &'static str,
    says: &'static str,
    change: fn(&mut Draft, &Session) -> Result<String, String>,
) -> Tamper {
    Tamper { name, says, at: &[Station::OfferApi], resends: false, change }
}

/// The rows of the order.
pub const TAMPERS: &[Tamper] = &[
    row("order-with-tx-code", "orders a transaction code of six digits", |draft, _| {
        let tx_code = json!({"input_mode": "numeric", "length": 6});
        request(draft)?.insert("tx_code".into(), tx_code);
        Ok("tx_code is numeric, of length 6".into())
    }),
    row("order-of-unknown-configuration", "orders what does not exist", |draft, _| {
        let unknown = json!("vcispec-unknown-configuration");
        request(draft)?.insert("credential_configuration_id".into(), unknown);
        Ok("credential_configuration_id is vcispec-unknown-configuration".into())
    }),
    row("order-without-claims", "leaves out the claims", |draft, _| {
        request(draft)?.shift_remove("claims").ok_or("the order has no claims")?;
        Ok("no claims".into())
    }),
    row("order-with-impossible-tx-code", "orders a code of no known characters", |draft, _| {
        let tx_code = json!({"input_mode": "runes", "length": 0});
        request(draft)?.insert("tx_code".into(), tx_code);
        Ok("tx_code is of runes, and of length 0".into())
    }),
];
