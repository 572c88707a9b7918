//! The plain credentials on offer: what they are called, what they say, and how the metadata describes them.

use serde_json::{Map, Value, json};

use crate::formats::{Format, sd_jwt::Concealment};

/// One entry of `credential_configurations_supported`.
pub struct Credential {
    /// Its key there.
    pub id: &'static str,
    /// The format it is issued in.
    pub format: Format,
    /// The type, a URL that serves type metadata.
    pub vct: String,
    /// The hash of the type metadata, where each instance has it (SD-JWT VC, Document Integrity).
    pub vct_integrity: Option<String>,
    /// How instances hide their claims.
    pub concealment: Concealment,
    /// Default claims.
    pub dataset: Map<String, Value>,
    /// What it is called.
    pub name: &'static str,
    /// What it says, in a sentence.
    pub description: &'static str,
    /// Claims that every instance has.
    pub mandatory: &'static [&'static str],
}

/// The credentials of these formats; `types` precedes their ids in their `vct`.
pub fn table(formats: &[Format], types: &str) -> Vec<Credential> {
    let all = sd_jwts(types).into_iter();
    all.filter(|credential| formats.contains(&credential.format)).collect()
}

fn sd_jwts(types: &str) -> Vec<Credential> {
    vec![
        Credential {
            id: "pid",
            format: Format::SdJwt,
            vct: format!("{types}/pid"),
            vct_integrity: None,
            concealment: Concealment::default(),
            dataset: object(json!({
                "given_name": "Erika",
                "family_name": "Mustermann",
                "birthdate": "1984-01-26",
                "place_of_birth": {"locality": "Berlin", "country": "DE"},
                "address": {
                    "street_address": "Heidestraße 17",
                    "locality": "Köln",
                    "postal_code": "51147",
                    "country": "DE"
                },
                "nationalities": ["DE", "SE"],
                "age_over_18": true
            })),
            name: "Person Identification Data",
            description: "Who somebody is, according to a register that exists only here",
            mandatory: &["given_name", "family_name", "birthdate"],
        },
        Credential {
            id: "diploma",
            format: Format::SdJwt,
            vct: format!("{types}/diploma"),
            vct_integrity: None,
            concealment: Concealment::default(),
            dataset: object(json!({
                "given_name": "Erika",
                "family_name": "Mustermann",
                "degree": "Master of Science",
                "field_of_study": "Archaeology",
                "awarded_on": "2012-07-13",
                "university": {"name": "University of Nowhere", "country": "DE"},
                "honours": ["cum laude"]
            })),
            name: "University Diploma",
            description: "What somebody studied, and how well",
            mandatory: &["family_name", "degree"],
        },
    ]
}

impl Credential {
    /// The value in `credential_configurations_supported`.
    pub fn metadata(&self) -> Value {
        json!({
            "format": "dc+sd-jwt",
            "scope": self.id,
            "vct": self.vct,
            "cryptographic_binding_methods_supported": ["jwk", "did:jwk", "did:key"],
            "credential_signing_alg_values_supported": ["ES256"],
            "proof_types_supported": {
                "jwt": {"proof_signing_alg_values_supported": ["ES256"]}
            },
            "credential_metadata": {
                "display": [{
                    "name": self.name,
                    "description": self.description,
                    "locale": "en",
                    "background_color": "#12405b",
                    "text_color": "#ffffff"
                }],
                "claims": self.claims()
            }
        })
    }

    /// SD-JWT VC type metadata for the `vct`.
    pub fn type_metadata(&self) -> Value {
        json!({"vct": self.vct, "name": self.name, "description": self.description})
    }

    /// Claim descriptions: a path to each claim, to each member of an object, and to all elements of an array.
    fn claims(&self) -> Vec<Value> {
        let mut claims = Vec::new();
        for (name, value) in &self.dataset {
            let mut claim = json!({
                "path": [name],
                "display": [{"name": name.replace('_', " "), "locale": "en"}]
            });
            if self.mandatory.contains(&name.as_str()) {
                claim["mandatory"] = json!(true);
            }
            claims.push(claim);
            inner_paths(&[json!(name)], value, &mut claims);
        }
        claims
    }
}

/// Descriptions of what is inside a claim; elements of an array are all like the first.
fn inner_paths(path: &[Value], value: &Value, claims: &mut Vec<Value>) {
    let inner: Vec<(Value, &Value)> = match value {
        Value::Object(members) => {
            members.iter().map(|(member, value)| (json!(member), value)).collect()
        }
        Value::Array(elements) => {
            elements.first().map(|value| (Value::Null, value)).into_iter().collect()
        }
        _ => Vec::new(),
    };
    for (component, value) in inner {
        let path = [path, &[component]].concat();
        claims.push(json!({"path": path}));
        inner_paths(&path, value, claims);
    }
}

/// The object in a literal.
pub fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
