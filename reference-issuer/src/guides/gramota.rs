//! The issuer of Gramota's guide: SD-JWT VCs for wallets of two generations at once.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Drafts, Guide, OfferApi, Side, remove};
use crate::{
    algorithm::Algorithm,
    credentials::{Credential, object},
    dialect::{
        AskedBy, AuthorizationServer, Batch, CredentialMember, Descriptions, Dialect, Errors,
        Nonces, ProofMember,
    },
    formats::{Format, sd_jwt::Concealment},
    layout::{self, Layout, Paths},
    offers::{MintedOffer, OfferRequest},
    settings::{Dpop, IssuerKey, Lifetimes, Settings},
};

/// The type of the one credential.
const VCT: &str = "urn:eudi:pid:1";
/// Its configuration.
const PID: &str = "urn:eudi:pid:1_sd_jwt_vc";

/// The guide.
pub static GUIDE: Guide = Guide {
    name: "gramota",
    says: "SD-JWT VCs with keys by JWT VC Issuer Metadata, optional DPoP, batches of 50, requests of drafts 13 and 15, \
           c_nonce in the token answer, the format in the credential answer",
    settings,
    paths: Paths { token: "/oid4vci/token", credential: "/oid4vci/credential", ..layout::OWN },
    credentials,
    rewrite,
    rewrite_credential: |_| {},
    rewrite_answer: |_, _| {},
    offer_api: OfferApi {
        path: "/v1/credential-offers",
        side: Side::Protocol,
        example: r#"{"vct":"urn:eudi:pid:1","subject":{"given_name":"Erika","family_name":"Mustermann"}}"#,
        read,
        write,
        unknown_configuration: "unknown_vct",
        invalid: "invalid_request",
    },
};

fn settings() -> Settings {
    let minutes = |count: u64| std::time::Duration::from_secs(60 * count);
    Settings {
        guide: Some(&GUIDE),
        dialect: Dialect {
            authorization_server: AuthorizationServer::Named,
            nonces: Nonces::AnswersUnasked,
            asked_by: AskedBy::Any,
            proof_member: ProofMember::Either,
            credential_member: CredentialMember::Credentials,
            tells_format: true,
            batch: Batch::Proofs,
            sd_jwt: "dc+sd-jwt",
            descriptions: Descriptions::Nowhere,
            errors: Errors::WithoutNonce,
            ..Dialect::DRAFT_15
        },
        dpop: Dpop::Optional,
        dpop_nonces: false,
        batch_size: Some(50),
        issuer_key: IssuerKey::IssuerMetadata,
        lifetimes: Lifetimes {
            code: minutes(30),
            credential: minutes(365 * 24 * 60),
            ..Lifetimes::default()
        },
        ..Settings::default()
    }
}

fn credentials(_: &Layout) -> Vec<Credential> {
    vec![Credential {
        id: PID,
        algorithm: Algorithm::Es256,
        format: Format::SdJwt,
        vct: VCT.to_owned(),
        definition: None,
        vct_integrity: None,
        concealment: Concealment::default(),
        dataset: object(json!({
            "given_name": "Erika",
            "family_name": "Mustermann",
            "birthdate": "1984-01-26"
        })),
        name: "Person Identification Data",
        description: "Who somebody is, according to whoever asked for the offer",
        mandatory: &[],
    }]
}

fn rewrite(_: &Layout, drafts: &mut Drafts) {
    remove(&mut drafts.issuer_metadata, &["display"]);
    let described = &mut drafts.issuer_metadata["credential_configurations_supported"][PID];
    described["scope"] = json!(VCT);
    described["cryptographic_binding_methods_supported"] = json!(["jwk"]);
    // It serves anonymous clients, and does not say so.
    let silent = ["authorization_details_types_supported"];
    remove(&mut drafts.as_metadata, &silent);
    remove(&mut drafts.as_metadata, &["pre-authorized_grant_anonymous_access_supported"]);
}

fn read(body: &Value) -> Result<OfferRequest, &'static str> {
    let vct = body["vct"].as_str().ok_or(GUIDE.offer_api.invalid)?;
    Ok(OfferRequest {
        credential_configuration_ids: vec![format!("{vct}_sd_jwt_vc")],
        claims: Some(body["subject"].clone()).filter(|subject| !subject.is_null()),
        ..OfferRequest::default()
    })
}

fn write(minted: &MintedOffer) -> (StatusCode, Value) {
    let body = json!({
        "offerUrl": minted.credential_offer_uri,
        "preAuthCode": minted.pre_authorized_code
    });
    (StatusCode::OK, body)
}
