//! An mdoc as its holder sees it: its type, then each namespace with its elements.

use super::{Card, Signed, configuration, is_proved};
use crate::checks::{Issued, OpenedMdoc};
use crate::formats::mdoc::Element;

/// The card of an mdoc.
pub(super) fn card(issued: &Issued, text: &str, opened: &OpenedMdoc) -> Card {
    let mdoc = &opened.mdoc;
    let object = mdoc.security_object.as_ref().ok();
    let dates = object.into_iter().flat_map(|object| object.validity.named());
    let validity = dates.filter_map(|(name, moment)| Some((told(name)?, moment.second?)));
    let holder_key = mdoc.device_key_thumbprint();
    Card {
        configuration: configuration(issued),
        type_name: None,
        text: text.to_owned(),
        format: "mso_mdoc".to_owned(),
        claims: mdoc.claims(),
        lines: lines(opened),
        is_bound_to_us: is_proved(issued, &holder_key),
        holder_key,
        validity: validity.collect(),
        signature: Signed::of(&opened.signature, "x5chain"),
        status: None,
    }
}

fn told(date: &str) -> Option<&'static str> {
    match date {
        "signed" => Some("issued"),
        "validFrom" => Some("from"),
        "validUntil" => Some("until"),
        _ => None,
    }
}

fn lines(opened: &OpenedMdoc) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    lines.extend(opened.mdoc.doc_type().map(|doc_type| ("docType".into(), doc_type.into())));
    for space in opened.mdoc.name_spaces.iter().flatten() {
        lines.push((space.name.clone(), String::new()));
        for item in &space.items {
            let value = item.value.as_ref().map(value).unwrap_or_default();
            lines.push((format!("  {}", item.name()), value));
        }
    }
    lines
}

/// A value that fits on a line: of a picture only the size.
fn value(element: &Element) -> String {
    match (&element.type_name[..], element.json.as_str()) {
        ("bstr", Some(text)) => format!("<{} bytes>", text.len() * 3 / 4),
        (_, Some(text)) => text.to_owned(),
        (_, None) => element.json.to_string(),
    }
}
