//! The issuer of Corbado's developer guide: a W3C credential under a did:web, a PIN of the oldest drafts beside the
//! configuration ids of later ones, and three discovery documents that no cache may keep.

use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use super::{Drafts, Guide, OfferApi, Side, remove};
use crate::{
    algorithm::Algorithm,
    answer::Answer,
    credentials::{Credential, object},
    dialect::{AskedBy, AuthorizationServer, Dialect, ProofMember, UserCode},
    formats::{
        Format,
        jwt_vc::{Definition, Identity, Unsigned},
        sd_jwt::Concealment,
    },
    layout::{self, Layout, Paths},
    offers::{InputMode, MintedOffer, OfferRequest, PRE_AUTHORIZED_CODE, TxCodeRequest},
    random,
    settings::{Dpop, Lifetimes, Settings},
    station::Station,
};

/// The one credential: its id, its type and its document type.
const PID: &str = "eu.europa.ec.eudi.pid.1";

/// What has to be known of a person.
const NEEDED: [&str; 3] = ["given_name", "family_name", "birth_date"];

/// The guide.
pub static GUIDE: Guide = Guide {
    name: "corbado",
    says: "W3C credentials (`jwt_vc`) under a did:web, a PIN as `user_pin`, c_nonce in the token answer, \
           no authorization server metadata but an OpenID configuration without issuer",
    settings,
    paths: Paths {
        token: "/api/issue/token",
        credential: "/api/issue/credential",
        schemas: "/api/schemas",
        ..layout::OWN
    },
    credentials,
    rewrite,
    rewrite_credential,
    rewrite_answer,
    offer_api: OfferApi {
        path: "/api/issue/authorize",
        side: Side::Protocol,
        example: r#"{"user_data":{"given_name":"Erika","family_name":"Mustermann","birth_date":"1984-01-26"}}"#,
        read,
        write,
        unknown_configuration: "server_error",
        invalid: "missing_user_data",
    },
};

fn settings() -> Settings {
    let minutes = |count: u64| std::time::Duration::from_secs(60 * count);
    Settings {
        guide: Some(&GUIDE),
        dialect: Dialect {
            authorization_server: AuthorizationServer::OpenidConfiguration,
            user_code: UserCode::UserPin,
            asked_by: AskedBy::Any,
            proof_member: ProofMember::Either,
            tells_format: true,
            jwt_vc: "jwt_vc",
            ..Dialect::DRAFT_13
        },
        formats: &[Format::JwtVc],
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: None,
        lifetimes: Lifetimes {
            code: minutes(10),
            access_token: minutes(60),
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
        format: Format::JwtVc,
        vct: String::new(),
        definition: Some(Definition {
            types: &["VerifiableCredential", PID],
            issuer: Identity::Did,
        }),
        vct_integrity: None,
        concealment: Concealment::default(),
        dataset: object(json!({
            "given_name": "Erika",
            "family_name": "Mustermann",
            "birth_date": "1984-01-26"
        })),
        name: "Person Identification Data",
        description: "Who somebody is, according to a form that anybody may fill in",
        mandatory: &NEEDED,
    }]
}

fn rewrite(layout: &Layout, drafts: &mut Drafts) {
    let authorize = format!("{}{}", layout.origins.issuer, GUIDE.offer_api.path);
    let metadata = &mut drafts.issuer_metadata;
    metadata["issuer"] = json!(layout.credential_issuer);
    metadata["authorization_endpoint"] = json!(authorize);
    metadata["pre_authorized_grant_anonymous_access_supported"] = json!(true);
    metadata["token_endpoint_auth_methods_supported"] = json!(["none"]);
    metadata["code_challenge_methods_supported"] = json!(["S256"]);
    metadata["grant_types_supported"] = json!(["authorization_code", PRE_AUTHORIZED_CODE]);
    let described = &mut metadata["credential_configurations_supported"][PID];
    let claims = described["credential_definition"]["credentialSubject"].take();
    remove(described, &["credential_definition"]);
    described["doctype"] = json!(PID);
    described["cryptographic_binding_methods_supported"] = json!(["jwk"]);
    described["claims"] = json!({PID: claims});

    let mut configurations = metadata["credential_configurations_supported"].clone();
    remove(&mut configurations[PID], &["doctype", "display", "claims"]);
    drafts.openid_configuration = json!({
        "credential_issuer": layout.credential_issuer,
        "credential_endpoint": layout.credential_endpoint,
        "authorization_endpoint": authorize,
        "token_endpoint": layout.token_endpoint,
        "credential_configurations_supported": configurations,
        "grant_types_supported": metadata["grant_types_supported"],
        "pre_authorized_grant_anonymous_access_supported": true,
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "scopes_supported": [PID]
    });

    let document = &mut drafts.did_document;
    document["controller"] = document["id"].clone();
    document["authentication"] = document["assertionMethod"].clone();
    let method = &mut document["verificationMethod"][0];
    method["controller"] = json!(layout.did);
    document["service"] = json!([{
        "id": format!("{}#openid-credential-issuer", layout.did),
        "type": "OpenIDCredentialIssuer",
        "serviceEndpoint":
            format!("{}/.well-known/openid-credential-issuer", layout.credential_issuer)
    }]);
}

/// Its credentials have no identifier and no schema, name the key by the bare `kid`, and make up a subject.
fn rewrite_credential(unsigned: &mut Unsigned) {
    let kid = unsigned.header.get("kid").and_then(Value::as_str).unwrap_or_default();
    let kid = kid.rsplit('#').next().unwrap_or_default().to_owned();
    unsigned.header.insert("kid".to_owned(), json!(kid));
    let claims = &mut unsigned.claims;
    claims.remove("jti");
    if let Some(issued) = claims.remove("nbf") {
        claims.insert("iat".to_owned(), issued);
    }
    let made_up = || json!(format!("did:example:{}", random::short()));
    let subject = claims.entry("sub").or_insert_with(made_up).clone();
    if let Some(vc) = unsigned.vc() {
        vc.remove("id");
        vc.remove("expirationDate");
        vc.remove("credentialSchema");
        let further = "https://europa.eu/eudi/pid/v1";
        vc.insert(
            "@context".to_owned(),
            json!(["https://www.w3.org/2018/credentials/v1", further]),
        );
    }
    if let Some(about) = unsigned.subject() {
        about.insert("id".to_owned(), subject);
    }
}

/// Discovery is never to be cached.
fn rewrite_answer(station: Station, answer: &mut Answer) {
    use Station::{DidDocument, IssuerMetadata, OpenidConfiguration};
    if matches!(station, IssuerMetadata | OpenidConfiguration | DidDocument) {
        answer.put(header::CACHE_CONTROL, "no-cache, no-store, must-revalidate");
        answer.put(header::PRAGMA, "no-cache");
        answer.put(header::EXPIRES, "0");
    }
}

fn read(body: &Value) -> Result<OfferRequest, &'static str> {
    let person = &body["user_data"];
    let is_known = |name: &&str| person[*name].as_str().is_some_and(|text| !text.is_empty());
    if !NEEDED.iter().all(is_known) {
        return Err(GUIDE.offer_api.invalid);
    }
    Ok(OfferRequest {
        credential_configuration_ids: vec![PID.to_owned()],
        claims: Some(person.clone()),
        tx_code: Some(TxCodeRequest {
            input_mode: Some(InputMode::Numeric),
            length: Some(4),
            description: None,
        }),
        ..OfferRequest::default()
    })
}

fn write(minted: &MintedOffer) -> (StatusCode, Value) {
    let body = json!({
        "credential_offer_uri": minted.credential_offer_uri,
        "pre_authorized_code": minted.pre_authorized_code,
        "tx_code": minted.tx_code_value
    });
    (StatusCode::OK, body)
}
