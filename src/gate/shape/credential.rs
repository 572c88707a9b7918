//! A credential opened: how it is signed and by whom, what it says and for how long.

use serde_json::{Map, Value, json};

use super::normaliser::Normaliser;
use super::{Shape, claims, jwt, mdoc, placeholder};
use crate::checks::{Requested, Scene};
use crate::formats::jwt_vc::{JwtVc, strings};
use crate::formats::{Mdoc, SdJwt};
use crate::protocol::CredentialResponse;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The shapes of the credentials in an answer, each once. All of a batch are alike, or should be.
pub fn all(
    json: &Value,
    requested: &Requested,
    scene: &Scene<'_>,
    normaliser: &Normaliser,
) -> Vec<Value> {
    let format = requested.configuration(scene).and_then(|configuration| configuration.format());
    let mut shapes = Vec::new();
    for text in CredentialResponse::new(json).credentials() {
        let mut shape = one(text, format, normaliser);
        shape.sort_all_objects();
        shapes.push(shape);
    }
    shapes.sort_by_key(Value::to_string);
    let wrapped = |shape: &Value| Shape(Map::from_iter([("credential".into(), shape.clone())]));
    shapes.dedup_by(|one, other| one == other || wrapped(one).is_like(&wrapped(other)));
    shapes
}

fn one(text: &str, format: Option<&str>, normaliser: &Normaliser) -> Value {
    let mut shape = Map::new();
    if let Some(format) = format {
        shape.insert("format".into(), normaliser.published(format).into());
    }
    let is_sd_jwt = text.contains('~') || format.is_some_and(|format| format.ends_with("sd-jwt"));
    if let Ok(mdoc) = Mdoc::open(text) {
        mdoc::shape(&mdoc, normaliser, &mut shape);
        return Value::Object(shape);
    }
    match SdJwt::open(text) {
        Ok(sd_jwt) if is_sd_jwt => of_sd_jwt(&sd_jwt, normaliser, &mut shape),
        Ok(sd_jwt) => {
            of_header_and_payload(&sd_jwt, normaliser, &mut shape);
            let vc = JwtVc::open(text).ok().and_then(|jwt_vc| jwt_vc.vc().cloned());
            match vc {
                Some(vc) => of_vc(sd_jwt.payload(), vc, normaliser, &mut shape),
                None => {
                    shape.insert("claims".into(), claims::of_object(sd_jwt.payload(), normaliser));
                }
            }
        }
        Err(_) => {
            shape.insert("content".into(), "<opaque>".into());
        }
    }
    Value::Object(shape)
}

/// A W3C credential: contexts and types to the letter, everything else by type, `vc` as any other
/// claim of the payload.
fn of_vc(
    payload: &Map<String, Value>,
    mut vc: Map<String, Value>,
    normaliser: &Normaliser,
    shape: &mut Map<String, Value>,
) {
    for (member, name) in [("@context", "context"), ("type", "type")] {
        if let Some(value) = vc.remove(member) {
            let texts = strings(Some(&value)).into_iter().map(|text| normaliser.phrase(text));
            shape.insert(name.into(), texts.collect());
        }
    }
    let mut payload = payload.clone();
    payload.insert("vc".into(), Value::Object(vc));
    shape.insert("claims".into(), claims::of_object(&payload, normaliser));
}

fn of_sd_jwt(sd_jwt: &SdJwt, normaliser: &Normaliser, shape: &mut Map<String, Value>) {
    of_header_and_payload(sd_jwt, normaliser, shape);
    let claims = match sd_jwt.unpack() {
        Ok(unpacked) => claims::shape(&unpacked, normaliser),
        Err(_) => json!("<unreadable>"),
    };
    shape.insert("claims".into(), claims);
}

fn of_header_and_payload(sd_jwt: &SdJwt, normaliser: &Normaliser, shape: &mut Map<String, Value>) {
    shape.insert("header".into(), jwt::header(sd_jwt.header(), normaliser));
    let payload = sd_jwt.payload();
    let about =
        payload.iter().filter(|(name, _)| claims::ABOUT_THE_CREDENTIAL.contains(&name.as_str()));
    let mut about: Map<String, Value> = about
        .map(|(name, value)| (name.clone(), about_the_credential(name, value, normaliser)))
        .collect();
    if let Some(lifetime) = lifetime(payload) {
        about.insert("lifetime".into(), lifetime.into());
    }
    shape.insert("payload".into(), Value::Object(about));
}

fn about_the_credential(name: &str, value: &Value, normaliser: &Normaliser) -> Value {
    match (name, value) {
        ("iss", Value::String(text)) => identifier(text, normaliser).into(),
        ("vct#integrity", Value::String(text)) => placeholder::integrity(text).into(),
        ("vct" | "_sd_alg", Value::String(text)) => normaliser.phrase(text).into(),
        ("cnf", Value::Object(methods)) => {
            let mut names: Vec<String> = methods.keys().map(|name| normaliser.word(name)).collect();
            names.sort_unstable();
            names.join(", ").into()
        }
        ("status", Value::Object(mechanisms)) => claims::of_object(mechanisms, normaliser),
        (name, value) => placeholder::of(name, value).into(),
    }
}

/// Who issued it. An identifier that is a key itself is new with every key.
fn identifier(text: &str, normaliser: &Normaliser) -> String {
    let method = ["did:jwk:", "did:key:"].into_iter().find(|method| text.starts_with(method));
    match method {
        Some(method) => format!("{method}<string>"),
        None => normaliser.phrase(text),
    }
}

/// From `iat`, or from `nbf` where there is none, to `exp`, in words.
fn lifetime(payload: &Map<String, Value>) -> Option<String> {
    let second = |name: &str| payload.get(name)?.as_i64();
    let seconds = second("exp")?.checked_sub(second("iat").or_else(|| second("nbf"))?)?;
    Some(in_words(seconds))
}

/// A span of time in its own unit.
pub(super) fn in_words(seconds: i64) -> String {
    // A clock that ticked between the two makes no difference.
    let whole = |unit: i64| seconds.saturating_add(5).div_euclid(unit);
    match seconds {
        _ if seconds >= 2 * DAY => format!("{} days", whole(DAY)),
        _ if seconds >= 2 * HOUR => format!("{} hours", whole(HOUR)),
        _ => format!("{} minutes", whole(MINUTE)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_w3c_credential_is_told_by_contexts_types_and_claims() {
        use crate::jose::base64url;
        let payload = json!({
            "iss": "did:key:z6", "sub": "did:jwk:e30",
            "vc": {
                "type": ["VerifiableCredential", "Degree"],
                "credentialSubject": {"given_name": "Erika", "degree": {"name": "Arts"}}
            }
        });
        let encoded = |value: &Value| base64url::encode(value.to_string());
        let text = format!("{}.{}.AA", encoded(&json!({"alg": "ES256"})), encoded(&payload));
        let normaliser = Normaliser::of(&crate::report::staging::run());
        let shape = one(&text, Some("jwt_vc_json"), &normaliser);
        assert_eq!(shape["type"], json!(["VerifiableCredential", "Degree"]));
        assert_eq!(shape["payload"]["iss"], "did:key:<string>");
        assert_eq!(shape["claims"]["vc.credentialSubject.degree.name"], "<string>");
        assert!(!shape.to_string().contains("Erika"));
    }

    #[test]
    fn a_lifetime_is_told_in_its_own_unit() {
        let told = |seconds: i64| {
            let payload = json!({ "iat": 1_000, "exp": 1_000 + seconds });
            lifetime(payload.as_object().unwrap_or(&Map::new()))
        };
        assert_eq!(told(30 * DAY).as_deref(), Some("30 days"));
        assert_eq!(told(30 * DAY - 1).as_deref(), Some("30 days"));
        assert_eq!(told(12 * HOUR).as_deref(), Some("12 hours"));
        assert_eq!(told(600).as_deref(), Some("10 minutes"));
        assert_eq!(lifetime(&Map::new()), None);
    }
}
