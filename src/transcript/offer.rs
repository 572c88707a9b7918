//! A Credential Offer as the wallet was handed it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One offer, the words it came in, and what came beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OfferRecord {
    /// The name of the offer source.
    pub source: String,
    /// The text exactly as the source gave it: a link, JSON, or a URL.
    pub given: String,
    /// In which form the offer came.
    pub form: OfferForm,
    /// The offer object, once it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<Value>,
    /// The Transaction Code that came out of band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tx_code: Option<String>,
}

/// The form an offer came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OfferForm {
    /// A link with a `credential_offer` parameter.
    ByValue,
    /// A link with a `credential_offer_uri` parameter.
    ByReference,
    /// A bare JSON object, with no link around it.
    Json,
    /// Neither could be made out.
    Unreadable,
}
