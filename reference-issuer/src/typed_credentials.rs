//! Credentials whose types are described in full: claims in many layers, hidden at every one, under type metadata
//! that say what must be hidden, extend one another, and are held fast by their hashes.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    algorithm::Algorithm,
    credentials::{Credential, object},
    formats::{
        Format,
        sd_jwt::{Concealment, Depth, Hash},
    },
};

/// A type metadata document, written once: a hash is over its octets.
#[derive(Debug, Clone)]
pub struct TypeDocument {
    /// The last segment of its URL.
    pub name: String,
    /// The document.
    pub text: String,
}

impl TypeDocument {
    /// Writes a document.
    pub fn new(name: &str, document: &Value) -> Self {
        Self { name: name.to_owned(), text: document.to_string() }
    }

    /// Its integrity metadata, as W3C Subresource Integrity writes them.
    fn integrity(&self) -> String {
        let digest = digest::digest(&digest::SHA256, self.text.as_bytes());
        format!("sha256-{}", STANDARD.encode(digest))
    }
}

/// The credentials, and the documents of their types; `types` precedes the names of the types.
pub fn table(types: &str) -> (Vec<Credential>, Vec<TypeDocument>) {
    let person = TypeDocument::new("person", &person(types));
    let pid = TypeDocument::new("pid", &pid(types, &person.integrity()));
    let diploma = TypeDocument::new("diploma", &diploma(types));
    let credentials = vec![
        Credential {
            id: "pid",
            algorithm: Algorithm::Es256,
            format: Format::SdJwt,
            vct: format!("{types}/pid"),
            definition: None,
            vct_integrity: Some(pid.integrity()),
            concealment: Concealment {
                hash: Hash::Sha384,
                depth: Depth::Recursive,
                decoys: 2,
                in_clear: &["issuing_authority"],
            },
            dataset: object(json!({
                "given_name": "Erika",
                "family_name": "Mustermann",
                "issuing_authority": "City of Cologne",
                "address": {
                    "street_address": "Heidestraße 17",
                    "locality": "Köln",
                    "country": "DE",
                    "position": {"latitude": 50.94, "longitude": 6.96}
                },
                "nationalities": ["DE", "SE"],
                "household": [
                    {"given_name": "Max", "relation": "spouse"},
                    {"given_name": "Mia", "relation": "child"}
                ]
            })),
            name: "Person Identification Data",
            description: "Who somebody is, where they live, and with whom",
            mandatory: &["given_name", "family_name", "issuing_authority", "address"],
        },
        Credential {
            id: "diploma",
            algorithm: Algorithm::Es256,
            format: Format::SdJwt,
            vct: format!("{types}/diploma"),
            definition: None,
            vct_integrity: None,
            concealment: Concealment { depth: Depth::Nothing, ..Concealment::default() },
            dataset: object(json!({"family_name": "Mustermann", "degree": "Master of Science"})),
            name: "Open Diploma",
            description: "What somebody studied, with nothing to withhold",
            mandatory: &["family_name", "degree"],
        },
    ];
    (credentials, vec![person, pid, diploma])
}

/// A language as drafts 11 and 12 of SD-JWT VC name it, and as later ones do.
fn shown(language: &str, mut display: Value) -> Value {
    display["lang"] = json!(language);
    display["locale"] = json!(language);
    display
}

fn labelled(english: &str, german: &str) -> Value {
    json!([shown("en", json!({"label": english})), shown("de", json!({"label": german}))])
}

fn person(types: &str) -> Value {
    json!({
        "vct": format!("{types}/person"),
        "name": "Person",
        "description": "What documents about persons have in common",
        "display": [shown("en", json!({"name": "Person"})), shown("de", json!({"name": "Person"}))],
        "claims": [
            {
                "path": ["family_name"],
                "display": labelled("Family name", "Familienname"),
                "sd": "always",
                "mandatory": true
            },
            {
                "path": ["issuing_authority"],
                "display": labelled("Issued by", "Ausgestellt von"),
                "sd": "never",
                "mandatory": true
            },
            {"path": ["given_name"], "display": labelled("Name", "Name")}
        ]
    })
}

fn pid(types: &str, person: &str) -> Value {
    let rendering = json!({
        "simple": {
            "logo": {
                "uri": "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'/%3E",
                "alt_text": "Coat of arms"
            },
            "background_color": "#8c1d18",
            "text_color": "#ffffff"
        }
    });
    json!({
        "vct": format!("{types}/pid"),
        "name": "Person Identification Data",
        "description": "Who somebody is, where they live, and with whom",
        "extends": format!("{types}/person"),
        "extends#integrity": person,
        "display": [
            shown("en", json!({"name": "Person Identification Data", "rendering": rendering})),
            shown("de", json!({"name": "Personenidentifikationsdaten", "rendering": rendering}))
        ],
        "claims": [
            {
                "path": ["given_name"],
                "display": labelled("Given names", "Vornamen"),
                "sd": "always",
                "mandatory": true,
                "svg_id": "given_name"
            },
            {"path": ["address"], "display": labelled("Address", "Anschrift"), "sd": "always"},
            {"path": ["address", "street_address"], "sd": "always", "svg_id": "street_address"},
            {"path": ["address", "position", "latitude"], "sd": "always"},
            {"path": ["nationalities", null], "sd": "always"},
            {"path": ["household", null, "given_name"], "sd": "always"},
            {"path": ["household", 0, "relation"], "sd": "allowed"}
        ]
    })
}

fn diploma(types: &str) -> Value {
    json!({
        "vct": format!("{types}/diploma"),
        "name": "Open Diploma",
        "display": [shown("en", json!({"name": "Open Diploma"}))],
        "claims": [
            {"path": ["degree"], "sd": "never", "mandatory": true},
            {"path": ["family_name"], "sd": "never"}
        ],
        "schema": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": ["vct", "cnf", "degree"]
        }
    })
}
