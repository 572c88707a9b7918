//! The issuer of an EUDI Wallet connector's guide: 1.0 as HAIP narrows it, driven through an offer API.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Guide, OfferApi, Side};
use crate::{
    algorithm::Algorithm,
    credentials::{Credential, object},
    dialect::Dialect,
    formats::{Format, sd_jwt::Concealment},
    layout::{self, Layout, Paths},
    offers::{MintedOffer, OfferRequest, TxCodeRequest},
    settings::{Dpop, Settings},
};

/// The one configuration.
const IDENTITY: &str = "IdentityCredential";

/// The guide.
pub static GUIDE: Guide = Guide {
    name: "eudiw-connector",
    says: "1.0: SD-JWT VCs under an x5c chain, DPoP required, offers by reference that live five minutes",
    settings,
    paths: Paths {
        token: "/oidc4vci/token",
        nonce: "/oidc4vci/nonce",
        credential: "/oidc4vci/credential",
        offers: "/oidc4vci/offers",
        types: "/oidc4vci/types",
        ..layout::OWN
    },
    credentials,
    rewrite: |_, _| {},
    rewrite_credential: |_| {},
    rewrite_answer: |_, _| {},
    offer_api: OFFER_API,
};

/// How it is asked for offers.
pub const OFFER_API: OfferApi = OfferApi {
    path: "/offers",
    side: Side::Management,
    example: r#"{"credential_configuration_id":"IdentityCredential","claims":{"given_name":"Erika","family_name":"Mustermann"}}"#,
    read,
    write,
    unknown_configuration: "unknown_credential_configuration",
    invalid: "invalid_request",
};

fn settings() -> Settings {
    Settings {
        guide: Some(&GUIDE),
        dialect: Dialect::FINAL,
        dpop: Dpop::Required,
        dpop_nonces: false,
        batch_size: None,
        ..Settings::default()
    }
}

fn credentials(layout: &Layout) -> Vec<Credential> {
    vec![Credential {
        id: IDENTITY,
        algorithm: Algorithm::Es256,
        format: Format::SdJwt,
        vct: format!("{}/{IDENTITY}", layout.types),
        definition: None,
        vct_integrity: None,
        concealment: Concealment::default(),
        dataset: object(json!({
            "given_name": "Erika",
            "family_name": "Mustermann",
            "document_number": "T22000129",
            "issuing_country": "DE"
        })),
        name: "Identity Credential",
        description: "Who somebody is, according to the backend of the connector",
        mandatory: &["given_name", "family_name"],
    }]
}

fn read(body: &Value) -> Result<OfferRequest, &'static str> {
    let invalid = OFFER_API.invalid;
    let id = body["credential_configuration_id"].as_str().ok_or(invalid)?;
    let tx_code = match body.get("tx_code") {
        None => None,
        Some(wanted) => Some(read_tx_code(wanted).ok_or(invalid)?),
    };
    if !body["claims"].is_object() {
        return Err(invalid);
    }
    Ok(OfferRequest {
        credential_configuration_ids: vec![id.to_owned()],
        claims: Some(body["claims"].clone()),
        tx_code,
        by_reference: true,
        ..OfferRequest::default()
    })
}

/// The mode and the length are both said.
fn read_tx_code(wanted: &Value) -> Option<TxCodeRequest> {
    let wanted: TxCodeRequest = serde_json::from_value(wanted.clone()).ok()?;
    (wanted.input_mode.is_some() && wanted.length.is_some()).then_some(wanted)
}

fn write(minted: &MintedOffer) -> (StatusCode, Value) {
    let mut body = json!({
        "offer_id": minted.offer_id,
        "credential_offer_uri": minted.credential_offer_uri
    });
    if let Some(value) = &minted.tx_code_value {
        body["tx_code_value"] = json!(value);
    }
    (StatusCode::CREATED, body)
}
