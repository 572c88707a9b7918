//! An mdoc opened: what signs it, for how long it is valid, and which elements it has in which type.

use serde_json::{Map, Value, json};

use super::normaliser::Normaliser;
use super::{certificate, claims, credential};
use crate::formats::Mdoc;

/// The shape of an mdoc. What differs from one to the next, digests and keys, is left out.
pub fn shape(mdoc: &Mdoc, normaliser: &Normaliser, shape: &mut Map<String, Value>) {
    let auth = &mdoc.issuer_auth;
    let certificates = auth.certificates().iter();
    shape.insert(
        "header".into(),
        json!({
            "alg": auth.algorithm.as_ref().map_or_else(|| "none".into(), |algorithm| algorithm.told()),
            "x5chain": certificates.map(|one| certificate::shape(one, normaliser)).collect::<Value>(),
        }),
    );
    if let Ok(object) = &mdoc.security_object {
        let second = |name: &str| {
            let found = object.validity.named().find(|(own, _)| *own == name);
            found.and_then(|(_, moment)| moment.second)
        };
        let span = second("validFrom").zip(second("validUntil"));
        let lifetime = span.and_then(|(from, until)| until.checked_sub(from));
        let status = object.status_reference().and_then(Value::as_object);
        let text = |text: &Option<String>| text.as_deref().map(|text| normaliser.phrase(text));
        let dates: Vec<&str> = object.validity.named().map(|(name, _)| name).collect();
        let members = [
            ("docType", text(&object.doc_type).map(Value::from)),
            ("version", text(&object.version).map(Value::from)),
            ("digestAlgorithm", text(&object.digest_algorithm).map(Value::from)),
            ("dates", Some(dates.join(", ").into())),
            ("lifetime", lifetime.map(credential::in_words).map(Value::from)),
            ("status", status.map(|members| claims::of_object(members, normaliser))),
        ];
        let there = members.into_iter().filter_map(|(name, value)| Some((name.into(), value?)));
        shape.insert("payload".into(), Value::Object(there.collect()));
    }
    let mut elements = Map::new();
    for (space, item) in mdoc.items() {
        let (Some(name), Some(value)) = (&item.identifier, &item.value) else { continue };
        let path = format!("{}.{}", normaliser.phrase(space), normaliser.word(name));
        elements.insert(path, format!("<{}>", value.type_name).into());
    }
    shape.insert("claims".into(), Value::Object(elements));
}
