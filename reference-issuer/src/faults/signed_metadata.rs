//! Faults of signed issuer metadata.

use serde_json::{Value, json};

use super::{Fault, Lapse, Rule, Stage};
use crate::{clock, station::Station};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "signed-metadata-labelled-as-json",
        station: "signed-metadata",
        stage: Stage::Wire(&[Station::IssuerMetadata], |answer| {
            answer.retype("application/json");
        }),
        config: "signed-metadata",
        says: "Signed metadata are sent as application/json",
        caught_by: &["signed-metadata/is-labelled-as-jwt"],
    },
    Fault {
        name: "signed-metadata-for-everybody",
        station: "issuer-metadata",
        stage: Stage::Rule(Rule::SignedFormAsked, Lapse::Accepts),
        config: "signed-metadata",
        says: "Metadata are sent signed to those who did not ask for it, and there are no others",
        caught_by: &["issuer-metadata/is-served-as-json"],
    },
    Fault {
        name: "signed-metadata-by-a-mac",
        station: "signed-metadata",
        stage: Stage::SignedMetadata(|metadata| {
            metadata.header.insert("alg".to_owned(), json!("HS256"));
        }),
        config: "signed-metadata",
        says: "Signed metadata state a MAC as their algorithm",
        caught_by: &["signed-metadata/alg-is-a-signature", "signed-metadata/signature-verifies"],
    },
    Fault {
        name: "signed-metadata-typ-with-a-4",
        station: "signed-metadata",
        stage: Stage::SignedMetadata(|metadata| {
            let typ = json!("openid4vci-issuer-metadata+jwt");
            metadata.header.insert("typ".to_owned(), typ);
        }),
        config: "signed-metadata",
        says: "The type of signed metadata is spelled with a 4",
        caught_by: &["signed-metadata/typ-is-its-own"],
    },
    Fault {
        name: "signed-metadata-without-sub",
        station: "signed-metadata",
        stage: Stage::SignedMetadata(|metadata| drop(metadata.claims.remove("sub"))),
        config: "signed-metadata",
        says: "Signed metadata do not say whose they are",
        caught_by: &["signed-metadata/sub-is-the-issuer"],
    },
    Fault {
        name: "signed-metadata-without-iat",
        station: "signed-metadata",
        stage: Stage::SignedMetadata(|metadata| drop(metadata.claims.remove("iat"))),
        config: "signed-metadata",
        says: "Signed metadata do not say when they were made",
        caught_by: &["signed-metadata/states-its-times"],
    },
    Fault {
        name: "signed-metadata-expired",
        station: "signed-metadata",
        stage: Stage::SignedMetadata(|metadata| {
            metadata.claims.insert("exp".to_owned(), json!(clock::now() - 60));
        }),
        config: "signed-metadata",
        says: "Signed metadata are served after they expired",
        caught_by: &["signed-metadata/states-its-times"],
    },
    Fault {
        name: "signed-metadata-nested",
        station: "signed-metadata",
        stage: Stage::SignedMetadata(|metadata| {
            let standing = ["iss", "sub", "iat", "exp"];
            let (own, inner) = std::mem::take(&mut metadata.claims)
                .into_iter()
                .partition(|(name, _)| standing.contains(&name.as_str()));
            metadata.claims = own;
            metadata.claims.insert("metadata".to_owned(), Value::Object(inner));
        }),
        config: "signed-metadata",
        says: "Signed metadata have the parameters under a claim of their own",
        caught_by: &["signed-metadata/holds-the-same-parameters"],
    },
    Fault {
        name: "signed-metadata-altered",
        station: "signed-metadata",
        stage: Stage::SignedMetadata(|metadata| metadata.alters_after_signing = true),
        config: "signed-metadata",
        says: "A claim of signed metadata is changed after the signature",
        caught_by: &["signed-metadata/signature-verifies"],
    },
];
