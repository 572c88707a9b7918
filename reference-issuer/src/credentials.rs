//! The plain credentials on offer: what they are called, what they say, and how the metadata describes them.

use serde_json::{Map, Value, json};

use crate::algorithm::{self, Algorithm};
use crate::formats::{
    Format,
    jwt_vc::{Definition, Identity},
    mdoc,
    sd_jwt::Concealment,
};

/// One entry of `credential_configurations_supported`.
pub struct Credential {
    /// Its key there.
    pub id: &'static str,
    /// What it is signed with.
    pub algorithm: Algorithm,
    /// The format it is issued in.
    pub format: Format,
    /// The type: a URL that serves type metadata, or the `doctype` of an mdoc; empty for other formats.
    pub vct: String,
    /// What makes it a W3C credential.
    pub definition: Option<Definition>,
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
/// They are signed with these algorithms in turn.
pub fn table(formats: &[Format], types: &str, algorithms: &[Algorithm]) -> Vec<Credential> {
    let all = sd_jwts(types).into_iter().chain(jwt_vcs()).chain(mdocs());
    let wanted = all.filter(|credential| formats.contains(&credential.format));
    let in_turn = wanted.zip(algorithms.iter().cycle());
    in_turn.map(|(credential, &algorithm)| Credential { algorithm, ..credential }).collect()
}

fn sd_jwts(types: &str) -> Vec<Credential> {
    vec![
        Credential {
            id: "pid",
            algorithm: Algorithm::Es256,
            format: Format::SdJwt,
            vct: format!("{types}/pid"),
            definition: None,
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
            algorithm: Algorithm::Es256,
            format: Format::SdJwt,
            vct: format!("{types}/diploma"),
            definition: None,
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

fn mdocs() -> Vec<Credential> {
    vec![
        Credential {
            id: "mdl",
            algorithm: Algorithm::Es256,
            format: Format::Mdoc,
            vct: mdoc::LICENCE.to_owned(),
            vct_integrity: None,
            concealment: Concealment::default(),
            definition: None,
            dataset: mdoc::licence(),
            name: "Driving Licence",
            description: "What somebody may drive, according to an office that exists only here",
            mandatory: &["family_name", "given_name", "birth_date", "portrait"],
        },
        Credential {
            id: "pid-mdoc",
            algorithm: Algorithm::Es256,
            format: Format::Mdoc,
            vct: mdoc::PID.to_owned(),
            vct_integrity: None,
            concealment: Concealment::default(),
            definition: None,
            dataset: mdoc::pid(),
            name: "Person Identification Data",
            description: "Who somebody is, according to a register that exists only here",
            mandatory: &["family_name", "given_name", "birth_date"],
        },
    ]
}

/// One whose issuer is a DID, and one whose issuer is a URL.
fn jwt_vcs() -> Vec<Credential> {
    vec![
        Credential {
            id: "degree",
            algorithm: Algorithm::Es256,
            format: Format::JwtVc,
            vct: String::new(),
            vct_integrity: None,
            concealment: Concealment::default(),
            definition: Some(Definition {
                types: &["VerifiableCredential", "UniversityDegreeCredential"],
                issuer: Identity::Did,
            }),
            dataset: object(json!({
                "given_name": "Erika",
                "family_name": "Mustermann",
                "degree": {"type": "BachelorDegree", "name": "Bachelor of Arts"},
                "graduated_on": "2006-07-14"
            })),
            name: "University Degree",
            description: "What somebody studied, in a W3C credential",
            mandatory: &["family_name", "degree"],
        },
        Credential {
            id: "account-ownership",
            algorithm: Algorithm::Es256,
            format: Format::JwtVc,
            vct: String::new(),
            vct_integrity: None,
            concealment: Concealment::default(),
            definition: Some(Definition {
                types: &["VerifiableCredential", "AccountOwnershipCredential"],
                issuer: Identity::Url,
            }),
            dataset: object(json!({
                "given_name": "Erika",
                "family_name": "Mustermann",
                "iban": "DE02120300000000202051",
                "currencies": ["EUR", "SEK"]
            })),
            name: "Account Ownership",
            description: "Whose bank account it is, in a W3C credential",
            mandatory: &["iban"],
        },
    ]
}

impl Credential {
    /// The value in `credential_configurations_supported`.
    pub fn metadata(&self, proof_algorithms: &[Algorithm]) -> Value {
        let mut metadata = json!({
            "scope": self.id,
            "cryptographic_binding_methods_supported": ["jwk", "did:jwk", "did:key"],
            "credential_signing_alg_values_supported": [self.algorithm.name()],
            "proof_types_supported": {
                "jwt": {"proof_signing_alg_values_supported": algorithm::names(proof_algorithms)}
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
        });
        match &self.definition {
            Some(definition) => {
                metadata["format"] = json!("jwt_vc_json");
                metadata["credential_definition"] = json!({"type": definition.types});
            }
            None if self.format == Format::Mdoc => {
                metadata["format"] = json!("mso_mdoc");
                metadata["doctype"] = json!(self.vct);
                metadata["cryptographic_binding_methods_supported"] = json!(["cose_key"]);
                let numbers = [self.algorithm.number(), self.algorithm.full_number()];
                metadata["credential_signing_alg_values_supported"] = json!(numbers);
            }
            None => {
                metadata["format"] = json!("dc+sd-jwt");
                metadata["vct"] = json!(self.vct);
            }
        }
        metadata
    }

    /// SD-JWT VC type metadata for the `vct`.
    pub fn type_metadata(&self) -> Value {
        json!({"vct": self.vct, "name": self.name, "description": self.description})
    }

    /// Claim descriptions: a path to each claim, to each member of an object, and to all elements of an array.
    fn claims(&self) -> Vec<Value> {
        let mut claims = Vec::new();
        if self.format == Format::Mdoc {
            for (space, elements) in &self.dataset {
                for (name, _) in elements.as_object().into_iter().flatten() {
                    let mut claim = json!({
                        "path": [space, name],
                        "display": [{"name": name.replace('_', " "), "locale": "en"}]
                    });
                    if self.mandatory.contains(&name.as_str()) {
                        claim["mandatory"] = json!(true);
                    }
                    claims.push(claim);
                }
            }
            return claims;
        }
        let path = |name: &str| -> Vec<Value> {
            let subject = self.definition.as_ref().map(|_| json!("credentialSubject"));
            subject.into_iter().chain([json!(name)]).collect()
        };
        for (name, value) in &self.dataset {
            let mut claim = json!({
                "path": path(name),
                "display": [{"name": name.replace('_', " "), "locale": "en"}]
            });
            if self.mandatory.contains(&name.as_str()) {
                claim["mandatory"] = json!(true);
            }
            claims.push(claim);
            inner_paths(&path(name), value, &mut claims);
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
