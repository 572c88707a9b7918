//! The issuer of the templates in the German guide for attestation providers: messages of draft 11 around the
//! configuration ids of later ones.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Drafts, Guide, OfferApi, Side, remove};
use crate::{
    algorithm::Algorithm,
    credentials::{Credential, object},
    dialect::{AskedBy, AuthorizationServer, CredentialMember, Descriptions, Dialect, UserCode},
    formats::{Format, sd_jwt::Concealment},
    layout::{self, Layout, Paths},
    offers::{MintedOffer, OfferRequest, PRE_AUTHORIZED_CODE, TxCodeRequest},
    settings::{Dpop, Settings},
};

/// The SD-JWT VC.
const SD_JWT: &str = "eaa_example_sd_jwt";
/// The mdoc.
const MDOC: &str = "eaa_example_mdoc";

/// The guide.
pub static GUIDE: Guide = Guide {
    name: "eaa-de-template",
    says: "SD-JWT VCs and mdocs, bearer tokens and refresh tokens, the token endpoint in the issuer metadata alone, \
           a PIN as `user_pin`, one `proof` and one `credential`",
    settings,
    paths: Paths { token: "/token", credential: "/credential", ..layout::OWN },
    credentials,
    rewrite,
    rewrite_credential: |_| {},
    rewrite_answer: |_, _| {},
    offer_api: OfferApi {
        path: "/credential-offers",
        side: Side::Management,
        example: r#"{"credential_configuration_id":"eaa_example_sd_jwt"}"#,
        read,
        write,
        unknown_configuration: "unknown_credential_configuration",
        invalid: "invalid_request",
    },
};

fn settings() -> Settings {
    Settings {
        guide: Some(&GUIDE),
        dialect: Dialect {
            authorization_server: AuthorizationServer::IssuerMetadata,
            user_code: UserCode::UserPin,
            asked_by: AskedBy::Any,
            credential_member: CredentialMember::Credential,
            tells_format: true,
            sd_jwt: "dc+sd-jwt",
            descriptions: Descriptions::Nowhere,
            ..Dialect::DRAFT_13
        },
        formats: &[Format::SdJwt, Format::Mdoc],
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: None,
        refresh_tokens: true,
        ..Settings::default()
    }
}

fn credentials(_: &Layout) -> Vec<Credential> {
    let name = "Electronic Attestation of Attributes";
    let description = "What a register that exists only here knows of somebody";
    vec![
        Credential {
            id: SD_JWT,
            algorithm: Algorithm::Es256,
            format: Format::SdJwt,
            vct: "urn:example:eaa:1".to_owned(),
            definition: None,
            vct_integrity: None,
            concealment: Concealment::default(),
            dataset: object(json!({
                "given_name": "Erika",
                "family_name": "Mustermann",
                "profession": "Archaeologist"
            })),
            name,
            description,
            mandatory: &[],
        },
        Credential {
            id: MDOC,
            algorithm: Algorithm::Es256,
            format: Format::Mdoc,
            vct: "org.example.eaa.1".to_owned(),
            definition: None,
            vct_integrity: None,
            concealment: Concealment::default(),
            dataset: object(json!({
                "org.example.eaa.1": {
                    "given_name": "Erika",
                    "family_name": "Mustermann",
                    "profession": "Archaeologist"
                }
            })),
            name,
            description,
            mandatory: &[],
        },
    ]
}

fn rewrite(_: &Layout, drafts: &mut Drafts) {
    let metadata = &mut drafts.issuer_metadata;
    remove(metadata, &["display"]);
    metadata["grant_types_supported"] = json!(["authorization_code", PRE_AUTHORIZED_CODE]);
    for id in [SD_JWT, MDOC] {
        let described = &mut metadata["credential_configurations_supported"][id];
        let unsaid = ["scope", "cryptographic_binding_methods_supported", "proof_types_supported"];
        remove(described, &unsaid);
    }
}

fn read(body: &Value) -> Result<OfferRequest, &'static str> {
    let id = body["credential_configuration_id"].as_str().ok_or(GUIDE.offer_api.invalid)?;
    let wants_pin = body["user_pin_required"] != json!(false);
    Ok(OfferRequest {
        credential_configuration_ids: vec![id.to_owned()],
        tx_code: wants_pin.then(TxCodeRequest::default),
        ..OfferRequest::default()
    })
}

fn write(minted: &MintedOffer) -> (StatusCode, Value) {
    let body = json!({
        "offer_id": minted.offer_id,
        "credential_offer_uri": minted.credential_offer_uri,
        "user_pin": minted.tx_code_value
    });
    (StatusCode::CREATED, body)
}
