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
            "alg": auth.algorithm.as_ref().map(|algorithm| algorithm.told()),
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
        shape.insert(
            "payload".into(),
            json!({
                "docType": object.doc_type.as_deref().map(|text| normaliser.phrase(text)),
                "version": object.version.as_deref().map(|text| normaliser.word(text)),
                "digestAlgorithm": object.digest_algorithm.as_deref().map(|text| normaliser.word(text)),
                "dates": object.validity.named().map(|(name, _)| name).collect::<Vec<_>>().join(", "),
                "lifetime": lifetime.map(credential::in_words),
                "status": status.map(|members| claims::of_object(members, normaliser)),
            }),
        );
    }
    let mut elements = Map::new();
    for (space, item) in mdoc.items() {
        let (Some(name), Some(value)) = (&item.identifier, &item.value) else { continue };
        let path = format!("{}.{}", normaliser.phrase(space), normaliser.word(name));
        elements.insert(path, format!("<{}>", value.type_name).into());
    }
    shape.insert("claims".into(), Value::Object(elements));
}
